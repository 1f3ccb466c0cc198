//! References that a payer writes on a transfer: ISO 11649, `RF` and two check digits before a body of 1 to 21 letters and digits.

use crate::iban::{checks_out, printed, tidied};
use crate::mod97::remainder;
use serde::{Deserialize, Serialize};
use tresen_core::diag::Diagnostic;

const BODY_MAX: usize = 21;

/// What is asked: one of the two
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceAsked {
    /// A reference to check; blanks and small letters are no mistake
    #[serde(default)]
    pub reference: Option<String>,
    /// A body to make a reference of
    #[serde(default)]
    pub body: Option<String>,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferenceFound {
    /// Whether it is one
    pub valid: bool,
    /// Without blanks, in capitals
    pub reference: String,
    /// In groups of four, as it is printed
    pub printed: String,
    /// Why it is none
    pub why: Option<&'static str>,
}

/// The reference of a body, if that is 1 to 21 capital letters and digits
#[must_use]
pub fn with_check_digits(body: &str) -> Option<String> {
    let check_digits = 98_u32.saturating_sub(remainder(body.chars().chain("RF00".chars())));
    is_body(body).then(|| format!("RF{check_digits:02}{body}"))
}

fn is_body(text: &str) -> bool {
    (1..=BODY_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// The references that a remittance text may name, whatever stands around them and however they are cut up; the longer first
///
/// Where one ends is not told, so every length with fitting check digits is one that it may be: whoever asks knows which ones there are.
#[must_use]
pub fn references_in(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    let mut found: Vec<String> = Vec::new();
    for (place, _) in letters.windows(2).enumerate().filter(|(_, pair)| *pair == ['R', 'F']) {
        let longest: String = letters.iter().skip(place).take(BODY_MAX.saturating_add(4)).collect();
        let prefixes = (5..=longest.len()).rev().filter_map(|length| longest.get(..length));
        for reference in prefixes.filter(|reference| why_not(reference).is_none()) {
            if found.iter().all(|known| known != reference) {
                found.push(reference.to_owned());
            }
        }
    }
    found
}

/// Why a tidied text is no reference; nothing if it is one
pub(crate) fn why_not(tidied: &str) -> Option<&'static str> {
    let Some(body) = tidied.strip_prefix("RF").and_then(|rest| rest.get(2..)) else { return Some("reference.not_rf") };
    if !is_body(body) {
        return Some("reference.body");
    }
    (!checks_out(tidied)).then_some("reference.check_digits")
}

/// Checks a reference, or makes one
///
/// # Errors
///
/// `reference.asked` unless exactly one of the two is given, `reference.body` if nothing can be made of the body.
pub fn reference(asked: &ReferenceAsked) -> Result<ReferenceFound, Vec<Diagnostic>> {
    let told = |reference: String, why: Option<&'static str>| ReferenceFound {
        valid: why.is_none(),
        printed: printed(&reference),
        reference,
        why,
    };
    match (&asked.reference, &asked.body) {
        (Some(reference), None) => {
            let tidied = tidied(reference);
            let why = why_not(&tidied);
            Ok(told(tidied, why))
        }
        (None, Some(body)) => with_check_digits(&tidied(body)).map(|reference| told(reference, None)).ok_or_else(|| {
            let message = format!("nothing can be made of `{body}`");
            vec![Diagnostic::error("reference.body", "/body", message, "write 1 to 21 letters and digits")]
        }),
        (Some(_), Some(_)) | (None, None) => {
            let message = "one of `reference` and `body` is asked about";
            Err(vec![Diagnostic::error("reference.asked", "", message, "write one of them and not the other")])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(reference: &str) -> Option<&'static str> {
        self::reference(&ReferenceAsked { reference: Some(reference.to_owned()), body: None }).unwrap().why
    }

    #[test]
    fn a_reference_is_found_in_whatever_a_bank_makes_of_it() {
        for text in [
            "RF18539007547034",
            "rf18 5390 0754 7034",
            "Danke! RF18 5390 0754 7034, Gruesse",
            "SVWZ+RF18539007\n547034",
            "KREF+NONREFRF18-5390-0754-7034",
            "RF 18 539007547034RF",
        ] {
            assert!(references_in(text).contains(&"RF18539007547034".to_owned()), "{text}");
        }
        for text in ["", "RF", "RF17539007547034", "18539007547034", "Rechnung 2026-1001", "RF1853900754703"] {
            assert!(!references_in(text).contains(&"RF18539007547034".to_owned()), "{text}");
        }
        let both = format!("{} und {}", with_check_digits("00000012").unwrap(), with_check_digits("00000013").unwrap());
        let found = references_in(&both);
        assert!(["00000012", "00000013"].iter().all(|body| found.contains(&with_check_digits(body).unwrap())), "{found:?}");
        // Hardly more than what is there, and never much of what somebody typed to be a nuisance.
        assert!(references_in(&"RF".repeat(70)).len() < 140 && references_in("RFÄ18").is_empty());
    }

    #[test]
    fn a_reference_says_why_it_is_none() {
        for (text, expected) in [
            ("RF18539007547034", None),
            ("rf18 5390 0754 7034", None),
            ("RF17539007547034", Some("reference.check_digits")),
            ("RFAB539007547034", Some("reference.check_digits")),
            ("18539007547034", Some("reference.not_rf")),
            ("RF1", Some("reference.not_rf")),
            ("RF18", Some("reference.body")),
            ("RF18-539007547034", Some("reference.body")),
            ("", Some("reference.not_rf")),
        ] {
            assert_eq!(why(text), expected, "{text}");
        }
        // The longest body has 21 characters.
        let longest = with_check_digits(&"0".repeat(21)).unwrap();
        assert_eq!((why(&longest), longest.len()), (None, 25));
        assert_eq!((with_check_digits(&"0".repeat(22)), why(&format!("{longest}0"))), (None, Some("reference.body")));
    }

    #[test]
    fn one_of_the_two_is_asked() {
        let asked = |reference: Option<&str>, body: Option<&str>| {
            let asked = ReferenceAsked { reference: reference.map(str::to_owned), body: body.map(str::to_owned) };
            self::reference(&asked).map(|found| found.printed).map_err(|mistakes| mistakes[0].code)
        };
        assert_eq!(asked(None, Some("539007547034")), Ok("RF18 5390 0754 7034".to_owned()));
        assert_eq!(asked(None, Some("")), Err("reference.body"));
        assert_eq!(asked(None, Some("ß")), Err("reference.body"));
        assert_eq!(asked(None, None), Err("reference.asked"));
        assert_eq!(asked(Some("RF68C"), Some("C")), Err("reference.asked"));
    }
}
