//! Account numbers and references as they were published, right and wrong.

use crate::figures::lines;
use serde::Deserialize;
use tresen_wire::iban::{IbanAsked, iban};
use tresen_wire::reference::{ReferenceAsked, reference, with_check_digits};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Iban {
    iban: String,
    valid: bool,
    why: Option<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[test]
fn published_ibans_are_taken_and_wrong_ones_refused_with_the_reason() {
    let ibans: Vec<Iban> = lines(include_str!("../corpus/law/ibans.jsonl"));
    assert_eq!(ibans.iter().filter(|case| case.valid).count(), 13);
    assert_eq!(ibans.iter().filter(|case| !case.valid).count(), 14);
    for case in ibans {
        let found = iban(&IbanAsked { iban: case.iban.clone() });
        assert_eq!((found.valid, found.why), (case.valid, case.why.as_deref()), "{}", case.iban);
        assert!(!case.iban.contains(' ') || found.printed == case.iban, "{}", case.iban);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    reference: String,
    valid: bool,
    body: Option<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[test]
fn published_references_are_taken_and_made_and_wrong_ones_refused() {
    let references: Vec<Reference> = lines(include_str!("../corpus/law/references.jsonl"));
    assert_eq!(references.len(), 19);
    for case in references {
        let found = reference(&ReferenceAsked { reference: Some(case.reference.clone()), body: None }).unwrap();
        assert_eq!(found.valid, case.valid, "{}", case.reference);
        let body = case.body.as_deref().unwrap_or(&case.reference[4..]);
        assert_eq!(with_check_digits(body).as_deref() == Some(&case.reference), case.valid, "{}", case.reference);
    }
}
