//! A merchant who reminds.

use super::{Answer, Service, shop};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The policy of the tests, with a letterhead and an account
pub static POLICY: LazyLock<String> = LazyLock::new(|| {
    let mut policy: Value = serde_json::from_str(shop::POLICY).unwrap();
    policy["merchant"]["imprint"] = json!({"creditor": "Kiesel & Lein GmbH", "street": "Musterkai 7", "postcode": "24103", "city": "Kiel",
        "register": "Amtsgericht Musterstadt HRB 00000", "website": "kiesel-lein.example", "email": "hallo@kiesel-lein.example",
        "phone": "0431 000000", "hours": "Mo–Sa 8–20 Uhr"});
    policy["merchant"]["account"] = json!({"holder": "Kiesel & Lein GmbH", "iban": "DE89370400440532013000"});
    policy.to_string()
});

/// The merchant says who writes
pub fn letterhead(service: &Service) {
    let answer = service.client.post("/v1/policies", &POLICY);
    assert_eq!(answer.status, 201, "{}", answer.text());
}

impl Service {
    pub fn put(&self, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.client.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.client.send("PUT", path, &headers, body.to_string().as_bytes())
    }
}
