//! `tresen law` as a shell sees it.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use std::process::Command;

/// Exit code, standard output, standard error
fn tresen(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_tresen")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_figure_has_its_source_and_what_was_not_read_is_null() {
    let (exit, answer, _) = tresen(&["law", "AT", "--on", "2026-11-25"]);
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
  "late_interest_business": null
}
"#
        )
    );
}

#[test]
fn a_market_that_is_none_and_a_day_that_is_none_are_refused() {
    for (market, day, help) in [("nl", "2026-11-25", "`DE`"), ("NLD", "2026-11-25", "`DE`"), ("NL", "2026-02-29", "`2026-11-21`")] {
        let (exit, answer, told) = tresen(&["law", market, "--on", day]);
        assert_eq!((exit, answer.as_str()), (2, ""), "{market} {day}");
        assert!(told.contains(help), "{told}");
    }
}
