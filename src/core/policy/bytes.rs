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

/// Reads what [`Writer`] wrote
///
/// A reader that met something else says so at the end, once, and until then hands out zeros: asking after every number would
/// double the code, which is paid for in the browser. For the same reason its methods are not inlined.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    damaged: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, damaged: false }
    }

    /// How many bytes are left
    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// Remembers that something was wrong, and goes on with `instead`
    #[inline(never)]
    fn damage(&mut self) {
        self.damaged = true;
        self.bytes = &[];
    }

    /// What was found, or the news that it was nothing, and `instead`
    pub(super) fn known<T>(&mut self, found: Option<T>, instead: T) -> T {
        found.unwrap_or_else(|| {
            self.damage();
            instead
        })
    }

    /// Checks that as many bytes are left as there should be
    #[inline(never)]
    pub(super) fn ends_at(&mut self, end: Option<usize>) {
        if end != Some(self.left()) {
            self.damage();
        }
    }

    #[inline(never)]
    fn take(&mut self, length: usize) -> &'a [u8] {
        let split = self.bytes.split_at_checked(length);
        let (taken, rest) = self.known(split, (&[], &[]));
        self.bytes = rest;
        taken
    }

    pub(super) fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().unwrap_or([0; N])
    }

    #[inline(never)]
    pub(super) fn byte(&mut self) -> u8 {
        let [byte] = self.array();
        byte
    }

    #[inline(never)]
    pub(super) fn flag(&mut self) -> bool {
        let byte = self.byte();
        self.known(if byte > 1 { None } else { Some(byte == 1) }, false)
    }

    #[inline(never)]
    pub(super) fn unsigned(&mut self) -> u64 {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            let part = u64::from(byte & 0x7f);
            let shifted = part.wrapping_shl(shift);
            // One number has one form, so that one policy has one hash.
            if shifted >> shift != part || (byte == 0 && shift > 0) {
                break;
            }
            value |= shifted;
            if byte < 0x80 {
                return value;
            }
        }
        self.damage();
        0
    }

    #[inline(never)]
    pub(super) fn signed(&mut self) -> i64 {
        let zigzag = self.unsigned();
        let size = (zigzag >> 1).cast_signed();
        if zigzag & 1 == 0 { size } else { !size }
    }

    #[inline(never)]
    pub(super) fn small(&mut self) -> i32 {
        let value = self.signed();
        self.known(i32::try_from(value).ok(), 0)
    }

    #[inline(never)]
    pub(super) fn u32(&mut self) -> u32 {
        let value = self.unsigned();
        self.known(u32::try_from(value).ok(), 0)
    }

    #[inline(never)]
    pub(super) fn u16(&mut self) -> u16 {
        let value = self.u32();
        self.known(u16::try_from(value).ok(), 0)
    }

    #[inline(never)]
    pub(super) fn length(&mut self) -> usize {
        usize::try_from(self.u32()).unwrap_or(usize::MAX)
    }

    /// A value behind a flag, if the flag is set
    pub(super) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.flag() { Some(read(self)) } else { None }
    }

    #[inline(never)]
    pub(super) fn text(&mut self) -> String {
        let length = self.length();
        let text = core::str::from_utf8(self.take(length)).ok();
        String::from(self.known(text, ""))
    }

    /// A list of at most `most` items
    #[inline(never)]
    pub(super) fn list<T>(&mut self, most: usize, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.length();
        let length = self.known(Some(length).filter(|length| *length <= most), 0);
        let mut items = Vec::with_capacity(length);
        while items.len() < length && !self.damaged {
            items.push(read(self));
        }
        items
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
            assert_eq!(reader.signed(), value);
            assert!(!reader.is_damaged());
            assert_eq!(reader.left(), 0);
        }
        for bytes in [&[0x80, 0x00][..], &[0xff; 10], &[0x80], &[]] {
            let mut reader = Reader::new(bytes);
            assert_eq!(reader.unsigned(), 0);
            assert!(reader.is_damaged(), "{bytes:?}");
        }
    }
}
