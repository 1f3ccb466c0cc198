use super::*;
use crate::collect::{Channel, Step, Tone};
use crate::ident::{DisputeId, HoldId, PaymentId, PromiseId, RunId};
use crate::law::allocation::Regime;
use crate::law::contact::HOUSE;
use crate::law::regime::Party;
use crate::receivable::decide::{self, Incoming};
use crate::receivable::{Created, Event, ItemAmount, ItemKind, Scope};
use alloc::vec;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn claim(number: u8) -> ReceivableId {
    ReceivableId::from_bytes([number; 16])
}

fn ladder() -> Ladder {
    let step = |after_days, tone| Step { after_days, term_days: 7, tone, channels: vec![Channel::Email], fee_minor: 0 };
    Ladder {
        note_days: Some(3),
        steps: vec![step(3, Tone::Friendly), step(10, Tone::Firm)],
        propose_placement: true,
        tolerance_minor: 0,
        micro_minor: 0,
        house: HOUSE,
        stopped: false,
        cost_minor: [0; 4],
        expected: None,
        lump_sum: false,
        interest: false,
        by_hand: false,
    }
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
    standing(account, claims, &ladder(), day(today))
}

fn asked(account: &Account, claims: &[ReceivableId], today: &str) -> Asked {
    match shown(account, claims, today) {
        Standing::Open(asked) => asked,
        other @ (Standing::Settled { .. } | Standing::Clarifying | Standing::Elsewhere) => panic!("{other:?}"),
    }
}

fn next(account: &Account, today: &str) -> Option<(Happens, Date)> {
    asked(account, &[claim(1)], today).next.map(|next| (next.what, next.from))
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
fn what_happens_next_follows_the_ladder() {
    let mut account = account();
    assert_eq!(next(&account, "2026-12-06"), Some((Happens::Note, day("2026-12-07"))));
    assert_eq!(next(&account, "2026-12-07"), Some((Happens::Reminder, day("2026-12-13"))));
    assert_eq!(next(&account, "2026-12-15"), Some((Happens::Reminder, day("2026-12-15"))), "never a day that has passed");
    let raised = |to, last, run: u8| Event::LevelRaised {
        receivable: claim(1),
        to,
        last,
        run: RunId::from_bytes([run; 16]),
        cycle: day("2026-12-10"),
    };
    let arrived = |level, until| Event::NoticeArrived { receivable: claim(1), level, term_until: day(until) };
    happens(&mut account, "2026-12-13", raised(1, false, 1));
    assert_eq!(next(&account, "2026-12-14"), None, "on its way");
    happens(&mut account, "2026-12-14", arrived(1, "2026-12-21"));
    assert_eq!(next(&account, "2026-12-15"), Some((Happens::FinalNotice, day("2026-12-31"))));
    happens(&mut account, "2026-12-31", raised(2, true, 2));
    happens(&mut account, "2026-12-31", arrived(2, "2027-01-12"));
    assert_eq!(next(&account, "2027-01-02"), Some((Happens::HandOver, day("2027-01-13"))));
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
fn whoever_objects_to_one_cent_is_asked_for_nothing_of_that_claim() {
    let mut account = account();
    let dispute = DisputeId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-11", Event::DisputeRaised { dispute, receivable: claim(1), minor: 1 });
    assert_eq!(shown(&account, &[claim(1)], "2026-12-12"), Standing::Clarifying, "no policy lets the rest go on");
    for act in [Act::Contact, Act::Level, Act::Cost, Act::Interest, Act::Placement, Act::Sale] {
        assert!(account.blocked(act, &claim(1), day("2026-12-12")).is_some(), "{act:?}");
        assert!(account.blocked(act, &claim(2), day("2026-12-12")).is_none(), "{act:?}: of other claims all goes on");
    }
}

#[test]
fn while_a_promise_is_waited_for_nothing_happens_next() {
    let mut account = account();
    let (promise, date, grace_until) = (PromiseId::from_bytes([1; 16]), day("2026-12-13"), day("2026-12-16"));
    happens(&mut account, "2026-12-12", Event::PromiseMade { promise, minor: 10_000, date, grace_until });
    assert_eq!(next(&account, "2026-12-16"), None);
    assert_eq!(next(&account, "2026-12-17"), Some((Happens::Reminder, day("2026-12-17"))));
}
