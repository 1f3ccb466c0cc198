//! The keys that sign decision tokens.
//!
//! **Invariant:** a key stays published until the last token that it signed has expired.

use crate::app::Work;
use crate::clock::wire;
use crate::error::ApiError;
use crate::{ids, token};
use ed25519_dalek::{SigningKey, VerifyingKey};
use jiff::SignedDuration;
use rusqlite::{OptionalExtension as _, params};
use tresen_wire::http::{Jwk, KeySet, Rotated};

/// Shops read the published keys now and then; a key that has gone stays at least this long.
const PUBLISHED_AT_LEAST: SignedDuration = SignedDuration::from_hours(24);

/// The key that signs, with its id
pub fn current(work: &Work<'_>) -> Result<(String, SigningKey), ApiError> {
    let (kid, wrapped) = current_row(work)?.ok_or_else(|| ApiError::internal("a tenant without a signing key"))?;
    let seed = work.app.vault.unwrap(&owner(work, &kid), &wrapped)?;
    let seed: [u8; 32] = seed.try_into().map_err(|_| ApiError::internal("a signing key of another length"))?;
    Ok((kid, SigningKey::from_bytes(&seed)))
}

fn current_row(work: &Work<'_>) -> Result<Option<(String, Vec<u8>)>, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT kid, wrapped_seed FROM signing_keys WHERE tenant_id = ?1 AND published_until_ms IS NULL")?
        .query_row([work.tenant.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// A new key signs from now on; the one before stays published until its tokens have expired
pub fn rotate(work: &Work<'_>) -> Result<Rotated, ApiError> {
    let previous_kid = current_row(work)?.map(|(kid, _)| kid);
    let lifetime = SignedDuration::try_from(work.app.config.token_lifetime).map_err(ApiError::internal)?;
    let until = work.moment.plus(lifetime.max(PUBLISHED_AT_LEAST))?;
    work.tx
        .prepare_cached("UPDATE signing_keys SET published_until_ms = ?2 WHERE tenant_id = ?1 AND published_until_ms IS NULL")?
        .execute(params![work.tenant.as_str(), until.as_millisecond()])?;
    let seed: [u8; 32] = ids::random()?;
    let public = SigningKey::from_bytes(&seed).verifying_key();
    let kid = token::thumbprint(&public);
    work.tx
        .prepare_cached("INSERT INTO signing_keys (tenant_id, kid, public_key, wrapped_seed, created_ms) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            work.tenant.as_str(),
            kid,
            public.to_bytes(),
            work.app.vault.wrap(&owner(work, &kid), &seed)?,
            work.moment.ms()
        ])?;
    let previous_published_until = previous_kid.as_ref().map(|_| wire(until));
    Ok(Rotated { kid, previous_kid, previous_published_until })
}

/// The keys whose tokens may still count, the newest first
pub fn published(work: &Work<'_>) -> Result<KeySet, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT kid, public_key FROM signing_keys WHERE tenant_id = ?1 AND (published_until_ms IS NULL OR published_until_ms > ?2) \
         ORDER BY created_ms DESC, kid",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), work.moment.ms()])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let public = VerifyingKey::from_bytes(&row.get(1)?).map_err(ApiError::internal)?;
        keys.push(Jwk { kty: "OKP", crv: "Ed25519", x: token::jwk_x(&public), kid: row.get(0)?, alg: "EdDSA", purpose: "sig" });
    }
    Ok(KeySet { keys })
}

fn owner(work: &Work<'_>, kid: &str) -> String {
    format!("{}/signing/{kid}", work.tenant)
}
