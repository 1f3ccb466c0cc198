//! What bad input gets: a clear error under a stable code, nothing lost, nothing decided.

use crate::common::shop::{Order, eur};
use crate::common::{HandClock, Service, watched_by};
use jiff::SignedDuration;
use rusqlite::trace::TraceEvent;
use serde_json::json;
use std::sync::Mutex;

const JSON: (&str, &str) = ("content-type", "application/json");

fn session_with(service: &Service, body: &[u8]) -> (u16, String) {
    let bearer = format!("Bearer {}", service.client.secret);
    let answer = service.client.send("POST", "/v1/sessions", &[("authorization", &bearer), JSON], body);
    (answer.status, answer.code())
}

#[test]
fn a_body_that_is_no_request_is_refused_with_its_own_code() {
    let service = Service::start();
    let refused = |body: &[u8]| session_with(&service, body);
    let error = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(refused(b""), error(400, "body.malformed"));
    assert_eq!(refused(b"{"), error(400, "body.malformed"));
    assert_eq!(refused(b"[]"), error(400, "body.invalid"));
    assert_eq!(refused(br#"{"customer": {"reference": "a", "signed_in": true}} x"#), error(400, "body.malformed"));
    assert_eq!(refused(b"{\"customer\": {\"reference\": \"\xff\", \"signed_in\": true}}"), error(400, "body.not_utf8"));
    assert_eq!(refused(br#"{"customer": {"reference": "a", "signed_in": true}, "surprise": 1}"#), error(400, "body.invalid"));
    assert_eq!(refused(br#"{"customer": {"reference": "a", "signed_in": true, "signed_in": true}}"#), error(400, "body.invalid"));
    assert_eq!(refused(br#"{"customer": {"reference": "a", "signed_in": false}}"#), error(422, "customer.contradictory"));
    assert_eq!(refused(br#"{"customer": {"reference": "", "signed_in": true}}"#), error(422, "text.empty"));
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    assert_eq!(refused(&deep).0, 400);
    assert_eq!(service.count("SELECT count(*) FROM sessions"), 0);

    let bearer = format!("Bearer {}", service.client.secret);
    let plain = service.client.send("POST", "/v1/sessions", &[("authorization", &bearer), ("content-type", "text/plain")], b"{}");
    assert_eq!((plain.status, plain.code().as_str()), (415, "body.media_type"));
}

#[test]
fn a_body_may_be_256_kilobytes_and_no_byte_more() {
    let service = Service::start();
    let padded = |size: usize| {
        let start = r#"{"customer": {"reference": "a", "signed_in": true}}"#;
        format!("{start}{}", " ".repeat(size - start.len())).into_bytes()
    };
    let bearer = format!("Bearer {}", service.client.secret);
    let send = |body: &[u8]| service.client.send("POST", "/v1/sessions", &[("authorization", &bearer), JSON], body);
    assert_eq!(send(&padded(256 * 1024)).status, 201);
    let over = send(&padded(256 * 1024 + 1));
    assert_eq!((over.status, over.code().as_str()), (413, "body.too_large"));
    let huge = send(&padded(10 * 1024 * 1024));
    assert_eq!((huge.status, huge.code().as_str()), (413, "body.too_large"));
}

#[test]
fn keys_are_asked_for_before_anything_else() {
    let service = Service::start();
    let with = |value: &str| {
        let answer = service.client.send("POST", "/v1/sessions", &[("authorization", value), JSON], b"{");
        (answer.status, answer.code())
    };
    assert_eq!(with(""), (401, "auth.key_missing".to_owned()));
    assert_eq!(with("Basic abc"), (401, "auth.key_missing".to_owned()));
    assert_eq!(with("Bearer sk_test_guess"), (401, "auth.key_unknown".to_owned()));
    assert_eq!(with(&format!("Bearer {}", service.client.publishable)), (403, "auth.secret_key_needed".to_owned()));
}

#[test]
fn paths_and_methods_that_are_not_there() {
    let service = Service::start();
    assert_eq!(service.client.get("/v2/sessions").code(), "route.unknown");
    let wrong = service.client.get("/v1/sessions");
    assert_eq!((wrong.status, wrong.code().as_str()), (405, "route.method"));
    assert_eq!(wrong.header("allow"), Some("POST"));
    for path in ["/v1/decisions/x", "/v1/payments/x", "/v1/customers/x/account", "/v1/checkout/x"] {
        assert_eq!(service.client.get(path).status, 404, "{path}");
    }
    assert_eq!(service.client.get("/v1/decisions/%ff").code(), "path.not_utf8");
}

/// Statements that were run for a service that is watched
static STATEMENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn watch(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, _) = event {
        STATEMENTS.lock().unwrap().push(statement.sql().to_string());
    }
}

#[test]
fn what_is_no_id_is_not_looked_up() {
    let service = Service::start_with(|config| watched_by(config, watch));
    let session = service.client.session_of("a");
    let order = Order::new("1", "invoice", 1_000);
    let review = |session: &str| json!({"session": session, "method": "invoice"}).to_string();
    let looked_up = |ask: &dyn Fn() -> u16| {
        STATEMENTS.lock().unwrap().clear();
        assert_eq!(ask(), 404);
        let statements = STATEMENTS.lock().unwrap();
        // Whose key it is has been asked before; nothing else has.
        statements.iter().filter(|statement| statement.contains(" FROM ") && !statement.contains(" FROM api_keys ")).count()
    };
    let nobodys = format!("cs_{}", "0".repeat(40));
    for (id, is_one) in [("cs_none", false), (nobodys.as_str(), true)] {
        let client = &service.client;
        for (route, found) in [
            ("checkout", looked_up(&|| client.get_as_browser(&format!("/v1/checkout/{id}")).status)),
            ("preview", looked_up(&|| client.post(&format!("/v1/sessions/{id}/preview"), "{}").status)),
            ("confirm", looked_up(&|| client.confirm(id, &order).status)),
            ("reviews", looked_up(&|| client.post_as_browser("/v1/reviews", &review(id)).status)),
        ] {
            assert_eq!(found > 0, is_one, "{route} of {id}: {found} statements");
        }
    }
    // A session's name where another thing is asked for
    for path in [format!("/v1/decisions/{session}"), format!("/v1/payments/{session}"), format!("/sandbox/pay/{session}")] {
        assert_eq!(looked_up(&|| service.client.get(&path).status), 0, "{path}");
    }
}

#[test]
fn facts_that_are_not_the_shops_to_say() {
    let service = Service::start();
    let open = |facts: serde_json::Value| {
        let request = json!({"customer": {"reference": "a", "signed_in": true}, "facts": facts});
        let answer = service.client.post("/v1/sessions", &request.to_string());
        assert_eq!((answer.status, answer.code().as_str()), (422, "facts.invalid"), "{facts}");
        answer.json()["error"]["diagnostics"][0]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(open(json!({"account.open_balance": eur(0)})), "fact.ledger_owned");
    assert_eq!(open(json!({"customer.signed_in": true})), "fact.session_owned");
    assert_eq!(open(json!({"cart.totl": eur(0)})), "fact.unknown");
    assert_eq!(open(json!({"cart.total": "12.50 EUR"})), "fact.type");
    assert_eq!(open(json!({"cart.total": eur(-1)})), "fact.range");
    assert_eq!(open(json!({"cart.total": {"minor": 1, "currency": "CHF"}})), "fact.currency");
    assert_eq!(open(json!({"customer.age": 30})), "fact.derived");
    assert_eq!(open(json!({"customer.confirmed": ["identity"]})), "fact.recorded_only");
    let texts = |from: usize, count: usize| (from..from + count).map(|number| format!("t{number}")).collect::<Vec<_>>();
    assert_eq!(open(json!({"shop.providers": texts(0, 64)})), "fact.list_too_long", "the sandbox's own is the sixty-fifth");
    let session = service.client.session_of("a");
    for (facts, code) in
        [(json!({"history.orders_paid": 100}), "fact.server_only"), (json!({"customer.confirmed": ["identity"]}), "fact.recorded_only")]
    {
        let answer = service.client.confirm(&session, &Order { facts, ..Order::new("1", "invoice", 1_000) });
        assert_eq!((answer.status, answer.code().as_str()), (422, "facts.invalid"));
        assert_eq!(answer.json()["error"]["diagnostics"][0]["code"], code);
    }
}

#[test]
fn amounts_with_too_many_digits_and_ages_that_nobody_has() {
    let service = Service::start();
    let session = service.client.session_of("a");
    let good = Order::new("1", "invoice", 1_000);
    let confirm = |order: &Order, from: &str, to: &str| {
        let body = order.body().replace(from, to);
        assert_ne!(body, order.body(), "{from} is not in the request");
        let answer = service.client.post_with(&format!("/v1/sessions/{session}/confirm"), &body, &[("idempotency-key", "k")]);
        let error = answer.json()["error"].clone();
        let code = error["diagnostics"][0]["code"].as_str().or(error["code"].as_str()).unwrap().to_owned();
        (answer.status, code, error["at"].as_str().unwrap_or("").to_owned())
    };
    for digits in ["10.005", "1e2", "9007199254740992", "-9007199254740992", "123456789012345678901234567890", "\"1000\"", "null"] {
        for (whole, at) in [
            (r#""amount":{"currency":"EUR","minor":1000},"cart""#, "/amount"),
            (r#""total":{"currency":"EUR","minor":1000}"#, "/cart/total"),
        ] {
            let (status, code, place) = confirm(&good, whole, &whole.replace("1000", digits));
            assert_eq!((status, code.as_str()), (400, "body.invalid"), "{digits} at {at}");
            assert!(place.starts_with(at), "{digits}: {place} is not at {at}");
        }
    }
    let total = Order { facts: json!({"cart.total": eur(1_000)}), ..good.clone() };
    let fact = r#""cart.total":{"currency":"EUR","minor":1000}"#;
    assert_eq!(confirm(&total, fact, &fact.replace("1000", "1000.5")).1, "fact.precision");
    assert_eq!(confirm(&total, fact, &fact.replace("1000", "9007199254740992")).1, "fact.range");
    for (birth_date, code) in [
        ("2026-11-22", "fact.range"),
        ("1890-01-01", "fact.range"),
        ("1985-02-29", "fact.date_malformed"),
        ("27.3.1985", "fact.date_malformed"),
    ] {
        assert_eq!(confirm(&good, "1985-03-27", birth_date).1, code, "{birth_date}");
    }
    assert_eq!(service.count("SELECT (SELECT count(*) FROM decisions) + (SELECT count(*) FROM idempotency)"), 0, "nothing was decided");
    service.client.confirmed(&session, &good);
}

#[test]
fn a_policy_of_another_version_is_told_from_a_broken_one() {
    let service = Service::start();
    let problems = |policy: &str| -> Vec<String> {
        let answer = service.client.post("/v1/policies", policy);
        assert_eq!((answer.status, answer.code().as_str()), (422, "policy.invalid"), "{policy}");
        let all = answer.json()["error"]["diagnostics"].as_array().unwrap().clone();
        all.iter().filter(|problem| problem["severity"] == "error").map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(problems(&crate::common::shop::POLICY.replace("\"format\": 1", "\"format\": 2")), ["policy.format.unsupported"]);
    assert_eq!(problems(&crate::common::shop::POLICY.replace("300.00 EUR", "300.005 EUR")), ["policy.amount.too_precise"]);
    let session = service.client.session_of("a");
    service.client.confirmed(&session, &Order::new("1", "invoice", 1_000));
    // A stored policy that this version compiles to other bytes decides nothing: it is not the one of that name.
    service.sql().execute("UPDATE policies SET source = replace(source, '250.00', '251.00'), revision = revision + 1", []).unwrap();
    let answer = service.client.confirm(&session, &Order::new("2", "invoice", 1_000));
    assert_eq!((answer.status, answer.code().as_str()), (500, "internal"));
    assert_eq!(service.count("SELECT count(*) FROM decisions"), 1);
}

#[test]
fn carts_that_are_no_carts() {
    let service = Service::start();
    let session = service.client.session_of("a");
    let good = Order::new("1", "invoice", 1_000);
    let refused = |cart: serde_json::Value| {
        let answer = service.client.confirm(&session, &Order { cart, ..good.clone() });
        assert_eq!(answer.status, 422, "{}", answer.text());
        answer.code()
    };
    let line = |amount| json!({"sku": "a", "name": "A", "quantity": 1, "amount": amount});
    assert_eq!(refused(json!({"lines": [line(eur(999))], "total": eur(1_000)})), "cart.sum");
    assert_eq!(refused(json!({"lines": [line(eur(-1_000))], "total": eur(-1_000)})), "cart.negative");
    assert_eq!(refused(json!({"lines": [line(json!({"minor": 1_000, "currency": "CHF"}))], "total": eur(1_000)})), "cart.two_currencies");
    let missing_key = service.client.post(&format!("/v1/sessions/{session}/confirm"), &good.body());
    assert_eq!((missing_key.status, missing_key.code().as_str()), (400, "idempotency.key_missing"));
    assert_eq!(service.count("SELECT count(*) FROM decisions"), 0, "nothing was decided");
    service.client.confirmed(&session, &good);
}

#[test]
fn a_policy_with_problems_is_not_taken() {
    let service = Service::start();
    let before = service.client.get("/v1/policies").json();
    let bad = service.client.post("/v1/policies", &crate::common::shop::POLICY.replace("300.00 EUR", "300,00 EUR"));
    assert_eq!((bad.status, bad.code().as_str()), (422, "policy.invalid"));
    assert!(!bad.json()["error"]["diagnostics"].as_array().unwrap().is_empty());
    assert_eq!(service.client.get("/v1/policies").json(), before);
    let same = service.client.post("/v1/policies", crate::common::shop::POLICY);
    assert_eq!(same.status, 201);
    assert_eq!(service.client.get("/v1/policies").json(), before, "the same policy again changes nothing");
}

#[test]
fn a_clock_that_went_back_decides_nothing_and_one_that_is_set_right_goes_on() {
    let service = Service::start();
    let session = service.client.session_of("a");
    service.clock.go(SignedDuration::from_secs(600));
    service.client.session_of("b");
    service.clock.go(SignedDuration::from_secs(-121));
    let events = service.count("SELECT count(*) FROM events");
    let lying = service.client.confirm(&session, &Order::new("1", "invoice", 1_000));
    assert_eq!((lying.status, lying.code().as_str()), (503, "clock.behind"));
    assert_eq!(service.client.get_as_browser(&format!("/v1/checkout/{session}")).code(), "clock.behind");
    assert_eq!(service.count("SELECT count(*) FROM events"), events);
    service.clock.go(SignedDuration::from_secs(1));
    service.client.confirmed(&session, &Order::new("1", "invoice", 1_000));
}

#[test]
fn the_time_machine_goes_forward_and_survives_a_restart() {
    let service = Service::start();
    let session = service.client.session_of("a");
    service.client.confirmed(&session, &Order::new("1", "invoice", 1_000));
    let moved = service.client.post("/v1/sandbox/clock", r#"{"advance_days": 17}"#);
    assert_eq!(moved.json()["today"], "2026-12-08");
    assert_eq!(service.client.account("a")["overdue_balance"], eur(1_000), "due on the 7th");
    assert_eq!(service.client.post("/v1/sandbox/clock", r#"{"advance_days": -1}"#).status, 400);
    let folder = service.stop();
    let service = Service::start_in(folder, HandClock::at(crate::common::NOON), |_| {});
    assert_eq!(service.client.get("/v1/sandbox/clock").json()["today"], "2026-12-08");
    let next = service.client.session_of("a");
    assert_eq!(service.client.refused(&next, &Order::new("2", "invoice", 1_000)), ["method.withheld", "account.overdue"]);
}

#[test]
fn the_sandbox_may_begin_on_another_day_and_goes_on_from_there() {
    let start = |at: &str| {
        let service = Service::start_with(|config| config.sandbox_start = Some(at.parse().unwrap()));
        let clock = service.client.get("/v1/sandbox/clock").json();
        (service, clock["now"].as_str().unwrap().to_owned())
    };
    let (past, now) = start("2017-10-17T10:00:00Z");
    assert_eq!(now, "2017-10-17T10:00:00.000Z");
    let session = past.client.session_of("a");
    let answer = past.client.confirmed(&session, &Order::new("1", "invoice", 1_000));
    assert_eq!(answer["decision"]["today"], "2017-10-17");
    past.clock.go(SignedDuration::from_hours(24));
    assert_eq!(past.client.get("/v1/sandbox/clock").json()["today"], "2017-10-18");
    // Its first start decides: later ones find the tenant there.
    let folder = past.stop();
    let clock = HandClock::at("2026-11-22T12:00:00Z");
    let again = Service::start_in(folder, clock, |config| config.sandbox_start = Some("2040-01-01T10:00:00Z".parse().unwrap()));
    assert_eq!(again.client.get("/v1/sandbox/clock").json()["today"], "2017-10-18");
    assert_eq!(start("2040-01-01T10:00:00Z").1, "2040-01-01T10:00:00.000Z");
    // A day beyond the engine's calendar decides nothing.
    let (beyond, _) = start("2200-01-01T10:00:00Z");
    let request = json!({"customer": {"reference": "a", "signed_in": true}});
    let answer = beyond.client.post("/v1/sessions", &request.to_string());
    assert_eq!((answer.status, answer.code().as_str()), (503, "clock.beyond"));
}

#[test]
fn a_browser_in_a_loop_is_slowed_down() {
    let service = Service::start();
    let session = service.client.session_of("a");
    let path = format!("/v1/checkout/{session}");
    // A slow machine asks slowly and is given more in the meantime: so it is asked until it is refused.
    let answered = (0..1_000).take_while(|_| service.client.get_as_browser(&path).status == 200).count();
    assert!((60..1_000).contains(&answered), "{answered}");
    assert_eq!(service.client.get_as_browser(&path).code(), "rate.limited");
    let other = service.client.session_of("a");
    assert_eq!(service.client.get_as_browser(&format!("/v1/checkout/{other}")).status, 200);
}
