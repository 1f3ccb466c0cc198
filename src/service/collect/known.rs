//! What is known of a customer and of their order beside the case, for segments that ask about it.
//!
//! Of the order it is what was known when it was placed; which order, says the claim that is due first. Of the customer it is what the ledger says
//! today. The classes are those that the order was given then. What nobody knows, such as the order of a claim that was brought in, is not known.

use crate::app::Work;
use crate::engine::Policy;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{self, About};
use crate::places::Place;
use crate::vault::DataKey;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::facts::Facts;
use tresen_core::ident::{CustomerId, DecisionId, ReceivableId};
use tresen_core::receivable::Account;
use tresen_wire::decision::Decision;

/// What is known; nothing where no segment asks, and of a person who was erased
pub fn of(work: &Work<'_>, customer: &CustomerId, account: &Account, policy: &Policy, key: Option<&DataKey>) -> Result<Facts, ApiError> {
    let Some(key) = key.filter(|_| policy.asks_about_orders()) else { return Ok(Facts::new()) };
    let order = match leading(account) {
        Some(claim) => ordered(work, claim, key)?,
        None => None,
    };
    let (mut said, decision) = order.map_or_else(Default::default, |(facts, decision)| (facts, Some(decision)));
    let about = About { tenant: &work.tenant, customer, currency: policy.currency(), signed_in: true };
    // What was true of the customer then is true of the order; what is true now is what the merchant asks about.
    said.retain(|name, _| !name.starts_with("account.") && !name.starts_with("history."));
    said.append(&mut ledger::facts(work.tx, about, &work.moment)?);
    policy.known(&said, decision.as_ref(), work.moment.today)
}

/// The claim that is due first of those that are open
fn leading(account: &Account) -> Option<&ReceivableId> {
    let open = account.receivables().filter(|(_, claim)| claim.ending.is_none());
    open.min_by_key(|(id, claim)| (account.cycle(id).unwrap_or(claim.created_on), (*id).clone())).map(|(id, _)| id)
}

/// What was known of the order of a claim, and what was decided about it
fn ordered(work: &Work<'_>, claim: &ReceivableId, key: &DataKey) -> Result<Option<(tresen_wire::http::Facts, Decision)>, ApiError> {
    let found: Option<(String, Vec<u8>, String)> = work
        .tx
        .prepare_cached(
            "SELECT d.decision_id, d.sealed_facts, d.decision FROM receivables r JOIN orders o ON o.tenant_id = r.tenant_id AND o.order_ref = r.order_ref \
             JOIN decisions d ON d.tenant_id = o.tenant_id AND d.decision_id = o.decision_id WHERE r.tenant_id = ?1 AND r.receivable_id = ?2",
        )?
        .query_row(params![work.tenant.as_str(), claim.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((id, sealed, decision)) = found else { return Ok(None) };
    let id = ids::stored(&id, DecisionId::parse)?;
    let facts = serde_json::from_slice(&key.open(&Place::Decision(id), &sealed)?)?;
    Ok(Some((facts, serde_json::from_str(&decision)?)))
}
