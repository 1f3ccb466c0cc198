//! The invariants of an account asked of its log alone, by an auditor that shares no code with the account.

use crate::life::Life;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use tresen_core::date::Date;
use tresen_core::ident::{DisputeId, HoldId, PaymentId, PlanId, PromiseId, ReceivableId, RefundId};
use tresen_core::law::interest::Exact;
use tresen_core::receivable::{Account, Event, HoldReason, ItemKind, Reduced, Scope, Sums};

/// So many lives are audited
const LIVES: u64 = 220;

/// The logs of random lives, lived once for all auditors
fn logs() -> &'static [Vec<(Date, Event)>] {
    static LOGS: OnceLock<Vec<Vec<(Date, Event)>>> = OnceLock::new();
    LOGS.get_or_init(|| (1_000..1_000 + LIVES).map(|seed| lived(Life::new(seed)).log).collect())
}

/// A life after two hundred days
pub fn lived(mut life: Life) -> Life {
    for _ in 0..200 {
        life.day(&mut |life, event| {
            let violations = life.account.violations(life.today);
            assert!(violations.is_empty(), "{}: {violations:?} after {event:?}", life.today.to_iso());
        });
    }
    life.ends();
    life
}

fn lines(reduced: &Reduced) -> i64 {
    reduced.lines.iter().map(|line| line.minor).sum()
}

/// What an event gives up, and of which claim
fn given_up(event: &Event) -> Option<&Reduced> {
    match event {
        Event::CreditNoteIssued(note) => Some(&note.reduced),
        Event::CostWaived(reduced) | Event::DebtWaived(reduced) | Event::SmallBalanceCleared(reduced) | Event::WrittenOff(reduced) => {
            Some(reduced)
        }
        _ => None,
    }
}

/// What was paid and went back
#[derive(Default)]
struct Till {
    settled: BTreeMap<PaymentId, i64>,
    taken: BTreeMap<PaymentId, i64>,
    refunds: BTreeMap<RefundId, (PaymentId, i64)>,
    returned: BTreeMap<PaymentId, i64>,
    kept: i64,
}

impl Till {
    fn happens(&mut self, event: &Event) {
        let mut back = |payment: &PaymentId, minor: i64| {
            *self.returned.entry(payment.clone()).or_insert(0) += minor;
            self.kept -= minor;
        };
        match event {
            Event::PaymentSettled { payment, minor, .. } => {
                assert!(self.settled.insert(payment.clone(), *minor).is_none(), "{payment:?} came twice");
                self.kept += minor;
            }
            Event::PaymentReversed { payment } => back(payment, self.settled[payment]),
            Event::ChargebackOpened { payment, minor, .. } => {
                back(payment, *minor);
                self.taken.insert(payment.clone(), *minor);
            }
            Event::ChargebackWon { payment } => back(payment, -self.taken[payment]),
            Event::RefundGranted { refund, payment, minor } => {
                back(payment, *minor);
                self.refunds.insert(refund.clone(), (payment.clone(), *minor));
            }
            Event::RefundFailed { refund } => {
                let (payment, minor) = self.refunds[refund].clone();
                back(&payment, -minor);
            }
            _ => {}
        }
    }
}

#[test]
fn a_balance_is_what_was_charged_less_what_was_given_up_and_what_was_kept() {
    let mut moved = 0;
    for log in logs() {
        let (mut account, mut till, mut charged, mut given) = (Account::default(), Till::default(), 0, 0);
        for (on, event) in log {
            account.apply(*on, event).unwrap();
            till.happens(event);
            charged += match event {
                Event::ReceivableCreated(created) => created.items.iter().map(|line| line.minor).sum(),
                Event::CostCharged { cost, .. } => cost.minor,
                Event::InterestAccrued { minor, .. } => *minor,
                _ => 0,
            };
            given += given_up(event).map_or(0, lines);
            let owed: i64 = account.receivables().map(|(id, _)| account.owed(id)).sum();
            assert_eq!(owed - account.credit(), charged - given - till.kept, "{event:?}");
            moved += 1;
        }
    }
    assert!(moved > 15_000, "{moved} events");
}

/// What a claim came to, by its log
#[derive(Default)]
struct Came {
    agreed: i64,
    costs: i64,
    interest: i64,
    credited: i64,
    let_go: i64,
}

impl Came {
    fn gives(&mut self, item: ItemKind, minor: i64, is_credit: bool) {
        match item {
            ItemKind::Principal | ItemKind::Fee | ItemKind::Interest if is_credit => self.credited += minor,
            ItemKind::Principal | ItemKind::Fee | ItemKind::Interest => self.let_go += minor,
            _ => self.takes(item, -minor),
        }
    }

    fn takes(&mut self, item: ItemKind, minor: i64) {
        match item {
            ItemKind::Principal | ItemKind::Fee | ItemKind::Interest => self.agreed += minor,
            ItemKind::DefaultInterest => self.interest += minor,
            ItemKind::LumpSum | ItemKind::DunningCost | ItemKind::LegalCost => self.costs += minor,
        }
    }
}

#[test]
fn what_was_bought_and_what_lateness_brought_less_what_was_credited_and_paid_is_what_is_owed() {
    let (mut extra_paid, mut credited, mut cleared, mut back) = (0, 0, 0, 0);
    for log in logs() {
        let (mut account, mut came, mut paid) = (Account::default(), BTreeMap::<ReceivableId, Came>::new(), 0);
        for (on, event) in log {
            account.apply(*on, event).unwrap();
            match event {
                Event::ReceivableCreated(created) => {
                    let claim = came.entry(created.receivable.clone()).or_default();
                    created.items.iter().for_each(|line| claim.takes(line.item, line.minor));
                }
                Event::CostCharged { receivable, cost, .. } => came.get_mut(receivable).unwrap().takes(cost.item, cost.minor),
                Event::InterestAccrued { receivable, minor, .. } => {
                    came.get_mut(receivable).unwrap().takes(ItemKind::DefaultInterest, *minor);
                }
                _ => {}
            }
            if let Some(reduced) = given_up(event) {
                let claim = came.get_mut(&reduced.receivable).unwrap();
                let is_credit = matches!(event, Event::CreditNoteIssued(_));
                reduced.lines.iter().for_each(|line| claim.gives(line.item, line.minor, is_credit));
                cleared += usize::from(matches!(event, Event::SmallBalanceCleared(_) | Event::WrittenOff(_)));
            }
            let mut paid_now = 0;
            for (id, by_log) in &came {
                let sums = account.sums(id).unwrap();
                let Sums { agreed, costs, interest, credited: noted, let_go, paid, left } = sums;
                let off = noted + let_go;
                assert_eq!((agreed, costs, interest), (by_log.agreed, by_log.costs, by_log.interest), "{event:?}");
                assert_eq!((noted, let_go), (by_log.credited, by_log.let_go), "{event:?}");
                assert_eq!((agreed + costs + interest - off - paid, left), (account.owed(id), account.owed(id)), "{event:?}");
                assert!(
                    agreed > 0 && [costs, interest, noted, let_go, paid, left].iter().all(|minor| *minor >= 0) && off <= agreed,
                    "{sums:?}"
                );
                extra_paid += usize::from(costs + interest > 0 && left < costs + interest);
                credited += usize::from(off > 0 && left > 0);
                paid_now += paid;
            }
            back += usize::from(paid_now < paid);
            paid = paid_now;
        }
    }
    let often = [extra_paid, credited, cleared, back];
    assert!(often.iter().all(|times| *times > 100), "costs paid, credited in part, cleared, gone back: {often:?}");
}

#[test]
fn no_payment_goes_back_twice_and_no_price_is_credited_twice() {
    let (mut whole, mut credits) = (0, 0);
    for log in logs() {
        let (mut till, mut left) = (Till::default(), BTreeMap::<ReceivableId, i64>::new());
        for (_, event) in log {
            till.happens(event);
            for (payment, back) in &till.returned {
                assert!((0..=till.settled[payment]).contains(back), "{event:?}: {back} of {} went back", till.settled[payment]);
                whole += usize::from(*back == till.settled[payment]);
            }
            match event {
                Event::ReceivableCreated(created) => {
                    left.insert(created.receivable.clone(), created.items.iter().map(|line| line.minor).sum());
                }
                Event::CreditNoteIssued(note) => {
                    let left = left.get_mut(&note.reduced.receivable).unwrap();
                    *left -= lines(&note.reduced);
                    assert!(*left >= 0, "{event:?} credits {} too much", -*left);
                    credits += 1;
                }
                _ => {}
            }
        }
    }
    assert!(whole > 200 && credits > 200, "{whole} went back whole, {credits} credit notes");
}

/// How far a claim has been reminded, by its log
#[derive(Default)]
struct Rungs {
    highest: u8,
    runs: BTreeSet<String>,
    terms: BTreeMap<u8, Date>,
}

impl Rungs {
    /// The debt is due on another day now
    fn anew(&mut self) {
        self.highest = 0;
        self.terms.clear();
    }
}

#[test]
fn a_level_rises_by_one_and_once_a_run_and_after_the_term_of_the_one_before() {
    let mut rose = BTreeMap::<u8, usize>::new();
    for log in logs() {
        let mut rungs = BTreeMap::<ReceivableId, Rungs>::new();
        let mut plans = BTreeMap::<PlanId, Vec<ReceivableId>>::new();
        for (on, event) in log {
            match event {
                Event::LevelRaised { receivable, to, run, .. } => {
                    let rungs = rungs.entry(receivable.clone()).or_default();
                    assert!(*to >= 1 && *to <= rungs.highest + 1, "{event:?} after {}", rungs.highest);
                    assert!(*to == 1 || rungs.terms.get(&(to - 1)).is_some_and(|until| until < on), "{event:?}: the term runs");
                    assert!(rungs.runs.insert(run.as_str().to_owned()), "{event:?}: twice in a run");
                    rungs.highest = rungs.highest.max(*to);
                    *rose.entry(*to).or_insert(0) += 1;
                }
                Event::NoticeArrived { receivable, level, term_until } => {
                    rungs.entry(receivable.clone()).or_default().terms.insert(*level, *term_until);
                }
                Event::DueDateSet { receivable, .. } | Event::DeferralGranted { receivable, .. } => {
                    rungs.entry(receivable.clone()).or_default().anew();
                }
                Event::PlanAccepted(accepted) => {
                    plans.insert(accepted.plan.clone(), accepted.receivables.clone());
                    accepted.receivables.iter().for_each(|id| rungs.entry(id.clone()).or_default().anew());
                }
                Event::PlanEnded { plan, .. } => {
                    plans[plan].iter().for_each(|id| rungs.entry(id.clone()).or_default().anew());
                }
                _ => {}
            }
        }
    }
    assert!(rose[&1] > 150 && rose[&2] > 50, "{rose:?}");
}

/// What a log says is in force
#[derive(Default)]
struct Holds {
    placed: BTreeMap<HoldId, (HoldReason, Scope, Option<Date>)>,
    disputes: BTreeMap<DisputeId, ReceivableId>,
    ended_disputes: BTreeMap<DisputeId, ReceivableId>,
    promises: BTreeMap<PromiseId, Date>,
    plans: BTreeMap<PlanId, Vec<ReceivableId>>,
    deferred: BTreeMap<ReceivableId, Date>,
    withdrawn: BTreeSet<ReceivableId>,
    pending: BTreeMap<PaymentId, (Vec<ReceivableId>, Date)>,
}

impl Holds {
    fn happens(&mut self, event: &Event) {
        match event {
            Event::HoldPlaced { hold, reason, scope, until } => {
                self.placed.insert(hold.clone(), (*reason, scope.clone(), *until));
            }
            Event::HoldReleased { hold } => drop(self.placed.remove(hold)),
            Event::CustomerUnmerged { other } => self.placed.retain(|_, (_, scope, _)| *scope != Scope::Beside(other.clone())),
            Event::DisputeRaised { dispute, receivable, .. } => drop(self.disputes.insert(dispute.clone(), receivable.clone())),
            Event::DisputeEnded { dispute, .. } => {
                let about = self.disputes.remove(dispute).unwrap();
                self.ended_disputes.insert(dispute.clone(), about);
            }
            Event::DisputeReopened { dispute } => {
                let about = self.ended_disputes.remove(dispute).unwrap();
                self.disputes.insert(dispute.clone(), about);
            }
            Event::PromiseMade { promise, grace_until, .. } => drop(self.promises.insert(promise.clone(), *grace_until)),
            Event::PromiseEnded { promise, .. } => drop(self.promises.remove(promise)),
            Event::PlanAccepted(accepted) => {
                self.promises.clear();
                self.plans.insert(accepted.plan.clone(), accepted.receivables.clone());
            }
            Event::PlanEnded { plan, .. } => drop(self.plans.remove(plan)),
            Event::DueDateSet { receivable, .. } => drop(self.deferred.remove(receivable)),
            Event::DeferralGranted { receivable, until } => drop(self.deferred.insert(receivable.clone(), *until)),
            Event::WithdrawalReceived { receivable } => drop(self.withdrawn.insert(receivable.clone())),
            Event::PaymentPending { payment, receivables, until, .. } => {
                self.pending.insert(payment.clone(), (receivables.clone(), *until));
            }
            Event::PaymentSettled { payment, .. } | Event::PaymentFailed { payment } => drop(self.pending.remove(payment)),
            _ => {}
        }
    }

    fn reasons(&self, claim: &ReceivableId, on: Date) -> BTreeSet<HoldReason> {
        let placed = self.placed.values().filter(|(_, scope, until)| {
            let concerns = matches!(scope, Scope::Account | Scope::Beside(_)) || *scope == Scope::Receivable(claim.clone());
            concerns && until.is_none_or(|until| on <= until)
        });
        let mut all: BTreeSet<HoldReason> = placed.map(|(reason, ..)| *reason).collect();
        for (reason, holds) in [
            (HoldReason::Dispute, self.disputes.values().any(|about| about == claim)),
            (HoldReason::PromisePending, self.promises.values().any(|until| on <= *until)),
            (HoldReason::PlanActive, self.plans.values().any(|claims| claims.contains(claim))),
            (HoldReason::DeferralActive, self.deferred.get(claim).is_some_and(|until| on <= *until)),
            (HoldReason::WithdrawalOpen, self.withdrawn.contains(claim)),
            (HoldReason::PaymentPending, self.pending.values().any(|(claims, until)| claims.contains(claim) && on <= *until)),
        ] {
            if holds {
                all.insert(reason);
            }
        }
        all
    }
}

#[test]
fn nothing_that_a_hold_forbids_is_ever_written() {
    // What each act is not held up by; everything else in force holds it up.
    const NOT_THE_LEVEL: &[HoldReason] = &[HoldReason::PlanActive];
    const NOT_INTEREST: &[HoldReason] = &[HoldReason::PromisePending, HoldReason::Representative, HoldReason::NoAddress];
    let (mut looked, mut beside) = (0, 0);
    for log in logs() {
        let mut holds = Holds::default();
        for (on, event) in log {
            let asked: Option<(&ReceivableId, &[HoldReason])> = match event {
                Event::LevelRaised { receivable, .. } => Some((receivable, NOT_THE_LEVEL)),
                Event::CostCharged { receivable, .. }
                | Event::Placed { receivable, .. }
                | Event::SaleAgreed { receivable, .. }
                | Event::TitleTransferred { receivable, .. } => Some((receivable, &[])),
                Event::InterestAccrued { receivable, exact, .. } if *exact > Exact::ZERO => Some((receivable, NOT_INTEREST)),
                _ => None,
            };
            if let Some((claim, but)) = asked {
                let reasons = holds.reasons(claim, *on);
                assert!(reasons.iter().all(|reason| but.contains(reason)), "{event:?} while {reasons:?}");
                looked += 1;
                beside += usize::from(!reasons.is_empty());
            }
            holds.happens(event);
        }
    }
    assert!(looked > 500 && beside > 30, "{looked} were looked at, {beside} beside a hold that lets them");
}
