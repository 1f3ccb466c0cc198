//! What a reminder costs: written into the message, charged when it has left, and given back where it crossed a payment.

use crate::common::collection::{POLICY, Postman, advance, contacts, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use crate::common::{HandClock, Service};
use serde_json::{Value, json};
use std::sync::Arc;
use tresen_service::Handed;

/// A shop whose second and last letter costs 0.95, a week after the first
pub fn collection() -> Value {
    json!({"note_days": 0, "tolerance": "0.00 EUR", "micro_claim": "20.00 EUR", "default_interest": true, "lump_sum": true, "levels": [
        {"after_days": 1, "term_days": 7, "tone": "neutral", "channels": ["email", "letter"]},
        {"after_days": 1, "term_days": 10, "tone": "firm", "channels": ["letter", "email"], "fee": "0.95 EUR"}
    ]})
}

fn begins(service: &Service, collection: &Value) {
    let mut policy: Value = serde_json::from_str(&POLICY).unwrap();
    policy["collection"] = collection.clone();
    policy["exposure"]["limits"][0]["maximum"] = json!("20000.00 EUR");
    policy["methods"][0]["limits"][0]["maximum"] = json!("20000.00 EUR");
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// In September, when the figures of the law were read for long
pub fn shop(postman: Option<&Arc<Postman>>, collection: &Value) -> Service {
    let clock = HandClock::at("2026-09-01T10:00:00Z");
    let service = Service::start_in(Arc::new(tempfile::tempdir().unwrap()), clock, |config| {
        config.public_url = "https://shop.example".into();
        config.transport = postman.map(|postman| Arc::<Postman>::clone(postman) as _);
    });
    begins(&service, collection);
    service
}

/// Somebody with an address owes; due on the 15th, reminded by mail on the 16th, in default from the 25th, when the letter goes out
pub fn late(service: &Service, minor: i64, kind: &str) -> (String, String) {
    let request = json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "cus_1@example.org"}});
    let session = service.client.session(&request);
    let order = Order::new("1", "invoice", minor);
    let mut facts = order.facts.clone();
    facts["customer.kind"] = json!(kind);
    let answer = service.client.confirmed(&session, &Order { facts, ..order });
    let details = json!({"name": {"given": "Greta", "family": "Sommer"}, "address": ["Musterstraße 1", "12345 Musterstadt"]});
    assert_eq!(service.put("/v1/customers/cus_1/contact", &details).status, 200);
    let part = |name: &str| answer["receivable"][name].as_str().unwrap().to_owned();
    (part("id"), part("reference"))
}

fn items(service: &Service, claim: &str) -> Value {
    let record = service.receivable(claim);
    let part = |item: &Value| (item["kind"].as_str().unwrap().to_owned(), item["open"]["minor"].clone());
    record["items"].as_array().unwrap().iter().map(part).collect::<serde_json::Map<_, _>>().into()
}

fn last_text(service: &Service) -> String {
    let last = contacts(service).pop().unwrap();
    service.client.get(&format!("/v1/messages/{}", last.id)).json()["text"].as_str().unwrap().to_owned()
}

fn link(service: &Service, claim: &str) -> Value {
    let answer = service.client.post(&format!("/v1/receivables/{claim}/paylink"), "").json();
    service.client.send("GET", &format!("/v1/paylinks/{}", answer["token"].as_str().unwrap()), &[], b"").json()
}

#[test]
fn a_letter_says_what_it_costs_and_costs_it_once_it_has_left() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 100_000, "consumer");
    advance(&service, 20);
    let story: Vec<(String, String)> = contacts(&service).into_iter().map(|one| (one.day, one.channel)).collect();
    assert_eq!(story, [("2026-09-16".to_owned(), "email".to_owned())], "the first reminder");
    assert_eq!(items(&service, &claim), json!({"principal": 100_000}), "costs nothing");
    advance(&service, 4);
    let last = contacts(&service).pop().unwrap();
    assert_eq!((last.day.as_str(), last.channel.as_str(), last.state.as_str()), ("2026-09-25", "letter", "sent"));
    // A day of default at 6.52 percent is 0.18.
    assert_eq!(items(&service, &claim), json!({"principal": 100_000, "default_interest": 18, "dunning_cost": 95}));
    let text = last_text(&service);
    for part in ["Papier und Porto für den Brief vom 25.", "0,95", "Verzugszinsen, 6,52\u{a0}% im Jahr", "0,18", "1.001,13"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let message = service.client.get(&format!("/v1/messages/{}", last.id)).json();
    assert_eq!(message["amount"], eur(100_113));
    let charged: String = service
        .sql()
        .query_row("SELECT json_extract(data, '$.legal_basis') FROM events WHERE type = 'CostCharged'", [], |row| row.get(0))
        .unwrap();
    assert!(charged.contains("VIII ZR 95/18"), "{charged}");
}

#[test]
fn todays_amount_is_the_same_wherever_one_looks() {
    let service = shop(None, &collection());
    let (claim, reference) = late(&service, 100_000, "consumer");
    let everywhere = |expected: i64| {
        let today = service.client.get("/v1/sandbox/clock").json()["today"].clone();
        assert_eq!(service.receivable(&claim)["balance"], eur(expected), "{today}");
        assert_eq!(link(&service, &claim)["amount"], eur(expected), "{today}");
        assert_eq!(service.client.account("cus_1")["open_balance"], eur(expected), "{today}");
        assert_eq!(service.client.get("/v1/customers/cus_1/case").json()["claims"][0]["open"], eur(expected), "{today}");
        let file = service.client.get(&format!("/v1/receivables/{claim}/file")).json();
        assert_eq!(file["claim"]["balance"], eur(expected), "{today}");
    };
    advance(&service, 23);
    everywhere(100_000);
    advance(&service, 1);
    everywhere(100_113);
    assert_eq!(link(&service, &claim)["extra"], eur(113));
    // The letter takes four days and gives ten: what it says holds until the 9th of October.
    advance(&service, 14);
    assert_eq!(service.receivable(&claim)["level"]["term_until"], "2026-10-09");
    everywhere(100_113);
    advance(&service, 1);
    // From the 25th of September until the 10th of October: 16 days at 6.52 percent on 1,000.00.
    everywhere(100_095 + 286);
    // Who pays today's amount today owes nothing more.
    let payment = with(with(told("1", 100_381), "remittance", reference.as_str()), "value_date", "2026-10-10");
    service.comes(&payment);
    assert_eq!(service.receivable(&claim)["ending"], "paid");
}

#[test]
fn who_pays_within_the_term_what_was_written_owes_nothing_more() {
    let service = shop(None, &collection());
    let (claim, reference) = late(&service, 100_000, "consumer");
    advance(&service, 38);
    service.comes(&with(with(told("1", 100_113), "remittance", reference.as_str()), "value_date", "2026-10-09"));
    assert_eq!((&service.receivable(&claim)["ending"], items(&service, &claim)), (&json!("paid"), json!({})));
}

#[test]
fn a_business_owes_its_own_rate_and_the_lump_sum_a_consumer_neither() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 100_000, "company");
    advance(&service, 24);
    // A day at 10.52 percent is 0.29.
    assert_eq!(items(&service, &claim), json!({"principal": 100_000, "default_interest": 29, "lump_sum": 4_000, "dunning_cost": 95}));
    let text = last_text(&service);
    assert!(text.contains("40,00") && text.contains("10,52"), "{text}");
}

#[test]
fn a_policy_that_asks_for_nothing_gets_nothing() {
    let mut quiet = collection();
    quiet["default_interest"] = json!(false);
    quiet["lump_sum"] = json!(false);
    quiet["levels"][1]["fee"] = json!("0.00 EUR");
    let service = shop(None, &quiet);
    let (claim, reference) = late(&service, 100_000, "company");
    advance(&service, 60);
    assert_eq!(items(&service, &claim), json!({"principal": 100_000}));
    assert_eq!(link(&service, &claim)["amount"], eur(100_000));
    service.comes(&with(with(told("1", 100_000), "remittance", reference.as_str()), "value_date", "2026-10-31"));
    assert_eq!(service.receivable(&claim)["ending"], "paid", "and a late payment brings no interest by itself");
}

#[test]
fn a_letter_that_never_left_costs_nothing() {
    let postman = Arc::new(Postman::default());
    let service = shop(Some(&postman), &collection());
    let (claim, reference) = late(&service, 100_000, "consumer");
    advance(&service, 23);
    postman.answers(Handed::NotNow("the printer is out of paper".into()));
    advance(&service, 1);
    assert_eq!(contacts(&service).pop().unwrap().state, "intended");
    assert_eq!(items(&service, &claim), json!({"principal": 100_000}));
    // Paid before it is tried again: at sending it is found to be wrong.
    service.comes(&with(with(told("1", 100_000), "remittance", reference.as_str()), "value_date", "2026-09-25"));
    postman.answers(Handed::Sent { provider_ref: None });
    advance(&service, 1);
    let states: Vec<(String, String)> = contacts(&service).into_iter().map(|one| (one.occasion, one.state)).collect();
    assert_eq!(states[1], ("reminder".to_owned(), "suppressed".to_owned()), "{states:?}");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type IN ('CostCharged', 'InterestAccrued')"), 0);
    assert_eq!(service.receivable(&claim)["ending"], "paid");
}

#[test]
fn what_a_crash_leaves_unknown_costs_nothing_until_somebody_has_found_out() {
    let postman = Arc::new(Postman::default());
    let service = shop(Some(&postman), &collection());
    let (claim, _) = late(&service, 100_000, "consumer");
    advance(&service, 23);
    postman.answers(Handed::Unknown("the line broke".into()));
    advance(&service, 1);
    assert_eq!(items(&service, &claim), json!({"principal": 100_000}));
    let task = service.client.get("/v1/tasks").json()["tasks"][0].clone();
    assert_eq!(task["kind"], "unknown_delivery");
    service.done(&format!("/v1/tasks/{}/done", task["id"].as_str().unwrap()), json!({"outcome": "left"}));
    assert_eq!(items(&service, &claim), json!({"principal": 100_000, "default_interest": 18, "dunning_cost": 95}));
}

#[test]
fn a_letter_that_crossed_a_payment_is_apologised_for_and_its_cost_is_named_and_back() {
    let service = shop(None, &collection());
    let (claim, reference) = late(&service, 100_000, "company");
    advance(&service, 27);
    assert_eq!(items(&service, &claim)["dunning_cost"], 95);
    service.comes(&with(with(told("1", 100_000), "remittance", reference.as_str()), "value_date", "2026-09-24"));
    advance(&service, 0);
    let last = contacts(&service).pop().unwrap();
    assert_eq!(last.occasion, "crossed");
    // The letter's 0.95 and the lump sum of 40.00; the interest was reckoned for days that it did not run.
    let text = last_text(&service);
    assert!(text.contains("40,95"), "{text}");
    assert_eq!((&service.receivable(&claim)["ending"], items(&service, &claim)), (&json!("paid"), json!({})));
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'LevelReset'"), 1, "one place takes back");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'CostWaived'"), 2, "of each of the two items");
}

#[test]
fn a_letter_of_the_payments_own_day_costs_what_it_says() {
    let service = shop(None, &collection());
    let (claim, reference) = late(&service, 100_000, "consumer");
    advance(&service, 27);
    service.comes(&with(with(told("1", 100_000), "remittance", reference.as_str()), "value_date", "2026-09-25"));
    advance(&service, 0);
    assert_eq!(contacts(&service).pop().unwrap().occasion, "thanks");
    assert_eq!(items(&service, &claim), json!({"principal": 113}), "costs and interest were paid first (BGB section 367)");
}

#[test]
fn a_micro_claim_bears_nothing() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 2_000, "company");
    advance(&service, 60);
    assert_eq!(contacts(&service).pop().unwrap().channel, "letter", "the final notice goes out all the same");
    assert_eq!(items(&service, &claim), json!({"principal": 2_000}));
}

#[test]
fn a_year_without_figures_costs_nothing_and_the_merchant_is_told() {
    let service = Service::start();
    begins(&service, &collection());
    let (claim, _) = owes(&service, "cus_1", "1", 20_000);
    let details = json!({"name": {"given": "Greta", "family": "Sommer"}, "address": ["Musterstraße 1", "12345 Musterstadt"]});
    assert_eq!(service.put("/v1/customers/cus_1/contact", &details).status, 200);
    assert_eq!(service.client.get("/v1/collection").json()["warnings"], json!([]));
    // Due on the 7th of December; the letter, held up until then, would go out on the 2nd of January.
    let hold = service.does("/v1/customers/cus_1/holds", json!({"reason": "manual_pause", "until": "2027-01-01"})).json();
    assert_ne!(hold["hold"], json!(null));
    advance(&service, 60);
    let letter = contacts(&service).pop().unwrap();
    assert_eq!((letter.channel.as_str(), letter.day.get(..4)), ("letter", Some("2027")), "{letter:?}");
    assert_eq!(items(&service, &claim), json!({"principal": 20_000}));
    let warnings = service.client.get("/v1/collection").json()["warnings"].clone();
    let codes: Vec<&str> = warnings.as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["law.interest.not_read", "law.letter_cost.not_read"]);
    assert_eq!(
        warnings[0]["message"],
        "no base rate was read for the days after 2026-12-31: no default interest is asked for them, and no lump sum"
    );
}

#[test]
fn a_letter_that_comes_back_late_does_not_count_and_costs_nothing() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 100_000, "consumer");
    advance(&service, 30);
    let letter = contacts(&service).pop().unwrap();
    assert_eq!((letter.channel.as_str(), &service.receivable(&claim)["level"]["number"]), ("letter", &json!(2)));
    assert_ne!(service.receivable(&claim)["level"]["term_until"], json!(null), "taken to have arrived");
    service.done(&format!("/v1/messages/{}/delivery", letter.id), json!({"news": "bounced"}));
    let record = service.receivable(&claim);
    assert_eq!((&record["level"]["number"], &record["holds"][0]["reason"]), (&json!(1), &json!("no_address")));
    assert_eq!(items(&service, &claim).get("dunning_cost"), None, "nobody pays for a letter that nobody got");
    let tasks = service.client.get("/v1/tasks").json()["tasks"].clone();
    assert_eq!((tasks.as_array().unwrap().len(), &tasks[0]["kind"]), (1, &json!("unreachable")));
    let why: String =
        service.sql().query_row("SELECT json_extract(data, '$.why') FROM events WHERE type = 'LevelReset'", [], |row| row.get(0)).unwrap();
    assert_eq!(why, "undelivered");
    // Once somebody has found the address, the same level is told again.
    let details = json!({"name": {"given": "Greta", "family": "Sommer"}, "address": ["Neuer Weg 2", "12345 Musterstadt"]});
    assert_eq!(service.put("/v1/customers/cus_1/contact", &details).status, 200);
    service.done(&format!("/v1/tasks/{}/done", tasks[0]["id"].as_str().unwrap()), json!({"outcome": "done"}));
    advance(&service, 2);
    // The service's own rounds send too, and may still be at it.
    let sent = (0..100).find_map(|_| {
        let last = contacts(&service).pop().filter(|last| last.state == "sent");
        std::thread::sleep(std::time::Duration::from_millis(if last.is_some() { 0 } else { 50 }));
        last
    });
    let again = sent.unwrap();
    assert_eq!(again.channel, "letter");
    assert_ne!(again.id, letter.id);
    assert_eq!((&service.receivable(&claim)["level"]["number"], &items(&service, &claim)["dunning_cost"]), (&json!(2), &json!(95)));
}

#[test]
fn the_customer_sees_what_default_brought_as_parts_that_sum() {
    let service = shop(None, &collection());
    late(&service, 100_000, "consumer");
    advance(&service, 24);
    let view = service.sees(&service.access("cus_1", &json!({})));
    let claim = &view["claims"][0];
    let part = |kind: &str, minor: i64| json!({"kind": kind, "amount": eur(minor)});
    assert_eq!(claim["parts"], json!([part("principal", 100_000), part("cost", 95), part("interest", 18)]));
    assert_eq!((&claim["open"], &view["owed"], &claim["late"]), (&eur(100_113), &eur(100_113), &json!(true)));
}
