//! `tresen statement` as a shell sees it.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::Value;
use std::process::Command;

fn statement(name: &str) -> (i32, String, String) {
    let file = format!("{}/../../tests/corpus/statements/{name}", env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_tresen")).args(["statement", &file]).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_statement_is_printed_as_payments() {
    let (exit, answer, told) = statement("sparkasse.csv");
    assert_eq!((exit, told.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer.pointer("/account").unwrap(), "DE89370400440532013000");
    assert_eq!(answer.pointer("/entries/0/payment/amount/minor").unwrap(), 16_840);
    assert_eq!(answer.pointer("/entries/0/payment/remittance").unwrap(), "RF18 5390 0754 7034 Rechnung 2026-1001");
}

#[test]
fn every_mistake_is_told_with_its_line_and_nothing_is_printed() {
    let (exit, answer, told) = statement("mistakes.csv");
    assert_eq!((exit, answer.as_str()), (1, ""));
    for place in ["at   line 2", "at   line 3", "at   line 5", "at   line 6"] {
        assert!(told.contains(place), "{told}");
    }
    assert!(!told.contains("at   line 4") && told.contains("statement.amount.unclear"), "{told}");
    let (exit, _, told) = statement("nowhere.csv");
    assert!(exit == 2 && told.contains("file.unreadable"), "{told}");
}
