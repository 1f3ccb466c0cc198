//! `tresen decide` over pipes: as lines come, in their order, in memory that does not grow with them.

#![expect(clippy::unwrap_used, reason = "a test")]

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

const POLICY: &str = r#"{"format": 1, "name": "p", "market": "DE", "currency": "EUR", "merchant": {"name": "M", "size": "small"},
  "methods": [{"id": "advance", "kind": "prepayment"}]}"#;

/// The command, waiting for facts; each test has a policy file of its own
fn decide(test: &str) -> Child {
    let policy = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.json"));
    std::fs::write(&policy, POLICY).unwrap();
    Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(["decide", "--today", "2026-11-21", "--facts", "-", "--policy"])
        .arg(policy)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn line(number: usize) -> String {
    format!("{{\"cart.total\": {{\"minor\": {number}, \"currency\": \"EUR\"}}, \"cart.categories\": [\"{}\"]}}\n", "x".repeat(200))
}

/// The most memory that the process has had so far, in kilobytes
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_long_file_is_decided_as_it_comes_and_not_held() {
    const FEW: usize = 2_000;
    const MANY: usize = 60_000;
    let mut child = decide("long");
    let mut input = child.stdin.take().unwrap();
    let (go_on, wait) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        for number in 0..MANY {
            if number == FEW {
                wait.recv().unwrap();
            }
            input.write_all(line(number).as_bytes()).unwrap();
        }
    });
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    // There are answers while the input is still open.
    for _ in 0..FEW / 2 {
        answers.next().unwrap().unwrap();
    }
    let before = peak(&child);
    go_on.send(()).unwrap();
    let mut seen = FEW / 2;
    let mut after = before;
    for answer in answers {
        assert!(answer.unwrap().contains("\"offered\""));
        seen += 1;
        if seen == MANY - FEW {
            after = peak(&child);
        }
    }
    writer.join().unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(seen, MANY);
    // 16 MB went in and 20 MB came out.
    assert!(after - before < 2_048, "{before} kB after {FEW} lines, {after} kB after {}", MANY - FEW);
}

#[test]
fn each_line_has_its_answer_in_its_place_and_a_pipe_sees_no_progress_bar() {
    let mut child = decide("lines");
    let long = format!("{{\"cart.categories\": [\"{}\"]}}\n", "x".repeat(1 << 20));
    let lines = [
        line(100),
        "{\n".to_owned(),
        long,
        "\n".to_owned(),
        line(150),
        "{\"cart.total\": {\"minor\": -1, \"currency\": \"EUR\"}}\n".to_owned(),
        line(200),
    ];
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.concat().as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let answers: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|answer| serde_json::from_str(answer).unwrap()).collect();
    let code = |answer: &serde_json::Value| answer["error"]["diagnostics"][0]["code"].as_str().map(str::to_owned);
    let codes: Vec<Option<String>> = answers.iter().map(code).collect();
    let expected = [None, Some("json.malformed"), Some("json.too_long"), None, Some("fact.range"), None];
    assert_eq!(codes, expected.map(|code| code.map(str::to_owned)), "the empty line has none");
    assert!(answers[4]["error"]["message"].as_str().unwrap().ends_with("line 6"), "{}", answers[4]);
    assert_eq!(output.status.code(), Some(1), "some had mistakes");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn whoever_reads_may_stop() {
    let mut child = decide("stop");
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let writer = std::thread::spawn(move || {
        // Until nobody takes it any more.
        (0..1_000_000).take_while(|number| input.write_all(line(*number).as_bytes()).is_ok()).count()
    });
    let mut first = [0; 100];
    output.read_exact(&mut first).unwrap();
    drop(output);
    assert!(writer.join().unwrap() < 1_000_000);
    assert!(child.wait().unwrap().success());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}

/// One decision of the ready policy for Germany, with what else the command is told
fn decided(name: &str, total: i64, more: &[&str]) -> (i32, String, String) {
    let facts = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("credit-{name}.json"));
    let line = format!(
        r#"{{"cart.total": {{"minor": {total}, "currency": "EUR"}}, "billing.country": "DE", "billing.region": "BE", "customer.birth_date": "1980-01-01",
        "customer.kind": "consumer", "customer.signed_in": true, "customer.known": true, "history.orders_paid": 4, "history.paid_on_time": 4}}"#
    );
    std::fs::write(&facts, line.replace('\n', " ")).unwrap();
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/policies/de-own-invoice.json");
    let output = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(["decide", "--today", "2026-11-25", "--policy", policy, "--facts"])
        .arg(facts)
        .args(more)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn method<'a>(decision: &'a Value, id: &str) -> &'a Value {
    decision["methods"].as_array().unwrap().iter().find(|method| method["id"] == id).unwrap()
}

#[test]
fn credit_is_told_of_what_gives_time_to_pay_and_changes_nothing_else() {
    let (exit, with, _) = decided("with", 24_000, &["--credit"]);
    let (_, without, _) = decided("without", 24_000, &[]);
    let (mut with, without): (Value, Value) = (serde_json::from_str(&with).unwrap(), serde_json::from_str(&without).unwrap());
    assert_eq!(exit, 0);
    let invoice = &method(&with, "invoice")["credit"];
    assert_eq!((&invoice["regime"], &invoice["days"], &invoice["days_most"]), (&json!("free_deferral"), &json!(14), &json!(50)));
    assert_eq!(invoice["source"], "Directive (EU) 2023/2225 Art. 2(2)(h)");
    let instalments = method(&with, "instalments");
    assert_eq!((&instalments["state"], &instalments["credit"]["regime"]), (&json!("offered"), &json!("consumer_credit")));
    let plans = instalments["plans"].as_array().unwrap();
    assert_eq!(plans.iter().map(|plan| &plan["rates"]).collect::<Vec<_>>(), [&json!(3), &json!(6), &json!(12)]);
    for plan in plans {
        let sum: i64 = plan["instalments"].as_array().unwrap().iter().map(|one| one["amount"]["minor"].as_i64().unwrap()).sum();
        assert_eq!(plan["total"]["minor"], sum, "{plan}");
    }
    assert!(method(&with, "prepayment").get("credit").is_none(), "what is paid at once is no credit");
    for method in with["methods"].as_array_mut().unwrap() {
        method.as_object_mut().unwrap().retain(|key, _| key != "credit" && key != "plans");
    }
    assert_eq!(with, without);
}

#[test]
fn credit_needs_the_policy_that_says_who_sells() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("credit-compiled");
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/policies/de-own-invoice.json");
    std::fs::create_dir_all(&folder).unwrap();
    let tresen = || Command::new(env!("CARGO_BIN_EXE_tresen"));
    assert!(tresen().args(["policy", "build", policy, "-o"]).arg(&folder).output().unwrap().status.success());
    let compiled = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let facts = folder.with_extension("facts.json");
    std::fs::write(&facts, "{}").unwrap();
    let decide =
        |more: &[&str]| tresen().args(["decide", "--policy"]).arg(&compiled).arg("--facts").arg(&facts).args(more).output().unwrap();
    assert_eq!(decide(&[]).status.code(), Some(0));
    let refused = decide(&["--credit"]);
    let told = String::from_utf8(refused.stderr).unwrap();
    assert_eq!((refused.status.code(), refused.stdout.as_slice()), (Some(2), &b""[..]));
    assert!(told.contains("file.compiled") && told.contains("give the JSON that it was built from"), "{told}");
}
