//! Until when a claim can be enforced, and whether a bureau may be told of it: the same questions and answers as `tresen law` has.

use crate::figures::lines;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tresen_core::diag::Diagnostic;
use tresen_wire::law::{bureau_report, limitation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(rename = "source")]
    _source: String,
    asked: Value,
    /// A part of the answer
    expect: serde_json::Map<String, Value>,
}

fn hold<A: DeserializeOwned, F: Serialize>(corpus: &str, least: usize, answer: fn(&A) -> Result<F, Vec<Diagnostic>>) {
    let cases: Vec<Case> = lines(corpus);
    assert!(cases.len() >= least);
    for Case { name, asked, expect, .. } in cases {
        let found = serde_json::to_value(answer(&serde_json::from_value(asked).unwrap()).unwrap()).unwrap();
        assert!(!expect.is_empty(), "{name} expects nothing");
        for (key, expected) in expect {
            assert_eq!(found.get(&key), Some(&expected), "{name}: {found}");
        }
    }
}

#[test]
fn a_claim_can_be_enforced_until_the_day_that_was_worked_out() {
    hold(include_str!("../corpus/law/limitation.jsonl"), 12, limitation);
}

#[test]
fn a_bureau_is_told_when_nothing_is_missing_and_not_a_day_before() {
    hold(include_str!("../corpus/law/bureau_reports.jsonl"), 13, bureau_report);
}
