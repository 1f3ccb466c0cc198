//! The answers about collection: what comes next of every claim and why not, how customers are reached.

use super::extract::{Secret, Segment, Strict};
use super::handlers::{Service, ok};
use crate::collect;
use crate::customers::Kind;
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use axum::extract::{RawQuery, State};
use tresen_wire::decision::hex;
use tresen_wire::http::ContactDetails;

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
