//! The policies of a tenant: uploaded, compiled, named by their hash; new sessions are decided by the latest.

use crate::app::Work;
use crate::clock::instant;
use crate::engine::Policy;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, params};
use std::sync::Arc;
use tresen_core::ident::PolicyHash;
use tresen_wire::http::{DiagnosticBody, Policies, PolicyBrief};

impl Work<'_> {
    /// The policy that decides new sessions
    pub fn active_policy(&self) -> Result<Arc<Policy>, ApiError> {
        let hash: Option<String> = self
            .tx
            .prepare_cached("SELECT active_policy FROM tenants WHERE tenant_id = ?1")?
            .query_row([self.tenant.as_str()], |row| row.get(0))?;
        let hash = hash.ok_or_else(|| {
            ApiError::new(409, "policy.none", "the shop has no policy yet, so nothing can be decided", "upload one with POST /v1/policies")
        })?;
        self.policy(&ids::stored(&hash, PolicyHash::parse)?)
    }

    /// The tenant's policy of that hash
    pub fn policy(&self, hash: &PolicyHash) -> Result<Arc<Policy>, ApiError> {
        // Asked each time: another instance may have taken another revision.
        let revision: Option<i64> = self
            .tx
            .prepare_cached("SELECT revision FROM policies WHERE tenant_id = ?1 AND policy_hash = ?2")?
            .query_row(params![self.tenant.as_str(), hash.as_str()], |row| row.get(0))
            .optional()?;
        let revision = revision.ok_or_else(|| ApiError::unknown("policy.unknown", "policy"))?;
        if let Some(policy) = self.app.policies.get(&self.tenant, hash, revision) {
            return Ok(policy);
        }
        let policy = Policy::compile_again(&source(self, hash)?, hash).ok_or_else(|| changed(hash))?;
        Ok(self.app.policies.put(&self.tenant, policy, revision))
    }
}

/// A policy of the tenant's as it was uploaded
pub fn source(work: &Work<'_>, hash: &PolicyHash) -> Result<String, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT source FROM policies WHERE tenant_id = ?1 AND policy_hash = ?2")?
        .query_row(params![work.tenant.as_str(), hash.as_str()], |row| row.get(0))?)
}

fn changed(hash: &PolicyHash) -> ApiError {
    ApiError::internal(format!("the stored policy {hash} no longer compiles to the bytes of its name"))
}

/// A policy that has been stored
#[derive(Debug)]
pub struct Kept {
    /// The policy
    pub policy: Policy,
    warnings: Vec<DiagnosticBody>,
    uploaded_ms: i64,
}

/// Compiles a policy and stores it; the same policy again changes nothing else
///
/// What is not compiled, such as the merchant's creditor identifier, is taken over from the text that came last.
pub fn keep(work: &Work<'_>, source: &str) -> Result<Kept, ApiError> {
    let (policy, warnings) = Policy::compile(source).map_err(|problems: Vec<DiagnosticBody>| {
        ApiError::diagnosed("policy.invalid", "the policy has problems and was not taken", problems)
    })?;
    work.tx
        .prepare_cached(
            "INSERT INTO policies (tenant_id, policy_hash, name, source, compiled, uploaded_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (tenant_id, policy_hash) DO UPDATE SET name = excluded.name, source = excluded.source, \
             uploaded_ms = excluded.uploaded_ms, revision = revision + 1 WHERE source <> excluded.source",
        )?
        .execute(params![work.tenant.as_str(), policy.hash().as_str(), policy.name(), source, policy.bytes(), work.moment.ms()])?;
    let uploaded_ms = work
        .tx
        .prepare_cached("SELECT uploaded_ms FROM policies WHERE tenant_id = ?1 AND policy_hash = ?2")?
        .query_row(params![work.tenant.as_str(), policy.hash().as_str()], |row| row.get(0))?;
    Ok(Kept { policy, warnings, uploaded_ms })
}

impl Kept {
    /// What is told of it
    pub fn brief(self, work: &Work<'_>) -> Result<PolicyBrief, ApiError> {
        let Self { policy, warnings, uploaded_ms } = self;
        let (active, shadow) = work
            .tx
            .prepare_cached("SELECT active_policy IS ?2, shadow_policy IS ?2 FROM tenants WHERE tenant_id = ?1")?
            .query_row(params![work.tenant.as_str(), policy.hash().as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(PolicyBrief {
            policy_hash: policy.hash().to_string(),
            name: policy.name().to_owned(),
            uploaded_at: instant(uploaded_ms)?,
            active,
            shadow,
            bytes: policy.bytes().len(),
            warnings,
        })
    }
}

/// Stores a policy and makes it the one that decides new sessions
pub fn upload(work: &Work<'_>, source: &str) -> Result<PolicyBrief, ApiError> {
    let kept = keep(work, source)?;
    work.tx
        .prepare_cached("UPDATE tenants SET active_policy = ?2 WHERE tenant_id = ?1")?
        .execute(params![work.tenant.as_str(), kept.policy.hash().as_str()])?;
    // Another policy may remind in another way: who would be looked at later is looked at now.
    work.tx
        .prepare_cached("UPDATE accounts INDEXED BY accounts_to_look_at SET look_ms = 0 WHERE tenant_id = ?1 AND look_ms > ?2")?
        .execute(params![work.tenant.as_str(), work.moment.ms()])?;
    kept.brief(work)
}

/// The tenant's policies
pub fn list(work: &Work<'_>) -> Result<Policies, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT p.policy_hash, p.name, p.uploaded_ms, p.policy_hash IS t.active_policy, p.policy_hash IS t.shadow_policy, length(p.compiled) \
         FROM policies p JOIN tenants t ON t.tenant_id = p.tenant_id WHERE p.tenant_id = ?1 ORDER BY p.uploaded_ms DESC, p.policy_hash LIMIT 200",
    )?;
    let mut rows = statement.query([work.tenant.as_str()])?;
    let mut policies = Vec::new();
    while let Some(row) = rows.next()? {
        policies.push(PolicyBrief {
            policy_hash: row.get(0)?,
            name: row.get(1)?,
            uploaded_at: instant(row.get(2)?)?,
            active: row.get(3)?,
            shadow: row.get(4)?,
            bytes: row.get(5)?,
            warnings: Vec::new(),
        });
    }
    Ok(Policies { policies })
}
