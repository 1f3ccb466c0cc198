//! The slots themselves, laid out so that a host may write them in place.

use super::{FACT_MAX, FactIndex};
use crate::date::Date;
use core::mem::offset_of;

/// Longest list of texts
pub const LIST_MAX: usize = 64;
/// Room for all lists of texts of one set of facts
pub const LIST_SLOTS: usize = 512;

/// A text as a number: its place in the policy's list of texts, or any number beyond that list that stands for one
/// text the policy does not mention
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text(pub u32);

/// A set of facts
///
/// A value lies in two halves apart from each other: JavaScript has no number of 64 bits and writes them one by one, and a processor that
/// is to read at once what has just been written in two pieces waits until both have arrived in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(C)]
pub struct Facts {
    low: [u32; FACT_MAX],
    high: [i32; FACT_MAX],
    present: [u32; FACT_MAX / 32],
    lists: [u32; LIST_SLOTS],
    list_used: u32,
}

/// How far into [`Facts`] a host finds what, in bytes
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The lower halves of the values, one word a fact
    pub low: usize,
    /// Their upper halves
    pub high: usize,
    /// Presence, 32 facts a word
    pub present: usize,
    /// The lists
    pub lists: usize,
}

impl Default for Facts {
    fn default() -> Self {
        Self::new()
    }
}

impl Facts {
    /// Where everything stands
    pub const LAYOUT: Layout = Layout {
        low: offset_of!(Self, low),
        high: offset_of!(Self, high),
        present: offset_of!(Self, present),
        lists: offset_of!(Self, lists),
    };

    /// No fact at all
    #[must_use]
    pub const fn new() -> Self {
        Self { low: [0; FACT_MAX], high: [0; FACT_MAX], present: [0; FACT_MAX / 32], lists: [0; LIST_SLOTS], list_used: 0 }
    }

    /// Forgets everything
    pub fn clear(&mut self) {
        self.present = [0; FACT_MAX / 32];
        self.list_used = 0;
    }

    /// The value, if the fact is present
    #[must_use]
    pub fn get(&self, fact: FactIndex) -> Option<i64> {
        if self.is_present(fact) { Some(self.slot(fact).0) } else { None }
    }

    /// The value that stands in the slot, and whether it counts: for whoever looks at many and would rather not turn away
    pub(crate) fn slot(&self, fact: FactIndex) -> (i64, bool) {
        let number = fact.0 & 127;
        let place = usize::from(number);
        let (low, high) = (self.low.get(place).copied().unwrap_or(0), self.high.get(place).copied().unwrap_or(0));
        let word = self.present.get(usize::from(number >> 5)).copied().unwrap_or(0);
        (i64::from(high) << 32 | i64::from(low), word >> (number & 31) & 1 == 1)
    }

    /// The value of a fact of type boolean
    #[must_use]
    pub fn is(&self, fact: FactIndex) -> Option<bool> {
        self.get(fact).map(|value| value != 0)
    }

    /// The value of a fact of type date
    #[must_use]
    pub fn date(&self, fact: FactIndex) -> Option<Date> {
        self.get(fact).and_then(|days| Date::from_days(i32::try_from(days).ok()?))
    }

    /// Whether the fact has a value
    #[must_use]
    pub fn is_present(&self, fact: FactIndex) -> bool {
        let word = self.present.get(usize::from(fact.0 >> 5)).copied().unwrap_or(0);
        word & bit(fact) != 0
    }

    /// Gives the fact a value, as its type lays it down (see [`super::FactKind`])
    pub fn set(&mut self, fact: FactIndex, value: i64) {
        self.put(fact, Some(value));
    }

    /// Gives the fact a value, or takes it away
    pub fn put(&mut self, fact: FactIndex, value: Option<i64>) {
        let number = usize::from(fact.0);
        if let (Some(low), Some(high)) = (self.low.get_mut(number), self.high.get_mut(number)) {
            let [a, b, c, d, upper @ ..] = value.unwrap_or(0).to_le_bytes();
            *low = u32::from_le_bytes([a, b, c, d]);
            *high = i32::from_le_bytes(upper);
        }
        if let Some(word) = self.present.get_mut(usize::from(fact.0 >> 5)) {
            *word = *word & !bit(fact) | u32::from(value.is_some()) << (fact.0 & 31);
        }
    }

    /// Takes the fact's value away
    pub fn remove(&mut self, fact: FactIndex) {
        if let Some(word) = self.present.get_mut(usize::from(fact.0 >> 5)) {
            *word &= !bit(fact);
        }
    }

    /// Gives a fact of type texts its list; answers whether there was room
    ///
    /// At most [`LIST_MAX`] texts a list and [`LIST_SLOTS`] in all.
    pub fn set_list(&mut self, fact: FactIndex, texts: &[Text]) -> bool {
        let first = usize::try_from(self.list_used).unwrap_or(usize::MAX);
        let Some(room) = self.lists.get_mut(first..first.saturating_add(texts.len())) else { return false };
        if texts.len() > LIST_MAX {
            return false;
        }
        for (slot, text) in room.iter_mut().zip(texts) {
            *slot = text.0;
        }
        let length = u32::try_from(texts.len()).unwrap_or(0);
        let packed = i64::from(self.list_used).saturating_mul(256).saturating_add(i64::from(length));
        self.list_used = self.list_used.saturating_add(length);
        self.set(fact, packed);
        true
    }

    /// The list of a fact of type texts, if it is present
    #[must_use]
    pub fn list(&self, fact: FactIndex) -> Option<&[u32]> {
        let packed = usize::try_from(self.get(fact)?).ok()?;
        let first = packed >> 8;
        self.lists.get(first..first.saturating_add(packed & 0xff))
    }

    /// The raw slots, for a host that writes them in place: values (their lower halves, the upper ones [`FACT_MAX`] words behind them),
    /// presence bits (32 a word), lists
    #[must_use]
    pub fn raw(&self) -> (&[u32], &[u32], &[u32]) {
        (&self.low, &self.present, &self.lists)
    }
}

fn bit(fact: FactIndex) -> u32 {
    1 << (fact.0 & 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::known;

    #[test]
    fn a_slot_counts_only_while_it_is_present() {
        let mut facts = Facts::new();
        assert_eq!(facts.get(known::CART_TOTAL), None);
        facts.set(known::CART_TOTAL, 0);
        assert_eq!(facts.get(known::CART_TOTAL), Some(0));
        facts.remove(known::CART_TOTAL);
        assert_eq!(facts.get(known::CART_TOTAL), None);
        facts.set(FactIndex(127), -5);
        assert_eq!(facts.get(FactIndex(127)), Some(-5));
        facts.set(FactIndex(200), 1);
        assert_eq!(facts.get(FactIndex(200)), None);
    }

    #[test]
    fn lists_hold_what_fits_and_refuse_the_rest() {
        let mut facts = Facts::new();
        assert!(facts.set_list(known::CART_CATEGORIES, &[Text(3), Text(9)]));
        assert!(facts.set_list(known::SHOP_PROVIDERS, &[]));
        assert_eq!(facts.list(known::CART_CATEGORIES), Some(&[3, 9][..]));
        assert_eq!(facts.list(known::SHOP_PROVIDERS), Some(&[][..]));
        assert!(!facts.set_list(known::SHOP_PROVIDERS, &[Text(0); LIST_MAX + 1]));
        for _ in 0..7 {
            assert!(facts.set_list(known::CART_CATEGORIES, &[Text(1); LIST_MAX]));
        }
        assert!(!facts.set_list(known::CART_CATEGORIES, &[Text(1); LIST_MAX]));
    }
}
