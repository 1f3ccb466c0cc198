//! What a single value may be, the same however the JSON around it is read.

use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, Text};
use tresen_core::money::{Currency, MINOR_MAX};
use tresen_core::offer::country_value;
use tresen_core::policy::Policy;

/// Nobody who orders has lived longer: 130 years in days, as the JavaScript codec counts them too
const LIFE_DAYS_MAX: i32 = 47_482;

/// Smallest and largest value of a number or an amount
pub(crate) fn range(fact: FactIndex) -> (i64, i64) {
    fact.range().unwrap_or((0, MINOR_MAX))
}

/// The place of a word among a fact's choices
pub(super) fn choice(fact: FactIndex, word: &str) -> Option<i64> {
    fact.choices().iter().position(|choice| *choice == word).and_then(|place| i64::try_from(place).ok())
}

/// A country's code as a value
pub(super) fn country(text: &str) -> Option<i64> {
    let code = <[u8; 2]>::try_from(text.as_bytes()).ok()?;
    code.iter().all(u8::is_ascii_uppercase).then(|| country_value(code))
}

/// Whether somebody who orders that day may be born on that date
pub(crate) fn is_birth_date(date: Date, today: Date) -> bool {
    (0..=LIFE_DAYS_MAX).contains(&today.days_since(date))
}

/// Texts as numbers: a text of the policy is its place there, any other gets a number of its own, the same for the same text
pub(super) struct Texts<'p, 't> {
    policy: &'p Policy,
    strangers: Vec<&'t str>,
}

impl<'p, 't> Texts<'p, 't> {
    pub(super) fn of(policy: &'p Policy) -> Self {
        Self { policy, strangers: Vec::new() }
    }

    /// The currency of every amount
    pub(super) fn currency(&self) -> Currency {
        self.policy.currency
    }

    pub(super) fn number(&mut self, text: &'t str) -> Text {
        if let Some(place) = self.policy.text(text) {
            return Text(place);
        }
        let place = self.strangers.iter().position(|stranger| *stranger == text).unwrap_or_else(|| {
            self.strangers.push(text);
            self.strangers.len().saturating_sub(1)
        });
        Text(u32::try_from(self.policy.texts.len().saturating_add(place)).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_born_tomorrow_or_more_than_130_years_ago() {
        let date = |text: &str| Date::parse(text).unwrap();
        let today = date("2031-06-15");
        assert!(is_birth_date(today, today) && is_birth_date(date("1901-06-15"), today));
        assert!(!is_birth_date(date("2031-06-16"), today) && !is_birth_date(date("1901-06-14"), today));
    }
}
