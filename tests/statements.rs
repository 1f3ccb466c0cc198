//! Bank statements of `tests/corpus/statements`: each file beside what is read in it, or what is told of it.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tresen_statements::{Entry, read};
use tresen_tests::catalogue::root;

fn folder() -> PathBuf {
    root().join("tests/corpus/statements")
}

fn told(bytes: &[u8]) -> Value {
    match read(bytes) {
        Ok(statement) => serde_json::to_value(statement).unwrap(),
        Err(problems) => {
            let problem = |one: &tresen_core::diag::Diagnostic| {
                assert!(!one.help.is_empty() && !one.message.contains('\n'));
                json!({ "code": one.code, "at": one.at, "message": one.message })
            };
            json!({ "problems": problems.iter().map(problem).collect::<Vec<_>>() })
        }
    }
}

/// `TRESEN_BLESS=1` writes what is read; look at it before it is committed
#[test]
fn each_file_is_read_as_written_beside_it() {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            continue;
        }
        names.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
        let (found, beside) = (told(&fs::read(&path).unwrap()), PathBuf::from(format!("{}.json", path.display())));
        if std::env::var_os("TRESEN_BLESS").is_some() {
            fs::write(&beside, format!("{}\n", serde_json::to_string_pretty(&found).unwrap())).unwrap();
        }
        let expected: Value =
            serde_json::from_str(&fs::read_to_string(&beside).unwrap_or_else(|_| panic!("{} is missing", beside.display()))).unwrap();
        assert_eq!(found, expected, "{}", path.display());
    }
    assert!(names.len() >= 11, "{names:?}");
}

#[test]
fn the_same_statement_twice_and_a_longer_one_name_the_same_payments() {
    let references = |bytes: &[u8]| -> Vec<String> {
        let received = |entry: Entry| if let Entry::Received { payment } = entry { Some(payment.reference) } else { None };
        read(bytes).unwrap().entries.into_iter().filter_map(received).collect()
    };
    for name in ["sparkasse.csv", "direct-bank.csv", "cooperative.csv", "english.csv", "camt-053-v8.xml"] {
        let bytes = fs::read(folder().join(name)).unwrap();
        let numbers = references(&bytes);
        assert!(!numbers.is_empty() && numbers.iter().collect::<BTreeSet<_>>().len() == numbers.len(), "{name}");
        assert_eq!(references(&bytes), numbers, "{name}");
    }
    // What is cut off at the end of a day comes whole with the next file, under the same numbers.
    let bytes = fs::read(folder().join("sparkasse.csv")).unwrap();
    let first: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').take(3).collect();
    let numbers = references(&bytes);
    assert!(numbers.starts_with(&references(&first.concat())) && numbers.len() == 3);
}
