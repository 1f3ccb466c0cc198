//! The goods arrive: a term that is counted from delivery begins, and nobody has less time than they were told.

use crate::common::Service;
use crate::common::collection::advance;
use crate::common::shop::{Order, eur};
use serde_json::{Value, json};

const POLICY: &str = r#"{
  "format": 1, "name": "delivery", "market": "DE", "currency": "EUR",
  "merchant": {"name": "Kiesel & Lein", "size": "micro"},
  "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
  "methods": [
    {"id": "lieferung", "kind": "invoice", "term": {"days": 14, "from": "delivery"}},
    {"id": "rechnung", "kind": "invoice", "term": {"days": 14, "from": "order"}},
    {"id": "prepayment", "kind": "prepayment"}
  ],
  "fallback": ["prepayment"]
}"#;

fn start() -> Service {
    let service = Service::start();
    assert_eq!(service.client.post("/v1/policies", POLICY).status, 201);
    service
}

fn buys(service: &Service, order: &str, method: &str, facts: Value) -> (String, Value) {
    let session = service.client.session_of("cus_1");
    let answer = service.client.confirmed(&session, &Order { facts, ..Order::new(order, method, 10_000) });
    let claim = answer["receivable"].clone();
    (format!("/v1/receivables/{}/delivery", claim["id"].as_str().unwrap()), claim["due_date"].clone())
}

fn born() -> Value {
    json!({"customer.birth_date": "1985-03-27"})
}

#[test]
fn a_term_from_a_delivery_that_nobody_named_begins_when_the_goods_arrive() {
    let service = start();
    let (delivery, due) = buys(&service, "1", "lieferung", born());
    assert_eq!(due, Value::Null);
    advance(&service, 3);
    assert_eq!(service.refuses(|| service.does(&delivery, json!({"on": "2026-11-25"}))), (422, "delivery.in_future".to_owned()));
    assert_eq!(service.refuses(|| service.does(&delivery, json!({"on": "24.11.2026"}))), (422, "delivery.malformed".to_owned()));
    assert_eq!(service.refuses(|| service.does(&delivery, json!({}))).1, "body.invalid");
    let told = service.done(&delivery, json!({"on": "2026-11-24"}));
    assert_eq!((&told["due_date"], &told["delivered_on"]), (&json!("2026-12-08"), &json!("2026-11-24")));
    let events = service.events();
    let again = service.done(&delivery, json!({"on": "2026-11-24"}));
    assert_eq!((service.events(), &again["due_date"]), (events, &json!("2026-12-08")), "the same news twice is no news");
    assert_eq!(service.done(&delivery, json!({"on": "2026-11-22"}))["delivered_on"], "2026-11-24", "the last of the goods counts");
    let kinds: Vec<&str> = again["timeline"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["ReceivableCreated", "GoodsDelivered", "DueDateSet"]);
}

#[test]
fn goods_that_come_late_give_more_time_and_goods_that_come_early_do_not_take_any() {
    let service = start();
    let expected = |day: &str| json!({"customer.birth_date": "1985-03-27", "order.expected_delivery": day});
    let (delivery, due) = buys(&service, "1", "lieferung", expected("2026-11-24"));
    assert_eq!(due, "2026-12-08");
    advance(&service, 1);
    assert_eq!(service.done(&delivery, json!({"on": "2026-11-22"}))["due_date"], "2026-12-08");
    advance(&service, 5);
    assert_eq!(service.done(&delivery, json!({"on": "2026-11-27"}))["due_date"], "2026-12-11");
    // A term from the order is what it is; the day is kept all the same.
    let (delivery, due) = buys(&service, "2", "rechnung", born());
    let told = service.done(&delivery, json!({"on": "2026-11-27"}));
    assert_eq!((&told["due_date"], &told["delivered_on"]), (&due, &json!("2026-11-27")));
    assert_eq!(service.refuses(|| service.does("/v1/receivables/rcv_1/delivery", json!({"on": "2026-11-27"}))).1, "receivable.unknown");
}

#[test]
fn what_is_paid_or_sent_back_needs_no_due_date() {
    let service = start();
    let (delivery, _) = buys(&service, "1", "lieferung", born());
    let claim = delivery.replace("/delivery", "");
    service.done(&format!("{claim}/credit-notes"), json!({"amount": eur(10_000), "reason": "return"}));
    let told = service.done(&delivery, json!({"on": "2026-11-21"}));
    assert_eq!((&told["due_date"], &told["delivered_on"], &told["ending"]), (&Value::Null, &json!("2026-11-21"), &json!("credited")));
}
