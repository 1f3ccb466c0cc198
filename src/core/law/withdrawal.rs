//! Until when a consumer may withdraw from a contract at a distance, with its source.
//!
//! The term as it runs for somebody who was told of it. Who was not may withdraw for a year longer (Directive 2011/83/EU Article 10, BGB section
//! 356(3)): whether they were is known to nobody here, so nothing is said about it, and after the last day a human answers. Which goods there
//! is no such right for (Article 16, BGB section 312g(2)) is for whoever knows the goods to say.

use crate::calendar::Calendar;
use crate::date::Date;

/// A right to withdraw
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    /// How many days it lasts; the day on which the goods arrived is not among them
    pub days: u8,
    /// Where it is written
    pub source: &'static str,
}

/// The rule of a market; nothing where none was read
#[must_use]
pub fn withdrawal(market: [u8; 2]) -> Option<Withdrawal> {
    let source = match &market {
        b"DE" => "BGB sections 312g(1), 355(2) and 356(2)",
        b"AT" => "FAGG section 11",
        b"NL" => "BW Art. 6:230o(1)",
        _ => return None,
    };
    Some(Withdrawal { days: 14, source })
}

impl Withdrawal {
    /// The last day of it for goods that arrived on a day; a Saturday, a Sunday or a holiday is not the last (BGB section 193; Regulation (EEC,
    /// Euratom) 1182/71 Article 3(4))
    #[must_use]
    pub fn until(self, arrived: Date, calendar: Calendar) -> Date {
        calendar.due(arrived.plus_days(self.days.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_days_follow_the_arrival_and_a_free_day_is_not_the_last() {
        let rule = withdrawal(*b"DE").unwrap();
        let until = |arrived| rule.until(Date::parse(arrived).unwrap(), Calendar::GermanyNationwide).to_iso();
        assert_eq!(until("2026-11-26"), "2026-12-10");
        assert_eq!(until("2026-11-28"), "2026-12-14", "the 12th is a Saturday");
        assert_eq!(until("2026-12-11"), "2026-12-28", "the 25th is a holiday, and a weekend follows");
    }

    #[test]
    fn a_market_has_the_rule_that_was_read_or_none() {
        assert!([*b"DE", *b"AT", *b"NL"].into_iter().all(|market| withdrawal(market).is_some_and(|rule| rule.days == 14)));
        assert_eq!(withdrawal(*b"CH"), None);
    }
}
