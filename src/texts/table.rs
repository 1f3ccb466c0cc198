//! One language, as one string and the places where its sentences end.

use alloc::string::String;
use alloc::vec::Vec;

use crate::keys::{COUNT, FINGERPRINT, Key};

/// Stands between two sentences of a joined language file; no sentence holds it
const SEPARATOR: char = '\u{1f}';

/// All sentences of one language
#[derive(Debug, Clone)]
pub struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// A language from its file: the fingerprint and the sentences in the order of the keys, joined with U+001F
    ///
    /// `None` if the file belongs to another list of keys.
    #[must_use]
    pub fn from_joined(all: String) -> Option<Self> {
        let mut ends: Vec<usize> = all.match_indices(SEPARATOR).map(|(at, _)| at).collect();
        ends.push(all.len());
        let fits = ends.len() == COUNT.wrapping_add(1) && all.starts_with(FINGERPRINT);
        fits.then_some(Self { all, ends })
    }

    /// The sentence of a key, with its placeholders still open
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        self.at(key as usize)
    }

    /// The sentence that many places behind the one of `key`, for rows of keys that are found by number
    #[must_use]
    pub fn behind(&self, key: Key, places: usize) -> &str {
        self.at((key as usize).wrapping_add(places))
    }

    fn at(&self, index: usize) -> &str {
        let end = |index: usize| self.ends.get(index).copied().unwrap_or_default();
        self.all.get(end(index).wrapping_add(1)..end(index.wrapping_add(1))).unwrap_or_default()
    }
}
