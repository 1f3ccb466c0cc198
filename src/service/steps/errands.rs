//! What is done outside of the service for a step, after it has been committed that it will be.
//!
//! **Invariant:** an errand is run by the request that committed it and by nobody else. Where a crash leaves it unknown whether a message
//! left, it stays so: nobody sends a second one, and the shopper may begin again.

use super::adapters::{Adapters, AddressFound, IdentityQuestion, IdentityResult, Outgoing};
use super::check::{Check, Details};
use crate::accounts;
use crate::app::{App, Caller, Work};
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::sessions::Session;
use crate::vault::DataKey;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CheckId, CustomerId, MessageId, RequestId, TenantId};
use tresen_wire::events::CheckFailure;

/// What is to be done
#[derive(Debug)]
pub enum Errand {
    /// A message is to be sent
    Send(MessageId),
    /// An address is to be looked up
    LookUp(CheckId),
    /// An identity check is to begin
    Identify(CheckId),
    /// Whoever checks identities is to be asked what came of it
    Ask(CheckId),
}

/// Runs an errand and writes down what came of it
pub fn run(app: &App, tenant: &TenantId, errand: &Errand) -> Result<(), ApiError> {
    let adapters = app.adapters();
    match errand {
        Errand::Send(message) => send(app, tenant, &adapters, message),
        Errand::LookUp(check) => look_up(app, tenant, &adapters, check),
        Errand::Identify(check) => identify(app, tenant, &adapters, check),
        Errand::Ask(check) => ask(app, tenant, &adapters, check),
    }
}

fn read<T>(app: &App, tenant: &TenantId, work: impl FnOnce(&Work<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
    app.read_now(Caller::system(tenant.clone()), work)
}

fn write<T>(app: &App, tenant: &TenantId, work: impl FnOnce(&Work<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
    app.write_now(Caller::system(tenant.clone()), work)
}

/// The cause goes to the log; it holds nothing about the person, which adapters promise
fn noted<T>(outcome: Result<T, super::AdapterProblem>) -> Option<T> {
    outcome.map_err(|problem| tracing::warn!(problem = problem.0, "an adapter could not do what it was asked for")).ok()
}

/// How a message is written
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// A mail
    Mail,
    /// A message to a telephone
    Text,
}

impl Writing {
    fn code(self) -> &'static str {
        match self {
            Self::Mail => "email",
            Self::Text => "text",
        }
    }

    /// Whether there is anybody here who sends it
    pub fn is_possible(self, app: &App) -> bool {
        match self {
            Self::Mail => app.adapters().mailer.is_some(),
            Self::Text => app.adapters().texter.is_some(),
        }
    }
}

/// Plans a message to a person about something that they were asked, or have asked for
pub fn plan(
    work: &Work<'_>,
    (customer, key): (&CustomerId, &DataKey),
    about: impl std::fmt::Display,
    way: Writing,
    message: &Outgoing,
) -> Result<MessageId, ApiError> {
    let id = ids::stored(&message.id, MessageId::parse)?;
    work.tx
        .prepare_cached(
            "INSERT INTO messages (tenant_id, message_id, customer_id, check_id, channel, state, sealed_message, planned_ms, changed_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, 'planned', ?6, ?7, ?7)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            customer.as_str(),
            about.to_string(),
            way.code(),
            key.seal(&Place::Message(id.clone()), &serde_json::to_vec(message)?)?,
            work.moment.ms()
        ])?;
    Ok(id)
}

fn send(app: &App, tenant: &TenantId, adapters: &Adapters, id: &MessageId) -> Result<(), ApiError> {
    let Planned { about, way, message } = read(app, tenant, |work| planned(work, id))?;
    let sent = match way {
        Writing::Text => adapters.texter.as_ref().map(|texter| texter.send(&message)),
        Writing::Mail => adapters.mailer.as_ref().map(|mailer| mailer.send(&message)),
    };
    let has_left = sent.and_then(noted).is_some();
    write(app, tenant, |work| {
        // What was sent is not kept, but for the mailbox of the sandbox.
        let kept = app.config.sandbox && has_left;
        work.tx
            .prepare_cached(
                "UPDATE messages SET state = ?3, changed_ms = ?4, sealed_message = CASE WHEN ?5 THEN sealed_message END \
                 WHERE tenant_id = ?1 AND message_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), id.as_str(), if has_left { "sent" } else { "failed" }, work.moment.ms(), kept])?;
        if has_left { Ok(()) } else { fails(work, &about) }
    })
}

/// Whoever waits for a message that did not reach them is told, where it was about a step
fn fails(work: &Work<'_>, about: &str) -> Result<(), ApiError> {
    if let Some(request) = RequestId::parse(about) {
        return accounts::failed(work, &request, "not_sent");
    }
    let check = CheckId::parse(about).map(|id| Check::find(work, &id)).transpose()?.flatten();
    check.filter(|check| check.is_waiting(work)).map_or(Ok(()), |check| check.fail(work, CheckFailure::Undeliverable))
}

/// Whether a message that was planned has left
pub fn has_left(work: &Work<'_>, id: &MessageId) -> Result<bool, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT count(*) > 0 FROM messages WHERE tenant_id = ?1 AND message_id = ?2 AND state = 'sent'")?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| row.get(0))?)
}

/// A message came back: whoever waits for it is told; whether there is such a message
pub fn undeliverable(work: &Work<'_>, id: &MessageId) -> Result<bool, ApiError> {
    let about: Option<String> = work
        .tx
        .prepare_cached("SELECT check_id FROM messages WHERE tenant_id = ?1 AND message_id = ?2")?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| row.get(0))
        .optional()?;
    let Some(about) = about else { return Ok(false) };
    fails(work, &about).map(|()| true)
}

/// A message that waits to be sent
struct Planned {
    /// What it is about: a check, a code, or a request
    about: String,
    way: Writing,
    message: Outgoing,
}

fn planned(work: &Work<'_>, id: &MessageId) -> Result<Planned, ApiError> {
    let (customer, about, channel, sealed): (String, String, String, Vec<u8>) = work
        .tx
        .prepare_cached(
            "SELECT customer_id, check_id, channel, sealed_message FROM messages WHERE tenant_id = ?1 AND message_id = ?2 AND state = 'planned'",
        )?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?
        .ok_or_else(super::check::unknown)?;
    let key = work.key_of(&ids::stored(&customer, CustomerId::parse)?)?.ok_or_else(super::check::unknown)?;
    let message = serde_json::from_slice(&key.open(&Place::Message(id.clone()), &sealed)?)?;
    Ok(Planned { about, way: if channel == Writing::Text.code() { Writing::Text } else { Writing::Mail }, message })
}

fn look_up(app: &App, tenant: &TenantId, adapters: &Adapters, id: &CheckId) -> Result<(), ApiError> {
    let check = read(app, tenant, |work| Check::load(work, id))?;
    let address = check.details.address.as_ref().ok_or_else(|| ApiError::internal("an address check without an address"))?;
    let found = adapters.address_check.as_ref().map(|adapter| adapter.check(address)).and_then(noted);
    write(app, tenant, |work| {
        let check = Check::load(work, id)?;
        let session = Session::load(work, &check.session)?;
        match found {
            Some(AddressFound::Exact) => check.pass(work, &session),
            Some(AddressFound::Suggestion(suggestion)) => {
                check.keep(work, &session, &Details { suggestion: Some(suggestion), ..check.details.clone() }, None)
            }
            Some(AddressFound::Unknown) => check.fail(work, CheckFailure::UnknownAddress),
            None => check.fail(work, CheckFailure::Unavailable),
        }
    })
}

fn identify(app: &App, tenant: &TenantId, adapters: &Adapters, id: &CheckId) -> Result<(), ApiError> {
    let (check, session) = read(app, tenant, |work| {
        let check = Check::load(work, id)?;
        let session = Session::load(work, &check.session)?;
        Ok((check, session))
    })?;
    let question = IdentityQuestion {
        check: id.to_string(),
        public_url: app.config.public_url.clone(),
        return_url: check.details.return_url.clone(),
        locale: session.locale.clone(),
    };
    let started = adapters.identity_check.as_ref().map(|adapter| adapter.start(&question)).and_then(noted);
    write(app, tenant, |work| {
        let check = Check::load(work, id)?;
        match &started {
            Some(started) => {
                let details = Details { url: Some(started.url.clone()), ..check.details.clone() };
                check.keep(work, &session, &details, Some(&started.provider_ref))
            }
            None => check.fail(work, CheckFailure::Unavailable),
        }
    })
}

fn ask(app: &App, tenant: &TenantId, adapters: &Adapters, id: &CheckId) -> Result<(), ApiError> {
    let check = read(app, tenant, |work| Check::load(work, id))?;
    let (Some(adapter), Some(provider_ref)) = (&adapters.identity_check, &check.provider_ref) else { return Ok(()) };
    // Where nobody can be asked now, it goes on waiting.
    let Some(result) = noted(adapter.result(provider_ref)).flatten() else { return Ok(()) };
    write(app, tenant, |work| identified(work, id, result))
}

/// Writes down what came of an identity check; nothing happens to one that no longer waits
pub fn identified(work: &Work<'_>, id: &CheckId, result: IdentityResult) -> Result<(), ApiError> {
    let check = Check::load(work, id)?;
    if !check.is_waiting(work) {
        return Ok(());
    }
    match result {
        IdentityResult::Passed => check.pass(work, &Session::load(work, &check.session)?),
        IdentityResult::Failed => check.fail(work, CheckFailure::NotIdentified),
        IdentityResult::Cancelled => check.fail(work, CheckFailure::Cancelled),
    }
}

/// Whose check it is; asked where the check's unguessable id is all that a visitor has
pub fn tenant_of(app: &App, id: &CheckId) -> Result<TenantId, ApiError> {
    let tenant: Option<String> = app.store.read(|tx| {
        let mut statement = tx.prepare_cached("SELECT tenant_id FROM checks WHERE check_id = ?1")?;
        Ok(statement.query_row([id.as_str()], |row| row.get(0)).optional()?)
    })?;
    ids::stored(&tenant.ok_or_else(super::check::unknown)?, TenantId::parse)
}

/// Messages of which a crash has left it unknown whether they left: they are named so, for somebody to look at, and never sent
///
/// Every errand that is under way ends within the time that a request may take; what still waits after ten minutes has nobody who sends it.
pub fn sweep(app: &App) -> Result<(), ApiError> {
    const FORLORN_MS: i64 = 10 * 60 * 1_000;
    let waiting: Vec<String> = app.store.read(|tx| {
        let mut statement = tx.prepare_cached("SELECT DISTINCT tenant_id FROM messages WHERE state = 'planned'")?;
        let rows = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(rows)
    })?;
    for tenant in waiting {
        write(app, &ids::stored(&tenant, TenantId::parse)?, |work| {
            let before = work.moment.ms().saturating_sub(FORLORN_MS);
            let forlorn: Vec<String> = work
                .tx
                .prepare_cached(
                    "UPDATE messages SET state = 'unknown', changed_ms = ?2 WHERE tenant_id = ?1 AND state = 'planned' AND planned_ms < ?3 \
                     RETURNING check_id",
                )?
                .query_map(params![work.tenant.as_str(), work.moment.ms(), before], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            if !forlorn.is_empty() {
                tracing::warn!(forlorn = forlorn.len(), "messages of which it is unknown whether they left");
            }
            forlorn.iter().filter_map(|about| RequestId::parse(about)).try_for_each(|id| accounts::failed(work, &id, "unknown_delivery"))
        })?;
    }
    Ok(())
}
