//! The answers, one function a route: check, do the work in one transaction, write the answer.

use super::channel::From;
use super::extract::{AnyKey, Secret, Segment, Segments, Strict, Text};
use super::words::Words;
use crate::app::{App, Caller, Work, blocking};
use crate::clock::wire;
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use crate::rights::{self, Person};
use crate::sessions::{self, Session};
use crate::{
    api_keys, bureau as bureau_desk, confirm as confirming, explain, policies as policy_shelf, records, reviews as review_shelf, sandbox,
    shadow as shadow_policy, signing, steps, timemachine,
};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::sync::Arc;
use tresen_wire::credit::MethodRegime;
use tresen_wire::decision::hex;
use tresen_wire::http::{
    AnswerReview, AnswerStep, AskReview, BureauSimulator, Checkout, Confirm, CreateApiKey, ErasePerson, ExplainMethod, Health, INTERFACE,
    Merchant, MoveClock, OpenSession, OwnReviews, Preview, StartStep,
};

pub type Service = State<Arc<App>>;

pub fn ok(body: &impl Serialize) -> Result<Answer, ApiError> {
    Answer::json(200, body)
}

pub async fn health(State(app): Service) -> Result<Answer, ApiError> {
    let sandbox = app.config.sandbox;
    crate::app::blocking(move || app.store.read(|tx| Ok(tx.query_row("SELECT 1", [], |_| Ok(()))?))).await?;
    ok(&Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        interface: INTERFACE,
        semantics_version: tresen_core::SEMANTICS_VERSION,
        sandbox,
    })
}

pub async fn openapi(State(app): Service) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], crate::openapi::document(app.config.sandbox)).into_response()
}

pub async fn open_session(State(app): Service, Secret(caller): Secret, Strict(request): Strict<OpenSession>) -> Result<Answer, ApiError> {
    let asked = fingerprint("POST /v1/sessions", "", &request)?;
    bureau_desk::before_opening(&app, &caller, &request).await?;
    app.write(caller, move |work| once(work, asked, || Answer::json(201, &sessions::open(work, request)?))).await
}

pub async fn checkout(State(app): Service, AnyKey(caller): AnyKey, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = sessions::id(&id)?;
    app.limiter.take(id.as_str())?;
    app.read(caller, move |work| {
        let session = Session::current(work, &id)?;
        let residual = session.residual(work)?;
        let (settled_residual, settle_amount) = match residual.settled {
            Some((bytes, amount)) => (Some(STANDARD.encode(bytes)), Some(amount)),
            None => (None, None),
        };
        let facts = session.told_facts(work)?;
        let credit = session.policy.regimes(&facts, work.moment.today)?;
        let steps = steps::briefs(work, &session)?;
        let reviews = review_shelf::own(work, &session)?;
        ok(&Checkout {
            residual: STANDARD.encode(residual.bytes),
            settled_residual,
            settle_amount,
            residual_hash: residual.hash.to_string(),
            policy_hash: session.policy.hash().to_string(),
            today: work.moment.today.to_string(),
            locale: session.locale.clone(),
            address_form: session.address_form,
            merchant: merchant(session.policy.merchant(), bureau_desk::asked(work, &session)?),
            expires_at: wire(session.expires),
            has_more: !steps.is_empty() || !reviews.is_empty() || credit.values().any(MethodRegime::shows_more),
            credit,
            reviews,
            facts,
            steps,
            fallback: session.policy.fallback(),
            session: session.id.to_string(),
        })
    })
    .await
}

pub async fn start_step(
    State(app): Service,
    AnyKey(caller): AnyKey,
    Segments(session, step): Segments,
    Strict(request): Strict<StartStep>,
) -> Result<Answer, ApiError> {
    let (session, step) = (sessions::id(&session)?, steps::step(&step)?);
    app.limiter.take(session.as_str())?;
    let (begun_for, reader) = (session.clone(), caller.clone());
    let errand = app.write(caller, move |work| steps::start(work, &begun_for, step, &request)).await?;
    run(&app, &reader, errand).await?;
    app.read(reader, move |work| ok(&steps::answered(work, &session, step)?)).await
}

/// Does outside what has been committed
async fn run(app: &Arc<App>, caller: &Caller, errand: Option<steps::Errand>) -> Result<(), ApiError> {
    let Some(errand) = errand else { return Ok(()) };
    let (app, tenant) = (Arc::clone(app), caller.tenant.clone());
    blocking(move || steps::run(&app, &tenant, &errand)).await
}

pub async fn answer_step(
    State(app): Service,
    AnyKey(caller): AnyKey,
    Segments(session, step): Segments,
    Strict(request): Strict<AnswerStep>,
) -> Result<Answer, ApiError> {
    let (session, step) = (sessions::id(&session)?, steps::step(&step)?);
    app.limiter.take(session.as_str())?;
    app.write(caller, move |work| {
        steps::answer(work, &session, step, &request)?;
        ok(&steps::answered(work, &session, step)?)
    })
    .await
}

pub async fn steps_of(State(app): Service, AnyKey(caller): AnyKey, Segment(session): Segment) -> Result<Answer, ApiError> {
    let session = sessions::id(&session)?;
    app.limiter.take(session.as_str())?;
    let (asked_of, reader) = (session.clone(), caller.clone());
    let waiting = app.read(caller, move |work| steps::waiting_identity(work, &asked_of)).await?;
    run(&app, &reader, waiting).await?;
    app.read(reader, move |work| ok(&steps::list(work, &session)?)).await
}

pub async fn messages(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&sandbox::messages(work)?)).await
}

fn merchant(merchant: &tresen_wire::policy::Merchant, bureau: Option<String>) -> Merchant {
    Merchant { name: merchant.name.clone(), creditor_id: merchant.creditor_id.clone(), bureau }
}

pub async fn hint(State(app): Service, AnyKey(caller): AnyKey, From(channel): From) -> Result<Response, ApiError> {
    let answer = app.read(caller, move |work| ok(&work.active_policy()?.hint(channel, work.moment.today)?)).await?;
    // The same for everybody who shows a key of the shop, on every page of it: asked once in a while.
    Ok(([(header::CACHE_CONTROL, "public, max-age=300"), (header::VARY, "authorization")], answer).into_response())
}

/// What must not be done twice comes with a key
pub fn key_is_there(caller: &Caller, what: &str) -> Result<(), ApiError> {
    if caller.idempotency_key.is_some() {
        return Ok(());
    }
    Err(ApiError::new(
        400,
        "idempotency.key_missing",
        format!("{what} needs the header `Idempotency-Key`"),
        "send the same key with every attempt at one thing, so that it is done once",
    ))
}

pub async fn confirm(
    State(app): Service,
    Secret(caller): Secret,
    Segment(session): Segment,
    Strict(request): Strict<Confirm>,
) -> Result<Answer, ApiError> {
    key_is_there(&caller, "a confirm")?;
    confirming::check_shape(&request)?;
    let session = sessions::id(&session)?;
    let asked = fingerprint("POST /v1/sessions/{session}/confirm", session.as_str(), &request)?;
    app.write(caller, move |work| {
        let kept = once(work, asked, || confirming::confirm(work, &session, &request))?;
        confirming::beside(work, &request, kept)
    })
    .await
}

pub async fn preview(
    State(app): Service,
    Secret(caller): Secret,
    Segment(session): Segment,
    Strict(request): Strict<Preview>,
) -> Result<Answer, ApiError> {
    let session = sessions::id(&session)?;
    app.read(caller, move |work| ok(&confirming::preview(work, &session, &request)?)).await
}

pub async fn decision(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = records::id(&id)?;
    app.read(caller, move |work| ok(&records::decision(work, &id)?)).await
}

pub async fn explanation(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Words(wanted): Words,
) -> Result<Answer, ApiError> {
    let id = records::id(&id)?;
    app.read(caller, move |work| ok(&explain::decision(work, &id, &wanted)?)).await
}

pub async fn own_explanation(
    State(app): Service,
    AnyKey(caller): AnyKey,
    Segment(session): Segment,
    Strict(request): Strict<ExplainMethod>,
) -> Result<Answer, ApiError> {
    let session = sessions::id(&session)?;
    app.limiter.take(session.as_str())?;
    app.read(caller, move |work| ok(&explain::before_order(work, &session, &request)?)).await
}

pub async fn ask_review(State(app): Service, AnyKey(caller): AnyKey, Strict(request): Strict<AskReview>) -> Result<Answer, ApiError> {
    review_shelf::check_words(&request)?;
    let session = sessions::id(&request.session)?;
    app.limiter.take(session.as_str())?;
    let asked = fingerprint("POST /v1/reviews", "", &request)?;
    app.write(caller, move |work| once(work, asked, || Answer::json(201, &review_shelf::ask(work, &session, &request)?))).await
}

pub async fn reviews(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&review_shelf::list(work)?)).await
}

pub async fn review(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = review_shelf::id(&id)?;
    app.read(caller, move |work| ok(&review_shelf::find(work, &id)?)).await
}

pub async fn answer_review(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<AnswerReview>,
) -> Result<Answer, ApiError> {
    review_shelf::check_answer(&request)?;
    let id = review_shelf::id(&id)?;
    let asked = fingerprint("POST /v1/reviews/{review}/answer", id.as_str(), &request)?;
    app.write(caller, move |work| once(work, asked, || ok(&review_shelf::answer(work, &id, &request)?))).await
}

pub async fn own_reviews(State(app): Service, AnyKey(caller): AnyKey, Segment(session): Segment) -> Result<Answer, ApiError> {
    let session = sessions::id(&session)?;
    app.limiter.take(session.as_str())?;
    app.read(caller, move |work| ok(&OwnReviews { reviews: review_shelf::own(work, &Session::load(work, &session)?)? })).await
}

pub async fn account(State(app): Service, Secret(caller): Secret, Segment(reference): Segment) -> Result<Answer, ApiError> {
    app.read(caller, move |work| ok(&records::account(work, &reference)?)).await
}

pub async fn export_customer(State(app): Service, Secret(caller): Secret, Segment(reference): Segment) -> Result<Answer, ApiError> {
    app.read(caller, move |work| ok(&rights::export(work, Person::Customer(&reference))?)).await
}

pub async fn export_guest(State(app): Service, Secret(caller): Secret, Segment(reference): Segment) -> Result<Answer, ApiError> {
    app.read(caller, move |work| ok(&rights::export(work, Person::Guest(&reference))?)).await
}

pub async fn erase_customer(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<ErasePerson>,
) -> Result<Answer, ApiError> {
    erase(app, caller, move |work| {
        let person = Person::Customer(&reference);
        let asked = fingerprint("POST /v1/customers/{reference}/erase", &hex(&person.index(work)), &request)?;
        let keys = person.keys(work)?;
        Ok((once(work, asked, || ok(&rights::erase(work, person, request)?))?, keys))
    })
    .await
}

pub async fn erase_guest(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<ErasePerson>,
) -> Result<Answer, ApiError> {
    erase(app, caller, move |work| {
        let person = Person::Guest(&reference);
        let asked = fingerprint("POST /v1/guests/{guest}/erase", &hex(&person.index(work)), &request)?;
        let keys = person.keys(work)?;
        Ok((once(work, asked, || ok(&rights::erase(work, person, request)?))?, keys))
    })
    .await
}

/// Also when it is repeated: whoever could not be told that nothing lies on asks again
async fn erase(
    app: Arc<App>,
    caller: Caller,
    work: impl FnOnce(&Work<'_>) -> Result<(Answer, Vec<Vec<u8>>), ApiError> + Send + 'static,
) -> Result<Answer, ApiError> {
    let (answer, keys) = app.write(caller, work).await?;
    crate::app::blocking(move || app.store.scrub(&keys)).await?;
    Ok(answer)
}

pub async fn upload_policy(State(app): Service, Secret(caller): Secret, Text(source): Text) -> Result<Answer, ApiError> {
    app.write(caller, move |work| Answer::json(201, &policy_shelf::upload(work, &source)?)).await
}

pub async fn policies(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&policy_shelf::list(work)?)).await
}

pub async fn shadow(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&shadow_policy::report(work)?)).await
}

pub async fn begin_shadow(State(app): Service, Secret(caller): Secret, Text(source): Text) -> Result<Answer, ApiError> {
    app.write(caller, move |work| ok(&shadow_policy::begin(work, &source)?)).await
}

pub async fn end_shadow(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.write(caller, |work| ok(&shadow_policy::end(work)?)).await
}

pub async fn keys(State(app): Service, AnyKey(caller): AnyKey) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&signing::published(work)?)).await
}

pub async fn rotate_keys(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    let asked = fingerprint("POST /v1/keys/rotate", "", &())?;
    app.write(caller, move |work| once(work, asked, || ok(&signing::rotate(work)?))).await
}

pub async fn create_api_key(
    State(app): Service,
    Secret(caller): Secret,
    Strict(request): Strict<CreateApiKey>,
) -> Result<Answer, ApiError> {
    // Not repeatable by an idempotency key: the stored answer would hold the key itself.
    app.write(caller, move |work| Answer::json(201, &api_keys::create(work, request.kind)?)).await
}

pub async fn api_keys(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&api_keys::list(work)?)).await
}

pub async fn revoke_api_key(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    app.write(caller, move |work| ok(&api_keys::revoke(work, &id)?)).await
}

pub async fn clock(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&timemachine::state(work)?)).await
}

pub async fn move_clock(State(app): Service, Secret(caller): Secret, Strict(request): Strict<MoveClock>) -> Result<Answer, ApiError> {
    blocking(move || ok(&timemachine::advance(&app, &caller, &request)?)).await
}

pub async fn bureau(State(app): Service, Secret(_): Secret) -> Result<Answer, ApiError> {
    ok(&bureau_desk::simulated(&app))
}

pub async fn turn_bureau(
    State(app): Service,
    Secret(caller): Secret,
    Strict(request): Strict<BureauSimulator>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| ok(&bureau_desk::turn_simulator(work, &request)?)).await
}
