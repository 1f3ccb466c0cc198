//! What the merchant does about a claim: credit, withdrawal, waiver, write-off. And what has happened to it.

mod delivery;
mod dispute;
mod document;
mod file;
mod party;
mod record;

pub use delivery::delivered;
pub use dispute::end as end_dispute;
pub use document::document;
pub use file::{day as written_day, file, say};
pub use party::change_party;
pub use record::{record, state};

use crate::app::Work;
use crate::approvals;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, Scope, day, refusal};
use crate::places::Place;
use serde::{Deserialize, Serialize};
use tresen_core::ident::{CreditNoteId, ReceivableId};
use tresen_core::receivable::{Account, Event, ItemAmount, Reduced, Reduction, Refused, decide};
use tresen_wire::http::{Approval, CreditReason, IssueCreditNote, Waive, Waived, WriteOff};
use tresen_wire::money::Money;

/// Reads the id of a claim; what is none is answered as a claim that does not exist
pub fn id(text: &str) -> Result<ReceivableId, ApiError> {
    ReceivableId::parse(text).ok_or_else(unknown)
}

fn unknown() -> ApiError {
    ApiError::unknown("receivable.unknown", "claim")
}

/// The ledger in which a claim is
pub fn ledger<'a>(work: &'a Work<'a>, id: &ReceivableId) -> Result<Ledger<'a>, ApiError> {
    let Scope { customer, currency } = Scope::of_stream(work.tx, &work.tenant, &Place::Receivable(id.clone()))?.ok_or_else(unknown)?;
    Ledger::of(work, &customer, &currency)
}

/// What a merchant does about a claim that may need a second person
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", content = "request", rename_all = "snake_case")]
pub enum Ask {
    /// Credit
    CreditNote(IssueCreditNote),
    /// What is not expected any more ends
    WriteOff(WriteOff),
    /// The debt is forgiven, or what default brought
    Waive(Waive),
}

/// Does it, or keeps it for a second person where the policy wants one; then how that stands
pub fn act(work: &Work<'_>, id: &ReceivableId, ask: &Ask) -> Result<Option<Approval>, ApiError> {
    let mut ledger = ledger(work, id)?;
    let events = events(work, &ledger, id, ask)?;
    if let Some(weight) = approvals::needed(work, &ledger, &events)? {
        return approvals::propose(work, &ledger, &weight, ask).map(Some);
    }
    ledger.happen_decided(&Occasion::now(id.as_str()), None, &events)?;
    ledger.pass(&Occasion::now(id.as_str()))?;
    Ok(None)
}

/// What follows from it as the claim stands
pub fn events(work: &Work<'_>, ledger: &Ledger<'_>, id: &ReceivableId, ask: &Ask) -> Result<Vec<Event>, ApiError> {
    match ask {
        Ask::CreditNote(request) => credit(work, ledger, id, request),
        Ask::WriteOff(request) => write_off(ledger, id, request),
        Ask::Waive(request) => waive(ledger, id, request),
    }
}

/// The merchant gives credit
fn credit(work: &Work<'_>, ledger: &Ledger<'_>, id: &ReceivableId, request: &IssueCreditNote) -> Result<Vec<Event>, ApiError> {
    let reduction = match request.reason {
        CreditReason::Return => Reduction::Return,
        CreditReason::Goodwill => Reduction::Goodwill,
        CreditReason::Error => Reduction::Error,
        CreditReason::Dispute => Reduction::Dispute,
    };
    let minor = minor(ledger, &request.amount)?;
    let (note, today) = (ids::by_time(work.moment.now, CreditNoteId::from_bytes)?, day(work.moment.today)?);
    decide::credit(ledger.account(), today, &note, id, minor, reduction).map_err(refusal::told)
}

/// The customer withdrew from the contract
pub fn withdraw(work: &Work<'_>, id: &ReceivableId) -> Result<(), ApiError> {
    let mut ledger = ledger(work, id)?;
    let (note, today) = (ids::by_time(work.moment.now, CreditNoteId::from_bytes)?, day(work.moment.today)?);
    let events = decide::cancel(ledger.account(), today, &note, id).map_err(refusal::told)?;
    if events.is_empty() {
        return Err(refusal::told(Refused::Ended));
    }
    ledger.happen_decided(&Occasion::now(id.as_str()), None, &events)?;
    ledger.pass(&Occasion::now(id.as_str()))
}

/// What is not expected any more ends
fn write_off(ledger: &Ledger<'_>, id: &ReceivableId, request: &WriteOff) -> Result<Vec<Event>, ApiError> {
    let lines = open(ledger.account(), id, |_| true);
    let lines = of(ledger, lines, request.amount.as_ref())?;
    Ok(vec![Event::WrittenOff(Reduced { receivable: id.clone(), lines, reduction: Reduction::WrittenOff })])
}

/// The debt is forgiven, or what default brought
fn waive(ledger: &Ledger<'_>, id: &ReceivableId, request: &Waive) -> Result<Vec<Event>, ApiError> {
    let lines = match request.what {
        Waived::Debt => open(ledger.account(), id, |_| true),
        Waived::Costs => open(ledger.account(), id, |line| !line.item.is_agreed()),
    };
    let lines = of(ledger, lines, request.amount.as_ref())?;
    let reduced = |reduction| Reduced { receivable: id.clone(), lines, reduction };
    Ok(vec![match request.what {
        Waived::Debt => Event::DebtWaived(reduced(Reduction::DebtWaived)),
        Waived::Costs => Event::CostWaived(reduced(Reduction::CostWaived)),
    }])
}

/// The parts of a claim of which something is open, those that default brought first: they go before what was agreed
fn open(account: &Account, id: &ReceivableId, wanted: impl Fn(&ItemAmount) -> bool) -> Vec<ItemAmount> {
    let parts = account.book().open(id).map(|(item, minor)| ItemAmount { item, minor });
    let mut parts: Vec<ItemAmount> = parts.filter(wanted).collect();
    parts.reverse();
    parts
}

/// So much of the parts; all of them where nothing is said
fn of(ledger: &Ledger<'_>, parts: Vec<ItemAmount>, amount: Option<&Money>) -> Result<Vec<ItemAmount>, ApiError> {
    if parts.is_empty() {
        return Err(refusal::told(Refused::Ended));
    }
    let Some(amount) = amount else { return Ok(parts) };
    let mut left = minor(ledger, amount)?;
    let mut lines = Vec::new();
    for part in parts {
        let taken = part.minor.min(left);
        if taken > 0 {
            left = left.saturating_sub(taken);
            lines.push(ItemAmount { minor: taken, ..part });
        }
    }
    if left > 0 { Err(refusal::told(Refused::MoreThanThere)) } else { Ok(lines) }
}

/// An amount above zero in the currency of the claim
fn minor(ledger: &Ledger<'_>, amount: &Money) -> Result<i64, ApiError> {
    if amount.currency != ledger.currency() {
        let message = format!("the claim is in {} and the amount in {}", ledger.currency(), amount.currency);
        return Err(ApiError::invalid("amount.currency", "/amount", message, "write the amount in the claim's currency"));
    }
    if amount.minor <= 0 {
        return Err(ApiError { at: Some("/amount".to_owned()), ..refusal::told(Refused::NotPositive) });
    }
    Ok(amount.minor)
}
