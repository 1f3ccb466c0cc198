//! `tresen explain` as a shell sees it, and the way back from its file to the decision.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/policies/de-own-invoice.json");

fn tresen(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_tresen")).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn file(name: &str, value: &Value) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, value.to_string()).unwrap();
    Path::to_string_lossy(&path).into_owned()
}

fn order(minor: i64) -> Value {
    json!({"cart.total": {"minor": minor, "currency": "EUR"}, "billing.country": "DE", "customer.birth_date": "1980-01-01"})
}

#[test]
fn the_file_holds_all_that_the_same_decision_needs() {
    let facts = file("explain-facts.json", &order(30_000));
    let (exit, printed, _) = tresen(&["explain", "--policy", POLICY, "--facts", &facts, "--method", "invoice", "--today", "2026-11-21"]);
    let found: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((exit, &found["kind"], &found["decision"]), (0, &json!("tresen.explanation"), &Value::Null));
    let replay = &found["replay"];
    let (policy, facts) = (file("explain-policy.json", &replay["policy"]), file("explain-again.json", &replay["facts"]));
    let (_, decided, _) = tresen(&["decide", "--policy", &policy, "--facts", &facts, "--today", replay["today"].as_str().unwrap()]);
    let decided: Value = serde_json::from_str(&decided).unwrap();
    let explanation = &found["explanation"];
    assert_eq!(decided["policy"], explanation["policy_hash"]);
    let invoice = decided["methods"].as_array().unwrap().iter().find(|method| method["id"] == "invoice").unwrap();
    assert_eq!([&invoice["state"], &invoice["change"], &invoice["limit"]], ["state", "change", "limit"].map(|key| &explanation[key]));
    assert_eq!(invoice["reasons"].as_array().unwrap().len(), explanation["reasons"].as_array().unwrap().len());
}

#[test]
fn the_text_is_in_the_language_that_is_asked_for() {
    let facts = file("explain-text.json", &order(30_000));
    let text = |more: &[&str]| {
        let arguments =
            [&["explain", "--policy", POLICY, "--facts", &facts, "--method", "invoice", "--today", "2026-11-21", "--text"], more].concat();
        tresen(&arguments).1
    };
    assert!(text(&[]).starts_with("Wie es zu dieser Entscheidung kam: Rechnung\n"));
    assert!(text(&["--address-form", "du"]).contains("Wenn du es anders siehst"));
    assert!(text(&["--locale", "en"]).contains("a cart up to €250.00, that is €50.00 less"));
}

#[test]
fn what_cannot_be_explained_is_said() {
    let facts = file("explain-wrong.json", &order(30_000));
    let explain =
        |method: &str, facts: &str| tresen(&["explain", "--policy", POLICY, "--facts", facts, "--method", method, "--today", "2026-11-21"]);
    let (exit, out, err) = explain("gold", &facts);
    assert!(exit == 1 && out.is_empty() && err.contains("method.unknown") && err.contains("`pay_later`"), "{err}");
    let (exit, _, err) = explain("invoice", &file("explain-no-fact.json", &json!({"cart.totl": 1})));
    assert!(exit == 1 && err.contains("facts.invalid") && err.contains("cart.total"), "{err}");
    assert_eq!(explain("invoice", "nowhere.json").0, 2);
}
