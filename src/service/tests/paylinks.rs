//! Pay links: what whoever holds one is told, for how long, and what happens when a day is named.

use crate::common::collection::{self, Postman, advance, contacts};
use crate::common::money::{told, with};
use crate::common::shop::{Order, POLICY};
use crate::common::{Answer, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use tresen_service::Handed;
use tresen_wire::epc::{Remittance, Transfer};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const IBAN: &str = "DE89370400440532013000";

/// A shop that says where transfers go
fn shop() -> Service {
    let service = Service::start();
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    policy["merchant"]["imprint"] = json!({"creditor": "Kiesel & Lein GmbH", "street": "Musterkai 7", "postcode": "24103", "city": "Kiel",
        "website": "kiesel-lein.example", "email": "hallo@kiesel-lein.example", "phone": "0431 000000", "hours": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "from": "08:00", "until": "20:00"}]});
    policy["merchant"]["account"] = json!({"holder": "Kiesel & Lein GmbH", "iban": "DE89 3704 0044 0532 0130 00"});
    assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
    service
}

impl Service {
    fn link(&self, claim: &str) -> String {
        let answer = self.client.post(&format!("/v1/receivables/{claim}/paylink"), "");
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    fn open(&self, token: &str) -> Answer {
        self.client.send("GET", &format!("/v1/paylinks/{token}"), &[], b"")
    }

    fn shown(&self, token: &str) -> Value {
        let answer = self.open(token);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    fn names(&self, token: &str, date: &str) -> Answer {
        let body = json!({"date": date}).to_string();
        self.client.send("POST", &format!("/v1/paylinks/{token}/promise"), &[("content-type", "application/json")], body.as_bytes())
    }
}

#[test]
fn a_link_shows_what_is_to_be_paid_today_and_nothing_about_anybody() {
    let service = shop();
    let (claim, reference) = service.claim("cus_7391", "order-5512", 16_840);
    assert_eq!(service.put("/v1/customers/cus_7391/contact", &json!({"email": "greta@example.com"})).status, 200);
    let token = service.link(&claim);
    let before = service.events();
    let answer = service.open(&token);
    assert_eq!(service.events(), before, "looking changes nothing");
    for (header, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex")] {
        assert_eq!(answer.header(header), Some(value));
    }
    for personal in ["cus_7391", "order-5512", "KL-1", "Decke", "1985-03-27", "rcv_", "cst_"] {
        assert!(!answer.text().contains(personal), "{personal}: {}", answer.text());
    }
    let shown = answer.json();
    assert_eq!(shown["state"], "open");
    assert_eq!(shown["amount"], json!({"minor": 16_840, "currency": "EUR"}));
    assert_eq!((&shown["due_date"], &shown["late"]), (&json!("2026-12-07"), &json!(false)));
    assert_eq!(shown["next"], json!({"what": "note", "from": "2026-12-04"}));
    assert_eq!(shown["promise"], json!({"until": "2026-12-21", "why_not": null, "made": null}));
    assert_eq!(shown["shop"]["website"], "kiesel-lein.example");
    assert_eq!(shown["transfer"]["reference"], reference.as_str());
    let epc = Transfer::read(shown["transfer"]["epc"].as_str().unwrap()).unwrap();
    assert_eq!((epc.iban.as_str(), epc.cents, epc.remittance), (IBAN, Some(16_840), Some(Remittance::Reference(reference))));
}

#[test]
fn a_newer_link_takes_the_place_of_the_one_before_which_still_says_where_to_look() {
    let service = shop();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let (old, new) = (service.link(&claim), service.link(&claim));
    assert_eq!(service.shown(&new)["state"], "open");
    let shown = service.shown(&old);
    assert_eq!(shown["state"], "superseded");
    assert_eq!(shown["shop"]["website"], "kiesel-lein.example");
    for nothing in ["amount", "due_date", "transfer", "next", "receipt"] {
        assert_eq!(shown[nothing], Value::Null, "{nothing}");
    }
    let names = service.refuses(|| service.names(&old, "2026-11-30"));
    assert_eq!(names, (409, "paylink.over".into()));
    let another = service.link(&service.claim("cus_2", "2", 5_000).0);
    assert_eq!((&service.shown(&new)["state"], &service.shown(&another)["state"]), (&json!("open"), &json!("open")), "another customer");
}

/// Days go by until something is written in that way, and stands there
fn until_written(service: &Service, occasions: usize, channel: &str, state: &str) {
    for _ in 0..40 {
        let written = contacts(service);
        if written.len() == occasions {
            let last = written.last().unwrap();
            assert_eq!((last.channel.as_str(), last.state.as_str()), (channel, state));
            return;
        }
        advance(service, 1);
    }
    panic!("{:#?}", contacts(service));
}

#[test]
fn a_link_holds_until_the_message_with_the_next_has_reached_the_customer() {
    let postman = Arc::new(Postman::default());
    let service = Service::start_with(|config| {
        config.transport = Some(Arc::<Postman>::clone(&postman));
        config.public_url = "https://shop.example".into();
    });
    let mut policy: Value = serde_json::from_str(&collection::POLICY).unwrap();
    let level = |tone: &str, channels: &[&str]| json!({"after_days": 3, "term_days": 10, "tone": tone, "channels": channels});
    let levels = [level("friendly", &["email"]), level("neutral", &["email"]), level("firm", &["letter", "email"])];
    policy["collection"] = json!({"note_days": 0, "levels": levels});
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    let contact = json!({"name": {"given": "Greta", "family": "Sommer"}, "address": ["Lindenstraße 14", "10969 Berlin"]});
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "greta@example.org"}}));
    service.client.confirmed(&session, &Order { contact, ..Order::new("1", "invoice", 10_000) });
    let newest = |service: &Service| {
        let id = contacts(service).pop().unwrap().id;
        let text = service.client.get(&format!("/v1/messages/{id}")).json()["text"].as_str().unwrap().to_owned();
        text.split("https://shop.example/pay/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
    };
    let state = |token: &str| service.shown(token)["state"].as_str().unwrap().to_owned();

    until_written(&service, 1, "email", "sent");
    let first = newest(&service);
    postman.answers(Handed::NotNow("the relay is down".into()));
    until_written(&service, 2, "email", "intended");
    let second = newest(&service);
    assert_eq!([state(&first), state(&second)], ["open", "open"], "the second has not left");
    postman.answers(Handed::Sent { provider_ref: None });
    service.clock.go(SignedDuration::from_hours(2));
    advance(&service, 0);
    assert_eq!([state(&first), state(&second)], ["superseded", "open"]);

    until_written(&service, 3, "letter", "sent");
    for day in 1..=4 {
        assert_eq!(state(&second), "open", "day {day}: the letter is in the post");
        advance(&service, 1);
    }
    assert_eq!(state(&second), "superseded", "it has come");
}

#[test]
fn who_named_a_day_that_has_passed_is_reminded_of_that_day_and_not_as_if_nothing_had_been_heard() {
    let service = Service::start_with(|config| config.public_url = "https://shop.example".into());
    collection::letterhead(&service);
    let (_, reference) = collection::owes(&service, "cus_1", "1", 10_000);
    let newest = || service.client.get("/v1/sandbox/messages").json()["messages"][0]["text"].as_str().unwrap().to_owned();
    advance(&service, 21);
    let reminder = newest();
    let token = reminder.split("https://shop.example/pay/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    assert_eq!(service.names(&token, "2026-12-16").status, 200);
    advance(&service, 14);
    let text = newest();
    assert!(
        text.contains("für Mittwoch, 16.\u{a0}Dezember, hatten wir 100,00\u{a0}€ notiert, und noch ist nicht alles bei uns."),
        "{text}"
    );
    assert!(text.contains("in Verzug") && !text.contains("nichts von Ihnen gehört"), "it is the second level all the same: {text}");
    service.comes(&with(with(told("1", 1_000), "remittance", reference.as_str()), "value_date", "2026-12-26"));
    advance(&service, 20);
    let text = newest();
    assert!(text.contains("registrierten Inkassobüro") && !text.contains("notiert"), "the final notice says what follows: {text}");
}

#[test]
fn a_link_expires_on_its_day() {
    let service = shop();
    let token = service.link(&service.claim("cus_1", "1", 10_000).0);
    service.clock.go(SignedDuration::from_hours(45 * 24) - SignedDuration::from_secs(1));
    assert_eq!(service.shown(&token)["state"], "open");
    service.clock.go(SignedDuration::from_secs(1));
    let shown = service.shown(&token);
    assert_eq!((&shown["state"], &shown["amount"]), (&json!("expired"), &Value::Null));
    assert_eq!(service.names(&token, "2027-01-10").code(), "paylink.over");
}

#[test]
fn what_is_no_token_is_answered_as_one_that_does_not_exist_and_guessing_is_slow() {
    let service = shop();
    let token = service.link(&service.claim("cus_1", "1", 10_000).0);
    for wrong in ["0000000000000000", "x", "%F0%9F%92%B6", &token[1..]] {
        let answer = service.open(wrong);
        assert_eq!((answer.status, answer.code().as_str()), (404, "paylink.unknown"), "{wrong}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
    assert_eq!(service.open(&token.to_uppercase()).status, 200, "as it is typed from paper");
    let limited = (0..80).any(|_| service.open("0000000000000000").status == 429);
    assert!(limited);
    assert_eq!(service.open(&token).status, 200, "who holds one is not kept waiting");
    let tokens =
        service.count(&format!("SELECT count(*) FROM paylinks WHERE hex(token_hash) LIKE '%{token}%' OR receivables LIKE '%{token}%'"));
    assert_eq!(tokens, 0);
}

#[test]
fn who_paid_sees_a_receipt_and_who_paid_a_part_the_rest() {
    let service = shop();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    let token = service.link(&claim);
    let pays = |number: &str, minor: i64| service.comes(&with(told(number, minor), "remittance", reference.as_str()));
    pays("a", 9_999);
    assert_eq!(service.shown(&token)["amount"]["minor"], 1);
    pays("b", 1);
    let shown = service.shown(&token);
    assert_eq!(shown["state"], "paid");
    assert_eq!(shown["receipt"], json!({"amount": {"minor": 10_000, "currency": "EUR"}, "on": "2026-11-21"}));
    assert_eq!((&shown["amount"], &shown["transfer"], &shown["next"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(service.names(&token, "2026-11-30").code(), "promise.nothing_open");
    assert_eq!(service.client.get(&format!("/v1/receivables/{claim}/transfer")).json()["transfer"], Value::Null);
}

#[test]
fn one_link_is_about_everything_that_is_open() {
    let service = shop();
    let (first, one) = service.claim("cus_1", "1", 10_000);
    let (_, two) = service.claim("cus_1", "2", 2_000);
    let shown = service.shown(&service.link(&first));
    assert_eq!(shown["amount"]["minor"], 12_000);
    let epc = Transfer::read(shown["transfer"]["epc"].as_str().unwrap()).unwrap();
    // Two claims of one moment have no order.
    assert!([format!("{one} {two}"), format!("{two} {one}")].map(|both| Some(Remittance::Text(both))).contains(&epc.remittance));
    service.comes(&with(told("all", 12_000), "remittance", format!("{one} {two}")));
    assert_eq!(service.client.get("/v1/customers/cus_1/account").json()["open_balance"]["minor"], 0, "one transfer pays both");
}

#[test]
fn a_day_that_is_named_pauses_the_reminders_and_is_named_once() {
    let service = shop();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let token = service.link(&claim);
    for (date, code) in [("2026-11-20", "promise.day"), ("2026-12-22", "promise.day"), ("21.12.2026", "promise.malformed")] {
        assert_eq!(service.refuses(|| service.names(&token, date)), (422, code.to_owned()), "{date}");
    }
    let named = service.names(&token, "2026-12-21");
    assert_eq!(named.status, 200, "{}", named.text());
    assert_eq!(named.json()["promise"], json!({"until": null, "why_not": "promise.made", "made": "2026-12-21"}));
    assert_eq!(named.json()["next"], Value::Null);
    let holds = service.receivable(&claim)["holds"].clone();
    assert_eq!(holds, json!([{"reason": "promise_pending", "until": "2026-12-24"}]));
    let events = service.events();
    assert_eq!(service.names(&token, "2026-12-21").status, 200);
    assert_eq!(service.events(), events, "the same day again");
    assert_eq!(service.refuses(|| service.names(&token, "2026-12-20")), (409, "promise.made".to_owned()));
    service.clock.go(DAY * 34);
    let shown = service.shown(&token);
    assert_eq!((&shown["promise"]["made"], &shown["promise"]["until"]), (&Value::Null, &json!("2027-01-08")), "it has passed: {shown:#}");
}

#[test]
fn what_a_human_looks_at_is_not_asked_for() {
    let service = shop();
    let token = service.link(&service.claim("cus_1", "1", 10_000).0);
    let placed = service.does("/v1/customers/cus_1/holds", json!({"reason": "not_my_debt"}));
    assert_eq!(placed.status, 201, "{}", placed.text());
    let shown = service.shown(&token);
    assert_eq!((&shown["state"], &shown["amount"], &shown["transfer"]), (&json!("in_clarification"), &Value::Null, &Value::Null));
}

#[test]
fn without_an_account_in_the_policy_there_is_an_amount_and_nowhere_to_transfer_it() {
    let service = Service::start();
    let shown = service.shown(&service.link(&service.claim("cus_1", "1", 10_000).0));
    assert_eq!((&shown["state"], &shown["transfer"], &shown["shop"]["creditor"]), (&json!("open"), &Value::Null, &Value::Null));
}

#[test]
fn a_link_is_the_shops_to_issue_and_goes_with_the_person() {
    let service = shop();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let as_browser = service.client.post_as_browser(&format!("/v1/receivables/{claim}/paylink"), "");
    assert_eq!(as_browser.code(), "auth.secret_key_needed");
    assert_eq!(service.client.post("/v1/receivables/rcv_0/paylink", "").code(), "receivable.unknown");
    let token = service.link(&claim);
    assert_eq!(service.does("/v1/customers/cus_1/erase", json!({"despite_open": true})).status, 200);
    assert_eq!(service.open(&token).code(), "paylink.unknown");
}
