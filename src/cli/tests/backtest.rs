//! `tresen policy test` and `tresen policy diff` over the orders of `tests/corpus/backtest`, and as a shell sees them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken promise in a test should stop the test")]

use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/backtest")
}

/// Runs `tresen policy` in the folder of the corpus
fn tresen(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_tresen")).arg("policy").args(arguments).current_dir(corpus()).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Holds a report to the part of it that is expected: of an object the keys that are named, of a list every part, all else whole
fn holds(found: &Value, expected: &Value, at: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (key, expected) in expected {
                let found = found.get(key).unwrap_or_else(|| panic!("{at}/{key} is not there"));
                holds(found, expected, &format!("{at}/{key}"));
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{at}: {found:#?}");
            for (place, (found, expected)) in found.iter().zip(expected).enumerate() {
                holds(found, expected, &format!("{at}/{place}"));
            }
        }
        (found, expected) => assert_eq!(found, expected, "{at}"),
    }
}

#[test]
fn every_case_is_reported_as_it_was_worked_out() {
    let cases = fs::read_to_string(corpus().join("cases.jsonl")).unwrap();
    let mut held = 0;
    for case in cases.lines() {
        let case: Value = serde_json::from_str(case).unwrap();
        let name = case["name"].as_str().unwrap();
        let policies = case["policies"].as_array().unwrap().iter().map(|policy| format!("{}.json", policy.as_str().unwrap()));
        let orders = format!("{}.jsonl", case["orders"].as_str().unwrap());
        let more = case["arguments"].as_array().into_iter().flatten().map(|argument| argument.as_str().unwrap().to_owned());
        let fixed = ["--today", "2026-03-10", "--format", "json"].map(str::to_owned);
        let command = [case["command"].as_str().unwrap().to_owned()];
        let arguments: Vec<String> = command.into_iter().chain(policies).chain([orders]).chain(fixed).chain(more).collect();
        let (exit, stdout, stderr) = tresen(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((stderr.as_str(), Value::from(exit)), ("", case["exit"].clone()), "{name}");
        holds(&serde_json::from_str(&stdout).unwrap(), &case["expect"], name);
        held += 1;
    }
    assert!(held >= 9, "{held} cases");
}

#[test]
fn people_read_what_a_policy_would_have_done() {
    let (exit, stdout, stderr) = tresen(&["test", "old.json", "orders.jsonl", "--today", "2026-03-10"]);
    assert_eq!((exit, stderr.as_str()), (1, ""));
    assert_eq!(stdout, include_str!("backtest/test.txt"));
}

#[test]
fn people_read_what_another_policy_would_have_done_instead() {
    let (exit, stdout, stderr) = tresen(&["diff", "old.json", "new.json", "orders.jsonl", "--today", "2026-03-10", "--examples", "9"]);
    assert_eq!((exit, stderr.as_str()), (1, ""));
    assert_eq!(stdout, include_str!("backtest/diff.txt"));
}

#[test]
fn people_read_how_orders_move_between_the_classes() {
    let (exit, stdout, _) = tresen(&["diff", "old.json", "finer.json", "orders.jsonl", "--today", "2026-03-10"]);
    let table = "
class  then  orders  on credit  then    exposure        then
A      A          1          1     1  101.00 EUR  101.00 EUR
A      B          2          1     1  200.99 EUR  200.99 EUR
B      C          6          3     2  212.34 EUR   60.33 EUR
";
    assert!(exit == 1 && stdout.contains("\nother class    8 orders, 88.89 %\n") && stdout.contains(table), "{stdout}");
}

#[test]
fn what_cannot_be_tried_is_told_by_its_code() {
    let yen = Path::new(env!("CARGO_TARGET_TMPDIR")).join("yen.json");
    let classless = fs::read_to_string(corpus().join("classless.json")).unwrap();
    fs::write(&yen, classless.replace("\"EUR\"", "\"JPY\"")).unwrap();
    let yen = yen.to_str().unwrap();
    for (arguments, exit, code) in [
        (&["test", "old.json", "absent.jsonl"][..], 2, "file.unreadable"),
        (&["test", "absent.json", "orders.jsonl"], 2, "file.unreadable"),
        (&["test", "orders.jsonl", "orders.jsonl"], 2, "json."),
        (&["test", "old.json", "orders.jsonl", "--assume", "prepayment"], 1, "assume.without_risk"),
        (&["test", "old.json", "orders.jsonl", "--assume", "cash"], 1, "assume.unknown"),
        (&["diff", "old.json", yen, "orders.jsonl"], 1, "policy.currencies_differ"),
        (&["diff", "old.json", "new.json", "absent.jsonl"], 2, "file.unreadable"),
    ] {
        let (found, stdout, stderr) = tresen(arguments);
        assert_eq!((found, stdout.as_str()), (exit, ""), "{arguments:?}");
        assert!(stderr.contains(&format!("code   {code}")) && stderr.contains("help   "), "{arguments:?}: {stderr}");
    }
}

/// A million lines are not tried here; a few thousand already go through every thread, and come by a pipe.
#[test]
fn many_orders_by_a_pipe_are_told_as_one_after_the_other() {
    const TIMES: u64 = 2_000;
    let orders = fs::read_to_string(corpus().join("orders.jsonl")).unwrap();
    let arguments = ["policy", "diff", "old.json", "new.json", "-", "--today", "2026-03-10", "--format", "json", "--examples", "7"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(arguments)
        .current_dir(corpus())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || (0..TIMES).for_each(|_| input.write_all(orders.as_bytes()).unwrap()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    // Each figure of the case that was worked out by hand, so many times; the file has 12 lines, an empty one among them.
    assert_eq!(report["orders"], 9 * TIMES);
    assert_eq!(report["refused"]["lines"], 2 * TIMES);
    assert_eq!(report["on_credit"]["gained"]["amount"]["minor"], 45_300 * TIMES);
    assert_eq!(report["on_credit"]["gained"]["observed"]["unpaid"], TIMES);
    // 552.99 and 2,120.04 cents, rounded only after they were added up.
    assert_eq!(report["on_credit"]["new"]["expected_loss"]["minor"], 267_303 * TIMES / 100);
    let lines = |list: &Value| list.as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!(lines(&report["examples"]), [1, 3, 5, 11, 12, 13, 15]);
    let refused: Vec<u64> = (0..10).flat_map(|time| [12 * time + 8, 12 * time + 9]).collect();
    assert_eq!(lines(&report["refused"]["told"]), refused);
}

#[test]
fn a_line_that_is_too_long_is_told_and_the_others_go_on() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("too_long.jsonl");
    let order = "{\"cart.total\": {\"minor\": 100, \"currency\": \"EUR\"}}\n";
    fs::write(&path, format!("{order}{{\"cart.categories\": [\"{}\"]}}\n{order}", "x".repeat(1 << 20))).unwrap();
    let (exit, stdout, _) = tresen(&["test", "classless.json", path.to_str().unwrap(), "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let expected = serde_json::json!({
        "orders": 2, "on_credit": { "orders": 2, "amount": { "minor": 200, "currency": "EUR" } },
        "refused": { "lines": 1, "codes": { "json.too_long": 1 }, "told": [{ "line": 2, "diagnostics": [{ "at": "" }] }] },
    });
    assert_eq!(exit, 1);
    holds(&report, &expected, "a long line");
}
