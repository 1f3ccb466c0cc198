//! The customer is told what a human found about what they objected to.

use super::receipt::{Envelope, Writer, order};
use crate::app::Work;
use crate::collect;
use crate::error::ApiError;
use crate::ids;
use crate::paylinks;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, DisputeId, MessageId, ReceivableId, RequestId};
use tresen_wire::http::DisputeFound;
use tresen_wire::money::Money;

/// An objection has ended: nobody has to look any more, and the customer is written to where they have a mailbox
pub fn ended(
    work: &Work<'_>,
    customer: &CustomerId,
    (receivable, dispute): (&ReceivableId, &DisputeId),
    (found, amount, words): (DisputeFound, &Money, Option<&str>),
) -> Result<Option<MessageId>, ApiError> {
    let made: Option<String> = work
        .tx
        .prepare_cached("SELECT request_id FROM requests WHERE tenant_id = ?1 AND customer_id = ?2 AND kind = 'dispute' AND bond = ?3")?
        .query_row(params![work.tenant.as_str(), customer.as_str(), dispute.as_str()], |row| row.get(0))
        .optional()?;
    let Some(made) = made else { return Ok(None) };
    let request = ids::stored(&made, RequestId::parse)?;
    collect::task_over(work, "dispute", request.as_str(), "done")?;
    let Some(envelope) = Envelope::known(work, customer)? else { return Ok(None) };
    let writer = Writer::of(envelope.language())?;
    let sentence = match found {
        DisputeFound::Upheld => "ended.upheld",
        DisputeFound::PartlyUpheld => "ended.partly_upheld",
        DisputeFound::Rejected => "ended.rejected",
    };
    let (order, _) = order(work, receivable)?;
    let amount = writer.money(amount)?;
    let mut paragraphs = vec![writer.say("greeting", &[])?, writer.say(sentence, &[("order", &order), ("amount", &amount)])?];
    if let Some(words) = words {
        paragraphs.push(writer.say("ended.words", &[("words", words)])?);
    }
    let shop = paylinks::shop(work)?;
    if let Some(ways) = paylinks::ways(&shop, writer.language()) {
        paragraphs.push(writer.say("human", &[("ways", &ways)])?);
    }
    paragraphs.push(shop.creditor.unwrap_or(shop.name));
    envelope.plan(work, customer, &request, &paragraphs.join("\n\n")).map(Some)
}
