//! The answers about being told.

use super::extract::{Secret, Segment, Strict};
use super::handlers::{Service, ok};
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use crate::webhooks as desk;
use axum::extract::State;
use tresen_wire::http::{CreateWebhook, ReplayWebhook};

pub async fn create(State(app): Service, Secret(caller): Secret, Strict(request): Strict<CreateWebhook>) -> Result<Answer, ApiError> {
    // Not repeatable by an idempotency key: the stored answer would hold the secret itself.
    app.write(caller, move |work| Answer::json(201, &desk::create(work, &request)?)).await
}

pub async fn all(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&desk::all(work)?)).await
}

pub async fn remove(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    app.write(caller, move |work| ok(&desk::remove(work, &id)?)).await
}

pub async fn rotate(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    app.write(caller, move |work| ok(&desk::rotate(work, &id)?)).await
}

pub async fn enable(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    app.write(caller, move |work| ok(&desk::enable(work, &id)?)).await
}

pub async fn replay(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<ReplayWebhook>,
) -> Result<Answer, ApiError> {
    let asked = fingerprint("POST /v1/webhooks/{webhook}/replay", &id, &request)?;
    app.write(caller, move |work| once(work, asked, || ok(&desk::replay(work, &id, &request)?))).await
}

pub async fn deliveries(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    app.read(caller, move |work| ok(&desk::list(work, &id)?)).await
}
