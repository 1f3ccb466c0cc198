//! What the shop's service asks, and what whoever pays presses.

use crate::Desk;
use crate::keys::random;
use crate::page;
use crate::state::{Amount, Checkout, Dispute, Refund, Refused, State, Status, Wanted};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

type Place = Of<Arc<Desk>>;

pub fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/v1/checkouts", get(all).post(begin))
        .route("/v1/checkouts/{id}", get(one))
        .route("/v1/checkouts/{id}/expire", post(expire))
        .route("/v1/checkouts/{id}/finish", post(finish))
        .route("/v1/refunds", post(refund))
        .route("/v1/disputes", post(dispute))
        .route("/pay/style.css", get(page::style))
        .route("/pay/{id}", get(page::page))
        .route("/pay/{id}/bank", get(page::bank))
        .route("/pay/{id}/{choice}", post(chosen))
        .with_state(desk)
}

fn refused(Refused(status, code): Refused) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], json!({"error": {"code": code}}).to_string()).into_response()
}

fn answer(status: u16, said: Result<Value, Refused>) -> Response {
    match said {
        Ok(said) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CONTENT_TYPE, "application/json")], said.to_string()).into_response()
        }
        Err(why) => refused(why),
    }
}

fn shown(checkout: &Checkout) -> Value {
    json!({"id": checkout.id, "url": checkout.url, "status": checkout.status, "amount": checkout.wanted.amount, "payment": checkout.payment})
}

impl Desk {
    fn knows(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        if bearer == Some(self.config.keys.key.as_str()) { Ok(()) } else { Err(Refused(401, "unknown_key")) }
    }

    fn tell(&self, checkout: &Checkout, amount: &Amount, times: u8) {
        self.notices.tell(&checkout.wanted.notice_url, &checkout.id, amount, times);
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|_| Refused(400, "malformed"))
}

fn key_of(headers: &HeaderMap) -> Result<String, Refused> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    key.map(str::to_owned).ok_or(Refused(400, "idempotency_key_missing"))
}

fn failed(_: String) -> Refused {
    Refused(500, "no_randomness")
}

async fn begin(Of(desk): Place, headers: HeaderMap, body: Bytes) -> Response {
    let begun = desk.knows(&headers).and_then(|()| {
        let (key, wanted): (String, Wanted) = (key_of(&headers)?, read(&body)?);
        if wanted.amount.minor <= 0 || wanted.method != "card" {
            return Err(Refused(422, "not_payable"));
        }
        let what: Value = read(&body)?;
        let url = &desk.url;
        desk.store.change(|state| {
            if let Some(id) = state.asked(&key, &what)? {
                return Ok(shown(state.checkout(&id)?));
            }
            let id = format!("sbc_{}", random(16).map_err(failed)?);
            let url = format!("{url}/pay/{id}");
            let checkout = Checkout { id: id.clone(), url, status: Status::Open, payment: None, wanted, late: false };
            let said = shown(&checkout);
            state.keys.insert(key, (what, id.clone()));
            state.checkouts.insert(id, checkout);
            Ok(said)
        })
    });
    answer(201, begun)
}

async fn one(Of(desk): Place, headers: HeaderMap, Path(id): Path<String>) -> Response {
    answer(200, desk.knows(&headers).and_then(|()| desk.store.change(|state| Ok(shown(state.checkout(&id)?)))))
}

async fn all(Of(desk): Place, headers: HeaderMap) -> Response {
    let listed = |state: &mut State| {
        let ids: Vec<String> = state.checkouts.keys().cloned().collect();
        let each = ids.iter().map(|id| Ok(shown(state.checkout(id)?))).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({"checkouts": each}))
    };
    answer(200, desk.knows(&headers).and_then(|()| desk.store.change(listed)))
}

async fn expire(Of(desk): Place, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let expires = |state: &mut State| {
        let checkout = state.checkout(&id)?;
        match checkout.status {
            Status::Open => checkout.status = Status::Expired,
            Status::Declined | Status::Cancelled | Status::Expired => {}
            Status::Processing | Status::Paid => return Err(Refused(422, "not_open")),
        }
        Ok(shown(checkout))
    };
    answer(200, desk.knows(&headers).and_then(|()| desk.store.change(expires)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finish {
    outcome: String,
}

/// Money that comes late comes now, or does not
async fn finish(Of(desk): Place, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Response {
    let finished = desk.knows(&headers).and_then(|()| {
        let Finish { outcome } = read(&body)?;
        finish_late(&desk, &id, outcome == "paid")
    });
    answer(200, finished)
}

fn finish_late(desk: &Desk, id: &str, paid: bool) -> Result<Value, Refused> {
    let checkout = desk.store.change(|state| {
        let checkout = state.checkout(id)?;
        if checkout.status != Status::Processing && !checkout.late {
            return Err(Refused(422, "nothing_late"));
        }
        if paid {
            checkout.take().map_err(failed)?
        } else {
            (checkout.status, checkout.late) = (Status::Declined, false)
        }
        Ok(checkout.clone())
    })?;
    desk.tell(&checkout, &checkout.wanted.amount, 1);
    Ok(shown(&checkout))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedRefund {
    payment: String,
    amount: Amount,
}

async fn refund(Of(desk): Place, headers: HeaderMap, body: Bytes) -> Response {
    let done = desk.knows(&headers).and_then(|()| {
        let (key, WantedRefund { payment, amount }): (String, WantedRefund) = (key_of(&headers)?, read(&body)?);
        let what: Value = read(&body)?;
        let (said, checkout) = desk.store.change(|state| {
            if let Some(id) = state.asked(&key, &what)? {
                return Ok((state.refunds.get(&id).map_or(Value::Null, |refund| json!(refund)), None));
            }
            let checkout = state.of_payment(&payment)?;
            let paid = checkout.payment.as_mut().ok_or(Refused(404, "unknown_payment"))?;
            let disputed =
                paid.dispute.as_ref().filter(|dispute| dispute.outcome.as_deref() != Some("won")).map_or(0, |dispute| dispute.amount);
            let left = paid.amount.minor.saturating_sub(paid.refunded).saturating_sub(disputed);
            if amount.currency != paid.amount.currency || amount.minor <= 0 || amount.minor > left {
                return Err(Refused(422, "more_than_there"));
            }
            paid.refunded = paid.refunded.saturating_add(amount.minor);
            let checkout = checkout.clone();
            let refund = Refund { id: format!("sbr_{}", random(10).map_err(failed)?), payment, amount, status: "succeeded".to_owned() };
            let said = json!(refund);
            state.keys.insert(key, (what, refund.id.clone()));
            state.refunds.insert(refund.id.clone(), refund);
            Ok((said, Some(checkout)))
        })?;
        if let Some(checkout) = checkout {
            desk.tell(&checkout, &checkout.wanted.amount, 1);
        }
        Ok(said)
    });
    answer(201, done)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedDispute {
    payment: String,
    amount: i64,
    evidence_until: String,
    #[serde(default)]
    outcome: Option<String>,
}

/// The payer's bank takes money back, or says what became of that
async fn dispute(Of(desk): Place, headers: HeaderMap, body: Bytes) -> Response {
    let done = desk.knows(&headers).and_then(|()| {
        let WantedDispute { payment, amount, evidence_until, outcome } = read(&body)?;
        let checkout = desk.store.change(|state| {
            let checkout = state.of_payment(&payment)?;
            let paid = checkout.payment.as_mut().ok_or(Refused(404, "unknown_payment"))?;
            paid.dispute = Some(Dispute { amount, evidence_until, outcome });
            Ok(checkout.clone())
        })?;
        desk.tell(&checkout, &checkout.wanted.amount, 1);
        Ok(shown(&checkout))
    });
    answer(201, done)
}

/// What whoever pays presses, and what the provider makes of it
async fn chosen(Of(desk): Place, Path((id, choice)): Path<(String, String)>) -> Response {
    let done = desk.store.change(|state| {
        let checkout = state.checkout(&id)?;
        if checkout.status != Status::Open || checkout.late {
            return Err(Refused(409, "not_open"));
        }
        match choice.as_str() {
            "pay" | "twice" | "amount" | "killed" => checkout.take().map_err(failed)?,
            "decline" => checkout.status = Status::Declined,
            "cancel" => checkout.status = Status::Cancelled,
            "processing" => checkout.status = Status::Processing,
            "late" => checkout.late = true,
            _ => return Err(Refused(404, "no_such_choice")),
        }
        Ok(checkout.clone())
    });
    let checkout = match done {
        Ok(checkout) => checkout,
        Err(Refused(404, _)) => return page::gone(),
        Err(Refused(409, _)) => return page::to(&format!("../{id}")),
        Err(why) => return refused(why),
    };
    let wanted = &checkout.wanted;
    match choice.as_str() {
        // The money is taken, and nobody is told: neither the shop nor whoever paid.
        "killed" => std::process::exit(137),
        "twice" => desk.tell(&checkout, &wanted.amount, 3),
        "amount" => desk.tell(&checkout, &Amount { minor: 1, ..wanted.amount.clone() }, 1),
        // Nobody knows of it here yet.
        "late" => {}
        _ => desk.tell(&checkout, &wanted.amount, 1),
    }
    if let (Some(after), "late" | "processing") = (desk.config.late_after, choice.as_str()) {
        let (desk, id) = (Arc::clone(&desk), checkout.id.clone());
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            let _ = finish_late(&desk, &id, true);
        });
    }
    page::to(&wanted.return_url)
}
