//! After the order: what is to be paid, by when, and what happens next.

use tresen_core::date::Date;
use tresen_core::policy::Kind;
use tresen_texts::{Blank, Key};
use tresen_ui::Verb;

use super::kinds::words;
use super::pen::{Pen, day};
use super::slots::{card, done};

/// Writes the view of a confirmed order in the place of the counter
pub fn show(pen: &mut Pen, kind: Kind, amount: i64, due: Option<Date>, reference: &[u8]) {
    let account = matches!(kind, Kind::Invoice | Kind::PayLater);
    let debit = kind == Kind::SepaDebit && due.is_some();
    let (label, line) = match kind {
        Kind::Invoice | Kind::PayLater if due.is_some() => (Key::DonePayBy, Some(Key::DoneNoCost)),
        Kind::Invoice | Kind::PayLater => (Key::DonePay, None),
        Kind::Prepayment => (Key::DoneTransfer, Some(Key::DoneBank)),
        Kind::SepaDebit if debit => (Key::DoneDebitOn, None),
        Kind::SepaDebit | Kind::Instalments | Kind::Card | Kind::Wallet => (Key::DonePaid, None),
    };
    pen.put_amount(Blank::Amount, amount);
    pen.blanks.set_term(&pen.texts, due.map(day), None, false);
    pen.page.turn_to(0);
    let _ = pen.page.tell(Verb::Done, card::CARD);
    pen.page.tell(Verb::Attribute, card::CARD).extend_from_slice(b"aria-label=");
    pen.go_on(Key::DoneTitle);
    pen.say(done::NOTE, words(kind).done);
    pen.say(done::LABEL, label);
    pen.page.tell(Verb::Say, done::AMOUNT).extend_from_slice(pen.blanks.get(Blank::Amount));
    match line {
        Some(line) => pen.say(done::LINE, line),
        None => pen.page.flag(Verb::Remove, done::LINE, true),
    }
    pen.page.tell(Verb::Groups, done::REFERENCE).extend_from_slice(reference);
    pen.say(done::DUE_LINE, if debit { Key::DoneDebitLine } else { Key::DoneDueLine });
    let transfer = (account || kind == Kind::Prepayment) && !reference.is_empty();
    for (slot, stays) in [(done::TRANSFER, transfer), (done::NEXT, account || debit), (done::BILL, account), (done::DUE, due.is_some())] {
        if !stays {
            pen.page.flag(Verb::Remove, slot, true);
        }
    }
    pen.page.flag(Verb::Focus, card::CARD, true);
}
