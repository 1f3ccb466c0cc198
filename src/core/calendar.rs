//! Public holidays, and the day on which something that falls on one is due.
//!
//! Source: BGB section 193 (a performance due on a Saturday, a Sunday or a public holiday at the place of performance is
//! due on the next working day); the holiday laws of the German states as of 2026, checked against a table of 2024 to 2028 in `tests/corpus/calendar`.
//! 24 and 31 December are no holidays. Holidays that only some communes keep (Assumption in parts of Bavaria, Corpus
//! Christi in parts of Saxony and Thuringia, the Augsburg feast) are not counted.

mod germany;

use crate::date::{Date, Weekday};
pub use germany::Region;

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
}

impl Calendar {
    /// Whether nobody has to perform on that day
    #[must_use]
    pub fn is_free(self, day: Date) -> bool {
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return true;
        }
        match self {
            Self::WeekendsOnly => false,
            Self::GermanyNationwide => germany::regions_keeping(day) == Region::ALL,
            Self::GermanyRegion(region) => germany::regions_keeping(day) & region.bit() != 0,
            Self::GermanyAnyRegion => germany::regions_keeping(day) != 0,
        }
    }

    /// That day, or the next one on which performance can be asked for (BGB section 193)
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
}
