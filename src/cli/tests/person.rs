//! `tresen person` as whoever runs the service sees it.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SEED: &str = r#"{"format": 1, "customers": [
  {"reference": "cus_greta", "email": "greta@example.com", "facts": {"customer.known": true, "history.orders_paid": 4},
   "receivables": [{"order": "2026-1", "method": "invoice", "amount": {"minor": 7490, "currency": "EUR"}, "ordered_on": "2026-10-12", "due_date": "2026-10-26"}]},
  {"reference": "cus_oskar"}]}"#;

fn tresen(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(arguments)
        .args(["--sandbox", "--database"])
        .arg(folder.join("t.sqlite"))
        .arg("--master-key-file")
        .arg(folder.join("t.key"))
        .output()
        .unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn seeded(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let seed = folder.join("seed.json");
    fs::write(&seed, SEED).unwrap();
    assert_eq!(tresen(&folder, &["seed", &seed.to_string_lossy()]).0, 0);
    folder
}

#[test]
fn a_person_is_exported_and_erased_from_the_command_line() {
    let folder = seeded("person");
    let (exit, told, _) = tresen(&folder, &["person", "export", "--customer", "cus_greta"]);
    let export: Value = serde_json::from_str(&told).unwrap();
    let pointer = |at: &str| export.pointer(at).unwrap().clone();
    assert_eq!((exit, pointer("/person/items/0/email")), (0, json!("greta@example.com")));
    assert_eq!(pointer("/history/items/0/history.orders_paid"), json!(4));
    assert_eq!(pointer("/receivables/items/0/balance/minor"), json!(7490));

    let (exit, _, said) = tresen(&folder, &["person", "erase", "--customer", "cus_greta"]);
    assert!(exit == 1 && said.contains("erasure.something_open"), "{said}");
    let (exit, told, _) = tresen(&folder, &["person", "erase", "--customer", "cus_greta", "--despite-open"]);
    let erased: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((exit, erased.pointer("/kept/receivables")), (0, Some(&json!(1))));
    let (exit, _, said) = tresen(&folder, &["person", "export", "--customer", "cus_greta"]);
    assert!(exit == 1 && said.contains("customer.unknown"), "{said}");
    assert_eq!(tresen(&folder, &["person", "export", "--customer", "cus_oskar"]).0, 0);
    let file = fs::read(folder.join("t.sqlite")).unwrap();
    assert!(!file.windows(5).any(|bytes| bytes == b"greta"));
}

/// Leaves something in the free pages of a file, as a copy of a row may lie there
fn leaves(file: &Path, what: &str) {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.execute_batch("PRAGMA secure_delete = OFF; CREATE TABLE left_over (what TEXT); BEGIN;").unwrap();
    for _ in 0..2000 {
        connection.execute("INSERT INTO left_over VALUES (?1)", [what]).unwrap();
    }
    connection.execute_batch("COMMIT; DROP TABLE left_over; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
}

#[test]
fn an_erasure_that_was_killed_half_way_is_finished_by_the_same_command() {
    let folder = seeded("killed");
    let file = folder.join("t.sqlite");
    let lies_there = || fs::read(&file).unwrap().windows(10).any(|bytes| bytes == b"a left key");
    assert_eq!(tresen(&folder, &["person", "erase", "--customer", "cus_oskar"]).0, 0);
    leaves(&file, "a left key");
    let (exit, _, said) = tresen(&folder, &["person", "erase", "--customer", "cus_greta"]);
    assert!(exit == 1 && said.contains("erasure.something_open") && lies_there(), "{said}");
    let (exit, _, said) = tresen(&folder, &["person", "erase", "--customer", "cus_oskar"]);
    assert!(exit == 1 && said.contains("customer.unknown"), "{said}");
    assert!(!lies_there(), "the file is written anew");
    assert_eq!(tresen(&folder, &["person", "export", "--customer", "cus_greta"]).0, 0);
}

#[test]
fn somebody_is_named_in_one_way() {
    let folder = seeded("person-named");
    assert_eq!(tresen(&folder, &["person", "export"]).0, 2);
    assert_eq!(tresen(&folder, &["person", "export", "--customer", "a", "--guest", "b"]).0, 2);
    assert_eq!(tresen(&folder, &["person", "export", "--guest", "cus_greta"]).0, 1, "a customer is no guest");
}
