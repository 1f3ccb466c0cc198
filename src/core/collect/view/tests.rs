use super::*;
use crate::ident::{DisputeId, HoldId, PaymentId};
use crate::law::allocation::Regime;
use crate::law::regime::Party;
use crate::receivable::decide::{self, Incoming};
use crate::receivable::{Act, Created, Event, ItemAmount, ItemKind, Scope};
use alloc::vec;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn claim(number: u8) -> ReceivableId {
    ReceivableId::from_bytes([number; 16])
}

/// Claims of 100.00 and 20.00, due on the 10th and the 20th of December
fn account() -> Account {
    let mut account = Account::default();
    for (number, minor, due) in [(1, 10_000, "2026-12-10"), (2, 2_000, "2026-12-20")] {
        let items = vec![ItemAmount { item: ItemKind::Principal, minor }];
        let created = Created { receivable: claim(number), party: Party::Consumer, regime: Regime::Bgb367, items };
        happens(&mut account, "2026-11-26", Event::ReceivableCreated(created));
        happens(&mut account, "2026-11-26", Event::DueDateSet { receivable: claim(number), date: day(due) });
    }
    account
}

fn happens(account: &mut Account, on: &str, event: Event) {
    account.apply(day(on), &event).unwrap();
}

fn pays(account: &mut Account, on: &str, minor: i64) {
    let incoming = Incoming { payment: PaymentId::from_bytes([9; 20]), minor, value_date: day(on), named: Vec::new() };
    for event in decide::received(account, day(on), &incoming, None).unwrap() {
        account.apply(day(on), &event).unwrap();
    }
}

fn shown(account: &Account, claims: &[ReceivableId], today: &str) -> Standing {
    standing(account, claims, day(today))
}

fn asked(account: &Account, claims: &[ReceivableId], today: &str) -> Asked {
    match shown(account, claims, today) {
        Standing::Open(asked) => asked,
        other @ (Standing::Settled { .. } | Standing::Clarifying | Standing::Elsewhere) => panic!("{other:?}"),
    }
}

#[test]
fn what_is_asked_for_is_what_is_open_of_the_claims_that_were_named() {
    let mut account = account();
    let both = asked(&account, &[claim(1), claim(2)], "2026-12-10");
    assert_eq!((both.minor, both.whole, both.extra, both.due, both.late), (12_000, 12_000, 0, Some(day("2026-12-10")), false));
    assert!(asked(&account, &[claim(1)], "2026-12-11").late);
    assert_eq!(asked(&account, &[claim(2)], "2026-12-11").minor, 2_000);
    pays(&mut account, "2026-12-01", 9_999);
    assert_eq!(asked(&account, &[claim(1)], "2026-12-02").minor, 1);
}

#[test]
fn a_settled_claim_has_a_receipt_and_money_of_the_customers_own_counts() {
    let mut account = account();
    pays(&mut account, "2026-12-01", 13_000);
    assert_eq!(shown(&account, &[claim(1), claim(2)], "2026-12-02"), Standing::Settled { paid: 12_000, on: Some(day("2026-12-01")) });
    assert_eq!(shown(&account, &[claim(2)], "2026-12-02"), Standing::Settled { paid: 2_000, on: Some(day("2026-12-01")) });
}

#[test]
fn what_is_disputed_or_elsewhere_is_not_asked_for_and_the_rest_is() {
    let mut account = account();
    let dispute = DisputeId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-01", Event::DisputeRaised { dispute, receivable: claim(1), minor: 10_000 });
    assert_eq!(shown(&account, &[claim(1)], "2026-12-02"), Standing::Clarifying);
    assert_eq!(asked(&account, &[claim(1), claim(2)], "2026-12-02").claims, [claim(2)]);
    let hold = HoldId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-02", Event::HoldPlaced { hold, reason: HoldReason::Deceased, scope: Scope::Account, until: None });
    assert_eq!(shown(&account, &[claim(2)], "2026-12-02"), Standing::Clarifying);
}

#[test]
fn whoever_objects_to_a_part_is_reminded_of_nothing_and_can_pay_the_rest() {
    let mut account = account();
    let dispute = DisputeId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-11", Event::DisputeRaised { dispute, receivable: claim(1), minor: 1 });
    let found = asked(&account, &[claim(1)], "2026-12-12");
    assert_eq!((found.minor, found.whole, found.disputed), (9_999, 9_999, 1), "no policy lets the reminders go on");
    for act in [Act::Contact, Act::Level, Act::Cost, Act::Interest, Act::Placement, Act::Sale] {
        assert!(account.blocked(act, &claim(1), day("2026-12-12")).is_some(), "{act:?}");
        assert!(account.blocked(act, &claim(2), day("2026-12-12")).is_none(), "{act:?}: of other claims all goes on");
    }
    let dispute = DisputeId::from_bytes([2; 16]);
    happens(&mut account, "2026-12-12", Event::DisputeRaised { dispute, receivable: claim(1), minor: 9_998 });
    assert_eq!(asked(&account, &[claim(1)], "2026-12-12").minor, 1, "to the last cent but one");
    let hold = HoldId::from_bytes([1; 16]);
    let looked_at = Event::HoldPlaced { hold, reason: HoldReason::ComplaintReview, scope: Scope::Receivable(claim(1)), until: None };
    happens(&mut account, "2026-12-12", looked_at);
    assert_eq!(shown(&account, &[claim(1)], "2026-12-12"), Standing::Clarifying, "somebody looks at the rest too");
}
