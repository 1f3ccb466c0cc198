//! How long a file is kept: a day without a request, and with one so long after its claim is settled as the service was started with.
//!
//! A claim that is open today cannot have been settled for that long before as many days have passed: it is looked at again only then. A look that a
//! crash breaks off is made again.

use super::is_any_due;
use crate::app::{App, Work};
use crate::collect::{self, start_of};
use crate::error::ApiError;
use crate::ids;
use crate::ledger::day;
use crate::places::Place;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, ReceivableId, TenantId};

/// Files looked at in one transaction
const BATCH: u16 = 32;

/// Looks at every file of a tenant's whose moment has come
pub fn expire(app: &App, tenant: &TenantId) -> Result<(), ApiError> {
    while is_any_due(app, tenant)? {
        collect::in_turn(app, tenant, look)?;
    }
    Ok(())
}

fn look(work: &Work<'_>) -> Result<(), ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT proof_id, customer_id, request_id FROM proofs WHERE tenant_id = ?1 AND look_ms <= ?2 ORDER BY look_ms LIMIT ?3",
    )?;
    let rows =
        statement.query_map(params![work.tenant.as_str(), work.moment.ms(), BATCH], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for (proof, customer, request) in rows.collect::<Result<Vec<(String, String, Option<String>)>, _>>()? {
        let until = match request {
            None => None,
            Some(request) => match settled_on(work, &ids::stored(&customer, CustomerId::parse)?, &request)? {
                None => Some(first_look(work)?),
                Some(settled) => Some(start_of(work, settled.plus_days(days(work)))?).filter(|until| *until > work.moment.ms()),
            },
        };
        match until {
            None => work
                .tx
                .prepare_cached("DELETE FROM proofs WHERE tenant_id = ?1 AND proof_id = ?2")?
                .execute([work.tenant.as_str(), &proof])?,
            Some(until) => work
                .tx
                .prepare_cached("UPDATE proofs SET look_ms = ?3 WHERE tenant_id = ?1 AND proof_id = ?2")?
                .execute(params![work.tenant.as_str(), proof, until])?,
        };
    }
    Ok(())
}

fn days(work: &Work<'_>) -> i32 {
    // Looked at again on the next day at the earliest, or it would be looked at for ever.
    i32::from(work.app.config.proofs_kept_days).max(1)
}

/// When a file that belongs to a request from today on is looked at
pub fn first_look(work: &Work<'_>) -> Result<i64, ApiError> {
    start_of(work, day(work.moment.today)?.plus_days(days(work)))
}

/// The day since which nothing is open that a request is about; nothing while something is
fn settled_on(work: &Work<'_>, customer: &CustomerId, request: &str) -> Result<Option<Date>, ApiError> {
    let about: Option<(String, Option<String>)> = work
        .tx
        .prepare_cached("SELECT currency, receivable_id FROM requests WHERE tenant_id = ?1 AND request_id = ?2")?
        .query_row([work.tenant.as_str(), request], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    // What belongs to nothing any more is nothing to keep.
    let Some((currency, only)) = about else { return Ok(Some(Date::MIN)) };
    let mut statement = work.tx.prepare_cached(
        "SELECT receivable_id, created_on, settled_on, ending FROM receivables WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3",
    )?;
    let mut rows = statement.query([work.tenant.as_str(), customer.as_str(), &currency])?;
    let mut last = Date::MIN;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        if only.as_ref().is_some_and(|only| *only != id) {
            continue;
        }
        let (settled, ending): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        if ending.is_none() {
            return Ok(None);
        }
        let ended = match settled {
            Some(settled) => settled,
            // Not paid, but waived, credited or given up: what happened to it last says when.
            None => happened_last(work, &ids::stored(&id, ReceivableId::parse)?)?.map_or_else(|| row.get(1), Ok)?,
        };
        last = last.max(ids::stored(&ended, Date::parse)?);
    }
    Ok(Some(last))
}

fn happened_last(work: &Work<'_>, id: &ReceivableId) -> Result<Option<String>, ApiError> {
    let last = "SELECT effective_date FROM events WHERE tenant_id = ?1 AND stream = ?2 ORDER BY seq DESC LIMIT 1";
    Ok(work
        .tx
        .prepare_cached(last)?
        .query_row([work.tenant.as_str(), &Place::Receivable(id.clone()).to_string()], |row| row.get(0))
        .optional()?)
}
