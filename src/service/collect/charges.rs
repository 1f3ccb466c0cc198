//! What a reminder costs the customer: written into the message, and charged in the transaction in which the message is recorded as sent.
//!
//! **Invariant:** what never left costs nothing, and what left costs what stands in it.

use super::CaseFile;
use super::attempts::Said;
use super::contact::Contact;
use crate::app::Work;
use crate::engine::Policy;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, day, interest_terms, with};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use tresen_core::collect::{Charge, Charged, Reminder, extra};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::ladder::Ladder;
use tresen_core::receivable::decide::{Grows, InterestTerms};
use tresen_core::receivable::{Account, ItemAmount};
use tresen_wire::events::ItemKind;

/// The currency of the law's figures
const CURRENCY: &str = "EUR";

/// A charge as it is stored
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    receivable: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<StoredCost>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredCost {
    kind: ItemKind,
    minor: i64,
    ground: String,
}

/// Interest of every claim that is in default: whether it is asked for was settled before
fn terms(policy: &Policy) -> InterestTerms {
    InterestTerms { grows: Grows::All, ..interest_terms(policy) }
}

/// What a reminder adds to what is owed
pub fn of(case: &CaseFile, reminder: &Reminder, ladder: &Ladder, today: Date) -> Vec<Charge> {
    if case.currency != CURRENCY {
        return Vec::new();
    }
    let extra = extra(&case.account, ladder, reminder, today, &terms(&case.policy));
    if extra.without_figure {
        tracing::warn!(day = today.to_iso(), "the law's figure for this day was not read: a reminder asks for less than it might");
    }
    extra.charges
}

/// The account as it will be once the message has left
pub fn account(case: &CaseFile, charges: &[Charge], today: Date) -> Result<Account, ApiError> {
    charges.iter().try_fold(case.account.clone(), |account, charge| {
        let event = charge.event(&account, today, &terms(&case.policy));
        with(&account, today, event.as_slice())
    })
}

/// As it is stored beside the message
pub fn to_json(charges: &[Charge]) -> Result<String, ApiError> {
    let stored = charges.iter().map(|charge| {
        let (until, cost) = match &charge.what {
            Charged::Interest { until } => (Some(until.to_iso()), None),
            Charged::Cost { cost, ground } => {
                (None, Some(StoredCost { kind: cost.item.into(), minor: cost.minor, ground: ground.clone() }))
            }
        };
        Stored { receivable: charge.receivable.to_string(), until, cost }
    });
    Ok(serde_json::to_string(&stored.collect::<Vec<_>>())?)
}

fn of_json(text: &str) -> Result<Vec<Charge>, ApiError> {
    let stored: Vec<Stored> = serde_json::from_str(text)?;
    let read = stored.into_iter().map(|stored| {
        let what = match (stored.until.as_deref().and_then(Date::parse), stored.cost) {
            (Some(until), None) => Charged::Interest { until },
            (None, Some(cost)) => Charged::Cost { cost: ItemAmount { item: cost.kind.into(), minor: cost.minor }, ground: cost.ground },
            _ => return Err(ApiError::internal("a charge of nothing")),
        };
        Ok(Charge { receivable: ids::stored(&stored.receivable, ReceivableId::parse)?, what })
    });
    read.collect()
}

/// Charges what stands in a message that has left; a claim about which something has happened meanwhile, such as a payment, is left as it is
pub fn happen(work: &Work<'_>, contact: &Contact) -> Result<(), ApiError> {
    let text: String = work
        .tx
        .prepare_cached("SELECT charges FROM contacts WHERE tenant_id = ?1 AND message_id = ?2")?
        .query_row(params![work.tenant.as_str(), contact.id.as_str()], |row| row.get(0))?;
    let charges = of_json(&text)?;
    if charges.is_empty() {
        return Ok(());
    }
    let (today, policy) = (day(work.moment.today)?, work.active_policy()?);
    let mut ledger = Ledger::of(work, &contact.customer, &contact.currency)?;
    for charge in charges {
        let is_late = |said: &Said| {
            let claim = ledger.account().receivable(&charge.receivable);
            said.receivable == charge.receivable.as_str() && claim.is_some_and(|claim| claim.level.number == said.level)
        };
        if !contact.about.iter().any(is_late) {
            continue;
        }
        let Some(event) = charge.event(ledger.account(), today, &terms(&policy)) else { continue };
        if let Err(refused) = ledger.happen_decided(&Occasion::now(contact.id.as_str()), None, &[event])
            && refused.status >= 500
        {
            return Err(refused);
        }
    }
    Ok(())
}
