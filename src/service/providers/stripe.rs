//! Stripe: Checkout Sessions in `payment` mode, on Stripe's own page.
//!
//! API version 2026-09-30.endive. A session is one payment; the number of the money is its PaymentIntent's. Cards only: Apple Pay and Google Pay are cards
//! on Stripe's page. Written and tested against the published description (`tests/providers/stripe.json`); no account of Stripe's was used.

use super::http::{agent, reply, strange};
use super::{About, Checkout, Dispute, Known, Looked, Paid, Provider, RefundStanding, Refunding, Reply, Started, WhyClosed};
use axum::http::HeaderMap;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use serde_json::Value;
use sha2::Sha256;
use tresen_core::money::Currency;
use tresen_wire::money::Money;

const NAME: &str = "stripe";

/// The version of the interface that this file was written against
const VERSION: &str = "2026-09-30.endive";

/// Stripe lets a session expire after 30 minutes at the earliest; the way there takes a moment
const LIFETIME_LEAST_S: i64 = 31 * 60;

/// Stripe
#[derive(Clone)]
pub struct Stripe {
    url: String,
    key: String,
    secret: String,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Stripe")
    }
}

impl Stripe {
    /// Stripe behind an address, with a secret key (`sk_…` or `rk_…`) and the secret of the webhook's endpoint (`whsec_…`)
    #[must_use]
    pub fn new(url: &str, key: &str, secret: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), key: key.trim().to_owned(), secret: secret.trim().to_owned() }
    }

    fn get(&self, path: &str, query: &[(&str, &str)]) -> Reply<Value> {
        let request = agent().get(format!("{}{path}", self.url));
        let request = query.iter().fold(request, |request, (name, value)| request.query(name, value));
        reply(NAME, request.header("authorization", format!("Bearer {}", self.key)).header("stripe-version", VERSION).call())
    }

    fn post(&self, path: &str, key: &str, fields: &[(&str, &str)]) -> Reply<Value> {
        let request = agent()
            .post(format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.key))
            .header("stripe-version", VERSION)
            .header("idempotency-key", key);
        reply(NAME, request.send_form(fields.iter().copied()))
    }

    /// What the payer's bank took back of a payment
    fn dispute(&self, intent: &str) -> Reply<Option<Dispute>> {
        self.get("/v1/disputes", &[("payment_intent", intent), ("limit", "1")]).then(|said| {
            let Some(found) = said.pointer("/data/0") else { return Reply::Done(None) };
            let Some(minor) = found.get("amount").and_then(Value::as_i64) else { return strange() };
            let due = found.pointer("/evidence_details/due_by").and_then(Value::as_i64);
            let until =
                due.and_then(|due| Timestamp::from_second(due).ok()).map(|due| due.to_zoned(jiff::tz::TimeZone::UTC).date().to_string());
            match found.get("status").and_then(Value::as_str) {
                Some("won" | "warning_closed" | "prevented") => Reply::Done(Some(Dispute { minor, until, won: Some(true) })),
                Some("lost") => Reply::Done(Some(Dispute { minor, until, won: Some(false) })),
                // An inquiry takes nothing back yet.
                Some("warning_needs_response" | "warning_under_review") => Reply::Done(None),
                Some(_) => Reply::Done(Some(Dispute { minor, until, won: None })),
                None => strange(),
            }
        })
    }
}

fn begun(said: Value) -> Reply<Started> {
    let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
    match (text("id"), text("url")) {
        (Some(reference), Some(redirect)) => Reply::Done(Started { reference, redirect }),
        _ => strange(),
    }
}

/// Amounts are in minor units there, too; where its units are not those of ISO 4217 it is not asked
fn units(amount: &Money) -> Option<String> {
    let digits = Currency::parse(&amount.currency)?.digits();
    (digits == 2 || amount.currency == "JPY").then(|| amount.minor.to_string())
}

fn money(said: &Value, amount: &str) -> Option<Money> {
    Some(Money::new(said.get(amount)?.as_i64()?, &said.get("currency")?.as_str()?.to_uppercase()))
}

fn language(locale: &str) -> &str {
    let language = locale.split('-').next().unwrap_or_default();
    if ["de", "en", "fr", "it", "nl"].contains(&language) { language } else { "auto" }
}

impl Provider for Stripe {
    fn methods(&self) -> &'static [&'static str] {
        &["card"]
    }

    fn origins(&self) -> Vec<String> {
        vec!["https://checkout.stripe.com".to_owned()]
    }

    fn start(&self, checkout: &Checkout) -> Reply<Started> {
        let Some(amount) = units(&checkout.amount) else { return Reply::Refused("a currency that is not asked for".to_owned()) };
        let expires = checkout.begun_at.saturating_add(LIFETIME_LEAST_S).max(checkout.expires_at).to_string();
        let currency = checkout.amount.currency.to_lowercase();
        let Checkout { key, description, return_url, .. } = checkout;
        let fields = [
            ("mode", "payment"),
            ("allowed_payment_method_types[0]", "card"),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", &currency),
            ("line_items[0][price_data][unit_amount]", &amount),
            ("line_items[0][price_data][product_data][name]", description),
            // Else the payer may pay in another currency than what is owed.
            ("adaptive_pricing[enabled]", "false"),
            ("client_reference_id", key),
            ("metadata[payment]", key),
            ("payment_intent_data[metadata][payment]", key),
            ("success_url", return_url),
            ("cancel_url", return_url),
            ("expires_at", &expires),
            ("locale", language(&checkout.locale)),
        ];
        self.post("/v1/checkout/sessions", key, &fields).then(begun)
    }

    fn look(&self, known: &Known) -> Reply<Looked> {
        let path = format!("/v1/checkout/sessions/{}", known.reference);
        let expand = "payment_intent.latest_charge.balance_transaction";
        self.get(&path, &[("expand[]", expand)]).then(|said| {
            let intent = said.get("payment_intent").unwrap_or(&Value::Null);
            let paying = intent.get("status").and_then(Value::as_str).unwrap_or_default();
            let word = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
            match (word("status"), word("payment_status")) {
                ("complete", "paid") => self.paid(intent),
                ("expired", _) => Reply::Done(Looked::Closed(WhyClosed::Expired)),
                (_, "unpaid") if paying == "processing" => Reply::Done(Looked::Pending),
                ("complete", "unpaid") if paying == "requires_payment_method" || paying == "canceled" => {
                    Reply::Done(Looked::Closed(WhyClosed::Declined))
                }
                ("complete", "unpaid") => Reply::Done(Looked::Pending),
                ("open", "unpaid") => Reply::Done(Looked::Open),
                _ => strange(),
            }
        })
    }

    fn close(&self, known: &Known) -> Reply<()> {
        let path = format!("/v1/checkout/sessions/{}/expire", known.reference);
        self.post(&path, &format!("close-{}", known.key), &[]).then(|_| Reply::Done(()))
    }

    fn refund(&self, refund: &Refunding) -> Reply<RefundStanding> {
        let Some(amount) = units(&refund.amount) else { return Reply::Refused("a currency that is not asked for".to_owned()) };
        let fields = [("payment_intent", refund.reference.as_str()), ("amount", &amount), ("metadata[refund]", &refund.key)];
        self.post("/v1/refunds", &refund.key, &fields).then(|said| match said.get("status").and_then(Value::as_str) {
            Some("succeeded") => Reply::Done(RefundStanding::Settled),
            Some("pending" | "requires_action") => Reply::Done(RefundStanding::Pending),
            Some("failed" | "canceled") => Reply::Done(RefundStanding::Failed),
            _ => strange(),
        })
    }

    fn notice(&self, headers: &HeaderMap, body: &[u8]) -> Reply<Option<About>> {
        let header = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !is_signed(&self.secret, header, body) {
            return Reply::Refused("not signed".to_owned());
        }
        let said: Value = serde_json::from_slice(body).unwrap_or_default();
        let at = |place: &str| said.pointer(place).and_then(Value::as_str).map(str::to_owned);
        Reply::Done(match at("/data/object/object").as_deref() {
            Some("checkout.session") => at("/data/object/id").map(About::Checkout),
            Some("payment_intent") => at("/data/object/id").map(About::Money),
            Some("charge" | "dispute" | "refund") => at("/data/object/payment_intent").map(About::Money),
            Some(_) | None => None,
        })
    }
}

impl Stripe {
    fn paid(&self, intent: &Value) -> Reply<Looked> {
        let charge = intent.get("latest_charge").unwrap_or(&Value::Null);
        let reference = intent.get("id").and_then(Value::as_str).map(str::to_owned);
        let at = charge.get("created").and_then(Value::as_i64);
        let (Some(reference), Some(amount), Some(at)) = (reference, money(intent, "amount_received"), at) else { return strange() };
        let is_disputed = charge.get("disputed").and_then(Value::as_bool).unwrap_or(false);
        let dispute = if is_disputed { self.dispute(&reference) } else { Reply::Done(None) };
        let fee = charge.get("balance_transaction").and_then(|transaction| money(transaction, "fee"));
        let returned = charge.get("amount_refunded").and_then(Value::as_i64).unwrap_or(0);
        dispute.then(|dispute| Reply::Done(Looked::Paid(Paid { reference, amount, fee, at, returned, dispute })))
    }
}

/// Whether Stripe signed what came; when is not asked, for what came says only where to look
fn is_signed(secret: &str, header: &str, body: &[u8]) -> bool {
    let part =
        |name: &'static str| header.split(',').filter_map(move |part| part.trim().split_once('=')).filter(move |(key, _)| *key == name);
    let Some((_, at)) = part("t").next() else { return false };
    let signed = |signature: &str| {
        let bytes: Option<Vec<u8>> = (0..signature.len())
            .step_by(2)
            .map(|place| u8::from_str_radix(signature.get(place..place.checked_add(2)?)?, 16).ok())
            .collect();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
        mac.update(at.as_bytes());
        mac.update(b".");
        mac.update(body);
        mac.verify_slice(&bytes?).ok()
    };
    part("v1").any(|(_, signature)| signed(signature).is_some())
}
