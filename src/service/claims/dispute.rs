//! What a human found about what a customer objects to: it ends, what is right is credited, and the customer is told.

use super::{Ledger, ledger};
use crate::accounts;
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::items;
use crate::ledger::{Occasion, day, refusal};
use tresen_core::ident::{CreditNoteId, DisputeId, MessageId, ReceivableId};
use tresen_core::receivable::{Dispute, ItemKind, Reduction, decide};
use tresen_core::settle::Pieces;
use tresen_wire::events::{DisputeEnded, DisputeOutcome};
use tresen_wire::http::{DisputeFound, EndDispute};
use tresen_wire::money::Money;

/// Ends an objection; the message that tells the customer of it
///
/// # Errors
///
/// `dispute.unknown` where none is open; `dispute.no_reason` for a rejection without one; `dispute.amount` for a part that is none.
pub fn end(work: &Work<'_>, id: &ReceivableId, request: &EndDispute) -> Result<Option<MessageId>, ApiError> {
    crate::sessions::check_text("/words", request.words.as_deref(), 2_000)?;
    let mut ledger = ledger(work, id)?;
    let (dispute, found) = open(&ledger, id, request.dispute.as_deref())?;
    let is_some = request.amount.is_some() || !request.items.is_empty();
    if (request.outcome == DisputeFound::PartlyUpheld) != is_some || (request.amount.is_some() && !request.items.is_empty()) {
        let message = "only what is partly right has an amount, or lines of the order";
        let help = "pass `amount` or `items` with `partly_upheld`, and neither with anything else";
        return Err(ApiError::invalid("dispute.amount_misplaced", "/amount", message, help));
    }
    let part = match &request.amount {
        Some(amount) => Some(super::minor(&ledger, amount)?),
        None if is_some => {
            let pieces = items::chosen(&items::of_claim(work, ledger.customer(), id)?, &request.items)?;
            Some(pieces.iter().map(Pieces::minor).fold(0, i64::saturating_add))
        }
        None => None,
    };
    let (outcome, right) = match request.outcome {
        DisputeFound::Upheld => (DisputeOutcome::Upheld, found.minor),
        DisputeFound::PartlyUpheld => (DisputeOutcome::PartlyUpheld, part.unwrap_or_default()),
        DisputeFound::Rejected => (DisputeOutcome::Rejected, 0),
    };
    let words = request.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let money = |minor: i64| Money::new(minor, ledger.currency());
    let ended = DisputeEnded { dispute: dispute.to_string(), outcome, amount: part.map(money), reasoned: words.is_some() };
    let occasion = Occasion::now(dispute.as_str());
    ledger.happen(&occasion, vec![ended.into()])?;
    // What default brought is no price: of that nothing is credited beyond what was agreed.
    let agreed: i64 = ItemKind::ALL.iter().filter(|item| item.is_agreed()).map(|item| ledger.account().open_item(id, *item)).sum();
    let credited = right.min(agreed);
    if credited > 0 {
        let (note, today) = (ids::by_time(work.moment.now, CreditNoteId::from_bytes)?, day(work.moment.today)?);
        let events = decide::credit(ledger.account(), today, &note, id, credited, Reduction::Dispute).map_err(refusal::told)?;
        ledger.happen_decided(&occasion, None, &events)?;
    }
    ledger.pass(&occasion)?;
    let told = if right > 0 { credited } else { found.minor };
    accounts::ended(work, ledger.customer(), (id, &dispute), (request.outcome, &Money::new(told, ledger.currency()), words))
}

/// The objection that is meant
fn open(ledger: &Ledger<'_>, id: &ReceivableId, named: Option<&str>) -> Result<(DisputeId, Dispute), ApiError> {
    let account = ledger.account();
    let mut open = account.disputes().filter(|(_, dispute)| dispute.receivable == *id && dispute.end.is_none());
    let found = open.find(|(dispute, _)| named.is_none_or(|named| dispute.as_str() == named));
    found.map(|(dispute, found)| (dispute.clone(), found.clone())).ok_or_else(|| ApiError::unknown("dispute.unknown", "open objection"))
}
