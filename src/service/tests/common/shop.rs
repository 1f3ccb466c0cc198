//! A shop as a merchant's server would be: its policy, sessions and orders.

use super::{Answer, Client};
use serde_json::{Value, json};

/// Invoice up to 250.00 and 300.00 in all; cards and direct debits through the sandbox; prepayment for everybody
pub const POLICY: &str = r#"{
  "format": 1, "name": "test", "market": "DE", "currency": "EUR",
  "merchant": {"name": "Kiesel & Lein", "size": "micro"},
  "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
  "classes": [{"id": "A", "default_probability_ppm": 10000, "basis": "assumed"}],
  "exposure": {"limits": [{"maximum": "300.00 EUR"}]},
  "rules": [
    {"id": "overdue", "when": {"all": [{"fact": "account.overdue_count", "operator": "greaterThan", "value": 0}]},
     "withhold": ["invoice"], "reason": "account.overdue"},
    {"id": "minors", "when": {"all": [{"fact": "customer.age", "operator": "lessThan", "value": 18}]}, "withhold": "credit", "reason": "customer.minor"}
  ],
  "methods": [
    {"id": "invoice", "kind": "invoice", "limits": [{"maximum": "250.00 EUR"}], "term": {"days": 14, "from": "order"}, "fields": ["customer.birth_date"]},
    {"id": "invoice_agreed", "kind": "invoice", "term": {"days": 14, "from": "order"}, "consent": "invoice"},
    {"id": "debit", "kind": "sepa_debit", "provider": "sandbox"},
    {"id": "card", "kind": "card", "provider": "sandbox", "fee": {"fixed": "1.00 EUR", "rate": "0"}},
    {"id": "elsewhere", "kind": "wallet", "provider": "nobody"},
    {"id": "prepayment", "kind": "prepayment"}
  ],
  "fallback": ["prepayment"]
}"#;

pub fn eur(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

/// What an order asks for; tests change one thing at a time
#[derive(Debug, Clone)]
pub struct Order {
    pub number: String,
    pub method: String,
    pub total: i64,
    pub amount: Value,
    pub facts: Value,
    pub cart: Value,
    pub consents: Value,
    pub plan: Value,
    pub contact: Value,
    pub access: Value,
    pub key: String,
}

impl Order {
    pub fn new(number: &str, method: &str, total: i64) -> Self {
        Self {
            number: number.to_owned(),
            method: method.to_owned(),
            total,
            amount: eur(total),
            facts: json!({"customer.birth_date": "1985-03-27", "billing.country": "DE", "billing.region": "BE"}),
            cart: json!({"lines": [{"sku": "KL-1", "name": "Decke", "quantity": 1, "amount": eur(total)}], "total": eur(total)}),
            consents: json!([]),
            plan: Value::Null,
            contact: Value::Null,
            access: Value::Null,
            key: format!("key-{number}"),
        }
    }

    pub fn body(&self) -> String {
        json!({"order": self.number, "method": self.method, "amount": self.amount, "facts": self.facts, "cart": self.cart, "consents": self.consents,
            "plan": self.plan, "contact": self.contact, "access": self.access})
            .to_string()
    }
}

impl Client {
    pub fn session_of(&self, reference: &str) -> String {
        self.session(&json!({"customer": {"reference": reference, "signed_in": true}, "return_url": "http://127.0.0.1:9/done"}))
    }

    pub fn guest_session(&self, guest: &str, email: Option<&str>) -> String {
        self.session(&json!({"customer": {"guest_reference": guest, "signed_in": false, "email": email}}))
    }

    pub fn session(&self, request: &Value) -> String {
        let answer = self.post("/v1/sessions", &request.to_string());
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["session"].as_str().unwrap().to_owned()
    }

    pub fn confirm(&self, session: &str, order: &Order) -> Answer {
        self.post_with(&format!("/v1/sessions/{session}/confirm"), &order.body(), &[("idempotency-key", &order.key)])
    }

    /// Confirms and expects that it stands
    pub fn confirmed(&self, session: &str, order: &Order) -> Value {
        let answer = self.confirm(session, order);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let json = answer.json();
        assert_eq!(json["outcome"], "confirmed", "{json:#}");
        json
    }

    /// Confirms and expects a refusal; its reason codes
    pub fn refused(&self, session: &str, order: &Order) -> Vec<String> {
        let answer = self.confirm(session, order);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let json = answer.json();
        assert_eq!(json["outcome"], "refused", "{json:#}");
        assert!(json["decision"]["methods"].is_array(), "a refusal carries the corrected offer: {json:#}");
        json["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
    }

    pub fn account(&self, reference: &str) -> Value {
        self.get(&format!("/v1/customers/{reference}/account")).json()
    }
}
