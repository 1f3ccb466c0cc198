//! The token of a pay link: sixteen signs that are easily read aloud and typed from paper.

use crate::error::ApiError;
use crate::ids;
use sha2::{Digest as _, Sha256};

/// Crockford's base 32, without the letters that look like digits
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 80 bits: nobody guesses one of a thousand million links in a million years of asking
const BYTES: usize = 10;
const LENGTH: usize = 16;

/// A token as it was made or typed
pub struct Token(String);

impl Token {
    /// A new one
    pub fn new() -> Result<Self, ApiError> {
        let bytes: [u8; BYTES] = ids::random()?;
        Ok(Self(written(bytes)))
    }

    /// Reads one as people type it: in capitals, with hyphens or blanks, an O for a zero
    pub fn parse(text: &str) -> Option<Self> {
        let mut token = String::with_capacity(LENGTH);
        for letter in text.chars().filter(|letter| !matches!(letter, '-' | ' ')) {
            let letter = match letter.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            };
            if !SIGNS.iter().any(|sign| char::from(*sign) == letter) || token.len() == LENGTH {
                return None;
            }
            token.push(letter);
        }
        (token.len() == LENGTH).then_some(Self(token))
    }

    /// As it stands in a link
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

fn written(bytes: [u8; BYTES]) -> String {
    let bits = bytes.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let sign = |place: u32| {
        let five = (bits >> place.saturating_mul(5)) & 31;
        usize::try_from(five).ok().and_then(|five| SIGNS.get(five)).map_or('0', |sign| char::from(*sign))
    };
    (0..16).rev().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_people_type_it() {
        let token = Token::parse("0abc-1defGHJKmnpq").unwrap();
        assert_eq!(token.as_str(), "0abc1defghjkmnpq");
        for typed in ["oABC IDEF ghjk mnpq", "Oabcldefghjkmnpq"] {
            assert_eq!(Token::parse(typed).unwrap().hash(), token.hash(), "{typed}");
        }
        for wrong in ["", "0abc1defghjkmnp", "0abc1defghjkmnpqr", "0abc1defghjkmnpu", "0abc1defghjkmnpä"] {
            assert!(Token::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn all_bits_are_in_it() {
        assert_eq!(written([0; BYTES]), "0000000000000000");
        assert_eq!(written([0xff; BYTES]), "zzzzzzzzzzzzzzzz");
        assert_eq!(written([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "g000000000000001");
        assert_ne!(Token::new().unwrap().as_str(), Token::new().unwrap().as_str());
    }
}
