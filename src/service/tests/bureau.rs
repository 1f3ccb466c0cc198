//! The credit bureau: asked where it matters, waited for no longer than agreed, never shown to a browser.

use crate::common::shop::{Order, eur};
use crate::common::{Client, HandClock, NOON, Service};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Invoice for whom the bureau knows nothing bad of; class C, and so no invoice, where no answer comes
const POLICY: &str = r#"{
  "format": 1, "name": "bureau", "market": "DE", "currency": "EUR",
  "merchant": {"name": "Kiesel & Lein", "size": "micro"},
  "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
  "classes": [
    {"id": "A", "when": {"fact": "bureau.score", "operator": "greaterThanInclusive", "value": 700}, "default_probability_ppm": 5000, "basis": "assumed"},
    {"id": "B", "when": {"fact": "bureau.score", "operator": "greaterThanInclusive", "value": 400}, "default_probability_ppm": 20000, "basis": "assumed"},
    {"id": "C", "default_probability_ppm": 60000, "basis": "assumed"}
  ],
  "bureau": {"adapter": "sandbox", "name": "Auskunft Muster", "timeout_ms": 400, "valid_days": 30, "legal_basis": "GDPR Art. 6(1)(f)", "fallback_class": "C"},
  "rules": [
    {"id": "negative", "when": {"fact": "bureau.negative", "operator": "equal", "value": true}, "withhold": ["invoice"], "reason": "risk.class"},
    {"id": "class", "when": {"fact": "risk.class", "operator": "equal", "value": "C"}, "withhold": ["invoice"], "reason": "risk.class"}
  ],
  "methods": [
    {"id": "invoice", "kind": "invoice", "minimum": "10.00 EUR", "limits": [{"maximum": "250.00 EUR"}], "term": {"days": 14, "from": "order"}},
    {"id": "prepayment", "kind": "prepayment"}
  ],
  "fallback": ["prepayment"]
}"#;

fn start() -> Service {
    let service = Service::start();
    let answer = service.client.post("/v1/policies", POLICY);
    assert_eq!(answer.status, 201, "{}", answer.text());
    service
}

fn request(reference: &str, last_name: &str, total: i64) -> Value {
    let person = json!({"first_name": "Jana", "last_name": last_name, "birth_date": "1984-03-07", "street": "Am Wall 3", "postal_code": "28195",
                        "city": "Bremen", "country": "DE"});
    json!({"customer": {"reference": reference, "signed_in": true, "person": person}, "facts": {"cart.total": eur(total)}})
}

fn open(client: &Client, last_name: &str) -> String {
    client.session(&request(last_name, last_name, 10_000))
}

/// The class, the state of the invoice, and the bureau's facts of a session
fn decided(client: &Client, session: &str) -> (Value, Value) {
    let answer = client.post(&format!("/v1/sessions/{session}/preview"), &json!({"facts": {"cart.total": eur(10_000)}}).to_string());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let decision = answer.json()["decision"].clone();
    let invoice = decision["methods"].as_array().unwrap().iter().find(|method| method["id"] == "invoice").unwrap()["state"].clone();
    (decision["risk"]["class"].clone(), invoice)
}

fn inquiries(service: &Service) -> i64 {
    service.count("SELECT count(*) FROM inquiries")
}

#[test]
fn what_the_bureau_says_counts() {
    let service = start();
    for (name, class, invoice) in
        [("Muster", "A", "offered"), ("Mittel", "B", "offered"), ("Negativ", "C", "withheld"), ("Unbekannt", "C", "withheld")]
    {
        let session = open(&service.client, name);
        assert_eq!(decided(&service.client, &session), (json!(class), json!(invoice)), "{name}");
    }
    let kept = "SELECT count(*) FROM inquiries WHERE bureau = 'Auskunft Muster' AND legal_basis = 'GDPR Art. 6(1)(f)' AND sealed_report IS NOT NULL \
                AND answered_ms >= asked_ms AND expires_ms = answered_ms + 30 * 86400000";
    assert_eq!(service.count(kept), 4, "with source, time, expiry and legal basis");
}

#[test]
fn a_bureau_that_is_slow_wrong_or_down_leaves_the_fallback_class_and_the_safe_methods() {
    let service = start();
    for (name, problem) in [("Langsam", "too_slow"), ("Falsch", "wrong"), ("Vertauscht", "wrong"), ("Ausfall", "down")] {
        let asked = Instant::now();
        let session = open(&service.client, name);
        assert!(asked.elapsed() < Duration::from_secs(8), "{name}: the customer does not wait for a bureau that takes ten seconds");
        assert_eq!(decided(&service.client, &session), (json!("C"), json!("withheld")), "{name}");
        assert!(service.count(&format!("SELECT count(*) FROM inquiries WHERE problem = '{problem}'")) > 0, "{name}");
        let confirmed = Order { key: name.to_owned(), ..Order::new(name, "prepayment", 10_000) };
        service.client.confirmed(&session, &confirmed);
    }
}

#[test]
fn the_switch_of_the_sandbox_takes_it_down_for_everybody_and_brings_it_back() {
    let service = start();
    let turn = |behaviour: &str| service.client.post("/v1/sandbox/bureau", &json!({"behaviour": behaviour}).to_string());
    assert_eq!(turn("down").json(), json!({"behaviour": "down"}));
    let session = open(&service.client, "Muster");
    assert_eq!(decided(&service.client, &session).0, "C");
    assert_eq!(turn("normal").status, 200);
    // The next session is decided anew; the one before keeps what it opened with.
    service.clock.go(SignedDuration::from_secs(1));
    assert_eq!(decided(&service.client, &open(&service.client, "Muster")).0, "A");
    assert_eq!(decided(&service.client, &session).0, "C");
    assert_eq!(turn("asleep").status, 400);
}

#[test]
fn after_no_answer_nobody_is_asked_for_two_minutes() {
    let service = start();
    open(&service.client, "Ausfall");
    service.clock.go(SignedDuration::from_secs(119));
    open(&service.client, "Ausfall");
    assert_eq!(inquiries(&service), 1);
    service.clock.go(SignedDuration::from_secs(1));
    open(&service.client, "Ausfall");
    assert_eq!(inquiries(&service), 2);
}

#[test]
fn nobody_is_asked_about_twice_while_an_answer_counts() {
    let service = start();
    open(&service.client, "Muster");
    open(&service.client, "Muster");
    service.clock.go(SignedDuration::from_hours(30 * 24 - 1));
    open(&service.client, "Muster");
    assert_eq!(inquiries(&service), 1);
    service.clock.go(SignedDuration::from_hours(1));
    open(&service.client, "Muster");
    assert_eq!(inquiries(&service), 2);
}

#[test]
fn nobody_is_asked_about_for_nothing() {
    let service = start();
    let open = |request: Value| service.client.session(&request);
    // No invoice at 9.99 and above 250.00, whatever the bureau would say.
    open(request("a", "Muster", 999));
    open(request("b", "Muster", 25_001));
    // Of guests nobody asks, and without a person there is nobody to ask about.
    let mut guest = request("c", "Muster", 10_000);
    guest["customer"] = json!({"guest_reference": "g", "signed_in": false, "person": guest["customer"]["person"]});
    open(guest);
    open(json!({"customer": {"reference": "d", "signed_in": true}, "facts": {"cart.total": eur(10_000)}}));
    // A request that is refused asks nobody either.
    let mut bad = request("e", "Muster", 10_000);
    bad["facts"]["cart.totl"] = eur(1);
    assert_eq!(service.client.post("/v1/sessions", &bad.to_string()).status, 422);
    assert_eq!(inquiries(&service), 0);
    // The ends of the amounts for which it matters; and an unknown total may be any.
    open(request("f", "Muster", 1_000));
    open(request("g", "Muster", 25_000));
    let mut open_total = request("h", "Muster", 1);
    open_total["facts"] = json!({});
    open(open_total);
    assert_eq!(inquiries(&service), 3);
}

#[test]
fn what_is_no_person_is_refused_at_its_place() {
    let service = start();
    for (key, value, code) in [
        ("birth_date", json!("27.03.1985"), "person.birth_date"),
        ("birth_date", json!("1985-02-30"), "person.birth_date"),
        ("last_name", json!("a".repeat(101)), "text.too_long"),
        ("street", json!("Am Wall\u{7}"), "text.control_character"),
    ] {
        let mut request = request("a", "Muster", 10_000);
        request["customer"]["person"][key] = value;
        let answer = service.client.post("/v1/sessions", &request.to_string());
        assert_eq!((answer.status, answer.code().as_str()), (422, code));
        assert_eq!(answer.json()["error"]["at"], format!("/customer/person/{key}"));
    }
    assert_eq!(inquiries(&service), 0);
}

#[test]
fn nothing_of_it_reaches_a_browser() {
    let service = start();
    let (good, bad) = (open(&service.client, "Muster"), open(&service.client, "Negativ"));
    let seen = |session: &str| {
        let answer = service.client.get(&format!("/v1/checkout/{session}"));
        let residual = STANDARD.decode(answer.json()["residual"].as_str().unwrap()).unwrap();
        (answer.json(), String::from_utf8_lossy(&residual).into_owned())
    };
    for session in [&good, &bad] {
        let (json, residual) = seen(session);
        let text = json.to_string();
        for secret in ["bureau.score", "bureau.negative", "bureau.outcome", "900", "sandbox\"", "unavailable"] {
            assert!(!text.contains(secret) && !residual.contains(secret), "{secret} in {text}");
        }
        assert_eq!(json["merchant"]["bureau"], "Auskunft Muster", "that one was asked is told");
        assert!(json["facts"].as_object().unwrap().keys().all(|name| !name.starts_with("bureau.")));
    }
}

#[test]
fn whoever_was_not_asked_about_is_told_so() {
    let service = start();
    let session = service.client.session_of("nobody");
    assert_eq!(service.client.get(&format!("/v1/checkout/{session}")).json()["merchant"].get("bureau"), None);
}

#[test]
fn a_shop_may_bring_answers_of_its_own_but_not_over_those_of_the_service() {
    let service = start();
    let open = |reference: &str, person: bool| {
        let mut request = request(reference, "Mittel", 10_000);
        request["facts"]["bureau.outcome"] = json!("found");
        request["facts"]["bureau.score"] = json!(950);
        if !person {
            request["customer"]["person"] = Value::Null;
        }
        service.client.session(&request)
    };
    assert_eq!(decided(&service.client, &open("own", false)).0, "A");
    assert_eq!(decided(&service.client, &open("both", true)).0, "B");
}

#[test]
fn an_answer_that_was_lost_on_the_way_counts_as_none() {
    let service = start();
    let session = open(&service.client, "Muster");
    assert_eq!(decided(&service.client, &session).0, "A");
    // Killed after the inquiry was written down and before its answer was.
    service.sql().execute("UPDATE inquiries SET answered_ms = NULL, sealed_report = NULL, expires_ms = asked_ms + 120000", []).unwrap();
    assert_eq!(decided(&service.client, &session).0, "C");
    service.clock.go(SignedDuration::from_secs(120));
    assert_eq!(decided(&service.client, &open(&service.client, "Muster")).0, "A", "and it is asked again");
}

#[test]
fn a_bureau_elsewhere_is_asked_with_its_key_and_a_policy_may_name_one_that_is_not_there() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let first = Service::start_in(folder, HandClock::at(NOON), |_| {});
    let url = format!("http://{}/sandbox/bureau/inquiries", first.address);
    let service = Service::start_with(|config| {
        config.bureaus.insert("elsewhere".to_owned(), Arc::new(tresen_service::HttpBureau::new(url, Some("key".to_owned()))));
    });
    for (adapter, class, asked) in [("elsewhere", "A", 1), ("nowhere", "C", 1)] {
        let policy = POLICY.replace(r#""adapter": "sandbox""#, &format!(r#""adapter": "{adapter}""#));
        assert_eq!(service.client.post("/v1/policies", &policy).status, 201);
        let session = service.client.session(&request(adapter, "Muster", 10_000));
        assert_eq!(decided(&service.client, &session).0, class, "{adapter}");
        assert_eq!(inquiries(&service), asked);
    }
}
