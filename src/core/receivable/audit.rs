//! What must be so of every account on every day, whatever has happened; asked of replayed accounts, and after every event in the tests.

use super::account::Account;
use super::book::Place;
use super::claim::{Ending, Receivable};
use super::payment::{Chargeback, Payment, PaymentState, RefundState};
use super::plan::PlanState;
use crate::date::Date;
use crate::ident::{PaymentId, ReceivableId};
use alloc::vec::Vec;

/// Something that must never be
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Violation {
    /// All postings together do not sum to zero
    Unbalanced,
    /// A place lies on its wrong side of zero
    WrongSide,
    /// What was put against claims, held, given back and taken back does not sum to a payment
    PaymentSum,
    /// The cash is not what has come in less what went out
    Cash,
    /// Refunds and chargebacks of a payment exceed it
    OverSettled,
    /// A refund and a chargeback of one payment wait at once
    BothWays,
    /// Credit notes exceed what was agreed
    OverCredited,
    /// What is open on a claim is not what was charged less what was paid and given up
    OpenSum,
    /// The interest charged is not the exact interest, rounded half up
    Rounding,
    /// A claim that has ended has something open, or one that has not has nothing
    Ending,
    /// A claim is on a level with nothing late
    LevelWithoutDebt,
    /// A claim is on a level that it cannot have come to
    LevelSkipped,
    /// Default began before the day after the due date
    EarlyDefault,
    /// The rates of a plan less what was paid do not sum to what is open
    PlanSum,
    /// The days of a plan's rates do not rise
    PlanDates,
    /// Two plans in force for one claim
    TwoPlans,
    /// Two promises are open, or one beside a plan
    TwoPromises,
    /// More is disputed than was ever asked for
    OverDisputed,
    /// What a buyer owes of the price is not the face by the agreed rate less what was paid
    PriceSum,
    /// What lies on the clearing account of a claim is not what has come for its buyer less what was passed on
    ClearingSum,
    /// A claim that is sold is owed to the merchant as well, or has ended in another way
    SoldTwice,
    /// Less than nothing of a claim is sold, has come or is left
    SoldSum,
}

impl Account {
    /// Everything that must not be so and is, each once; nothing for an account that this engine has made
    #[must_use]
    pub fn violations(&self, on: Date) -> Vec<Violation> {
        let mut found: Vec<Violation> = Vec::new();
        let mut note = |holds: bool, violation: Violation| {
            if !holds && !found.contains(&violation) {
                found.push(violation);
            }
        };
        self.audit_book(&mut note);
        self.payments.keys().for_each(|id| self.audit_payment(id, &mut note));
        self.receivables.keys().for_each(|id| self.audit_claim(id, on, &mut note));
        self.audit_agreements(&mut note);
        found
    }

    fn audit_book(&self, note: &mut impl FnMut(bool, Violation)) {
        let sum: i128 = self.book.places().map(|(_, minor)| i128::from(minor)).sum();
        note(sum == 0, Violation::Unbalanced);
        for (place, minor) in self.book.places() {
            let right = match place {
                Place::Open(..) => minor >= 0,
                Place::Held(_) | Place::Payable(_) => minor <= 0,
                Place::Cash | Place::Charged(_) | Place::GivenUp(_) | Place::Price(_) | Place::Clearing(_) | Place::Discount => true,
            };
            note(right, Violation::WrongSide);
        }
        let out = self.refunds.values().filter(|refund| refund.state == RefundState::Settled).map(|refund| i128::from(refund.minor));
        let came: i128 = self.payments.values().map(|payment| i128::from(came(payment))).sum();
        let buyers = self.receivables.values().map(|claim| i128::from(claim.price_paid).saturating_sub(claim.forwarded.into()));
        let cash = came.saturating_sub(out.sum()).saturating_add(buyers.sum());
        note(i128::from(self.book.at(&Place::Cash)) == cash, Violation::Cash);
    }

    fn audit_payment(&self, id: &PaymentId, note: &mut impl FnMut(bool, Violation)) {
        let Some(payment) = self.payments.get(id) else { return };
        let lines: i128 = payment.lines.iter().map(|line| i128::from(line.minor)).sum();
        let whole = lines.saturating_add(self.held(id).into()).saturating_add(payment.refunded.into());
        note(whole == i128::from(came(payment)), Violation::PaymentSum);
        let taken = payment.chargeback.as_ref().map_or(0, Chargeback::taken);
        note(payment.refunded.saturating_add(taken) <= payment.minor, Violation::OverSettled);
        let waits = self.refunds.values().any(|refund| refund.payment == *id && refund.state == RefundState::Granted);
        let reviewed = payment.chargeback.as_ref().is_some_and(|chargeback| chargeback.lost.is_none());
        note(!(waits && reviewed), Violation::BothWays);
    }

    fn audit_claim(&self, id: &ReceivableId, on: Date, note: &mut impl FnMut(bool, Violation)) {
        let Some(claim) = self.receivables.get(id) else { return };
        note(claim.credited <= claim.agreed, Violation::OverCredited);
        let paid = self.payments.values().flat_map(|payment| &payment.lines).filter(|line| line.receivable == *id);
        let paid: i128 = paid.map(|line| i128::from(line.minor)).sum();
        let charged = i128::from(claim.agreed).saturating_add(claim.interest.charged.into()).saturating_add(claim.cost().into());
        let left = charged.saturating_sub(claim.given_up.into()).saturating_sub(paid);
        note(left == i128::from(self.owed(id)), Violation::OpenSum);
        note(claim.interest.exact.minor() == claim.interest.charged, Violation::Rounding);
        note(claim.ending.is_some() == (self.open(id) == 0), Violation::Ending);
        note(claim.level.number == 0 || self.overdue(id, on) > 0, Violation::LevelWithoutDebt);
        note(claim.level.number <= claim.raised, Violation::LevelSkipped);
        let late = claim.default_since.is_none_or(|since| self.plan_of(id).is_some() || claim.due.is_some_and(|due| since > due));
        note(late, Violation::EarlyDefault);
        self.audit_sale(id, claim, note);
        note(
            self.plans.values().filter(|plan| plan.state == PlanState::Active && plan.receivables.contains(id)).count() <= 1,
            Violation::TwoPlans,
        );
    }

    fn audit_sale(&self, id: &ReceivableId, claim: &Receivable, note: &mut impl FnMut(bool, Violation)) {
        let sold = claim.sold();
        let sums = sold.map_or((0, 0), |sold| {
            let revived = sold.parts.iter().map(|part| part.revived).fold(0, i64::saturating_add);
            (sold.price(), revived.saturating_sub(sold.came()))
        });
        let at = |place| self.book.at(&place);
        note(at(Place::Price(id.clone())) == sums.0.saturating_sub(claim.price_paid), Violation::PriceSum);
        note(at(Place::Clearing(id.clone())) == sums.1.saturating_add(claim.forwarded), Violation::ClearingSum);
        note(sold.is_none() || (self.open(id) == 0 && claim.agreed_sale.is_none()), Violation::SoldTwice);
        note(sold.is_some() == (claim.ending == Some(Ending::Sold)), Violation::SoldTwice);
        let parts = sold.into_iter().flat_map(|sold| &sold.parts);
        note(parts.into_iter().all(|part| part.face >= 0 && part.came >= 0 && part.revived >= 0 && part.left() >= 0), Violation::SoldSum);
    }

    fn audit_agreements(&self, note: &mut impl FnMut(bool, Violation)) {
        let active = || self.plans.values().filter(|plan| plan.state == PlanState::Active);
        for plan in active() {
            let open: i128 = plan.receivables.iter().map(|id| i128::from(self.open(id))).sum();
            note(i128::from(plan.total()).saturating_sub(plan.paid.into()) == open, Violation::PlanSum);
            note(plan.rates.windows(2).all(|pair| matches!(pair, [one, next] if one.due < next.due)), Violation::PlanDates);
        }
        let promises = self.promises.values().filter(|promise| promise.end.is_none()).count();
        note(promises <= 1 && (promises == 0 || active().next().is_none()), Violation::TwoPromises);
        for dispute in self.disputes.values().filter(|dispute| dispute.end.is_none()) {
            let asked = self
                .receivables
                .get(&dispute.receivable)
                .map_or(0, |claim| claim.agreed.saturating_add(claim.interest.most).saturating_add(claim.cost()));
            note(dispute.minor <= asked, Violation::OverDisputed);
        }
    }
}

/// What has come of a payment, less what the payer's bank took back, in minor units
fn came(payment: &Payment) -> i64 {
    match payment.state {
        PaymentState::Settled { .. } => payment.minor.saturating_sub(payment.chargeback.as_ref().map_or(0, Chargeback::taken)),
        PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => 0,
    }
}
