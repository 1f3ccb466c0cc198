//! PayPal: Orders v2, on PayPal's own page.
//!
//! The payer approves an order, and we take the money: only while it is still wanted, so that an order whose time is up is paid by nobody. The number of
//! the money is the capture's. Notices are checked by PayPal itself (`verify-webhook-signature`). Disputes are not read: a buyer's case stands in PayPal's own
//! resolution centre, and what it takes back is told by the merchant (`POST /v1/payments/{payment}/chargeback`). Written and tested against the
//! published descriptions (`tests/providers/paypal.json`); no account of PayPal's was used.

use super::decimal;
use super::http::{agent, reply, strange};
use super::{About, Checkout, Known, Looked, Paid, Provider, RefundStanding, Refunding, Reply, Started, WhyClosed};
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tresen_wire::money::Money;

const NAME: &str = "paypal";

/// A token that ends so soon is not used any more
const SPARE: Duration = Duration::from_secs(60);

/// PayPal
#[derive(Clone)]
pub struct PayPal {
    url: String,
    page: String,
    credentials: String,
    webhook: String,
    /// The token that was given last, and when it ends
    token: Arc<Mutex<Option<(String, Instant)>>>,
}

impl std::fmt::Debug for PayPal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PayPal")
    }
}

impl PayPal {
    /// PayPal behind an address, with a client's id and secret (`id:secret`), and the id of the webhook
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service.
    pub fn new(url: &str, credentials: &str, webhook: &str) -> Result<Self, String> {
        let credentials = credentials.trim();
        if !credentials.split_once(':').is_some_and(|(id, secret)| !id.is_empty() && !secret.is_empty()) {
            return Err("PayPal's credentials are not `id:secret`".to_owned());
        }
        let url = url.trim_end_matches('/').to_owned();
        let page = if url.contains("sandbox") { "https://www.sandbox.paypal.com" } else { "https://www.paypal.com" }.to_owned();
        let credentials = format!("Basic {}", STANDARD.encode(credentials));
        Ok(Self { url, page, credentials, webhook: webhook.trim().to_owned(), token: Arc::default() })
    }

    fn bearer(&self) -> Reply<String> {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((bearer, _)) = token.as_ref().filter(|(_, ends)| Instant::now() < *ends) {
            return Reply::Done(bearer.clone());
        }
        let request = agent().post(format!("{}/v1/oauth2/token", self.url)).header("authorization", &self.credentials);
        let said = reply(NAME, request.send_form([("grant_type", "client_credentials")])).then(|said| {
            let given = said.get("access_token").and_then(Value::as_str).map(|token| format!("Bearer {token}"));
            given.zip(said.get("expires_in").and_then(Value::as_u64)).map_or_else(strange, Reply::Done)
        });
        match said {
            Reply::Done((bearer, seconds)) => {
                let ends = Instant::now().checked_add(Duration::from_secs(seconds).saturating_sub(SPARE));
                *token = ends.map(|ends| (bearer.clone(), ends));
                Reply::Done(bearer)
            }
            // Without a token nothing was asked for.
            Reply::Refused(why) | Reply::NotNow(why) | Reply::Unknown(why) => Reply::NotNow(why),
        }
    }

    fn get(&self, path: &str) -> Reply<Value> {
        self.bearer().then(|bearer| reply(NAME, agent().get(format!("{}{path}", self.url)).header("authorization", bearer).call()))
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> Reply<Value> {
        self.bearer().then(|bearer| {
            let request = agent().post(format!("{}{path}", self.url)).header("authorization", bearer);
            reply(NAME, request.header("paypal-request-id", key).header("prefer", "return=representation").send_json(body))
        })
    }
}

fn amount(amount: &Money) -> Option<Value> {
    Some(json!({"currency_code": amount.currency, "value": decimal::written(amount)?}))
}

fn money(said: &Value, place: &str) -> Option<Money> {
    decimal::at(said, place, "currency_code")
}

fn language(locale: &str) -> &'static str {
    match locale.split('-').next().unwrap_or_default() {
        "de" => "de-DE",
        "fr" => "fr-FR",
        "it" => "it-IT",
        "nl" => "nl-NL",
        _ => "en-GB",
    }
}

/// An order whose money was taken, as far as it was
fn captured(said: &Value) -> Reply<Looked> {
    let Some(capture) = said.pointer("/purchase_units/0/payments/captures/0") else { return strange() };
    let text = |name: &str| capture.get(name).and_then(Value::as_str);
    match text("status") {
        Some("PENDING") => Reply::Done(Looked::Pending),
        Some("DECLINED" | "FAILED") => Reply::Done(Looked::Closed(WhyClosed::Declined)),
        Some("COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED") => {
            let at = text("create_time").and_then(|at| at.parse::<Timestamp>().ok()).map(Timestamp::as_second);
            let (Some(reference), Some(amount), Some(at)) = (text("id"), money(capture, "/amount"), at) else { return strange() };
            let refunds = said.pointer("/purchase_units/0/payments/refunds").and_then(Value::as_array);
            let went = refunds.into_iter().flatten().filter(|refund| {
                let status = refund.get("status").and_then(Value::as_str);
                status.is_some_and(|status| status == "COMPLETED" || status == "PENDING")
            });
            let returned = went.filter_map(|refund| money(refund, "/amount")).map(|amount| amount.minor).fold(0, i64::saturating_add);
            let fee = money(capture, "/seller_receivable_breakdown/paypal_fee");
            Reply::Done(Looked::Paid(Paid { reference: reference.to_owned(), amount, fee, at, returned, dispute: None }))
        }
        _ => strange(),
    }
}

impl Provider for PayPal {
    fn methods(&self) -> &'static [&'static str] {
        &["paypal"]
    }

    fn origins(&self) -> Vec<String> {
        vec![self.page.clone()]
    }

    fn start(&self, checkout: &Checkout) -> Reply<Started> {
        let Some(amount) = amount(&checkout.amount) else { return Reply::Refused("a currency that there is not".to_owned()) };
        let short = |text: &str| text.chars().take(127).collect::<String>();
        let body = json!({
            "intent": "CAPTURE",
            "purchase_units": [{"custom_id": checkout.key, "description": short(&checkout.description), "amount": amount}],
            "payment_source": {"paypal": {"experience_context": {
                "brand_name": short(&checkout.description), "locale": language(&checkout.locale), "shipping_preference": "NO_SHIPPING",
                "user_action": "PAY_NOW", "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
                "return_url": checkout.return_url, "cancel_url": checkout.return_url,
            }}},
        });
        self.post("/v2/checkout/orders", &checkout.key, &body).then(|said| {
            let links = said.get("links").and_then(Value::as_array).into_iter().flatten();
            let is_page =
                |link: &&Value| link.get("rel").and_then(Value::as_str).is_some_and(|rel| rel == "payer-action" || rel == "approve");
            let page = links.clone().find(is_page).and_then(|link| link.get("href")?.as_str());
            match (said.get("id").and_then(Value::as_str), page) {
                (Some(id), Some(page)) => Reply::Done(Started { reference: id.to_owned(), redirect: page.to_owned() }),
                _ => strange(),
            }
        })
    }

    fn look(&self, known: &Known) -> Reply<Looked> {
        let path = format!("/v2/checkout/orders/{}", known.reference);
        self.get(&path).then(|said| match said.get("status").and_then(Value::as_str) {
            Some("CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED") => Reply::Done(Looked::Open),
            Some("VOIDED") => Reply::Done(Looked::Closed(WhyClosed::Expired)),
            Some("COMPLETED") => captured(&said),
            Some("APPROVED") if known.wanted => match self.post(&format!("{path}/capture"), &format!("take-{}", known.key), &json!({})) {
                Reply::Done(said) => captured(&said),
                // The payer's card or account gave nothing.
                Reply::Refused(_) => Reply::Done(Looked::Closed(WhyClosed::Declined)),
                Reply::NotNow(why) => Reply::NotNow(why),
                Reply::Unknown(why) => Reply::Unknown(why),
            },
            // Nobody takes it any more.
            Some("APPROVED") => Reply::Done(Looked::Closed(WhyClosed::Expired)),
            _ => strange(),
        })
    }

    /// Nobody but us takes the money of an order: it is closed where we have not
    fn close(&self, known: &Known) -> Reply<()> {
        self.get(&format!("/v2/checkout/orders/{}", known.reference)).then(|said| match said.get("status").and_then(Value::as_str) {
            Some("COMPLETED") => Reply::Refused("it is paid".to_owned()),
            Some(_) => Reply::Done(()),
            None => strange(),
        })
    }

    fn refund(&self, refund: &Refunding) -> Reply<RefundStanding> {
        let Some(amount) = amount(&refund.amount) else { return Reply::Refused("a currency that there is not".to_owned()) };
        let path = format!("/v2/payments/captures/{}/refund", refund.reference);
        self.post(&path, &refund.key, &json!({"amount": amount, "custom_id": refund.key})).then(|said| {
            match said.get("status").and_then(Value::as_str) {
                Some("COMPLETED") => Reply::Done(RefundStanding::Settled),
                Some("PENDING") => Reply::Done(RefundStanding::Pending),
                Some("FAILED" | "CANCELLED") => Reply::Done(RefundStanding::Failed),
                _ => strange(),
            }
        })
    }

    fn notice(&self, headers: &HeaderMap, body: &[u8]) -> Reply<Option<About>> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(|value| json!(value));
        let names = ["auth_algo", "cert_url", "transmission_id", "transmission_sig", "transmission_time"];
        let found = names.map(|name| header(&format!("paypal-{}", name.replace('_', "-"))).map(|value| (name, value)));
        let event = std::str::from_utf8(body).ok().and_then(|text| RawValue::from_string(text.to_owned()).ok());
        let (Some(found), Some(event)) = (found.into_iter().collect::<Option<BTreeMap<&str, Value>>>(), event) else {
            return Reply::Refused("not signed".to_owned());
        };
        // The event goes back byte for byte, as it was signed.
        let parts: Vec<String> = found.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let asked = format!("{{{},\"webhook_id\":{},\"webhook_event\":{}}}", parts.join(","), json!(self.webhook), event.get());
        let verified = self.bearer().then(|bearer| {
            let request = agent().post(format!("{}/v1/notifications/verify-webhook-signature", self.url)).header("authorization", bearer);
            reply(NAME, request.header("content-type", "application/json").send(&asked))
        });
        verified.then(|said| match said.get("verification_status").and_then(Value::as_str) {
            Some("SUCCESS") => Reply::Done(about(&serde_json::from_slice(body).unwrap_or_default())),
            Some(_) => Reply::Refused("not signed".to_owned()),
            None => strange(),
        })
    }
}

/// Which order or money an event is about
fn about(said: &Value) -> Option<About> {
    let at = |place: &str| said.pointer(place).and_then(Value::as_str).map(str::to_owned);
    match at("/resource_type")?.as_str() {
        "checkout-order" => at("/resource/id").map(About::Checkout),
        "capture" => {
            at("/resource/supplementary_data/related_ids/order_id").map(About::Checkout).or_else(|| at("/resource/id").map(About::Money))
        }
        "refund" => {
            let links = said.pointer("/resource/links").and_then(Value::as_array)?;
            let up = links.iter().find(|link| link.get("rel").and_then(Value::as_str) == Some("up"))?;
            up.get("href")?.as_str()?.rsplit('/').next().map(|capture| About::Money(capture.to_owned()))
        }
        _ => None,
    }
}
