//! A policy that is tried beside the active one: it decides every confirm too, on the same facts, and binds nothing.
//!
//! **Invariant:** what it decides is written in the transaction of the decision that counts, once for each, and reaches no browser.
//! **Invariant:** whatever it cannot decide fails no confirm and changes none; that it could not is written down as well.

use crate::app::Work;
use crate::clock::{instant, wire};
use crate::engine::{Pair, Policy};
use crate::error::ApiError;
use crate::ids;
use crate::policies;
use rusqlite::{Row, params};
use std::collections::BTreeMap;
use std::sync::Arc;
use tresen_core::ident::{DecisionId, PolicyHash};
use tresen_wire::backtest::{Comparison, Sides};
use tresen_wire::http::{Facts, PolicyBrief, Shadow, ShadowEnded};

/// The newest so many confirms are reported on
const REPORT_MAX: u32 = 100_000;

/// Puts a policy beside the active one; the same again goes on where it was
pub fn begin(work: &Work<'_>, source: &str) -> Result<PolicyBrief, ApiError> {
    let active = work.active_policy()?;
    let kept = policies::keep(work, source)?;
    if kept.policy.currency() != active.currency() {
        let message = format!("the policy is in {} and the active one in {}", kept.policy.currency(), active.currency());
        return Err(ApiError::new(422, "policy.currencies_differ", message, "try a policy in the currency of the active one"));
    }
    work.tx
        .prepare_cached(
            "UPDATE tenants SET shadow_since_ms = CASE WHEN shadow_policy = ?2 THEN shadow_since_ms ELSE ?3 END, shadow_policy = ?2 \
             WHERE tenant_id = ?1",
        )?
        .execute(params![work.tenant.as_str(), kept.policy.hash().as_str(), work.moment.ms()])?;
    kept.brief(work)
}

/// Takes it away again; what it decided is kept, and counted again if it comes back
///
/// Without a last report: that would hold the write lock, and so every confirm, for as long as it takes.
pub fn end(work: &Work<'_>) -> Result<ShadowEnded, ApiError> {
    let (policy, _) = current(work)?.ok_or_else(none)?;
    work.tx
        .prepare_cached("UPDATE tenants SET shadow_policy = NULL, shadow_since_ms = NULL WHERE tenant_id = ?1")?
        .execute([work.tenant.as_str()])?;
    Ok(ShadowEnded { policy_hash: policy.hash().to_string() })
}

/// A decision that counted
#[derive(Debug)]
pub struct Counted<'a> {
    /// Its id
    pub id: &'a DecisionId,
    /// The policy that decided
    pub policy: &'a PolicyHash,
    /// The answer's canonical bytes
    pub answer: &'a [u8],
    /// The facts that were decided on
    pub facts: &'a Facts,
}

/// Has it decide too; a failure is logged and told to nobody who buys
pub fn watch(work: &Work<'_>, counted: &Counted<'_>) {
    if let Err(problem) = decide(work, counted) {
        tracing::warn!(code = problem.code, "the shadow of the policy failed");
    }
}

fn decide(work: &Work<'_>, counted: &Counted<'_>) -> Result<(), ApiError> {
    let Some((policy, _)) = current(work)? else { return Ok(()) };
    let (total, answer, problem) = match policy.try_on(counted.facts, work.moment.today) {
        Ok(tried) => (tried.total, Some(tried.answer), None),
        Err(problem) => (None, None, Some(problem)),
    };
    work.tx
        .prepare_cached(
            "INSERT INTO shadow_decisions (tenant_id, policy_hash, decision_id, counted_hash, counted_answer, total_minor, answer, problem) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            work.tenant.as_str(),
            policy.hash().as_str(),
            counted.id.as_str(),
            counted.policy.as_str(),
            counted.answer,
            total,
            answer,
            problem
        ])?;
    Ok(())
}

/// The policy that is tried, and since when
fn current(work: &Work<'_>) -> Result<Option<(Arc<Policy>, i64)>, ApiError> {
    let (hash, since): (Option<String>, Option<i64>) = work
        .tx
        .prepare_cached("SELECT shadow_policy, shadow_since_ms FROM tenants WHERE tenant_id = ?1")?
        .query_row([work.tenant.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    hash.zip(since).map(|(hash, since)| Ok((work.policy(&ids::stored(&hash, PolicyHash::parse)?)?, since))).transpose()
}

/// How its decisions differ from those that counted, as `tresen policy diff` tells it
pub fn report(work: &Work<'_>) -> Result<Shadow, ApiError> {
    let (policy, since) = current(work)?.ok_or_else(none)?;
    let oldest = oldest(work, &policy)?;
    let scope = params![work.tenant.as_str(), policy.hash().as_str(), oldest];
    let mut undecided = BTreeMap::new();
    let mut statement = work.tx.prepare_cached(
        "SELECT problem, count(*) FROM shadow_decisions WHERE tenant_id = ?1 AND policy_hash = ?2 AND decision_id >= ?3 \
         AND problem IS NOT NULL GROUP BY problem",
    )?;
    let mut rows = statement.query(scope)?;
    while let Some(row) = rows.next()? {
        undecided.insert(row.get(0)?, row.get(1)?);
    }
    let mut statement = work.tx.prepare_cached(
        "SELECT counted_hash, min(decision_id) FROM shadow_decisions WHERE tenant_id = ?1 AND policy_hash = ?2 AND decision_id >= ?3 \
         AND problem IS NULL GROUP BY counted_hash ORDER BY 2",
    )?;
    let counted: Result<Vec<String>, rusqlite::Error> = statement.query_map(scope, |row| row.get(0))?.collect();
    let comparisons: Result<Vec<Comparison>, ApiError> =
        counted?.iter().map(|hash| compare(work, &ids::stored(hash, PolicyHash::parse)?, &policy, &oldest)).collect();
    Ok(Shadow {
        policy_hash: policy.hash().to_string(),
        name: policy.name().to_owned(),
        since: instant(since)?,
        until: wire(work.moment.now),
        undecided,
        comparisons: comparisons?,
    })
}

fn none() -> ApiError {
    ApiError::new(404, "policy.no_shadow", "no policy is tried beside the active one", "put one there with PUT /v1/policies/shadow")
}

/// The first of the confirms that are reported on, or what is before all of them
fn oldest(work: &Work<'_>, policy: &Policy) -> Result<String, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT decision_id FROM shadow_decisions WHERE tenant_id = ?1 AND policy_hash = ?2 ORDER BY decision_id DESC LIMIT 1 OFFSET ?3",
    )?;
    let scope = params![work.tenant.as_str(), policy.hash().as_str(), REPORT_MAX.saturating_sub(1)];
    let found: Option<String> = statement.query_map(scope, |row| row.get(0))?.next().transpose()?;
    Ok(found.unwrap_or_default())
}

fn compare(work: &Work<'_>, counted: &PolicyHash, shadow: &Policy, oldest: &str) -> Result<Comparison, ApiError> {
    let counted = work.policy(counted)?;
    let mut statement = work.tx.prepare_cached(
        "SELECT total_minor, counted_answer, answer FROM shadow_decisions WHERE tenant_id = ?1 AND policy_hash = ?2 AND decision_id >= ?3 \
         AND problem IS NULL AND counted_hash = ?4",
    )?;
    let pair = |row: &Row<'_>| Ok(Pair { total: row.get(0)?, answers: Sides { old: row.get(1)?, new: row.get(2)? } });
    let pairs = statement.query_map(params![work.tenant.as_str(), shadow.hash().as_str(), oldest, counted.hash().as_str()], pair)?;
    counted.compare(shadow, pairs.map(|pair| pair.map_err(ApiError::from)))
}
