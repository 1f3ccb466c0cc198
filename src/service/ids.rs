//! Ids and secrets.

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

/// An id such as `rcv_019a…`: says what it names and sorts by time
pub fn id(prefix: &str, now: Timestamp) -> Result<String, NoRandomness> {
    Ok(format!("{prefix}_{}", uuid(now)?.simple()))
}

/// A text that nobody guesses: 160 random bits, for whatever is a right by being known
pub fn secret(prefix: &str) -> Result<String, NoRandomness> {
    Ok(format!("{prefix}_{}", hex(&random::<20>()?)))
}

/// Lower-case hexadecimal
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::{hex, id, secret};
    use jiff::Timestamp;

    #[test]
    fn ids_sort_by_time_and_secrets_differ() {
        let early = id("rcv", Timestamp::from_millisecond(1_000).unwrap()).unwrap();
        let late = id("rcv", Timestamp::from_millisecond(2_000).unwrap()).unwrap();
        assert!(early < late, "{early} {late}");
        assert_eq!(early.as_bytes()[16], b'7', "version 7: {early}");
        assert_ne!(secret("cs").unwrap(), secret("cs").unwrap());
        assert_eq!(hex(&[0, 15, 16, 255]), "000f10ff");
    }
}
