//! The answers about a customer's account: no key, for the token is the right; only the shop opens one by its key.

use super::extract::{Once, Secret, Segment, Segments, Strict};
use super::handlers::{Service, key_is_there, ok};
use super::paylinks::{self, DISCREET};
use super::proofs::attachment;
use crate::accounts::code::Sending;
use crate::accounts::{self, Access, Answered, Made};
use crate::app::{App, Caller, blocking};
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::rights::Person;
use crate::steps::{self, Errand};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_wire::http::{AskAccount, GrantAccess, RequestAnswered, SendCode, TypeCode};

/// The access of a token, and whoever acts by it
pub async fn opened(app: &Arc<App>, token: String) -> Result<(Caller, Access), ApiError> {
    let app = Arc::clone(app);
    blocking(move || accounts::opened(&app, &token)).await
}

pub async fn account(State(app): Service, Segment(token): Segment) -> Response {
    let looked = async {
        let (caller, access) = opened(&app, token).await?;
        app.read(caller, move |work| ok(&accounts::view(work, &access)?)).await
    };
    (DISCREET, looked.await).into_response()
}

pub async fn transfer(State(app): Service, Segment(token): Segment, RawQuery(query): RawQuery) -> Response {
    let looked = async {
        let wanted = accounts::transfer::wanted(query.as_deref().unwrap_or_default())?;
        let (caller, access) = opened(&app, token).await?;
        app.read(caller, move |work| ok(&accounts::transfer::transfer(work, &access, &wanted)?)).await
    };
    (DISCREET, looked.await).into_response()
}

/// What the customer asks for: done once under their key, then acknowledged by mail, then shown
pub async fn ask(State(app): Service, Segment(token): Segment, Once(key): Once, Strict(request): Strict<AskAccount>) -> Response {
    let asked = async {
        let (caller, access) = opened(&app, token).await?;
        let caller = Caller { idempotency_key: key.map(|key| access.key(&key)), ..caller };
        key_is_there(&caller, "a request")?;
        let (reader, looking) = (caller.clone(), access.clone());
        let Made { answered, message } = app.write(caller, move |work| accounts::make(work, &access, &request)).await?;
        if let Some(message) = message {
            let (doing, tenant, errand) = (Arc::clone(&app), reader.tenant.clone(), Errand::Send(message));
            blocking(move || steps::run(&doing, &tenant, &errand)).await?;
        }
        let Answered { request, outcome, why } = answered;
        app.read(reader, move |work| ok(&RequestAnswered { request, outcome, why, view: accounts::view(work, &looking)? })).await
    };
    (DISCREET, asked.await).into_response()
}

/// One of the documents that the account lists: as text, or as PDF with `?as=pdf` or for whoever accepts that first
pub async fn document(State(app): Service, Segments(token, id): Segments, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let read = async {
        let is_pdf = is_pdf(query.as_deref().unwrap_or_default(), &headers)?;
        let (caller, access) = opened(&app, token).await?;
        app.read(caller, move |work| {
            let document = accounts::document(work, &access, &id)?;
            let name = is_pdf.then(|| attachment("document", &document.title, "pdf"));
            Ok((name, if is_pdf { document.pdf(work, accounts::language_of(work, &access)?)? } else { document.text.into_bytes() }))
        })
        .await
    };
    match read.await {
        Ok((Some(name), pdf)) => {
            let kept = (header::CONTENT_DISPOSITION, name);
            (DISCREET, [(header::CONTENT_TYPE, "application/pdf".to_owned()), kept], pdf).into_response()
        }
        Ok((None, text)) => (DISCREET, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
        Err(problem) => (DISCREET, problem).into_response(),
    }
}

fn is_pdf(query: &str, headers: &HeaderMap) -> Result<bool, ApiError> {
    match query {
        "as=pdf" => Ok(true),
        "" => {
            let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
            Ok(accepted.split([',', ';']).next().is_some_and(|first| first.trim() == "application/pdf"))
        }
        _ => Err(ApiError::new(
            400,
            "query.unknown",
            "the query has a parameter or a value that is not known here",
            "pass `as=pdf` or nothing",
        )),
    }
}

// None of these is under a key: its answer would be kept, and the token is to be nowhere.

pub async fn of_customer(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<GrantAccess>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| Answer::json(201, &accounts::grant(work, Person::Customer(&reference), &request)?)).await
}

pub async fn of_guest(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<GrantAccess>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| Answer::json(201, &accounts::grant(work, Person::Guest(&reference), &request)?)).await
}

pub async fn send_code(State(app): Service, Segment(token): Segment, Strict(request): Strict<SendCode>) -> Response {
    let sent = async {
        let (caller, link) = paylinks::opened(&app, token).await?;
        let reader = caller.clone();
        let Sending { message, answer } = app.write(caller, move |work| accounts::code::send(work, &link, &request)).await?;
        let (doing, tenant, errand) = (Arc::clone(&app), reader.tenant.clone(), Errand::Send(message.clone()));
        blocking(move || steps::run(&doing, &tenant, &errand)).await?;
        let has_left = app.read(reader, move |work| steps::has_left(work, &message)).await?;
        if has_left { ok(&answer) } else { Err(not_sent()) }
    };
    (DISCREET, sent.await).into_response()
}

fn not_sent() -> ApiError {
    ApiError {
        retry_after: Some(60),
        ..ApiError::new(503, "access.not_sent", "the code could not be sent", "try again in a while, or the other way")
    }
}

pub async fn type_code(State(app): Service, Segment(token): Segment, Strict(request): Strict<TypeCode>) -> Response {
    let opened = async {
        let (caller, link) = paylinks::opened(&app, token).await?;
        app.write(caller, move |work| accounts::code::redeem(work, &link, &request)).await
    };
    (DISCREET, opened.await).into_response()
}
