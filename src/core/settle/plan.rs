//! What is open is paid by rates, one a month; nothing is charged.

use super::why::NoPlan;
use super::{Claim, PlanBefore, Situation};
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::instalments::{Charge, Plan, Wanted};
use crate::law::regime::Regime;
use crate::policy::{PlanTerms, Settlement};
use crate::receivable::{HoldReason, Rate};
use alloc::vec::Vec;

/// Which plans may be chosen
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanBounds {
    /// The claims that are paid by it, all of them
    pub receivables: Vec<ReceivableId>,
    /// What is open of them, in minor units
    pub total: i64,
    /// The fewest rates
    pub rates_from: u8,
    /// The most rates
    pub rates_to: u8,
    /// The smallest rate, in minor units
    pub rate_minimum: i64,
    /// The first day on which the first rate may be
    pub first_from: Date,
    /// The last day on which the first rate may be
    pub first_until: Date,
}

/// A plan, as the ledger takes it
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The claims that are paid by it
    pub receivables: Vec<ReceivableId>,
    /// The rates, the first first, on days on which banks work
    pub rates: Vec<Rate>,
    /// What is paid in all, in minor units
    pub total: i64,
    /// What it costs, in minor units: nothing
    pub cost: i64,
}

/// Which plans may be chosen now
pub(super) fn now(situation: &Situation, settlement: &Settlement) -> Result<PlanBounds, NoPlan> {
    bounds(situation, terms(situation, settlement))
}

/// The plan of so many rates from a day on
///
/// The rates are equal, and what does not divide goes one minor unit each to the first; each month is counted from the first day, so a 31st comes
/// back after February.
///
/// # Errors
///
/// Why there is none, the first that applies in the order of [`NoPlan`].
pub fn plan(situation: &Situation, settlement: &Settlement, rates: u8, first: Date) -> Result<Planned, NoPlan> {
    let bounds = now(situation, settlement)?;
    if !(bounds.rates_from..=bounds.rates_to).contains(&rates) {
        return Err(NoPlan::Rates);
    }
    if !(bounds.first_from..=bounds.first_until).contains(&first) {
        return Err(NoPlan::First);
    }
    let PlanBounds { receivables, total, .. } = bounds;
    let (start, calendar) = (situation.today, situation.terms.calendar);
    // Only days beyond what can be named are left to be refused.
    let plan = Plan::new(Wanted { principal: total, start, first, rates, charge: Charge::Free, calendar }).map_err(|_| NoPlan::NoDay)?;
    let dated = plan.instalments.iter().map(|rate| Rate { due: rate.due, minor: rate.amount }).collect();
    Ok(Planned { receivables, rates: dated, total: plan.total(), cost: plan.cost() })
}

/// The merchant's terms, lighter ones for who has said that money is tight
fn terms(situation: &Situation, settlement: &Settlement) -> Option<PlanTerms> {
    let lighter = settlement.hardship.and_then(|hardship| hardship.plan);
    let is_tight = situation.open().any(|claim| claim.holds.contains(&HoldReason::Hardship));
    lighter.filter(|_| is_tight).or(settlement.plan)
}

/// Which plans may be chosen by terms of the merchant's
///
/// Rates are offered for claims that may have so much time; the others keep the day that they have.
pub(super) fn bounds(situation: &Situation, terms: Option<PlanTerms>) -> Result<PlanBounds, NoPlan> {
    let terms = terms.ok_or(NoPlan::NotAllowed)?;
    let (mut fit, mut first_why) = (Vec::new(), None);
    for claim in situation.open() {
        match unfit(claim) {
            None => fit.push(claim),
            Some(why) => first_why = first_why.or(Some(why)),
        }
    }
    if fit.is_empty() {
        return Err(first_why.unwrap_or(NoPlan::NothingOpen));
    }
    let first_from = situation.today.plus_days(1);
    let first_until = situation.today.plus_days(terms.first_within_days.into());
    let first_until = situation.working_day(first_from, first_until).ok_or(NoPlan::NoDay)?;
    let mut why = NoPlan::Regime;
    for rates_to in (terms.rates_from..=terms.rates_to).rev() {
        let last = situation.terms.calendar.due(first_until.plus_months(i32::from(rates_to).saturating_sub(1)));
        let covered = fit.iter().filter(|claim| may_last(situation, claim, last));
        let total = covered.clone().map(|claim| claim.owing.open()).fold(0, i64::saturating_add);
        if total == 0 {
            continue;
        }
        let smallest = total.div_euclid(i64::from(rates_to).max(1));
        if total >= terms.from && smallest >= terms.rate_minimum.max(1) {
            let receivables = covered.map(|claim| claim.owing.receivable.clone()).collect();
            let PlanTerms { rates_from, rate_minimum, .. } = terms;
            return Ok(PlanBounds { receivables, total, rates_from, rates_to, rate_minimum, first_from, first_until });
        }
        why = NoPlan::TooSmall;
    }
    Err(why)
}

/// Whether a claim may be paid until a day without being credit
fn may_last(situation: &Situation, claim: &Claim, last: Date) -> bool {
    claim.due.is_some_and(|due| situation.regime(claim, due, last).regime != Regime::ConsumerCredit)
}

/// Why a claim cannot be paid by rates
fn unfit(claim: &Claim) -> Option<NoPlan> {
    let whys = [
        (claim.owing.elsewhere, NoPlan::Elsewhere),
        (claim.plan == PlanBefore::Active, NoPlan::Plan),
        (claim.is_held(forbids), NoPlan::Held),
        (claim.plan == PlanBefore::Failed, NoPlan::Failed),
    ];
    whys.into_iter().find(|(applies, _)| *applies).map(|(_, why)| why)
}

/// Whether nobody agrees to rates while that is in force
fn forbids(reason: HoldReason) -> bool {
    match reason {
        // A promise ends with the plan, and who asked for a later day may see that it does not help.
        HoldReason::PromisePending | HoldReason::DeferralActive | HoldReason::Hardship | HoldReason::NoAddress => false,
        HoldReason::Dispute
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
