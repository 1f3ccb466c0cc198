//! The answers about paying by a provider.

use super::extract::{Form, Raw, Segment, Segments, Strict};
use super::handlers::{Service, ok};
use super::paylinks::{DISCREET, opened};
use crate::app::{App, blocking};
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::{accounts, paying, paylinks};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_wire::http::{Nothing, PaymentStart, StartPayment};
use tresen_wire::money::Money;

async fn begins(app: Arc<App>, token: String, request: StartPayment) -> Result<PaymentStart, ApiError> {
    let (caller, link) = opened(&app, token.clone()).await?;
    blocking(move || {
        let payer = app.read_now(caller.clone(), |work| paylinks::payer(work, &link, &token))?;
        paying::start(&app, &caller, &payer, &request)
    })
    .await
}

pub async fn start(State(app): Service, Segment(token): Segment, Strict(request): Strict<StartPayment>) -> Response {
    let started = async { ok(&begins(app, token, request).await?) };
    (DISCREET, started.await).into_response()
}

/// By an access of the customer's own, for everything that they owe
pub async fn start_of_account(State(app): Service, Segment(token): Segment, Strict(request): Strict<StartPayment>) -> Response {
    let started = async {
        let (caller, access) = super::accounts::opened(&app, token).await?;
        let begun = blocking(move || {
            let payer = app.read_now(caller.clone(), |work| accounts::payer(work, &access))?;
            paying::start(&app, &caller, &payer, &request)
        });
        ok(&begun.await?)
    };
    (DISCREET, started.await).into_response()
}

/// The button of the page that needs no script: on to the provider, or back to the page, which says how it stands
pub async fn start_by_form(State(app): Service, Segment(token): Segment, headers: HeaderMap, Form(fields): Form) -> Response {
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let amount = field("minor").and_then(|minor| minor.parse().ok()).zip(field("currency")).map(|(minor, code)| Money::new(minor, &code));
    let request = StartPayment { method: field("method").unwrap_or_default(), amount, receivables: None, return_url: None };
    match begins(app, token.clone(), request).await {
        Ok(PaymentStart::Started { redirect, .. } | PaymentStart::Refused { redirect: Some(redirect), .. }) => goes_to(&redirect),
        Ok(PaymentStart::Refused { redirect: None, .. }) => goes_to(&format!("../{token}")),
        Err(problem) if problem.status == 404 => super::paylinks::unknown(&headers),
        Err(problem) if problem.status < 429 => goes_to(&format!("../{token}")),
        Err(problem) => (DISCREET, problem).into_response(),
    }
}

/// Back from the provider, in whichever browser
pub async fn came_back(State(app): Service, Segment(sealed): Segment, headers: HeaderMap) -> Response {
    match blocking(move || paying::came_back(&app, &sealed)).await {
        Ok(to) => goes_to(&to),
        Err(problem) if problem.status == 404 => super::paylinks::unknown(&headers),
        Err(problem) => (DISCREET, problem).into_response(),
    }
}

fn goes_to(address: &str) -> Response {
    match HeaderValue::try_from(address) {
        Ok(location) => (StatusCode::SEE_OTHER, DISCREET, [(header::LOCATION, location)]).into_response(),
        Err(problem) => (DISCREET, ApiError::internal(problem)).into_response(),
    }
}

pub async fn notice(
    State(app): Service,
    Segments(provider, tenant): Segments,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Answer, ApiError> {
    blocking(move || paying::notice(&app, (&provider, &tenant), &headers, &body)).await?;
    ok(&Nothing {})
}
