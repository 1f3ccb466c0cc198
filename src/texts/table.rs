//! One language, as one string and the places where its sentences end.

use alloc::vec::Vec;

use crate::keys::{FINGERPRINT, Key};

/// Stands before each sentence of a language file; no sentence holds it
const SEPARATOR: u8 = b'~';

/// All sentences of one language, with their blanks still open; by default none, and each is empty
#[derive(Debug, Clone, Default)]
pub struct Texts {
    all: Vec<u8>,
}

impl Texts {
    /// No language: each sentence is empty
    #[must_use]
    pub const fn new() -> Self {
        Self { all: Vec::new() }
    }

    /// A language from its compiled file: the fingerprint and the sentences in the order of the keys, a `~` before each
    ///
    /// `None` if the file belongs to other lists of keys and blanks.
    #[must_use]
    pub fn from_compiled(all: Vec<u8>) -> Option<Self> {
        all.starts_with(FINGERPRINT.as_bytes()).then_some(Self { all })
    }

    /// The sentence of a key
    #[must_use]
    pub fn get(&self, key: Key) -> &[u8] {
        self.behind(key, 0)
    }

    /// The sentence that many places behind the one of `key`, for rows of keys that are found by number
    ///
    /// It is looked for from the beginning: a list of all places would weigh more than the microseconds are worth.
    #[must_use]
    #[inline(never)]
    pub fn behind(&self, key: Key, places: usize) -> &[u8] {
        nth(&self.all, SEPARATOR, (key as usize).wrapping_add(places).wrapping_add(1))
    }
}

/// The part at that place of a list whose parts `separator` separates; nothing behind its end
#[must_use]
#[inline(never)]
pub fn nth(list: &[u8], separator: u8, place: usize) -> &[u8] {
    let mut rest = list;
    for left in (0..=place).rev() {
        let end = rest.iter().position(|byte| *byte == separator);
        let (part, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or_default();
        if left == 0 {
            return part;
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    b""
}

#[cfg(test)]
mod tests {
    use super::nth;

    #[test]
    fn a_part_is_found_by_its_place() {
        let parts = |place| nth(b"one||three", b'|', place);
        assert_eq!([parts(0), parts(1), parts(2), parts(3)], [b"one".as_slice(), b"", b"three", b""]);
        assert_eq!(nth(b"", b'|', 0), b"");
    }
}
