//! What a browser says it decided is compared with what it should have decided: told to the shop, kept, and binding nobody.

use crate::common::Service;
use crate::common::shop::{Order, eur};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tresen_core::date::Date;
use tresen_core::offer;
use tresen_core::policy::Policy;
use tresen_core::record::answer_bytes;
use tresen_wire::facts::{Who, read_object};

/// The record of a browser that got this session and knows these facts
fn browser(service: &Service, session: &str, facts: &Value) -> Vec<u8> {
    let checkout = service.client.get_as_browser(&format!("/v1/checkout/{session}")).json();
    let policy = Policy::from_bytes(&STANDARD.decode(checkout["residual"].as_str().unwrap()).unwrap()).unwrap();
    let today = Date::parse(checkout["today"].as_str().unwrap()).unwrap();
    let mut facts = read_object(&policy, facts.as_object().unwrap(), Who::Client, today).unwrap();
    answer_bytes(&offer::decide(&policy.program(), &mut facts, today))
}

/// The facts of the order with its cart, as the browser has them too
fn facts_of(order: &Order) -> Value {
    let mut facts = order.facts.clone();
    facts["cart.total"] = eur(order.total);
    facts
}

fn confirm(service: &Service, session: &str, order: &Order, record: Option<&[u8]>) -> Value {
    let mut body: Value = serde_json::from_str(&order.body()).unwrap();
    body["browser_record"] = json!(record.map(|record| STANDARD.encode(record)));
    let path = format!("/v1/sessions/{session}/confirm");
    let answer = service.client.post_with(&path, &body.to_string(), &[("idempotency-key", &order.key)]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn recorded(service: &Service, answer: &Value) -> Value {
    service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json()
}

#[test]
fn the_browser_that_decides_by_its_residual_agrees_bit_for_bit() {
    let service = Service::start();
    let first = service.client.session_of("cus_1");
    service.client.confirmed(&first, &Order::new("1", "invoice", 20_000));
    // 100.00 are left, which the residual knows without the balance.
    for (number, total, outcome) in [("2", 10_001, "refused"), ("3", 10_000, "confirmed")] {
        let session = service.client.session_of("cus_1");
        let order = Order::new(number, "invoice", total);
        let record = browser(&service, &session, &facts_of(&order));
        let answer = confirm(&service, &session, &order, Some(&record));
        assert_eq!((&answer["outcome"], &answer["browser_agrees"]), (&json!(outcome), &json!(true)));
        let kept = recorded(&service, &answer);
        assert_eq!((&kept["browser_agrees"], &kept["browser_record"]), (&json!(true), &json!(STANDARD.encode(&record))));
    }
}

#[test]
fn another_answer_is_told_and_neither_binds_nor_stops_anything() {
    let service = Service::start();
    let order = Order::new("1", "invoice", 10_000);
    let session = service.client.session_of("cus_1");
    let record = browser(&service, &session, &facts_of(&order));
    for place in 0..record.len() {
        let mut other = record.clone();
        other[place] ^= 1;
        let attempt = Order { method: "gold".into(), key: format!("bit-{place}"), ..order.clone() };
        assert_eq!(confirm(&service, &session, &attempt, Some(&other))["browser_agrees"], false, "bit at {place}");
    }
    let answer = confirm(&service, &session, &order, Some(b"edited"));
    assert_eq!((&answer["outcome"], &answer["browser_agrees"]), (&json!("confirmed"), &json!(false)));
    assert_eq!(recorded(&service, &answer)["browser_agrees"], false);
}

#[test]
fn a_browser_that_reckoned_with_another_cart_or_age_does_not_agree() {
    let service = Service::start();
    let order = Order { facts: json!({"customer.birth_date": "2009-11-22"}), ..Order::new("1", "invoice", 10_000) };
    let session = service.client.session_of("cus_1");
    let older = json!({"customer.birth_date": "1980-01-01", "cart.total": eur(10_000)});
    let dearer = json!({"customer.birth_date": "2009-11-22", "cart.total": eur(25_001)});
    for (number, facts, agrees) in [("a", &older, false), ("b", &dearer, false), ("c", &facts_of(&order), true)] {
        let record = browser(&service, &session, facts);
        let answer = confirm(&service, &session, &Order { key: number.into(), ..order.clone() }, Some(&record));
        assert_eq!((&answer["outcome"], &answer["browser_agrees"]), (&json!("refused"), &json!(agrees)), "{facts}");
    }
}

#[test]
fn where_the_browser_said_nothing_nothing_is_said_of_it() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let answer = confirm(&service, &session, &Order::new("1", "invoice", 10_000), None);
    assert_eq!(answer["browser_agrees"], Value::Null);
    assert!(answer.as_object().unwrap().contains_key("browser_agrees"));
    assert_eq!(recorded(&service, &answer)["browser_agrees"], Value::Null);
    let mut body: Value = serde_json::from_str(&Order::new("2", "invoice", 10_000).body()).unwrap();
    for record in ["%", &"A".repeat(16_388)] {
        body["browser_record"] = json!(record);
        let answer = service.client.post_with(&format!("/v1/sessions/{session}/confirm"), &body.to_string(), &[("idempotency-key", "k")]);
        assert_eq!((answer.status, answer.code().as_str()), (422, "browser_record.malformed"));
    }
}
