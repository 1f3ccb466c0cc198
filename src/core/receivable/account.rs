//! One customer and one merchant in one currency, as events have made it.

use super::agreement::Promise;
use super::book::{Book, Place};
use super::claim::Receivable;
use super::dispute::Dispute;
use super::event::{Event, Scope};
use super::hold::{Act, Hold, HoldReason};
use super::item::ItemKind;
use super::mandate::Hands;
use super::payment::{Chargeback, Payment, PaymentState, Refund};
use super::plan::{Plan, PlanState};
use super::refused::Refused;
use crate::date::Date;
use crate::ident::{CreditNoteId, CustomerId, DisputeId, HoldId, PaymentId, PlanId, PromiseId, ReceivableId, RefundId};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

/// Everything between one customer and one merchant in one currency
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    pub(super) book: Book,
    pub(super) receivables: BTreeMap<ReceivableId, Receivable>,
    pub(super) payments: BTreeMap<PaymentId, Payment>,
    pub(super) refunds: BTreeMap<RefundId, Refund>,
    pub(super) notes: BTreeSet<CreditNoteId>,
    pub(super) placed: BTreeMap<HoldId, Hold>,
    pub(super) released: BTreeSet<HoldId>,
    /// The merchant's other references that are the same person, and what is in force there about all that they owe
    pub(super) beside: BTreeMap<CustomerId, BTreeMap<HoldId, Hold>>,
    pub(super) promises: BTreeMap<PromiseId, Promise>,
    pub(super) plans: BTreeMap<PlanId, Plan>,
    pub(super) disputes: BTreeMap<DisputeId, Dispute>,
    pub(super) hands: Hands,
}

impl Account {
    /// The account that those events have made, each with the day on which it counts
    ///
    /// # Errors
    ///
    /// The first refusal: the events are not what this engine has written.
    pub fn replay<'a>(events: impl IntoIterator<Item = (Date, &'a Event)>) -> Result<Self, Refused> {
        let mut account = Self::default();
        for (on, event) in events {
            account.apply(on, event)?;
        }
        Ok(account)
    }

    /// The sums of all postings
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// All claims, in the order of their ids, which is that of time
    pub fn receivables(&self) -> impl Iterator<Item = (&ReceivableId, &Receivable)> {
        self.receivables.iter()
    }

    /// One claim
    #[must_use]
    pub fn receivable(&self, id: &ReceivableId) -> Option<&Receivable> {
        self.receivables.get(id)
    }

    /// All payments
    pub fn payments(&self) -> impl Iterator<Item = (&PaymentId, &Payment)> {
        self.payments.iter()
    }

    /// All payments, in the order of the days on which they count; of one day, and of those that have not come, in that of their ids
    #[must_use]
    pub fn payments_by_day(&self) -> Vec<(&PaymentId, &Payment)> {
        let mut all: Vec<(&PaymentId, &Payment)> = self.payments.iter().collect();
        all.sort_by_key(|(_, payment)| match payment.state {
            PaymentState::Settled { value_date } => value_date,
            PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => Date::MAX,
        });
        all
    }

    /// One payment
    #[must_use]
    pub fn payment(&self, id: &PaymentId) -> Option<&Payment> {
        self.payments.get(id)
    }

    /// All refunds
    pub fn refunds(&self) -> impl Iterator<Item = (&RefundId, &Refund)> {
        self.refunds.iter()
    }

    /// All promises
    pub fn promises(&self) -> impl Iterator<Item = (&PromiseId, &Promise)> {
        self.promises.iter()
    }

    /// All plans
    pub fn plans(&self) -> impl Iterator<Item = (&PlanId, &Plan)> {
        self.plans.iter()
    }

    /// All disputes
    pub fn disputes(&self) -> impl Iterator<Item = (&DisputeId, &Dispute)> {
        self.disputes.iter()
    }

    /// A hold that was written down and is not released, here or at another reference of the same person's
    #[must_use]
    pub fn hold(&self, id: &HoldId) -> Option<&Hold> {
        self.placed.get(id).or_else(|| self.beside.values().find_map(|holds| holds.get(id)))
    }

    /// The holds about all that the customer owes that were written down here and are not released: at the person's other references they count too
    pub fn holds_of_person(&self) -> impl Iterator<Item = (&HoldId, &Hold)> {
        self.placed.iter().filter(|(_, hold)| hold.scope == Scope::Account)
    }

    /// What is in force at another reference of the same person's, and counts here
    pub fn holds_beside(&self, other: &CustomerId) -> impl Iterator<Item = (&HoldId, &Hold)> {
        self.beside.get(other).into_iter().flatten()
    }

    /// The merchant's other references that are the same person
    pub fn others(&self) -> impl Iterator<Item = &CustomerId> {
        self.beside.keys()
    }

    /// What is owed on a claim, in minor units, due or not
    #[must_use]
    pub fn open(&self, receivable: &ReceivableId) -> i64 {
        self.book.open(receivable).map(|(_, minor)| minor).fold(0, i64::saturating_add)
    }

    /// What is owed on a part of a claim, in minor units
    #[must_use]
    pub fn open_item(&self, receivable: &ReceivableId, item: ItemKind) -> i64 {
        self.book.at(&Place::Open(receivable.clone(), item))
    }

    /// What the customer owes of a claim, to the merchant or to its buyer as far as the merchant knows, in minor units
    #[must_use]
    pub fn owed(&self, receivable: &ReceivableId) -> i64 {
        match self.receivables.get(receivable).and_then(Receivable::sold) {
            Some(sold) => sold.left(),
            None => self.open(receivable),
        }
    }

    /// What the customer owes of a part of a claim, to the merchant or to its buyer as far as the merchant knows, in minor units
    #[must_use]
    pub fn owed_item(&self, receivable: &ReceivableId, item: ItemKind) -> i64 {
        match self.receivables.get(receivable).and_then(Receivable::sold) {
            Some(sold) => sold.left_of(item),
            None => self.open_item(receivable, item),
        }
    }

    /// What has come with a payment and is put against no claim, in minor units
    #[must_use]
    pub fn held(&self, payment: &PaymentId) -> i64 {
        self.book.at(&Place::Held(payment.clone())).saturating_neg()
    }

    /// The customer's own money that is put against no claim, in minor units
    #[must_use]
    pub fn credit(&self) -> i64 {
        self.payments.keys().map(|payment| self.held(payment)).fold(0, i64::saturating_add)
    }

    /// What is owed in all less the customer's own money, in minor units; below zero the merchant owes
    #[must_use]
    pub fn balance(&self) -> i64 {
        let open = self.receivables.keys().map(|receivable| self.open(receivable)).fold(0, i64::saturating_add);
        open.saturating_sub(self.credit())
    }

    /// The plan in force for a claim
    #[must_use]
    pub fn plan_of(&self, receivable: &ReceivableId) -> Option<(&PlanId, &Plan)> {
        self.plans.iter().find(|(_, plan)| plan.state == PlanState::Active && plan.receivables.contains(receivable))
    }

    /// The last day on which what is to be paid next of a claim is in time
    #[must_use]
    pub fn cycle(&self, receivable: &ReceivableId) -> Option<Date> {
        match self.plan_of(receivable) {
            Some((_, plan)) => plan.next().map(|rate| rate.due),
            None => self.receivables.get(receivable)?.due,
        }
    }

    /// What of a claim should have been paid by the end of a day, in minor units: of a plan, the rates until then
    ///
    /// What a plan over several claims is behind is said of the oldest of them that can bear it.
    #[must_use]
    pub fn due(&self, receivable: &ReceivableId, on: Date) -> i64 {
        let open = self.open(receivable);
        if let Some((_, plan)) = self.plan_of(receivable) {
            let before = plan.receivables.iter().take_while(|other| *other != receivable).map(|other| self.open(other));
            return plan.behind(on).saturating_sub(before.fold(0, i64::saturating_add)).clamp(0, open);
        }
        let is_due = self.receivables.get(receivable).and_then(|claim| claim.due).is_some_and(|due| due <= on);
        if is_due { open } else { 0 }
    }

    /// What of a claim is late on a day, in minor units: what should have been paid by the end of the day before
    #[must_use]
    pub fn overdue(&self, receivable: &ReceivableId, on: Date) -> i64 {
        self.due(receivable, on.plus_days(-1))
    }

    /// What is in force on a day: what was written down, and what follows from disputes, promises, plans, deferrals and payments
    pub fn holds(&self, on: Date) -> impl Iterator<Item = Hold> + '_ {
        let claim = |receivable: &ReceivableId| Scope::Receivable(receivable.clone());
        let hold = |reason, scope, until| Hold { reason, scope, until };
        let placed = self.placed.values().chain(self.beside.values().flat_map(BTreeMap::values)).cloned();
        let disputes = self.disputes.values().filter(|dispute| dispute.end.is_none());
        let disputes = disputes.map(move |dispute| hold(HoldReason::Dispute, claim(&dispute.receivable), None));
        let promises = self.promises.values().filter(|promise| promise.end.is_none());
        let promises = promises.map(move |promise| hold(HoldReason::PromisePending, Scope::Account, Some(promise.grace_until)));
        let plans = self.plans.values().filter(|plan| plan.state == PlanState::Active);
        let plans =
            plans.flat_map(move |plan| plan.receivables.iter().map(move |covered| hold(HoldReason::PlanActive, claim(covered), None)));
        let deferrals = self.receivables.iter().filter_map(move |(id, receivable)| {
            let until = receivable.deferred_until?;
            Some(hold(HoldReason::DeferralActive, claim(id), Some(until)))
        });
        let withdrawals = self.receivables.iter().filter(|(id, receivable)| receivable.withdrawn && self.open(id) > 0);
        let withdrawals = withdrawals.map(move |(id, _)| hold(HoldReason::WithdrawalOpen, claim(id), None));
        let payments = self.payments.values().flat_map(payment_holds);
        let all = placed.chain(disputes).chain(promises).chain(plans).chain(deferrals).chain(withdrawals).chain(payments);
        all.filter(move |hold| hold.until.is_none_or(|until| on <= until))
    }

    /// What of a claim the customer objects to, in minor units
    #[must_use]
    pub fn disputed(&self, receivable: &ReceivableId) -> i64 {
        let disputes = self.disputes.values().filter(|dispute| dispute.receivable == *receivable && dispute.end.is_none());
        disputes.map(|dispute| dispute.minor).fold(0, i64::saturating_add)
    }

    /// What may be asked for of a claim on a day, in minor units: what is open, less what the customer objects to; nothing while somebody has to look
    /// at it first for another reason
    #[must_use]
    pub fn asked(&self, receivable: &ReceivableId, on: Date) -> i64 {
        let looks = |hold: &Hold| hold.concerns(receivable) && hold.reason.stops_asking() && hold.reason != HoldReason::Dispute;
        if self.holds(on).any(|hold| looks(&hold)) { 0 } else { self.open(receivable).saturating_sub(self.disputed(receivable)).max(0) }
    }

    /// Whether a claim is one of an insolvency on a day: it is filed, and neither paid by a plan nor set off (InsO sections 87 and 96)
    pub(super) fn is_insolvent(&self, receivable: &ReceivableId, on: Date) -> bool {
        self.holds(on).any(|hold| hold.reason == HoldReason::Insolvency && hold.concerns(receivable))
    }

    /// Why that may not happen to a claim on a day; nothing if it may
    #[must_use]
    pub fn blocked(&self, act: Act, receivable: &ReceivableId, on: Date) -> Option<HoldReason> {
        self.holds(on).filter(|hold| hold.concerns(receivable)).map(|hold| hold.reason).filter(|reason| reason.blocks(act)).min()
    }
}

/// The holds of a payment that is on its way, or that the payer's bank took back
fn payment_holds(payment: &Payment) -> impl Iterator<Item = Hold> + '_ {
    let hold = |reason, receivable: &ReceivableId, until| Hold { reason, scope: Scope::Receivable(receivable.clone()), until };
    let pending = match &payment.state {
        PaymentState::Pending { receivables, until } => Some((receivables, *until)),
        PaymentState::Settled { .. } | PaymentState::Failed | PaymentState::Reversed => None,
    };
    let pending = pending.into_iter().flat_map(move |(receivables, until)| {
        receivables.iter().map(move |receivable| hold(HoldReason::PaymentPending, receivable, Some(until)))
    });
    let open = payment.chargeback.as_ref().filter(|chargeback: &&Chargeback| chargeback.lost.is_none());
    let review = open
        .into_iter()
        .flat_map(move |chargeback| chargeback.lines.iter().map(move |line| hold(HoldReason::ChargebackReview, &line.receivable, None)));
    pending.chain(review)
}
