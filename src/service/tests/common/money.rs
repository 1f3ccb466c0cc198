//! A bank that tells of payments, and a shop that does something about claims.

use super::shop::{Order, eur};
use super::{Answer, Service};
use serde_json::{Value, json};

/// A payment as a bank tells of it; tests change one thing at a time
pub fn told(reference: &str, minor: i64) -> Value {
    json!({"provider": "bank", "reference": reference, "amount": eur(minor), "value_date": "2026-11-21"})
}

pub fn with(mut value: Value, name: &str, part: impl Into<Value>) -> Value {
    value[name] = part.into();
    value
}

impl Service {
    /// A claim of a confirmed order: its id and what the payer writes
    pub fn claim(&self, customer: &str, order: &str, minor: i64) -> (String, String) {
        let session = self.client.session_of(customer);
        let answer = self.client.confirmed(&session, &Order::new(order, "invoice", minor));
        let part = |name: &str| answer["receivable"][name].as_str().unwrap().to_owned();
        (part("id"), part("reference"))
    }

    /// The bank tells of a payment, under a key of its own each time
    pub fn tells(&self, payment: &Value) -> Answer {
        let key = format!("tell-{}", self.count("SELECT count(*) FROM idempotency"));
        self.client.post_with("/v1/payments", &payment.to_string(), &[("idempotency-key", &key)])
    }

    /// The bank tells of a payment that is taken down
    pub fn comes(&self, payment: &Value) -> Value {
        let answer = self.tells(payment);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    pub fn does(&self, path: &str, body: Value) -> Answer {
        self.client.post(path, &body.to_string())
    }

    /// What is expected to be done
    pub fn done(&self, path: &str, body: Value) -> Value {
        let answer = self.does(path, body);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub fn receivable(&self, id: &str) -> Value {
        let answer = self.client.get(&format!("/v1/receivables/{id}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub fn unmatched(&self) -> Vec<Value> {
        self.client.get("/v1/payments/unmatched").json()["payments"].as_array().unwrap().clone()
    }

    pub fn events(&self) -> i64 {
        self.count("SELECT count(*) FROM events")
    }

    /// Status and code of a refusal, which has left nothing behind
    pub fn refuses(&self, answer: impl FnOnce() -> Answer) -> (u16, String) {
        let before = self.events();
        let answer = answer();
        assert!(answer.status >= 400, "{}", answer.text());
        assert_eq!(self.events(), before, "{}", answer.text());
        (answer.status, answer.code())
    }
}
