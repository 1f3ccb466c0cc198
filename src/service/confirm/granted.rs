//! What a human granted, where the program finds reasons against the method.
//!
//! **Invariant:** nothing that the law forbids is granted: no credit for minors, none before the registration is checked. Nor is what the
//! customer may owe in all exceeded, unless the human said so.

use super::Case;
use crate::error::ApiError;
use crate::journal::Draft;
use crate::places::Place;
use crate::reviews::grants::{self, Open};
use tresen_wire::decision::Method;
use tresen_wire::events::GrantUsed;
use tresen_wire::http::Attention;

/// The grant that covers this order, if there is one
pub fn grant(case: &Case<'_>, method: &Method) -> Result<Option<Open>, ApiError> {
    let policy = &case.session.policy;
    if method.reasons.iter().any(|reason| !policy.may_be_set_aside(&method.id, reason))
        || policy.is_a_minors(&case.facts, case.work.moment.today)?
    {
        return Ok(None);
    }
    let exceeds = method.reasons.iter().any(|reason| reason.code == "exposure.exceeded");
    let open = grants::open(case.work, &case.session.customer, &method.id)?;
    Ok(open.into_iter().find(|grant| {
        grant.amount.currency == case.request.amount.currency
            && case.request.amount.minor <= grant.amount.minor
            && (grant.beyond_exposure || !exceeds)
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
