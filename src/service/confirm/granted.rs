//! What a human granted, where the program finds reasons against the method.
//!
//! **Invariant:** nothing that the law forbids is granted: no credit for minors, none before the registration is checked. Nor is what the
//! customer may owe in all exceeded, unless the human said so.

use super::Case;
use crate::app::Work;
use crate::error::ApiError;
use crate::journal::Draft;
use crate::places::Place;
use crate::reviews::grants::{self, Open};
use crate::sessions::Session;
use tresen_wire::decision::{Decision, Method};
use tresen_wire::events::GrantUsed;
use tresen_wire::http::{Attention, Facts, GrantedMethod};
use tresen_wire::money::Money;

/// The grant that covers this order, if there is one
pub fn grant(case: &Case<'_>, method: &Method) -> Result<Option<Open>, ApiError> {
    covering(case.work, case.session, method, &case.facts, &case.request.amount)
}

/// The methods that are withheld and granted all the same, of an order that would be decided so
pub fn all(work: &Work<'_>, session: &Session, decision: &Decision, facts: &Facts) -> Result<Vec<GrantedMethod>, ApiError> {
    let Some(total) = facts.get("cart.total").cloned() else { return Ok(Vec::new()) };
    let total: Money = serde_json::from_value(total)?;
    let mut granted = Vec::new();
    for method in decision.methods.iter().filter(|method| method.state == "withheld") {
        let amount = Money::new(total.minor.saturating_add(method.fee.minor), &total.currency);
        if let Some(Open { review, amount, until, .. }) = covering(work, session, method, facts, &amount)? {
            granted.push(GrantedMethod { method: method.id.clone(), review: review.to_string(), amount, until });
        }
    }
    Ok(granted)
}

/// The grant that covers a method that is withheld, at that price
fn covering(work: &Work<'_>, session: &Session, method: &Method, facts: &Facts, amount: &Money) -> Result<Option<Open>, ApiError> {
    let policy = &session.policy;
    if method.reasons.iter().any(|reason| !policy.may_be_set_aside(&method.id, reason)) || policy.is_a_minors(facts, work.moment.today)? {
        return Ok(None);
    }
    let exceeds = method.reasons.iter().any(|reason| reason.code == "exposure.exceeded");
    let open = grants::open(work, &session.customer, &method.id)?;
    Ok(open.into_iter().find(|grant| {
        grant.amount.currency == amount.currency && amount.minor <= grant.amount.minor && (grant.beyond_exposure || !exceeds)
    }))
}

/// What a granted order still lacks: a method that is withheld does not say which facts the shopper has yet to tell
pub fn lacks(case: &Case<'_>, method: &Method) -> Option<&'static str> {
    case.session.policy.lacks_fields(&method.id, &case.facts).then_some("method.incomplete")
}

/// Writes down that a bound order stands on a grant, where it does, and tells the shop's people
pub fn used(case: &Case<'_>) -> Result<Option<Attention>, ApiError> {
    let Some(method) = case.method().filter(|method| method.state == "withheld") else { return Ok(None) };
    let grant = grant(case, method)?.ok_or_else(|| ApiError::internal("a withheld method was confirmed without a grant"))?;
    let stream = Place::Review(grant.review.clone());
    let after = case.work.length(&stream)?;
    let draft = Draft { after, policy: Some(case.session.policy.hash()), ..Draft::opens(&stream, case.session.id.as_str()) };
    case.work.append(
        &draft,
        GrantUsed {
            review: grant.review.to_string(),
            decision: case.decision_id.to_string(),
            order_ref: case.request.order.clone(),
            amount: case.request.amount.clone(),
            reasons: method.reasons.iter().map(|reason| reason.code.clone()).collect(),
        },
    )?;
    Ok(Some(Attention { code: "order.granted_by_review".to_owned() }))
}
