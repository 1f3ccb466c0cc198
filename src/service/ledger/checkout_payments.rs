//! Payments that an order is paid with at once, at a provider: they have no claim, and are about no account.

use crate::error::ApiError;
use rusqlite::{Transaction, params};
use tresen_core::ident::TenantId;
use tresen_wire::events::{PaymentFailed, PaymentFailure, PaymentInitiated, PaymentSettled};

pub fn initiated(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &PaymentInitiated) -> Result<(), ApiError> {
    let expires: jiff::Timestamp = body.expires_at.parse().map_err(|_| ApiError::internal("an event with an unreadable instant"))?;
    tx.prepare_cached(
        "INSERT INTO payments (tenant_id, payment_id, customer_id, session_id, order_ref, method, provider, currency, amount_minor, reserves, state, \
         expires_ms, changed_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'initiated', ?11, ?12)",
    )?
    .execute(params![
        tenant.as_str(),
        body.payment,
        body.customer,
        body.session,
        body.order_ref,
        body.method,
        body.provider,
        body.amount.currency,
        body.amount.minor,
        body.reserves,
        expires.as_millisecond(),
        on
    ])?;
    Ok(())
}

pub fn settled(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &PaymentSettled) -> Result<(), ApiError> {
    tx.prepare_cached("UPDATE payments SET state = 'settled', changed_on = ?3 WHERE tenant_id = ?1 AND payment_id = ?2")?
        .execute(params![tenant.as_str(), body.payment, on])?;
    Ok(())
}

pub fn failed(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &PaymentFailed) -> Result<(), ApiError> {
    let state = match body.code {
        PaymentFailure::Declined => "declined",
        PaymentFailure::Expired => "expired",
    };
    tx.prepare_cached("UPDATE payments SET state = ?3, changed_on = ?4 WHERE tenant_id = ?1 AND payment_id = ?2")?.execute(params![
        tenant.as_str(),
        body.payment,
        state,
        on
    ])?;
    tx.prepare_cached(
        "UPDATE orders SET state = 'released' WHERE tenant_id = ?1 \
         AND order_ref = (SELECT order_ref FROM payments WHERE tenant_id = ?1 AND payment_id = ?2)",
    )?
    .execute(params![tenant.as_str(), body.payment])?;
    Ok(())
}
