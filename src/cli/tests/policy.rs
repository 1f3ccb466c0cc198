//! `tresen policy check` and `build` as a shell sees them: exit codes, reports, files.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tresen_core::policy::FORMAT_VERSION;

const CLEAN: &str = r#"{
  "format": 1, "name": "p", "market": "DE", "currency": "EUR", "merchant": {"name": "M", "size": "small"},
  "methods": [{"id": "advance", "kind": "prepayment", "minimum": "5.00 EUR"}],
  "fallback": ["advance"]
}"#;

/// A folder of this test's own with one file in it
fn file(folder: &str, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn tresen(arguments: &[&str], files: &[&Path]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_tresen")).args(arguments).args(files).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn check(files: &[&Path]) -> (i32, String) {
    let (exit, stdout, stderr) = tresen(&["policy", "check"], files);
    assert_eq!(stderr, "");
    (exit, stdout)
}

fn check_json(files: &[&Path]) -> (i32, Value) {
    let (exit, stdout, stderr) = tresen(&["policy", "check", "--format", "json"], files);
    assert_eq!(stderr, "");
    (exit, serde_json::from_str(&stdout).unwrap())
}

#[test]
fn the_exit_code_is_0_clean_1_problems_2_unreadable_and_of_several_files_the_worst() {
    let clean = file("exit", "clean.json", CLEAN);
    let warned = file("exit", "warned.json", CLEAN.replace("\"DE\"", "\"CH\""));
    let wrong = file("exit", "wrong.json", CLEAN.replace("5.00", "5,00"));
    let broken = file("exit", "broken.json", &CLEAN[1..]);
    let absent = broken.with_file_name("absent.json");
    for (files, exit) in [
        (vec![&clean], 0),
        (vec![&warned], 0),
        (vec![&wrong], 1),
        (vec![&broken], 2),
        (vec![&absent], 2),
        (vec![&clean, &warned], 0),
        (vec![&wrong, &clean], 1),
        (vec![&broken, &wrong, &clean], 2),
    ] {
        let files: Vec<&Path> = files.into_iter().map(PathBuf::as_path).collect();
        assert_eq!(check(&files).0, exit, "{files:?}");
        assert_eq!(check_json(&files).0, exit, "{files:?} as JSON");
    }
}

#[test]
fn a_report_for_people_says_what_is_wrong_what_to_do_and_where() {
    let path = file("text", "wrong.json", CLEAN.replace("5.00", "5,00").replace("\"DE\"", "\"CH\""));
    let name = path.display();
    let expected = format!(
        "warning: no public holidays are known for this market
  help   due dates move only when they fall on a weekend
  code   policy.market.no_calendar     at   /market (line 2, column 29)

method `advance`: `5,00 EUR` is not an amount
  help   write the amount with a point: `5.00 EUR`
  code   policy.amount.malformed     at   /methods/0/minimum (line 3, column 55)

{name}: 1 problem, 1 warning
"
    );
    assert_eq!(check(&[&path]), (1, expected));
    let clean = file("text", "clean.json", CLEAN);
    assert_eq!(check(&[&clean]), (0, format!("{}: no problems\n", clean.display())));
}

#[test]
fn a_report_for_programs_says_the_same() {
    let wrong = file("json", "wrong.json", CLEAN.replace("5.00", "5,00"));
    let broken = file("json", "broken.json", "{\n  \"format\": 1,\n}");
    let (_, report) = check_json(&[&wrong, &broken]);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(
        files[0],
        serde_json::json!({ "file": wrong.display().to_string(), "outcome": "problems", "diagnostics": [{
            "code": "policy.amount.malformed", "severity": "error", "at": "/methods/0/minimum", "line": 3, "column": 55,
            "message": "method `advance`: `5,00 EUR` is not an amount", "help": "write the amount with a point: `5.00 EUR`",
        }] })
    );
    assert_eq!(
        files[1],
        serde_json::json!({ "file": broken.display().to_string(), "outcome": "unreadable", "diagnostics": [{
            "code": "json.malformed", "severity": "error", "at": "", "line": 3, "column": 1, "help": "remove the comma",
            "message": format!("`{}` cannot be read as JSON: a comma stands behind the last entry (line 3, column 1)", broken.display()),
        }] })
    );
}

#[test]
fn what_is_no_policy_at_all_is_told_by_its_code() {
    let compiled = file("unreadable", "compiled.tresen", b"TRSN\x01rest");
    for (path, code) in [(compiled.as_path(), "file.compiled"), (Path::new("/nowhere/at/all.json"), "file.unreadable")] {
        let (exit, report) = check_json(&[path]);
        let told = &report["files"][0]["diagnostics"][0];
        assert_eq!((exit, told["code"].as_str()), (2, Some(code)));
        assert!(told["line"].is_null() && !told["help"].as_str().unwrap().is_empty());
        assert_eq!(tresen(&["policy", "build"], &[path]).0, 2);
    }
}

#[test]
fn building_names_the_file_by_its_hash_and_gives_the_same_bytes_whatever_the_layout() {
    let one = file("build", "one.json", CLEAN);
    let mut value: Value = serde_json::from_str(CLEAN).unwrap();
    value["description"] = "decides nothing".into();
    let two = file("build", "two.json", serde_json::to_string_pretty(&value).unwrap());
    let folder = one.with_file_name("built");
    let output = folder.to_string_lossy().into_owned() + "/";
    let built = |path: &Path| {
        let (exit, stdout, stderr) = tresen(&["policy", "build", "-o", &output], &[path]);
        assert_eq!((exit, stderr.as_str()), (0, ""));
        let mut words = stdout.split_whitespace().map(str::to_owned);
        (words.next().unwrap(), words.next().unwrap())
    };
    let ((hash, first), again, other) = (built(&one), built(&one), built(&two));
    assert_eq!((&hash, &first), (&again.0, &again.1));
    assert_eq!((&hash, &first), (&other.0, &other.1));
    assert!(hash.len() == 64 && first.ends_with(&format!("{}.tresen", &hash[..16])), "{first}");
    assert!(fs::read(&first).unwrap().starts_with(b"TRSN"));
}

#[test]
fn a_policy_with_problems_is_not_built() {
    let wrong = file("unbuilt", "wrong.json", CLEAN.replace("5.00", "5,00"));
    let output = wrong.with_file_name("out.tresen");
    let (exit, stdout, stderr) = tresen(&["policy", "build", "-o", &output.to_string_lossy()], &[&wrong]);
    assert_eq!((exit, stdout.as_str()), (1, ""));
    assert!(stderr.contains("policy.amount.malformed") && stderr.contains("policy.invalid"), "{stderr}");
    assert!(!output.exists());
}

#[test]
fn compiled_bytes_that_are_damaged_or_of_another_version_decide_nothing_and_say_why() {
    let json = file("damaged", "one.json", CLEAN);
    let compiled = json.with_file_name("one.tresen");
    assert_eq!(tresen(&["policy", "build", "-o", &compiled.to_string_lossy()], &[&json]).0, 0);
    let bytes = fs::read(&compiled).unwrap();
    let facts = file("damaged", "facts.jsonl", "{}\n");
    let changed = |place: usize, value: u8| {
        let mut changed = bytes.clone();
        changed[place] = value;
        changed
    };
    for (bytes, code) in [
        (changed(4, FORMAT_VERSION + 1), "policy.bytes.version"),
        (changed(9, 0xff), "policy.bytes.damaged"),
        (bytes[..bytes.len() / 2].to_vec(), "policy.bytes.damaged"),
    ] {
        let path = file("damaged", "wrong.tresen", bytes);
        let (exit, stdout, stderr) = tresen(&["decide", "--policy", &path.to_string_lossy(), "--facts"], &[&facts]);
        assert_eq!((exit, stdout.as_str()), (2, ""), "{code}");
        assert!(stderr.contains(code) && stderr.contains("help"), "{stderr}");
    }
}
