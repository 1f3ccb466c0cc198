//! Public holidays, and the day on which something that falls on one is due.
//!
//! Whether the customer has a right to the later day is the law's to say ([`crate::law::due_day`]: in Germany and Austria yes, in the
//! Netherlands no); the engine moves a due date in every market. What is a holiday where is a table with its sources, as of 2026 and checked
//! against tables of 2024 to 2028 in `tests/corpus/calendar`. 24 and 31 December are holidays in none of them. Holidays that only some
//! communes keep (Assumption in parts of Bavaria, Corpus Christi in parts of Saxony and Thuringia, the Augsburg feast) are not counted.

mod germany;
mod holidays;

use crate::date::{Date, Weekday};
use crate::facts::country_value;
pub use germany::Region;
use holidays::{ANY_STATE, AUSTRIA, NATIONWIDE, NETHERLANDS, Places, TARGET};

/// Whose holidays count
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// Saturdays and Sundays only: the market has no calendar yet
    WeekendsOnly,
    /// What is a holiday everywhere in Germany
    GermanyNationwide,
    /// What is a holiday in that German state
    GermanyRegion(Region),
    /// What is a holiday in any German state: the state is not known, and the later day costs the customer nothing
    GermanyAnyRegion,
    /// What is a holiday in Austria
    Austria,
    /// What is a holiday in the Netherlands
    Netherlands,
    /// On which days the banks of the euro area settle nothing with one another
    Target,
}

impl Calendar {
    /// Whose holidays count in a market, for a debtor of that country and region as far as they are known, all as the values of facts
    ///
    /// Only those of Germany count for a policy that was compiled when no others were known (`Policy::knows_holidays`): it decides as it did.
    /// In Germany the place of performance is the debtor's (BGB section 269); the other countries have the same holidays everywhere.
    #[must_use]
    pub fn of(market: i64, knows_holidays: bool, country: Option<i64>, region: Option<i64>) -> Self {
        const GERMANY: i64 = country_value(*b"DE");
        const AUSTRIA: i64 = country_value(*b"AT");
        const NETHERLANDS: i64 = country_value(*b"NL");
        match market {
            GERMANY => match region.and_then(Region::from_index) {
                Some(region) => Self::GermanyRegion(region),
                None if country.is_some_and(|country| country != GERMANY) => Self::GermanyNationwide,
                None => Self::GermanyAnyRegion,
            },
            AUSTRIA if knows_holidays => Self::Austria,
            NETHERLANDS if knows_holidays => Self::Netherlands,
            _ => Self::WeekendsOnly,
        }
    }

    /// Whether nobody has to perform on that day
    #[must_use]
    pub fn is_free(self, day: Date) -> bool {
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || self.is_holiday(day)
    }

    /// Whether it is a public holiday, on whichever day of the week
    #[must_use]
    pub fn is_holiday(self, day: Date) -> bool {
        holidays::keeping(day) & self.places() != 0
    }

    /// The places of which one that keeps a day is enough
    fn places(self) -> Places {
        match self {
            Self::WeekendsOnly => 0,
            Self::GermanyNationwide => NATIONWIDE,
            Self::GermanyRegion(region) => region.bit(),
            Self::GermanyAnyRegion => ANY_STATE,
            Self::Austria => AUSTRIA,
            Self::Netherlands => NETHERLANDS,
            Self::Target => TARGET,
        }
    }

    /// That day, or the next one on which nobody rests
    #[must_use]
    pub fn due(self, day: Date) -> Date {
        let mut due = day;
        // No run of free days is longer than a week; the bound keeps a wrong table from looping for ever.
        while self.is_free(due) && due.days_since(day) < 14 && due < Date::MAX {
            due = due.plus_days(1);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(calendar: Calendar, day: &str) -> alloc::string::String {
        calendar.due(Date::parse(day).unwrap()).to_iso()
    }

    #[test]
    fn a_due_date_moves_to_the_next_working_day_where_the_debt_is_performed() {
        assert_eq!(due(Calendar::GermanyNationwide, "2026-10-03"), "2026-10-05");
        assert_eq!(due(Calendar::GermanyRegion(Region::BE), "2027-10-30"), "2027-11-01");
        assert_eq!(due(Calendar::GermanyRegion(Region::NW), "2027-10-30"), "2027-11-02");
        assert_eq!(due(Calendar::GermanyRegion(Region::BY), "2027-10-30"), "2027-11-02");
        assert_eq!(due(Calendar::GermanyAnyRegion, "2027-10-30"), "2027-11-02");
        assert_eq!(due(Calendar::WeekendsOnly, "2026-12-25"), "2026-12-25");
        assert_eq!(due(Calendar::GermanyNationwide, "2026-12-24"), "2026-12-24");
        assert_eq!(due(Calendar::GermanyNationwide, "2026-12-25"), "2026-12-28");
    }

    /// The closing days of 2026 and 2027 as the ECB has published them
    #[test]
    fn banks_rest_on_six_days_a_year_and_on_no_other_holiday() {
        for (day, next) in [
            ("2026-01-01", "2026-01-02"),
            ("2026-04-02", "2026-04-02"),
            ("2026-04-03", "2026-04-07"),
            ("2026-05-01", "2026-05-04"),
            ("2026-05-14", "2026-05-14"),
            ("2026-05-25", "2026-05-25"),
            ("2026-12-24", "2026-12-24"),
            ("2026-12-25", "2026-12-28"),
            ("2026-12-31", "2026-12-31"),
            ("2027-03-26", "2027-03-30"),
            ("2027-10-01", "2027-10-01"),
        ] {
            assert_eq!(due(Calendar::Target, day), next, "{day}");
        }
    }

    #[test]
    fn a_market_has_the_calendar_of_its_country_and_germany_that_of_the_debtors_place() {
        let of = |market: &[u8; 2], country: Option<&[u8; 2]>, region| {
            Calendar::of(country_value(*market), true, country.map(|code| country_value(*code)), region)
        };
        assert_eq!(of(b"DE", Some(b"DE"), Some(3)), Calendar::GermanyRegion(Region::BY));
        assert_eq!(of(b"DE", Some(b"AT"), None), Calendar::GermanyNationwide);
        assert_eq!([of(b"DE", Some(b"DE"), None), of(b"DE", None, None)], [Calendar::GermanyAnyRegion; 2]);
        assert_eq!([of(b"AT", Some(b"DE"), Some(3)), of(b"AT", None, None)], [Calendar::Austria; 2]);
        assert_eq!([of(b"NL", Some(b"DE"), Some(3)), of(b"NL", None, None)], [Calendar::Netherlands; 2]);
        assert_eq!(of(b"CH", Some(b"DE"), Some(3)), Calendar::WeekendsOnly);
        let before = [*b"DE", *b"AT", *b"NL"].map(|market| Calendar::of(country_value(market), false, None, None));
        assert_eq!(before, [Calendar::GermanyAnyRegion, Calendar::WeekendsOnly, Calendar::WeekendsOnly]);
    }

    #[test]
    fn the_day_before_a_holiday_stays_the_holiday_moves_and_so_does_not_the_day_after() {
        for (day, in_austria, in_the_netherlands) in [
            // Immaculate Conception, a Tuesday: a holiday in Austria alone.
            ("2026-12-07", "2026-12-07", "2026-12-07"),
            ("2026-12-08", "2026-12-09", "2026-12-08"),
            ("2026-12-09", "2026-12-09", "2026-12-09"),
            // Good Friday and Easter: over the weekend to Tuesday, in both.
            ("2027-03-25", "2027-03-25", "2027-03-25"),
            ("2027-03-26", "2027-03-30", "2027-03-30"),
            ("2027-03-29", "2027-03-30", "2027-03-30"),
            ("2027-03-30", "2027-03-30", "2027-03-30"),
            // The King's birthday, a Tuesday, and Liberation Day, a Wednesday, on the eve of Ascension.
            ("2027-04-26", "2027-04-26", "2027-04-26"),
            ("2027-04-27", "2027-04-27", "2027-04-28"),
            ("2027-05-04", "2027-05-04", "2027-05-04"),
            ("2027-05-05", "2027-05-05", "2027-05-07"),
            ("2027-05-06", "2027-05-07", "2027-05-07"),
            // The Friday after it is on a level with a holiday by a Dutch decree, for terms of statutes; a due date stays.
            ("2027-05-07", "2027-05-07", "2027-05-07"),
            // Corpus Christi, a Thursday: in Austria.
            ("2027-05-27", "2027-05-28", "2027-05-27"),
            // Christmas on a Friday: to Monday. New Year's Eve is a working day.
            ("2026-12-24", "2026-12-24", "2026-12-24"),
            ("2026-12-25", "2026-12-28", "2026-12-28"),
            ("2026-12-31", "2026-12-31", "2026-12-31"),
        ] {
            assert_eq!(
                (due(Calendar::Austria, day), due(Calendar::Netherlands, day)),
                (in_austria.into(), in_the_netherlands.into()),
                "{day}"
            );
        }
    }

    #[test]
    fn the_birthday_moved_with_the_throne() {
        for (day, expected) in
            [("2013-04-29", "2013-04-29"), ("2013-04-30", "2013-05-01"), ("2014-04-30", "2014-04-30"), ("2015-04-27", "2015-04-28")]
        {
            assert_eq!(due(Calendar::Netherlands, day), expected, "{day}");
        }
    }
}
