//! What a person was asked to confirm, for their own file.

use super::check::Details;
use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use rusqlite::params;
use serde_json::{Value, json};
use tresen_core::ident::{CheckId, CustomerId};

/// Every check, opened, the oldest first; with its place, where its events lie
pub fn export(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<(Place, Value)>, ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(Vec::new()) };
    let mut statement = work.tx.prepare_cached(
        "SELECT check_id, session_id, step, state, sealed_details, started_ms, until_ms FROM checks WHERE tenant_id = ?1 AND customer_id = ?2 \
         ORDER BY started_ms, check_id",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), customer.as_str()])?;
    let mut checks = Vec::new();
    while let Some(row) = rows.next()? {
        let id: CheckId = ids::stored(&row.get::<_, String>("check_id")?, CheckId::parse)?;
        let place = Place::Check(id);
        let details: Details = serde_json::from_slice(&key.open(&place, &row.get::<_, Vec<u8>>("sealed_details")?)?)?;
        let check = json!({
            "session": row.get::<_, String>("session_id")?,
            "step": row.get::<_, String>("step")?,
            "state": row.get::<_, String>("state")?,
            "started_at": instant(row.get("started_ms")?)?,
            "counts_until": row.get::<_, Option<i64>>("until_ms")?.map(instant).transpose()?,
            "details": details,
        });
        checks.push((place, check));
    }
    Ok(checks)
}
