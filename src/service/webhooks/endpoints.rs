//! Endpoints: where a tenant wants to be told.
//!
//! **Invariant:** a secret is seen whole once, when it is made; in the database it lies under the master key.

use super::{address, sign};
use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{Row, params};
use tresen_core::ident::TenantId;
use tresen_wire::decision::hex;
use tresen_wire::events::Body;
use tresen_wire::http::{CreateWebhook, Webhook, WebhookRemoved, WebhookSecret, Webhooks};

/// Endpoints of one tenant
const ENDPOINTS_MAX: i64 = 20;

/// How long the secret before signs as well: long enough for a shop to roll out the new one
const OVERLAP_MS: i64 = 24 * 60 * 60 * 1_000;

const COLUMNS: &str = "webhook_id, url, events, created_ms, failing_since_ms, disabled_ms, why_disabled, old_secret_until_ms";

/// A new endpoint, which is told of everything from now on
pub fn create(work: &Work<'_>, request: &CreateWebhook) -> Result<WebhookSecret, ApiError> {
    address::check(&request.url, work.app.config.sandbox)?;
    let events = request.events.as_deref().map(check_events).transpose()?;
    let there: i64 = work
        .tx
        .prepare_cached("SELECT count(*) FROM webhooks WHERE tenant_id = ?1")?
        .query_row([work.tenant.as_str()], |row| row.get(0))?;
    if there >= ENDPOINTS_MAX {
        return Err(ApiError::new(
            409,
            "webhook.too_many",
            format!("there are {ENDPOINTS_MAX} endpoints already"),
            "remove one that is not needed, and let one of yours pass messages on",
        ));
    }
    let id = ids::by_time(work.moment.now, |bytes| format!("wh_{}", hex(&bytes)))?;
    let secret = sign::secret()?;
    work.tx
        .prepare_cached(
            "INSERT INTO webhooks (tenant_id, webhook_id, url, events, wrapped_secret, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id,
            request.url,
            events,
            work.app.vault.wrap(&owner(&work.tenant, &id), &secret)?,
            work.moment.ms()
        ])?;
    Ok(WebhookSecret { webhook: find(work, &id)?, secret: sign::written(&secret) })
}

/// The list as it is stored
fn check_events(events: &[String]) -> Result<String, ApiError> {
    let unknown = events.iter().position(|name| !Body::KINDS.iter().any(|(kind, _)| kind == name));
    if let Some(place) = unknown.or_else(|| events.is_empty().then_some(0)) {
        return Err(ApiError::invalid(
            "webhook.events",
            &format!("/events/{place}"),
            "there is no such event",
            "name events as they are written, such as `PaymentAllocated`, or leave the list out for all",
        ));
    }
    Ok(serde_json::to_string(events)?)
}

/// The endpoints of a tenant, the oldest first
pub fn all(work: &Work<'_>) -> Result<Webhooks, ApiError> {
    let mut statement = work.tx.prepare_cached(&format!("SELECT {COLUMNS} FROM webhooks WHERE tenant_id = ?1 ORDER BY webhook_id"))?;
    let mut rows = statement.query([work.tenant.as_str()])?;
    let mut webhooks = Vec::new();
    while let Some(row) = rows.next()? {
        webhooks.push(from_row(work, row)?);
    }
    Ok(Webhooks { webhooks })
}

/// One endpoint
pub fn find(work: &Work<'_>, id: &str) -> Result<Webhook, ApiError> {
    let mut statement = work.tx.prepare_cached(&format!("SELECT {COLUMNS} FROM webhooks WHERE tenant_id = ?1 AND webhook_id = ?2"))?;
    let mut rows = statement.query(params![work.tenant.as_str(), id])?;
    from_row(work, rows.next()?.ok_or_else(|| ApiError::unknown("webhook.unknown", "webhook"))?)
}

fn from_row(work: &Work<'_>, row: &Row<'_>) -> Result<Webhook, ApiError> {
    let at = |column: &str| row.get::<_, Option<i64>>(column)?.map(instant).transpose();
    let (events, disabled_at): (Option<String>, Option<String>) = (row.get("events")?, at("disabled_ms")?);
    let overlap: Option<i64> = row.get("old_secret_until_ms")?;
    Ok(Webhook {
        id: row.get("webhook_id")?,
        url: row.get("url")?,
        events: events.map(|events| serde_json::from_str(&events)).transpose()?,
        state: if disabled_at.is_some() { "disabled" } else { "active" },
        created_at: instant(row.get("created_ms")?)?,
        failing_since: at("failing_since_ms")?,
        disabled_at,
        why_disabled: row.get("why_disabled")?,
        old_secret_until: overlap.filter(|until| *until > super::now(work.app)).map(instant).transpose()?,
    })
}

/// A new secret; the one before signs as well for a day, and the one before that no longer
pub fn rotate(work: &Work<'_>, id: &str) -> Result<WebhookSecret, ApiError> {
    find(work, id)?;
    let secret = sign::secret()?;
    work.tx
        .prepare_cached(
            "UPDATE webhooks SET wrapped_old_secret = wrapped_secret, old_secret_until_ms = ?4, wrapped_secret = ?3 \
             WHERE tenant_id = ?1 AND webhook_id = ?2",
        )?
        .execute(params![
            work.tenant.as_str(),
            id,
            work.app.vault.wrap(&owner(&work.tenant, id), &secret)?,
            super::now(work.app).saturating_add(OVERLAP_MS)
        ])?;
    Ok(WebhookSecret { webhook: find(work, id)?, secret: sign::written(&secret) })
}

/// An endpoint that was given up is told again: first of what was still waiting; what happened in between is replayed when it is asked for
pub fn enable(work: &Work<'_>, id: &str) -> Result<Webhook, ApiError> {
    if find(work, id)?.disabled_at.is_some() {
        work.tx
            .prepare_cached(
                "UPDATE webhooks SET disabled_ms = NULL, why_disabled = NULL, failing_since_ms = NULL WHERE tenant_id = ?1 AND webhook_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), id])?;
        super::lease::wake(work.tx, (work.tenant.as_str(), id), super::now(work.app))?;
    }
    find(work, id)
}

/// An endpoint is told of nothing more, also not of what waits
pub fn remove(work: &Work<'_>, id: &str) -> Result<WebhookRemoved, ApiError> {
    let Webhook { id, .. } = find(work, id)?;
    for statement in [
        "DELETE FROM webhook_deliveries WHERE tenant_id = ?1 AND webhook_id = ?2",
        "DELETE FROM webhooks WHERE tenant_id = ?1 AND webhook_id = ?2",
    ] {
        work.tx.prepare_cached(statement)?.execute(params![work.tenant.as_str(), id])?;
    }
    Ok(WebhookRemoved { id })
}

/// What a wrapped secret is bound to
pub fn owner(tenant: &TenantId, id: &str) -> String {
    format!("{tenant}/webhook/{id}")
}
