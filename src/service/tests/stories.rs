//! The hard cases that only a service with a policy, a relay and a clock can have: `tests/corpus/stories`, told step by step.

use crate::common::Service;
use crate::common::collection::{POLICY, Postman, advance, contacts, letterhead, owes};
use crate::common::money::{told, with};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use tresen_service::Handed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    name: String,
    steps: Vec<Step>,
    /// Everything that was written and what became of it; of each the keys that are named
    written: Vec<Map<String, Value>>,
    /// What is open of each order in the end
    open: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// An order on invoice of the one customer
    Buys { order: String, minor: i64 },
    /// A transfer under the reference of an order, today
    Pays { order: String, minor: i64 },
    /// The time machine goes ahead
    Days(u16),
    /// A few hours of the same day, and what is to be done is done
    Hours(i64),
    /// Whether the relay takes mails
    Relay(bool),
    /// A policy is published: that of the tests with these parts in place of its own
    Publishes(Map<String, Value>),
}

fn tell(story: &Story) -> Service {
    let postman = Arc::new(Postman::default());
    let service = Service::start_with(|config| config.transport = Some(Arc::<Postman>::clone(&postman)));
    letterhead(&service);
    let mut claims: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for (number, step) in story.steps.iter().enumerate() {
        match step {
            Step::Buys { order, minor } => {
                claims.insert(order, owes(&service, "cus_1", order, *minor));
            }
            Step::Pays { order, minor } => {
                let today = service.client.get("/v1/sandbox/clock").json()["today"].clone();
                let payment = with(told(&number.to_string(), *minor), "remittance", claims[order.as_str()].1.as_str());
                service.comes(&with(payment, "value_date", today));
            }
            Step::Days(days) => advance(&service, *days),
            Step::Hours(hours) => {
                service.clock.go(SignedDuration::from_hours(*hours));
                advance(&service, 0);
            }
            Step::Relay(true) => postman.answers(Handed::Sent { provider_ref: None }),
            Step::Relay(false) => postman.answers(Handed::NotNow("the relay is down".into())),
            Step::Publishes(parts) => {
                let mut policy: Value = serde_json::from_str(&POLICY).unwrap();
                merge(&mut policy, &Value::Object(parts.clone()));
                let answer = service.client.post("/v1/policies", &policy.to_string());
                assert_eq!(answer.status, 201, "{}: {}", story.name, answer.text());
            }
        }
    }
    for (order, minor) in &story.open {
        assert_eq!(service.receivable(&claims[order.as_str()].0)["balance"]["minor"], json!(minor), "{}", story.name);
    }
    service
}

/// RFC 7396
fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(parts) = patch else { return into.clone_from(patch) };
    for (key, part) in parts {
        match into.get_mut(key) {
            Some(old) if part.is_object() => merge(old, part),
            _ => into[key] = part.clone(),
        }
    }
}

/// A message as a story expects it
fn shown(service: &Service, id: &str, one: &crate::common::collection::Written) -> Value {
    let reason: Option<String> =
        service.sql().query_row("SELECT reason FROM contacts WHERE message_id = ?1", [id], |row| row.get(0)).unwrap();
    let message = service.client.get(&format!("/v1/messages/{id}")).json();
    json!({"occasion": one.occasion, "day": one.day, "state": one.state, "reason": reason, "minor": message["amount"]["minor"], "says": message.to_string()})
}

#[test]
fn every_story_ends_as_it_is_told() {
    let corpus = include_str!("../../../tests/corpus/stories/cases.jsonl");
    let stories: Vec<Story> = corpus.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(stories.len() >= 8);
    for story in &stories {
        let service = tell(story);
        let found: Vec<Value> = contacts(&service).iter().map(|one| shown(&service, &one.id, one)).collect();
        let brief: Vec<String> = found.iter().map(|one| format!("{}", with(one.clone(), "says", ""))).collect();
        assert_eq!(found.len(), story.written.len(), "{}: {brief:#?}", story.name);
        for (found, expected) in found.iter().zip(&story.written) {
            assert!(!expected.is_empty(), "{}: a message of which nothing is expected", story.name);
            for (key, expected) in expected {
                let holds = match (key.as_str(), &found[key], expected) {
                    ("says", Value::String(said), Value::String(words)) => said.contains(words.as_str()),
                    (_, found, expected) => found == expected,
                };
                assert!(holds, "{}: {key} is not {expected}: {brief:#?}", story.name);
            }
        }
    }
}
