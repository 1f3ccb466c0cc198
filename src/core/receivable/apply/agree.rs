//! Promises, deferrals and plans.

use super::positive;
use crate::date::Date;
use crate::ident::{PlanId, PromiseId, ReceivableId};
use crate::receivable::account::Account;
use crate::receivable::agreement::{Promise, PromiseEnd};
use crate::receivable::claim::{Ending, Level};
use crate::receivable::event::{PlanAccepted, PlanEnd};
use crate::receivable::plan::{Plan, PlanState, Rate};
use crate::receivable::refused::Refused;

impl Account {
    pub(super) fn promised(&mut self, on: Date, id: &PromiseId, minor: i64, date: Date, grace_until: Date) -> Result<(), Refused> {
        positive(minor)?;
        if self.promises.contains_key(id) {
            return Err(Refused::Exists);
        }
        if self.promises.values().any(|promise| promise.end.is_none()) {
            return Err(Refused::PromiseOpen);
        }
        if self.plans.values().any(|plan| plan.state == PlanState::Active) {
            return Err(Refused::PlanActive);
        }
        if date < on || grace_until < date {
            return Err(Refused::PromiseDay);
        }
        if minor > self.balance() {
            return Err(Refused::PromiseAmount);
        }
        self.promises.insert(id.clone(), Promise { minor, made_on: on, date, grace_until, paid: 0, end: None });
        Ok(())
    }

    pub(super) fn promise_ended(&mut self, id: &PromiseId, end: PromiseEnd) -> Result<(), Refused> {
        let promise = self.promises.get_mut(id).filter(|promise| promise.end.is_none()).ok_or(Refused::UnknownPromise)?;
        let holds = match end {
            PromiseEnd::Kept => promise.paid >= promise.minor,
            PromiseEnd::PartlyKept => (1..promise.minor).contains(&promise.paid),
            PromiseEnd::Broken => promise.paid <= 0,
            PromiseEnd::Invalidated => true,
        };
        if !holds {
            return Err(Refused::PromiseAmount);
        }
        promise.end = Some(end);
        Ok(())
    }

    pub(super) fn deferred(&mut self, on: Date, receivable: &ReceivableId, until: Date) -> Result<(), Refused> {
        let claim = self.open_claim(receivable)?;
        if self.plan_of(receivable).is_some() {
            return Err(Refused::PlanActive);
        }
        if until < on || claim.due.is_none_or(|due| until <= due) {
            return Err(Refused::NotDueYet);
        }
        let claim = self.claim_mut(receivable)?;
        // Who may pay later is not late: default ends, and what it brought before stays.
        claim.end_default();
        (claim.due, claim.deferred_until) = (Some(until), Some(until));
        claim.deferrals = claim.deferrals.saturating_add(1);
        (claim.level, claim.level_before) = (Level::default(), Level::default());
        Ok(())
    }

    pub(super) fn plan_accepted(&mut self, on: Date, accepted: &PlanAccepted) -> Result<(), Refused> {
        if self.plans.contains_key(&accepted.plan) {
            return Err(Refused::Exists);
        }
        let document = accepted.document.ok_or(Refused::NoDocument)?;
        let mut open = 0_i64;
        for receivable in &accepted.receivables {
            let claim = self.open_claim(receivable)?;
            if self.plan_of(receivable).is_some() {
                return Err(Refused::PlanActive);
            }
            // What is bought today was not owed when the insolvency began.
            if claim.created_on < on && self.is_insolvent(receivable, on) {
                return Err(Refused::Held);
            }
            open = open.checked_add(self.open(receivable)).ok_or(Refused::OutOfRange)?;
        }
        are_rates_of(&accepted.rates, open)?;
        let (receivables, rates) = (accepted.receivables.clone(), accepted.rates.clone());
        self.plans.insert(accepted.plan.clone(), Plan { receivables, rates, paid: 0, state: PlanState::Active, document });
        for promise in self.promises.values_mut().filter(|promise| promise.end.is_none()) {
            promise.end = Some(PromiseEnd::Invalidated);
        }
        for receivable in &accepted.receivables {
            let claim = self.claim_mut(receivable)?;
            // The rates have days of their own, by which the customer is not late yet.
            claim.end_default();
            (claim.level, claim.level_before) = (Level::default(), Level::default());
            self.weigh(on, receivable, Ending::Paid);
        }
        Ok(())
    }

    pub(super) fn plan_rescheduled(&mut self, on: Date, id: &PlanId, rates: &[Rate], document: Option<[u8; 32]>) -> Result<(), Refused> {
        let document = document.ok_or(Refused::NoDocument)?;
        let plan = self.active(id)?;
        let receivables = plan.receivables.clone();
        let open = receivables.iter().map(|receivable| self.open(receivable)).fold(0, i64::saturating_add);
        are_rates_of(rates, open)?;
        let plan = self.plans.get_mut(id).ok_or(Refused::UnknownPlan)?;
        (plan.rates, plan.paid, plan.document) = (rates.to_vec(), 0, document);
        for receivable in &receivables {
            self.weigh(on, receivable, Ending::Paid);
        }
        Ok(())
    }

    pub(super) fn plan_ended(&mut self, on: Date, id: &PlanId, end: PlanEnd, notice: bool) -> Result<(), Refused> {
        let plan = self.active(id)?;
        let (fits, state) = match end {
            PlanEnd::Completed => (plan.is_paid(), PlanState::Completed),
            PlanEnd::Cancelled => (true, PlanState::Cancelled),
            PlanEnd::Accelerated => (plan.missed(on.plus_days(-1)) > 0, PlanState::Accelerated),
        };
        if !fits {
            return Err(Refused::PlanState);
        }
        if end == PlanEnd::Accelerated && !notice {
            return Err(Refused::NoNotice);
        }
        let receivables = plan.receivables.clone();
        self.plans.entry(id.clone()).and_modify(|plan| plan.state = state);
        for receivable in &receivables {
            if let Some(claim) = self.receivables.get_mut(receivable) {
                // Without the plan all of it is due: at once where it was accelerated, as it was before where it was cancelled.
                claim.due = if end == PlanEnd::Accelerated { Some(on) } else { claim.due };
                // Default of a rate is not default of all.
                claim.end_default();
                (claim.level, claim.level_before) = (Level::default(), Level::default());
            }
            self.weigh(on, receivable, Ending::Paid);
        }
        Ok(())
    }

    /// Takes a credit off the plan of a claim, from the last rate on
    pub(super) fn credit_plan(&mut self, receivable: &ReceivableId, minor: i64) {
        let id = self.plan_of(receivable).map(|(id, _)| id.clone());
        if let Some(plan) = id.and_then(|id| self.plans.get_mut(&id)) {
            plan.credit(minor);
        }
    }

    /// Counts what a claim has got for its plan and for an open promise
    pub(super) fn paid_by_agreement(&mut self, on: Date, receivable: &ReceivableId, minor: i64) {
        let id = self.plan_of(receivable).map(|(id, _)| id.clone());
        if let Some(plan) = id.and_then(|id| self.plans.get_mut(&id)) {
            plan.pay(on, minor);
        }
        for promise in self.promises.values_mut().filter(|promise| promise.end.is_none()) {
            promise.paid = promise.paid.saturating_add(minor);
        }
    }

    fn active(&self, id: &PlanId) -> Result<&Plan, Refused> {
        self.plans.get(id).filter(|plan| plan.state == PlanState::Active).ok_or(Refused::UnknownPlan)
    }
}

/// Rates sum to what is open, and their days rise
fn are_rates_of(rates: &[Rate], open: i64) -> Result<(), Refused> {
    if super::sum(rates.iter().map(|rate| rate.minor))? != open {
        return Err(Refused::PlanSum);
    }
    if rates.windows(2).all(|pair| matches!(pair, [one, next] if one.due < next.due)) { Ok(()) } else { Err(Refused::PlanDates) }
}
