//! What `tresen policy check` says: every code has a case in `corpus/diagnostics`, and every case is told so and not otherwise.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a broken promise in a test should stop the test"
)]

#[path = "diagnostics/case.rs"]
mod case;
#[path = "diagnostics/codes.rs"]
mod codes;

use case::Case;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tresen_core::diag::Severity;
use tresen_texts::Language;
use tresen_wire::json::locate;
use tresen_wire::policy::examine;

/// What is said of a text, in the form of the cases' `expect`
fn said(case: &Case, text: &[u8]) -> Vec<Value> {
    let examined = match examine(text) {
        Ok(examined) => examined,
        Err(problem) => {
            let (line, column) = (problem.line, problem.column);
            return vec![
                json!({ "code": problem.code, "line": line, "column": column, "message": problem.message, "help": problem.help() }),
            ];
        }
    };
    let pointers: Vec<&str> = examined.diagnostics.iter().map(|diagnostic| diagnostic.at.as_str()).collect();
    let places = locate(std::str::from_utf8(text).unwrap(), &pointers);
    let told = examined.diagnostics.iter().zip(places).map(|(diagnostic, (line, column))| {
        let mut told = json!({ "code": diagnostic.code, "at": diagnostic.at, "message": diagnostic.message, "help": diagnostic.help });
        if diagnostic.severity != Severity::Error {
            told["severity"] = json!(diagnostic.severity.code());
        }
        if case.is_as_written() {
            told["line"] = json!(line);
            told["column"] = json!(column);
        }
        told
    });
    told.collect()
}

#[test]
fn every_case_is_told_as_expected() {
    let (mut names, mut wrong) = (BTreeSet::new(), Vec::new());
    for (place, case) in case::all() {
        let said = said(&case, &case.text());
        if said != case.expect {
            wrong.push(format!("{place}: {}\n  said     {}\n  expected {}", case.name, json!(said), json!(case.expect)));
        }
        assert!(names.insert(case.name.clone()), "{place}: two cases are called `{}`", case.name);
    }
    assert!(wrong.is_empty(), "{} cases are told otherwise:\n{}", wrong.len(), wrong.join("\n"));
    assert!(names.len() > 200, "{} cases", names.len());
}

#[test]
fn every_code_of_the_source_has_a_case_and_every_case_a_code_of_the_source() {
    let told: BTreeSet<String> =
        case::all().iter().flat_map(|(_, case)| &case.expect).map(|told| told["code"].as_str().unwrap().to_owned()).collect();
    let known = codes::in_source();
    // It says that reader and core disagree: no policy is known that makes them.
    let unheard = BTreeSet::from(["policy.inconsistent".to_owned()]);
    assert_eq!(known.difference(&told).cloned().collect::<BTreeSet<String>>(), unheard, "codes without a case");
    assert_eq!(told.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "cases without a code");
}

#[test]
fn messages_are_written_as_the_house_writes_them() {
    for (place, case) in case::all() {
        for told in &case.expect {
            for key in ["message", "help"] {
                let text = told[key].as_str().unwrap();
                let first = text.chars().next().unwrap();
                // JSON has its name in capitals.
                assert!(first.is_lowercase() || first.is_ascii_digit() || first == '`' || text.starts_with("JSON"), "{place}: {text}");
                assert!(!text.ends_with('.') && !text.contains('\n'), "{place}: {text}");
                assert!(text.matches('`').count() % 2 == 0, "{place}: a backtick stays open in {text}");
                for word in ["Some(", "None", "Value::", "unwrap", "serde", "i64"] {
                    assert!(!text.contains(word), "{place}: {text}");
                }
            }
        }
    }
}

/// The checker does not know the texts, so here it is held to them: each draft is warned of in some market, and nothing else is.
#[test]
fn the_markets_that_are_warned_of_drafted_texts_are_those_whose_languages_are_drafts() {
    let named: BTreeSet<String> = case::all()
        .iter()
        .flat_map(|(_, case)| said(case, &case.text()))
        .filter(|told| told["code"] == "policy.market.texts_drafted")
        .flat_map(|told| told["message"].as_str().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let drafts: BTreeSet<String> =
        Language::ALL.into_iter().filter(|language| language.is_draft()).map(|language| language.name().to_owned()).collect();
    assert_eq!(named, drafts);
}
