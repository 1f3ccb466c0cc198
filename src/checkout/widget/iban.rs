//! Whether an IBAN can be one, and if not, what is wrong with it.

use alloc::string::String;

/// Countries of the SEPA area and how long their IBANs are (SWIFT IBAN registry, release 101; EPC409-09 for the area)
const LENGTHS: &str = "AD24AL28AT20BE16BG22CH21CY28CZ24DE22DK18EE20ES24FI18FR27GB22GI23GR27HR21HU28IE22IS26IT27LI21LT20LU20LV21MC27MD24ME22MK19MT31NL18NO15PL28PT25RO24RS22SE24SI19SK24SM27VA22";

/// What is wrong with a typed IBAN
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IbanMistake {
    /// Nothing was typed
    Empty,
    /// Something that is neither a letter nor a digit
    Characters,
    /// The first two letters are no country of the SEPA area
    Country,
    /// That many characters are right for the country
    Length(u8),
    /// The check digits do not fit
    Checksum,
}

/// The IBAN in capitals without spaces
///
/// # Errors
///
/// The first [`IbanMistake`] that applies, in the order of its variants.
pub fn parse(typed: &str) -> Result<String, IbanMistake> {
    let mut iban: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    iban.make_ascii_uppercase();
    if iban.is_empty() {
        return Err(IbanMistake::Empty);
    }
    if !iban.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(IbanMistake::Characters);
    }
    let country = iban.get(..2).unwrap_or_default();
    let length = length_in(country).ok_or(IbanMistake::Country)?;
    if iban.len() != usize::from(length) {
        return Err(IbanMistake::Length(length));
    }
    if remainder(&iban) == 1 { Ok(iban) } else { Err(IbanMistake::Checksum) }
}

fn length_in(country: &str) -> Option<u8> {
    let entry = LENGTHS.as_bytes().chunks(4).find(|entry| entry.starts_with(country.as_bytes()) && country.len() == 2)?;
    match entry {
        [_, _, tens, ones] => Some(tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'))),
        _ => None,
    }
}

/// ISO 7064 MOD 97-10: the first four characters go to the end, letters count from 10
fn remainder(iban: &str) -> u32 {
    let (head, tail) = iban.split_at_checked(4).unwrap_or((iban, ""));
    tail.bytes().chain(head.bytes()).fold(0, |rest, byte| {
        let (value, shift) =
            if byte.is_ascii_digit() { (byte.wrapping_sub(b'0'), 10) } else { (byte.wrapping_sub(b'A').wrapping_add(10), 100) };
        rest.wrapping_mul(shift).wrapping_add(u32::from(value)) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_is_read_or_its_mistake_is_named() {
        // Examples of the SWIFT IBAN registry.
        for good in [
            "DE89 3704 0044 0532 0130 00",
            "at611904300234573201",
            "GB29-NWBK-6016-1331-9268-19",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        assert_eq!(parse(" "), Err(IbanMistake::Empty));
        assert_eq!(parse("DE89 3704 0044 0532 0130 0Ü"), Err(IbanMistake::Characters));
        assert_eq!(parse("US89 3704 0044 0532 0130 00"), Err(IbanMistake::Country));
        assert_eq!(parse("D"), Err(IbanMistake::Country));
        assert_eq!(parse("DE89 3704 0044 0532 0130 0"), Err(IbanMistake::Length(22)));
        assert_eq!(parse("DE89 3704 0044 0532 0130 01"), Err(IbanMistake::Checksum));
        assert_eq!(parse("DE89 3704 0044 0532 0310 00"), Err(IbanMistake::Checksum));
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(LENGTHS.len() % 4, 0);
        for entry in LENGTHS.as_bytes().chunks(4) {
            let country = core::str::from_utf8(&entry[..2]).unwrap();
            assert!((15..=31).contains(&length_in(country).unwrap()), "{country}");
        }
    }
}
