//! Sessions: what the shop's server says about a visit, and what of it the browser gets.

use crate::app::Work;
use crate::bureau;
use crate::clock::wire;
use crate::customers::{Customer, Kind};
use crate::engine::{Policy, Residual};
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{self, About, beside};
use crate::places::Place;
use crate::reviews::grants;
use crate::vault::DataKey;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use tresen_core::ident::{CustomerId, PolicyHash, SessionId};
use tresen_wire::facts::Who;
use tresen_wire::http::{AddressForm, DiagnosticBody, Facts, OpenSession, Person, SessionCustomer, SessionOpened};

/// The payment provider that comes with the sandbox
pub const SANDBOX_PROVIDER: &str = "sandbox";

/// A session as it is stored
#[derive(Debug)]
pub struct Session {
    /// Its id
    pub id: SessionId,
    /// The service's own id of the customer or guest
    pub customer: CustomerId,
    /// The key to what is personal about them
    pub key: DataKey,
    /// Whether the shop has authenticated them
    pub signed_in: bool,
    /// The policy that decides
    pub policy: Arc<Policy>,
    /// What the shop said, and a guest's e-mail
    pub details: Details,
    /// Language of the shopper
    pub locale: String,
    /// How the shopper is spoken to
    pub address_form: AddressForm,
    /// Where a payment provider sends the shopper back to
    pub return_url: Option<String>,
    /// When it was opened
    pub opened: Timestamp,
    /// Until when it counts
    pub expires: Timestamp,
}

/// What is personal about a session
#[derive(Debug, Serialize, Deserialize)]
pub struct Details {
    /// What the shop said
    pub facts: Facts,
    /// A guest's e-mail
    pub guest_email: Option<String>,
    /// Whether nobody said which language the shopper speaks
    #[serde(default)]
    pub locale_left_open: bool,
}

/// Reads the id of a session; what is none is answered as a session that does not exist
pub fn id(text: &str) -> Result<SessionId, ApiError> {
    SessionId::parse(text).ok_or_else(unknown)
}

/// Opens a session
pub fn open(work: &Work<'_>, request: OpenSession) -> Result<SessionOpened, ApiError> {
    let session = draft(work, request)?;
    store(work, &session)?;
    let residual = session.residual(work)?;
    Ok(SessionOpened {
        expires_at: wire(session.expires),
        policy_hash: session.policy.hash().to_string(),
        residual_hash: residual.hash.to_string(),
        session: session.id.to_string(),
    })
}

/// The session that a request would open, not yet written down
pub fn draft(work: &Work<'_>, request: OpenSession) -> Result<Session, ApiError> {
    let (kind, reference) = person(&request.customer)?;
    check_text("/customer/email", request.customer.email.as_deref(), 254)?;
    check_person("/customer/person", request.customer.person.as_ref())?;
    request.locale.as_deref().map_or(Ok(()), check_locale)?;
    let return_url = request.return_url.as_deref().map(checked_url).transpose()?;
    let policy = work.active_policy()?;
    check_facts(work, &policy, request.facts.clone())?;
    let customer = work.customer(kind, reference, request.customer.email.as_deref())?;
    let guest_email = if kind == Kind::Guest { request.customer.email.clone() } else { None };
    let lifetime = SignedDuration::try_from(work.app.config.session_lifetime).map_err(ApiError::internal)?;
    let Customer { id: customer, key } = customer;
    Ok(Session {
        id: ids::secret(SessionId::from_bytes)?,
        customer,
        key,
        signed_in: kind == Kind::Customer,
        policy,
        details: Details { facts: request.facts, guest_email, locale_left_open: request.locale.is_none() },
        locale: request.locale.unwrap_or_else(|| "de".to_owned()),
        address_form: request.address_form,
        return_url,
        opened: work.moment.now,
        expires: work.moment.plus(lifetime)?,
    })
}

fn store(work: &Work<'_>, session: &Session) -> Result<(), ApiError> {
    work.tx
        .prepare_cached(
            "INSERT INTO sessions (tenant_id, session_id, customer_id, signed_in, policy_hash, sealed_details, locale, address_form, return_url, \
             opened_ms, expires_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            work.tenant.as_str(),
            session.id.as_str(),
            session.customer.as_str(),
            session.signed_in,
            session.policy.hash().as_str(),
            session.key.seal(&Place::Session(session.id.clone()), &serde_json::to_vec(&session.details)?)?,
            session.locale,
            session.address_form.code(),
            session.return_url,
            session.opened.as_millisecond(),
            session.expires.as_millisecond()
        ])?;
    Ok(())
}

impl Session {
    /// The session of that id
    ///
    /// # Errors
    ///
    /// `session.unknown` for one that does not exist, was tampered with, belongs to another tenant, or whose person was erased.
    pub fn load(work: &Work<'_>, id: &SessionId) -> Result<Self, ApiError> {
        type Columns = (String, bool, String, Vec<u8>, String, String, Option<String>, i64, i64);
        let columns: Option<Columns> = work
            .tx
            .prepare_cached(
                "SELECT customer_id, signed_in, policy_hash, sealed_details, locale, address_form, return_url, opened_ms, expires_ms \
                 FROM sessions WHERE tenant_id = ?1 AND session_id = ?2",
            )?
            .query_row(params![work.tenant.as_str(), id.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?))
            })
            .optional()?;
        let (customer, signed_in, policy_hash, sealed, locale, address_form, return_url, opened, expires) = columns.ok_or_else(unknown)?;
        let customer = ids::stored(&customer, CustomerId::parse)?;
        let key = work.key_of(&customer)?.ok_or_else(unknown)?;
        let details = serde_json::from_slice(&key.open(&Place::Session(id.clone()), &sealed)?)?;
        let at = |ms| Timestamp::from_millisecond(ms).map_err(ApiError::internal);
        Ok(Self {
            id: id.clone(),
            customer,
            key,
            signed_in,
            policy: work.policy(&ids::stored(&policy_hash, PolicyHash::parse)?)?,
            details,
            locale,
            address_form: if address_form == "du" { AddressForm::Du } else { AddressForm::Sie },
            return_url,
            opened: at(opened)?,
            expires: at(expires)?,
        })
    }

    /// Whether it no longer counts
    pub fn is_expired(&self, work: &Work<'_>) -> bool {
        work.moment.now >= self.expires
    }

    /// [`Session::load`], of one that still counts
    ///
    /// # Errors
    ///
    /// `session.expired` for one that no longer does.
    pub fn current(work: &Work<'_>, id: &SessionId) -> Result<Self, ApiError> {
        let session = Self::load(work, id)?;
        if session.is_expired(work) {
            return Err(ApiError::new(410, "session.expired", "the session has expired", "open a new one from the shop's server"));
        }
        Ok(session)
    }

    /// What the browser is told: the client facts that the shop has given, and what the service has seen confirmed
    pub fn told_facts(&self, work: &Work<'_>) -> Result<Facts, ApiError> {
        let mut facts = self.policy.told_only(&self.details.facts);
        self.confirmed(work)?.add_to(&mut facts);
        Ok(facts)
    }

    /// What only servers know: the shop's word, and the ledger
    ///
    /// Of somebody who is not signed in there is no history, whatever the shop says.
    pub fn server_facts(&self, work: &Work<'_>) -> Result<Facts, ApiError> {
        let about = About { tenant: &work.tenant, customer: &self.customer, currency: self.policy.currency(), signed_in: self.signed_in };
        let mut facts = ledger::facts(work.tx, about, &work.moment)?;
        for (name, value) in &self.details.facts {
            let of_the_person =
                name.starts_with("history.") || name.starts_with("bureau.") || matches!(name.as_str(), "customer.known" | "customer.since");
            if !self.policy.is_client(name) && name != "shop.providers" && (self.signed_in || !of_the_person) {
                beside(&mut facts, name, value.clone());
            }
        }
        bureau::add_facts(work, self, &mut facts)?;
        facts.insert("customer.signed_in".to_owned(), json!(self.signed_in));
        facts.insert("shop.providers".to_owned(), self.providers(work));
        Ok(facts)
    }

    /// The session's facts, the ledger's, and over them what is said of the client's
    ///
    /// # Errors
    ///
    /// `facts.invalid` where something said cannot be used.
    pub fn facts_with(&self, work: &Work<'_>, said: &Facts) -> Result<Facts, ApiError> {
        let diagnostics = self.policy.check(said, "/facts", Who::Client, work.moment.today)?;
        if !diagnostics.is_empty() {
            return Err(ApiError::diagnosed("facts.invalid", "the facts cannot be used", diagnostics));
        }
        let mut facts = self.server_facts(work)?;
        facts.extend(self.policy.told_only(&self.details.facts));
        facts.extend(said.iter().map(|(name, value)| (name.clone(), value.clone())));
        // After what is said: a birth date that was confirmed stands only where there is none.
        self.confirmed(work)?.add_to(&mut facts);
        Ok(facts)
    }

    /// The providers that are connected to the service, and those that the shop says are connected to it
    fn providers(&self, work: &Work<'_>) -> Value {
        with_own(work, self.details.facts.get("shop.providers").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    /// The part of the policy that the browser decides by, at this moment; with what a human granted
    pub fn residual(&self, work: &Work<'_>) -> Result<Residual, ApiError> {
        self.policy.fold(&self.server_facts(work)?, &grants::widest(work, &self.customer)?, work.moment.today)
    }
}

fn with_own(work: &Work<'_>, said: Vec<Value>) -> Value {
    let own = work.app.config.sandbox.then(|| json!(SANDBOX_PROVIDER)).filter(|own| !said.contains(own));
    Value::Array(said.into_iter().chain(own).collect())
}

fn unknown() -> ApiError {
    ApiError::unknown("session.unknown", "session")
}

fn person(customer: &SessionCustomer) -> Result<(Kind, &str), ApiError> {
    match (&customer.reference, &customer.guest_reference, customer.signed_in) {
        (Some(reference), None, true) => checked_reference("/customer/reference", reference).map(|reference| (Kind::Customer, reference)),
        (None, Some(reference), false) => {
            checked_reference("/customer/guest_reference", reference).map(|reference| (Kind::Guest, reference))
        }
        _ => Err(ApiError::invalid(
            "customer.contradictory",
            "/customer",
            "a customer who is signed in has a `reference`, a guest has a `guest_reference`, and nobody has both",
            "pass `reference` with `signed_in: true` only for somebody whom the shop has authenticated in this visit, else `guest_reference` with `signed_in: false`",
        )),
    }
}

fn checked_reference<'a>(at: &str, reference: &'a str) -> Result<&'a str, ApiError> {
    if reference.is_empty() {
        return Err(ApiError::invalid("text.empty", at, "the reference is empty", "pass the shop's own number"));
    }
    check_text(at, Some(reference), 200)?;
    Ok(reference)
}

/// Refuses texts that are too long or hold control characters
pub fn check_text(at: &str, text: Option<&str>, longest: usize) -> Result<(), ApiError> {
    let Some(text) = text else { return Ok(()) };
    if text.chars().count() > longest {
        return Err(ApiError::invalid("text.too_long", at, format!("the text is longer than {longest} characters"), "shorten it"));
    }
    if text.chars().any(|character| character.is_control() && character != '\n') {
        return Err(ApiError::invalid("text.control_character", at, "the text holds control characters", "remove them"));
    }
    Ok(())
}

/// Refuses what is no person's name or address; `at` is where it stands
pub fn check_person(at: &str, person: Option<&Person>) -> Result<(), ApiError> {
    let Some(person) = person else { return Ok(()) };
    let Person { first_name, last_name, birth_date, street, postal_code, city, country } = person;
    let parts = [
        ("first_name", first_name),
        ("last_name", last_name),
        ("street", street),
        ("postal_code", postal_code),
        ("city", city),
        ("country", country),
    ];
    for (key, part) in parts {
        check_text(&format!("{at}/{key}"), Some(part), 100)?;
    }
    match birth_date {
        Some(day) if day.parse::<jiff::civil::Date>().is_err() || day.len() != 10 => Err(ApiError::invalid(
            "person.birth_date",
            &format!("{at}/birth_date"),
            "the date of birth is no day",
            "write it as `1985-03-27`, or leave it out",
        )),
        Some(_) | None => Ok(()),
    }
}

/// Refuses what is no language tag
pub fn check_locale(locale: &str) -> Result<(), ApiError> {
    let well_formed = (2..=35).contains(&locale.len()) && locale.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if well_formed {
        return Ok(());
    }
    Err(ApiError::invalid("locale.malformed", "/locale", "the locale is not a language tag", "write it as `de` or `de-AT`"))
}

/// A plain web address
pub fn checked_url(url: &str) -> Result<String, ApiError> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let clean = url.len() <= 2_000 && url.bytes().all(|byte| (0x21..0x7f).contains(&byte) && !b"\"'<>\\#`;,".contains(&byte));
    match rest.map(|rest| rest.split(['/', '?']).next().unwrap_or("")) {
        Some(host) if clean && !host.is_empty() && !host.contains('@') => Ok(url.to_owned()),
        Some(_) | None => Err(ApiError::invalid(
            "return_url.malformed",
            "/return_url",
            "the address to return to is not a plain web address",
            "write it as `https://shop.example/checkout`, without a fragment, user or quotation marks",
        )),
    }
}

fn check_facts(work: &Work<'_>, policy: &Policy, mut facts: Facts) -> Result<(), ApiError> {
    let mut diagnostics: Vec<_> = facts.keys().filter_map(|name| owned(name)).collect();
    // With the service's own provider: it counts among the texts that there is room for, and a later request is too late to say so.
    if let Value::Array(said) = facts.get("shop.providers").cloned().unwrap_or(Value::Array(Vec::new())) {
        facts.insert("shop.providers".to_owned(), with_own(work, said));
    }
    diagnostics.extend(policy.check(&facts, "/facts", Who::Server, work.moment.today)?);
    if diagnostics.is_empty() { Ok(()) } else { Err(ApiError::diagnosed("facts.invalid", "the facts cannot be used", diagnostics)) }
}

fn owned(name: &str) -> Option<DiagnosticBody> {
    let (code, message, help) = if name.starts_with("account.") {
        ("fact.ledger_owned", "belongs to the ledger", "leave it out; the service knows what is owed from its own ledger")
    } else if name == "customer.signed_in" {
        ("fact.session_owned", "follows from the session", "say it in `customer.signed_in` of the request, not among the facts")
    } else {
        return None;
    };
    Some(DiagnosticBody {
        code: code.to_owned(),
        severity: "error".to_owned(),
        message: format!("`{name}` {message}"),
        help: help.to_owned(),
        at: format!("/facts/{name}"),
    })
}

#[cfg(test)]
mod tests {
    use super::{checked_url, person};
    use tresen_wire::http::SessionCustomer;

    #[test]
    fn only_plain_web_addresses_are_returned_to() {
        for good in ["https://shop.example", "http://127.0.0.1:8787/checkout?step=pay"] {
            assert!(checked_url(good).is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "//evil.example",
            "https://",
            "https://a@b.example/",
            "https://a.example/#x",
            "https://a.example/ x",
            "http://a.example/'x",
        ] {
            assert!(checked_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn nobody_is_signed_in_as_a_guest() {
        let person_of = |reference: Option<&str>, guest: Option<&str>, signed_in| {
            let customer = SessionCustomer {
                reference: reference.map(str::to_owned),
                guest_reference: guest.map(str::to_owned),
                signed_in,
                email: None,
                person: None,
            };
            person(&customer).is_ok()
        };
        assert!(person_of(Some("c"), None, true));
        assert!(person_of(None, Some("g"), false));
        assert!(!person_of(Some("c"), None, false));
        assert!(!person_of(None, Some("g"), true));
        assert!(!person_of(Some("c"), Some("g"), true));
        assert!(!person_of(None, None, false));
    }
}
