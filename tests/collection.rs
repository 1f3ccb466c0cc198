//! How cases are treated: the corpus of segments, natively and in WebAssembly, where there are no files.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken promise in a test should stop the test")]

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use tresen_core::date::Date;
use tresen_core::policy::Policy;
use tresen_wire::facts::{Who, read_object};
use tresen_wire::policy::read;
use tresen_wire::treatment::Treatment;

const CASES: &str = include_str!("corpus/collection/cases.jsonl");
const POLICIES: [(&str, &str); 4] = [
    ("segments", include_str!("corpus/collection/segments.json")),
    ("de-own-invoice", include_str!("../examples/policies/de-own-invoice.json")),
    ("de-scorecard", include_str!("../examples/policies/de-scorecard.json")),
    ("house", include_str!("../examples/policies/de-b2b.json")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    policy: String,
    /// What is known of the case
    facts: Map<String, Value>,
    /// JSON pointers into the treatment, with what stands there
    expect: Map<String, Value>,
}

fn cases() -> Vec<Case> {
    CASES.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|problem| panic!("{problem}: {line}"))).collect()
}

fn policy(name: &str) -> Policy {
    let (_, json) = POLICIES.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no policy `{name}`"));
    read(json).unwrap_or_else(|problems| panic!("{name}: {problems:?}")).policy
}

fn treated(policy: &Policy, case: &Case) -> Value {
    let facts = read_object(policy, &case.facts, Who::Case, Date::parse("2026-11-26").unwrap());
    let facts = facts.unwrap_or_else(|problems| panic!("{}: {problems:?}", case.name));
    serde_json::to_value(Treatment::of(policy, &facts)).unwrap()
}

#[test]
fn every_case_is_treated_as_expected() {
    let mut names = BTreeSet::new();
    for case in cases() {
        let treated = treated(&policy(&case.policy), &case);
        for (pointer, expected) in &case.expect {
            // A key with a slash in it is escaped; a pointer to nothing is a mistake of the case.
            let found = treated.pointer(pointer).unwrap_or_else(|| panic!("{}: nothing at {pointer} of {treated:#}", case.name));
            assert_eq!(found, expected, "{}: {pointer}", case.name);
        }
        assert!(!case.expect.is_empty() && names.insert(case.name.clone()), "`{}` expects nothing, or stands twice", case.name);
    }
    assert!(names.len() > 20, "{} cases", names.len());
}

#[test]
fn a_compiled_policy_treats_every_case_alike() {
    for case in cases() {
        let policy = policy(&case.policy);
        let compiled = Policy::from_bytes(&policy.to_bytes()).unwrap();
        assert_eq!(treated(&compiled, &case), treated(&policy, &case), "{}", case.name);
    }
}

#[test]
fn facts_of_a_case_are_no_facts_of_an_order() {
    let policy = policy("segments");
    let said: Map<String, Value> = serde_json::from_str(r#"{"case.level": 1}"#).unwrap();
    for who in [Who::Client, Who::Server, Who::Service] {
        let refused = read_object(&policy, &said, who, Date::parse("2026-11-26").unwrap()).unwrap_err();
        assert_eq!(refused.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["fact.unknown"], "{who:?}");
    }
}

#[test]
fn a_realistic_policy_with_segments_still_fits_a_metafield() {
    for name in ["de-own-invoice", "de-scorecard"] {
        let policy = policy(name);
        let without = Policy { collection: None, ..policy.clone() }.to_bytes().len();
        let size = policy.to_bytes().len();
        assert!(size < tresen_wire::policy::SIZE_COMFORTABLE && size - without < 500, "{name}: {size} bytes, {without} without");
    }
}

#[test]
fn a_realistic_settlement_takes_little_room() {
    let policy = policy("de-scorecard");
    let (size, without) = (policy.to_bytes().len(), Policy { settlement: None, ..policy.clone() }.to_bytes().len());
    assert!(policy.settlement().methods.len() > 2, "what is weighed is used");
    assert!(size < tresen_wire::policy::SIZE_COMFORTABLE && size - without < 180, "{size} bytes, {without} without");
}
