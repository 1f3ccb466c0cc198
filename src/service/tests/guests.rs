//! A guest who types somebody else's e-mail learns nothing about that person: not by text, not by offer, not by the work done.

use crate::common::shop::{Order, eur};
use crate::common::{Service, watched_by};
use jiff::SignedDuration;
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

/// What one visit with that e-mail gets to see, how long each answer is, and the statements that were run for it with their steps
struct Visit {
    seen: Vec<Value>,
    /// Of the answers that a browser may get; the shop's own differs by what is said to the shop's people
    lengths: Vec<usize>,
    work: Vec<(String, i32)>,
    attention: Value,
}

fn visit(service: &Service, visit: &str, email: &str) -> Visit {
    // Ids rise with the time: each visit's rows come last, wherever the database looks for them.
    service.clock.go(SignedDuration::from_secs(1));
    WORK.lock().unwrap().clear();
    let request = json!({"customer": {"guest_reference": visit, "signed_in": false, "email": email}, "facts": {"cart.total": eur(10_000)}});
    let opened = service.client.post("/v1/sessions", &request.to_string());
    let session = opened.json()["session"].as_str().unwrap().to_owned();
    let checkout = service.client.get_as_browser(&format!("/v1/checkout/{session}"));
    let confirmed = service.client.confirm(&session, &Order::new(visit, "invoice", 10_000)).json();
    Visit {
        lengths: vec![opened.bytes.len(), checkout.bytes.len()],
        work: WORK.lock().unwrap().clone(),
        attention: confirmed["attention"].clone(),
        seen: vec![without_ids(opened.json()), without_ids(checkout.json()), without_ids(confirmed)],
    }
}

/// The steps of the database's machine that a visit took, statement by statement
///
/// Each statement counts on from visit to visit, so the work of one visit is what it has more than the visit before it.
fn steps(before: &Visit, visit: &Visit) -> Vec<(String, i32)> {
    let statements = |visit: &Visit| visit.work.iter().map(|(statement, _)| statement.clone()).collect::<Vec<_>>();
    assert_eq!(statements(before), statements(visit), "the same statements in the same order");
    before.work.iter().zip(&visit.work).map(|((statement, before), (_, after))| (statement.clone(), after - before)).collect()
}

#[test]
fn a_known_email_changes_nothing_that_a_visitor_could_see_or_measure() {
    let service = Service::start_with(|config| watched_by(config, watch));
    // A customer who owes all that she may owe, part of it overdue.
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "Greta@Example.com"}}));
    service.client.confirmed(&session, &Order::new("hers", "invoice", 25_000));
    service.clock.go(SignedDuration::from_hours(24 * 30));
    assert_eq!(service.client.account("cus_1")["overdue_balance"], eur(25_000));
    visit(&service, "warm-up", "somebody@example.com");
    let earlier = visit(&service, "visit-1", "no-one@example.com");
    let unknown = visit(&service, "visit-2", "nobody@example.com");
    let known = visit(&service, "visit-3", "greta@example.com ");
    assert_eq!(unknown.seen, known.seen);
    assert_eq!(unknown.seen[2]["outcome"], "confirmed");
    assert_eq!(unknown.lengths, known.lengths);
    assert_eq!(unknown.attention, json!([]));
    assert_eq!(known.attention, json!([{"code": "guest.email_of_a_customer"}]), "the shop's own people hear of it");
    // The time itself is measured beside this (tests/service/guests.mjs); what takes the time needs no clock.
    for ((statement, unknown), (_, known)) in steps(&earlier, &unknown).into_iter().zip(steps(&unknown, &known)) {
        // After the decision the shop's own people are told whose e-mail it is: that is one row more to count.
        let allowed = if statement.contains("count(*) > 0 FROM customers") { 4 } else { 0 };
        assert!((known - unknown).abs() <= allowed, "{unknown} and {known} steps: {statement}");
    }
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
