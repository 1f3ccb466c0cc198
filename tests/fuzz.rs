//! The targets of the fuzzer on changed inputs of the corpus, the same ones on every machine, and on everything that ever crashed.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a broken promise in a test should stop the test"
)]

#[path = "fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::PathBuf;
use tresen_tests::catalogue::root;
use tresen_tests::chance::Chance;
use tresen_wire::policy::examine;

/// Words that the readers know: put together at random they reach further than bytes do
const WORDS: [&str; 28] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "0",
    "9007199254740992",
    "1e9",
    "18.5",
    "\"all\"",
    "\"any\"",
    "\"not\"",
    "\"fact\"",
    "\"operator\"",
    "\"value\"",
    "\"cart.total\"",
    "\"risk.class\"",
    "\"equal\"",
    "\"in\"",
    "\"12.50 EUR\"",
    "\"2026-11-21\"",
    "\"custom.club\"",
    "\u{1f}",
];

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(root().join(folder)).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    paths
}

fn policies() -> Vec<Vec<u8>> {
    let folders = ["tests/corpus/policies", "tests/corpus/diagnostics/policies", "examples/policies"];
    folders.iter().flat_map(|folder| files(folder, "json")).map(|path| fs::read(path).unwrap()).collect()
}

/// Some bytes taken out, doubled, flipped, exchanged for a word, or cut off
fn changed(chance: &mut Chance, bytes: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let place = chance.below(bytes.len() + 1);
        let end = (place + chance.below(24)).min(bytes.len());
        match chance.below(7) {
            0 => drop(bytes.drain(place..end)),
            1 => {
                let part = bytes[place..end].to_vec();
                drop(bytes.splice(place..place, part));
            }
            2 | 3 => drop(bytes.splice(place..end.min(place + 1), chance.pick(&WORDS).bytes())),
            4 if place < bytes.len() => bytes[place] ^= 1 << chance.below(8),
            5 => {
                let other = &others[chance.below(others.len())];
                let from = chance.below(other.len() + 1);
                let part = other[from..(from + chance.below(64)).min(other.len())].to_vec();
                drop(bytes.splice(place..end, part));
            }
            _ => bytes.insert(place, u8::try_from(chance.below(256)).unwrap()),
        }
    }
    bytes
}

/// Tries a target on every seed, on so many changes of seeds, and on what once crashed
fn run(name: &str, target: impl Fn(&[u8]) + std::panic::RefUnwindSafe, seeds: &[Vec<u8>], rounds: u64) {
    assert!(seeds.len() > 10, "{} seeds", seeds.len());
    for path in files(&format!("tests/fuzz/crashes/{name}"), "bin") {
        target(&fs::read(path).unwrap());
    }
    seeds.iter().for_each(|seed| target(seed));
    for round in 0..rounds {
        let mut chance = Chance::new(round);
        let seed = &seeds[chance.below(seeds.len())];
        let bytes = changed(&mut chance, seed, seeds);
        if std::panic::catch_unwind(|| target(&bytes)).is_err() {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{round}.bin"));
            fs::write(&path, bytes).unwrap();
            panic!("round {round} of {name}; put {} into tests/fuzz/crashes/{name}", path.display());
        }
    }
}

/// How many changes are tried: few in every run, more where somebody asks for them
fn rounds(usual: u64) -> u64 {
    std::env::var("TRESEN_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

#[test]
fn policies_as_json() {
    run("policy_json", targets::policy_json, &policies(), rounds(3_000));
}

#[test]
fn policies_as_bytes() {
    let seeds: Vec<Vec<u8>> = policies().iter().map(|json| examine(json).unwrap().built.unwrap().0.to_bytes()).collect();
    run("policy_bytes", targets::policy_bytes, &seeds, rounds(5_000));
}

#[test]
fn facts_as_json() {
    let mut seeds = Vec::new();
    for path in ["decide", "refuse"].iter().flat_map(|folder| files(&format!("tests/corpus/{folder}"), "jsonl")) {
        for line in fs::read_to_string(path).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            seeds.push(case["facts"].to_string().into_bytes());
        }
    }
    run("facts_json", targets::facts_json, &seeds, rounds(10_000));
}

/// Histories of one claim in the events that the snapshots of the wire hold, in an order that may or may not be possible
fn histories() -> Vec<Vec<u8>> {
    let line = |path: &PathBuf| {
        let name = path.file_stem()?.to_str()?;
        let (name, version) = name.split_once('-')?;
        let version: u16 = version.parse().ok()?;
        let kind: String = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let data: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        Some(format!("{kind} {version} {data}"))
    };
    let lines: Vec<String> = files("tests/wire/events", "json").iter().filter_map(line).collect();
    let begin = |kind: &str| lines.iter().filter(|line| line.starts_with(kind)).cloned().collect::<Vec<_>>();
    let (claim, due) = (begin("ReceivableCreated 2"), begin("DueDateSet 2"));
    assert!(lines.len() > 50 && claim.len() == 1 && due.len() == 1);
    let history = |seed| {
        let mut chance = Chance::new(seed);
        let more = (0..chance.below(24)).map(|_| chance.pick(&lines)).collect();
        [claim.clone(), due.clone(), more].concat().join("\n").into_bytes()
    };
    (0..400).map(history).collect()
}

#[test]
fn events_as_they_are_stored() {
    run("events", targets::events, &histories(), rounds(10_000));
}

#[test]
fn bank_statements() {
    let read = |ending| files("tests/corpus/statements", ending).into_iter().map(|path| fs::read(path).unwrap());
    run("statement", targets::statement, &read("csv").chain(read("xml")).collect::<Vec<_>>(), rounds(5_000));
}
