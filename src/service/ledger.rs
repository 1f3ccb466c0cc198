//! The projections of the events: what is owed, what was ordered, which payments wait.
//!
//! **Invariant:** [`apply`] is the only code that writes to the projections, so that replaying the events gives the same rows.

mod facts;
mod grants;
mod plans;
mod reference;

pub use facts::{About, beside, facts, reserved_minor};
pub use reference::creditor_reference;

use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use rusqlite::{Transaction, params};
use tresen_core::ident::{CustomerId, TenantId};
use tresen_wire::events::{
    Body, DecisionBound, DueDateSet, HistoryImported, ItemKind, PaymentAllocated, PaymentFailed, PaymentFailure, PaymentInitiated,
    PaymentSettled, ReceivableCreated,
};

/// Brings the projections up to an event
pub fn apply(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, on: &str, body: &Body) -> Result<(), ApiError> {
    match body {
        Body::QualificationRequested(_)
        | Body::QualificationDecided(_)
        | Body::DecisionContested(_)
        | Body::IdentityCheckRequired(_)
        | Body::IdentityCheckPassed(_)
        | Body::IdentityCheckFailed(_)
        | Body::CustomerErased(_) => Ok(()),
        Body::DecisionReviewed(body) => grants::reviewed(tx, tenant, body),
        Body::GrantUsed(body) => grants::used(tx, tenant, body),
        Body::DecisionBound(body) => bound(tx, tenant, stream, on, body),
        Body::HistoryImported(body) => imported(tx, tenant, body),
        Body::ReceivableCreated(body) => created(tx, tenant, on, body),
        Body::DueDateSet(body) => due_date(tx, tenant, stream, body),
        Body::PlanAccepted(body) => plans::accepted(tx, tenant, stream, body),
        Body::PaymentInitiated(body) => initiated(tx, tenant, on, body),
        Body::PaymentSettled(body) => settled(tx, tenant, on, body),
        Body::PaymentFailed(body) => failed(tx, tenant, on, body),
        Body::PaymentAllocated(body) => allocated(tx, tenant, body),
    }
}

/// Throws the projections of a tenant away and derives them anew
pub fn rebuild(tx: &Transaction<'_>, tenant: &TenantId) -> Result<(), ApiError> {
    for emptied in [
        "DELETE FROM accounts WHERE tenant_id = ?1",
        "DELETE FROM grants WHERE tenant_id = ?1",
        "DELETE FROM grant_uses WHERE tenant_id = ?1",
        "DELETE FROM histories WHERE tenant_id = ?1",
        "DELETE FROM orders WHERE tenant_id = ?1",
        "DELETE FROM instalments WHERE tenant_id = ?1",
        "DELETE FROM receivables WHERE tenant_id = ?1",
        "DELETE FROM payments WHERE tenant_id = ?1",
    ] {
        tx.execute(emptied, [tenant.as_str()])?;
    }
    for event in crate::journal::all(tx, tenant)? {
        let stream = ids::stored(&event.stream, Place::parse)?;
        apply(tx, tenant, &stream, &event.effective_date, &event.data)?;
    }
    Ok(())
}

fn astray() -> ApiError {
    ApiError::internal("an event lies in a stream of another thing")
}

fn bound(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, on: &str, body: &DecisionBound) -> Result<(), ApiError> {
    let Place::Decision(decision) = stream else { return Err(astray()) };
    // An order that a failed payment has released may be bound again; one that stands may not, and the key refuses it.
    tx.prepare_cached("DELETE FROM orders WHERE tenant_id = ?1 AND order_ref = ?2 AND state = 'released'")?
        .execute(params![tenant.as_str(), body.order_ref])?;
    tx.prepare_cached(
        "INSERT INTO orders (tenant_id, order_ref, session_id, customer_id, decision_id, currency, amount_minor, ordered_on, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'bound')",
    )?
    .execute(params![
        tenant.as_str(),
        body.order_ref,
        body.session,
        body.customer,
        decision.as_str(),
        body.amount.currency,
        body.amount.minor,
        on
    ])?;
    Ok(())
}

fn imported(tx: &Transaction<'_>, tenant: &TenantId, body: &HistoryImported) -> Result<(), ApiError> {
    tx.prepare_cached(
        "INSERT INTO histories (tenant_id, customer_id, facts) VALUES (?1, ?2, ?3) ON CONFLICT (tenant_id, customer_id) DO UPDATE SET facts = excluded.facts",
    )?
    .execute(params![tenant.as_str(), body.customer, serde_json::to_string(&body.facts)?])?;
    Ok(())
}

fn created(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &ReceivableCreated) -> Result<(), ApiError> {
    let principal =
        body.items.iter().find(|item| item.kind == ItemKind::Principal).ok_or_else(|| ApiError::internal("a claim without principal"))?;
    let currency = &principal.amount.currency;
    let mut total: i64 = 0;
    for item in &body.items {
        if item.amount.currency != *currency {
            return Err(ApiError::internal("a claim in two currencies"));
        }
        total = total.checked_add(item.amount.minor).ok_or_else(|| ApiError::internal("a claim beyond what can be counted"))?;
    }
    tx.prepare_cached(
        "INSERT INTO receivables (tenant_id, receivable_id, customer_id, order_ref, method, currency, amount_minor, balance_minor, reference, created_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9)",
    )?
    .execute(params![tenant.as_str(), body.receivable, body.debtor, body.order_ref, body.method, currency, total, body.reference, on])?;
    post(tx, tenant, &ids::stored(&body.debtor, CustomerId::parse)?, currency, total)
}

fn due_date(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, body: &DueDateSet) -> Result<(), ApiError> {
    let Place::Receivable(receivable) = stream else { return Err(astray()) };
    tx.prepare_cached("UPDATE receivables SET due_date = ?3 WHERE tenant_id = ?1 AND receivable_id = ?2")?.execute(params![
        tenant.as_str(),
        receivable.as_str(),
        body.date
    ])?;
    Ok(())
}

fn initiated(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &PaymentInitiated) -> Result<(), ApiError> {
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

fn settled(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &PaymentSettled) -> Result<(), ApiError> {
    // A payment that was brought in with the history was never begun here, and there is no row.
    tx.prepare_cached("UPDATE payments SET state = 'settled', changed_on = ?3 WHERE tenant_id = ?1 AND payment_id = ?2")?
        .execute(params![tenant.as_str(), body.payment, on])?;
    Ok(())
}

fn failed(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &PaymentFailed) -> Result<(), ApiError> {
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

fn allocated(tx: &Transaction<'_>, tenant: &TenantId, body: &PaymentAllocated) -> Result<(), ApiError> {
    for line in &body.lines {
        let (customer, balance): (String, i64) = tx
            .prepare_cached("SELECT customer_id, balance_minor FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
            .query_row(params![tenant.as_str(), line.receivable], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let left = balance.checked_sub(line.amount.minor).filter(|left| *left >= 0);
        let left = left.ok_or_else(|| ApiError::internal("more was put against a claim than was open"))?;
        let settled_on = (left == 0).then_some(&body.value_date);
        tx.prepare_cached("UPDATE receivables SET balance_minor = ?3, settled_on = ?4 WHERE tenant_id = ?1 AND receivable_id = ?2")?
            .execute(params![tenant.as_str(), line.receivable, left, settled_on])?;
        plans::due_next(tx, tenant, &line.receivable)?;
        let credit = line.amount.minor.checked_neg().ok_or_else(|| ApiError::internal("an amount beyond what can be counted"))?;
        post(tx, tenant, &ids::stored(&customer, CustomerId::parse)?, &line.amount.currency, credit)?;
    }
    Ok(())
}

/// Adds to what a customer owes; the one row per customer and currency that whoever confirms an order holds
fn post(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId, currency: &str, minor: i64) -> Result<(), ApiError> {
    tx.prepare_cached(
        "INSERT INTO accounts (tenant_id, customer_id, currency, open_minor) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (tenant_id, customer_id, currency) DO UPDATE SET open_minor = open_minor + excluded.open_minor",
    )?
    .execute(params![tenant.as_str(), customer.as_str(), currency, minor])?;
    Ok(())
}
