//! Whether an IBAN can be one, and if not, what is wrong with it.

use alloc::vec::Vec;

/// Countries of the SEPA area and how long their IBANs are (SWIFT IBAN registry, release 101; EPC409-09 for the area)
const LENGTHS: &[u8] = b"AD24AL28AT20BE16BG22CH21CY28CZ24DE22DK18EE20ES24FI18FR27GB22GI23GR27HR21HU28IE22IS26IT27LI21LT20LU20LV21MC27MD24ME22MK19MT31NL18NO15PL28PT25RO24RS22SE24SI19SK24SM27VA22";

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

/// What was typed in capitals without spaces, and what is wrong with it as an IBAN: the first [`IbanMistake`] that applies, in the
/// order of its variants
pub fn parse(typed: &[u8]) -> (Vec<u8>, Option<IbanMistake>) {
    let mut iban = Vec::new();
    for byte in typed {
        if !matches!(byte, b' ' | b'-') {
            iban.push(byte.to_ascii_uppercase());
        }
    }
    let mistake = mistake(&iban);
    (iban, mistake)
}

fn mistake(iban: &[u8]) -> Option<IbanMistake> {
    if iban.is_empty() {
        return Some(IbanMistake::Empty);
    }
    if !iban.iter().all(u8::is_ascii_alphanumeric) {
        return Some(IbanMistake::Characters);
    }
    let (pairs, _) = LENGTHS.as_chunks::<4>();
    let Some([.., tens, ones]) = pairs.iter().find(|[first, second, ..]| iban.starts_with(&[*first, *second])) else {
        return Some(IbanMistake::Country);
    };
    let length = tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'));
    if iban.len() != usize::from(length) {
        return Some(IbanMistake::Length(length));
    }
    (remainder(iban) != 1).then_some(IbanMistake::Checksum)
}

/// ISO 7064 MOD 97-10: the first four characters go to the end, letters count from 10
fn remainder(iban: &[u8]) -> u32 {
    let (head, tail) = iban.split_at_checked(4).unwrap_or((iban, b""));
    let mut rest = 0_u32;
    for byte in tail.iter().chain(head) {
        let (value, shift) =
            if byte.is_ascii_digit() { (byte.wrapping_sub(b'0'), 10) } else { (byte.wrapping_sub(b'A').wrapping_add(10), 100) };
        rest = rest.wrapping_mul(shift).wrapping_add(u32::from(value)) % 97;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_is_read_or_its_mistake_is_named() {
        let check = |typed: &str| parse(typed.as_bytes()).1;
        // Examples of the SWIFT IBAN registry.
        for good in [
            "DE89 3704 0044 0532 0130 00",
            "at611904300234573201",
            "GB29-NWBK-6016-1331-9268-19",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
        ] {
            assert_eq!(check(good), None, "{good}");
        }
        assert_eq!(parse(b"at61 1904-3002 3457 3201").0, b"AT611904300234573201");
        assert_eq!(check(" "), Some(IbanMistake::Empty));
        assert_eq!(check("DE89 3704 0044 0532 0130 0Ü"), Some(IbanMistake::Characters));
        assert_eq!(check("US89 3704 0044 0532 0130 00"), Some(IbanMistake::Country));
        assert_eq!(check("D"), Some(IbanMistake::Country));
        assert_eq!(check("24AD"), Some(IbanMistake::Country));
        assert_eq!(check("DE89 3704 0044 0532 0130 0"), Some(IbanMistake::Length(22)));
        assert_eq!(check("DE89 3704 0044 0532 0130 01"), Some(IbanMistake::Checksum));
        assert_eq!(check("DE89 3704 0044 0532 0310 00"), Some(IbanMistake::Checksum));
    }

    #[test]
    fn the_table_is_whole() {
        let (pairs, rest) = LENGTHS.as_chunks::<4>();
        assert!(rest.is_empty() && pairs.is_sorted());
        for country in pairs {
            let Some(IbanMistake::Length(length)) = mistake(&country[..2]) else { panic!("{country:?}") };
            assert!((15..=31).contains(&length), "{country:?}");
        }
    }
}
