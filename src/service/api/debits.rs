//! The answers about SEPA direct debits.

use super::extract::{Secret, Segment, Strict};
use super::handlers::{Service, key_is_there, ok};
use super::money::does_and_sends;
use crate::debits;
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tresen_wire::http::{Nothing, SettleBatch, TellDebit};

pub async fn list(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&debits::list(work)?)).await
}

pub async fn hand_in(State(app): Service, Secret(caller): Secret, Strict(request): Strict<Nothing>) -> Result<Answer, ApiError> {
    key_is_there(&caller, "a batch")?;
    let asked = fingerprint("POST /v1/debits/batches", "", &request)?;
    app.write(caller, move |work| once(work, asked, || Answer::json(201, &debits::hand_in(work)?))).await
}

/// The file, as the bank takes it
pub async fn file(State(app): Service, Secret(caller): Secret, Segment(batch): Segment) -> Result<Response, ApiError> {
    let xml = app.read(caller, move |work| debits::file(work, &batch)).await?;
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

pub async fn settled(
    State(app): Service,
    Secret(caller): Secret,
    Segment(batch): Segment,
    Strict(request): Strict<SettleBatch>,
) -> Result<Answer, ApiError> {
    let asked = fingerprint("POST /v1/debits/batches/{batch}/settled", &batch, &request)?;
    app.write(caller, move |work| once(work, asked, || ok(&debits::batch_settled(work, &batch, request.on.as_deref())?))).await
}

/// What became of a debit; its customer is told of what came back once that is written down
pub async fn outcome(
    State(app): Service,
    Secret(caller): Secret,
    Segment(debit): Segment,
    Strict(request): Strict<TellDebit>,
) -> Result<Answer, ApiError> {
    does_and_sends(app, caller, ("POST /v1/debits/{debit}/outcome", debit.clone()), request, move |work, request| {
        let (debit, message) = debits::tell(work, &debit, request)?;
        Ok((ok(&debit.seen())?, message))
    })
    .await
}
