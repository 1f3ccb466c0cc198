//! A shop that asks for steps, and a shopper who does them.

use super::shop::{Order, eur};
use super::{Answer, Client, Service};
use serde_json::{Value, json};

/// An e-mail above 100.00, the identity above 200.00; debit wants a telephone, the birth date or an address
pub const POLICY: &str = r#"{
  "format": 1, "name": "steps", "market": "DE", "currency": "EUR",
  "merchant": {"name": "Kiesel & Lein", "size": "micro"},
  "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
  "rules": [
    {"id": "minors", "when": {"fact": "customer.age", "operator": "lessThan", "value": 18}, "withhold": "credit", "reason": "customer.minor"},
    {"id": "email", "when": {"all": [{"fact": "cart.total", "operator": "greaterThan", "value": "100.00 EUR"},
      {"fact": "customer.confirmed", "operator": "doesNotContain", "value": "email"}]}, "withhold": ["invoice"], "reason": "identity.unconfirmed"},
    {"id": "identity", "when": {"all": [{"fact": "cart.total", "operator": "greaterThan", "value": "200.00 EUR"},
      {"fact": "customer.confirmed", "operator": "doesNotContain", "value": "identity"}]}, "withhold": ["invoice"], "reason": "identity.unconfirmed"},
    {"id": "any", "when": {"all": [{"fact": "customer.confirmed", "operator": "doesNotContain", "value": "phone"},
      {"fact": "customer.confirmed", "operator": "doesNotContain", "value": "birth_date"},
      {"fact": "customer.confirmed", "operator": "doesNotContain", "value": "address"}]}, "withhold": ["later"], "reason": "identity.unconfirmed"}
  ],
  "methods": [
    {"id": "invoice", "kind": "invoice", "term": {"days": 14, "from": "order"}},
    {"id": "later", "kind": "pay_later", "term": {"days": 30, "from": "order"}},
    {"id": "prepayment", "kind": "prepayment"}
  ],
  "fallback": ["prepayment"]
}"#;

pub fn service() -> Service {
    with_policy(Service::start())
}

pub fn with_policy(service: Service) -> Service {
    let uploaded = service.client.post("/v1/policies", POLICY);
    assert_eq!(uploaded.status, 201, "{}", uploaded.text());
    service
}

/// What a browser does with steps
pub trait Shopper {
    fn begin(&self, session: &str, step: &str, said: Value) -> Answer;
    fn reply(&self, session: &str, step: &str, said: Value) -> Answer;
    fn begun(&self, session: &str, step: &str, said: Value) -> Value;
    fn replied(&self, session: &str, step: &str, said: Value) -> Value;
    fn steps(&self, session: &str) -> Value;
    fn state(&self, session: &str, step: &str) -> String;
    fn messages(&self) -> Vec<Value>;
    fn code(&self) -> String;
    fn invoice(&self, session: &str, total: i64) -> Value;
}

impl Shopper for Client {
    fn begin(&self, session: &str, step: &str, said: Value) -> Answer {
        self.post_as_browser(&format!("/v1/checkout/{session}/steps/{step}"), &said.to_string())
    }

    fn reply(&self, session: &str, step: &str, said: Value) -> Answer {
        self.post_as_browser(&format!("/v1/checkout/{session}/steps/{step}/answer"), &said.to_string())
    }

    fn begun(&self, session: &str, step: &str, said: Value) -> Value {
        let answer = self.begin(session, step, said);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    fn replied(&self, session: &str, step: &str, said: Value) -> Value {
        let answer = self.reply(session, step, said);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    fn steps(&self, session: &str) -> Value {
        let answer = self.get_as_browser(&format!("/v1/checkout/{session}/steps"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    fn state(&self, session: &str, step: &str) -> String {
        let steps = self.steps(session);
        let found = steps["steps"].as_array().unwrap().iter().find(|one| one["step"] == step).unwrap();
        found["state"].as_str().unwrap().to_owned()
    }

    /// The newest first
    fn messages(&self) -> Vec<Value> {
        self.get("/v1/sandbox/messages").json()["messages"].as_array().unwrap().clone()
    }

    /// The code in the newest message
    fn code(&self) -> String {
        code_in(self.messages()[0]["text"].as_str().unwrap())
    }

    fn invoice(&self, session: &str, total: i64) -> Value {
        let answer = self.post(&format!("/v1/sessions/{session}/preview"), &json!({"facts": {"cart.total": eur(total)}}).to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["decision"]["methods"].as_array().unwrap().iter().find(|method| method["id"] == "invoice").unwrap().clone()
    }
}

pub fn code_in(text: &str) -> String {
    text.split(|character: char| !character.is_ascii_digit()).find(|digits| digits.len() == 6).unwrap().to_owned()
}

pub fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

pub fn order(number: &str, total: i64) -> Order {
    Order { facts: json!({"billing.country": "DE"}), ..Order::new(number, "invoice", total) }
}

pub fn customer(client: &Client, reference: &str) -> String {
    client.session(&json!({"customer": {"reference": reference, "signed_in": true, "email": "yvonne@example.org"}, "return_url": "http://127.0.0.1:9/done"}))
}
