//! The sandbox's own pages: a payment provider, an identity check and a mailbox, as a shopper would have them with real ones.
//!
//! **Invariant:** looking at a page changes nothing; only its two buttons do.
//! **Invariant:** the payment's unguessable id is the right to its page; the page shows the amount and the order, and nothing
//! about the person.

mod identity;
mod mailbox;
mod pages;

pub use identity::{
    CANCEL as IDENTITY_CANCEL, FAIL as IDENTITY_FAIL, PAGE as IDENTITY, PASS as IDENTITY_PASS, cancel as identity_cancel,
    fail as identity_fail, page as identity, pass as identity_pass,
};
pub use mailbox::{FORM as MAILBOX_FORM, PAGE as MAILBOX, form as mailbox_form, messages, page as mailbox};
use pages::Words;
pub use pages::escape;

use crate::app::{App, Caller, Work, blocking};
use crate::error::ApiError;
use crate::payments::{self, Payment};
use crate::sessions::Session;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tresen_core::ident::PaymentId;
use tresen_wire::events::ActorKind;

pub const PAGE: &str = "/sandbox/pay/{payment}";
pub const APPROVE: &str = "/sandbox/pay/{payment}/approve";
pub const DECLINE: &str = "/sandbox/pay/{payment}/decline";
pub const STYLE: &str = "/sandbox/style.css";

/// What the page is made of
struct View {
    payment: Payment,
    session: Session,
}

/// The page on which the shopper decides
pub async fn page(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    html(looked_at(app, id).await, pages::STYLE)
}

/// The shopper approves
pub async fn approve(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    done(with(app, id, |work, id| view(work, payments::settle(work, id)?)).await)
}

/// The shopper declines
pub async fn decline(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    done(with(app, id, |work, id| view(work, payments::decline(work, id)?)).await)
}

/// The style of the pages
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("sandbox/style.css")).into_response()
}

fn view(work: &Work<'_>, payment: Payment) -> Result<View, ApiError> {
    Ok(View { session: Session::load(work, &payment.session)?, payment })
}

async fn looked_at(app: Arc<App>, id: String) -> Result<View, ApiError> {
    let id = payments::id(&id)?;
    blocking(move || app.read_now(provider(&app, &id)?, |now| view(now, payments::find(now, &id)?))).await
}

/// Whoever knows the payment's id acts for the provider
fn provider(app: &App, id: &PaymentId) -> Result<Caller, ApiError> {
    Ok(Caller::of(payments::tenant_of(app, id)?, ActorKind::Provider, "sandbox", "provider"))
}

async fn with(
    app: Arc<App>,
    id: String,
    work: impl FnOnce(&Work<'_>, &PaymentId) -> Result<View, ApiError> + Send + 'static,
) -> Result<View, ApiError> {
    let id = payments::id(&id)?;
    blocking(move || app.write_now(provider(&app, &id)?, |now| work(now, &id))).await
}

/// Back to the shop, which asks for the payment's state itself and believes nothing in the address
fn done(view: Result<View, ApiError>) -> Response {
    let back = view.as_ref().ok().and_then(|view| view.session.return_url.as_ref().map(|url| back_to(url, &view.payment.seen.id)));
    match back.map(HeaderValue::try_from) {
        Some(Ok(location)) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Some(Err(_)) | None => html(view, pages::STYLE_BEHIND),
    }
}

fn back_to(url: &str, payment: &str) -> String {
    format!("{url}{}payment={payment}", if url.contains('?') { '&' } else { '?' })
}

fn html(view: Result<View, ApiError>, style: &str) -> Response {
    let (page, back_to, found) = match &view {
        Ok(view) => {
            let back = view.session.return_url.as_ref().map(|url| back_to(url, &view.payment.seen.id));
            (
                pages::payment(&view.payment.seen, &view.session.locale, &view.session.policy.merchant().name, back.as_deref(), style),
                view.session.return_url.as_deref(),
                StatusCode::OK,
            )
        }
        Err(problem) => (
            pages::gone((problem.status == 404).then_some(pages::NO_PAYMENT), style),
            None,
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        ),
    };
    respond(found, page, back_to)
}

/// A page that runs no script and goes nowhere but back to the shop
fn respond(status: StatusCode, page: String, return_url: Option<&str>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy(return_url)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (status, headers, page).into_response()
}

/// Browsers hold redirects after a form to `form-action` too, so the shop's own origin must be in it.
fn policy(return_url: Option<&str>) -> HeaderValue {
    let origin = return_url.and_then(origin).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self' {origin}; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split(['/', '?']).next()?))
}

#[cfg(test)]
mod tests {
    use super::{back_to, origin};

    #[test]
    fn the_way_back() {
        assert_eq!(back_to("http://a.example/done", "pay_1"), "http://a.example/done?payment=pay_1");
        assert_eq!(back_to("http://a.example/done?x=1", "pay_1"), "http://a.example/done?x=1&payment=pay_1");
        assert_eq!(origin("http://127.0.0.1:8787/checkout?x=1").as_deref(), Some("http://127.0.0.1:8787"));
        assert_eq!(origin("https://a.example").as_deref(), Some("https://a.example"));
    }
}
