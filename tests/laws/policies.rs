//! Every policy of the repository that is meant to work: those of the corpus and the examples.

use std::fs;
use tresen_core::policy::Policy;
use tresen_tests::catalogue::root;
use tresen_wire::policy::examine;

/// File name, JSON and policy of each
pub fn all() -> Vec<(String, String, Policy)> {
    let mut policies = Vec::new();
    for folder in ["tests/corpus/policies", "tests/corpus/diagnostics/policies", "examples/policies"] {
        let mut paths: Vec<_> = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        for path in paths {
            let json = fs::read_to_string(&path).unwrap();
            policies.push((path.file_name().unwrap().to_string_lossy().into_owned(), json.clone(), read(&json)));
        }
    }
    assert!(policies.len() > 20, "{} policies", policies.len());
    policies
}

pub fn read(json: &str) -> Policy {
    examine(json.as_bytes()).unwrap().built.unwrap().0
}
