//! What is written back to a payment: a receipt, or an apology where a reminder crossed it.
//!
//! What that reminder had brought is taken back by `core::receivable::decide::received`, in the transaction in which the payment came.

use super::compose::{Composed, Letterhead};
use super::contact::{self, Contact};
use super::{CaseFile, tasks, when};
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::Ledger;
use rusqlite::params;
use tresen_core::collect::Way;
use tresen_core::date::Date;
use tresen_core::ident::{PaymentId, ReceivableId};
use tresen_core::ladder::Channel;
use tresen_core::receivable::PaymentState;
use tresen_wire::events::ContactCrossed;

/// Who is not thanked within a week is not thanked any more
const LATEST_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// A payment that nobody has answered yet
struct Unanswered {
    payment: PaymentId,
    received_ms: i64,
    /// What it has taken back of what was charged
    given_back: i64,
}

/// Answers payments that have come; when to look again, where an answer waits for the morning
pub fn to_payments(work: &Work<'_>, ledger: &Ledger<'_>) -> Result<Option<i64>, ApiError> {
    let today = crate::ledger::day(work.moment.today)?;
    let mut next = None;
    for Unanswered { payment, received_ms, given_back } in unanswered(work, ledger)? {
        let Some(found) = ledger.account().payment(&payment) else { continue };
        let PaymentState::Settled { value_date } = found.state else { continue };
        let claims: Vec<ReceivableId> = found.lines.iter().map(|line| line.receivable.clone()).collect();
        if claims.is_empty() || is_silenced(ledger, &claims, today) {
            continue;
        }
        let crossed = crossed(work, ledger, &claims, value_date, received_ms)?;
        if let Some(message) = &crossed {
            mark(work, message, &payment)?;
        }
        let case = CaseFile::beside(work, ledger)?;
        let Some(letterhead) = Letterhead::of(work, &case)? else { continue };
        let open = |channel: &Channel| case.core().person.way(*channel) == Way::Open;
        // It was answered the way it was asked, or as cheaply as can be.
        let asked = crossed.as_ref().map(|message| message.channel).filter(open);
        let Some(channel) = asked.or_else(|| Channel::ALL.into_iter().find(|channel| channel.is_lean() && open(channel))) else { continue };
        // A mail lies there quietly; a telephone wakes people.
        if channel == Channel::TextMessage
            && let Some(opening) = when::house_opens(work, &case)?
        {
            next = Some(opening);
            continue;
        }
        let composed = match crossed.and_then(|message| message.sent_ms) {
            Some(sent) => letterhead.crossed(&payment, channel, when::local_day(work, sent)?, given_back)?,
            None => letterhead.thanks(&payment, channel)?,
        };
        send(work, &case, payment.as_str(), composed)?;
    }
    Ok(next)
}

/// Whether nobody writes to the person about any of these claims, not even to thank them
fn is_silenced(ledger: &Ledger<'_>, claims: &[ReceivableId], today: Date) -> bool {
    ledger.account().holds(today).any(|hold| hold.reason.silences() && claims.iter().any(|id| hold.concerns(id)))
}

fn send(work: &Work<'_>, case: &CaseFile, about: &str, composed: Composed) -> Result<(), ApiError> {
    match composed {
        Ok(written) => contact::intend(work, case, &written),
        Err(refused) => tasks::refused(work, &case.customer, about, &refused.0).map(|_| ()),
    }
}

fn unanswered(work: &Work<'_>, ledger: &Ledger<'_>) -> Result<Vec<Unanswered>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT i.payment_id, i.received_ms, i.given_back_minor FROM incoming_payments i WHERE i.tenant_id = ?1 AND i.customer_id = ?2 AND i.currency = ?3 \
         AND i.received_ms > ?4 AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.tenant_id = i.tenant_id AND c.payment_id = i.payment_id \
         AND c.payment_id IS NOT NULL AND c.state <> 'suppressed') \
         AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.tenant_id = i.tenant_id AND t.kind = 'refused_message' AND t.about = i.payment_id) \
         ORDER BY i.payment_id",
    )?;
    let since = work.moment.ms().saturating_sub(LATEST_MS);
    let mut rows = statement.query(params![work.tenant.as_str(), ledger.customer().as_str(), ledger.currency(), since])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let payment: String = row.get(0)?;
        found.push(Unanswered { payment: ids::stored(&payment, PaymentId::parse)?, received_ms: row.get(1)?, given_back: row.get(2)? });
    }
    Ok(found)
}

/// The reminder that went out when the payment counted already and nobody here knew of it
///
/// A payment of the reminder's own day may as well be the answer to it: it is thanked for.
fn crossed(
    work: &Work<'_>,
    ledger: &Ledger<'_>,
    claims: &[ReceivableId],
    value_date: Date,
    received_ms: i64,
) -> Result<Option<Contact>, ApiError> {
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND occasion = 'reminder' AND state IN ('sent', 'delivered') \
               AND sent_ms <= ?3 ORDER BY sent_ms DESC LIMIT 20";
    for contact in Contact::all(work, sql, &[&work.tenant.as_str(), &ledger.customer().as_str(), &received_ms])? {
        let is_about = contact.about.iter().any(|said| claims.iter().any(|id| id.as_str() == said.receivable));
        let Some(sent) = contact.sent_ms.filter(|_| is_about) else { continue };
        return Ok((value_date < when::local_day(work, sent)?).then_some(contact));
    }
    Ok(None)
}

/// The reminder is marked as crossed
///
/// What it has brought was taken back when the payment came, by whoever puts payments against claims and by nobody else.
fn mark(work: &Work<'_>, message: &Contact, payment: &PaymentId) -> Result<(), ApiError> {
    message.happens(work, ContactCrossed { message: message.id.to_string(), payment: payment.to_string() })?;
    work.tx.prepare_cached("UPDATE contacts SET crossed_by = ?3 WHERE tenant_id = ?1 AND message_id = ?2")?.execute(params![
        work.tenant.as_str(),
        message.id.as_str(),
        payment.as_str()
    ])?;
    Ok(())
}
