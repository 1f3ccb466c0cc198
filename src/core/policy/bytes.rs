//! The envelope of a compiled policy: what it says of itself as text, what it decides by as numbers, and how it was written.
//!
//! `TRSN`, version (1 byte), length of the names, the names (UTF-8, see `names.rs`), how many words the program has, its words (see
//! `program/layout.rs`), the words that only shells read (see `words.rs`), and a checksum (8 bytes, little endian) over all before it.
//! Lengths are LEB128, words the LEB128 of their zigzag form. The same policy always gives the same bytes; their SHA-256 is the policy's
//! name.

use alloc::vec::Vec;

/// The first four bytes of a compiled policy
pub const MAGIC: [u8; 4] = *b"TRSN";
/// The format that is written, and the only one that is read: nothing was released with the one before it
pub const FORMAT_VERSION: u8 = 2;

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

/// Names, program and the shells' words in their envelope
pub(super) fn pack(names: &str, program: &[i64], words: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1024);
    bytes.extend_from_slice(&MAGIC);
    bytes.push(FORMAT_VERSION);
    push(&mut bytes, u64::try_from(names.len()).unwrap_or(u64::MAX));
    bytes.extend_from_slice(names.as_bytes());
    push(&mut bytes, u64::try_from(program.len()).unwrap_or(u64::MAX));
    program.iter().chain(words).for_each(|word| push_word(&mut bytes, *word));
    let sum = checksum(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// A word in its zigzag form
pub(crate) fn push_word(bytes: &mut Vec<u8>, word: i64) {
    push(bytes, word.wrapping_shl(1).cast_unsigned() ^ (word >> 63).cast_unsigned());
}

/// LEB128
#[inline(never)]
fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or(0));
}

/// A compiled policy out of its envelope
pub(crate) struct Unpacked<'a> {
    pub(super) names: &'a [u8],
    pub(crate) program: Vec<i64>,
    /// The shells' words, see [`words`]
    pub(super) rest: &'a [u8],
}

/// Takes a compiled policy out of its envelope
pub(crate) fn unpack(bytes: &[u8]) -> Result<Unpacked<'_>, PolicyBytesError> {
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

fn contents(body: &[u8]) -> Option<Unpacked<'_>> {
    let mut rest = body.get(5..)?;
    let length = usize::try_from(take(&mut rest)?).ok()?;
    let (names, mut rest) = rest.split_at_checked(length)?;
    let count = take(&mut rest)?;
    let mut program = Vec::new();
    for _ in 0..count {
        program.push(word(&mut rest)?);
    }
    Some(Unpacked { names, program, rest })
}

/// All words of what is left
pub(crate) fn words(mut rest: &[u8]) -> Option<Vec<i64>> {
    let mut words = Vec::new();
    while !rest.is_empty() {
        words.push(word(&mut rest)?);
    }
    Some(words)
}

/// A word from its zigzag form
fn word(rest: &mut &[u8]) -> Option<i64> {
    let zigzag = take(rest)?;
    let size = (zigzag >> 1).cast_signed();
    Some(if zigzag & 1 == 0 { size } else { !size })
}

/// LEB128, without minding whether a number takes more bytes than it needs: the canonical form is checked as a whole
#[inline(never)]
fn take(rest: &mut &[u8]) -> Option<u64> {
    let length = rest.iter().position(|byte| *byte < 0x80)?.checked_add(1).filter(|length| *length <= 10)?;
    let (bytes, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7f)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [i64; 11] = [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN, i64::MIN + 1, 9_007_199_254_740_991, -128];

    /// Names, program and the shells' words
    type Parts = (Vec<u8>, Vec<i64>, Vec<i64>);

    fn unpacked(bytes: &[u8]) -> Result<Parts, PolicyBytesError> {
        unpack(bytes).map(|found| (found.names.to_vec(), found.program, words(found.rest).unwrap()))
    }

    #[test]
    fn names_and_words_come_back() {
        let bytes = pack("Kiesel", &NUMBERS, &[7, -7]);
        assert_eq!(unpacked(&bytes), Ok((b"Kiesel".to_vec(), NUMBERS.to_vec(), alloc::vec![7, -7])));
        assert_eq!(unpacked(&pack("", &[], &[])), Ok((Vec::new(), Vec::new(), Vec::new())));
    }

    #[test]
    fn what_is_no_compiled_policy_is_refused_with_its_reason() {
        let bytes = pack("Kiesel", &NUMBERS, &[7, -7]);
        assert_eq!(unpacked(b""), Err(PolicyBytesError::NotAPolicy));
        assert_eq!(unpacked(b"{}"), Err(PolicyBytesError::NotAPolicy));
        assert_eq!(unpacked(b"TRSN"), Err(PolicyBytesError::Damaged));
        assert_eq!(unpacked(b"TRSN\x01"), Err(PolicyBytesError::Version { found: 1 }));
        for end in 5..bytes.len() {
            assert_eq!(unpacked(&bytes[..end]), Err(PolicyBytesError::Damaged), "{end}");
        }
        for place in 5..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            assert_eq!(unpacked(&flipped), Err(PolicyBytesError::Damaged), "{place}");
        }
    }
}
