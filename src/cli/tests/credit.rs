//! `tresen apr` and `tresen instalments` as a shell sees them.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Exit code, standard output, standard error
fn tresen(command: &str, input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The JSON that the help of a command shows
fn example(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tresen")).args([command, "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    help.split_once("Expects").unwrap().1.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn what_the_help_shows_is_answered() {
    let (exit, answer, _) = tresen("apr", &example("apr"));
    assert_eq!((exit, answer.as_str()), (0, "{\n  \"annual_rate_percent\": \"12.68\"\n}\n"));
    let (exit, answer, _) = tresen("instalments", &example("instalments"));
    assert_eq!(exit, 0);
    assert!(answer.contains("\"annual_rate_percent\": \"10.71\""), "{answer}");
    assert_eq!(answer.matches("due_date").count(), 6);
}

#[test]
fn mistakes_exit_with_1_and_what_is_unreadable_with_2() {
    let (exit, answer, told) = tresen("apr", r#"{"every": "month", "draws": [], "payments": []}"#);
    assert_eq!((exit, answer.as_str()), (1, ""));
    assert!(told.contains("credit.empty"), "{told}");
    for unreadable in ["", "{", r#"{"evry": "month", "draws": [], "payments": []}"#, "\u{0}"] {
        let (exit, answer, told) = tresen("apr", unreadable);
        assert_eq!((exit, answer.as_str()), (2, ""), "{unreadable}");
        assert!(told.contains("credit.json"), "{told}");
    }
}
