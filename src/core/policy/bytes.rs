//! Reading and writing the numbers and texts that a compiled policy is made of.

use alloc::string::String;
use alloc::vec::Vec;

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
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// LEB128
    pub(super) fn unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
            value >>= 7;
        }
        self.bytes.push(u8::try_from(value).unwrap_or(0));
    }

    /// LEB128 of the zigzag form
    pub(super) fn signed(&mut self, value: i64) {
        self.unsigned(value.unsigned_abs().wrapping_shl(1).wrapping_sub(u64::from(value < 0)));
    }

    pub(super) fn optional(&mut self, value: Option<i64>) {
        self.byte(value.is_some().into());
        if let Some(value) = value {
            self.signed(value);
        }
    }

    pub(super) fn length(&mut self, length: usize) {
        self.unsigned(u64::try_from(length).unwrap_or(u64::MAX));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.length(items.len());
        for item in items {
            write(self, item);
        }
    }
}

/// Its methods are not inlined: a policy is read once, and every copy of them is paid for in the browser
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    #[inline(never)]
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    #[inline(never)]
    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    #[inline(never)]
    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    #[inline(never)]
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            let shifted = part.checked_shl(shift)?;
            if shifted >> shift != part {
                return None;
            }
            value |= shifted;
            if byte < 0x80 {
                // One number has one form, so that one policy has one hash.
                return (byte != 0 || shift == 0).then_some(value);
            }
        }
        None
    }

    #[inline(never)]
    pub(super) fn signed(&mut self) -> Option<i64> {
        let zigzag = self.unsigned()?;
        let size = i64::try_from(zigzag >> 1).ok()?;
        Some(if zigzag & 1 == 0 { size } else { size.wrapping_neg().wrapping_sub(1) })
    }

    #[inline(never)]
    pub(super) fn small(&mut self) -> Option<i32> {
        i32::try_from(self.signed()?).ok()
    }

    pub(super) fn optional(&mut self) -> Option<Option<i64>> {
        Some(if self.flag()? { Some(self.signed()?) } else { None })
    }

    #[inline(never)]
    pub(super) fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.unsigned()?).ok()?;
        core::str::from_utf8(self.take(length)?).ok().map(String::from)
    }

    /// A list of at most `most` items
    pub(super) fn list<T>(&mut self, most: usize, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = usize::try_from(self.unsigned()?).ok().filter(|length| *length <= most)?;
        let mut items = Vec::with_capacity(length);
        for _ in 0..length {
            items.push(read(self)?);
        }
        Some(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_have_one_form() {
        for value in [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN, i64::MIN + 1, 9_007_199_254_740_991] {
            let mut writer = Writer::default();
            writer.signed(value);
            let mut reader = Reader::new(&writer.bytes);
            assert_eq!(reader.signed(), Some(value));
            assert!(reader.is_empty());
        }
        assert_eq!(Reader::new(&[0x80, 0x00]).unsigned(), None);
        assert_eq!(Reader::new(&[0xff; 10]).unsigned(), None);
        assert_eq!(Reader::new(&[0x80]).unsigned(), None);
    }
}
