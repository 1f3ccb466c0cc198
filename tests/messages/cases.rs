//! The cases of the corpus: messages that may go out, and messages that may not, each with every reason.

use crate::{corpus, language, particulars};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use tresen_texts::collect::{Message, Sentences, lint};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    of: String,
    patch: Value,
    languages: Vec<String>,
    #[serde(default)]
    wording: Map<String, Value>,
    #[serde(default)]
    says: Vec<String>,
    /// Every code with its place, each once, the order no matter
    expect: BTreeSet<String>,
}

fn cases(file: &str) -> Vec<Case> {
    corpus(file).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|problem| panic!("{problem}: {line}"))).collect()
}

fn check(case: &Case, name: &str) -> Vec<String> {
    let at = format!("{} ({name})", case.name);
    let checked = particulars(&case.of, &case.patch).unwrap_or_else(|mistakes| panic!("{at}: {mistakes:#?}"));
    let sentences = Sentences::of(language(name)).unwrap().with(&case.wording).unwrap();
    let message = Message::new(&checked, &sentences).unwrap();
    let found = lint(&message, checked.get());
    let codes: BTreeSet<String> = found.iter().map(|mistake| format!("{} {}", mistake.code, mistake.at)).collect();
    let mut problems = Vec::new();
    if codes != case.expect {
        problems.push(format!("{at}:\n  expected {:?}\n  found    {codes:?}\n{found:#?}", case.expect));
    }
    let said = message.plain.replace('\u{a0}', " ");
    problems.extend(
        case.says.iter().filter(|words| !said.contains(words.as_str())).map(|words| format!("{at} does not say `{words}`:\n{said}")),
    );
    for mistake in &found {
        let told = &mistake.message;
        assert!(
            !told.ends_with('.') && !told.contains('\n') && told.chars().next().is_some_and(|first| !first.is_uppercase()),
            "{at}: {told}"
        );
    }
    problems
}

fn holds(file: &str, least: usize) {
    let cases = cases(file);
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert!(cases.len() >= least && names.len() == cases.len(), "{} names for {} cases", names.len(), cases.len());
    let problems: Vec<String> = cases.iter().flat_map(|case| case.languages.iter().flat_map(|name| check(case, name))).collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n\n"));
}

#[test]
fn what_may_go_out_goes_out() {
    holds("accepted.jsonl", 45);
}

#[test]
fn what_may_not_go_out_is_refused_with_every_reason() {
    holds("refused.jsonl", 100);
}

#[test]
fn every_code_of_the_lint_is_found_in_a_case() {
    let cases = cases("refused.jsonl");
    let seen: BTreeSet<&str> = cases.iter().flat_map(|case| &case.expect).filter_map(|expected| expected.split(' ').next()).collect();
    let source = ["figures", "names", "parts", "tone"]
        .map(|name| std::fs::read_to_string(tresen_tests::catalogue::root().join(format!("src/texts/collect/lint/{name}.rs"))).unwrap());
    let written = source.iter().flat_map(|source| source.split('"')).filter(|text| text.starts_with("collect."));
    // These two cannot go missing while every claim and rate has its line; they guard the renderer.
    let guards = ["collect.missing.total", "collect.missing.asked"];
    let unseen: BTreeSet<&str> = written.filter(|code| !seen.contains(code) && !guards.contains(code)).collect();
    assert_eq!(unseen, BTreeSet::from(["collect.missing.back", "collect.missing.promised"]));
}
