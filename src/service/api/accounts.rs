//! The answers about a customer's account: no key, for the token is the right; only the shop opens one by its key.

use super::extract::{Secret, Segment, Strict};
use super::handlers::{Service, ok};
use super::paylinks::DISCREET;
use crate::accounts::{self, Access};
use crate::app::{App, Caller, blocking};
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::rights::Person;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_wire::http::GrantAccess;

/// The access of a token, and whoever acts by it
async fn opened(app: &Arc<App>, token: String) -> Result<(Caller, Access), ApiError> {
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

// Neither is under a key: its answer would be kept, and the token is to be nowhere.

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
