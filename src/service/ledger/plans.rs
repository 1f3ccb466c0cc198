//! The rates of claims that are paid by a plan of instalments.
//!
//! What is paid counts for the earliest rate first, so a claim is overdue by the rates whose days have passed, less what was paid, and
//! its due date is that of the first rate that is not paid in full.

use super::astray;
use crate::error::ApiError;
use crate::places::Place;
use rusqlite::{Transaction, params};
use tresen_core::ident::TenantId;
use tresen_wire::events::PlanAccepted;

/// Writes down the rates of a claim
pub(super) fn accepted(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, body: &PlanAccepted) -> Result<(), ApiError> {
    let Place::Receivable(receivable) = stream else { return Err(astray()) };
    let mut statement = tx.prepare_cached(
        "INSERT INTO instalments (tenant_id, receivable_id, number, due_date, amount_minor, cost_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (rate, number) in body.rates.iter().zip(1_i64..) {
        statement.execute(params![tenant.as_str(), receivable.as_str(), number, rate.due_date, rate.amount.minor, rate.cost.minor])?;
    }
    let sum: (i64, i64) = tx
        .prepare_cached(
            "SELECT amount_minor, (SELECT sum(i.amount_minor) FROM instalments i WHERE i.tenant_id = r.tenant_id AND i.receivable_id = r.receivable_id) \
             FROM receivables r WHERE tenant_id = ?1 AND receivable_id = ?2",
        )?
        .query_row(params![tenant.as_str(), receivable.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if sum.0 != sum.1 {
        return Err(ApiError::internal("the rates of a plan do not sum to its claim"));
    }
    due_next(tx, tenant, receivable.as_str())
}

/// Moves the due date of a claim with a plan to the first rate that is not paid in full; of one that is paid it stays the last
pub(super) fn due_next(tx: &Transaction<'_>, tenant: &TenantId, receivable: &str) -> Result<(), ApiError> {
    let due: Option<String> = tx
        .prepare_cached(
            "SELECT coalesce(min(CASE WHEN running > paid THEN due_date END), max(due_date)) FROM ( \
               SELECT i.due_date AS due_date, sum(i.amount_minor) OVER (ORDER BY i.number) AS running, r.amount_minor - r.balance_minor AS paid \
               FROM instalments i JOIN receivables r ON r.tenant_id = i.tenant_id AND r.receivable_id = i.receivable_id \
               WHERE i.tenant_id = ?1 AND i.receivable_id = ?2)",
        )?
        .query_row(params![tenant.as_str(), receivable], |row| row.get(0))?;
    if let Some(due) = due {
        tx.prepare_cached("UPDATE receivables SET due_date = ?3 WHERE tenant_id = ?1 AND receivable_id = ?2")?.execute(params![
            tenant.as_str(),
            receivable,
            due
        ])?;
    }
    Ok(())
}
