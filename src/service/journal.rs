//! What has happened: events are appended, chained by hash, and never touched again.
//!
//! **Invariant:** an event and what follows from it for the projections are written in one transaction.
//! **Invariant:** the hash of an event covers its whole envelope, its facts as stored, and the hash of the one before it.

use crate::app::Work;
use crate::clock::wire;
use crate::error::ApiError;
use crate::ids;
use crate::ledger;
use crate::places::Place;
use crate::webhooks;
use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde::Serialize;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use tresen_core::ident::{CustomerId, PolicyHash, TenantId};
use tresen_wire::decision::hex;
use tresen_wire::events::{Actor, Body, Event};

/// What the first event of a stream is chained to
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where and how an event is to be written
#[derive(Debug)]
pub struct Draft<'a> {
    /// What it is about
    pub stream: &'a Place,
    /// How many events the writer knows the stream to hold
    pub after: i64,
    /// What belongs together
    pub correlation: &'a str,
    /// The event that led to this one
    pub causation: Option<&'a str>,
    /// Hash of the policy in force
    pub policy: Option<&'a PolicyHash>,
    /// The day on which it happened and counts, where that is not today
    pub effective: Option<Date>,
    /// Whose account it is about, where it is about one
    pub account: Option<&'a CustomerId>,
}

impl<'a> Draft<'a> {
    /// The first event of a stream
    pub fn opens(stream: &'a Place, correlation: &'a str) -> Self {
        Self { stream, after: 0, correlation, causation: None, policy: None, effective: None, account: None }
    }
}

/// All of the envelope that the hash covers, in this order
#[derive(Serialize)]
struct Hashed<'a> {
    event_id: &'a str,
    tenant_id: &'a str,
    stream: &'a str,
    seq: i64,
    #[serde(rename = "type")]
    kind: &'a str,
    v: u16,
    occurred_at: &'a str,
    recorded_at: &'a str,
    effective_date: &'a str,
    actor: &'a RawValue,
    causation_id: Option<&'a str>,
    correlation_id: &'a str,
    idempotency_key: Option<&'a str>,
    policy_version: Option<&'a str>,
    data: &'a RawValue,
    prev_hash: &'a str,
}

impl Hashed<'_> {
    fn hash(&self) -> Result<String, ApiError> {
        Ok(hex(&Sha256::digest(serde_json::to_vec(self)?)))
    }
}

/// An event that was written
#[derive(Debug)]
pub struct Written {
    /// Its id
    pub event_id: String,
    /// Where it stands among all events
    pub position: i64,
}

impl Work<'_> {
    /// Writes an event that is about no account, and what follows from it; returns its id
    ///
    /// # Errors
    ///
    /// `stream.moved` when somebody else has written to the stream.
    pub fn append(&self, draft: &Draft<'_>, body: impl Into<Body>) -> Result<String, ApiError> {
        let body = body.into();
        let written = self.write(draft, &body)?;
        let effective = draft.effective.unwrap_or(self.moment.today).to_string();
        ledger::apply(self.tx, &self.tenant, draft.stream, &effective, &body)?;
        Ok(written.event_id)
    }

    /// Writes an event behind the `draft.after` events that the stream holds; what follows from it is the caller's
    ///
    /// # Errors
    ///
    /// `stream.moved` when somebody else has written to the stream.
    pub fn write(&self, draft: &Draft<'_>, body: &Body) -> Result<Written, ApiError> {
        let stream = draft.stream.to_string();
        let prev_hash = if draft.after == 0 { GENESIS.to_owned() } else { self.hash_at(&stream, draft.after)? };
        let event_id = ids::uuid(self.moment.now)?.to_string();
        let seq = draft.after.checked_add(1).ok_or_else(moved)?;
        let (kind, v) = body.kind();
        let now = wire(self.moment.now);
        let occurred = draft.effective.map_or(Ok(self.moment.now), |day| self.moment.start_of(day)).map(wire)?;
        let effective_date = draft.effective.unwrap_or(self.moment.today).to_string();
        let actor = serde_json::value::to_raw_value(&self.actor)?;
        let data = serde_json::value::to_raw_value(body)?;
        let hashed = Hashed {
            event_id: &event_id,
            tenant_id: self.tenant.as_str(),
            stream: &stream,
            seq,
            kind,
            v,
            occurred_at: &occurred,
            recorded_at: &now,
            effective_date: &effective_date,
            actor: &actor,
            causation_id: draft.causation,
            correlation_id: draft.correlation,
            idempotency_key: self.idempotency_key.as_deref(),
            policy_version: draft.policy.map(PolicyHash::as_str),
            data: &data,
            prev_hash: &prev_hash,
        };
        let hash = hashed.hash()?;
        let written = self
            .tx
            .prepare_cached(
                "INSERT INTO events (tenant_id, stream, seq, event_id, type, v, occurred_at, recorded_at, effective_date, actor, causation_id, \
                 correlation_id, idempotency_key, policy_version, data, prev_hash, hash) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                self.tenant.as_str(),
                stream,
                seq,
                event_id,
                kind,
                v,
                occurred,
                now,
                effective_date,
                actor.get(),
                draft.causation,
                draft.correlation,
                self.idempotency_key,
                draft.policy.map(PolicyHash::as_str),
                data.get(),
                prev_hash,
                hash
            ]);
        if let Err(rusqlite::Error::SqliteFailure(problem, _)) = &written
            && problem.code == rusqlite::ErrorCode::ConstraintViolation
        {
            return Err(moved());
        }
        written?;
        let position = self.tx.last_insert_rowid();
        webhooks::enqueue(self, position, kind, draft.account.map_or(stream.as_str(), CustomerId::as_str))?;
        Ok(Written { event_id, position })
    }

    /// How many events a stream holds
    pub fn length(&self, stream: &Place) -> Result<i64, ApiError> {
        Ok(self
            .tx
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM events WHERE tenant_id = ?1 AND stream = ?2")?
            .query_row(params![self.tenant.as_str(), stream.to_string()], |row| row.get(0))?)
    }

    fn hash_at(&self, stream: &str, seq: i64) -> Result<String, ApiError> {
        self.tx
            .prepare_cached("SELECT hash FROM events WHERE tenant_id = ?1 AND stream = ?2 AND seq = ?3")?
            .query_row(params![self.tenant.as_str(), stream, seq], |row| row.get(0))
            .optional()?
            .ok_or_else(moved)
    }
}

fn moved() -> ApiError {
    ApiError::new(409, "stream.moved", "something else has happened here in the meantime", "read again and decide anew")
}

/// All events of a tenant in the order in which they were written, each with its place among all
pub fn all(tx: &Transaction<'_>, tenant: &TenantId) -> Result<Vec<(i64, Event)>, ApiError> {
    let mut statement = tx.prepare_cached(
        "SELECT position, event_id, tenant_id, stream, seq, type, v, occurred_at, recorded_at, effective_date, actor, causation_id, correlation_id, \
         idempotency_key, policy_version, data, prev_hash, hash FROM events WHERE tenant_id = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([tenant.as_str()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push((row.get("position")?, from_row(row)?));
    }
    Ok(events)
}

/// The event at that place among all
pub fn at(tx: &Transaction<'_>, tenant: &TenantId, position: i64) -> Result<Event, ApiError> {
    let mut statement = tx.prepare_cached("SELECT * FROM events WHERE tenant_id = ?1 AND position = ?2")?;
    let mut rows = statement.query(params![tenant.as_str(), position])?;
    from_row(rows.next()?.ok_or_else(|| ApiError::internal("no event at that position"))?)
}

/// All events of one thing, in their order
pub fn of(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place) -> Result<Vec<Event>, ApiError> {
    let mut statement = tx.prepare_cached(
        "SELECT event_id, tenant_id, stream, seq, type, v, occurred_at, recorded_at, effective_date, actor, causation_id, correlation_id, \
         idempotency_key, policy_version, data, prev_hash, hash FROM events WHERE tenant_id = ?1 AND stream = ?2 ORDER BY seq",
    )?;
    let mut rows = statement.query([tenant.as_str(), &stream.to_string()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(from_row(row)?);
    }
    Ok(events)
}

/// All events of a customer's account, in the order in which they were written
pub fn of_account(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId, currency: &str) -> Result<Vec<Event>, ApiError> {
    let mut statement = tx.prepare_cached(
        "SELECT e.* FROM account_events a JOIN events e ON e.position = a.position \
         WHERE a.tenant_id = ?1 AND a.customer_id = ?2 AND a.currency IN (?3, '') ORDER BY a.position",
    )?;
    let mut rows = statement.query(params![tenant.as_str(), customer.as_str(), currency])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(from_row(row)?);
    }
    Ok(events)
}

fn from_row(row: &Row<'_>) -> Result<Event, ApiError> {
    let (kind, v, data): (String, u16, String) = (row.get("type")?, row.get("v")?, row.get("data")?);
    let stream: String = row.get("stream")?;
    let data = Body::from_stored(&kind, v, &stream, &data)?;
    let actor: String = row.get("actor")?;
    let actor: Actor = serde_json::from_str(&actor)?;
    Ok(Event {
        event_id: row.get("event_id")?,
        tenant_id: row.get("tenant_id")?,
        stream,
        seq: row.get("seq")?,
        kind: data.kind().0,
        v: data.kind().1,
        occurred_at: row.get("occurred_at")?,
        recorded_at: row.get("recorded_at")?,
        effective_date: row.get("effective_date")?,
        actor,
        causation_id: row.get("causation_id")?,
        correlation_id: row.get("correlation_id")?,
        idempotency_key: row.get("idempotency_key")?,
        policy_version: row.get("policy_version")?,
        data,
        prev_hash: row.get("prev_hash")?,
        hash: row.get("hash")?,
    })
}

/// All of an event that its hash covers, and its hash
const CHAINED: &str = "event_id, tenant_id, stream, seq, type, v, occurred_at, recorded_at, effective_date, actor, causation_id, correlation_id, \
     idempotency_key, policy_version, data, prev_hash, hash";

/// The first event of a tenant whose hash does not fit, as `stream` and `seq`; nothing when the chain is whole
pub fn first_break(tx: &Transaction<'_>, tenant: &TenantId) -> Result<Option<(String, i64)>, ApiError> {
    let mut statement = tx.prepare_cached(&format!("SELECT {CHAINED} FROM events WHERE tenant_id = ?1 ORDER BY stream, seq"))?;
    broken(statement.query([tenant.as_str()])?)
}

/// The first event of a stream whose hash does not fit
pub fn break_in(tx: &Transaction<'_>, tenant: &TenantId, stream: &str) -> Result<Option<i64>, ApiError> {
    let mut statement = tx.prepare_cached(&format!("SELECT {CHAINED} FROM events WHERE tenant_id = ?1 AND stream = ?2 ORDER BY seq"))?;
    Ok(broken(statement.query([tenant.as_str(), stream])?)?.map(|(_, seq)| seq))
}

fn broken(mut rows: rusqlite::Rows<'_>) -> Result<Option<(String, i64)>, ApiError> {
    let mut before: (String, i64, String) = (String::new(), 0, GENESIS.to_owned());
    while let Some(row) = rows.next()? {
        let (stream, seq): (String, i64) = (row.get("stream")?, row.get("seq")?);
        let (last_seq, last_hash) = if before.0 == stream { (before.1, before.2.as_str()) } else { (0, GENESIS) };
        let stored: String = row.get("hash")?;
        let prev_hash: String = row.get("prev_hash")?;
        if last_seq.checked_add(1) != Some(seq) || prev_hash != last_hash || rehash(row)? != stored {
            return Ok(Some((stream, seq)));
        }
        before = (stream, seq, stored);
    }
    Ok(None)
}

fn rehash(row: &Row<'_>) -> Result<String, ApiError> {
    let raw = |column: &str| -> Result<Box<RawValue>, ApiError> { Ok(RawValue::from_string(row.get::<_, String>(column)?)?) };
    let text = |column: &str| row.get::<_, String>(column);
    let optional = |column: &str| row.get::<_, Option<String>>(column);
    let (actor, data) = (raw("actor")?, raw("data")?);
    Hashed {
        event_id: &text("event_id")?,
        tenant_id: &text("tenant_id")?,
        stream: &text("stream")?,
        seq: row.get("seq")?,
        kind: &text("type")?,
        v: row.get("v")?,
        occurred_at: &text("occurred_at")?,
        recorded_at: &text("recorded_at")?,
        effective_date: &text("effective_date")?,
        actor: &actor,
        causation_id: optional("causation_id")?.as_deref(),
        correlation_id: &text("correlation_id")?,
        idempotency_key: optional("idempotency_key")?.as_deref(),
        policy_version: optional("policy_version")?.as_deref(),
        data: &data,
        prev_hash: &text("prev_hash")?,
    }
    .hash()
}
