//! One person's data as a file, and gone: what goes is nowhere in the database any more, and the sums stay.

use crate::common::Service;
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tresen_service::App;

fn app(service: &Service) -> std::sync::Arc<App> {
    let mut config = crate::common::config(&service.folder);
    config.clock = std::sync::Arc::<crate::common::HandClock>::clone(&service.clock);
    App::open(config).unwrap()
}

/// Every row of every projection
fn projections(service: &Service) -> Vec<String> {
    let sql = service.sql();
    let mut rows = Vec::new();
    for table in
        ["accounts", "histories", "orders", "receivables", "refunds", "instalments", "account_events", "payments", "grants", "grant_uses"]
    {
        let mut statement = sql.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<_> = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column).unwrap()).collect();
            rows.push(format!("{table} {values:?}"));
        }
    }
    rows
}

fn sums(service: &Service) -> [i64; 4] {
    [
        "SELECT sum(open_minor) FROM accounts",
        "SELECT sum(balance_minor) FROM receivables",
        "SELECT sum(amount_minor) FROM receivables",
        "SELECT count(*) FROM events WHERE type <> 'CustomerErased'",
    ]
    .map(|sql| service.count(sql))
}

/// The database with its log, byte for byte
fn file(service: &Service) -> Vec<u8> {
    let database = service.database();
    let log = database.with_extension("sqlite-wal");
    [std::fs::read(&database).unwrap(), std::fs::read(log).unwrap_or_default()].concat()
}

fn holds(file: &[u8], bytes: &[u8]) -> bool {
    assert!(!bytes.is_empty());
    file.windows(bytes.len()).any(|window| window == bytes)
}

/// Everything sealed or wrapped that is a customer's, and what finds them again
fn secrets(service: &Service, customer: &str) -> Vec<Vec<u8>> {
    let sql = service.sql();
    let mut found = Vec::new();
    for statement in [
        "SELECT wrapped_key FROM customers WHERE customer_id = ?1",
        "SELECT reference_index FROM customers WHERE customer_id = ?1",
        "SELECT email_index FROM customers WHERE customer_id = ?1 AND email_index IS NOT NULL",
        "SELECT sealed_personal FROM customers WHERE customer_id = ?1",
        "SELECT sealed_details FROM sessions WHERE customer_id = ?1",
        "SELECT sealed_facts FROM decisions WHERE customer_id = ?1",
        "SELECT sealed_cart FROM decisions WHERE customer_id = ?1 AND sealed_cart IS NOT NULL",
        "SELECT sealed_words FROM reviews WHERE customer_id = ?1",
    ] {
        let mut rows = sql.prepare(statement).unwrap();
        found.extend(rows.query_map([customer], |row| row.get::<_, Vec<u8>>(0)).unwrap().map(Result::unwrap));
    }
    found
}

fn settle(service: &Service, method: &str, number: &str, session: &str) -> Value {
    let order = Order::new(number, method, 1_000);
    let payment = service.client.confirmed(session, &order)["payment"].clone();
    service.client.send("POST", &format!("{}/approve", payment["redirect_url"].as_str().unwrap()), &[], b"");
    payment
}

/// A customer with a visit, a decision, a claim, a payment, and a review that was answered and used
fn life(service: &Service) -> String {
    let session = service.client.session(&json!({
        "customer": {"reference": "cus_greta", "signed_in": true, "email": "greta.sommer@example.com"},
        "facts": {"history.orders_paid": 7, "customer.kind": "consumer"}, "return_url": "http://127.0.0.1:9/greta"
    }));
    let ask = json!({"session": session, "method": "invoice", "message": "Ich bin umgezogen, Lindenweg 4.", "contact": "0170 1234567"});
    let review = service.client.post_as_browser("/v1/reviews", &ask.to_string()).json();
    let answer = json!({"outcome": "changed", "by": "mk", "words": "Liebe Frau Sommer, gern.", "why": "Lindenweg stimmt",
        "grant": {"amount": eur(28_000), "until": "2026-12-01"}});
    let path = format!("/v1/reviews/{}/answer", review["review"].as_str().unwrap());
    assert_eq!(service.client.post_with(&path, &answer.to_string(), &[("idempotency-key", "r1")]).status, 200);
    service.client.confirmed(&session, &Order::new("2026-1", "invoice", 28_000));
    settle(service, "debit", "2026-2", &service.client.session_of("cus_greta"));
    session
}

fn export(service: &Service, path: &str) -> Value {
    let answer = service.client.get(&format!("/v1/{path}/export"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn erase(service: &Service, path: &str, body: &str) -> crate::common::Answer {
    service.client.post(&format!("/v1/{path}/erase"), body)
}

#[test]
fn the_file_holds_all_of_one_person_and_nothing_of_another() {
    let service = Service::start();
    let session = life(&service);
    let stranger =
        service.client.session(&json!({"customer": {"reference": "cus_oskar", "signed_in": true, "email": "oskar@example.com"}}));
    service.client.confirmed(&stranger, &Order::new("2026-9", "invoice", 9_999));

    service.comes(&with(told("17", 100), "customer", "cus_greta"));
    service.does("/v1/customers/cus_greta/holds", json!({"reason": "hardship"}));
    let found = export(&service, "customers/cus_greta");
    assert_eq!([&found["kind"], &found["format"]], [&json!("tresen.person"), &json!(1)]);
    let person = &found["person"]["items"][0];
    assert_eq!([&person["reference"], &person["email"], &person["kind"]], ["cus_greta", "greta.sommer@example.com", "customer"]);
    let sessions = found["sessions"]["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let first = sessions.iter().find(|found| found["session"] == json!(session)).unwrap();
    assert_eq!(
        [&first["session"], &first["facts"]["history.orders_paid"], &first["return_url"]],
        [&json!(session), &json!(7), &json!("http://127.0.0.1:9/greta")]
    );
    assert_eq!(found["decisions"]["items"].as_array().unwrap().len(), 2);
    assert_eq!(found["decisions"]["items"][0]["facts"]["customer.birth_date"], "1985-03-27");
    let review = &found["reviews"]["items"][0];
    assert_eq!([&review["message"], &review["contact"]], ["Ich bin umgezogen, Lindenweg 4.", "0170 1234567"]);
    assert_eq!(
        [&review["answer"]["words"], &review["answer"]["why"], &review["answer"]["used_by"]],
        ["Liebe Frau Sommer, gern.", "Lindenweg stimmt", "2026-1"]
    );
    assert_eq!([&found["receivables"]["items"][0]["balance"], &found["orders"]["items"][0]["amount"]], [&eur(27_900), &eur(28_000)]);
    assert_eq!(found["payments"]["items"][0]["state"], "settled");
    assert_eq!(found["received_payments"]["items"][0]["amount"], eur(100));
    let kinds: Vec<&str> = found["events"]["items"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
    for kind in [
        "QualificationRequested",
        "DecisionBound",
        "ReceivableCreated",
        "DueDateSet",
        "PaymentSettled",
        "DecisionContested",
        "DecisionReviewed",
        "GrantUsed",
        "PaymentAllocated",
        "HoldPlaced",
    ] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    for section in
        ["person", "sessions", "decisions", "reviews", "history", "orders", "receivables", "payments", "received_payments", "events"]
    {
        for key in ["stored_in", "why", "on_erasure"] {
            assert!(!found[section][key].as_str().unwrap().is_empty(), "{section} {key}");
        }
    }
    let text = found.to_string();
    for foreign in ["cus_oskar", "oskar@example.com", "2026-9", "9999", stranger.as_str()] {
        assert!(!text.contains(foreign), "{foreign}");
    }
    for (path, status, code) in [("customers/nobody", 404, "customer.unknown"), ("guests/cus_greta", 404, "customer.unknown")] {
        let answer = service.client.get(&format!("/v1/{path}/export"));
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}");
    }
    assert_eq!(service.client.get_as_browser("/v1/customers/cus_greta/export").status, 403);
}

#[test]
fn erasing_a_person_leaves_nothing_of_them_in_the_file_and_every_sum_as_it_was() {
    let service = Service::start();
    let session = life(&service);
    let stranger =
        service.client.session(&json!({"customer": {"reference": "cus_oskar", "signed_in": true, "email": "oskar@example.com"}}));
    service.client.confirmed(&stranger, &Order::new("2026-9", "invoice", 9_999));
    let customer = export(&service, "customers/cus_greta")["person"]["items"][0]["customer"].as_str().unwrap().to_owned();
    let (secrets, before, sums_before) = (secrets(&service, &customer), projections(&service), sums(&service));
    assert!(secrets.len() >= 8 && before.len() >= 6, "{} {before:#?}", secrets.len());
    let bytes = file(&service);
    assert!(secrets.iter().all(|secret| holds(&bytes, secret)), "they are there before");

    let erased = erase(&service, "customers/cus_greta", r#"{"despite_open": true}"#);
    assert_eq!(erased.status, 200, "{}", erased.text());
    assert_eq!(
        erased.json(),
        json!({"customer": customer, "erased_at": "2026-11-21T12:00:00.000Z", "kept": {"receivables": 1, "payments": 1, "decisions": 2}})
    );

    let bytes = file(&service);
    assert!(secrets.iter().all(|secret| !holds(&bytes, secret)), "what was sealed, its key, and what finds it");
    for plain in ["cus_greta", "greta", "sommer", "Lindenweg", "0170 1234567", "1985-03-27", "127.0.0.1:9/greta"] {
        assert!(!holds(&bytes, plain.as_bytes()), "{plain}");
    }
    assert_eq!((projections(&service), sums(&service)), (before.clone(), sums_before));
    let app = app(&service);
    app.rebuild("demo").unwrap();
    assert_eq!(projections(&service), before, "replaying the events gives the same rows");
    assert_eq!(app.first_broken_event("demo").unwrap(), None);
    let event: (String, String) = service
        .sql()
        .query_row("SELECT stream, data FROM events WHERE type = 'CustomerErased'", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(event, (format!("customer/{customer}"), json!({"customer": customer}).to_string()));

    // Nobody finds the person again, and what stays is told without them.
    assert_eq!(service.client.get("/v1/customers/cus_greta/account").status, 404);
    assert_eq!(service.client.get("/v1/customers/cus_greta/export").status, 404);
    assert_eq!(service.client.get_as_browser(&format!("/v1/checkout/{session}")).status, 404);
    let review = service.client.get("/v1/reviews").json()["reviews"][0].clone();
    assert_eq!([&review["message"], &review["contact"], &review["answer"]["words"], &review["answer"]["why"]], [&Value::Null; 4]);
    assert_eq!([&review["state"], &review["answer"]["by"]], ["changed", "mk"]);
    let decision: String =
        service.sql().query_row("SELECT decision_id FROM decisions WHERE order_ref = '2026-1'", [], |row| row.get(0)).unwrap();
    let record = service.client.get(&format!("/v1/decisions/{decision}")).json();
    assert_eq!([&record["facts"], &record["outcome"]], [&Value::Null, &json!("confirmed")]);
    assert_eq!(service.client.get(&format!("/v1/decisions/{decision}/explanation")).code(), "person.erased");

    // Somebody else is as they were, and the same number is a new person.
    assert_eq!(service.client.account("cus_oskar")["open_balance"], eur(9_999));
    service.client.confirmed(&service.client.session_of("cus_greta"), &Order::new("2026-3", "invoice", 1_000));
    assert_eq!(service.client.account("cus_greta")["open_balance"], eur(1_000));
}

#[test]
fn many_people_share_the_pages_and_those_who_go_leave_nothing_in_them() {
    let service = Service::start();
    for number in 0..240 {
        service.client.session(
            &json!({"customer": {"reference": format!("cus_{number}"), "signed_in": true, "email": format!("p{number}@example.com")}}),
        );
    }
    let sql = service.sql();
    let all: Vec<String> = {
        let mut rows = sql.prepare("SELECT customer_id FROM customers ORDER BY created_ms, customer_id").unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    drop(sql);
    let secrets_of = |customer: &String| secrets(&service, customer);
    let before: Vec<(String, Vec<Vec<u8>>)> = all.iter().map(|customer| (customer.clone(), secrets_of(customer))).collect();
    let mut gone = Vec::new();
    for number in (0..240).step_by(3) {
        let erased = erase(&service, &format!("customers/cus_{number}"), "{}");
        assert_eq!(erased.status, 200, "{}", erased.text());
        gone.push(erased.json()["customer"].as_str().unwrap().to_owned());
    }
    // Sixteen bytes of a key are as good as gone or as good as there: so many are looked for at once.
    let bytes = file(&service);
    let there: std::collections::HashSet<&[u8]> = bytes.windows(16).collect();
    for (customer, secrets) in before {
        for secret in secrets {
            assert_eq!(there.contains(&secret[..16]), !gone.contains(&customer), "{customer}");
        }
    }
    assert_eq!(gone.len(), 80);
}

#[test]
fn a_guest_is_found_by_the_number_of_the_visit_and_by_nothing_else() {
    let service = Service::start();
    let session = service.client.guest_session("visit-1", Some("greta@example.com"));
    service.client.confirmed(&session, &Order::new("g1", "prepayment", 1_000));
    let found = export(&service, "guests/visit-1");
    assert_eq!([&found["person"]["items"][0]["kind"], &found["sessions"]["items"][0]["guest_email"]], ["guest", "greta@example.com"]);
    assert_eq!(service.client.get("/v1/guests/greta@example.com/export").status, 404);
    assert_eq!(erase(&service, "customers/visit-1", "{}").status, 404);
    assert_eq!(erase(&service, "guests/visit-1", "{}").status, 200);
    assert_eq!(service.client.get("/v1/guests/visit-1/export").status, 404);
    assert!(!holds(&file(&service), b"visit-1") && !holds(&file(&service), b"greta"));
}

#[test]
fn whoever_owes_something_is_not_erased_unasked() {
    let service = Service::start();
    life(&service);
    let refused = || {
        let answer = erase(&service, "customers/cus_greta", "{}");
        assert_eq!((answer.status, answer.code().as_str()), (409, "erasure.something_open"));
    };
    refused();
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'CustomerErased'"), 0);
    // One cent is something, either way; nothing is not.
    service.comes(&with(told("15", 27_999), "customer", "cus_greta"));
    refused();
    let more = service.comes(&with(told("16", 2), "customer", "cus_greta"));
    refused();
    let refund = json!({"payment": more["id"], "amount": eur(1)}).to_string();
    let refund = service.client.post_with("/v1/refunds", &refund, &[("idempotency-key", "back")]).json();
    service.done(&format!("/v1/refunds/{}/outcome", refund["refund"].as_str().unwrap()), json!({"outcome": "settled"}));
    let pending = service.client.confirmed(&service.client.session_of("cus_greta"), &Order::new("2026-5", "debit", 1_000));
    refused();
    service.client.send("POST", &format!("{}/decline", pending["payment"]["redirect_url"].as_str().unwrap()), &[], b"");
    assert_eq!(erase(&service, "customers/cus_greta", "{}").status, 200);
}

#[test]
fn a_payment_that_nobody_finished_holds_nobody_up_for_ever() {
    let service = Service::start();
    service.client.confirmed(&service.client.session_of("cus_1"), &Order::new("1", "debit", 1_000));
    assert_eq!(erase(&service, "customers/cus_1", "{}").code(), "erasure.something_open");
    service.clock.go(SignedDuration::from_hours(24));
    assert_eq!(erase(&service, "customers/cus_1", "{}").status, 200);
}

#[test]
fn erasing_again_under_the_same_key_is_the_same_answer_and_without_one_there_is_nobody() {
    let service = Service::start();
    service.client.session_of("cus_1");
    let keyed = |body: &str| service.client.post_with("/v1/customers/cus_1/erase", body, &[("idempotency-key", "e1")]);
    let first = keyed("{}");
    assert_eq!((first.status, keyed("{}").bytes), (200, first.bytes.clone()));
    assert_eq!(keyed(r#"{"despite_open": true}"#).code(), "idempotency.key_reused");
    assert_eq!(erase(&service, "customers/cus_1", "{}").code(), "customer.unknown");
    assert_eq!(service.client.post_as_browser("/v1/customers/cus_1/erase", "{}").status, 403);
    assert_eq!(service.client.post("/v1/customers/cus_1/erase", r#"{"despite": true}"#).code(), "body.invalid");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'CustomerErased'"), 1);
}
