//! How a customer is reached and spoken to, as they say it in their account; the address of before is told.

use crate::common::steps::Shopper as _;
use crate::requests::greta;
use serde_json::{Value, json};

#[test]
fn details_are_changed_and_the_old_address_is_told() {
    let (service, _, token) = greta();
    let body = json!({"kind": "contact", "email": "neu@example.org", "locale": "en", "address_form": "du"});
    let view = service.gets(&token, "granted", &body)["view"].clone();
    assert_eq!((&view["locale"], &view["address_form"]), (&json!("en"), &json!("du")));
    assert_eq!(service.last_mail()["to"], "greta@example.org", "who lost their account hears of it");
    service.gets(&token, "granted", &json!({"kind": "opt_out", "channel": "text_message"}));
    assert_eq!(service.last_mail()["to"], "neu@example.org");
    let text = service.last_mail()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Mon–Sat, 8 am–8 pm") && !text.contains("Uhr"), "{text}");
    let kept = service.client.get("/v1/customers/greta/export").json();
    let contact = kept["contact"]["items"][0].clone();
    assert_eq!((&contact["email"], &contact["opted_out"]), (&json!("neu@example.org"), &json!(["text_message"])));
    assert!(kept["requests"]["items"].as_array().unwrap().iter().any(|one| one["kind"] == "contact"), "{:#}", kept["requests"]);
    let known = |view: &Value| view["reach"].clone();
    let view = service.gets(
        &token,
        "granted",
        &json!({"kind": "contact", "phone": "+49 151 12345678", "address": ["Ring 1", "10969 Berlin"]}),
    )["view"]
        .clone();
    assert_eq!(
        known(&view),
        json!({"email": "n…@example.org", "phone": "+49…78", "address": "…, 10969 Berlin", "channels": ["email", "text_message", "letter"],
            "opted_out": ["text_message"], "languages": ["de", "de-du", "en"]})
    );
    let mails = service.client.messages().len();
    service.gets(&token, "granted", &json!({"kind": "opt_out", "channel": "email"}));
    assert_eq!(service.client.messages().len(), mails, "at once");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'OptedOut'"), 2);
    // In place of those before: one way is wanted again, one is not any more, and what stays so happens no second time.
    let body = json!({"kind": "contact", "opted_out": ["letter", "email", "letter"]});
    assert_eq!(known(&service.gets(&token, "granted", &body)["view"])["opted_out"], json!(["email", "letter"]));
    assert_eq!((service.client.messages().len(), service.count("SELECT count(*) FROM events WHERE type = 'OptedOut'")), (mails, 3));
    let body = json!({"kind": "contact", "opted_out": ["email"], "email": "greta@example.net"});
    assert_eq!(known(&service.gets(&token, "granted", &body)["view"])["opted_out"], json!(["email"]));
    assert_eq!(service.last_mail()["to"], "neu@example.org", "of a new address the old one is told all the same");
    assert_eq!(known(&service.gets(&token, "granted", &json!({"kind": "contact", "opted_out": []}))["view"])["opted_out"], json!([]));
    assert_eq!(service.wants(&token, "way", &json!({"kind": "contact", "opted_out": ["pigeon"]})).code(), "body.invalid");
    assert_eq!(service.wants(&token, "phone", &json!({"kind": "contact", "phone": "0151"})).code(), "step.phone_malformed");
    let at_home = json!({"kind": "contact", "phone": "0171 / 234 56 99"});
    assert_eq!(known(&service.gets(&token, "granted", &at_home)["view"])["phone"], "+49…99", "of the market");
    assert_eq!(service.wants(&token, "window", &json!({"kind": "contact", "address": ["1", "2", "3", "4", "5", "6"]})).status, 422);
}
