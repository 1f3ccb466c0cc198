//! Events and what follows from them: the envelope, the chain, replaying, erasure, history brought in.

use crate::common::Service;
use crate::common::shop::{Order, eur};
use serde_json::{Value, json};
use tresen_service::{App, Seeded};

const SEED: &str = r#"{"format": 1, "providers": ["sandbox"], "customers": [
  {"reference": "cus_oskar", "email": "oskar@example.com",
   "facts": {"customer.known": true, "customer.since": "2025-10-07", "history.orders_paid": 4, "history.paid_on_time": 3,
             "history.paid_total": {"minor": 41270, "currency": "EUR"}, "history.orders_7_days": 0},
   "receivables": [
     {"order": "2026-0871", "method": "invoice", "amount": {"minor": 7490, "currency": "EUR"}, "ordered_on": "2026-10-12", "due_date": "2026-10-29"},
     {"order": "2026-0800", "method": "invoice", "amount": {"minor": 1000, "currency": "EUR"}, "ordered_on": "2026-09-01", "due_date": "2026-09-15", "paid_on": "2026-09-15"},
     {"order": "2026-0801", "method": "invoice", "amount": {"minor": 2000, "currency": "EUR"}, "ordered_on": "2026-09-01", "due_date": "2026-09-15", "paid_on": "2026-09-16"}]}]}"#;

fn app(service: &Service) -> std::sync::Arc<App> {
    let mut config = crate::common::config(&service.folder);
    config.clock = std::sync::Arc::<crate::common::HandClock>::clone(&service.clock);
    App::open(config).unwrap()
}

fn busy_day() -> Service {
    let service = Service::start();
    assert_eq!(app(&service).seed("demo", SEED).unwrap(), Seeded { customers: 1, known: 0, receivables: 3 });
    let session = service.client.session_of("cus_1");
    service.client.confirmed(&session, &Order::new("1", "invoice", 10_000));
    for (number, button) in [("2", "approve"), ("3", "decline"), ("4", "")] {
        let session = service.client.session_of("cus_1");
        let payment = service.client.confirmed(&session, &Order::new(number, "debit", 1_000))["payment"].clone();
        if !button.is_empty() {
            service.client.send("POST", &format!("{}/{button}", payment["redirect_url"].as_str().unwrap()), &[], b"");
        }
    }
    service.client.session_of("cus_2");
    service.done("/v1/customers/cus_2/merge", json!({"into": "cus_1"}));
    service
}

fn dump(service: &Service) -> Vec<String> {
    let sql = service.sql();
    let mut rows = Vec::new();
    for table in ["accounts", "histories", "orders", "receivables", "refunds", "instalments", "account_events", "payments", "merges"] {
        let mut statement = sql.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            rows.push(format!(
                "{table} {:?}",
                (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column).unwrap()).collect::<Vec<_>>()
            ));
        }
    }
    rows
}

#[test]
fn a_confirmed_invoice_writes_its_events_with_the_full_envelope() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let answer = service.client.confirmed(&session, &Order::new("1", "invoice", 10_000));
    let sql = service.sql();
    let mut statement = sql
        .prepare("SELECT type, seq, stream, correlation_id, idempotency_key, effective_date, actor, policy_version, data, recorded_at, causation_id, event_id FROM events ORDER BY position")
        .unwrap();
    let events: Vec<Vec<String>> = statement
        .query_map([], |row| {
            Ok((0..12)
                .map(|column| {
                    row.get::<_, Option<String>>(column)
                        .or_else(|_| row.get::<_, i64>(column).map(|n| Some(n.to_string())))
                        .unwrap()
                        .unwrap_or_default()
                })
                .collect())
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let kinds: Vec<&str> = events.iter().map(|event| event[0].as_str()).collect();
    assert_eq!(kinds, ["QualificationRequested", "QualificationDecided", "DecisionBound", "ReceivableCreated", "DueDateSet"]);
    assert_eq!(events.iter().map(|event| event[1].as_str()).collect::<Vec<_>>(), ["1", "2", "3", "1", "2"]);
    for pair in events.windows(2) {
        assert_eq!(pair[1][10], pair[0][11], "each event names the one that led to it");
    }
    for event in &events {
        assert_eq!(event[3], session);
        assert_eq!(event[4], "key-1");
        assert_eq!(event[5], "2026-11-21");
        assert!(event[6].contains(r#""kind":"shop""#), "{}", event[6]);
        assert_eq!(event[7].len(), 64);
        assert_eq!(event[9], "2026-11-21T12:00:00.000Z");
        assert!(!event[8].contains("1985-03-27") && !event[8].contains("cus_1"), "nothing personal: {}", event[8]);
    }
    let created: Value = serde_json::from_str(&events[3][8]).unwrap();
    assert_eq!(created["receivable"], answer["receivable"]["id"]);
    assert_eq!(created["items"], json!([{"kind": "principal", "amount": eur(10_000)}]));
    assert_eq!(created["terms"], json!({"days": 14, "from": "order"}));
}

#[test]
fn replaying_the_events_gives_the_same_rows() {
    let service = busy_day();
    let before = dump(&service);
    assert!(before.len() > 8, "{before:#?}");
    app(&service).rebuild("demo").unwrap();
    assert_eq!(dump(&service), before);
}

#[test]
fn an_event_that_was_changed_is_found() {
    let service = busy_day();
    let app = app(&service);
    assert_eq!(app.first_broken_event("demo").unwrap(), None);
    let sql = service.sql();
    assert!(sql.execute("UPDATE events SET data = '{}' WHERE type = 'DueDateSet'", []).is_err(), "the database refuses");
    assert!(sql.execute("DELETE FROM events", []).is_err(), "the database refuses");
    sql.execute_batch("DROP TRIGGER events_are_never_changed").unwrap();
    let stream: String = sql
        .query_row("SELECT stream FROM events WHERE type = 'ReceivableCreated' ORDER BY position DESC LIMIT 1", [], |row| row.get(0))
        .unwrap();
    sql.execute("UPDATE events SET data = replace(data, '10000', '10001') WHERE stream = ?1 AND seq = 1", [&stream]).unwrap();
    assert_eq!(app.first_broken_event("demo").unwrap(), Some((stream, 1)));
}

#[test]
fn history_brought_in_counts_and_is_brought_in_once() {
    let service = Service::start();
    let app = app(&service);
    app.seed("demo", SEED).unwrap();
    assert_eq!(app.seed("demo", SEED).unwrap(), Seeded { customers: 0, known: 1, receivables: 0 });
    let account = service.client.account("cus_oskar");
    assert_eq!((&account["open_balance"], &account["overdue_balance"]), (&eur(7_490), &eur(7_490)));
    let session = service.client.session_of("cus_oskar");
    assert_eq!(service.client.refused(&session, &Order::new("1", "invoice", 1_000)), ["method.withheld", "account.overdue"]);
    let card = Order { amount: eur(1_100), key: "card".into(), ..Order::new("2", "card", 1_000) };
    let answer = service.client.confirmed(&session, &card);
    let facts = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json()["facts"].clone();
    assert_eq!(facts["history.orders_paid"], 6, "four before, two since");
    assert_eq!(facts["history.paid_on_time"], 4, "one of the two was a day late");
    assert_eq!(facts["history.paid_total"], eur(44_270));
    assert_eq!(facts["account.overdue_count"], 1);
    assert_eq!(facts["account.overdue_days_max"], 23);
    assert_eq!(facts["customer.since"], "2025-10-07");
    let stale = SEED.replace(r#""history.orders_7_days": 0"#, r#""history.orders_7_days": 2"#).replace("cus_oskar", "cus_new");
    assert!(app.seed("demo", &stale).unwrap_err().contains("history.orders_7_days"));
}

#[test]
fn erasing_a_customers_key_erases_the_person_and_leaves_the_totals() {
    let service = Service::start();
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "greta@example.com"}}));
    let answer = service.client.confirmed(&session, &Order::new("1", "invoice", 10_000));
    let review = json!({"session": session, "method": "invoice", "message": "Bitte", "contact": "0151"});
    assert_eq!(service.client.post_as_browser("/v1/reviews", &review.to_string()).status, 201);
    assert_eq!(service.client.get("/v1/reviews").json()["reviews"][0]["message"], "Bitte");
    service.sql().execute("UPDATE customers SET wrapped_key = NULL, reference_index = NULL, email_index = NULL", []).unwrap();
    let record = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json();
    assert_eq!(record["facts"], Value::Null);
    assert_eq!(service.client.get("/v1/reviews").json()["reviews"][0]["message"], Value::Null);
    assert_eq!(service.count("SELECT sum(open_minor) FROM accounts"), 10_000);
    assert_eq!(service.client.get("/v1/customers/cus_1/account").status, 404);
    for file in ["tresen.sqlite", "tresen.sqlite-wal"] {
        let bytes = std::fs::read(service.folder.path().join(file)).unwrap();
        for personal in ["greta@example.com", "1985-03-27", "cus_1", "Bitte"] {
            assert!(!bytes.windows(personal.len()).any(|window| window == personal.as_bytes()), "{personal} in {file}");
        }
    }
}

#[test]
fn a_review_is_kept_and_ten_of_a_session_are_enough() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let ask = |method: &str| service.client.post_as_browser("/v1/reviews", &json!({"session": session, "method": method}).to_string());
    assert_eq!(ask("gold").code(), "method.unknown");
    for _ in 0..10 {
        assert_eq!(ask("invoice").status, 201);
    }
    assert_eq!(ask("invoice").code(), "review.too_many");
    assert_eq!(service.client.get("/v1/reviews").json()["reviews"].as_array().unwrap().len(), 10);
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'DecisionContested'"), 10);
}
