//! The answers about money: payments that come in and go back, claims, refunds, holds.

use super::extract::{Secret, Segment, Segments, Strict};
use super::handlers::{Service, key_is_there, ok};
use super::words::Words;
use crate::app::{App, Caller, Work, blocking};
use crate::claims::Ask;
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use crate::steps::{self, Errand};
use crate::{approvals, claims, holds, incoming, merges, payments, refunds};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use tresen_core::ident::{MessageId, ReceivableId};
use tresen_wire::http::{
    DecideApproval, EndDispute, GrantRefund, IssueCreditNote, MatchPayment, MergeCustomer, Nothing, PlaceHold, ReceivePayment,
    TellChargeback, TellGoodsDelivered, TellParty, TellRefund, Waive, WriteOff,
};

/// Does something once under the caller's key
async fn does<T: Serialize + Send + 'static>(
    app: Arc<App>,
    caller: Caller,
    (route, subject): (&'static str, String),
    request: T,
    work: impl FnOnce(&Work<'_>, &T) -> Result<Answer, ApiError> + Send + 'static,
) -> Result<Answer, ApiError> {
    let asked = fingerprint(route, &subject, &request)?;
    app.write(caller, move |now| once(now, asked, || work(now, &request))).await
}

/// Does something once under the caller's key, and sends at once what it has the customer told
pub async fn does_and_sends<T: Serialize + Send + 'static>(
    app: Arc<App>,
    caller: Caller,
    (route, subject): (&'static str, String),
    request: T,
    work: impl FnOnce(&Work<'_>, &T) -> Result<(Answer, Option<MessageId>), ApiError> + Send + 'static,
) -> Result<Answer, ApiError> {
    let asked = fingerprint(route, &subject, &request)?;
    let tenant = caller.tenant.clone();
    let write = move |now: &Work<'_>| {
        let mut message = None;
        let answer = once(now, asked, || {
            let (answer, planned) = work(now, &request)?;
            message = planned;
            Ok(answer)
        })?;
        Ok((answer, message))
    };
    let (answer, message) = app.write(caller, write).await?;
    if let Some(message) = message {
        blocking(move || steps::run(&app, &tenant, &Errand::Send(message))).await?;
    }
    Ok(answer)
}

pub async fn receive_payment(
    State(app): Service,
    Secret(caller): Secret,
    Strict(request): Strict<ReceivePayment>,
) -> Result<Answer, ApiError> {
    key_is_there(&caller, "a payment")?;
    does(app, caller, ("POST /v1/payments", String::new()), request, |work, request| {
        incoming::check_shape(work, request)?;
        incoming::receive(work, request)
    })
    .await
}

pub async fn payment(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = payments::id(&id)?;
    app.read(
        caller,
        move |work| if payments::is_at_once(work, &id)? { ok(&payments::find(work, &id)?.seen) } else { ok(&incoming::find(work, &id)?) },
    )
    .await
}

pub async fn unmatched_payments(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&incoming::list(work)?)).await
}

pub async fn match_payment(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<MatchPayment>,
) -> Result<Answer, ApiError> {
    let id = payments::id(&id)?;
    does(app, caller, ("POST /v1/payments/{payment}/match", id.to_string()), request, move |work, request| {
        incoming::match_up(work, &id, request)?;
        ok(&incoming::find(work, &id)?)
    })
    .await
}

pub async fn reverse_payment(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<Nothing>,
) -> Result<Answer, ApiError> {
    let id = payments::id(&id)?;
    does(app, caller, ("POST /v1/payments/{payment}/reverse", id.to_string()), request, move |work, _| {
        incoming::reverse(work, &id)?;
        ok(&incoming::find(work, &id)?)
    })
    .await
}

pub async fn charge_back(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<TellChargeback>,
) -> Result<Answer, ApiError> {
    let id = payments::id(&id)?;
    does(app, caller, ("POST /v1/payments/{payment}/chargeback", id.to_string()), request, move |work, request| {
        incoming::charge_back(work, &id, request)?;
        ok(&incoming::find(work, &id)?)
    })
    .await
}

pub async fn receivable(State(app): Service, Secret(caller): Secret, Segment(id): Segment) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    app.read(caller, move |work| ok(&claims::record(work, &id)?)).await
}

/// JSON; for whoever accepts HTML and names it first, a document to read
pub async fn claim_file(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Words(wanted): Words,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id = claims::id(&id)?;
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_html = accepted.split([',', ';']).next().is_some_and(|first| first.trim() == "text/html");
    if !is_html {
        return app.read(caller, move |work| ok(&claims::file(work, &id, &wanted)?)).await.map(IntoResponse::into_response);
    }
    let document = app.read(caller, move |work| claims::document(&claims::file(work, &id, &wanted)?, &wanted)).await?;
    // Nothing in it runs or is fetched, wherever it is opened.
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)], document).into_response())
}

pub async fn delivered(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<TellGoodsDelivered>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does(app, caller, ("POST /v1/receivables/{receivable}/delivery", id.to_string()), request, move |work, request| {
        claims::delivered(work, &id, request)?;
        ok(&claims::record(work, &id)?)
    })
    .await
}

pub async fn change_party(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<TellParty>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does(app, caller, ("POST /v1/receivables/{receivable}/party", id.to_string()), request, move |work, request| {
        claims::change_party(work, &id, *request)?;
        ok(&claims::record(work, &id)?)
    })
    .await
}

pub async fn credit(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<IssueCreditNote>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does(app, caller, ("POST /v1/receivables/{receivable}/credit-notes", id.to_string()), request, move |work, request| {
        acted(work, &id, &Ask::CreditNote(request.clone()))
    })
    .await
}

pub async fn withdraw(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<Nothing>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does(app, caller, ("POST /v1/receivables/{receivable}/withdrawal", id.to_string()), request, move |work, _| {
        claims::withdraw(work, &id)?;
        ok(&claims::record(work, &id)?)
    })
    .await
}

pub async fn end_dispute(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<EndDispute>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does_and_sends(app, caller, ("POST /v1/receivables/{receivable}/dispute", id.to_string()), request, move |work, request| {
        let message = claims::end_dispute(work, &id, request)?;
        Ok((ok(&claims::record(work, &id)?)?, message))
    })
    .await
}

pub async fn write_off(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<WriteOff>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does(app, caller, ("POST /v1/receivables/{receivable}/write-off", id.to_string()), request, move |work, request| {
        acted(work, &id, &Ask::WriteOff(request.clone()))
    })
    .await
}

pub async fn waive(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<Waive>,
) -> Result<Answer, ApiError> {
    let id = claims::id(&id)?;
    does(app, caller, ("POST /v1/receivables/{receivable}/waive", id.to_string()), request, move |work, request| {
        acted(work, &id, &Ask::Waive(request.clone()))
    })
    .await
}

/// How the claim stands afterwards, or what waits for a second person
fn acted(work: &Work<'_>, id: &ReceivableId, ask: &Ask) -> Result<Answer, ApiError> {
    match claims::act(work, id, ask)? {
        None => ok(&claims::record(work, id)?),
        Some(approval) => Answer::json(202, &approval),
    }
}

pub async fn approvals(State(app): Service, Secret(caller): Secret) -> Result<Answer, ApiError> {
    app.read(caller, |work| ok(&approvals::list(work)?)).await
}

pub async fn decide_approval(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<DecideApproval>,
) -> Result<Answer, ApiError> {
    does(app, caller, ("POST /v1/approvals/{approval}/decision", id.clone()), request, move |work, request| {
        ok(&approvals::decide(work, &id, request.outcome)?)
    })
    .await
}

pub async fn place_hold(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<PlaceHold>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| {
        let asked = fingerprint("POST /v1/customers/{reference}/holds", &holds::subject(work, &reference), &request)?;
        once(work, asked, || Answer::json(201, &holds::place(work, &reference, &request)?))
    })
    .await
}

pub async fn release_hold(
    State(app): Service,
    Secret(caller): Secret,
    Segments(reference, hold): Segments,
    Strict(request): Strict<Nothing>,
) -> Result<Answer, ApiError> {
    let hold = holds::id(&hold)?;
    app.write(caller, move |work| {
        let subject = format!("{}/{hold}", holds::subject(work, &reference));
        let asked = fingerprint("POST /v1/customers/{reference}/holds/{hold}/release", &subject, &request)?;
        once(work, asked, || ok(&holds::release(work, &reference, &hold)?))
    })
    .await
}

pub async fn merge_customer(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<MergeCustomer>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| {
        let asked = fingerprint("POST /v1/customers/{reference}/merge", &holds::subject(work, &reference), &request)?;
        once(work, asked, || ok(&merges::merge(work, &reference, &request)?))
    })
    .await
}

pub async fn unmerge_customer(
    State(app): Service,
    Secret(caller): Secret,
    Segment(reference): Segment,
    Strict(request): Strict<Nothing>,
) -> Result<Answer, ApiError> {
    app.write(caller, move |work| {
        let asked = fingerprint("POST /v1/customers/{reference}/unmerge", &holds::subject(work, &reference), &request)?;
        once(work, asked, || ok(&merges::unmerge(work, &reference)?))
    })
    .await
}

pub async fn merged_customer(State(app): Service, Secret(caller): Secret, Segment(reference): Segment) -> Result<Answer, ApiError> {
    app.read(caller, move |work| ok(&merges::state(work, &reference)?)).await
}

pub async fn grant_refund(State(app): Service, Secret(caller): Secret, Strict(request): Strict<GrantRefund>) -> Result<Answer, ApiError> {
    key_is_there(&caller, "a refund")?;
    does(app, caller, ("POST /v1/refunds", String::new()), request, |work, request| Answer::json(201, &refunds::grant(work, request)?))
        .await
}

pub async fn tell_refund(
    State(app): Service,
    Secret(caller): Secret,
    Segment(id): Segment,
    Strict(request): Strict<TellRefund>,
) -> Result<Answer, ApiError> {
    let id = refunds::id(&id)?;
    does(app, caller, ("POST /v1/refunds/{refund}/outcome", id.to_string()), request, move |work, request| {
        ok(&refunds::tell(work, &id, request)?)
    })
    .await
}
