//! What an event does to an account.
//!
//! **Invariant:** everything is looked at before anything is changed, so that a refused event leaves the account as it was.

mod agree;
mod charge;
mod collect;
mod money;
mod object;
mod person;
mod sell;

use super::account::Account;
use super::book::{Place, Posting, Reduction};
use super::claim::{Ending, Level, Receivable};
use super::event::{Event, ItemAmount};
use super::hold::{Act, Hold};
use super::mandate::weighs;
use super::refused::Refused;
use crate::date::Date;
use crate::ident::ReceivableId;

impl Account {
    /// Lets an event happen on a day
    ///
    /// # Errors
    ///
    /// Why it may not; then nothing has changed.
    pub fn apply(&mut self, on: Date, event: &Event) -> Result<(), Refused> {
        let weight = weighs(self, event);
        self.happens(on, event)?;
        if let Some(weight) = weight {
            // Costs also fall away because a payment crossed them or the customer withdrew: nobody gives them up.
            self.hands.done(weight, matches!(event, Event::CostWaived(_)));
        }
        Ok(())
    }

    fn happens(&mut self, on: Date, event: &Event) -> Result<(), Refused> {
        match event {
            Event::ReceivableCreated(created) => self.created(on, created),
            Event::InvoiceDelivered { receivable, received_on, default_notice } => self.invoiced(receivable, *received_on, *default_notice),
            Event::GoodsDelivered { receivable, delivered_on } => self.delivered(on, receivable, *delivered_on),
            Event::PartyChanged { receivable, party } => self.party_changed(on, receivable, *party),
            Event::DueDateSet { receivable, date } => self.due_date_set(on, receivable, *date),
            Event::DefaultStarted { receivable, since } => self.default_started(receivable, *since),
            Event::InterestAccrued { receivable, until, exact, minor } => self.accrued(on, receivable, *until, *exact, *minor),
            Event::CostCharged { receivable, cost, ground } => self.cost_charged(on, receivable, *cost, ground),
            Event::CostWaived(reduced) => self.cost_waived(on, reduced),
            Event::CreditNoteIssued(note) => self.credited(on, note),
            Event::WithdrawalReceived { receivable } => self.withdrawn(receivable),
            Event::DebtWaived(reduced) => self.reduce(on, reduced, &[Reduction::DebtWaived]),
            Event::SmallBalanceCleared(reduced) => self.reduce(on, reduced, &[Reduction::SmallBalance]),
            Event::WrittenOff(reduced) => self.reduce(on, reduced, &[Reduction::WrittenOff]),
            Event::PaymentPending { payment, minor, receivables, until } => self.pending(payment, *minor, receivables, *until),
            Event::PaymentSettled { payment, minor, value_date } => self.settled(payment, *minor, *value_date),
            Event::PaymentFailed { payment } => self.failed(payment),
            Event::PaymentAllocated { payment, lines, .. } => self.allocated(on, payment, lines),
            Event::AllocationReversed { payment, lines } => self.unallocated(on, payment, lines),
            Event::PaymentReversed { payment } => self.payment_reversed(on, payment),
            Event::ChargebackOpened { payment, minor, until } => self.chargeback_opened(on, payment, *minor, *until),
            Event::ChargebackWon { payment } => self.chargeback_won(on, payment),
            Event::ChargebackLost { payment } => self.chargeback_lost(payment),
            Event::RefundGranted { refund, payment, minor } => self.refund_granted(refund, payment, *minor),
            Event::RefundSettled { refund } => self.refund_settled(refund),
            Event::RefundFailed { refund } => self.refund_failed(refund),
            Event::HoldPlaced { hold, reason, scope, until } => {
                self.hold_placed(hold, Hold { reason: *reason, scope: scope.clone(), until: *until })
            }
            Event::HoldReleased { hold } => self.hold_released(hold),
            Event::CustomerMerged { other } => self.merged(other),
            Event::CustomerUnmerged { other } => self.unmerged(other),
            Event::PromiseMade { promise, minor, date, grace_until } => self.promised(on, promise, *minor, *date, *grace_until),
            Event::PromiseEnded { promise, end } => self.promise_ended(promise, *end),
            Event::DeferralGranted { receivable, until } => self.deferred(on, receivable, *until),
            Event::PlanAccepted(accepted) => self.plan_accepted(on, accepted),
            Event::PlanRescheduled { plan, rates, document } => self.plan_rescheduled(on, plan, rates, *document),
            Event::PlanEnded { plan, end, notice } => self.plan_ended(on, plan, *end, *notice),
            Event::DisputeRaised { dispute, receivable, minor } => self.objected(dispute, receivable, *minor),
            Event::DisputeEnded { dispute, end } => self.dispute_ended(dispute, *end),
            Event::DisputeReopened { dispute } => self.dispute_reopened(dispute),
            Event::LevelRaised { receivable, to, last, run, cycle } => {
                let raised =
                    Level { number: *to, last: *last, since: Some(on), run: Some(run.clone()), cycle: Some(*cycle), term_until: None };
                self.level_raised(on, receivable, raised)
            }
            Event::NoticeArrived { receivable, level, term_until } => self.notice_arrived(receivable, *level, *term_until),
            Event::LevelReset { receivable, to, why } => self.level_reset(receivable, *to, *why),
            Event::Placed { receivable, agency } => self.placed_with(on, receivable, agency),
            Event::PlacementRecalled { receivable } | Event::ReturnedUncollectible { receivable } => self.back_from_agency(receivable),
            Event::ActApproved(approved) => {
                self.claim(&approved.weight.receivable)?;
                self.hands.approve(approved)
            }
            Event::SaleAgreed { receivable, agreed } => self.sale_agreed(on, receivable, agreed),
            Event::SaleCancelled { receivable } => self.sale_cancelled(receivable),
            Event::TitleTransferred { receivable, sale, items, price } => self.title_transferred(on, receivable, sale, items, *price),
            Event::PurchasePricePaid { receivable, minor } => self.price_paid(receivable, *minor),
            Event::MisdirectedPaymentForwarded { receivable, minor } => self.forwarded(receivable, *minor),
            Event::Repurchased { receivable, ground } => self.repurchased(on, receivable, *ground),
        }
    }

    fn claim(&self, id: &ReceivableId) -> Result<&Receivable, Refused> {
        self.receivables.get(id).ok_or(Refused::UnknownReceivable)
    }

    fn claim_mut(&mut self, id: &ReceivableId) -> Result<&mut Receivable, Refused> {
        self.receivables.get_mut(id).ok_or(Refused::UnknownReceivable)
    }

    /// A claim that no buyer has
    fn own_claim(&self, id: &ReceivableId) -> Result<&Receivable, Refused> {
        let claim = self.claim(id)?;
        if claim.sold().is_some() { Err(Refused::Sold) } else { Ok(claim) }
    }

    /// A claim of which something is open
    fn open_claim(&self, id: &ReceivableId) -> Result<&Receivable, Refused> {
        let claim = self.own_claim(id)?;
        if claim.ending.is_some() { Err(Refused::Ended) } else { Ok(claim) }
    }

    /// Nothing forbids that
    fn free_to(&self, act: Act, receivable: &ReceivableId, on: Date) -> Result<(), Refused> {
        if self.blocked(act, receivable, on).is_some() { Err(Refused::Held) } else { Ok(()) }
    }

    /// Brings a claim up to its balance: how it ended if nothing is open, and the level, which is about what is late
    fn weigh(&mut self, on: Date, id: &ReceivableId, ending: Ending) {
        let open = self.open(id);
        if let Some(claim) = self.receivables.get_mut(id) {
            let ending = if claim.withdrawn { Ending::Withdrawn } else { ending };
            claim.ending = if open > 0 { None } else { claim.ending.or(Some(ending)) };
        }
        self.level(on, id);
        // What one claim of a plan has got changes which of the others is behind.
        let others = self.plan_of(id).map(|(_, plan)| plan.receivables.clone()).unwrap_or_default();
        others.iter().for_each(|other| self.level(on, other));
    }

    fn level(&mut self, on: Date, id: &ReceivableId) {
        let overdue = self.overdue(id, on);
        let Some(claim) = self.receivables.get_mut(id) else { return };
        if overdue == 0 && claim.level.number > 0 {
            claim.level_before = core::mem::take(&mut claim.level);
        } else if overdue > 0 && claim.level.number == 0 && claim.level_before.number > 0 {
            claim.level = core::mem::take(&mut claim.level_before);
        }
    }
}

/// Above zero
fn positive(minor: i64) -> Result<i64, Refused> {
    if minor > 0 { Ok(minor) } else { Err(Refused::NotPositive) }
}

/// The sum of amounts that are all above zero
fn sum(mut amounts: impl Iterator<Item = i64>) -> Result<i64, Refused> {
    amounts.try_fold(0_i64, |sum, minor| sum.checked_add(positive(minor)?).ok_or(Refused::OutOfRange))
}

/// So much more is owed of a part of a claim; less below zero
fn owed(receivable: &ReceivableId, line: ItemAmount) -> Posting {
    Posting { place: Place::Open(receivable.clone(), line.item), minor: line.minor }
}

/// The other side of a posting
fn against(place: Place, minor: i64) -> Posting {
    Posting { place, minor: minor.saturating_neg() }
}
