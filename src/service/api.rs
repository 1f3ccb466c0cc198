//! The HTTP interface: which path does what, and what holds for every request.
//!
//! The table in [`routes`] is the only list of routes; a test holds the OpenAPI document against it.

mod accounts;
mod channel;
mod collection;
mod debits;
mod extract;
mod handlers;
mod money;
mod paying;
mod paylinks;
mod proofs;
mod webhooks;
mod words;

pub use extract::{Segments, Strict};

use crate::app::App;
use crate::error::ApiError;
use crate::{bureau, sandbox};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, delete, get, post, put};
use std::sync::Arc;

/// The largest body that is read
pub const BODY_MAX: usize = 256 * 1024;

/// Where files come in, which take their time
const PROOFS: &str = "/v1/accounts/{access}/proofs";

/// One path and what it answers
pub struct Route {
    /// Methods, in capitals
    pub methods: &'static [&'static str],
    /// Path with `{names}`
    pub path: &'static str,
    answer: MethodRouter<Arc<App>>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?} {}", self.methods, self.path)
    }
}

/// Every route; those of the sandbox only where it is on
#[must_use]
pub fn routes(sandbox_is_on: bool) -> Vec<Route> {
    use handlers as h;
    let mut routes = vec![
        route(&["GET"], "/v1/health", get(h::health)),
        route(&["GET"], "/v1/openapi.json", get(h::openapi)),
        route(&["POST"], "/v1/sessions", post(h::open_session)),
        route(&["POST"], "/v1/sessions/{session}/confirm", post(h::confirm)),
        route(&["POST"], "/v1/sessions/{session}/preview", post(h::preview)),
        route(&["GET"], "/v1/checkout/{session}", get(h::checkout)),
        route(&["GET"], "/v1/checkout/{session}/steps", get(h::steps_of)),
        route(&["POST"], "/v1/checkout/{session}/steps/{step}", post(h::start_step)),
        route(&["POST"], "/v1/checkout/{session}/steps/{step}/answer", post(h::answer_step)),
        route(&["GET"], "/v1/hint", get(h::hint)),
        route(&["GET"], "/v1/decisions/{decision}", get(h::decision)),
        route(&["GET"], "/v1/decisions/{decision}/explanation", get(h::explanation)),
        route(&["GET", "POST"], "/v1/reviews", get(h::reviews).post(h::ask_review)),
        route(&["GET"], "/v1/reviews/{review}", get(h::review)),
        route(&["POST"], "/v1/reviews/{review}/answer", post(h::answer_review)),
        route(&["GET"], "/v1/checkout/{session}/reviews", get(h::own_reviews)),
        route(&["POST"], "/v1/checkout/{session}/explanation", post(h::own_explanation)),
        route(&["GET"], "/v1/customers/{reference}/account", get(h::account)),
        route(&["GET"], "/v1/customers/{reference}/export", get(h::export_customer)),
        route(&["POST"], "/v1/customers/{reference}/erase", post(h::erase_customer)),
        route(&["GET"], "/v1/guests/{guest}/export", get(h::export_guest)),
        route(&["POST"], "/v1/guests/{guest}/erase", post(h::erase_guest)),
        route(&["GET", "POST"], "/v1/customers/{reference}/merge", get(money::merged_customer).post(money::merge_customer)),
        route(&["POST"], "/v1/customers/{reference}/unmerge", post(money::unmerge_customer)),
        route(&["POST"], "/v1/customers/{reference}/holds", post(money::place_hold)),
        route(&["POST"], "/v1/customers/{reference}/holds/{hold}/release", post(money::release_hold)),
        route(&["POST"], "/v1/payments", post(money::receive_payment)),
        route(&["GET"], "/v1/payments/unmatched", get(money::unmatched_payments)),
        route(&["GET"], "/v1/payments/{payment}", get(money::payment)),
        route(&["POST"], "/v1/payments/{payment}/match", post(money::match_payment)),
        route(&["POST"], "/v1/payments/{payment}/reverse", post(money::reverse_payment)),
        route(&["POST"], "/v1/payments/{payment}/chargeback", post(money::charge_back)),
        route(&["GET"], "/v1/debits", get(debits::list)),
        route(&["POST"], "/v1/debits/batches", post(debits::hand_in)),
        route(&["GET"], "/v1/debits/batches/{batch}", get(debits::file)),
        route(&["POST"], "/v1/debits/batches/{batch}/settled", post(debits::settled)),
        route(&["POST"], "/v1/debits/{debit}/outcome", post(debits::outcome)),
        route(&["POST"], "/v1/refunds", post(money::grant_refund)),
        route(&["POST"], "/v1/refunds/{refund}/outcome", post(money::tell_refund)),
        route(&["GET"], "/v1/receivables/{receivable}", get(money::receivable)),
        route(&["GET"], "/v1/receivables/{receivable}/file", get(money::claim_file)),
        route(&["POST"], "/v1/receivables/{receivable}/delivery", post(money::delivered)),
        route(&["POST"], "/v1/receivables/{receivable}/party", post(money::change_party)),
        route(&["POST"], "/v1/receivables/{receivable}/credit-notes", post(money::credit)),
        route(&["POST"], "/v1/receivables/{receivable}/withdrawal", post(money::withdraw)),
        route(&["POST"], "/v1/receivables/{receivable}/dispute", post(money::end_dispute)),
        route(&["POST"], "/v1/receivables/{receivable}/write-off", post(money::write_off)),
        route(&["POST"], "/v1/receivables/{receivable}/waive", post(money::waive)),
        route(&["GET"], "/v1/approvals", get(money::approvals)),
        route(&["POST"], "/v1/approvals/{approval}/decision", post(money::decide_approval)),
        route(&["GET"], "/v1/collection", get(collection::open_claims)),
        route(&["GET"], "/v1/customers/{reference}/case", get(collection::case)),
        route(&["PUT"], "/v1/customers/{reference}/contact", put(collection::put_contact)),
        route(&["GET"], "/v1/messages/{message}", get(collection::message)),
        route(&["GET"], "/v1/messages/{message}/{form}", get(collection::message_form)),
        route(&["POST"], "/v1/messages/{message}/delivery", post(collection::tell_delivery)),
        route(&["POST"], "/v1/mail", post(collection::receive_mail)),
        route(&["GET"], "/v1/tasks", get(collection::tasks)),
        route(&["POST"], "/v1/tasks/{task}/done", post(collection::finish_task)),
        route(&["POST"], "/v1/receivables/{receivable}/paylink", post(paylinks::issue)),
        route(&["GET"], "/v1/receivables/{receivable}/transfer", get(paylinks::transfer)),
        route(&["GET"], "/v1/paylinks/{token}", get(paylinks::paylink)),
        route(&["POST"], "/v1/paylinks/{token}/promise", post(paylinks::promise)),
        route(&["POST"], "/v1/paylinks/{token}/code", post(accounts::send_code)),
        route(&["POST"], "/v1/paylinks/{token}/access", post(accounts::type_code)),
        route(&["POST"], "/v1/customers/{reference}/access", post(accounts::of_customer)),
        route(&["POST"], "/v1/guests/{guest}/access", post(accounts::of_guest)),
        route(&["GET"], "/v1/accounts/{access}", get(accounts::account)),
        route(&["GET"], "/v1/accounts/{access}/transfer", get(accounts::transfer)),
        route(&["POST"], "/v1/accounts/{access}/payments", post(paying::start_of_account)),
        route(&["POST"], "/v1/accounts/{access}/requests", post(accounts::ask)),
        route(&["POST"], PROOFS, post(proofs::send)),
        route(&["DELETE"], "/v1/accounts/{access}/proofs/{proof}", delete(proofs::take_back)),
        route(&["GET"], "/v1/proofs/{proof}", get(proofs::hand_out)),
        route(&["GET"], "/v1/accounts/{access}/documents/{document}", get(accounts::document)),
        route(&["POST"], "/v1/paylinks/{token}/payments", post(paying::start)),
        route(&["POST"], "/v1/providers/{provider}/webhooks/{tenant}", post(paying::notice)),
        route(&["GET"], "/pay/{token}", get(paylinks::page)),
        route(&["POST"], "/pay/{token}/payments", post(paying::start_by_form)),
        route(&["GET"], "/pay/return/{sealed}", get(paying::came_back)),
        route(&["GET"], "/m/{token}", get(paylinks::page)),
        route(&["GET"], "/pay/pay.css", get(paylinks::style)),
        route(&["GET", "POST"], "/v1/policies", get(h::policies).post(h::upload_policy)),
        route(&["GET", "PUT", "DELETE"], "/v1/policies/shadow", get(h::shadow).put(h::begin_shadow).delete(h::end_shadow)),
        route(&["GET"], "/v1/keys", get(h::keys)),
        route(&["POST"], "/v1/keys/rotate", post(h::rotate_keys)),
        route(&["GET", "POST"], "/v1/api_keys", get(h::api_keys).post(h::create_api_key)),
        route(&["POST"], "/v1/api_keys/{key}/revoke", post(h::revoke_api_key)),
        route(&["GET", "POST"], "/v1/webhooks", get(webhooks::all).post(webhooks::create)),
        route(&["DELETE"], "/v1/webhooks/{webhook}", delete(webhooks::remove)),
        route(&["POST"], "/v1/webhooks/{webhook}/rotate", post(webhooks::rotate)),
        route(&["POST"], "/v1/webhooks/{webhook}/enable", post(webhooks::enable)),
        route(&["POST"], "/v1/webhooks/{webhook}/replay", post(webhooks::replay)),
        route(&["GET"], "/v1/webhooks/{webhook}/deliveries", get(webhooks::deliveries)),
    ];
    if sandbox_is_on {
        routes.extend([
            route(&["GET", "POST"], "/v1/sandbox/clock", get(h::clock).post(h::move_clock)),
            route(&["GET", "POST"], "/v1/sandbox/bureau", get(h::bureau).post(h::turn_bureau)),
            route(&["POST"], bureau::INQUIRIES, post(bureau::simulate)),
            route(&["GET"], "/v1/sandbox/messages", get(h::messages)),
            route(&["GET"], sandbox::MAILBOX, get(sandbox::mailbox)),
            route(&["GET"], sandbox::MAILBOX_FORM, get(sandbox::mailbox_form)),
            route(&["GET"], sandbox::IDENTITY, get(sandbox::identity)),
            route(&["POST"], sandbox::IDENTITY_PASS, post(sandbox::identity_pass)),
            route(&["POST"], sandbox::IDENTITY_FAIL, post(sandbox::identity_fail)),
            route(&["POST"], sandbox::IDENTITY_CANCEL, post(sandbox::identity_cancel)),
            route(&["GET"], sandbox::PAGE, get(sandbox::page)),
            route(&["POST"], sandbox::APPROVE, post(sandbox::approve)),
            route(&["POST"], sandbox::DECLINE, post(sandbox::decline)),
            route(&["GET"], sandbox::STYLE, get(sandbox::style)),
        ]);
    }
    routes
}

fn route(methods: &'static [&'static str], path: &'static str, answer: MethodRouter<Arc<App>>) -> Route {
    Route { methods, path, answer }
}

/// Everything the service answers
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for Route { path, answer, .. } in routes(app.config.sandbox) {
        router = router.route(path, answer.fallback(wrong_method));
    }
    router.fallback(unknown_path).layer(from_fn_with_state(Arc::clone(&app), around)).with_state(app)
}

async fn unknown_path() -> ApiError {
    ApiError::new(404, "route.unknown", "there is nothing under this path", "see /v1/openapi.json for what there is")
}

async fn wrong_method() -> ApiError {
    ApiError::new(405, "route.method", "this path does not answer that method", "see /v1/openapi.json for what it answers")
}

/// What holds for every request: a time limit, no caching of answers, a line in the log without anything personal
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The pattern and not the path: a path holds sessions and customers' numbers.
    let pattern = request.extensions().get::<MatchedPath>().map_or_else(|| "(none)".to_owned(), |path| path.as_str().to_owned());
    let patience = if pattern == PROOFS { app.config.upload_timeout } else { app.config.request_timeout };
    let started = std::time::Instant::now();
    let mut response = match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => too_slow().into_response(),
    };
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(%method, pattern, status = response.status().as_u16(), micros, "request");
    response
}

fn too_slow() -> ApiError {
    ApiError {
        retry_after: Some(1),
        ..ApiError::new(
            503,
            "request.timeout",
            "the request took too long",
            "try again with the same idempotency key: whatever was done is not done twice",
        )
    }
}
