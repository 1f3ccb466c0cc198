//! What a message says is what the ledger says as it leaves, by the policy that is in force then.

use crate::common::Service;
use crate::common::chance::Chance;
use crate::common::collection::{POLICY, Postman, advance, contacts, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::eur;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use tresen_service::Handed;

/// The policy of the tests with a segment that stops everything about whoever is late, or after so many days of a first reminder
fn publish(service: &Service, change: impl Fn(&mut Value)) {
    let mut policy: Value = serde_json::from_str(&POLICY).unwrap();
    change(&mut policy);
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// Somebody whose first reminder is written and waits for a relay that is down
fn waiting() -> (Service, Arc<Postman>) {
    let postman = Arc::new(Postman::default());
    let service = Service::start_with(|config| config.transport = Some(Arc::<Postman>::clone(&postman)));
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    advance(&service, 19);
    postman.answers(Handed::NotNow("the relay is down".into()));
    advance(&service, 1);
    let waits = contacts(&service).pop().unwrap();
    assert_eq!((waits.occasion.as_str(), waits.state.as_str()), ("reminder", "intended"));
    postman.answers(Handed::Sent { provider_ref: None });
    (service, postman)
}

/// The relay is tried again on the same day; what becomes of the message, and why
fn tried_again(service: &Service) -> (String, String) {
    service.clock.go(SignedDuration::from_hours(2));
    advance(service, 0);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    service.sql().query_row("SELECT state, reason FROM contacts ORDER BY position DESC LIMIT 1", [], read).unwrap()
}

#[test]
fn a_merchant_who_stops_everything_stops_what_is_written_and_waits() {
    let (service, postman) = waiting();
    let carried = postman.carried();
    publish(&service, |policy| {
        let late = json!({"fact": "case.days_overdue", "operator": "greaterThanInclusive", "value": 0});
        policy["collection"] = json!({"segments": [{"id": "everybody", "when": late, "then": {"stop": true}}]});
    });
    assert_eq!(tried_again(&service), ("suppressed".to_owned(), "gate.stopped".to_owned()));
    advance(&service, 60);
    assert_eq!((postman.carried(), contacts(&service).len()), (carried, 2), "nothing more is said");
    let claims = service.client.get("/v1/customers/cus_1/case").json()["claims"].clone();
    assert_eq!(claims[0]["why_not"]["code"], "gate.stopped", "{claims:#}");
}

#[test]
fn a_policy_that_is_published_between_writing_and_sending_counts() {
    let (service, postman) = waiting();
    let carried = postman.carried();
    publish(&service, |policy| {
        let level = |after: u8, term: u8, tone: &str| json!({"after_days": after, "term_days": term, "tone": tone, "channels": ["email"]});
        policy["collection"] = json!({"levels": [level(9, 7, "friendly"), level(1, 10, "firm")]});
    });
    assert_eq!(tried_again(&service), ("suppressed".to_owned(), "gate.not_yet".to_owned()), "by the new ladder it is too early");
    assert_eq!(postman.carried(), carried);
    advance(&service, 10);
    let reminders: Vec<(String, String)> = contacts(&service)
        .into_iter()
        .filter(|one| one.state == "sent" && one.occasion == "reminder")
        .map(|one| (one.day, one.occasion))
        .collect();
    // Due on Monday, 7 December; nine days later is the 16th.
    assert_eq!(reminders, [("2026-12-16".to_owned(), "reminder".to_owned())]);
}

#[test]
fn what_a_message_asks_for_is_what_is_owed_as_it_leaves() {
    let (mut looked, mut parts) = (0, 0);
    for seed in 1..=3_u64 {
        let mut chance = Chance::new(seed);
        let service = Service::start();
        letterhead(&service);
        let mut claims: Vec<(String, String)> = Vec::new();
        for number in 0..6 {
            let minor = 4_000 + i64::try_from(chance.below(9_000)).unwrap();
            claims.push(owes(&service, &format!("cus_{}", number % 3), &format!("o{number}"), minor));
        }
        let mut seen = 0;
        for payment in 0..60 {
            if chance.below(3) == 0 {
                let (_, reference) = &claims[chance.below(6)];
                let today = service.client.get("/v1/sandbox/clock").json()["today"].clone();
                let minor = 100 + i64::try_from(chance.below(2_000)).unwrap();
                service.comes(&with(with(told(&payment.to_string(), minor), "remittance", reference.as_str()), "value_date", today));
            }
            advance(&service, 1);
            let written = contacts(&service);
            for one in written[seen..].iter().filter(|one| matches!(one.occasion.as_str(), "note" | "reminder") && one.state == "sent") {
                let about: Vec<Value> = serde_json::from_str(&one.about).unwrap();
                let owed: i64 = about
                    .iter()
                    .map(|said| service.receivable(said["receivable"].as_str().unwrap())["balance"]["minor"].as_i64().unwrap())
                    .sum();
                let message = service.client.get(&format!("/v1/messages/{}", one.id)).json();
                assert_eq!(message["amount"], eur(owed), "seed {seed}: {message:#}");
                looked += 1;
                parts += usize::from(owed % 1_000 != 0 && about.len() > 1);
            }
            seen = written.len();
        }
    }
    assert!(looked > 20 && parts > 3, "{looked} messages, {parts} about several claims");
}

#[test]
fn a_customer_with_money_in_two_currencies_is_looked_at_once_in_each() {
    let service = Service::start();
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    let francs = with(with(told("17", 500), "amount", json!({"minor": 500, "currency": "CHF"})), "customer", "cus_1");
    service.comes(&francs);
    assert_eq!(service.count("SELECT count(*) FROM accounts"), 2);
    // Whoever is looked at for ever is looked at until the clock's answer is overdue.
    advance(&service, 1);
    assert_eq!(service.count("SELECT count(*) FROM accounts WHERE look_ms = 0"), 0);
}
