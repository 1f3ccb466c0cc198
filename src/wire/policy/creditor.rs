//! The SEPA creditor identifier (AT-02 of the SEPA Core rulebook): country, check digits, business code, national part.

use crate::mod97::remainder;

/// The longest there is
const LENGTH_MAX: usize = 35;
/// A German one
const LENGTH_GERMAN: usize = 18;

/// Whether a text can be a creditor identifier
///
/// The business code, characters 5 to 7, is the creditor's own to choose and not covered by the check digits.
pub(super) fn is_creditor_id(text: &str) -> bool {
    let of_its_characters = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let (Some(country), Some(digits), Some(national)) = (text.get(..2), text.get(2..4), text.get(7..)) else { return false };
    of_its_characters
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !national.is_empty()
        && if country == "DE" { text.len() == LENGTH_GERMAN } else { text.len() <= LENGTH_MAX }
        && remainder(national.chars().chain(country.chars()).chain(digits.chars())) == 1
}

#[cfg(test)]
mod tests {
    use super::is_creditor_id;

    /// The German one is the Bundesbank's example, the Spanish one that of python-stdnum
    #[test]
    fn published_identifiers_are_taken_and_mistyped_ones_are_not() {
        for good in ["DE98ZZZ09999999999", "DE98ABC09999999999", "ES23ZZZ47690558N"] {
            assert!(is_creditor_id(good), "{good}");
        }
        for bad in [
            "",
            "DE98ZZZ",
            "DE97ZZZ09999999999",
            "DE98ZZZ09999999998",
            "DE98ZZZ0999999999",
            "DE98ZZZ099999999990",
            "de98zzz09999999999",
            "DE98 ZZZ0 9999 9999 99",
            "98DEZZZ09999999999",
            "DE98ZZZ0999999999ö",
        ] {
            assert!(!is_creditor_id(bad), "{bad}");
        }
    }
}
