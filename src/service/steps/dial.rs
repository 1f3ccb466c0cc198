//! Telephone numbers as people of a market write them: `0151 2345678` at home, `+49 151 2345678` from anywhere.
//!
//! Country codes by ITU-T E.164 (annex to the Operational Bulletin 1114), prefixes by ITU-T E.164 "Dialling procedures" (Operational Bulletin 994).

/// What people write between the digits of a number
const BETWEEN: &str = " -/().\u{a0}";

/// A market, its country code, and whether the zero before an area is left out from abroad
const COUNTRIES: &[(&str, &str, bool)] = &[
    ("AT", "43", true),
    ("BE", "32", true),
    ("CH", "41", true),
    ("DE", "49", true),
    ("FR", "33", true),
    ("IE", "353", true),
    ("IT", "39", false),
    ("NL", "31", true),
];

/// A plus and 7 to 15 digits, as ITU-T E.164 has it; nothing of what is no number, or is written as at home where that is not known
pub fn international(text: &str, market: &str) -> Option<String> {
    let written: String = text.chars().filter(|character| !BETWEEN.contains(*character)).collect();
    let number = if let Some(abroad) = written.strip_prefix("00") {
        format!("+{abroad}")
    } else if let Some(behind) = written.strip_prefix('0') {
        let (_, country, is_left_out) = COUNTRIES.iter().find(|(known, ..)| *known == market)?;
        format!("+{country}{}", if *is_left_out { behind } else { &written })
    } else {
        written
    };
    let digits = number.strip_prefix('+')?;
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    is_number.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_as_at_home_is_one_of_the_market() {
        for (market, written, number) in [
            ("DE", "0171 / 234 56-78", "+491712345678"),
            ("DE", "+49 (151) 1234-5678", "+4915112345678"),
            ("DE", "0031 6 1234 5678", "+31612345678"),
            ("AT", "0664 1234567", "+436641234567"),
            ("NL", "06-12345678", "+31612345678"),
            ("IT", "06 1234567", "+39061234567"),
            ("XX", "+1 202 555 0143", "+12025550143"),
        ] {
            assert_eq!(international(written, market).as_deref(), Some(number), "{market} {written}");
        }
    }

    #[test]
    fn what_is_no_number_is_none_at_seven_and_at_fifteen_digits() {
        for (written, is_one) in [
            ("01234", false),
            ("012345", true),
            ("+123456", false),
            ("+1234567", true),
            ("+123456789012345", true),
            ("+1234567890123456", false),
            ("0123456789012345", false),
            ("012345678901234", false),
            ("01234567890123", true),
        ] {
            assert_eq!(international(written, "DE").is_some(), is_one, "{written}");
        }
        for bad in ["", "0", "+", "00", "000491711234567", "+0151123456", "1712345678", "+49151x2345678", "0171+2345678"] {
            assert_eq!(international(bad, "DE"), None, "{bad}");
        }
        assert_eq!(international("0171 2345678", "XX"), None, "nobody knows which country that is");
    }
}
