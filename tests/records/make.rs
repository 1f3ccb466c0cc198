//! Makes the archive of the present semantics version from the corpus, once: `cargo run -p tresen-tests --example archive`.
//!
//! What is there already stays as it is: see `tests/records/README.md`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a tool for whoever raises the version, who has to see what is wrong")]

#[path = "archive.rs"]
mod archive;

use archive::{Archived, folder, recorded};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use tresen_core::SEMANTICS_VERSION;
use tresen_tests::catalogue::root;
use tresen_wire::policy::examine;

#[derive(Deserialize)]
struct Case {
    name: String,
    policy: String,
    today: String,
    facts: Map<String, Value>,
}

fn main() {
    let folder = folder(SEMANTICS_VERSION);
    assert!(!folder.exists(), "there are records of version {SEMANTICS_VERSION} already, and records are never made again");
    fs::create_dir_all(&folder).unwrap();
    let mut by_policy: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    let mut paths: Vec<_> = fs::read_dir(root().join("tests/corpus/decide")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        for line in fs::read_to_string(path).unwrap().lines() {
            let case: Case = serde_json::from_str(line).unwrap();
            by_policy.entry(case.policy.clone()).or_default().push(case);
        }
    }
    for (policy, cases) in by_policy {
        let json = fs::read(root().join("tests/corpus/policies").join(format!("{policy}.json"))).unwrap();
        let (built, _, _) = examine(&json).unwrap().built.unwrap_or_else(|| panic!("{policy} cannot be built"));
        let compiled = built.to_bytes();
        let name = policy.rsplit('/').next().unwrap_or_default();
        let lines: String = cases
            .into_iter()
            .map(|Case { name, today, facts, .. }| {
                let record = recorded(&compiled, &facts, &today);
                serde_json::to_string(&Archived { name, today, facts, record }).unwrap() + "\n"
            })
            .collect();
        fs::write(folder.join(format!("{name}.tresen")), compiled).unwrap();
        fs::write(folder.join(format!("{name}.jsonl")), lines).unwrap();
    }
}
