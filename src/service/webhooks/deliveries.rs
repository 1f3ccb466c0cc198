//! Deliveries: each event to each endpoint that wants it, once more when it is asked for.

use super::endpoints;
use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use jiff::Timestamp;
use rusqlite::params;
use tresen_wire::http::{ReplayWebhook, WebhookDeliveries, WebhookDelivery, WebhookReplay};

/// Events that one call may send again
const REPLAY_MAX: usize = 10_000;

/// Deliveries that are shown
const SHOWN_MAX: u32 = 200;

/// An event goes to everybody who wants it; `lane` is what keeps its order
pub fn enqueue(work: &Work<'_>, position: i64, kind: &str, lane: &str) -> Result<(), ApiError> {
    work.tx
        .prepare_cached(
            "INSERT INTO webhook_deliveries (tenant_id, webhook_id, position, lane, state, due_ms) \
             SELECT w.tenant_id, w.webhook_id, ?2, ?3, 'waiting', CASE WHEN EXISTS (SELECT 1 FROM webhook_deliveries d \
               WHERE d.tenant_id = w.tenant_id AND d.webhook_id = w.webhook_id AND d.lane = ?3 AND d.state = 'waiting') THEN NULL ELSE ?4 END \
             FROM webhooks w WHERE w.tenant_id = ?1 AND w.disabled_ms IS NULL \
               AND (w.events IS NULL OR EXISTS (SELECT 1 FROM json_each(w.events) WHERE value = ?5))",
        )?
        .execute(params![work.tenant.as_str(), position, lane, super::now(work.app), kind])?;
    Ok(())
}

/// What JSON can say exactly (RFC 8259, section 6)
const POSITION_MAX: i64 = 9_007_199_254_740_991;

/// What happened from an instant or behind a position is sent again, in its order; what still waits is not sent twice
pub fn replay(work: &Work<'_>, id: &str, request: &ReplayWebhook) -> Result<WebhookReplay, ApiError> {
    if endpoints::find(work, id)?.disabled_at.is_some() {
        return Err(ApiError::new(409, "webhook.disabled", "nothing is sent to this endpoint", "enable it first"));
    }
    let after = behind(work, request)?;
    let found = found(work, id, after)?;
    let more = found.len() > REPLAY_MAX;
    let mut replayed = WebhookReplay { queued: 0, through: after, more };
    for (position, kind, lane) in found.into_iter().take(REPLAY_MAX) {
        replayed.through = position;
        if to_one(work, id, position, &lane, &kind)? {
            replayed.queued = replayed.queued.saturating_add(1);
        }
    }
    Ok(replayed)
}

/// The position behind which it begins
fn behind(work: &Work<'_>, request: &ReplayWebhook) -> Result<i64, ApiError> {
    let unclear = || {
        ApiError::invalid(
            "webhook.replay_from",
            "/since",
            "it is not said from where on",
            "send either `since`, an instant such as `2026-11-21T12:00:00Z`, or `after`, a position",
        )
    };
    match (&request.since, request.after) {
        (None, Some(after)) if (0..=POSITION_MAX).contains(&after) => Ok(after),
        (None, Some(_)) => Err(ApiError::invalid(
            "webhook.replay_from",
            "/after",
            "no event stands at this position",
            "send a `position` that a message or an answer has told, or 0 for all",
        )),
        (Some(since), None) => {
            let since: Timestamp = since.parse().map_err(|_| unclear())?;
            let first: Option<i64> = work
                .tx
                .prepare_cached("SELECT min(position) FROM events WHERE tenant_id = ?1 AND recorded_at >= ?2")?
                .query_row(params![work.tenant.as_str(), crate::clock::wire(since)], |row| row.get(0))?;
            Ok(first.unwrap_or(i64::MAX).saturating_sub(1))
        }
        (None, None) | (Some(_), Some(_)) => Err(unclear()),
    }
}

/// Position, name and lane of the events behind a position, one more than are sent at once
fn found(work: &Work<'_>, id: &str, after: i64) -> Result<Vec<(i64, String, String)>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT e.position, e.type, coalesce((SELECT a.customer_id FROM account_events a WHERE a.position = e.position), e.stream) \
         FROM events e JOIN webhooks w ON w.tenant_id = e.tenant_id AND w.webhook_id = ?2 \
         WHERE e.tenant_id = ?1 AND e.position > ?3 AND (w.events IS NULL OR EXISTS (SELECT 1 FROM json_each(w.events) WHERE value = e.type)) \
         ORDER BY e.position LIMIT ?4",
    )?;
    let limit = i64::try_from(REPLAY_MAX).unwrap_or(i64::MAX).saturating_add(1);
    let rows = statement.query_map(params![work.tenant.as_str(), id, after, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the event goes to the endpoint once more
fn to_one(work: &Work<'_>, id: &str, position: i64, lane: &str, kind: &str) -> Result<bool, ApiError> {
    tracing::debug!(position, kind, "replayed");
    let written = work
        .tx
        .prepare_cached(
            "INSERT INTO webhook_deliveries (tenant_id, webhook_id, position, lane, state, due_ms) \
             SELECT ?1, ?2, ?3, ?4, 'waiting', CASE WHEN EXISTS (SELECT 1 FROM webhook_deliveries d \
               WHERE d.tenant_id = ?1 AND d.webhook_id = ?2 AND d.lane = ?4 AND d.state = 'waiting') THEN NULL ELSE ?5 END \
             WHERE NOT EXISTS (SELECT 1 FROM webhook_deliveries d \
               WHERE d.tenant_id = ?1 AND d.webhook_id = ?2 AND d.position = ?3 AND d.state = 'waiting')",
        )?
        .execute(params![work.tenant.as_str(), id, position, lane, super::now(work.app)])?;
    Ok(written > 0)
}

/// How it went lately
pub fn list(work: &Work<'_>, id: &str) -> Result<WebhookDeliveries, ApiError> {
    endpoints::find(work, id)?;
    let mut statement = work.tx.prepare_cached(
        "SELECT e.event_id, e.type, e.stream, d.position, d.state, d.attempts, d.last_ms, d.status, d.problem, d.due_ms, d.lease \
         FROM webhook_deliveries d JOIN events e ON e.position = d.position \
         WHERE d.tenant_id = ?1 AND d.webhook_id = ?2 ORDER BY d.number DESC LIMIT ?3",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), id, SHOWN_MAX])?;
    let mut deliveries = Vec::new();
    while let Some(row) = rows.next()? {
        let is_under_way = row.get::<_, Option<i64>>("lease")?.is_some();
        deliveries.push(WebhookDelivery {
            event_id: row.get("event_id")?,
            kind: row.get("type")?,
            stream: row.get("stream")?,
            position: row.get("position")?,
            state: row.get("state")?,
            attempts: row.get("attempts")?,
            last_attempt_at: row.get::<_, Option<i64>>("last_ms")?.map(instant).transpose()?,
            status: row.get("status")?,
            problem: row.get("problem")?,
            next_attempt_at: row.get::<_, Option<i64>>("due_ms")?.filter(|_| !is_under_way).map(instant).transpose()?,
        });
    }
    Ok(WebhookDeliveries { deliveries })
}
