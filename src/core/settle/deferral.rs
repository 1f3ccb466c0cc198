//! A due date is moved at the customer's wish; nothing is charged, and no interest runs until then.

use super::why::NoDeferral;
use super::{Claim, PlanBefore, Situation};
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::regime::Regime;
use crate::policy::{DeferralTerms, Settlement};
use crate::receivable::HoldReason;
use alloc::vec::Vec;

/// The days to which the due date of a claim may be moved
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferrable {
    /// Which claim
    pub receivable: ReceivableId,
    /// The first of them
    pub from: Date,
    /// The last of them
    pub until: Date,
}

/// A due date that was moved
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    /// Which claim
    pub receivable: ReceivableId,
    /// The due date so far
    pub before: Date,
    /// The new one: the day that was chosen, or the next on which banks work
    pub until: Date,
}

/// Which due dates may be moved; where none may, why the first one may not
pub(super) fn deferrable(situation: &Situation, settlement: &Settlement) -> Result<Vec<Deferrable>, NoDeferral> {
    let terms = settlement.deferral.ok_or(NoDeferral::NotAllowed)?;
    let (mut all, mut first) = (Vec::new(), None);
    for claim in situation.open() {
        match bounds(situation, terms, claim) {
            Ok((_, bounds)) => all.push(bounds),
            Err(why) => first = first.or(Some(why)),
        }
    }
    if all.is_empty() { Err(first.unwrap_or(NoDeferral::NothingOpen)) } else { Ok(all) }
}

/// What comes of it if the due date of a claim is moved to a day
///
/// # Errors
///
/// Why it is not, the first that applies in the order of [`NoDeferral`].
pub fn deferral(situation: &Situation, settlement: &Settlement, receivable: &ReceivableId, until: Date) -> Result<Deferred, NoDeferral> {
    let terms = settlement.deferral.ok_or(NoDeferral::NotAllowed)?;
    let claim = situation.claim(receivable).ok_or(NoDeferral::Unknown)?;
    if situation.open().all(|open| open != claim) {
        return Err(NoDeferral::NothingOpen);
    }
    let (before, bounds) = bounds(situation, terms, claim)?;
    if !(bounds.from..=bounds.until).contains(&until) {
        return Err(NoDeferral::Day);
    }
    Ok(Deferred { receivable: receivable.clone(), before, until: situation.terms.calendar.due(until) })
}

/// The due date of a claim, and the days to which it may be moved
fn bounds(situation: &Situation, terms: DeferralTerms, claim: &Claim) -> Result<(Date, Deferrable), NoDeferral> {
    for (applies, why) in [
        (claim.owing.elsewhere, NoDeferral::Elsewhere),
        (claim.plan == PlanBefore::Active, NoDeferral::Plan),
        (claim.deferrals >= terms.times, NoDeferral::Used),
        (claim.is_held(forbids), NoDeferral::Held),
        (claim.final_notice, NoDeferral::Final),
    ] {
        if applies {
            return Err(why);
        }
    }
    let due = claim.due.ok_or(NoDeferral::NotDue)?;
    let later = due.max(situation.today);
    let from = later.plus_days(1);
    let wished = situation.working_day(from, later.plus_days(terms.days.into())).ok_or(NoDeferral::NoDay)?;
    let is_credit = |until| situation.regime(claim, due, until).regime == Regime::ConsumerCredit;
    if !is_credit(wished) {
        return Ok((due, Deferrable { receivable: claim.owing.receivable.clone(), from, until: wished }));
    }
    let most = situation.regime(claim, due, wished).days_most.ok_or(NoDeferral::Regime)?;
    let last = claim.delivered.unwrap_or(claim.contract).plus_days(most.into()).min(wished);
    let until = situation.working_day(from, last).filter(|until| !is_credit(*until)).ok_or(NoDeferral::Regime)?;
    Ok((due, Deferrable { receivable: claim.owing.receivable.clone(), from, until }))
}

/// Whether a later due date makes no sense while that is in force
fn forbids(reason: HoldReason) -> bool {
    match reason {
        HoldReason::Hardship | HoldReason::NoAddress => false,
        HoldReason::Dispute
        | HoldReason::PromisePending
        | HoldReason::DeferralActive
        | HoldReason::PlanActive
        | HoldReason::PaymentPending
        | HoldReason::ChargebackReview
        | HoldReason::WithdrawalOpen
        | HoldReason::Insolvency
        | HoldReason::Deceased
        | HoldReason::CapacityUnknown
        | HoldReason::NotMyDebt
        | HoldReason::Representative
        | HoldReason::ManualPause
        | HoldReason::ComplaintReview => true,
    }
}
