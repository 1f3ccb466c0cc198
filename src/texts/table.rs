//! One language, as one string and the places where its sentences end.

use alloc::vec::Vec;

use crate::keys::{COUNT, FINGERPRINT, Key};

/// Stands before each sentence of a language file; no sentence holds it
const SEPARATOR: u8 = b'~';

/// All sentences of one language, with their blanks still open; by default none, and each is empty
#[derive(Debug, Clone, Default)]
pub struct Texts {
    all: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    /// A language from its compiled file: the fingerprint and the sentences in the order of the keys, a `~` before each
    ///
    /// `None` if the file belongs to other lists of keys and blanks.
    #[must_use]
    pub fn from_compiled(all: Vec<u8>) -> Option<Self> {
        let mut ends = Vec::with_capacity(COUNT.wrapping_add(1));
        for (at, byte) in all.iter().enumerate() {
            if *byte == SEPARATOR {
                ends.push(at);
            }
        }
        ends.push(all.len());
        let fits = ends.len() == COUNT.wrapping_add(1) && all.starts_with(FINGERPRINT.as_bytes());
        fits.then_some(Self { all, ends })
    }

    /// The sentence of a key
    #[must_use]
    pub fn get(&self, key: Key) -> &[u8] {
        self.behind(key, 0)
    }

    /// The sentence that many places behind the one of `key`, for rows of keys that are found by number
    #[must_use]
    pub fn behind(&self, key: Key, places: usize) -> &[u8] {
        let mut ends = self.ends.iter().skip((key as usize).wrapping_add(places));
        let (start, end) = (ends.next().copied().unwrap_or_default(), ends.next().copied().unwrap_or_default());
        self.all.get(start.wrapping_add(1)..end).unwrap_or_default()
    }
}
