//! The provider that comes with Tresen, as a process of its own (`tresen sandbox-provider`): no money moves there.
//!
//! Its interface is like that of the others: JSON with a bearer key and `Idempotency-Key`, notices signed as Standard Webhooks are.

use super::http::{agent, reply, strange};
use super::{About, Checkout, Dispute, Known, Looked, Paid, Provider, RefundStanding, Refunding, Reply, Started, WhyClosed};
use crate::webhooks::{is_signed, secret_of};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};
use tresen_wire::money::Money;

const NAME: &str = "sandbox";

/// The sandbox's provider behind an address
#[derive(Clone)]
pub struct SandboxProvider {
    url: String,
    key: String,
    secret: Vec<u8>,
}

impl std::fmt::Debug for SandboxProvider {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SandboxProvider")
    }
}

#[derive(Debug, Deserialize)]
struct Said {
    id: String,
    url: String,
    status: String,
    payment: Option<SaidPayment>,
}

#[derive(Debug, Deserialize)]
struct SaidPayment {
    id: String,
    amount: Money,
    fee: Money,
    paid_at: i64,
    refunded: i64,
    dispute: Option<SaidDispute>,
}

#[derive(Debug, Deserialize)]
struct SaidDispute {
    amount: i64,
    evidence_until: String,
    outcome: Option<String>,
}

impl SandboxProvider {
    /// Behind that address, with its key, and the secret of its notices: `whsec_` and base64
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service.
    pub fn new(url: &str, key: &str, secret: &str) -> Result<Self, String> {
        let secret = secret_of(secret).ok_or("the secret of the sandbox's provider is not `whsec_` and base64")?;
        Ok(Self { url: url.trim_end_matches('/').to_owned(), key: key.trim().to_owned(), secret })
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.key)
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> Reply<Value> {
        let request = agent().post(format!("{}{path}", self.url)).header("authorization", self.bearer()).header("idempotency-key", key);
        reply(NAME, request.send_json(body))
    }
}

fn read(said: Value) -> Reply<Said> {
    serde_json::from_value(said).map_or_else(|_| strange(), Reply::Done)
}

fn looked(said: Said) -> Reply<Looked> {
    Reply::Done(match (said.status.as_str(), said.payment) {
        ("paid", Some(paid)) => {
            let dispute = paid.dispute.map(|dispute| Dispute {
                minor: dispute.amount,
                until: Some(dispute.evidence_until),
                won: dispute.outcome.map(|outcome| outcome == "won"),
            });
            Looked::Paid(Paid {
                reference: paid.id,
                amount: paid.amount,
                fee: Some(paid.fee),
                at: paid.paid_at,
                returned: paid.refunded,
                dispute,
            })
        }
        ("open", _) => Looked::Open,
        ("processing", _) => Looked::Pending,
        ("declined", _) => Looked::Closed(WhyClosed::Declined),
        ("cancelled", _) => Looked::Closed(WhyClosed::Cancelled),
        ("expired", _) => Looked::Closed(WhyClosed::Expired),
        _ => return strange(),
    })
}

impl Provider for SandboxProvider {
    fn methods(&self) -> &'static [&'static str] {
        &["card"]
    }

    fn origins(&self) -> Vec<String> {
        vec![self.url.clone()]
    }

    fn start(&self, checkout: &Checkout) -> Reply<Started> {
        let Checkout { key, method, amount, description, locale, return_url, notice_url, expires_at, .. } = checkout;
        let body = json!({"method": method, "amount": amount, "description": description, "locale": locale, "return_url": return_url,
            "notice_url": notice_url, "expires_at": expires_at});
        self.post("/v1/checkouts", key, &body).then(read).then(|said| Reply::Done(Started { reference: said.id, redirect: said.url }))
    }

    fn look(&self, known: &Known) -> Reply<Looked> {
        let url = format!("{}/v1/checkouts/{}", self.url, known.reference);
        reply(NAME, agent().get(url).header("authorization", self.bearer()).call()).then(read).then(looked)
    }

    fn close(&self, known: &Known) -> Reply<()> {
        let path = format!("/v1/checkouts/{}/expire", known.reference);
        self.post(&path, &format!("close-{}", known.key), &json!({})).then(|_| Reply::Done(()))
    }

    fn refund(&self, refund: &Refunding) -> Reply<RefundStanding> {
        let body = json!({"payment": refund.reference, "amount": refund.amount});
        self.post("/v1/refunds", &refund.key, &body).then(|said| match said.get("status").and_then(Value::as_str) {
            Some("succeeded") => Reply::Done(RefundStanding::Settled),
            Some("pending") => Reply::Done(RefundStanding::Pending),
            Some("failed") => Reply::Done(RefundStanding::Failed),
            _ => strange(),
        })
    }

    fn notice(&self, headers: &HeaderMap, body: &[u8]) -> Reply<Option<About>> {
        if !is_signed(&self.secret, headers, body) {
            return Reply::Refused("not signed".to_owned());
        }
        let said: Value = serde_json::from_slice(body).unwrap_or_default();
        Reply::Done(said.get("checkout").and_then(Value::as_str).map(|checkout| About::Checkout(checkout.to_owned())))
    }
}
