//! Archived decision records, replayed: the same policy, facts and day give the same bytes for ever.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

#[path = "records/archive.rs"]
mod archive;

use archive::{Archived, folder, recorded};
use std::fs;
use std::path::PathBuf;
use tresen_core::SEMANTICS_VERSION;

/// Every archived policy of a version, by its compiled bytes' path
fn policies(version: u16) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder(version)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tresen"));
    paths.sort();
    paths
}

#[test]
fn archived_records_are_made_again_byte_for_byte() {
    let mut count = 0;
    for compiled in policies(SEMANTICS_VERSION) {
        let bytes = fs::read(&compiled).unwrap();
        for line in fs::read_to_string(compiled.with_extension("jsonl")).unwrap().lines() {
            let Archived { name, today, facts, record } = serde_json::from_str(line).unwrap();
            // Magic and version stand in front, the version in two bytes, little endian.
            let begin = format!("54525352{:02x}{:02x}", SEMANTICS_VERSION & 0xff, SEMANTICS_VERSION >> 8);
            assert!(record.starts_with(&begin), "{name}: the record is of another version");
            assert_eq!(recorded(&bytes, &facts, &today), record, "{name}: see tests/records/README.md");
            count += 1;
        }
    }
    assert!(count >= 350, "{count} records");
}

#[test]
fn every_version_that_has_records_has_an_engine_that_replays_them() {
    let mut versions: Vec<u16> = fs::read_dir(folder(SEMANTICS_VERSION).parent().unwrap())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, [SEMANTICS_VERSION], "an archive without an engine, or a version without an archive");
}

#[test]
fn a_record_tells_a_changed_answer() {
    let path = policies(SEMANTICS_VERSION).into_iter().find(|path| path.ends_with("limits.tresen")).unwrap();
    let bytes = fs::read(&path).unwrap();
    let line = fs::read_to_string(path.with_extension("jsonl")).unwrap();
    let Archived { mut facts, today, record, .. } = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(recorded(&bytes, &facts, &today), record);
    facts.remove("cart.total").unwrap_or_else(|| panic!("the first case has a cart"));
    assert_ne!(recorded(&bytes, &facts, &today), record);
}
