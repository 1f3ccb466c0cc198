//! The same order again, under another key of the caller's.

use super::plan;
use crate::app::Work;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::ids;
use crate::sessions::Session;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::SessionId;
use tresen_wire::credit::PlanOnOffer;
use tresen_wire::http::Confirm;

/// The answer that this very order of this session already got, if it stands
pub fn same(work: &Work<'_>, session: &Session, request: &Confirm, cart_hash: &str) -> Result<Option<Answer>, ApiError> {
    let found: Option<(Vec<u8>, Option<String>)> = work
        .tx
        .prepare_cached(
            "SELECT d.response, d.plan FROM orders o JOIN decisions d ON d.tenant_id = o.tenant_id AND d.decision_id = o.decision_id \
             WHERE o.tenant_id = ?1 AND o.order_ref = ?2 AND o.session_id = ?3 AND o.state = 'bound' \
             AND d.method = ?4 AND d.cart_hash = ?5 AND d.currency = ?6 AND d.amount_minor = ?7",
        )?
        .query_row(
            params![
                work.tenant.as_str(),
                request.order,
                session.id.as_str(),
                request.method,
                cart_hash,
                request.amount.currency,
                request.amount.minor
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((body, agreed)) = found else { return Ok(None) };
    let agreed: Option<PlanOnOffer> = agreed.map(|plan| serde_json::from_str(&plan)).transpose()?;
    let same_plan = match (&agreed, &request.plan) {
        (None, None) => true,
        (Some(agreed), Some(chosen)) => plan::is_shown(agreed, chosen),
        (Some(_), None) | (None, Some(_)) => false,
    };
    Ok(same_plan.then_some(Answer { status: 200, body }))
}

/// Why this order cannot be bound to this session: a reason code, or nothing
pub fn conflict(work: &Work<'_>, session: &Session, order: &str) -> Result<Option<&'static str>, ApiError> {
    let bound_by: Option<String> = work
        .tx
        .prepare_cached("SELECT session_id FROM orders WHERE tenant_id = ?1 AND order_ref = ?2 AND state = 'bound'")?
        .query_row(params![work.tenant.as_str(), order], |row| row.get(0))
        .optional()?;
    let bound_by = bound_by.map(|session| ids::stored(&session, SessionId::parse)).transpose()?;
    let session_is_bound: bool = work
        .tx
        .prepare_cached("SELECT count(*) > 0 FROM orders WHERE tenant_id = ?1 AND session_id = ?2 AND state = 'bound'")?
        .query_row(params![work.tenant.as_str(), session.id.as_str()], |row| row.get(0))?;
    Ok(match bound_by {
        Some(other) if other != session.id => Some("order.already_confirmed"),
        Some(_) | None if session_is_bound => Some("session.already_bound"),
        Some(_) | None => None,
    })
}
