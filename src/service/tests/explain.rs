//! The explanation of a recorded decision: asked for by its id, made again from its record, in the words that are wanted.

use crate::common::Service;
use crate::common::shop::{Order, eur};
use serde_json::{Value, json};

fn explanation(service: &Service, decision: &Value, query: &str) -> Value {
    let answer = service.client.get(&format!("/v1/decisions/{}/explanation{query}", decision.as_str().unwrap()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn fact<'a>(explained: &'a Value, name: &str) -> &'a Value {
    explained["file"]["explanation"]["facts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|fact| fact["name"] == name)
        .unwrap_or_else(|| panic!("{name}"))
}

fn decided(service: &Service, session: &str, order: &Order) -> Value {
    let answer = service.client.confirm(session, order);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["decision_id"].clone()
}

#[test]
fn a_refusal_is_explained_with_what_was_used_where_it_came_from_and_what_would_change_it() {
    let service = Service::start();
    let first = service.client.session_of("cus_1");
    service.client.confirmed(&first, &Order::new("1", "invoice", 20_000));
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true},
        "facts": {"history.orders_paid": 7, "customer.kind": "consumer"}}));
    let decision = decided(&service, &session, &Order::new("2", "invoice", 10_001));

    let found = explanation(&service, &decision, "");
    let file = &found["file"];
    assert_eq!(file["kind"], "tresen.explanation");
    assert_eq!(
        [&file["decision"]["decision_id"], &file["decision"]["outcome"], &file["decision"]["order"]],
        [&decision, &json!("refused"), &json!("2")]
    );
    assert_eq!(file["explanation"]["reasons"], json!([{"code": "exposure.exceeded", "rule": null, "told": "exposure.exceeded"}]));
    assert_eq!(file["explanation"]["change"]["steps"], json!([{"kind": "reduce_total", "to": eur(10_000), "by": eur(1)}]));
    let owed = fact(&found, "account.open_balance");
    assert_eq!([&owed["source"], &owed["value"], &owed["decisive"]], [&json!("ledger"), &eur(20_000), &json!(true)]);
    // 200.00 and 100.01 are one cent too much: with 199.99 owed it would have been offered.
    assert_eq!(owed["otherwise"], json!({"value": eur(19_999), "state": "offered"}));
    let total = fact(&found, "cart.total");
    assert_eq!([&total["source"], &total["otherwise"]["value"]], [&json!("shopper"), &eur(10_000)]);
    let paid = fact(&found, "history.orders_paid");
    assert_eq!([&paid["used"], &paid["source"]], [&json!(false), &json!("shop")]);
    let days = fact(&found, "history.orders_7_days");
    assert_eq!([&days["used"], &days["source"]], [&json!(false), &json!("ledger")]);

    let plain = found["text"]["plain"].as_str().unwrap();
    assert!(plain.contains("ein Warenkorb bis 100,00\u{a0}€, also 0,01\u{a0}€ weniger"), "{plain}");
    assert!(plain.contains("Offener Betrag, fällig oder nicht: 200,00\u{a0}€ (aus Ihren bisherigen Käufen bei Kiesel & Lein)"), "{plain}");
    for id in [decision.as_str().unwrap(), &session, "cus_1", "exposure", file["explanation"]["policy_hash"].as_str().unwrap()] {
        assert!(!plain.contains(id), "{id}: {plain}");
    }
}

#[test]
fn it_is_told_in_the_words_that_are_wanted_or_in_those_of_the_session() {
    let service = Service::start();
    let session =
        service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true}, "locale": "de-AT", "address_form": "du"}));
    let decision = decided(&service, &session, &Order::new("1", "invoice", 30_000));
    let language = |query: &str| explanation(&service, &decision, query)["text"]["language"].as_str().unwrap().to_owned();
    assert_eq!(
        [language(""), language("?address_form=sie"), language("?locale=en-GB"), language("?locale=fr")],
        ["de-du", "de", "en", "fr"]
    );
    assert_eq!(explanation(&service, &decision, "?locale=fr")["text"]["is_draft"], true);
    let path = |query: &str| format!("/v1/decisions/{}/explanation{query}", decision.as_str().unwrap());
    for (query, code) in [("?locale=x", "locale.malformed"), ("?address_form=ihr", "address_form.unknown"), ("?lang=de", "query.unknown")] {
        let answer = service.client.get(&path(query));
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{query}");
    }
    assert_eq!(service.client.get_as_browser(&path("")).status, 403, "the file is not for browsers");
    assert_eq!(service.client.get("/v1/decisions/dec_1/explanation").code(), "decision.unknown");
}

#[test]
fn a_decision_is_explained_by_the_policy_and_on_the_day_that_made_it() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let decision = decided(&service, &session, &Order::new("1", "invoice", 30_000));
    let before = explanation(&service, &decision, "");
    // Another policy is in force, the customer owes something, and it is another day.
    assert_eq!(service.client.post("/v1/policies", &crate::common::shop::POLICY.replace("250.00 EUR", "290.00 EUR")).status, 201);
    service.clock.go(jiff::SignedDuration::from_hours(30));
    let later = service.client.session_of("cus_1");
    service.client.confirmed(&later, &Order::new("2", "invoice", 20_000));
    assert_eq!(explanation(&service, &decision, ""), before);
    let replay = &before["file"]["replay"];
    assert_eq!([&replay["today"], &replay["facts"]["cart.total"]], [&json!("2026-11-21"), &eur(30_000)]);
    let policy = tresen_wire::policy::read(&replay["policy"].to_string()).unwrap().policy;
    let hash = tresen_wire::decision::hex(&tresen_wire::decision::hash(&policy.to_bytes()));
    assert_eq!(before["file"]["explanation"]["policy_hash"], json!(hash));
}

#[test]
fn what_can_no_longer_be_made_again_is_not_explained() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let unknown = decided(&service, &session, &Order::new("1", "gold", 1_000));
    let path = |decision: &Value| format!("/v1/decisions/{}/explanation", decision.as_str().unwrap());
    let answer = service.client.get(&path(&unknown));
    assert_eq!((answer.status, answer.code().as_str()), (409, "explanation.no_method"));
    let decision = decided(&service, &session, &Order::new("2", "invoice", 30_000));
    service.sql().execute("UPDATE decisions SET answer = x'00' WHERE order_ref = '2'", []).unwrap();
    let answer = service.client.get(&path(&decision));
    assert_eq!((answer.status, answer.code().as_str()), (409, "explanation.not_replayable"));
    service.sql().execute("UPDATE customers SET wrapped_key = NULL", []).unwrap();
    let answer = service.client.get(&path(&decision));
    assert_eq!((answer.status, answer.code().as_str()), (410, "person.erased"));
}

#[test]
fn a_page_is_told_why_without_what_only_servers_know_and_a_guest_is_sent_to_the_shop() {
    let service = Service::start();
    let facts = json!({"history.dunning_level_max": 2, "history.orders_paid": 4});
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true}, "facts": facts}));
    let ask =
        |session: &str, body: &Value| service.client.post_as_browser(&format!("/v1/checkout/{session}/explanation"), &body.to_string());
    let body = json!({"method": "invoice", "facts": {"cart.total": eur(25_001), "customer.birth_date": "1985-03-27"}});
    let told = ask(&session, &body);
    assert_eq!(told.status, 200, "{}", told.text());
    assert!(told.json().get("file").is_none(), "the file is the shop's");
    let plain = told.json()["text"]["plain"].as_str().unwrap().to_owned();
    assert!(plain.contains("Bis 250,00\u{a0}€ möglich. Ihr Warenkorb liegt 0,01\u{a0}€ darüber."), "{plain}");
    assert!(plain.contains("Betrag der Bestellung: 250,01\u{a0}€ (aus Ihrer Bestellung)"), "{plain}");
    assert_eq!(service.count("SELECT count(*) FROM decisions"), 0, "nothing is kept");

    let guest = service.client.guest_session("visit", Some("greta@example.com"));
    assert_eq!(ask(&guest, &body).json(), json!({"method": "invoice", "text": null}));
    // Only what a browser may say, only methods that there are, only while the session counts.
    let history = json!({"method": "invoice", "facts": {"history.orders_paid": 1}});
    assert_eq!(ask(&session, &history).code(), "facts.invalid");
    assert_eq!(ask(&session, &json!({"method": "gold"})).code(), "method.unknown");
    assert_eq!(ask("ses_1", &body).code(), "session.unknown");
    service.clock.go(jiff::SignedDuration::from_hours(24));
    assert_eq!(ask(&session, &body).code(), "session.expired");
}
