//! The envelope of a compiled policy: what it says of itself as text, what it decides by as numbers.
//!
//! `TRSN`, version (1 byte), length of the names, the names (UTF-8, see `names.rs`), the words (see `words.rs`), and a checksum
//! (8 bytes, little endian) over all before it. Lengths are LEB128, words the LEB128 of their zigzag form. The same policy always
//! gives the same bytes; their SHA-256 is the policy's name.

use alloc::vec::Vec;

/// The first four bytes of a compiled policy
pub const MAGIC: [u8; 4] = *b"TRSN";
/// The format that is written; there is none before it to read
pub const FORMAT_VERSION: u8 = 1;

/// Why compiled bytes are not a policy that this engine can use
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyBytesError {
    /// The bytes do not begin like a compiled policy
    NotAPolicy,
    /// Another version of the format
    Version {
        /// The version that was found
        found: u8,
    },
    /// The bytes end too early, go on too long, or do not match their checksum
    Damaged,
    /// The bytes are whole, but what they say breaks a promise of [`super::Policy`]
    Invalid,
}

impl PolicyBytesError {
    /// A code that never changes
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAPolicy => "policy.bytes.not_a_policy",
            Self::Version { .. } => "policy.bytes.version",
            Self::Damaged => "policy.bytes.damaged",
            Self::Invalid => "policy.bytes.invalid",
        }
    }

    /// What to do
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::NotAPolicy => "give the file that `tresen policy build` wrote",
            Self::Version { .. } => "build the policy again with the `tresen` of this version",
            Self::Damaged => "build the policy again, or copy the file again as binary",
            Self::Invalid => "build the policy again; these bytes were not written by `tresen policy build`",
        }
    }
}

impl core::fmt::Display for PolicyBytesError {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(match self {
            Self::NotAPolicy => "the bytes are not a compiled policy",
            Self::Version { .. } => "the compiled policy has another format version",
            Self::Damaged => "the compiled policy is damaged",
            Self::Invalid => "the compiled policy contradicts itself",
        })
    }
}

/// FNV-1a, 64 bits: finds damage, not intent; a policy's name is its SHA-256
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Names and words in their envelope
pub(super) fn pack(names: &str, words: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(names.len().saturating_add(words.len().saturating_mul(2)).saturating_add(16));
    bytes.extend_from_slice(&MAGIC);
    bytes.push(FORMAT_VERSION);
    push(&mut bytes, u64::try_from(names.len()).unwrap_or(u64::MAX));
    bytes.extend_from_slice(names.as_bytes());
    for word in words {
        push(&mut bytes, word.wrapping_shl(1).cast_unsigned() ^ (word >> 63).cast_unsigned());
    }
    let sum = checksum(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// LEB128
fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or(0));
}

/// Takes names and words out of their envelope
pub(crate) fn unpack(bytes: &[u8]) -> Result<(&[u8], Vec<i64>), PolicyBytesError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(PolicyBytesError::NotAPolicy)?;
    let found = *rest.first().ok_or(PolicyBytesError::Damaged)?;
    if found != FORMAT_VERSION {
        return Err(PolicyBytesError::Version { found });
    }
    let (body, sum) = bytes.split_last_chunk::<8>().ok_or(PolicyBytesError::Damaged)?;
    if checksum(body) != u64::from_le_bytes(*sum) {
        return Err(PolicyBytesError::Damaged);
    }
    contents(body).ok_or(PolicyBytesError::Damaged)
}

fn contents(body: &[u8]) -> Option<(&[u8], Vec<i64>)> {
    let mut rest = body.get(5..)?;
    let length = usize::try_from(take(&mut rest)?).ok()?;
    let (names, mut rest) = rest.split_at_checked(length)?;
    let mut words = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let zigzag = take(&mut rest)?;
        let size = (zigzag >> 1).cast_signed();
        words.push(if zigzag & 1 == 0 { size } else { !size });
    }
    Some((names, words))
}

/// LEB128, without minding whether a number takes more bytes than it needs: the canonical form is checked as a whole
fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    let mut shift = 0_u32;
    loop {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if *byte < 0x80 {
            return Some(value);
        }
        shift = shift.saturating_add(7);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [i64; 11] = [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN, i64::MIN + 1, 9_007_199_254_740_991, -128];

    #[test]
    fn names_and_words_come_back() {
        let bytes = pack("Kiesel", &NUMBERS);
        assert_eq!(unpack(&bytes), Ok((&b"Kiesel"[..], NUMBERS.to_vec())));
        assert_eq!(unpack(&pack("", &[])), Ok((&b""[..], Vec::new())));
    }

    #[test]
    fn what_is_no_compiled_policy_is_refused_with_its_reason() {
        let bytes = pack("Kiesel", &NUMBERS);
        assert_eq!(unpack(b""), Err(PolicyBytesError::NotAPolicy));
        assert_eq!(unpack(b"{}"), Err(PolicyBytesError::NotAPolicy));
        assert_eq!(unpack(b"TRSN"), Err(PolicyBytesError::Damaged));
        assert_eq!(unpack(b"TRSN\x02"), Err(PolicyBytesError::Version { found: 2 }));
        for end in 5..bytes.len() {
            assert_eq!(unpack(&bytes[..end]), Err(PolicyBytesError::Damaged), "{end}");
        }
        for place in 5..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            assert_eq!(unpack(&flipped), Err(PolicyBytesError::Damaged), "{place}");
        }
    }
}
