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

#[test]
fn a_preview_is_what_the_core_says_of_what_the_service_told() {
    let (mut table, (situation, settlement)) = (table(), told());
    assert_eq!(said(&mut table, asked::SITUATION, &written::write(&situation, &settlement)), "1");
    let (first, second) = (claim(1), claim(2));
    assert_eq!(said(&mut table, asked::PART, b"5000"), format!("17000 {first} principal 5000"));
    let chosen = format!("5000\u{1f}{second}");
    assert_eq!(said(&mut table, asked::PART, chosen.as_bytes()), format!("17000 {second} principal 2000 {first} principal 3000"));
    assert_eq!(said(&mut table, asked::PLAN, "3\u{1f}2026-12-29".as_bytes()), "112000 0 2026-12-29 4000 2027-01-29 4000 2027-03-01 4000");
    assert_eq!(said(&mut table, asked::PROMISE, "2026-12-30".as_bytes()), "12026-12-30 2027-01-04");
    let later = format!("{first}\u{1f}2027-01-02");
    assert_eq!(said(&mut table, asked::DEFERRAL, later.as_bytes()), "12026-12-10 2027-01-04", "the 2nd is a Saturday");
}

#[test]
fn what_cannot_be_is_said_under_its_code() {
    let (mut table, (situation, settlement)) = (table(), told());
    assert_eq!(said(&mut table, asked::PART, b"5000"), "0settle.unread", "nothing was told yet");
    assert_eq!(said(&mut table, asked::SITUATION, b"no situation"), "0settle.unread");
    said(&mut table, asked::SITUATION, &written::write(&situation, &settlement));
    for (what, words, code) in [
        (asked::PART, "0", "part.amount"),
        (asked::PART, "12001", "part.amount"),
        (asked::PART, "fifty", "part.amount"),
        (asked::PLAN, "1\u{1f}2026-12-29", "plan.rates"),
        (asked::PLAN, "3\u{1f}2026-12-21", "plan.first"),
        (asked::PLAN, "3", "plan.first"),
        (asked::PROMISE, "2026-12-20", "promise.day"),
        (asked::DEFERRAL, "rcv_1\u{1f}2026-12-30", "deferral.unknown"),
        (99, "", "settle.unknown"),
    ] {
        assert_eq!(said(&mut table, what, words.as_bytes()), format!("0{code}"), "{what}: {words}");
    }
}
