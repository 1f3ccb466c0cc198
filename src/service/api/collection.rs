//! The answers about collection: what comes next of every claim and why not, how customers are reached.

use super::extract::{Mail, Secret, Segment, Segments, Strict};
use super::handlers::{Service, ok};
use crate::collect::{self, Form};
use crate::customers::Kind;
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use crate::mail;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use tresen_wire::decision::hex;
use tresen_wire::http::{ContactDetails, FinishTask, TellDelivery};

pub async fn open_claims(State(app): Service, Secret(caller): Secret, RawQuery(query): RawQuery) -> Result<Answer, ApiError> {
    let wanted = collect::page(query.as_deref().unwrap_or_default())?;
    app.read(caller, move |work| ok(&collect::open_claims(work, &wanted)?)).await
}

pub async fn case(State(app): Service, Secret(caller): Secret, Segment(reference): Segment) -> Result<Answer, ApiError> {
    app.read(caller, move |work| ok(&collect::customer_case(work, &reference)?)).await
}

pub async fn put_contact(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<ContactDetails>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| {
        let subject = hex(&work.index_of(Kind::Customer, &reference));
        let asked = fingerprint("PUT /v1/customers/{reference}/contact", &subject, &request)?;
        once(work, asked, || ok(&collect::put_contact(work, &reference, &request)?))
    })
    .await
}

pub async fn message(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = collect::message_id(&id)?;
    app.read(caller, move |work| ok(&collect::message(work, &id)?)).await
}

pub async fn message_form(State(app): Service, Secret(caller): Secret, Segments(id, form): Segments) -> Result<Response, ApiError> {
    let id = collect::message_id(&id)?;
    let Form { media_type, bytes } = app.read(caller, move |work| collect::form(work, &id, &form)).await?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], bytes).into_response())
}

pub async fn tell_delivery(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<TellDelivery>,
) -> Result<Answer, ApiError> {
    let id = collect::message_id(&id)?;
    app.write(caller, move |work| {
        let asked = fingerprint("POST /v1/messages/{message}/delivery", id.as_str(), &request)?;
        once(work, asked, || ok(&collect::tell_delivery(work, &id, &request)?))
    })
    .await
}

pub async fn receive_mail(State(app): Service, Secret(caller): Secret, Mail(bytes): Mail) -> Result<Answer, ApiError> {
    // Under no key: the same mail again changes nothing.
    app.write(caller, move |work| ok(&mail::take_in(work, &bytes)?)).await
}

pub async fn tasks(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&collect::tasks(work)?)).await
}

pub async fn finish_task(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<FinishTask>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| {
        let asked = fingerprint("POST /v1/tasks/{task}/done", &id, &request)?;
        once(work, asked, || ok(&collect::finish_task(work, &id, &request)?))
    })
    .await
}
