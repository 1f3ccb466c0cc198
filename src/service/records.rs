//! What the merchant's people see: decisions with their trace, and accounts.

use crate::app::Work;
use crate::claims;
use crate::clock::instant;
use crate::engine::Policy;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{self, About};
use crate::places::Place;
use crate::reviews::grants;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tresen_core::ident::{CustomerId, DecisionId, SessionId};
use tresen_wire::http::{Account, AgreedPlan, DecisionRecord, ReceivableState};
use tresen_wire::money::Money;

/// Reads the id of a decision; what is none is answered as a decision that does not exist
pub fn id(text: &str) -> Result<DecisionId, ApiError> {
    DecisionId::parse(text).ok_or_else(unknown)
}

fn unknown() -> ApiError {
    ApiError::unknown("decision.unknown", "decision")
}

/// A decision's record
pub fn decision(work: &Work<'_>, id: &DecisionId) -> Result<DecisionRecord, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT session_id, customer_id, order_ref, method, outcome, reasons, decided_ms, today, semantics_version, policy_hash, residual_hash, \
         facts_hash, answer, decision, browser_record, browser_agrees, consents, sealed_facts, plan, plan_hash FROM decisions WHERE tenant_id = ?1 AND decision_id = ?2",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), id.as_str()])?;
    let row = rows.next()?.ok_or_else(unknown)?;
    let text = |column: &str| row.get::<_, String>(column);
    let sealed: Vec<u8> = row.get("sealed_facts")?;
    let facts = match work.key_of(&ids::stored(&text("customer_id")?, CustomerId::parse)?)? {
        Some(key) => Some(serde_json::from_slice(&key.open(&Place::Decision(id.clone()), &sealed)?)?),
        None => None,
    };
    Ok(DecisionRecord {
        decision_id: id.to_string(),
        session: text("session_id")?,
        order: text("order_ref")?,
        method: text("method")?,
        outcome: text("outcome")?,
        reasons: serde_json::from_str(&text("reasons")?)?,
        decided_at: instant(row.get("decided_ms")?)?,
        today: text("today")?,
        semantics_version: row.get("semantics_version")?,
        policy_hash: text("policy_hash")?,
        residual_hash: text("residual_hash")?,
        facts_hash: text("facts_hash")?,
        answer: STANDARD.encode(row.get::<_, Vec<u8>>("answer")?),
        browser_record: row.get::<_, Option<Vec<u8>>>("browser_record")?.map(|bytes| STANDARD.encode(bytes)),
        browser_agrees: row.get("browser_agrees")?,
        facts,
        decision: serde_json::from_str(&text("decision")?)?,
        plan: match (row.get::<_, Option<String>>("plan")?, row.get("plan_hash")?) {
            (Some(plan), Some(plan_hash)) => Some(AgreedPlan { plan_hash, plan: serde_json::from_str(&plan)? }),
            _ => None,
        },
        consents: serde_json::from_str(&text("consents")?)?,
        review: grants::review_of(work, id)?,
    })
}

/// What a customer owes, in the currency of the shop's policy
pub fn account(work: &Work<'_>, reference: &str) -> Result<Account, ApiError> {
    let customer = work.customer_id(reference)?.ok_or_else(|| ApiError::unknown("customer.unknown", "customer"))?;
    let policy = work.active_policy()?;
    let currency = Policy::currency(&policy);
    let about = About { tenant: &work.tenant, customer: &customer, currency, signed_in: false };
    let owed = ledger::owed(work.tx, about, &work.moment)?;
    let written = ledger::replay(work.tx, &work.tenant, &customer, currency)?;
    let today = ledger::as_of_today(work, &written)?;
    // Interest of late days, which the limits do not look at.
    let grown = today.balance().saturating_sub(written.balance());
    let amount = |minor: i64| Money::new(minor.max(0).saturating_add(grown), currency);
    Ok(Account {
        open_balance: amount(owed.minor),
        overdue_balance: amount(owed.overdue),
        reserved: Money::new(ledger::reserved_minor(work.tx, about, &work.moment)?, currency),
        credit: Money::new(today.credit(), currency),
        receivables: receivables(work, &customer)?,
    })
}

/// The claims against a customer, oldest first
pub fn receivables(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<ReceivableState>, ApiError> {
    let today = ledger::day(work.moment.today)?;
    let mut statement =
        work.tx.prepare_cached("SELECT * FROM receivables WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY created_on, receivable_id")?;
    let mut rows = statement.query(params![work.tenant.as_str(), customer.as_str()])?;
    let mut accounts: BTreeMap<String, tresen_core::receivable::Account> = BTreeMap::new();
    let mut receivables = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get("currency")?;
        let account = match accounts.entry(currency) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let account = ledger::replay(work.tx, &work.tenant, customer, new.key())?;
                new.insert(ledger::as_of_today(work, &account)?)
            }
        };
        receivables.push(claims::state(row, account, today)?);
    }
    Ok(receivables)
}

/// The last decision of a session, where the shop had asked for one
pub fn last_of_session(work: &Work<'_>, session: &SessionId) -> Result<Option<DecisionId>, ApiError> {
    let id: Option<String> = work
        .tx
        .prepare_cached(
            "SELECT decision_id FROM decisions WHERE tenant_id = ?1 AND session_id = ?2 ORDER BY decided_ms DESC, decision_id DESC LIMIT 1",
        )?
        .query_row(params![work.tenant.as_str(), session.as_str()], |row| row.get(0))
        .optional()?;
    id.map(|id| ids::stored(&id, DecisionId::parse)).transpose()
}
