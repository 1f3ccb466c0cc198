//! `tresen policy hint` as a shell sees it.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/policies/de-own-invoice.json");

fn hint(arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, .. } =
        Command::new(env!("CARGO_BIN_EXE_tresen")).args(["policy", "hint", "--today", "2026-11-21"]).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap())
}

#[test]
fn what_everybody_may_know_is_printed_or_written_and_nothing_else() {
    let (exit, printed) = hint(&[POLICY]);
    let told: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((exit, told["valid_until"].as_str()), (0, Some("2027-12-31")));
    // Class B of a guest: neither what is for regular customers nor what only companies get.
    let euro = |minor: i64| json!({"minor": minor, "currency": "EUR"});
    assert_eq!(
        told["methods"],
        json!([
            {"id": "invoice", "kind": "invoice", "smallest": euro(1_000), "largest": euro(25_000), "term": {"days": 14, "from": "order"}},
            {"id": "pay_later", "kind": "pay_later", "smallest": euro(2_000), "largest": euro(15_000), "term": {"days": 30, "from": "order"}},
            {"id": "prepayment", "kind": "prepayment", "smallest": euro(1)},
        ])
    );
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hint/hint.json");
    assert_eq!(hint(&[POLICY, "-o", &file.to_string_lossy()]), (0, String::new()));
    assert_eq!(fs::read_to_string(file).unwrap(), printed);
}

#[test]
fn after_its_last_day_a_policy_has_no_method_on_credit_to_tell_of() {
    let Output { stdout, .. } =
        Command::new(env!("CARGO_BIN_EXE_tresen")).args(["policy", "hint", "--today", "2028-01-01", POLICY]).output().unwrap();
    let told: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!(told["methods"].as_array().unwrap().iter().map(|method| &method["id"]).collect::<Vec<_>>(), ["prepayment"]);
}

#[test]
fn what_cannot_be_read_has_no_hint() {
    assert_eq!(hint(&["nowhere.json"]), (2, String::new()));
}
