//! The answers behind a pay link: no key, for the token is the right.

use super::extract::{Secret, Segment, Strict};
use super::handlers::{Service, ok};
use crate::app::{App, Caller, blocking};
use crate::claims;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::paylinks::{self, Link};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_wire::http::NameDay;

/// Whose address is a right is told to nobody and found by no search engine
pub const DISCREET: [(HeaderName, HeaderValue); 2] = [
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
];

/// The link of a token, and whoever acts by it
pub async fn opened(app: &Arc<App>, token: String) -> Result<(Caller, Link), ApiError> {
    let app = Arc::clone(app);
    blocking(move || paylinks::opened(&app, &token)).await
}

pub async fn paylink(State(app): Service, Segment(token): Segment) -> Response {
    let looked = async {
        let (caller, link) = opened(&app, token).await?;
        app.read(caller, move |work| ok(&paylinks::view(work, &link)?)).await
    };
    (DISCREET, looked.await).into_response()
}

pub async fn promise(State(app): Service, Segment(token): Segment, Strict(request): Strict<NameDay>) -> Response {
    let named = async {
        let (caller, link) = opened(&app, token).await?;
        app.write(caller, move |work| {
            paylinks::promise(work, &link, &request)?;
            ok(&paylinks::view(work, &link)?)
        })
        .await
    };
    (DISCREET, named.await).into_response()
}

pub async fn issue(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    // Not under a key: its answer would be kept, and the token is to be nowhere.
    app.write(caller, move |work| Answer::json(201, &paylinks::issue_for(work, &id)?)).await
}

pub async fn transfer(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    app.read(caller, move |work| ok(&paylinks::of_receivable(work, &id)?)).await
}
