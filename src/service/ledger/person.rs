//! Which references are one person, as the events say it.

use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, Transaction, params};
use tresen_core::ident::{CustomerId, TenantId};
use tresen_wire::events::Body;

/// Brings the rows up to an event of a customer's
pub fn follow(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId, body: &Body) -> Result<(), ApiError> {
    match body {
        Body::CustomerMerged(merged) if merged.into != customer.as_str() => {
            tx.prepare_cached("INSERT OR REPLACE INTO merges (tenant_id, customer_id, into_id) VALUES (?1, ?2, ?3)")?.execute(params![
                tenant.as_str(),
                customer.as_str(),
                merged.into
            ])?;
        }
        Body::CustomerUnmerged(unmerged) => {
            tx.prepare_cached("DELETE FROM merges WHERE tenant_id = ?1 AND customer_id = ?2 AND into_id = ?3")?.execute(params![
                tenant.as_str(),
                customer.as_str(),
                unmerged.other
            ])?;
        }
        _ => {}
    }
    Ok(())
}

/// The reference that a customer was merged into
pub fn merged_into(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId) -> Result<Option<CustomerId>, ApiError> {
    let into: Option<String> = tx
        .prepare_cached("SELECT into_id FROM merges WHERE tenant_id = ?1 AND customer_id = ?2")?
        .query_row(params![tenant.as_str(), customer.as_str()], |row| row.get(0))
        .optional()?;
    into.map(|into| ids::stored(&into, CustomerId::parse)).transpose()
}

/// All references that are the same person: this one, then the others, in the order of their ids
pub fn person(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId) -> Result<Vec<CustomerId>, ApiError> {
    let leads = merged_into(tx, tenant, customer)?.unwrap_or_else(|| customer.clone());
    let mut statement = tx.prepare_cached("SELECT customer_id FROM merges WHERE tenant_id = ?1 AND into_id = ?2")?;
    let mut rows = statement.query(params![tenant.as_str(), leads.as_str()])?;
    let mut others = vec![leads];
    while let Some(row) = rows.next()? {
        others.push(ids::stored(&row.get::<_, String>(0)?, CustomerId::parse)?);
    }
    others.retain(|other| other != customer);
    others.sort();
    others.insert(0, customer.clone());
    Ok(others)
}

/// [`person`] without the others who were erased: what they owed no longer counts against the person
pub fn known(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId) -> Result<Vec<CustomerId>, ApiError> {
    let mut known = vec![customer.clone()];
    for other in person(tx, tenant, customer)?.into_iter().skip(1) {
        let is_erased: bool = tx
            .prepare_cached("SELECT count(*) > 0 FROM customers WHERE tenant_id = ?1 AND customer_id = ?2 AND wrapped_key IS NULL")?
            .query_row(params![tenant.as_str(), other.as_str()], |row| row.get(0))?;
        if !is_erased {
            known.push(other);
        }
    }
    Ok(known)
}
