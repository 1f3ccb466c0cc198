//! A guest who types somebody else's e-mail learns nothing about that person: not by text, not by offer, not by the work done.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test")]

mod common;

use common::Service;
use common::shop::{Order, eur};
use rusqlite::trace::TraceEvent;
use serde_json::{Value, json};
use std::sync::Mutex;

/// Statements and the steps that each took, while a request is watched
static WORK: Mutex<Vec<(String, i32)>> = Mutex::new(Vec::new());

fn watch(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, _) = event {
        let steps = statement.get_status(rusqlite::StatementStatus::VmStep);
        WORK.lock().unwrap().push((statement.sql().to_string(), steps));
    }
}

/// Answers without what is new in every answer: ids, tokens, times
fn without_ids(mut answer: Value) -> Value {
    for name in ["session", "decision_id", "decision_token", "expires_at", "attention"] {
        if let Some(field) = answer.get_mut(name) {
            *field = Value::Null;
        }
    }
    if answer["receivable"].is_object() {
        answer["receivable"]["id"] = Value::Null;
        answer["receivable"]["reference"] = Value::Null;
    }
    answer
}

/// What one visit with that e-mail gets to see, and the statements that were run for it
fn visit(service: &Service, visit: &str, email: &str) -> (Vec<Value>, Vec<String>, Value) {
    WORK.lock().unwrap().clear();
    let request = json!({"customer": {"guest_reference": visit, "signed_in": false, "email": email}, "facts": {"cart.total": eur(10_000)}});
    let opened = service.client.post("/v1/sessions", &request.to_string()).json();
    let session = opened["session"].as_str().unwrap().to_owned();
    let checkout = service.client.get_as_browser(&format!("/v1/checkout/{session}")).json();
    let confirmed = service.client.confirm(&session, &Order::new(visit, "invoice", 10_000)).json();
    let statements = WORK.lock().unwrap().iter().map(|(statement, _)| statement.clone()).collect();
    let attention = confirmed["attention"].clone();
    (vec![without_ids(opened), without_ids(checkout), without_ids(confirmed)], statements, attention)
}

#[test]
fn a_known_email_changes_nothing_that_a_visitor_could_see_or_measure() {
    let service = Service::start_with(|config| config.watch_sql = Some(watch));
    // A customer who owes all that she may owe, part of it overdue.
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "Greta@Example.com"}}));
    service.client.confirmed(&session, &Order::new("hers", "invoice", 25_000));
    service.clock.go(jiff::SignedDuration::from_hours(24 * 30));
    assert_eq!(service.client.account("cus_1")["overdue_balance"], eur(25_000));
    visit(&service, "warm-up", "somebody@example.com");

    let (unknown, unknown_work, nothing) = visit(&service, "visit-1", "nobody@example.com");
    let (known, known_work, attention) = visit(&service, "visit-2", "greta@example.com ");
    assert_eq!(unknown, known);
    assert_eq!(unknown[2]["outcome"], "confirmed");
    assert_eq!(unknown_work, known_work, "the same statements in the same order");
    assert_eq!(nothing, json!([]));
    assert_eq!(attention, json!([{"code": "guest.email_of_a_customer"}]), "the shop's own people hear of it");
}

#[test]
fn a_guest_has_no_history_whatever_the_shop_says() {
    let service = Service::start();
    let facts = json!({"history.orders_paid": 3, "customer.known": true, "history.dunning_level_max": 4});
    let session = service.client.session(&json!({"customer": {"guest_reference": "v", "signed_in": false}, "facts": facts}));
    let answer = service.client.confirmed(&session, &Order::new("1", "invoice", 1_000));
    let record = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json();
    let facts = record["facts"].as_object().unwrap();
    assert!(facts.keys().all(|name| !name.starts_with("history.") && name != "customer.known"), "{facts:?}");
    assert_eq!(facts["customer.signed_in"], false);
}
