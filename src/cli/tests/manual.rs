//! The manual of the command: every example in it is run, and prints what stands there.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const MANUAL: &str = include_str!("../docs/command.md");
/// In the place of lines that are left out
const LEFT_OUT: &str = "…";

struct Example<'a> {
    command: &'a str,
    input: String,
    printed: Vec<&'a str>,
}

fn examples() -> Vec<Example<'static>> {
    let blocks = MANUAL.split("```console\n").skip(1).map(|rest| rest.split_once("\n```").unwrap().0);
    blocks
        .map(|block| {
            let (first, rest) = block.split_once('\n').unwrap();
            let command = first.strip_prefix("$ tresen ").unwrap();
            let (command, input, printed) = match command.strip_suffix(" <<'JSON'") {
                Some(command) => {
                    let (input, printed) = rest.split_once("\nJSON\n").unwrap();
                    (command, input.to_owned(), printed)
                }
                None => (command, String::new(), rest),
            };
            Example { command, input, printed: printed.lines().collect() }
        })
        .collect()
}

fn output(arguments: &[&str], input: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut child = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    // What asks nothing may have ended before it is told anything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "tresen {}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// Whether these lines are those, with any number of lines wherever some are left out
fn is_shown(printed: &[&str], shown: &[&str]) -> bool {
    match (printed, shown) {
        (_, [LEFT_OUT, after @ ..]) => (0..=printed.len()).any(|at| is_shown(printed.get(at..).unwrap_or_default(), after)),
        ([line, printed @ ..], [as_shown, shown @ ..]) => line == as_shown && is_shown(printed, shown),
        (printed, shown) => printed.is_empty() && shown.is_empty(),
    }
}

#[test]
fn every_example_prints_what_stands_there() {
    let examples = examples();
    assert!(examples.len() > 10, "the manual has examples");
    for Example { command, input, printed } in examples {
        let arguments: Vec<&str> = command.split(' ').collect();
        let really = output(&arguments, &input);
        assert!(is_shown(&really.trim_end().lines().collect::<Vec<_>>(), &printed), "tresen {command} prints\n{really}");
    }
}

#[test]
fn lines_that_are_left_out_are_the_only_ones_that_may_differ() {
    assert!(is_shown(&["a", "b", "c"], &["a", LEFT_OUT]) && is_shown(&["a", "b", "c"], &[LEFT_OUT, "b", LEFT_OUT]));
    assert!(!is_shown(&["a", "b"], &["a"]) && !is_shown(&["a"], &["a", "b"]) && !is_shown(&["a", "b", "c"], &["a", LEFT_OUT, "d"]));
}

#[test]
fn every_command_is_in_the_manual() {
    let help = output(&["--help"], "");
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let names = commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let missing: Vec<&str> =
        names.filter(|name| !MANUAL.contains(&format!("`{name}")) && !MANUAL.contains(&format!("$ tresen {name}"))).collect();
    assert!(missing.is_empty(), "the manual is silent about {missing:?}");
}

#[test]
fn whoever_reads_no_further_is_no_mistake() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(["law", "show", "DE", "--base-rates"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}
