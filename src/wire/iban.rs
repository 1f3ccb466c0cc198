//! Whether a text can be an IBAN (ISO 13616), and why not: country, length, structure, check digits.
//!
//! Whether the account exists is known to its bank alone. A country that is not in the registry has no IBANs here, whatever other lists say.

mod countries;

use crate::mod97::remainder;
use countries::{COUNTRIES, Run};
use serde::{Deserialize, Serialize};

/// What is asked
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IbanAsked {
    /// As somebody typed it; blanks and small letters are no mistake
    pub iban: String,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IbanFound {
    /// Whether it can be one
    pub valid: bool,
    /// Without blanks, in capitals
    pub iban: String,
    /// In groups of four, as it is printed
    pub printed: String,
    /// The country it names, if the registry has it
    pub country: Option<String>,
    /// Why it cannot be one
    pub why: Option<&'static str>,
    /// How many characters an IBAN of that country has
    pub length_expected: Option<usize>,
}

/// Why a text is no IBAN
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoIban {
    /// Something else than letters and digits
    Characters,
    /// No country of the registry has these letters
    Country,
    /// Too short or too long for its country
    Length,
    /// A letter where its country has digits, or the other way round
    Structure,
    /// Mistyped: the check digits are those of another number
    CheckDigits,
}

impl NoIban {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Characters => "iban.characters",
            Self::Country => "iban.country.unknown",
            Self::Length => "iban.length",
            Self::Structure => "iban.structure",
            Self::CheckDigits => "iban.check_digits",
        }
    }
}

impl Run {
    fn length(self) -> usize {
        match self {
            Self::N(length) | Self::A(length) | Self::C(length) => length,
        }
    }

    fn holds(self, byte: u8) -> bool {
        match self {
            Self::N(_) => byte.is_ascii_digit(),
            Self::A(_) => byte.is_ascii_uppercase(),
            Self::C(_) => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        }
    }
}

/// Without blanks, in capitals
#[must_use]
pub fn tidied(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).map(|character| character.to_ascii_uppercase()).collect()
}

/// In groups of four
#[must_use]
pub fn printed(tidied: &str) -> String {
    let characters: Vec<char> = tidied.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Whether check digits stand where they should and are those of the rest (ISO 7064 MOD 97-10)
///
/// 00, 01 and 99 leave the same remainders as 97, 98 and 02 and are never given out.
#[must_use]
pub(crate) fn checks_out(tidied: &str) -> bool {
    let Some((head, rest)) = tidied.split_at_checked(4) else { return false };
    let digits = head.get(2..).and_then(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u8>().ok())?);
    digits.is_some_and(|digits| (2..=98).contains(&digits)) && remainder(rest.chars().chain(head.chars())) == 1
}

fn structure(tidied: &str) -> Option<&'static [Run]> {
    let country = tidied.get(..2)?;
    COUNTRIES.iter().find(|(code, _)| *code == country).map(|(_, runs)| *runs)
}

fn length(runs: &[Run]) -> usize {
    runs.iter().fold(4, |sum, run| sum.saturating_add(run.length()))
}

/// Whether a tidied text can be an IBAN
///
/// # Errors
///
/// The first that applies, in the order of [`NoIban`].
pub fn check(tidied: &str) -> Result<(), NoIban> {
    if !tidied.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        return Err(NoIban::Characters);
    }
    let runs = structure(tidied).ok_or(NoIban::Country)?;
    if tidied.len() != length(runs) {
        return Err(NoIban::Length);
    }
    let kinds = runs.iter().flat_map(|run| std::iter::repeat_n(*run, run.length()));
    if !tidied.bytes().skip(4).zip(kinds).all(|(byte, kind)| kind.holds(byte)) {
        return Err(NoIban::Structure);
    }
    checks_out(tidied).then_some(()).ok_or(NoIban::CheckDigits)
}

/// Countries of the EEA: their accounts are debited in euros by the IBAN alone (Regulation (EU) 260/2012 Article 5(7)); banks elsewhere in the SEPA
/// want the payer's address (EPC016-06, attribute "address of the debtor")
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT",
    "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether an account can be debited by its IBAN alone
#[must_use]
pub fn is_debited(tidied: &str) -> bool {
    tidied.get(..2).is_some_and(|country| EEA.contains(&country))
}

/// What can be said of a text
#[must_use]
pub fn iban(asked: &IbanAsked) -> IbanFound {
    let tidied = tidied(&asked.iban);
    let (checked, runs) = (check(&tidied), structure(&tidied));
    IbanFound {
        valid: checked.is_ok(),
        printed: printed(&tidied),
        country: runs.and_then(|_| tidied.get(..2)).map(str::to_owned),
        why: checked.err().map(NoIban::code),
        length_expected: runs.map(length),
        iban: tidied,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> Option<NoIban> {
        check(&tidied(text)).err()
    }

    #[test]
    fn the_first_reason_in_order_is_told() {
        for (text, expected) in [
            ("de89 3704 0044 0532 0130 00", None),
            ("DE89-3704-0044-0532-0130-00", Some(NoIban::Characters)),
            ("DÉ89370400440532013000", Some(NoIban::Characters)),
            ("", Some(NoIban::Country)),
            ("D", Some(NoIban::Country)),
            ("XX89370400440532013000", Some(NoIban::Country)),
            ("DE8937040044053201300", Some(NoIban::Length)),
            ("DE893704004405320130000", Some(NoIban::Length)),
            ("DE8937040044053201300A", Some(NoIban::Structure)),
            ("DE88370400440532013000", Some(NoIban::CheckDigits)),
            ("DE98370400440532013000", Some(NoIban::CheckDigits)),
            ("DEA9370400440532013000", Some(NoIban::CheckDigits)),
        ] {
            assert_eq!(why(text), expected, "{text}");
        }
    }

    #[test]
    fn check_digits_that_are_never_given_out_are_refused() {
        // An account whose check digits are 97 leaves the same remainder with 00.
        let account = (0..100_000_u32).map(|number| format!("{number:018}")).find(|account| checks_out(&format!("DE97{account}"))).unwrap();
        assert_eq!(why(&format!("DE97{account}")), None);
        assert_eq!(remainder(format!("{account}DE00").chars()), 1);
        assert_eq!(why(&format!("DE00{account}")), Some(NoIban::CheckDigits));
    }

    #[test]
    fn no_digit_can_be_changed_and_no_two_neighbours_swapped() {
        let right = "DE89370400440532013000";
        for place in 2..right.len() {
            let (head, tail) = right.split_at(place);
            let (one, tail) = tail.split_at(1);
            for digit in (b'0'..=b'9').map(char::from).filter(|digit| *digit != one.chars().next().unwrap()) {
                assert_eq!(why(&format!("{head}{digit}{tail}")), Some(NoIban::CheckDigits), "{place} {digit}");
            }
            if let Some(next) = tail.get(..1).filter(|next| *next != one) {
                assert!(why(&format!("{head}{next}{one}{}", &tail[1..])).is_some(), "{place}");
            }
        }
    }

    #[test]
    fn countries_stand_in_the_order_of_the_alphabet_and_no_number_is_too_long() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(COUNTRIES.iter().all(|(_, runs)| (15..=34).contains(&length(runs))));
        assert_eq!(COUNTRIES.len(), 89);
    }
}
