//! How a customer can be reached: what the shop says, and what their sessions have left.

use super::voice::{Spoken, Voice};
use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::person;
use crate::places::Place;
use crate::sessions::{Session, check_locale, check_text};
use crate::vault::DataKey;
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeSet;
use tresen_core::collect::message::{Addressee, Name};
use tresen_core::collect::{Person, Way};
use tresen_core::ident::{CustomerId, SessionId};
use tresen_core::ladder::Channel;
use tresen_wire::http::{ContactChannel, ContactDetails, OrderContact};

/// Lines of an address below the name
const LINES_MAX: usize = 5;

/// How a customer can be reached, in which words
#[derive(Debug)]
pub struct Reach {
    /// The key to what is personal about them
    pub key: DataKey,
    /// The shop's number
    pub reference: String,
    /// Which ways are open
    pub person: Person,
    /// What is known of how they are spoken to
    pub spoken: Spoken,
    /// Name and address
    pub addressee: Addressee,
    /// The ways that they do not want
    pub opted_out: Vec<ContactChannel>,
    email: Option<String>,
    phone: Option<String>,
}

impl Reach {
    /// How a customer can be reached; nothing when the person has been erased
    pub fn of(work: &Work<'_>, customer: &CustomerId) -> Result<Option<Self>, ApiError> {
        let Some((key, reference, email)) = work.known(customer)? else { return Ok(None) };
        let details = details(work, customer, &key)?;
        let opted_out = opted_out(work, customer, &details)?;
        let session = last_session(work, customer)?;
        let email = details.email.clone().or(email).or_else(|| session.as_ref().and_then(|session| session.details.guest_email.clone()));
        let spoken = Spoken::of(&details, session.as_ref());
        let has = [email.is_some(), details.phone.is_some(), is_envelope(&details), false];
        let transport = work.app.transport();
        let is_carried = |channel| transport.as_ref().is_some_and(|transport| transport.carries(channel));
        let way = |(channel, has): (Channel, bool)| match (opted_out.contains(&channel.into()), has) {
            (true, _) => Way::OptedOut,
            (false, true) if is_carried(channel) => Way::Open,
            (false, true) => Way::NoCarrier,
            (false, false) => Way::NoAddress,
        };
        let [first, second, third, fourth] = Channel::ALL;
        let [email_there, phone_there, letter_there, call_there] = has;
        let ways = [way((first, email_there)), way((second, phone_there)), way((third, letter_there)), way((fourth, call_there))];
        let name = details.name.map(|name| Name { given: name.given, family: name.family });
        Ok(Some(Self {
            key,
            reference,
            person: Person { ways, prefers: details.prefers.map(Channel::from) },
            spoken,
            opted_out,
            addressee: Addressee { name, address: details.address },
            email,
            phone: details.phone,
        }))
    }

    /// The address for a channel
    pub fn recipient(&self, channel: Channel) -> String {
        match channel {
            Channel::Email => self.email.clone().unwrap_or_default(),
            Channel::TextMessage | Channel::Telephone => self.phone.clone().unwrap_or_default(),
            Channel::Letter => {
                let name = self.addressee.name.iter().map(|name| format!("{} {}", name.given, name.family));
                name.chain(self.addressee.address.iter().cloned()).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// How a customer is written to where no message says it: as everybody whom no segment treats otherwise
pub fn voice(work: &Work<'_>, customer: &CustomerId) -> Result<Voice, ApiError> {
    let persona = work.active_policy()?.collection().persona;
    let Some(key) = work.key_of(customer)? else { return Ok(Spoken::default().voice(&persona)) };
    let (details, session) = (details(work, customer, &key)?, last_session(work, customer)?);
    Ok(Spoken::of(&details, session.as_ref()).voice(&persona))
}

/// The ways that a person does not want, said under whichever of their references
fn opted_out(work: &Work<'_>, customer: &CustomerId, said: &ContactDetails) -> Result<Vec<ContactChannel>, ApiError> {
    let mut ways = said.opted_out.clone();
    for other in person(work.tx, &work.tenant, customer)?.iter().skip(1) {
        let Some(key) = work.key_of(other)? else { continue };
        ways.extend(details(work, other, &key)?.opted_out);
    }
    ways.sort();
    ways.dedup();
    Ok(ways)
}

/// What a person does not want is still known under their other references when this one is erased
pub fn opt_outs_stay(work: &Work<'_>, customer: &CustomerId) -> Result<(), ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(()) };
    let said = details(work, customer, &key)?.opted_out;
    for other in person(work.tx, &work.tenant, customer)?.iter().skip(1) {
        said.iter().try_for_each(|channel| opt_out(work, other, (*channel).into()).map(drop))?;
    }
    Ok(())
}

fn last_session(work: &Work<'_>, customer: &CustomerId) -> Result<Option<Session>, ApiError> {
    let id: Option<String> = work
        .tx
        .prepare_cached(
            "SELECT session_id FROM sessions WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY opened_ms DESC, session_id DESC LIMIT 1",
        )?
        .query_row(params![work.tenant.as_str(), customer.as_str()], |row| row.get(0))
        .optional()?;
    id.map(|id| Session::load(work, &crate::ids::stored(&id, SessionId::parse)?)).transpose()
}

fn details(work: &Work<'_>, customer: &CustomerId, key: &DataKey) -> Result<ContactDetails, ApiError> {
    let sealed: Option<Vec<u8>> = work
        .tx
        .prepare_cached("SELECT sealed_details FROM contact_details WHERE tenant_id = ?1 AND customer_id = ?2")?
        .query_row(params![work.tenant.as_str(), customer.as_str()], |row| row.get(0))
        .optional()?;
    let Some(sealed) = sealed else { return Ok(ContactDetails::default()) };
    Ok(serde_json::from_slice(&key.open(&Place::Customer(customer.clone()), &sealed)?)?)
}

/// What the shop has said of how somebody can be reached
pub fn export(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<ContactDetails>, ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(Vec::new()) };
    let said = details(work, customer, &key)?;
    Ok(if said == ContactDetails::default() { Vec::new() } else { vec![said] })
}

/// Takes down how a customer can be reached, in place of what was said before
pub fn put(work: &Work<'_>, reference: &str, request: &ContactDetails) -> Result<ContactDetails, ApiError> {
    check("", request)?;
    let customer = work.customer_id(reference)?.ok_or_else(unknown)?;
    keep(work, &customer, request)?;
    Ok(request.clone())
}

/// Takes down to whom an order is written about; what it does not say stays
pub fn learn(work: &Work<'_>, customer: &CustomerId, order: &OrderContact) -> Result<(), ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(()) };
    let known = details(work, customer, &key)?;
    let mut said = known.clone();
    // A name and the lines below it belong together: half an envelope of two orders is nobody's.
    if order.name.is_some() || !order.address.is_empty() {
        said.name = order.name.clone();
        said.address = order.address.clone();
    }
    said.phone = order.phone.clone().or(said.phone);
    if said == known { Ok(()) } else { keep(work, customer, &said) }
}

/// The customer says how they are reached and spoken to; what they leave out stays
pub fn change(work: &Work<'_>, customer: &CustomerId, said: &ContactDetails) -> Result<(), ApiError> {
    check("", said)?;
    let key = work.key_of(customer)?.ok_or_else(unknown)?;
    let known = details(work, customer, &key)?;
    let changed = ContactDetails {
        name: said.name.clone().or(known.name),
        address: if said.address.is_empty() { known.address } else { said.address.clone() },
        email: said.email.clone().or(known.email),
        phone: said.phone.clone().or(known.phone),
        locale: said.locale.clone().or(known.locale),
        address_form: said.address_form.or(known.address_form),
        prefers: said.prefers.or(known.prefers),
        opted_out: known.opted_out,
    };
    keep(work, customer, &changed)
}

/// Refuses what stands on no envelope; at that place of a request
pub fn check_order(order: &OrderContact) -> Result<(), ApiError> {
    let OrderContact { name, address, phone } = order.clone();
    check("/contact", &ContactDetails { name, address, phone, ..ContactDetails::default() })
}

/// Whether a letter finds somebody: a name and what is below it, or all lines of an address
fn is_envelope(details: &ContactDetails) -> bool {
    let lines = details.address.len().saturating_add(details.name.iter().count());
    lines >= 2 && !details.address.is_empty()
}

/// The customer does not want to be written to that way; whether that is new
pub fn opt_out(work: &Work<'_>, customer: &CustomerId, channel: Channel) -> Result<bool, ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(false) };
    let mut said = details(work, customer, &key)?;
    if said.opted_out.contains(&channel.into()) {
        return Ok(false);
    }
    said.opted_out.push(channel.into());
    keep(work, customer, &said).map(|()| true)
}

/// The person is written to again by every way but these, under whichever of their references
pub fn opt_in(work: &Work<'_>, customer: &CustomerId, but: &BTreeSet<ContactChannel>) -> Result<(), ApiError> {
    for one in person(work.tx, &work.tenant, customer)? {
        let Some(key) = work.key_of(&one)? else { continue };
        let mut said = details(work, &one, &key)?;
        let before = said.opted_out.len();
        said.opted_out.retain(|channel| but.contains(channel));
        if said.opted_out.len() < before {
            keep(work, &one, &said)?;
        }
    }
    Ok(())
}

fn keep(work: &Work<'_>, customer: &CustomerId, details: &ContactDetails) -> Result<(), ApiError> {
    let key = work.key_of(customer)?.ok_or_else(unknown)?;
    let sealed = key.seal(&Place::Customer(customer.clone()), &serde_json::to_vec(details)?)?;
    work.tx
        .prepare_cached(
            "INSERT INTO contact_details (tenant_id, customer_id, sealed_details) VALUES (?1, ?2, ?3) \
             ON CONFLICT (tenant_id, customer_id) DO UPDATE SET sealed_details = excluded.sealed_details",
        )?
        .execute(params![work.tenant.as_str(), customer.as_str(), sealed])?;
    crate::ledger::look_again(work.tx, &work.tenant, customer)
}

fn unknown() -> ApiError {
    ApiError::unknown("customer.unknown", "customer")
}

fn check(at: &str, details: &ContactDetails) -> Result<(), ApiError> {
    let ContactDetails { name, address, email, phone, locale, .. } = details;
    let text = |part: &str, text: Option<&str>, most: usize| check_text(&format!("{at}/{part}"), text, most);
    if address.len() > LINES_MAX {
        let message = format!("the address has more than {LINES_MAX} lines");
        let help = "write what stands on an envelope";
        return Err(ApiError::invalid("letter.address.window", &format!("{at}/address"), message, help));
    }
    for (place, line) in address.iter().enumerate() {
        text(&format!("address/{place}"), Some(line), 100)?;
    }
    if let Some(name) = name {
        text("name/given", Some(&name.given), 100)?;
        text("name/family", Some(&name.family), 100)?;
    }
    text("email", email.as_deref(), 254)?;
    text("phone", phone.as_deref(), 30)?;
    locale.as_deref().map_or(Ok(()), check_locale)
}
