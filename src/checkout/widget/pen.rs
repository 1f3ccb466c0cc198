//! What the widget writes with: the sentences of one language, what stands in their blanks, and the page.

use alloc::vec::Vec;
use tresen_core::date::Date;
use tresen_core::money::{Currency, Money, NumberStyle};
use tresen_texts::{Blank, Blanks, Day, Key, Texts, fill};
use tresen_ui::{Page, Slot, Verb};

/// The sentences and the page
#[derive(Debug)]
pub struct Pen {
    /// The sentences
    pub texts: Texts,
    /// What stands in their blanks
    pub blanks: Blanks,
    /// What is written
    pub page: Page,
    /// How amounts are written
    pub style: NumberStyle,
    /// In which currency they are, once there is a policy
    pub currency: Option<Currency>,
}

impl Pen {
    /// One that has no language yet
    pub const fn new() -> Self {
        Self { texts: Texts::new(), blanks: Blanks::new(), page: Page::new(), style: NumberStyle::English, currency: None }
    }

    /// Appends a sentence to something else
    #[inline(never)]
    pub fn append(&self, into: &mut Vec<u8>, key: Key) {
        fill(into, self.texts.get(key), &self.blanks);
    }

    /// Appends a sentence to what was written last
    #[inline(never)]
    pub fn go_on(&mut self, key: Key) {
        fill(self.page.out(), self.texts.get(key), &self.blanks);
    }

    /// Writes a sentence
    #[inline(never)]
    pub fn say(&mut self, slot: Slot, key: Key) {
        let _ = self.page.tell(Verb::Say, slot);
        self.go_on(key);
    }

    /// Writes a note or a mistake, or takes it away
    #[inline(never)]
    pub fn note(&mut self, slot: Slot, key: Option<Key>) {
        let _ = self.page.tell(Verb::Note, slot);
        if let Some(key) = key {
            self.go_on(key);
        }
    }

    /// Marks the entry in a field as wrong, with the caret there, or as right
    #[inline(never)]
    pub fn point_at(&mut self, field: Slot, wrong: bool) {
        self.page.wrong(field, wrong);
        if wrong {
            self.page.flag(Verb::Focus, field, true);
        }
    }

    /// Writes which mistake it is, counted from the first sentence of its kind, or takes it away if there is no number
    #[inline(never)]
    pub fn mistake(&mut self, slot: Slot, first: Key, which: &[u8]) {
        let _ = self.page.tell(Verb::Note, slot);
        if let Some(which) = number(which) {
            fill(self.page.out(), self.texts.behind(first, which as usize), &self.blanks);
        }
    }

    /// Fills in a sentence whose blanks are filled already, or nothing
    #[inline(never)]
    pub fn put(&mut self, blank: Blank, key: Option<Key>) {
        match key {
            Some(key) => self.blanks.put(blank, &self.texts, key),
            None => self.blanks.set(blank, b""),
        }
    }

    /// Fills in an amount as this language writes it
    #[inline(never)]
    pub fn put_amount(&mut self, blank: Blank, minor: i64) {
        if let Some(money) = self.currency.and_then(|currency| Money::from_minor(minor, currency).ok()) {
            self.blanks.set(blank, money.to_text(self.style).as_bytes());
        }
    }
}

/// A day of `core` as the texts speak of it
pub fn day(date: Date) -> Day {
    let (year, month, day) = date.ymd();
    Day { year: year as u16, month, day, weekday: date.weekday().days_from_monday() }
}

/// A whole number that somebody typed in digits; nothing else is one
pub fn number(typed: &[u8]) -> Option<i64> {
    let mut number = 0_i64;
    for byte in typed {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number.wrapping_mul(10).wrapping_add(digit.into());
    }
    Some(number).filter(|_| (1..=16).contains(&typed.len()))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn digits_are_a_number_and_nothing_else_is() {
        assert_eq!(number(b"007"), Some(7));
        assert_eq!(number(b"9007199254740991"), Some(9_007_199_254_740_991));
        for typed in ["", "-1", "1.5", " 1", "12345678901234567", "\u{0665}"] {
            assert_eq!(number(typed.as_bytes()), None, "{typed}");
        }
    }
}
