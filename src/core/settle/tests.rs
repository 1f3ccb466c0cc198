use super::promise::{NoPromise, PATIENCE};
use super::*;
use crate::calendar::Calendar;
use crate::date::Date;
use crate::ident::{DisputeId, HoldId, PromiseId, ReceivableId};
use crate::law::allocation::Regime;
use crate::law::regime::{Party, Seller};
use crate::money::Currency;
use crate::offer::credit::Sells;
use crate::policy::Settlement;
use crate::receivable::{Account, Created, Event, HoldReason, ItemAmount, ItemKind, PromiseEnd, Scope};
use alloc::vec;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn claim(number: u8) -> ReceivableId {
    ReceivableId::from_bytes([number; 16])
}

const SELLS: Sells = Sells { seller: Seller::SmallOrMedium, offered_by_third_party: false, claim_sold: false };
const TERMS: Terms = Terms { market: *b"DE", calendar: Calendar::GermanyNationwide, sells: SELLS };

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

fn situation(account: &Account, meant: &[ReceivableId], today: &str) -> Situation {
    Situation::of(account, meant, day(today), TERMS, |_| Told { revocable: true, ..Told::default() })
}

fn standard() -> Settlement {
    Settlement::standard(Currency::EUR)
}

#[test]
fn a_day_may_be_named_within_a_fortnight_of_today_or_of_the_due_date() {
    let mut account = account();
    let until = |account: &Account, today: &str| PATIENCE.until(&situation(account, &[claim(1)], today));
    assert_eq!(until(&account, "2026-12-01"), Ok(day("2026-12-24")));
    assert_eq!(until(&account, "2026-12-12"), Ok(day("2026-12-26")));
    assert_eq!(PATIENCE.until(&situation(&account, &[], "2026-12-12")), Err(NoPromise::NothingOpen));
    for (number, made, passed) in [(1, "2026-12-12", "2026-12-20"), (2, "2026-12-21", "2026-12-30")] {
        let (promise, date) = (PromiseId::from_bytes([number; 16]), day(made).plus_days(1));
        let grace_until = PATIENCE.named(&situation(&account, &[claim(1)], made), date).unwrap();
        happens(&mut account, made, Event::PromiseMade { promise: promise.clone(), minor: 10_000, date, grace_until });
        assert_eq!(until(&account, made), Err(NoPromise::Made { date }));
        happens(&mut account, passed, Event::PromiseEnded { promise, end: PromiseEnd::Broken });
    }
    assert_eq!(until(&account, "2026-12-31"), Err(NoPromise::Broken));
}

#[test]
fn the_last_possible_day_is_taken_and_the_one_after_it_is_not() {
    let mut account = account();
    let before = situation(&account, &[claim(1)], "2026-12-01");
    let until = PATIENCE.until(&before).unwrap();
    assert_eq!(PATIENCE.named(&before, until.plus_days(1)), Err(NoPromise::Day { until }));
    assert_eq!(PATIENCE.named(&before, day("2026-11-30")), Err(NoPromise::Day { until }));
    let grace_until = PATIENCE.named(&before, until).unwrap();
    assert_eq!(grace_until, day("2026-12-28"), "the 27th is a Sunday");
    let promise = PromiseId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-01", Event::PromiseMade { promise, minor: 10_000, date: until, grace_until });
    assert_eq!([account.holds(grace_until).count(), account.holds(grace_until.plus_days(1)).count()], [1, 0]);
}

#[test]
fn what_a_human_looks_at_is_why_and_what_is_beside_it_counts_alone() {
    let mut account = account();
    let dispute = DisputeId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-01", Event::DisputeRaised { dispute, receivable: claim(1), minor: 10_000 });
    let until = |meant: &[ReceivableId]| PATIENCE.until(&situation(&account, meant, "2026-12-01"));
    assert_eq!(until(&[claim(1)]), Err(NoPromise::Held(HoldReason::Dispute)));
    assert_eq!(until(&[claim(1), claim(2)]), Ok(day("2027-01-03")));
    let menu = menu(&situation(&account, &[claim(1), claim(2)], "2026-12-01"), &standard());
    assert_eq!(menu.part, Ok(Part { from: 1_000, to: 2_000 }));
    assert_eq!(menu.deferral.unwrap().iter().map(|one| one.receivable.clone()).collect::<vec::Vec<_>>(), [claim(2)]);
    assert_eq!(menu.dispute.unwrap(), [Disputable { receivable: claim(2), to: 2_000 }]);
}

#[test]
fn an_objection_is_about_what_its_pieces_cost_and_about_no_more_than_is_open() {
    let mut account = account();
    let pieces = |line, pieces, of| Pieces { line, pieces, of };
    for (some, minor) in [
        (pieces(7_000, 2, 2), 7_000),
        (pieces(7_001, 1, 2), 3_501),
        (pieces(7_001, 0, 2), 0),
        (pieces(1, 1, u32::MAX), 1),
        (pieces(-500, 1, 1), -500),
        (pieces(i64::MAX, u32::MAX, 1), i64::MAX),
        (pieces(100, 1, 0), 100),
    ] {
        assert_eq!(some.minor(), minor, "{some:?}");
    }
    let all = [claim(1), claim(2)];
    let object = |account: &Account, some: &[Pieces]| object(&situation(account, &all, "2026-12-01"), &claim(1), some);
    assert_eq!(object(&account, &[]), Ok(Objected { minor: 10_000, asked: 2_000 }));
    assert_eq!(
        object(&account, &[pieces(7_001, 1, 2), pieces(490, 1, 1)]),
        Ok(Objected { minor: 3_991, asked: 8_009 }),
        "the rest can be paid"
    );
    assert_eq!(object(&account, &[pieces(10_001, 1, 1)]), Ok(Objected { minor: 10_000, asked: 2_000 }), "with a discount");
    for nothing in [pieces(7_001, 0, 2), pieces(-1, 1, 1)] {
        assert_eq!(object(&account, &[nothing]), Err(NoDispute::Amount));
    }
    let dispute = DisputeId::from_bytes([1; 16]);
    happens(&mut account, "2026-12-01", Event::DisputeRaised { dispute, receivable: claim(1), minor: 9_000 });
    assert_eq!(object(&account, &[pieces(7_001, 1, 1)]), Ok(Objected { minor: 1_000, asked: 2_000 }), "what is left of it");
    let dispute = DisputeId::from_bytes([2; 16]);
    happens(&mut account, "2026-12-01", Event::DisputeRaised { dispute, receivable: claim(1), minor: 1_000 });
    assert_eq!(object(&account, &[pieces(7_001, 1, 1)]), Err(NoDispute::Raised));
}

#[test]
fn who_has_withdrawn_or_been_heard_is_not_offered_it_again() {
    let mut account = account();
    let all = [claim(1), claim(2)];
    let now = |account: &Account| menu(&situation(account, &all, "2026-12-21"), &standard());
    let offered = now(&account).hardship.unwrap();
    assert_eq!(offered.plan.as_ref().map(|plan| (plan.total, plan.rates_to)), Some((12_000, 24)));
    let hold = HoldId::from_bytes([1; 16]);
    let placed = Event::HoldPlaced { hold, reason: HoldReason::Hardship, scope: Scope::Account, until: Some(offered.pause_until) };
    happens(&mut account, "2026-12-21", placed);
    assert_eq!((now(&account).hardship, now(&account).plan.ok()), (Err(NoHardship::Told), offered.plan));
    for receivable in all.clone() {
        happens(&mut account, "2026-12-21", Event::WithdrawalReceived { receivable });
    }
    let codes = [
        ("part", "part.held"),
        ("promise", "promise.held"),
        ("deferral", "deferral.held"),
        ("plan", "plan.held"),
        ("dispute", "dispute.held"),
        ("return", "return.held"),
        ("withdrawal", "withdrawal.made"),
        ("hardship", "hardship.told"),
    ];
    assert_eq!(now(&account).why_not(), codes);
}

#[test]
fn what_is_written_for_a_browser_is_read_back_and_nothing_else_is() {
    let mut account = account();
    let hold = Event::HoldPlaced {
        hold: HoldId::from_bytes([3; 16]),
        reason: HoldReason::Hardship,
        scope: Scope::Receivable(claim(2)),
        until: Some(day("2026-12-30")),
    };
    happens(&mut account, "2026-12-01", hold);
    let mut written = (situation(&account, &[claim(1)], "2026-12-12"), standard());
    for calendar in [
        Calendar::WeekendsOnly,
        Calendar::Netherlands,
        Calendar::GermanyRegion(crate::calendar::Region::BB),
        Calendar::GermanyRegion(crate::calendar::Region::TH),
    ] {
        written.0.terms.calendar = calendar;
        let bytes = written::write(&written.0, &written.1);
        assert_eq!(written::read(&bytes), Some(written.clone()), "{calendar:?}");
        for end in 0..bytes.len() {
            assert_eq!(written::read(&bytes[..end]), None, "cut at {end}");
        }
        assert_eq!(written::read(&[bytes.as_slice(), &[0]].concat()), None, "something behind it");
        assert_eq!(written::read(&[&[4], &bytes[1..]].concat()), None, "another version");
    }
    let nothing = Settlement { part_minimum: 1, deferral: None, plan: None, hardship: None, ..standard() };
    assert_eq!(written::read(&written::write(&written.0, &nothing)), Some((written.0, nothing)));
}
