//! The codes that the source of `policy check` can give.

use std::collections::BTreeSet;
use std::path::Path;
use tresen_tests::catalogue::root;

/// Every literal `policy.…` and `json.…` outside of tests in the reader, the checks and the JSON beneath them
pub fn in_source() -> BTreeSet<String> {
    let wire = root().join("src/wire");
    let mut codes = BTreeSet::new();
    for place in ["policy.rs", "json.rs", "policy", "json"] {
        collect(&wire.join(place), &mut codes);
    }
    assert!(codes.len() > 80, "hardly a code was found: {codes:?}");
    codes
}

fn collect(path: &Path, codes: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), codes);
        }
        return;
    }
    let text = std::fs::read_to_string(path).unwrap();
    let source = text.split("#[cfg(test)]").next().unwrap();
    for literal in source.split('"') {
        let is_code = literal.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'.');
        if is_code && (literal.starts_with("policy.") || literal.starts_with("json.")) {
            codes.insert(literal.to_owned());
        }
    }
}

#[test]
fn a_code_in_the_source_is_found_and_a_path_is_not() {
    let codes = in_source();
    assert!(codes.contains("policy.bins.gap") && codes.contains("json.duplicate_key"));
    assert!(!codes.iter().any(|code| code.ends_with('.')));
}
