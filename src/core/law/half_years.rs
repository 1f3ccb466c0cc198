//! Figures that the law sets anew on each 1 January and 1 July.
//!
//! **Invariant:** a half-year has one figure or none; there is no row to overlap and none to leave a gap unseen.

use crate::date::Date;
use alloc::vec::Vec;

/// The figures of consecutive years in parts per million, by half-year; nothing for a half-year whose figure was not read
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfYears {
    first_year: i32,
    ppm: &'static [[Option<i32>; 2]],
}

/// A year of which both figures were read
pub(super) const fn year(first: i32, second: i32) -> [Option<i32>; 2] {
    [Some(first), Some(second)]
}

impl HalfYears {
    /// The figures of a year and of those after it
    pub(super) const fn from(first_year: i32, ppm: &'static [[Option<i32>; 2]]) -> Self {
        Self { first_year, ppm }
    }

    /// The figure of the half-year of that day
    #[must_use]
    pub fn on(&self, day: Date) -> Option<i32> {
        let (year, month, _) = day.ymd();
        let [first, second] = self.ppm.get(usize::try_from(year.checked_sub(self.first_year)?).ok()?)?;
        if month <= 6 { *first } else { *second }
    }

    /// The last day of the last half-year that was read
    #[must_use]
    pub fn read_until(&self) -> Option<Date> {
        self.rows().into_iter().rev().find(|(_, ppm)| ppm.is_some()).map(|(begins, _)| half_year_end(begins))
    }

    /// The first day of each half-year with its figure, the oldest first
    #[must_use]
    pub fn rows(&self) -> Vec<(Date, Option<i32>)> {
        let years = (self.first_year..).zip(self.ppm);
        years
            .flat_map(|(year, [first, second])| [(Date::from_ymd(year, 1, 1), *first), (Date::from_ymd(year, 7, 1), *second)])
            .filter_map(|(begins, ppm)| begins.map(|begins| (begins, ppm)))
            .collect()
    }
}

/// The last day of the half-year of that day: 30 June or 31 December
#[must_use]
pub fn half_year_end(day: Date) -> Date {
    let (year, month, _) = day.ymd();
    let (month, last) = if month <= 6 { (6, 30) } else { (12, 31) };
    Date::from_ymd(year, month, last).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: HalfYears = HalfYears::from(2024, &[[None, Some(-5)], [Some(7), None], [Some(9), None], [None, None]]);

    fn on(day: &str) -> Option<i32> {
        SOME.on(Date::parse(day).unwrap())
    }

    #[test]
    fn a_figure_holds_for_its_half_year_and_no_other() {
        for (day, ppm) in [
            ("2023-12-31", None),
            ("2024-06-30", None),
            ("2024-07-01", Some(-5)),
            ("2024-12-31", Some(-5)),
            ("2025-01-01", Some(7)),
            ("2025-06-30", Some(7)),
            ("2025-07-01", None),
            ("2026-06-30", Some(9)),
            ("2026-07-01", None),
            ("2028-01-01", None),
        ] {
            assert_eq!(on(day), ppm, "{day}");
        }
    }

    #[test]
    fn the_end_of_what_was_read_is_known() {
        assert_eq!(SOME.read_until(), Date::parse("2026-06-30"));
        assert_eq!(HalfYears::from(2026, &[[None, None]]).read_until(), None);
        assert_eq!(SOME.rows().len(), 8);
        assert_eq!(half_year_end(Date::MAX), Date::MAX);
    }
}
