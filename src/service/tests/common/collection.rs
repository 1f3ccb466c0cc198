//! A merchant who reminds.

use super::{Answer, Service, shop};
use serde_json::{Value, json};
use std::sync::{LazyLock, Mutex};
use tresen_core::ladder::Channel;
use tresen_service::{Handed, Parcel, Transport};

/// The policy of the tests, with a letterhead and an account
pub static POLICY: LazyLock<String> = LazyLock::new(|| {
    let mut policy: Value = serde_json::from_str(shop::POLICY).unwrap();
    policy["merchant"]["imprint"] = json!({"creditor": "Kiesel & Lein GmbH", "street": "Musterkai 7", "postcode": "24103", "city": "Kiel",
        "register": "Amtsgericht Musterstadt HRB 00000", "website": "kiesel-lein.example", "email": "hallo@kiesel-lein.example",
        "phone": "0431 000000", "hours": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "from": "08:00", "until": "20:00"}]});
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

/// A claim of a customer with an e-mail: its id and what the payer writes
pub fn owes(service: &Service, customer: &str, order: &str, minor: i64) -> (String, String) {
    let request = json!({"customer": {"reference": customer, "signed_in": true, "email": format!("{customer}@example.org")}});
    let session = service.client.session(&request);
    let answer = service.client.confirmed(&session, &shop::Order::new(order, "invoice", minor));
    let part = |name: &str| answer["receivable"][name].as_str().unwrap().to_owned();
    (part("id"), part("reference"))
}

/// Time goes on, and what is to be done is done
pub fn advance(service: &Service, days: u16) {
    let answer = service.client.post("/v1/sandbox/clock", &json!({"advance_days": days}).to_string());
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Something that was written to a customer
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub id: String,
    pub customer: String,
    pub occasion: String,
    pub channel: String,
    pub state: String,
    /// The day in UTC on which it was planned
    pub day: String,
    pub planned_ms: i64,
    pub sent_ms: Option<i64>,
    pub about: String,
}

/// Everything that was written, the first first
pub fn contacts(service: &Service) -> Vec<Written> {
    written(&service.sql())
}

/// [`contacts`], of an open database
pub fn written(sql: &rusqlite::Connection) -> Vec<Written> {
    let mut statement = sql
        .prepare("SELECT message_id, customer_id, occasion, channel, state, date(planned_ms / 1000, 'unixepoch'), planned_ms, about, sent_ms FROM contacts ORDER BY position")
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Written {
            id: row.get(0)?,
            customer: row.get(1)?,
            occasion: row.get(2)?,
            channel: row.get(3)?,
            state: row.get(4)?,
            day: row.get(5)?,
            planned_ms: row.get(6)?,
            about: row.get(7)?,
            sent_ms: row.get(8)?,
        })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Carries messages as it is told to
#[derive(Debug)]
pub struct Postman(Mutex<(Handed, usize)>);

impl Default for Postman {
    fn default() -> Self {
        Self(Mutex::new((Handed::Sent { provider_ref: None }, 0)))
    }
}

impl Postman {
    pub fn answers(&self, answer: Handed) {
        self.0.lock().unwrap().0 = answer;
    }

    pub fn carried(&self) -> usize {
        self.0.lock().unwrap().1
    }
}

impl Transport for Postman {
    fn send(&self, _channel: Channel, _parcel: &Parcel) -> Handed {
        let mut postman = self.0.lock().unwrap();
        if matches!(postman.0, Handed::Sent { .. }) {
            postman.1 += 1;
        }
        postman.0.clone()
    }
}
