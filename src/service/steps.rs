//! Steps: what a shopper confirms at the checkout, so that a method comes back.
//!
//! **Invariant:** whether something that a visitor types belongs to a customer of the shop is never looked up: nothing here can tell.
//! **Invariant:** a step that the session's policy does not mention, or that cannot be done here, does not exist.

mod adapters;
mod check;
pub mod code;
mod confirmed;
mod dial;
mod errands;
mod export;
mod said;
mod sandbox;

pub use adapters::{
    AdapterProblem, Adapters, AddressCheck, AddressFound, IdentityCheck, IdentityQuestion, IdentityResult, IdentityStarted, Mailer,
    Outgoing, Texter,
};
pub use check::Check;
pub use confirmed::BIRTH_DATE;
pub use errands::{Errand, Writing, has_left, identified, plan, run, sweep, tenant_of, undeliverable};
pub use export::export;
pub use said::{hidden_mail, mail_address, masked_mail, masked_phone, phone_number};

use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use crate::ids;
use crate::sessions::Session;
use check::{Beginning, Details, State};
use confirmed::is_same;
use rusqlite::params;
use said::Said;
use serde::Serialize;
use serde_json::json;
use tresen_core::ident::{CheckId, MessageId, SessionId};
use tresen_core::steps::{Step, Steps};
use tresen_texts::{CodeFor, CodeMessage, Language};
use tresen_wire::decision::hex;
use tresen_wire::events::CheckFailure;
use tresen_wire::facts::Who;
use tresen_wire::http::{AnswerStep, Facts, StartStep, StepAnswered, StepBrief, StepList, StepState};

/// Codes that a person may have sent to them in an hour
const SENDS_MAX: u32 = 3;
/// Addresses and identities that may be checked for a person in an hour
const LOOKUPS_MAX: u32 = 10;
const HOUR_MS: i64 = 60 * 60 * 1_000;
/// How long an address that is suggested waits for an answer
const ADDRESS_MINUTES: u8 = 30;
/// How long an identity check may take
const IDENTITY_MINUTES: u8 = 60;

/// Reads the name of a step
pub fn step(text: &str) -> Result<Step, ApiError> {
    Step::from_code(text).ok_or_else(unknown)
}

fn unknown() -> ApiError {
    ApiError::new(404, "step.unknown", "there is no such step", "take one of `steps` of the session")
}

/// The steps that the session's policy may ask for and that can be done here
fn asked(work: &Work<'_>, session: &Session) -> Steps {
    session.policy.steps().and(work.app.possible_steps())
}

/// The session, if it still counts and its policy may ask for the step
fn asking(work: &Work<'_>, session: &SessionId, step: Step) -> Result<Session, ApiError> {
    let session = Session::current(work, session)?;
    if asked(work, &session).has(step) { Ok(session) } else { Err(unknown()) }
}

/// Does something once for a key of the caller's; answers nothing that had to be kept, for what is said here is personal
fn quietly_once<T>(
    work: &Work<'_>,
    (route, session, step): (&str, &SessionId, Step),
    request: &impl Serialize,
    act: impl FnOnce() -> Result<T, ApiError>,
) -> Result<Option<T>, ApiError> {
    // Keyed, for whoever has the database could find a birth date or a code by trying all of them.
    let request = work.app.vault.index(&work.tenant, "step", &serde_json::to_string(request)?);
    let fingerprint = fingerprint(route, &format!("{session}/{}", step.code()), &hex(&request))?;
    let mut done = None;
    once(work, fingerprint, || {
        done = Some(act()?);
        Answer::json(200, &())
    })?;
    Ok(done)
}

/// Begins a step, and says what is to be done outside for it
pub fn start(work: &Work<'_>, id: &SessionId, step: Step, request: &StartStep) -> Result<Option<Errand>, ApiError> {
    let session = asking(work, id, step)?;
    let said = said::read(step, request, &session.policy.market())?;
    let errand = quietly_once(work, ("POST /v1/checkout/{session}/steps/{step}", id, step), request, || match said {
        Said::BirthDate(date) => birth_date(work, &session, date).map(|()| None),
        Said::Email(said) => email(work, &session, said),
        Said::Phone(phone) => {
            let details = Details { phone: Some(phone.clone()), ..Details::default() };
            send(work, &session, Step::Phone, phone, details).map(Some)
        }
        Said::Address(address) => {
            let details = Details { address: Some(address), ..Details::default() };
            Ok(Some(Errand::LookUp(look_up(work, &session, Step::Address, details, ADDRESS_MINUTES)?)))
        }
        Said::Identity(back) => identity(work, &session, back),
    })?;
    Ok(errand.flatten())
}

/// A birth date is confirmed by being typed; where the shop knows another one, it is a mistake
fn birth_date(work: &Work<'_>, session: &Session, date: String) -> Result<(), ApiError> {
    let facts = Facts::from_iter([(BIRTH_DATE.to_owned(), json!(date))]);
    if let Some(problem) = session.policy.check(&facts, "", Who::Client, work.moment.today)?.into_iter().next() {
        return Err(ApiError::invalid("step.birth_date_malformed", "/birth_date", problem.message, problem.help));
    }
    if session.details.facts.get(BIRTH_DATE).is_some_and(|known| *known != json!(date)) {
        let help = "let the shopper correct it, there or here";
        return Err(ApiError::invalid("step.birth_date_differs", "/birth_date", "the shop says another birth date of this person", help));
    }
    let details = Details { birth_date: Some(date), ..Details::default() };
    let check = begin(work, session, Step::BirthDate, details, None, ADDRESS_MINUTES)?;
    Check::load(work, &check)?.pass(work, session)
}

fn email(work: &Work<'_>, session: &Session, said: Option<String>) -> Result<Option<Errand>, ApiError> {
    let to = match (session.email(work)?, said) {
        (Some(_), Some(_)) => {
            let help = "leave it out: the code goes to the address that the shop has";
            return Err(ApiError::invalid("step.email_known", "/email", "the session has an address already", help));
        }
        (None, None) => {
            return Err(ApiError::invalid("step.field_missing", "/email", "the session has no address", "say where the code is to go"));
        }
        (Some(email), None) | (None, Some(email)) => email,
    };
    let counting = Check::counting(work, session)?;
    if counting.iter().any(|check| check.step == Step::Email && is_same(check.details.email.as_deref(), Some(&to))) {
        return Ok(None);
    }
    let details = Details { email: Some(to.clone()), ..Details::default() };
    send(work, session, Step::Email, to, details).map(Some)
}

fn send(work: &Work<'_>, session: &Session, step: Step, recipient: String, details: Details) -> Result<Errand, ApiError> {
    let sent: u32 = work
        .tx
        .prepare_cached("SELECT count(*) FROM messages WHERE tenant_id = ?1 AND customer_id = ?2 AND planned_ms > ?3")?
        .query_row(params![work.tenant.as_str(), session.customer.as_str(), work.moment.ms().saturating_sub(HOUR_MS)], |row| row.get(0))?;
    if sent >= SENDS_MAX {
        let message = format!("{SENDS_MAX} codes have been sent within an hour");
        return Err(ApiError::new(429, "step.too_many_sends", message, "wait until an hour has passed since the first of them"));
    }
    let code = code::new()?;
    let language = Language::choose(&session.locale, session.address_form.code());
    let written = CodeMessage::new(language, CodeFor::Checkout, &session.policy.merchant().name, &code, code::MINUTES)
        .ok_or_else(|| ApiError::internal("a damaged language file"))?;
    let check = begin(work, session, step, details, Some(&code), code::MINUTES)?;
    let (subject, text) = if step == Step::Phone { (String::new(), written.text) } else { (written.subject, written.mail) };
    let message = Outgoing {
        id: ids::by_time(work.moment.now, MessageId::from_bytes)?.to_string(),
        sender: session.policy.merchant().into(),
        recipient,
        subject,
        text,
        locale: session.locale.clone(),
        tone: session.address_form,
    };
    let way = if step == Step::Phone { Writing::Text } else { Writing::Mail };
    plan(work, (&session.customer, &session.key), &check, way, &message).map(Errand::Send)
}

fn identity(work: &Work<'_>, session: &Session, back: Option<String>) -> Result<Option<Errand>, ApiError> {
    let return_url = said::way_back(session, back)?;
    if Check::counting(work, session)?.iter().any(|check| check.step == Step::Identity) {
        return Ok(None);
    }
    let details = Details { return_url, ..Details::default() };
    Ok(Some(Errand::Identify(look_up(work, session, Step::Identity, details, IDENTITY_MINUTES)?)))
}

/// Begins a check with somebody outside
fn look_up(work: &Work<'_>, session: &Session, step: Step, details: Details, minutes: u8) -> Result<CheckId, ApiError> {
    let begun: u32 = work
        .tx
        .prepare_cached(
            "SELECT count(*) FROM checks WHERE tenant_id = ?1 AND customer_id = ?2 AND step IN ('address', 'identity') AND started_ms > ?3",
        )?
        .query_row(params![work.tenant.as_str(), session.customer.as_str(), work.moment.ms().saturating_sub(HOUR_MS)], |row| row.get(0))?;
    if begun >= LOOKUPS_MAX {
        let message = format!("{LOOKUPS_MAX} checks have begun within an hour");
        return Err(ApiError::new(429, "step.too_many_checks", message, "wait until an hour has passed since the first of them"));
    }
    begin(work, session, step, details, None, minutes)
}

fn begin(work: &Work<'_>, session: &Session, step: Step, details: Details, code: Option<&str>, minutes: u8) -> Result<CheckId, ApiError> {
    let id = ids::secret(CheckId::from_bytes)?;
    let (code_hash, attempts) = (code.map(|code| code::hash(work, &id, code)), if code.is_some() { code::ATTEMPTS } else { 0 });
    check::begin(work, session, step, Beginning { id, code_hash, attempts, details, minutes })
}

/// Takes the shopper's answer to a step
pub fn answer(work: &Work<'_>, id: &SessionId, step: Step, request: &AnswerStep) -> Result<(), ApiError> {
    let session = asking(work, id, step)?;
    let is_complete = match step {
        Step::Email | Step::Phone => request.code.is_some() && request.accept.is_none(),
        Step::Address => request.accept.is_some() && request.code.is_none(),
        Step::BirthDate | Step::Identity => false,
    };
    if !is_complete {
        let help = "a mail and a message to a telephone are answered with `code`, a suggested address with `accept`";
        return Err(ApiError::invalid("step.answer_malformed", "", "this step is not answered like this", help));
    }
    let code = request.code.as_deref().map(code::read).transpose()?;
    quietly_once(work, ("POST /v1/checkout/{session}/steps/{step}/answer", id, step), request, || {
        let waiting = Check::last(work, &session, step)?.filter(|check| check.state == State::Started);
        let Some(check) = waiting else {
            // Whoever sends the last answer twice has still confirmed it.
            return if session.confirmed(work)?.steps(None).has(step) { Ok(()) } else { Err(not_started()) };
        };
        if !check.is_waiting(work) {
            return Err(ApiError::new(409, "step.expired", "the time for this step has run out", "start it again"));
        }
        match &code {
            Some(code) if check.code_hash.as_deref().is_some_and(|kept| code::is(work, &check.id, code, kept)) => {
                check.pass(work, &session)
            }
            Some(_) => check.wrong(work),
            None => suggestion(work, &session, &check, request.accept == Some(true)),
        }
    })?;
    Ok(())
}

fn suggestion(work: &Work<'_>, session: &Session, check: &Check, is_taken: bool) -> Result<(), ApiError> {
    let Some(suggested) = check.details.suggestion.clone() else { return Err(not_started()) };
    if !is_taken {
        return check.fail(work, CheckFailure::SuggestionDeclined);
    }
    check.keep(work, session, &Details { address: Some(suggested), suggestion: None, ..check.details.clone() }, None)?;
    check.pass(work, session)
}

fn not_started() -> ApiError {
    ApiError::new(
        409,
        "step.not_started",
        "nothing of this step waits for an answer",
        "start it first; another start makes the one before void",
    )
}

/// How far the steps of a session are, in short
pub fn briefs(work: &Work<'_>, session: &Session) -> Result<Vec<StepBrief>, ApiError> {
    Ok(states(work, session)?.into_iter().map(|state| state.brief).collect())
}

/// How far the steps of a session are
pub fn list(work: &Work<'_>, id: &SessionId) -> Result<StepList, ApiError> {
    let session = Session::current(work, id)?;
    Ok(StepList { steps: states(work, &session)?, facts: session.told_facts(work)? })
}

/// How far one step is, and the facts to decide on from now on
pub fn answered(work: &Work<'_>, id: &SessionId, step: Step) -> Result<StepAnswered, ApiError> {
    let session = asking(work, id, step)?;
    let confirmed = confirmed_steps(work, &session)?;
    Ok(StepAnswered { state: state(work, &session, step, confirmed)?, facts: session.told_facts(work)? })
}

/// An identity check of the session's that waits, and that somebody may be asked about
pub fn waiting_identity(work: &Work<'_>, id: &SessionId) -> Result<Option<Errand>, ApiError> {
    let session = Session::current(work, id)?;
    if !asked(work, &session).has(Step::Identity) {
        return Ok(None);
    }
    let waiting = Check::last(work, &session, Step::Identity)?.filter(|check| check.is_waiting(work) && check.provider_ref.is_some());
    Ok(waiting.map(|check| Errand::Ask(check.id)))
}

fn confirmed_steps(work: &Work<'_>, session: &Session) -> Result<Steps, ApiError> {
    Ok(session.confirmed(work)?.steps(session.details.facts.get(BIRTH_DATE)))
}

fn states(work: &Work<'_>, session: &Session) -> Result<Vec<StepState>, ApiError> {
    let asked = asked(work, session);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let confirmed = confirmed_steps(work, session)?;
    asked.iter().map(|step| state(work, session, step, confirmed)).collect()
}

fn state(work: &Work<'_>, session: &Session, step: Step, confirmed: Steps) -> Result<StepState, ApiError> {
    let plain = |state| StepState {
        brief: StepBrief { step: step.code(), state },
        sent_to: None,
        attempts_left: None,
        expires_at: None,
        url: None,
        suggestion: None,
    };
    if confirmed.has(step) {
        return Ok(plain("passed"));
    }
    let Some(check) = Check::last(work, session, step)? else { return Ok(plain("open")) };
    if check.is_waiting(work) {
        let Details { email, phone, suggestion, url, .. } = check.details;
        return Ok(StepState {
            sent_to: email.map(|to| said::masked_mail(&to)).or_else(|| phone.map(|to| said::masked_phone(&to))),
            attempts_left: check.code_hash.is_some().then_some(check.attempts_left),
            expires_at: Some(instant(check.expires_ms)?),
            url,
            suggestion,
            ..plain("started")
        });
    }
    Ok(plain(if check.state == State::Failed { "failed" } else { "open" }))
}
