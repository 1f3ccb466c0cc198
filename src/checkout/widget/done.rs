//! After the order: what is to be paid, by when, and what happens next.

use tresen_core::date::Date;
use tresen_core::policy::Kind;
use tresen_texts::{Blank, Key};
use tresen_ui::Verb;

use super::kinds::words;
use super::outline::{DONE, DONE_LINE, GROUP, NEXT, REFERENCE, STEP, card};
use super::pen::{Pen, day};

/// Writes the view of a confirmed order in the place of the counter; the amount stands in its blank
pub fn show(pen: &mut Pen, kind: Kind, due: Option<Date>, reference: &[u8]) {
    let (label, line, steps): (Key, Option<Key>, &[[Key; 2]]) = match (kind, due) {
        (Kind::Invoice | Kind::PayLater, Some(_)) => {
            (Key::DonePayBy, Some(Key::DoneNoCost), &[ORDERED, BILL, [Key::DoneDue, Key::DoneDueLine]])
        }
        (Kind::Invoice | Kind::PayLater, None) => (Key::DonePay, None, &[ORDERED, BILL]),
        (Kind::SepaDebit, Some(_)) => (Key::DoneDebitOn, None, &[ORDERED, [Key::DoneDue, Key::DoneDebitLine]]),
        (Kind::Prepayment, _) => (Key::DoneTransfer, Some(Key::DoneBank), &[]),
        (Kind::SepaDebit, None) | (Kind::Instalments | Kind::Card | Kind::Wallet, _) => (Key::DonePaid, None, &[]),
    };
    pen.blanks.set_term(&pen.texts, due.map(day), None, false);
    let _ = pen.page.tell(Verb::Say, card::CARD);
    pen.page.tell(Verb::Attribute, card::CARD).extend_from_slice(b"aria-label=");
    pen.go_on(Key::DoneTitle);
    let _ = pen.page.tell(Verb::Build, card::CARD);
    pen.outline(DONE, &[words(kind).done, label]);
    pen.page.out().extend_from_slice(pen.blanks.get(Blank::Amount));
    if let Some(line) = line {
        pen.outline(DONE_LINE, &[line]);
    }
    if matches!(kind, Kind::Invoice | Kind::PayLater | Kind::Prepayment) && !reference.is_empty() {
        pen.outline(REFERENCE, &[Key::DoneReference]);
        // In groups of four as ISO 11649 prints it; without spaces, so that it is copied as a bank wants it.
        for group in reference.chunks(4) {
            pen.outline(GROUP, &[]);
            pen.page.out().extend_from_slice(group);
        }
    }
    if !steps.is_empty() {
        pen.outline(NEXT, &[Key::DoneNext]);
        for step in steps {
            pen.outline(STEP, step);
        }
    }
    pen.page.flag(Verb::Focus, card::CARD, true);
}

const ORDERED: [Key; 2] = [Key::DoneOrdered, Key::DoneToday];
const BILL: [Key; 2] = [Key::DoneBill, Key::DoneBillLine];
