//! What a receiver gets.

use crate::error::ApiError;
use crate::ids;
use crate::journal;
use crate::places::Place;
use rusqlite::{OptionalExtension as _, Transaction, params};
use tresen_core::ident::TenantId;
use tresen_wire::http::{WebhookData, WebhookMessage};

/// The message about the event at that position
pub fn about(tx: &Transaction<'_>, tenant: &TenantId, position: i64) -> Result<WebhookMessage, ApiError> {
    let event = journal::at(tx, tenant, position)?;
    let customer = tx
        .prepare_cached("SELECT customer_id FROM account_events WHERE position = ?1")?
        .query_row([position], |row| row.get(0))
        .optional()?;
    let (receivable, payment) = match ids::stored(&event.stream, Place::parse)? {
        Place::Receivable(receivable) => (Some(receivable.to_string()), None),
        Place::Payment(payment) => (None, Some(payment.to_string())),
        Place::Case(..)
        | Place::Check(_)
        | Place::Customer(_)
        | Place::Decision(_)
        | Place::Inquiry(_)
        | Place::Message(_)
        | Place::Proof(_)
        | Place::Request(_)
        | Place::Review(_)
        | Place::Session(_)
        | Place::Task(_) => (None, None),
    };
    let order = tx
        .prepare_cached("SELECT order_ref FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
        .query_row(params![tenant.as_str(), receivable], |row| row.get(0))
        .optional()?;
    Ok(WebhookMessage {
        kind: event.kind,
        timestamp: event.recorded_at.clone(),
        data: WebhookData { position, stream: event.stream.clone(), seq: event.seq, customer, receivable, order, payment, event },
    })
}
