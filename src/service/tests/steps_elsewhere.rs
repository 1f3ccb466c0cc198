//! Steps without a code: a birth date, and what others look up or check.

use crate::common::shop::Order;
use crate::common::steps::{Shopper as _, customer, service, with_policy};
use crate::common::{Client, Service};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tresen_service::{
    AdapterProblem, AddressCheck, AddressFound, IdentityCheck, IdentityQuestion, IdentityResult, IdentityStarted, Mailer, Outgoing,
};

#[test]
fn a_birth_date_is_recorded_and_a_shop_that_says_another_is_believed() {
    let service = service();
    let client = &service.client;
    let session = client.guest_session("v", None);
    assert_eq!(client.begin(&session, "birth_date", json!({"birth_date": "1985-02-31"})).code(), "step.birth_date_malformed");
    assert_eq!(client.begin(&session, "birth_date", json!({"birth_date": "2026-11-22"})).code(), "step.birth_date_malformed");
    let passed = client.begun(&session, "birth_date", json!({"birth_date": "1985-03-27"}));
    assert_eq!(
        passed,
        json!({"step": "birth_date", "state": "passed", "facts": {"customer.birth_date": "1985-03-27", "customer.confirmed": ["birth_date"]}})
    );
    let later = |number: &str, birth_date: Option<&str>| Order {
        facts: birth_date.map_or_else(|| json!({}), |date| json!({"customer.birth_date": date})),
        ..Order::new(number, "later", 5_000)
    };
    assert_eq!(
        client.refused(&session, &later("1", Some("1985-03-28"))),
        ["step.birth_date_differs", "method.withheld", "identity.unconfirmed"]
    );
    client.confirmed(&session, &later("2", None));

    // Somebody below 18 is recorded like anybody else; the policy's own rule says what follows.
    let session = client.guest_session("w", None);
    client.begun(&session, "birth_date", json!({"birth_date": "2010-01-01"}));
    assert_eq!(client.refused(&session, &later("3", None)), ["method.withheld", "customer.minor"]);
    // A typing mistake can be mended.
    client.begun(&session, "birth_date", json!({"birth_date": "2000-01-01"}));
    client.confirmed(&session, &later("4", Some("2000-01-01")));

    let known = json!({"customer": {"reference": "c", "signed_in": true}, "facts": {"customer.birth_date": "1970-01-01"}});
    let session = client.session(&known);
    assert_eq!(client.begin(&session, "birth_date", json!({"birth_date": "1985-03-27"})).code(), "step.birth_date_differs");
    assert_eq!(client.begun(&session, "birth_date", json!({"birth_date": "1970-01-01"}))["state"], "passed");
}

#[test]
fn an_address_is_confirmed_corrected_or_not_found() {
    let service = service();
    let client = &service.client;
    let address = |street: &str, number: &str| json!({"address": {"street": street, "house_number": number, "postal_code": "24103", "city": "Kiel", "country": "DE"}});
    let session = client.guest_session("v", None);
    assert_eq!(client.begun(&session, "address", address("Holtenauer Straße", "404"))["state"], "failed");
    let suggested = client.begun(&session, "address", address("Musterweg", "1"));
    assert_eq!((&suggested["state"], &suggested["suggestion"]["street"]), (&json!("started"), &json!("Musterstraße")));
    assert_eq!(client.replied(&session, "address", json!({"accept": false}))["state"], "failed");
    client.begun(&session, "address", address("Musterweg", "1"));
    assert_eq!(client.replied(&session, "address", json!({"accept": true}))["state"], "passed");
    let other = client.guest_session("w", None);
    assert_eq!(client.begun(&other, "address", address("Holtenauer Straße", "12a"))["state"], "passed");
    for _ in 0..9 {
        client.begun(&other, "address", address("Holtenauer Straße", "404"));
    }
    assert_eq!(client.begin(&other, "address", address("Holtenauer Straße", "12a")).code(), "step.too_many_checks");
    assert_eq!(client.state(&other, "address"), "passed", "what was confirmed stays so");
}

#[test]
fn an_identity_is_checked_on_a_page_of_its_own() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    let page = |step: Value| step["url"].as_str().unwrap().to_owned();
    let press = |url: &str, button: &str| client.send("POST", &format!("{url}/{button}"), &[], b"");
    let url = page(client.begun(&session, "identity", json!({})));
    let shown = client.send("GET", &url, &[], b"");
    assert!(shown.status == 200 && shown.text().contains("lang=\"de\"") && shown.text().contains("Abbrechen"), "{}", shown.text());
    let cancelled = press(&url, "cancel");
    assert_eq!((cancelled.status, cancelled.header("location")), (303, Some("http://127.0.0.1:9/done")));
    assert_eq!(client.state(&session, "identity"), "open");
    press(&url, "pass");
    assert_eq!(client.state(&session, "identity"), "open", "what is over stays over");
    let url = page(client.begun(&session, "identity", json!({"return_url": "http://127.0.0.1:9/checkout?step=identity"})));
    assert_eq!(press(&url, "fail").header("location"), Some("http://127.0.0.1:9/checkout?step=identity"));
    assert_eq!(client.state(&session, "identity"), "failed");
    assert_eq!(client.begin(&session, "identity", json!({"return_url": "https://evil.example/"})).code(), "return_url.foreign");
    let url = page(client.begun(&session, "identity", json!({})));
    assert_eq!(client.state(&session, "identity"), "started");
    press(&url, "pass");
    assert_eq!(client.steps(&session)["facts"]["customer.confirmed"], json!(["identity"]));
    assert_eq!(client.invoice(&session, 20_001)["steps"], json!(["email"]), "one of the two is still open");
    assert_eq!(client.send("GET", "/sandbox/identity/chk_0000000000000000000000000000000000000000", &[], b"").status, 404);
}

/// Refuses to send, or looks nothing up
#[derive(Debug)]
struct Broken;

impl Mailer for Broken {
    fn send(&self, _: &Outgoing) -> Result<(), AdapterProblem> {
        Err(AdapterProblem("no connection".to_owned()))
    }
}

impl AddressCheck for Broken {
    fn check(&self, _: &tresen_wire::http::PostalAddress) -> Result<AddressFound, AdapterProblem> {
        Err(AdapterProblem("no connection".to_owned()))
    }
}

/// Says of an identity what it was told to say, when it is asked
#[derive(Debug, Default)]
struct Asked(Mutex<Option<IdentityResult>>);

impl IdentityCheck for Asked {
    fn start(&self, question: &IdentityQuestion) -> Result<IdentityStarted, AdapterProblem> {
        Ok(IdentityStarted { url: format!("https://ident.example/{}", question.locale), provider_ref: "ref-7".to_owned() })
    }

    fn result(&self, provider_ref: &str) -> Result<Option<IdentityResult>, AdapterProblem> {
        assert_eq!(provider_ref, "ref-7");
        Ok(*self.0.lock().unwrap())
    }
}

#[test]
fn where_an_adapter_fails_the_step_has_failed_and_where_it_is_asked_it_answers() {
    let identity = Arc::new(Asked::default());
    let connected = Arc::clone(&identity);
    let service = with_policy(Service::start_with(|config| {
        config.adapters.mailer = Some(Arc::new(Broken));
        config.adapters.address_check = Some(Arc::new(Broken));
        config.adapters.identity_check = Some(connected);
    }));
    let client = &service.client;
    let session = customer(client, "c");
    assert_eq!(client.begun(&session, "email", json!({}))["state"], "failed");
    assert_eq!(client.messages(), [] as [Value; 0]);
    assert_eq!(service.count("SELECT count(*) FROM messages WHERE state = 'failed' AND sealed_message IS NULL"), 1);
    let address = json!({"address": {"street": "Markt", "house_number": "1", "postal_code": "24103", "city": "Kiel", "country": "DE"}});
    assert_eq!(client.begun(&session, "address", address)["state"], "failed");
    assert_eq!(client.begun(&session, "identity", json!({}))["url"], "https://ident.example/de");
    assert_eq!(client.state(&session, "identity"), "started");
    *identity.0.lock().unwrap() = Some(IdentityResult::Passed);
    assert_eq!(client.state(&session, "identity"), "passed");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'IdentityCheckPassed' AND data LIKE '%ref-7%'"), 1);
}

#[test]
fn outside_the_sandbox_only_what_is_connected_can_be_done() {
    let service = service();
    let session = customer(&service.client, "c");
    let clock = Arc::clone(&service.clock);
    let (folder, only_the_birth_date) = (service.stop(), json!([{"step": "birth_date", "state": "open"}]));
    let mut config = crate::common::config(&folder);
    (config.sandbox, config.clock) = (false, Arc::<crate::common::HandClock>::clone(&clock));
    let keys = folder.path().join("keys.json");
    let (told, listening) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let until = async move {
            let _ = stopped.await;
        };
        runtime.block_on(tresen_service::serve_until(config, |address| told.send(address).unwrap(), until)).unwrap();
    });
    let client = Client::new(listening.recv().unwrap(), &keys);
    let checkout = client.get_as_browser(&format!("/v1/checkout/{session}"));
    assert_eq!(checkout.json()["steps"], only_the_birth_date, "{}", checkout.text());
    assert_eq!(client.invoice(&session, 10_001).get("steps"), None, "a step that cannot be done is not named");
    assert_eq!(client.begin(&session, "email", json!({})).code(), "step.unknown");
    assert_eq!(client.get("/v1/sandbox/messages").status, 404);
    stop.send(()).unwrap();
    thread.join().unwrap();
}
