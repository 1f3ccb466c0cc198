//! The answers behind a pay link: no key, for the token is the right.

use super::extract::{Secret, Segment, Strict};
use super::handlers::{Service, ok};
use crate::app::{App, Caller, blocking};
use crate::claims;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::paying;
use crate::paylinks::{self, Link};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_texts::Language;
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
            paylinks::note_visit(work, &link)?;
            ok(&paylinks::view(work, &link)?)
        })
        .await
    };
    (DISCREET, named.await).into_response()
}

/// The page itself, which needs no script; what the shop's script adds comes from the page's own address
pub async fn page(State(app): Service, method: Method, headers: HeaderMap, Segment(token): Segment) -> Response {
    let origins = paying::origins(&app);
    let looked = async {
        let (caller, link) = opened(&app, token.clone()).await?;
        if method == Method::GET && paylinks::is_person(&headers) {
            let (caller, link) = (caller.clone(), link.clone());
            // Whoever opens the page sees it, whatever becomes of the note.
            let _ = app.write(caller, move |work| paylinks::note_visit(work, &link)).await;
        }
        app.read(caller, move |work| {
            let view = paylinks::view(work, &link)?;
            let policy = work.active_policy()?;
            paylinks::page::page(&token, &view, policy.merchant().pay_page.as_ref()).ok_or_else(damaged)
        })
        .await
    };
    match looked.await {
        Ok(body) => html(StatusCode::OK, body, &origins),
        Err(problem) if problem.status == 404 => unknown(&headers),
        Err(problem) => (DISCREET, problem).into_response(),
    }
}

/// The page of what is no link, in a language of whoever looks
pub fn unknown(headers: &HeaderMap) -> Response {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("de");
    let language = Language::choose(wanted.split([',', ';']).next().unwrap_or_default(), "sie");
    html(StatusCode::NOT_FOUND, paylinks::page::unknown(language).unwrap_or_default(), &[])
}

/// What the page may load: its own address, and nothing else; its buttons lead to whoever takes the money
fn html(status: StatusCode, body: String, origins: &[String]) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'; form-action {}; base-uri 'none'; frame-ancestors 'none'",
        if origins.is_empty() { "'none'".to_owned() } else { format!("'self' {}", origins.join(" ")) }
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))),
    ];
    (status, DISCREET, headers, body).into_response()
}

fn damaged() -> ApiError {
    ApiError::internal("the sentences of this build are damaged")
}

pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], paylinks::page::STYLE).into_response()
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
