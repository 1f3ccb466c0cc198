//! The keys that callers show: publishable ones for browsers, secret ones for the shop's server.
//!
//! **Invariant:** a key is stored as its hash only; it is seen whole once, when it is made.

use crate::app::{App, Caller, Work};
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, Row, params};
use sha2::{Digest as _, Sha256};
use tresen_core::ident::TenantId;
use tresen_wire::decision::hex;
use tresen_wire::events::ActorKind;
use tresen_wire::http::{ApiKey, ApiKeyCreated, ApiKeys, KeyKind};

/// A new key
pub fn create(work: &Work<'_>, kind: KeyKind) -> Result<ApiKeyCreated, ApiError> {
    let mode = if work.app.config.sandbox { "test" } else { "live" };
    let prefix = match kind {
        KeyKind::Publishable => "pk",
        KeyKind::Secret => "sk",
    };
    let key = ids::secret(|bytes| format!("{prefix}_{mode}_{}", hex(&bytes)))?;
    let id = ids::by_time(work.moment.now, |bytes| format!("key_{}", hex(&bytes)))?;
    let ends_with: String = key.chars().skip(key.chars().count().saturating_sub(4)).collect();
    work.tx
        .prepare_cached("INSERT INTO api_keys (tenant_id, key_id, kind, key_hash, ends_with, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![work.tenant.as_str(), id, code(kind), hash(&key), ends_with, work.moment.ms()])?;
    Ok(ApiKeyCreated { id, kind, key })
}

/// The keys of a tenant, the newest first
pub fn list(work: &Work<'_>) -> Result<ApiKeys, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT key_id, kind, ends_with, created_ms, revoked_ms FROM api_keys WHERE tenant_id = ?1 ORDER BY key_id DESC LIMIT 200",
    )?;
    let mut rows = statement.query([work.tenant.as_str()])?;
    let mut api_keys = Vec::new();
    while let Some(row) = rows.next()? {
        api_keys.push(from_row(row)?);
    }
    Ok(ApiKeys { api_keys })
}

fn from_row(row: &Row<'_>) -> Result<ApiKey, ApiError> {
    Ok(ApiKey {
        id: row.get(0)?,
        kind: kind(&row.get::<_, String>(1)?),
        ends_with: row.get(2)?,
        created_at: instant(row.get(3)?)?,
        revoked_at: row.get::<_, Option<i64>>(4)?.map(instant).transpose()?,
    })
}

/// Revokes a key, at once and for good; not the one that asks for it
pub fn revoke(work: &Work<'_>, id: &str) -> Result<ApiKey, ApiError> {
    if work.actor.id == id {
        return Err(ApiError::new(
            409,
            "key.in_use",
            "this key makes the request that would revoke it",
            "make the request with another key",
        ));
    }
    work.tx
        .prepare_cached("UPDATE api_keys SET revoked_ms = ?3 WHERE tenant_id = ?1 AND key_id = ?2 AND revoked_ms IS NULL")?
        .execute(params![work.tenant.as_str(), id, work.moment.ms()])?;
    let mut statement = work
        .tx
        .prepare_cached("SELECT key_id, kind, ends_with, created_ms, revoked_ms FROM api_keys WHERE tenant_id = ?1 AND key_id = ?2")?;
    let mut rows = statement.query([work.tenant.as_str(), id])?;
    from_row(rows.next()?.ok_or_else(|| ApiError::unknown("key.unknown", "key"))?)
}

/// Who shows that key, and of which kind it is
pub fn authenticate(app: &App, key: &str) -> Result<(Caller, KeyKind), ApiError> {
    let found: Option<(String, String, String, bool)> = app.store.read(|tx| {
        // The one question without a tenant: the key says whose it is.
        Ok(tx
            .prepare_cached("SELECT tenant_id, key_id, kind, revoked_ms IS NOT NULL FROM api_keys WHERE key_hash = ?1")?
            .query_row([hash(key)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?)
    })?;
    match found {
        None => {
            Err(ApiError::new(401, "auth.key_unknown", "the key is not known here", "check the key, and that it belongs to this service"))
        }
        Some((_, _, _, true)) => Err(ApiError::new(401, "auth.key_revoked", "the key has been revoked", "use another key of the shop")),
        Some((tenant, id, stored, false)) => {
            let kind = kind(&stored);
            let actor = match kind {
                KeyKind::Publishable => ActorKind::Shopper,
                KeyKind::Secret => ActorKind::Shop,
            };
            Ok((Caller::of(ids::stored(&tenant, TenantId::parse)?, actor, &id, &stored), kind))
        }
    }
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

fn code(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Publishable => "publishable",
        KeyKind::Secret => "secret",
    }
}

fn kind(stored: &str) -> KeyKind {
    if stored == "secret" { KeyKind::Secret } else { KeyKind::Publishable }
}
