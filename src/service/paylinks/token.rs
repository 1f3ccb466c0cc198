//! The token of a pay link: sixteen signs that are easily read aloud and typed from paper.

use crate::error::ApiError;
use crate::ids;
use sha2::{Digest as _, Sha256};

const LENGTH: usize = 16;

/// A token as it was made or typed
pub struct Token(String);

impl Token {
    /// A new one
    pub fn new() -> Result<Self, ApiError> {
        // 80 bits: nobody guesses one of a thousand million links in a million years of asking.
        Ok(Self(ids::signs()?))
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
            if !ids::SIGNS.iter().any(|sign| char::from(*sign) == letter) || token.len() == LENGTH {
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
}
