//! `tresen law`, `tresen iban` and `tresen reference` as a shell sees them.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::{Deserializer, Value};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Exit code, standard output, standard error
fn tresen(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tresen"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that wants no question may have ended before it is asked.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The questions that the help of a command shows
fn examples(command: &[&str]) -> Vec<Value> {
    let (_, help, _) = tresen(&[command, &["--help"]].concat(), "");
    let shown = help.split_once("Expects").unwrap().1;
    let begins = shown.match_indices("\n  {").map(|(at, _)| shown.get(at..).unwrap());
    begins.map(|text| Deserializer::from_str(text).into_iter().next().unwrap().unwrap()).collect()
}

/// What the examples of a command are answered
fn answers(command: &[&str]) -> Vec<Value> {
    let answer = |question: &Value| {
        let (exit, answer, told) = tresen(command, &question.to_string());
        assert_eq!(exit, 0, "{told}");
        serde_json::from_str(&answer).unwrap()
    };
    examples(command).iter().map(answer).collect()
}

fn at<'a>(answers: &'a [Value], place: usize, pointer: &str) -> &'a Value {
    answers.get(place).unwrap().pointer(pointer).unwrap()
}

#[test]
fn every_figure_has_its_source_and_what_was_not_read_is_null() {
    let (exit, answer, _) = tresen(&["law", "show", "AT", "--on", "2026-11-25"], "");
    assert_eq!(
        (exit, answer.as_str()),
        (
            0,
            r#"{
  "market": "AT",
  "on": "2026-11-25",
  "free_deferral": {
    "days_small": 50,
    "days_large": 14,
    "source": "Directive (EU) 2023/2225 Art. 2(2)(h)"
  },
  "due_day": {
    "moves": true,
    "source": "ABGB section 903; European Convention on the Calculation of Time-Limits Art. 5 (BGBl. 1983/254)"
  },
  "late_interest_consumer": {
    "annual_rate_percent": "4.00",
    "compounds_yearly": false,
    "lump_sum_cents": null,
    "source": "ABGB sections 1333(1) and 1000(1)"
  },
  "late_interest_business": null,
  "base_rate": {
    "percent": null,
    "read_until": "2026-06-30",
    "source": "UGB section 456; Oesterreichische Nationalbank"
  },
  "own_reminder": null,
  "contact": {
    "house": {
      "is_law": false,
      "from": "08:00",
      "until": "20:00",
      "days": 7,
      "per_claim": 1,
      "per_customer": 2
    },
    "law": null
  }
}
"#
        )
    );
}

#[test]
fn the_base_rates_are_shown_if_asked_for() {
    let (_, answer, _) = tresen(&["law", "show", "DE", "--on", "2026-11-25", "--base-rates"], "");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer.pointer("/base_rates/49/percent").unwrap(), "1.52");
    assert_eq!(answer.pointer("/base_rates/50"), None);
}

#[test]
fn a_market_that_is_none_and_a_day_that_is_none_are_refused() {
    for (market, day, help) in [("nl", "2026-11-25", "`DE`"), ("NLD", "2026-11-25", "`DE`"), ("NL", "2026-02-29", "`2026-11-21`")] {
        let (exit, answer, told) = tresen(&["law", "show", market, "--on", day], "");
        assert_eq!((exit, answer.as_str()), (2, ""), "{market} {day}");
        assert!(told.contains(help), "{told}");
    }
}

#[test]
fn what_the_help_shows_is_answered() {
    let interest = answers(&["law", "interest"]);
    assert_eq!((at(&interest, 0, "/interest/minor"), at(&interest, 0, "/exact")), (&508.into(), &"5.077534".into()));
    let costs = answers(&["law", "costs"]);
    assert_eq!((at(&costs, 0, "/cost/minor"), at(&costs, 1, "/cost/total/minor")), (&95.into(), &3_090.into()));
    let allocated = answers(&["law", "allocate"]);
    assert_eq!((at(&allocated, 0, "/lines/0/amount/minor"), at(&allocated, 0, "/lines/1/amount/minor")), (&500.into(), &9_500.into()));
    assert_eq!((at(&allocated, 1, "/lines/0/amount/minor"), at(&allocated, 1, "/lines/1/amount/minor")), (&1_000.into(), &9_000.into()));
    assert_eq!(at(&answers(&["law", "due-date"]), 0, "/due_date"), "2026-10-05");
    let default = answers(&["law", "default"]);
    assert_eq!((at(&default, 0, "/start"), at(&default, 0, "/ground")), (&"2026-10-20".into(), &"reminder".into()));
    assert_eq!(at(&answers(&["law", "limitation"]), 0, "/last_day"), "2031-05-10");
    assert_eq!(at(&answers(&["law", "report"]), 0, "/may_be_told"), true);
    assert_eq!(at(&answers(&["iban"]), 0, "/valid"), true);
    let references = answers(&["reference"]);
    assert_eq!((at(&references, 0, "/valid"), at(&references, 1, "/reference")), (&true.into(), &"RF18539007547034".into()));
}

#[test]
fn mistakes_exit_with_1_and_what_is_unreadable_with_2() {
    let (exit, answer, told) = tresen(&["law", "due-date"], r#"{"market": "DE", "region": "\u001b[31m", "date": "2026-02-29"}"#);
    assert_eq!((exit, answer.as_str()), (1, ""));
    assert!(told.contains("law.date.malformed") && told.contains("law.region.unknown"), "{told}");
    assert!(!told.contains('\u{1b}'), "what a terminal would obey stands as an escape");
    for (command, code) in [
        (&["law", "interest"][..], "law.json"),
        (&["law", "costs"], "law.json"),
        (&["law", "allocate"], "law.json"),
        (&["law", "due-date"], "law.json"),
        (&["law", "default"], "law.json"),
        (&["law", "limitation"], "law.json"),
        (&["law", "report"], "law.json"),
        (&["iban"], "iban.json"),
        (&["reference"], "reference.json"),
    ] {
        for unreadable in ["", "{", r#"{"markte": "DE"}"#] {
            let (exit, answer, told) = tresen(command, unreadable);
            assert_eq!((exit, answer.as_str()), (2, ""), "{command:?} {unreadable}");
            assert!(told.contains(code), "{told}");
        }
    }
}

#[test]
fn a_number_that_is_no_iban_is_an_answer() {
    let (exit, answer, _) = tresen(&["iban"], r#"{"iban": "DE88370400440532013000"}"#);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((exit, answer.get("valid"), answer.get("why")), (0, Some(&false.into()), Some(&"iban.check_digits".into())));
}

#[test]
fn the_cases_of_the_corpus_are_answered_as_everywhere() {
    for (command, corpus) in [
        ("limitation", include_str!("../../../tests/corpus/law/limitation.jsonl")),
        ("report", include_str!("../../../tests/corpus/law/bureau_reports.jsonl")),
    ] {
        for line in corpus.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let (exit, answer, told) = tresen(&["law", command], &case["asked"].to_string());
            assert_eq!(exit, 0, "{line}: {told}");
            let answer: Value = serde_json::from_str(&answer).unwrap();
            for (key, expected) in case["expect"].as_object().unwrap() {
                assert_eq!(answer.get(key), Some(expected), "{line}");
            }
        }
    }
}
