//! From a sentence with blanks to the sentence that is shown.
//!
//! Bytes throughout: every blank and every sentence is whole UTF-8, so what is put together of them is too, and the browser's
//! module pays nothing for looking.

use alloc::vec::Vec;

use crate::keys::{Blank, Key};
use crate::table::{Texts, nth};

/// What a star of a sentence becomes: where strong words begin and end
///
/// No name that somebody gave can hold it, so a star in a name stays a star.
pub const STRONG: u8 = 2;

/// Stands before the letter of a blank in a compiled sentence
const OPEN: u8 = b'{';

/// The letter of the first blank
pub(crate) const FIRST: u8 = b'A';

/// A day as it is spoken of: its date and its weekday (0 is Monday)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Year
    pub year: u16,
    /// Month, 1 to 12
    pub month: u8,
    /// Day of the month
    pub day: u8,
    /// Weekday, 0 (Monday) to 6 (Sunday)
    pub weekday: u8,
}

/// What stands in the blanks of sentences; empty at first
#[derive(Debug, Clone, Default)]
pub struct Blanks(pub(crate) Vec<Vec<u8>>);

impl Blanks {
    /// All of them empty
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// A blank as it is filled in
    #[must_use]
    pub fn get(&self, blank: Blank) -> &[u8] {
        self.0.get(blank as usize).map_or(&[], Vec::as_slice)
    }

    /// Fills in a value
    #[inline(never)]
    pub fn set(&mut self, blank: Blank, value: &[u8]) {
        let place = self.empty(blank);
        place.extend_from_slice(value);
    }

    /// Fills in a number
    #[inline(never)]
    pub fn set_number(&mut self, blank: Blank, number: usize) {
        push_number(self.empty(blank), number);
    }

    /// Fills in a sentence whose own blanks are filled already
    #[inline(never)]
    pub fn put(&mut self, blank: Blank, texts: &Texts, key: Key) {
        let mut value = core::mem::take(self.empty(blank));
        fill(&mut value, texts.get(key), self);
        *self.empty(blank) = value;
    }

    /// Fills in a day, as [`Blank::Date`] in words: "Freitag, 4. Dezember", with the year if `year` asks for it
    ///
    /// Legal texts name the year, screens do not. Without a day the blank stays empty.
    #[inline(never)]
    pub fn set_day(&mut self, texts: &Texts, day: Option<Day>, year: bool) {
        let Some(day) = day else { return self.set(Blank::Date, b"") };
        self.set(Blank::Weekday, nth(texts.get(Key::DateWeekdays), b'|', day.weekday.into()));
        self.set_number(Blank::Day, day.day.into());
        self.set(Blank::Month, month(texts, day.month));
        self.set_number(Blank::Year, day.year.into());
        self.put(Blank::Date, texts, if year { Key::DateFull } else { Key::DateShort });
    }

    /// Fills in until when a method is paid: a day, or days after delivery, or after the bill
    #[inline(never)]
    pub fn set_term(&mut self, texts: &Texts, due: Option<Day>, days: Option<u16>, year: bool) {
        self.set_day(texts, due, year);
        self.set_number(Blank::Days, days.unwrap_or_default().into());
        let key = if due.is_some() {
            Key::UntilDate
        } else if days.is_some() {
            Key::UntilDelivery
        } else {
            Key::UntilNone
        };
        self.put(Blank::Until, texts, key);
    }

    #[expect(clippy::indexing_slicing, reason = "the line before makes the place")]
    #[inline(never)]
    pub(crate) fn empty(&mut self, blank: Blank) -> &mut Vec<u8> {
        while self.0.len() <= blank as usize {
            self.0.push(Vec::new());
        }
        let place = &mut self.0[blank as usize];
        place.clear();
        place
    }
}

/// Appends a sentence with what stands in its blanks; a letter that is no blank is left out
#[inline(never)]
pub fn fill(into: &mut Vec<u8>, sentence: &[u8], blanks: &Blanks) {
    let mut open = false;
    for byte in sentence {
        if open {
            if let Some(value) = blanks.0.get(usize::from(byte.wrapping_sub(FIRST))) {
                into.extend_from_slice(value);
            }
            open = false;
        } else if *byte == OPEN {
            open = true;
        } else {
            into.push(if *byte == b'*' { STRONG } else { *byte });
        }
    }
}

/// The name of a month, 1 to 12
#[must_use]
pub fn month(texts: &Texts, month: u8) -> &[u8] {
    nth(texts.get(Key::DateMonths), b'|', month.wrapping_sub(1).into())
}

/// Appends a number in digits, without the formatting machinery of the standard library
#[inline(never)]
pub fn push_number(into: &mut Vec<u8>, number: usize) {
    if number > 9 {
        push_number(into, number / 10);
    }
    into.push(b'0'.wrapping_add((number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_stars_are_strong_and_what_is_no_blank_vanishes() {
        let mut blanks = Blanks::default();
        blanks.set(Blank::Limit, "1 *€*".as_bytes());
        let letter = char::from(FIRST + Blank::Limit as u8);
        let mut out = Vec::new();
        fill(&mut out, alloc::format!("Bis *{{{letter}* möglich{{}}. {{").as_bytes(), &blanks);
        assert_eq!(core::str::from_utf8(&out).unwrap(), "Bis \u{2}1 *€*\u{2} möglich. ");
    }

    #[test]
    fn numbers() {
        for number in [0, 7, 10, 2026, 4_294_967_295] {
            let mut out = Vec::new();
            push_number(&mut out, number);
            assert_eq!(out, alloc::format!("{number}").into_bytes());
        }
    }
}
