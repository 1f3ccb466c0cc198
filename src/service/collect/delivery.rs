//! What is heard of a message after it left, and messages as they can be read again.

use super::contact::Contact;
use super::{person, tasks};
use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::ledger::{Ledger, look_again};
use crate::places::Place;
use rusqlite::params;
use std::collections::BTreeSet;
use tresen_core::ident::{CustomerId, MessageId, ReceivableId};
use tresen_core::ladder::Channel;
use tresen_wire::events::{ContactBounced, ContactOpened, OptedOut};
use tresen_wire::http::{ContactChannel, ContactMessage, DeliveryNews, MessageAbout, SandboxMessage, TellDelivery};
use tresen_wire::money::Money;

/// Takes down what is heard of a message; the same news again changes nothing
pub fn tell(work: &Work<'_>, id: &MessageId, request: &TellDelivery) -> Result<ContactMessage, ApiError> {
    let contact = that_left(work, id)?;
    match request.news {
        DeliveryNews::Delivered => arrive(work, &contact)?,
        DeliveryNews::Opened => opened(work, &contact, false)?,
        DeliveryNews::OpenedByMachine => opened(work, &contact, true)?,
        DeliveryNews::Bounced => bounced(work, &contact, true, None)?,
        DeliveryNews::BouncedForNow => contact.happens(work, ContactBounced { message: id.to_string(), hard: false })?,
        DeliveryNews::Complained => opt_out(work, &contact.customer, contact.channel)?,
    }
    look_again(work.tx, &work.tenant, &contact.customer)?;
    read(work, id)
}

/// Takes down that a message came back, where a mail says so: whether its address takes nothing at all, and the status
pub fn came_back(work: &Work<'_>, id: &MessageId, hard: bool, status: Option<&str>) -> Result<(), ApiError> {
    let contact = that_left(work, id)?;
    bounced(work, &contact, hard, status)?;
    look_again(work.tx, &work.tenant, &contact.customer)
}

/// A person has followed the link that a message brought; noted once, and of a message that did not come back
///
/// The link was issued with its message, in one transaction, at one moment: that is how they belong together.
pub fn visited(work: &Work<'_>, customer: &CustomerId, currency: &str, issued_ms: i64) -> Result<(), ApiError> {
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND planned_ms = ?3 AND currency = ?4 \
               AND state IN ('sent', 'delivered', 'unknown') AND visited_ms IS NULL";
    for contact in Contact::all(work, sql, &[&work.tenant.as_str(), &customer.as_str(), &issued_ms, &currency])? {
        work.tx.prepare_cached("UPDATE contacts SET visited_ms = ?3 WHERE tenant_id = ?1 AND message_id = ?2")?.execute(params![
            work.tenant.as_str(),
            contact.id.as_str(),
            work.moment.ms()
        ])?;
        opened(work, &contact, false)?;
        look_again(work.tx, &work.tenant, customer)?;
    }
    Ok(())
}

fn that_left(work: &Work<'_>, id: &MessageId) -> Result<Contact, ApiError> {
    let contact = Contact::load(work, id)?;
    if matches!(contact.state.as_str(), "sent" | "delivered" | "bounced" | "unknown") {
        return Ok(contact);
    }
    Err(ApiError::new(409, "message.not_sent", "the message has not left", "read the message: its `state` says where it stands"))
}

fn arrive(work: &Work<'_>, contact: &Contact) -> Result<(), ApiError> {
    if matches!(contact.state.as_str(), "sent" | "unknown") { contact.arrived(work, &mut contact.ledger(work)?, false) } else { Ok(()) }
}

/// A person who opened it has it; a machine says nothing
fn opened(work: &Work<'_>, contact: &Contact, machine: bool) -> Result<(), ApiError> {
    let word = if machine { "machine" } else { "person" };
    let is_new = work
        .tx
        .prepare_cached(
            "UPDATE contacts SET opened = ?3 WHERE tenant_id = ?1 AND message_id = ?2 AND (opened IS NULL OR (opened = 'machine' AND ?3 = 'person'))",
        )?
        .execute(params![work.tenant.as_str(), contact.id.as_str(), word])?;
    if is_new > 0 {
        contact.happens(work, ContactOpened { message: contact.id.to_string(), machine })?;
    }
    if machine { Ok(()) } else { arrive(work, contact) }
}

/// It came back: another way is tried; where it was taken to have arrived already, its level is taken back and a human looks for an address
fn bounced(work: &Work<'_>, contact: &Contact, hard: bool, status: Option<&str>) -> Result<(), ApiError> {
    if contact.state == "bounced" {
        return Ok(());
    }
    contact.comes_back(work, status)?;
    contact.happens(work, ContactBounced { message: contact.id.to_string(), hard })?;
    if contact.arrived_ms.is_none() || re_opened(work, contact)? {
        return Ok(());
    }
    let asked = tasks::Asked {
        kind: "late_bounce",
        about: contact.id.as_str(),
        customer: &contact.customer,
        receivable: None,
        message: Some(&contact.id),
        reason: None,
    };
    tasks::ask(work, asked).map(|_| ())
}

/// Takes back the levels whose last notice it was; whether there was any: of a level that another notice has followed a human decides
fn re_opened(work: &Work<'_>, contact: &Contact) -> Result<bool, ApiError> {
    if !contact.is_reminder() {
        return Ok(false);
    }
    let mut ledger = Ledger::of(work, &contact.customer, &contact.currency)?;
    let mut any = false;
    for said in &contact.about {
        let id = ids::stored(&said.receivable, ReceivableId::parse)?;
        let is_of_now = ledger.account().cycle(&id).is_some_and(|cycle| cycle.to_iso() == said.due_date);
        let is_last = ledger.account().receivable(&id).is_some_and(|claim| claim.ending.is_none() && claim.level.number == said.level);
        if is_of_now && is_last {
            tasks::unreachable(work, &mut ledger, &id, said.level)?;
            any = true;
        }
    }
    Ok(any)
}

/// The customer does not want to be written to that way
pub fn opt_out(work: &Work<'_>, customer: &CustomerId, channel: Channel) -> Result<(), ApiError> {
    if !person::opt_out(work, customer, channel)? {
        return Ok(());
    }
    let stream = Place::Customer(customer.clone());
    let draft = Draft { after: work.length(&stream)?, ..Draft::opens(&stream, customer.as_str()) };
    work.append(&draft, OptedOut { customer: customer.to_string(), channel: channel.into() }).map(|_| ())
}

/// The customer says which ways they do not want, in place of those before
pub fn opt_outs(work: &Work<'_>, customer: &CustomerId, ways: &BTreeSet<ContactChannel>) -> Result<(), ApiError> {
    person::opt_in(work, customer, ways)?;
    ways.iter().try_for_each(|channel| opt_out(work, customer, (*channel).into()))
}

/// A message as it can be read again
pub fn read(work: &Work<'_>, id: &MessageId) -> Result<ContactMessage, ApiError> {
    message(work, &Contact::load(work, id)?)
}

/// The messages to a customer, the first first
pub fn export(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<ContactMessage>, ApiError> {
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY planned_ms, position";
    let contacts = Contact::all(work, sql, &[&work.tenant.as_str(), &customer.as_str()])?;
    contacts.iter().map(|contact| message(work, contact)).collect()
}

fn message(work: &Work<'_>, contact: &Contact) -> Result<ContactMessage, ApiError> {
    let parcel = contact.parcel(work)?;
    let (opened, reason): (Option<String>, Option<String>) = work
        .tx
        .prepare_cached("SELECT opened, reason FROM contacts WHERE tenant_id = ?1 AND message_id = ?2")?
        .query_row(params![work.tenant.as_str(), contact.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let said = |said: &super::attempts::Said| MessageAbout {
        receivable: said.receivable.clone(),
        level: said.level,
        due_date: said.due_date.clone(),
    };
    let at = |ms: Option<i64>| ms.map(instant).transpose();
    Ok(ContactMessage {
        id: contact.id.to_string(),
        customer: work.personal(&contact.customer)?.map(|(reference, _)| reference),
        occasion: contact.occasion.clone(),
        channel: contact.channel.into(),
        state: contact.state.clone(),
        about: contact.about.iter().map(said).collect(),
        amount: Money::new(contact.amount_minor, &contact.currency),
        term: contact.term.map(|term| term.to_iso()),
        payment: contact.payment.clone(),
        planned_at: instant(contact.planned_ms)?,
        sent_at: at(contact.sent_ms)?,
        arrived_at: at(contact.arrived_ms)?,
        opened,
        reason,
        to: parcel.as_ref().map(|parcel| parcel.recipient.clone()),
        subject: parcel.as_ref().map(|parcel| parcel.subject.clone()),
        text: parcel.map(|parcel| if contact.channel == Channel::TextMessage { parcel.text_message } else { parcel.text }),
    })
}

/// What the sandbox has sent, the newest first
pub fn mailbox(work: &Work<'_>, most: u32) -> Result<Vec<SandboxMessage>, ApiError> {
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND state IN ('sent', 'delivered', 'bounced') AND sent_ms IS NOT NULL \
               ORDER BY position DESC LIMIT ?2";
    let mut messages = Vec::new();
    for contact in Contact::all(work, sql, &[&work.tenant.as_str(), &most])? {
        let (Some(parcel), Some(sent)) = (contact.parcel(work)?, contact.sent_ms) else { continue };
        let is_text = contact.channel == Channel::TextMessage;
        let (channel, forms) = match contact.channel {
            Channel::TextMessage => ("text", vec![]),
            Channel::Letter => ("letter", vec!["pdf".to_owned()]),
            Channel::Email | Channel::Telephone => ("email", vec!["html".to_owned()]),
        };
        messages.push(SandboxMessage {
            id: parcel.id,
            channel: channel.to_owned(),
            to: parcel.recipient,
            subject: (!is_text).then_some(parcel.subject),
            text: if is_text { parcel.text_message } else { parcel.text },
            locale: parcel.locale,
            sent_at: instant(sent)?,
            forms,
        });
    }
    Ok(messages)
}

/// One form of a message, and what it is
#[derive(Debug)]
pub struct Form {
    /// The media type
    pub media_type: &'static str,
    /// The bytes
    pub bytes: Vec<u8>,
}

/// A message as text, as a page, or as a letter
pub fn form(work: &Work<'_>, id: &MessageId, form: &str) -> Result<Form, ApiError> {
    let contact = Contact::load(work, id)?;
    let none = || ApiError::unknown("message.form.unknown", "form of this message");
    let parcel = contact.parcel(work)?.ok_or_else(none)?;
    match form {
        "text" => {
            let text = if contact.channel == Channel::TextMessage { parcel.text_message } else { parcel.text };
            Ok(Form { media_type: "text/plain; charset=utf-8", bytes: text.into_bytes() })
        }
        "html" => Ok(Form { media_type: "text/html; charset=utf-8", bytes: parcel.html.into_bytes() }),
        "pdf" => Ok(Form { media_type: "application/pdf", bytes: parcel.pdf().ok_or_else(none)? }),
        _ => Err(none()),
    }
}
