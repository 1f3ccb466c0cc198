//! Who is treated how: the persona of the policy, segments that ask about the order, and to whom an order is written about.

use crate::common::Service;
use crate::common::collection::{POLICY, advance, contacts};
use crate::common::shop::Order;
use jiff::Timestamp;
use serde_json::{Value, json};

fn begins(service: &Service, collection: &Value) {
    let mut policy: Value = serde_json::from_str(&POLICY).unwrap();
    policy["collection"] = collection.clone();
    policy["classes"] = json!([{"id": "A", "default_probability_ppm": 10000, "basis": "assumed", "when": {"fact": "cart.total", "operator": "lessThan", "value": "100.00 EUR"}},
        {"id": "B", "default_probability_ppm": 20000, "basis": "assumed"}]);
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
}

fn shop(collection: &Value) -> Service {
    let service = Service::start_with(|config| config.public_url = "https://shop.example".into());
    begins(&service, collection);
    service
}

/// A claim of a customer whose session says that
fn owes(service: &Service, customer: &str, session: &Value, order: Order) -> String {
    let mut request = session.clone();
    request["customer"] = json!({"reference": customer, "signed_in": true, "email": format!("{customer}@example.org")});
    let session = service.client.session(&request);
    service.client.confirmed(&session, &order)["receivable"]["id"].as_str().unwrap().to_owned()
}

fn order(number: &str, facts: &Value) -> Order {
    let mut order = Order::new(number, "invoice", 10_000);
    for (name, value) in facts.as_object().unwrap() {
        order.facts[name] = value.clone();
    }
    order
}

/// The text of the last message, and how the page behind its link speaks
fn last(service: &Service) -> (String, String, String) {
    let tasks = || service.client.get("/v1/tasks").text();
    let id = contacts(service).pop().unwrap_or_else(|| panic!("{}", tasks())).id;
    let text = service.client.get(&format!("/v1/messages/{id}")).json()["text"].as_str().unwrap().to_owned();
    let token =
        text.split("https://shop.example/pay/").nth(1).unwrap_or_else(|| panic!("{text}")).split_whitespace().next().unwrap().to_owned();
    let link = service.client.send("GET", &format!("/v1/paylinks/{token}"), &[], b"").json();
    (text, link["locale"].as_str().unwrap().to_owned(), link["address_form"].as_str().unwrap().to_owned())
}

#[test]
fn a_merchant_who_says_du_says_it_in_the_mail_and_behind_its_link() {
    let service = shop(&json!({"persona": {"language": "de", "address": "du"}}));
    owes(&service, "cus_1", &json!({}), order("1", &json!({})));
    advance(&service, 20);
    let (text, locale, form) = last(&service);
    assert!((text.contains("deine") || text.contains("Deine") || text.contains(" du ")) && !text.contains(" Sie "), "{text}");
    assert_eq!((locale.as_str(), form.as_str()), ("de", "du"));
    // What was said of somebody alone goes before how the merchant speaks to everybody.
    assert_eq!(service.put("/v1/customers/cus_1/contact", &json!({"address_form": "sie"})).status, 200);
    advance(&service, 10);
    let (text, _, form) = last(&service);
    assert!(text.contains("Sie") && form == "sie", "{text}");
}

#[test]
fn whoever_has_chosen_a_language_gets_it_and_whoever_has_not_the_merchants() {
    let service = shop(&json!({"persona": {"language": "en"}}));
    owes(&service, "cus_1", &json!({}), order("1", &json!({})));
    advance(&service, 20);
    let (text, locale, _) = last(&service);
    assert!(text.contains("Hello") && !text.contains("Rechnung"), "{text}");
    assert_eq!(locale, "en");
    let service = shop(&json!({"persona": {"language": "en"}}));
    owes(&service, "cus_2", &json!({"locale": "de-AT"}), order("2", &json!({})));
    advance(&service, 20);
    let (text, locale, _) = last(&service);
    assert!(text.contains("Rechnung"), "{text}");
    assert_eq!(locale, "de-AT");
}

#[test]
fn a_time_of_day_is_kept() {
    let service = shop(&json!({"persona": {"time_of_day": "evening"}}));
    owes(&service, "cus_1", &json!({}), order("1", &json!({})));
    advance(&service, 40);
    let written = contacts(&service);
    assert!(written.len() >= 3, "{written:?}");
    for one in written {
        let local = Timestamp::from_millisecond(one.planned_ms).unwrap().in_tz("Europe/Berlin").unwrap();
        assert!((17..20).contains(&local.hour()), "{one:?}");
    }
}

/// What comes next of the one claim of a customer
fn next(service: &Service, customer: &str) -> Value {
    service.client.get(&format!("/v1/customers/{customer}/case")).json()["claims"][0]["next"]["what"].clone()
}

#[test]
fn a_segment_asks_about_the_order_and_what_is_not_known_of_it_is_not_known() {
    let service = shop(&json!({"note_days": 0, "segments": [
        {"id": "from_a_reel", "when": {"fact": "order.origin_channel", "operator": "equal", "value": "instagram"}, "then": {"by_hand": true}}
    ]}));
    owes(&service, "cus_reel", &json!({}), order("1", &json!({"order.origin_channel": "instagram"})));
    owes(&service, "cus_shop", &json!({}), order("2", &json!({"order.origin_channel": "web_shop"})));
    owes(&service, "cus_mute", &json!({}), order("3", &json!({})));
    assert_eq!(
        [next(&service, "cus_reel"), next(&service, "cus_shop"), next(&service, "cus_mute")],
        [json!("by_hand"), json!("reminder"), json!("reminder")]
    );
}

#[test]
fn a_segment_asks_about_the_class_that_the_order_was_given() {
    let collection = json!({"note_days": 0, "segments": [
        {"id": "b", "when": {"fact": "risk.class", "operator": "equal", "value": "B"}, "then": {"by_hand": true}}
    ]});
    let service = shop(&collection);
    owes(&service, "cus_1", &json!({}), order("1", &json!({})));
    owes(&service, "cus_2", &json!({}), Order::new("2", "invoice", 9_999));
    assert_eq!([next(&service, "cus_1"), next(&service, "cus_2")], [json!("by_hand"), json!("reminder")]);
}

#[test]
fn a_segment_asks_about_the_age_and_what_the_ledger_says_today() {
    let service = shop(&json!({"note_days": 0, "segments": [
        {"id": "young", "when": {"fact": "customer.age", "operator": "lessThan", "value": 25}, "then": {"by_hand": true}},
        {"id": "late_twice", "when": {"fact": "account.overdue_count", "operator": "greaterThan", "value": 1}, "then": {"stop": true}}
    ]}));
    owes(&service, "cus_young", &json!({}), order("1", &json!({"customer.birth_date": "2006-03-27"})));
    owes(&service, "cus_1", &json!({}), Order::new("2", "invoice", 5_000));
    owes(&service, "cus_1", &json!({}), Order::new("3", "invoice", 5_000));
    assert_eq!([next(&service, "cus_young"), next(&service, "cus_1")], [json!("by_hand"), json!("reminder")]);
    advance(&service, 17);
    let stopped = service.client.get("/v1/customers/cus_1/case").json()["claims"][0]["why_not"]["code"].clone();
    assert_eq!(stopped, "gate.stopped", "two are late by now");
}

#[test]
fn an_order_says_to_whom_it_is_written_about_and_nobody_else_is_told() {
    let service = shop(&json!({"levels": [
        {"after_days": 3, "term_days": 6, "tone": "friendly", "channels": ["email", "letter"]},
        {"after_days": 1, "term_days": 10, "tone": "firm", "channels": ["letter", "email"]}
    ]}));
    let contact =
        json!({"name": {"given": "Greta", "family": "Sommer"}, "address": ["Lindenstraße 14", "10969 Berlin"], "phone": "+4915112345678"});
    let first = Order { contact: contact.clone(), ..order("1", &json!({})) };
    let request = json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "greta@example.org"}});
    let session = service.client.session(&request);
    let answer = service.client.confirmed(&session, &first);
    assert!(!answer.to_string().contains("Sommer") && !answer.to_string().contains("Lindenstra"), "{answer:#}");
    advance(&service, 20);
    let (text, ..) = last(&service);
    assert!(text.contains("Guten Tag Greta Sommer"), "{text}");
    let token = text.split("https://shop.example/pay/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let told = [
        service.client.send("GET", &format!("/v1/paylinks/{token}"), &[], b"").text(),
        service.client.send("GET", &format!("/pay/{token}"), &[], b"").text(),
        service.client.get_as_browser(&format!("/v1/checkout/{session}")).text(),
    ];
    for told in told {
        assert!(!told.contains("Sommer") && !told.contains("Lindenstra") && !told.contains("15112345678"), "{told}");
    }
    advance(&service, 20);
    let letter = contacts(&service).pop().unwrap();
    assert_eq!(letter.channel, "letter");
    let to = service.client.get(&format!("/v1/messages/{}", letter.id)).json()["to"].clone();
    assert_eq!(to, "Greta Sommer, Lindenstraße 14, 10969 Berlin");
    // A later order that says less takes nothing away; one that names another envelope replaces it whole.
    let export = || service.client.get("/v1/customers/cus_1/export").json();
    assert_eq!(export()["contact"]["items"][0]["name"]["family"], "Sommer", "{:#}", export()["contact"]);
    assert_eq!(service.client.post("/v1/customers/cus_1/erase", r#"{"despite_open": true}"#).status, 200);
    let database = std::fs::read(service.database()).unwrap();
    let holds = |text: &str| database.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!holds("Lindenstraße 14") && !holds("15112345678"), "nothing personal lies open");
}

#[test]
fn what_an_order_does_not_say_of_somebody_stays_and_a_new_envelope_replaces_the_old_one_whole() {
    let service = shop(&json!({}));
    let details = json!({"name": {"given": "Greta", "family": "Sommer"}, "address": ["Alter Weg 1", "10969 Berlin"], "phone": "+4915112345678",
        "prefers": "letter"});
    let order = |number: &str, contact: Value| Order { contact, ..Order::new(number, "invoice", 1_000) };
    owes(&service, "cus_1", &json!({}), order("1", json!(null)));
    assert_eq!(service.put("/v1/customers/cus_1/contact", &details).status, 200);
    let known = || service.client.get("/v1/customers/cus_1/export").json()["contact"]["items"][0].clone();
    owes(&service, "cus_1", &json!({}), order("2", json!({"phone": "+4915187654321"})));
    assert_eq!(
        (&known()["phone"], &known()["address"][0], &known()["prefers"]),
        (&json!("+4915187654321"), &json!("Alter Weg 1"), &json!("letter"))
    );
    owes(&service, "cus_1", &json!({}), order("3", json!({"address": ["Nordlicht GmbH", "Speicherstraße 21", "24103 Kiel"]})));
    assert_eq!(
        (&known()["name"], &known()["address"][0], &known()["phone"]),
        (&json!(null), &json!("Nordlicht GmbH"), &json!("+4915187654321"))
    );
    let session = service.client.session_of("cus_1");
    let broken = order("4", json!({"address": ["1", "2", "3", "4", "5", "6"]}));
    let answer = service.client.confirm(&session, &broken);
    assert_eq!((answer.status, answer.code().as_str()), (422, "letter.address.window"), "{}", answer.text());
    assert_eq!(answer.json()["error"]["at"], "/contact/address");
}

#[test]
fn a_text_message_in_english_goes_out_and_its_address_says_nothing_either() {
    let service = shop(&json!({"persona": {"language": "en"}, "note_days": 0, "levels": [
        {"after_days": 3, "term_days": 10, "tone": "firm", "channels": ["text_message", "email"]}
    ]}));
    owes(&service, "cus_1", &json!({}), Order { contact: json!({"phone": "+4915112345678"}), ..order("1", &json!({})) });
    advance(&service, 20);
    let message = contacts(&service).pop().unwrap_or_else(|| panic!("{}", service.client.get("/v1/tasks").text()));
    assert_eq!((message.channel.as_str(), message.state.as_str()), ("text_message", "sent"));
    let text = service.client.get(&format!("/v1/messages/{}", message.id)).json()["text"].as_str().unwrap().to_owned();
    let token = text.split("https://shop.example/m/").nth(1).unwrap().split_whitespace().next().unwrap();
    let page = service.client.send("GET", &format!("/m/{}", token.trim_end_matches('.')), &[], b"");
    assert_eq!((page.status, page.text().contains("100.00")), (200, true), "{}", page.text());
}
