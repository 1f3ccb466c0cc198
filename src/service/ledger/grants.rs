//! What humans granted, and which orders stand on it.

use crate::error::ApiError;
use rusqlite::{Transaction, params};
use tresen_core::ident::TenantId;
use tresen_wire::events::{DecisionReviewed, GrantUsed};

pub fn reviewed(tx: &Transaction<'_>, tenant: &TenantId, body: &DecisionReviewed) -> Result<(), ApiError> {
    let Some(grant) = &body.grant else { return Ok(()) };
    tx.prepare_cached(
        "INSERT INTO grants (tenant_id, review_id, customer_id, method, currency, amount_minor, until, beyond_exposure) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        tenant.as_str(),
        body.review,
        body.customer,
        body.method,
        grant.amount.currency,
        grant.amount.minor,
        grant.until,
        grant.beyond_exposure
    ])?;
    Ok(())
}

pub fn used(tx: &Transaction<'_>, tenant: &TenantId, body: &GrantUsed) -> Result<(), ApiError> {
    tx.prepare_cached("INSERT INTO grant_uses (tenant_id, review_id, decision_id, order_ref) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![tenant.as_str(), body.review, body.decision, body.order_ref])?;
    Ok(())
}
