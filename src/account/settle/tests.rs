use super::*;
use tresen_core::calendar::Calendar;
use tresen_core::date::Date;
use tresen_core::law::allocation::Regime;
use tresen_core::law::regime::{Party, Seller};
use tresen_core::money::Currency;
use tresen_core::offer::credit::Sells;
use tresen_core::receivable::{Account, Created, Event, ItemAmount, ItemKind};
use tresen_core::settle::{Terms, Told};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn claim(number: u8) -> ReceivableId {
    ReceivableId::from_bytes([number; 16])
}

/// Claims of 100.00 and 20.00, due on the 10th and the 20th of December; it is the 21st
fn told() -> (Situation, Settlement) {
    let mut account = Account::default();
    for (number, minor, due) in [(1, 10_000, "2026-12-10"), (2, 2_000, "2026-12-20")] {
        let items = Vec::from([ItemAmount { item: ItemKind::Principal, minor }]);
        let created = Created { receivable: claim(number), party: Party::Consumer, regime: Regime::Bgb367, items };
        for event in [Event::ReceivableCreated(created), Event::DueDateSet { receivable: claim(number), date: day(due) }] {
            account.apply(day("2026-11-26"), &event).unwrap();
        }
    }
    let sells = Sells { seller: Seller::SmallOrMedium, offered_by_third_party: false, claim_sold: false };
    let terms = Terms { market: *b"DE", calendar: Calendar::GermanyNationwide, sells };
    let meant = [claim(1), claim(2)];
    let situation = Situation::of(&account, &meant, day("2026-12-21"), terms, |_| Told::default());
    (situation, Settlement::standard(Currency::EUR))
}

/// What the module says of what is written into its room
fn said(table: &mut Table, what: u8, words: &[u8]) -> String {
    table.hear(ROOM, words.len());
    table.room.copy_from_slice(words);
    table.hear(what, 0);
    let end = table.answer.iter().position(|byte| *byte == 0).unwrap();
    String::from_utf8(table.answer[..end].to_vec()).unwrap().replace('\u{1f}', " ")
}

fn table() -> Table {
    Table { room: Vec::new(), told: None, answer: Vec::new() }
}

/// What is asked and said, in lines that the module's own test (`js/test/settle.test.mjs`) reads as well: the number of what is asked, the words, the
/// answer; and in the first line the situation, in hexadecimal
const PREVIEWS: &str = include_str!("previews.txt");

#[test]
fn the_situation_of_the_previews_is_the_one_above() {
    let (situation, settlement) = told();
    let bytes = written::write(&situation, &settlement);
    let written: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(PREVIEWS.lines().next(), Some(written.as_str()));
}

#[test]
fn a_preview_is_what_the_core_says_of_what_the_service_told_and_what_cannot_be_has_its_code() {
    let (mut table, (situation, settlement)) = (table(), told());
    assert_eq!(said(&mut table, asked::PART, b"5000"), "0settle.unread", "nothing was told yet");
    assert_eq!(said(&mut table, asked::SITUATION, b"no situation"), "0settle.unread");
    assert_eq!(said(&mut table, asked::SITUATION, &written::write(&situation, &settlement)), "1");
    let mut tried = 0;
    for line in PREVIEWS.lines().skip(1) {
        let [what, words, answer] = line.split('|').collect::<Vec<_>>().try_into().unwrap();
        let words = words.replace(' ', "\u{1f}");
        assert_eq!(said(&mut table, what.parse().unwrap(), words.as_bytes()), answer, "{line}");
        tried += 1;
    }
    assert!(tried >= 14, "{tried}");
}
