//! Messages about what somebody owes: what is said, what the lint refuses, what adds up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken promise in a test should stop the test")]

mod cases;
mod forms;
mod sums;
mod wording;

use serde_json::Value;
use std::fs;
use tresen_core::collect::message::Checked;
use tresen_core::diag::Diagnostic;
use tresen_tests::catalogue::root;
use tresen_texts::Language;
use tresen_wire::message::Particulars;

/// A file of the corpus
fn corpus(name: &str) -> String {
    fs::read_to_string(root().join("tests/corpus/collect_texts").join(name)).unwrap()
}

/// Particulars of the corpus, changed as RFC 7396 says
fn particulars(of: &str, patch: &Value) -> Result<Checked, Vec<Diagnostic>> {
    let mut facts: Value = serde_json::from_str(&corpus(&format!("particulars/{of}.json"))).unwrap();
    merge(&mut facts, patch);
    serde_json::from_value::<Particulars>(facts).unwrap().to_core()
}

fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else { return into.clone_from(patch) };
    // An occasion is one thing: no part of another one stays.
    if !into.is_object() || changes.contains_key("kind") {
        *into = Value::Object(serde_json::Map::new());
    }
    let fields = into.as_object_mut().unwrap();
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name.clone()).or_insert(Value::Null), change);
        }
    }
}

fn language(name: &str) -> Language {
    Language::ALL.into_iter().find(|language| language.name() == name).unwrap()
}
