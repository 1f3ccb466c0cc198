//! Who sends what, and what came of it.

use super::{endpoints, message, schedule, sign};
use crate::app::App;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, Transaction, params};
use tresen_core::ident::TenantId;

/// Messages under way to one endpoint at once
const AT_ONCE: i64 = 4;

/// Of what is done, this is kept to be looked at
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// A message that is to be sent now
#[derive(Debug)]
pub struct Parcel {
    number: i64,
    lease: i64,
    attempts: i64,
    tenant: TenantId,
    webhook: String,
    /// Where it goes
    pub url: String,
    /// Id of the event: the same with every attempt
    pub id: String,
    /// Whole seconds since 1970
    pub timestamp: i64,
    /// One signature for each live secret
    pub signatures: String,
    /// JSON
    pub body: Vec<u8>,
}

/// What came of it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver took it
    Arrived(u16),
    /// The receiver is there no longer (410)
    Gone,
    /// The receiver answered something else, and may have asked for a pause of some seconds
    Refused(u16, Option<i64>),
    /// There was no answer: why
    Unanswered(&'static str),
}

/// Takes deliveries that are due, no more than `most`
pub fn claim(app: &App, most: usize) -> Result<Vec<Parcel>, ApiError> {
    let now = super::now(app);
    let waiting: Vec<(String, String)> = app.store.read(|tx| {
        // The one question without a tenant: it says whose turn it is.
        let mut statement = tx.prepare_cached("SELECT DISTINCT tenant_id, webhook_id FROM webhook_deliveries WHERE due_ms <= ?1")?;
        Ok(statement.query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    })?;
    if waiting.is_empty() || most == 0 {
        return Ok(Vec::new());
    }
    app.store.write(|tx| {
        let mut parcels = Vec::new();
        for (tenant, webhook) in &waiting {
            let room = most.saturating_sub(parcels.len());
            let tenant = ids::stored(tenant, TenantId::parse)?;
            parcels.append(&mut of_endpoint(app, tx, &tenant, webhook, now, room)?);
        }
        Ok(parcels)
    })
}

/// How long a delivery is one instance's: longer than sending and writing down may take
fn lease_ms(app: &App) -> i64 {
    i64::try_from(app.config.webhook_patience.as_millis()).unwrap_or(i64::MAX).saturating_mul(2).saturating_add(5_000)
}

fn of_endpoint(app: &App, tx: &Transaction<'_>, tenant: &TenantId, webhook: &str, now: i64, room: usize) -> Result<Vec<Parcel>, ApiError> {
    // Removed in the meantime, and its deliveries with it.
    let Some((url, is_failing, secrets)) = endpoint(app, tx, tenant, webhook, now)? else { return Ok(Vec::new()) };
    let under_way: i64 = tx
        .prepare_cached(
            "SELECT count(*) FROM webhook_deliveries WHERE tenant_id = ?1 AND webhook_id = ?2 AND due_ms > ?3 AND lease IS NOT NULL",
        )?
        .query_row(params![tenant.as_str(), webhook, now], |row| row.get(0))?;
    // Whoever does not answer is asked by one message at a time.
    let free = if is_failing { 1 } else { AT_ONCE }.saturating_sub(under_way);
    let limit = free.clamp(0, i64::try_from(room).unwrap_or(i64::MAX));
    let due: Vec<(i64, i64, i64)> = tx
        .prepare_cached(
            "SELECT number, position, attempts FROM webhook_deliveries WHERE tenant_id = ?1 AND webhook_id = ?2 AND due_ms <= ?3 \
             ORDER BY due_ms, number LIMIT ?4",
        )?
        .query_map(params![tenant.as_str(), webhook, now, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut parcels = Vec::new();
    for (number, position, attempts) in due {
        let (lease, attempts) = (i64::from_be_bytes(ids::random()?), attempts.saturating_add(1));
        tx.prepare_cached(
            "UPDATE webhook_deliveries SET lease = ?2, due_ms = ?3, last_ms = ?4, attempts = ?5, status = NULL, problem = 'unanswered' WHERE number = ?1",
        )?
        .execute(params![number, lease, now.saturating_add(lease_ms(app)), now, attempts])?;
        let message = message::about(tx, tenant, position)?;
        let (id, body) = (message.data.event.event_id.clone(), serde_json::to_vec(&message)?);
        let timestamp = now.div_euclid(1_000);
        let signatures = sign::signatures(&secrets, &id, timestamp, &body)?;
        let (tenant, webhook, url) = (tenant.clone(), webhook.to_owned(), url.clone());
        parcels.push(Parcel { number, lease, attempts, tenant, webhook, url, id, timestamp, signatures, body });
    }
    Ok(parcels)
}

/// Where it is, whether it fails, and the secrets that are live, the newest first
type Endpoint = (String, bool, Vec<Vec<u8>>);

fn endpoint(app: &App, tx: &Transaction<'_>, tenant: &TenantId, webhook: &str, now: i64) -> Result<Option<Endpoint>, ApiError> {
    type Found = (String, bool, Vec<u8>, Option<Vec<u8>>);
    let found: Option<Found> = tx
        .prepare_cached(
            "SELECT url, failing_since_ms IS NOT NULL, wrapped_secret, CASE WHEN old_secret_until_ms > ?3 THEN wrapped_old_secret END \
             FROM webhooks WHERE tenant_id = ?1 AND webhook_id = ?2 AND disabled_ms IS NULL",
        )?
        .query_row(params![tenant.as_str(), webhook, now], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((url, is_failing, secret, old)) = found else { return Ok(None) };
    let owner = endpoints::owner(tenant, webhook);
    let secrets = std::iter::once(secret).chain(old).map(|wrapped| app.vault.unwrap(&owner, &wrapped)).collect::<Result<_, _>>()?;
    Ok(Some((url, is_failing, secrets)))
}

/// Writes down what came of it; where the lease has ended and somebody else has it, nothing
pub fn settle(app: &App, parcel: &Parcel, outcome: Outcome) -> Result<(), ApiError> {
    let now = super::now(app);
    app.store.write(|tx| {
        let Parcel { number, lease, attempts, .. } = parcel;
        let at = (parcel.tenant.as_str(), parcel.webhook.as_str());
        let is_ours: bool = tx
            .prepare_cached("SELECT count(*) > 0 FROM webhook_deliveries WHERE number = ?1 AND lease = ?2")?
            .query_row(params![number, lease], |row| row.get(0))?;
        if !is_ours {
            return Ok(());
        }
        let (state, due, status, problem) = match outcome {
            Outcome::Arrived(status) => ("delivered", None, Some(status), None),
            Outcome::Gone => ("waiting", None, Some(410), Some("status")),
            Outcome::Refused(status, pause) => {
                let problem = if (300..400).contains(&status) { "redirect" } else { "status" };
                let wait = schedule::wait_ms(*attempts, pause)?;
                (if wait.is_some() { "waiting" } else { "given_up" }, wait, Some(status), Some(problem))
            }
            Outcome::Unanswered(problem) => {
                let wait = schedule::wait_ms(*attempts, None)?;
                (if wait.is_some() { "waiting" } else { "given_up" }, wait, None, Some(problem))
            }
        };
        let due = due.map(|wait| now.saturating_add(wait));
        tx.prepare_cached(
            "UPDATE webhook_deliveries SET lease = NULL, state = ?2, due_ms = ?3, last_ms = ?4, status = ?5, problem = ?6 WHERE number = ?1",
        )?
        .execute(params![number, state, due, now, status, problem])?;
        if state != "waiting" {
            next_in_lane(tx, at, *number, now)?;
        }
        match outcome {
            Outcome::Arrived(_) => recovered(tx, at, now),
            Outcome::Gone => disable(tx, at, now, "gone"),
            Outcome::Refused(..) | Outcome::Unanswered(_) => failed(tx, at, now),
        }
    })
}

/// The next that is about the same account may go
fn next_in_lane(tx: &Transaction<'_>, (tenant, webhook): (&str, &str), number: i64, now: i64) -> Result<(), ApiError> {
    tx.prepare_cached(
        "UPDATE webhook_deliveries SET due_ms = ?4 WHERE number = (SELECT min(d.number) FROM webhook_deliveries d \
           WHERE d.tenant_id = ?1 AND d.webhook_id = ?2 AND d.state = 'waiting' \
             AND d.lane = (SELECT lane FROM webhook_deliveries WHERE number = ?3)) AND due_ms IS NULL",
    )?
    .execute(params![tenant, webhook, number, now])?;
    Ok(())
}

/// Something arrived: after an outage, what waits does not have to wait any longer
fn recovered(tx: &Transaction<'_>, at: (&str, &str), now: i64) -> Result<(), ApiError> {
    let since: Option<i64> = tx
        .prepare_cached("SELECT failing_since_ms FROM webhooks WHERE tenant_id = ?1 AND webhook_id = ?2")?
        .query_row(params![at.0, at.1], |row| row.get(0))?;
    let Some(since) = since else { return Ok(()) };
    tx.prepare_cached("UPDATE webhooks SET failing_since_ms = NULL WHERE tenant_id = ?1 AND webhook_id = ?2")?
        .execute(params![at.0, at.1])?;
    if schedule::was_an_outage(since, now) { wake(tx, at, now) } else { Ok(()) }
}

/// The first of each lane is due now, except what is under way
pub fn wake(tx: &Transaction<'_>, (tenant, webhook): (&str, &str), now: i64) -> Result<(), ApiError> {
    tx.prepare_cached(
        "UPDATE webhook_deliveries SET due_ms = ?3 WHERE lease IS NULL AND number IN (SELECT min(number) FROM webhook_deliveries \
           WHERE tenant_id = ?1 AND webhook_id = ?2 AND state = 'waiting' GROUP BY lane)",
    )?
    .execute(params![tenant, webhook, now])?;
    Ok(())
}

/// It did not arrive: after days of that nobody is told any more
fn failed(tx: &Transaction<'_>, at: (&str, &str), now: i64) -> Result<(), ApiError> {
    let since: i64 = tx
        .prepare_cached(
            "UPDATE webhooks SET failing_since_ms = coalesce(failing_since_ms, ?3) WHERE tenant_id = ?1 AND webhook_id = ?2 RETURNING failing_since_ms",
        )?
        .query_row(params![at.0, at.1, now], |row| row.get(0))?;
    if schedule::is_hopeless(since, now) { disable(tx, at, now, "failing") } else { Ok(()) }
}

/// Nothing is sent until somebody enables it; what waits goes on waiting
fn disable(tx: &Transaction<'_>, (tenant, webhook): (&str, &str), now: i64, why: &str) -> Result<(), ApiError> {
    tracing::warn!(tenant, webhook, why, "webhook disabled");
    tx.prepare_cached("UPDATE webhooks SET disabled_ms = ?3, why_disabled = ?4 WHERE tenant_id = ?1 AND webhook_id = ?2")?
        .execute(params![tenant, webhook, now, why])?;
    tx.prepare_cached("UPDATE webhook_deliveries SET due_ms = NULL, lease = NULL WHERE tenant_id = ?1 AND webhook_id = ?2")?
        .execute(params![tenant, webhook])?;
    Ok(())
}

/// What is long done is not kept
pub fn sweep(app: &App) -> Result<(), ApiError> {
    let before = super::now(app).saturating_sub(KEPT_MS);
    let is_old = app.store.read(|tx| {
        // The work of the whole house, tenant by tenant the same.
        let mut statement =
            tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE state <> 'waiting' AND last_ms < ?1)")?;
        Ok(statement.query_row([before], |row| row.get::<_, bool>(0))?)
    })?;
    if !is_old {
        return Ok(());
    }
    app.store.write(|tx| {
        tx.prepare_cached("DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND last_ms < ?1")?.execute([before])?;
        Ok(())
    })
}
