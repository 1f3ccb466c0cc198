//! The plan of instalments that an order is paid by: the one that the shopper saw is the one that is frozen, or the order is refused.

use super::Case;
use crate::error::ApiError;
use sha2::{Digest as _, Sha256};
use tresen_core::policy::Kind;
use tresen_wire::credit::PlanOnOffer;
use tresen_wire::decision::{Method, hex};
use tresen_wire::http::{AgreedPlan, ChosenPlan};

/// The plan on offer that is the chosen one, to the day and the cent; or a reason code
pub fn chosen<'a>(method: &'a Method, chosen: Option<&ChosenPlan>) -> Result<Option<&'a PlanOnOffer>, &'static str> {
    match (method.kind == Kind::Instalments.code(), chosen) {
        (false, None) => Ok(None),
        (false, Some(_)) => Err("plan.unexpected"),
        (true, None) => Err("plan.missing"),
        (true, Some(chosen)) => {
            let same_rates = method.plans.iter().find(|plan| plan.plan.instalments.len() == chosen.instalments.len());
            let plan = same_rates.ok_or("plan.not_on_offer")?;
            if is_shown(plan, chosen) { Ok(Some(plan)) } else { Err("plan.differs") }
        }
    }
}

/// Whether the plan is the one that the shopper saw
pub fn is_shown(plan: &PlanOnOffer, chosen: &ChosenPlan) -> bool {
    let rates = plan.plan.instalments.iter().zip(&chosen.instalments);
    plan.plan.instalments.len() == chosen.instalments.len()
        && plan.plan.annual_rate_percent == chosen.annual_rate_percent
        && rates.into_iter().all(|(rate, seen)| rate.due_date == seen.due_date && rate.amount == seen.amount)
}

impl Case<'_> {
    /// The plan that this order is paid by, with its hash; nothing for an order that has none or is refused for it
    pub(super) fn plan(&self) -> Result<Option<AgreedPlan>, ApiError> {
        let Some(method) = self.method() else { return Ok(None) };
        let Ok(Some(plan)) = chosen(method, self.request.plan.as_ref()) else { return Ok(None) };
        Ok(Some(AgreedPlan { plan_hash: hash(plan)?, plan: plan.clone() }))
    }
}

/// SHA-256 over the canonical JSON (RFC 8785) of a plan
fn hash(plan: &PlanOnOffer) -> Result<String, ApiError> {
    // A map has its keys in order, and nothing in a plan but texts and whole numbers.
    let canonical = serde_json::to_value(plan)?;
    Ok(hex(&Sha256::digest(serde_json::to_vec(&canonical)?)))
}
