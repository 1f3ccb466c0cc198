//! Ids and secrets.

use crate::error::ApiError;
use jiff::Timestamp;
use uuid::Builder;

/// The system gave no random bytes
#[derive(Debug)]
pub struct NoRandomness(getrandom::Error);

impl std::fmt::Display for NoRandomness {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the system gave no random bytes: {}", self.0)
    }
}

impl std::error::Error for NoRandomness {}

/// That many random bytes from the system
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// A UUID of version 7, so that ids sort by time
pub fn uuid(now: Timestamp) -> Result<uuid::Uuid, NoRandomness> {
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Ok(Builder::from_unix_timestamp_millis(milliseconds, &random()?).into_uuid())
}

/// A new name that sorts by time
pub fn by_time<T>(now: Timestamp, name: impl FnOnce([u8; 16]) -> T) -> Result<T, NoRandomness> {
    uuid(now).map(|uuid| name(uuid.into_bytes()))
}

/// A new name that nobody guesses: 160 random bits, for whatever is a right by being known
pub fn secret<T>(name: impl FnOnce([u8; 20]) -> T) -> Result<T, NoRandomness> {
    random().map(name)
}

/// Crockford's base 32, without the letters that look like digits
pub const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Sixteen random signs that are easily read aloud and typed from paper: 80 bits
pub fn signs() -> Result<String, NoRandomness> {
    random().map(written)
}

fn written(bytes: [u8; 10]) -> String {
    let bits = bytes.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let sign = |place: u32| {
        let five = (bits >> place.saturating_mul(5)) & 31;
        usize::try_from(five).ok().and_then(|five| SIGNS.get(five)).map_or('0', |sign| char::from(*sign))
    };
    (0..16).rev().map(sign).collect()
}

/// A name out of the database, where nothing else stands in its place
pub fn stored<T>(text: &str, parse: fn(&str) -> Option<T>) -> Result<T, ApiError> {
    // Not with the text: some names are a right by being known, and this goes to the log.
    parse(text).ok_or_else(|| ApiError::internal("a name in the database cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresen_core::ident::{ReceivableId, SessionId};

    #[test]
    fn ids_sort_by_time_and_secrets_differ() {
        let at = |ms| by_time(Timestamp::from_millisecond(ms).unwrap(), ReceivableId::from_bytes).unwrap();
        let (early, late) = (at(1_000), at(2_000));
        assert!(early < late, "{early} {late}");
        assert_eq!(early.as_str().as_bytes()[16], b'7', "version 7: {early}");
        assert_ne!(secret(SessionId::from_bytes).unwrap(), secret(SessionId::from_bytes).unwrap());
    }

    #[test]
    fn what_is_stored_is_read_as_what_it_names() {
        let session = SessionId::from_bytes([7; 20]);
        assert_eq!(stored(session.as_str(), SessionId::parse).unwrap(), session);
        assert_eq!(stored(session.as_str(), ReceivableId::parse).unwrap_err().code, "internal");
    }

    #[test]
    fn all_bits_are_in_signs() {
        assert_eq!(written([0; 10]), "0000000000000000");
        assert_eq!(written([0xff; 10]), "zzzzzzzzzzzzzzzz");
        assert_eq!(written([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "g000000000000001");
        assert_ne!(signs().unwrap(), signs().unwrap());
    }
}
