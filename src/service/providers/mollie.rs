//! Mollie: the Payments API v2, on Mollie's own page.
//!
//! The number of the money is the payment's own. Mollie's notices are not signed: they name a payment, and it is asked about. A payment by card cannot be
//! cancelled there: who wants to pay otherwise waits until it ends by itself, or goes on with it. Mollie says nothing of fees with a payment. Written and
//! tested against the published description (`tests/providers/mollie.json`); no account of Mollie's was used.

use super::decimal;
use super::http::{agent, reply, strange};
use super::{About, Checkout, Dispute, Known, Looked, Paid, Provider, RefundStanding, Refunding, Reply, Started, WhyClosed};
use axum::http::HeaderMap;
use jiff::Timestamp;
use serde_json::{Value, json};
use tresen_wire::money::Money;

const NAME: &str = "mollie";

/// Mollie
#[derive(Clone)]
pub struct Mollie {
    url: String,
    key: String,
}

impl std::fmt::Debug for Mollie {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Mollie")
    }
}

impl Mollie {
    /// Mollie behind an address, with a key (`live_…` or `test_…`)
    #[must_use]
    pub fn new(url: &str, key: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), key: key.trim().to_owned() }
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.key)
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> Reply<Value> {
        let request = agent().post(format!("{}{path}", self.url)).header("authorization", self.bearer()).header("idempotency-key", key);
        reply(NAME, request.send_json(body))
    }
}

fn language(locale: &str) -> Option<&'static str> {
    Some(match locale {
        "de-AT" => "de_AT",
        "de-CH" => "de_CH",
        _ => match locale.split('-').next()? {
            "de" => "de_DE",
            "en" => "en_GB",
            "fr" => "fr_FR",
            "it" => "it_IT",
            "nl" => "nl_NL",
            _ => return None,
        },
    })
}

fn amount(amount: &Money) -> Option<Value> {
    Some(json!({"currency": amount.currency, "value": decimal::written(amount)?}))
}

fn money(said: &Value, place: &str) -> Option<Money> {
    decimal::at(said, place, "currency")
}

/// What banks took back of it in all; what was reversed has come back
fn dispute(said: &Value) -> Option<Dispute> {
    let all = said.pointer("/_embedded/chargebacks").and_then(Value::as_array)?;
    let sum = |reversed: bool| {
        let of = all.iter().filter(move |one| one.get("reversedAt").is_some_and(Value::is_string) == reversed);
        of.filter_map(|one| money(one, "/amount")).map(|amount| amount.minor).fold(0, i64::saturating_add)
    };
    match (sum(false), sum(true)) {
        (0, 0) => None,
        (0, minor) => Some(Dispute { minor, until: None, won: Some(true) }),
        // Mollie asks for no evidence: the money is gone.
        (minor, _) => Some(Dispute { minor, until: None, won: Some(false) }),
    }
}

fn looked(said: &Value) -> Reply<Looked> {
    Reply::Done(match said.get("status").and_then(Value::as_str) {
        Some("open") => Looked::Open,
        Some("pending" | "authorized") => Looked::Pending,
        Some("canceled") => Looked::Closed(WhyClosed::Cancelled),
        Some("expired") => Looked::Closed(WhyClosed::Expired),
        Some("failed") => Looked::Closed(WhyClosed::Declined),
        Some("paid") => {
            let text = |name: &str| said.get(name).and_then(Value::as_str);
            let at = text("paidAt").and_then(|at| at.parse::<Timestamp>().ok()).map(Timestamp::as_second);
            let (Some(reference), Some(amount), Some(at)) = (text("id"), money(said, "/amount"), at) else { return strange() };
            let returned = money(said, "/amountRefunded").map_or(0, |returned| returned.minor);
            Looked::Paid(Paid { reference: reference.to_owned(), amount, fee: None, at, returned, dispute: dispute(said) })
        }
        _ => return strange(),
    })
}

impl Provider for Mollie {
    fn methods(&self) -> &'static [&'static str] {
        &["card"]
    }

    fn origins(&self) -> Vec<String> {
        vec!["https://www.mollie.com".to_owned(), "https://pay.mollie.com".to_owned()]
    }

    fn start(&self, checkout: &Checkout) -> Reply<Started> {
        let Some(amount) = amount(&checkout.amount) else { return Reply::Refused("a currency that there is not".to_owned()) };
        let mut body = json!({"amount": amount, "description": checkout.description, "redirectUrl": checkout.return_url,
            "cancelUrl": checkout.return_url, "method": "creditcard", "metadata": {"payment": checkout.key}});
        // Mollie refuses addresses that it cannot reach.
        let notice = Some(&checkout.notice_url).filter(|url| url.starts_with("https://")).map(|url| json!(url));
        for (name, value) in [("webhookUrl", notice), ("locale", language(&checkout.locale).map(Value::from))] {
            if let (Some(value), Some(body)) = (value, body.as_object_mut()) {
                body.insert(name.to_owned(), value);
            }
        }
        self.post("/v2/payments", &checkout.key, &body).then(|said| {
            let at = |place: &str| said.pointer(place).and_then(Value::as_str).map(str::to_owned);
            match (at("/id"), at("/_links/checkout/href")) {
                (Some(reference), Some(redirect)) => Reply::Done(Started { reference, redirect }),
                _ => strange(),
            }
        })
    }

    fn look(&self, known: &Known) -> Reply<Looked> {
        let request = agent().get(format!("{}/v2/payments/{}", self.url, known.reference)).query("embed", "chargebacks");
        reply(NAME, request.header("authorization", self.bearer()).call()).then(|said| looked(&said))
    }

    fn close(&self, known: &Known) -> Reply<()> {
        let request = agent().delete(format!("{}/v2/payments/{}", self.url, known.reference)).header("authorization", self.bearer());
        reply(NAME, request.header("idempotency-key", format!("close-{}", known.key)).call()).then(|said| match looked(&said) {
            Reply::Done(Looked::Closed(_)) => Reply::Done(()),
            _ => strange(),
        })
    }

    fn refund(&self, refund: &Refunding) -> Reply<RefundStanding> {
        let Some(amount) = amount(&refund.amount) else { return Reply::Refused("a currency that there is not".to_owned()) };
        let path = format!("/v2/payments/{}/refunds", refund.reference);
        let body = json!({"amount": amount, "description": refund.key, "metadata": {"refund": refund.key}});
        self.post(&path, &refund.key, &body).then(|said| match said.get("status").and_then(Value::as_str) {
            Some("refunded") => Reply::Done(RefundStanding::Settled),
            Some("queued" | "pending" | "processing") => Reply::Done(RefundStanding::Pending),
            Some("failed" | "canceled") => Reply::Done(RefundStanding::Failed),
            _ => strange(),
        })
    }

    fn notice(&self, _headers: &HeaderMap, body: &[u8]) -> Reply<Option<About>> {
        let id = url::form_urlencoded::parse(body).find(|(name, _)| name == "id").map(|(_, id)| id.into_owned());
        Reply::Done(id.map(About::Checkout))
    }
}
