//! Events: stored facts are read and written again byte for byte, in the name and version under which they were stored.

use crate::{holds, names, snapshot, text};
use serde_json::Value;
use std::collections::BTreeSet;
use tresen_wire::events::{Actor, ActorKind, Body, EARLIER, Event};

/// The stream in which each of the snapshots lies, as far as it matters
const STREAM: &str = "receivable/rcv_00000000000000000000000000000001";

/// `ReceivableCreated` as `receivable_created-1`
pub fn name(kind: &str, version: u16) -> String {
    let mut name = String::new();
    for letter in kind.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    format!("{name}-{version}")
}

fn stored(kind: &str, version: u16) -> String {
    snapshot(&format!("events/{}", name(kind, version)))
}

#[test]
fn every_event_is_read_and_written_again_byte_for_byte() {
    for (kind, version) in Body::KINDS {
        let body = Body::from_stored(kind, *version, STREAM, &stored(kind, *version)).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(body.kind(), (*kind, *version));
        assert_eq!(text(&body), stored(kind, *version), "{kind}");
    }
    let known: BTreeSet<String> = Body::KINDS.iter().chain(EARLIER).map(|(kind, version)| name(kind, *version)).collect();
    let raised = EARLIER.iter().map(|(kind, version)| format!("{}-raised", name(kind, *version)));
    assert_eq!(names("events"), known.into_iter().chain(raised).chain(["envelope".to_owned()]).collect());
}

#[test]
fn an_event_of_an_earlier_version_is_raised_to_todays() {
    for (kind, version) in EARLIER {
        let body = Body::from_stored(kind, *version, STREAM, &stored(kind, *version)).unwrap_or_else(|problem| panic!("{problem}"));
        let today = Body::KINDS.iter().find(|(name, _)| name == kind).unwrap();
        assert_eq!(body.kind(), *today);
        assert!(today.1 > *version, "{kind}");
        holds(&format!("events/{}-raised", name(kind, *version)), &body);
        assert!(Body::from_stored(kind, *version, STREAM, "{}").is_err(), "{kind}");
    }
    for of_claims in ["DueDateSet", "PlanAccepted"] {
        assert!(
            Body::from_stored(of_claims, 1, "payment/pay_01", &stored(of_claims, 1)).is_err(),
            "{of_claims} lies in the stream of a claim"
        );
    }
}

#[test]
fn an_event_of_another_version_or_without_one_of_its_facts_is_not_read() {
    for (kind, version) in Body::KINDS {
        let data = stored(kind, *version);
        assert!(Body::from_stored(kind, version.wrapping_add(1), STREAM, &data).is_err(), "{kind}");
        let whole: Value = serde_json::from_str(&data).unwrap();
        for (key, value) in whole.as_object().unwrap() {
            let mut without = whole.clone();
            without.as_object_mut().unwrap().remove(key);
            let read = Body::from_stored(kind, *version, STREAM, &without.to_string());
            // What may be null may be missing.
            let may_be_null = {
                let mut null = whole.clone();
                null[key] = Value::Null;
                Body::from_stored(kind, *version, STREAM, &null.to_string()).is_ok()
            };
            assert_eq!(read.is_ok(), may_be_null, "{kind} without {key} ({value})");
            if let Err(problem) = read {
                assert!(problem.problem.contains(&format!("missing field `{key}`")), "{problem}");
            }
        }
    }
}

#[test]
fn the_envelope_stands_around_every_event() {
    let (kind, version) = ("DecisionContested", 1);
    let event = Event {
        event_id: "0199f0a0-0000-7000-8000-000000000001".into(),
        tenant_id: "tn_01".into(),
        stream: "decision/dec_01".into(),
        seq: 3,
        kind,
        v: version,
        occurred_at: "2026-11-21T09:20:00Z".into(),
        recorded_at: "2026-11-21T09:20:00.125Z".into(),
        effective_date: "2026-11-21".into(),
        actor: Actor { kind: ActorKind::Shopper, id: "ses_01".into(), role: "shopper".into() },
        causation_id: Some("0199f0a0-0000-7000-8000-000000000000".into()),
        correlation_id: "ses_01".into(),
        idempotency_key: None,
        policy_version: Some("a".repeat(64)),
        data: Body::from_stored(kind, version, STREAM, &stored(kind, version)).unwrap(),
        prev_hash: "0".repeat(64),
        hash: "f".repeat(64),
    };
    holds("events/envelope", &event);
}

#[test]
fn every_kind_of_actor_has_its_word() {
    let kinds = [ActorKind::Shop, ActorKind::Shopper, ActorKind::Provider, ActorKind::System, ActorKind::Import];
    assert_eq!(serde_json::to_string(&kinds).unwrap(), r#"["shop","shopper","provider","system","import"]"#);
}
