//! What a customer reads behind a pay link, in the browser and in the page that needs no script.
//!
//! [`Shown`] is the picture in words: which sentences stand there, in which order, and what they say. Whoever draws it adds nothing.
//!
//! **Invariant:** no sentence holds a name or goods.

mod keys;
mod shown;

#[cfg(feature = "bundled")]
mod bundled;

pub use keys::{Blank, Key};
pub use shown::{Facts, Happens, Look, Shown, State, show};

use crate::render::{Blanks, Day, fill, push_number};
use crate::table::nth;
use alloc::vec::Vec;
use keys::FINGERPRINT;

/// Stands before each sentence of a language file; no sentence holds it
const SEPARATOR: u8 = b'~';

/// The sentences of one language, and what stands in their blanks
#[derive(Debug, Clone)]
pub struct Words {
    all: Vec<u8>,
    blanks: Blanks,
}

impl Words {
    /// A language from its compiled file; nothing if the file belongs to other lists of keys and blanks
    #[must_use]
    pub fn from_compiled(all: Vec<u8>) -> Option<Self> {
        all.starts_with(FINGERPRINT.as_bytes()).then(|| Self { all, blanks: Blanks::new() })
    }

    /// Fills in a value
    pub fn set(&mut self, blank: Blank, value: &[u8]) {
        let Blanks(blanks) = &mut self.blanks;
        blanks.resize(blanks.len().max((blank as usize).wrapping_add(1)), Vec::new());
        if let Some(place) = blanks.get_mut(blank as usize) {
            place.clear();
            place.extend_from_slice(value);
        }
    }

    /// Fills in a day: "Freitag, 4. Dezember"
    pub fn set_day(&mut self, day: Day) {
        let (weekday, month) = (self.part(Key::DateWeekdays, day.weekday), self.part(Key::DateMonths, day.month.wrapping_sub(1)));
        self.set(Blank::Weekday, &weekday);
        self.set(Blank::Month, &month);
        let mut number = Vec::new();
        push_number(&mut number, day.day.into());
        self.set(Blank::Day, &number);
        let date = self.say(Key::DateShort);
        self.set(Blank::Date, &date);
    }

    /// A sentence, with what stands in its blanks
    #[must_use]
    pub fn say(&self, key: Key) -> Vec<u8> {
        let mut out = Vec::new();
        fill(&mut out, nth(&self.all, SEPARATOR, (key as usize).wrapping_add(1)), &self.blanks);
        out
    }

    fn part(&self, key: Key, place: u8) -> Vec<u8> {
        let list = self.say(key);
        nth(&list, b'|', place.into()).to_vec()
    }
}
