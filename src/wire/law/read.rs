//! What questions about the law have in common, read and every mistake kept.

use crate::credit::region;
use crate::money::Money;
use tresen_core::calendar::Calendar;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::country_value;

/// Reads one question
#[derive(Debug, Default)]
pub(super) struct Reader {
    mistakes: Vec<Diagnostic>,
    currency: Option<String>,
}

impl Reader {
    pub(super) fn mistake(&mut self, code: &'static str, at: &str, message: impl Into<String>, help: &'static str) {
        self.mistakes.push(Diagnostic::error(code, at, message, help));
    }

    /// The answer, or every mistake
    pub(super) fn finish<T>(self, answer: Option<T>) -> Result<T, Vec<Diagnostic>> {
        // INVARIANT: whatever could not be read left a mistake.
        answer.filter(|_| self.mistakes.is_empty()).ok_or(self.mistakes)
    }

    pub(super) fn day(&mut self, text: &str, at: &str) -> Option<Date> {
        let day = Date::parse(text);
        if day.is_none() {
            self.mistake("law.date.malformed", at, format!("`{text}` is not a date"), "write a day that exists, such as `2026-11-21`");
        }
        day
    }

    /// A day that need not be given
    pub(super) fn maybe_day(&mut self, text: Option<&str>, at: &str) -> Option<Option<Date>> {
        text.map_or(Some(None), |text| self.day(text, at).map(Some))
    }

    /// Two days of which the first does not come after the second
    pub(super) fn days(&mut self, (from, to): (&str, &str), at: &str) -> Option<(Date, Date)> {
        let (begins, ends) = (self.day(from, &format!("{at}/from")), self.day(to, &format!("{at}/to")));
        let (begins, ends) = (begins?, ends?);
        if begins > ends {
            self.mistake("law.days.backwards", at, format!("`{from}` comes after `{to}`"), "write the first day and then the last");
            return None;
        }
        Some((begins, ends))
    }

    pub(super) fn market(&mut self, text: &str, at: &str) -> Option<[u8; 2]> {
        let market = text.as_bytes().try_into().ok().filter(|code: &[u8; 2]| code.iter().all(u8::is_ascii_uppercase));
        if market.is_none() {
            self.mistake(
                "law.market.malformed",
                at,
                format!("`{text}` is not a country"),
                "write the two capitals of ISO 3166-1, such as `DE`",
            );
        }
        market
    }

    /// Whose holidays count
    pub(super) fn calendar(&mut self, market: [u8; 2], text: Option<&str>) -> Option<Calendar> {
        match text {
            None => Some(Calendar::of(country_value(market), true, None, None)),
            Some(code) => {
                let found = region(code).filter(|_| market == *b"DE");
                if found.is_none() {
                    self.mistake(
                        "law.region.unknown",
                        "/region",
                        format!("`{code}` is not a German state"),
                        "write two capitals such as `BY`",
                    );
                }
                found.map(Calendar::GermanyRegion)
            }
        }
    }

    /// Minor units of an amount that is not below nothing, in the currency of the others
    pub(super) fn minor(&mut self, amount: &Money, at: &str) -> Option<i64> {
        let wanted = self.currency.get_or_insert_with(|| amount.currency.clone()).clone();
        if amount.currency != wanted {
            let message = format!("the amount is in {}, others are in {wanted}", amount.currency);
            self.mistake("law.currency.mixed", at, message, "write all amounts in one currency");
            return None;
        }
        if amount.minor < 0 {
            self.mistake("law.amount.negative", at, format!("the amount is {} minor units", amount.minor), "write an amount of 0 or more");
            return None;
        }
        Some(amount.minor)
    }

    /// Cents of an amount whose figures are in euros
    pub(super) fn cents(&mut self, amount: &Money, at: &str) -> Option<i64> {
        if amount.currency != "EUR" {
            let message = format!("the amount is in {}, the figures are in EUR", amount.currency);
            self.mistake("law.currency.not_euro", at, message, "write the amount in EUR");
            return None;
        }
        self.minor(amount, at)
    }
}
