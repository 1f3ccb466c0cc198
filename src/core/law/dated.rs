//! Figures that hold from one day until the day before another.

use crate::date::Date;

/// Year, month and day of the month
type Day = (i32, u8, u8);

/// From a day until the day before another, or for good
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    from: Day,
    until: Option<Day>,
}

impl Span {
    pub(super) const fn new(from: Day, until: Option<Day>) -> Self {
        Self { from, until }
    }

    pub(super) fn holds(self, on: Date) -> bool {
        let day = |(year, month, day): Day| Date::from_ymd(year, month, day);
        day(self.from).is_some_and(|from| on >= from) && self.until.and_then(day).is_none_or(|until| on < until)
    }
}

/// What holds on a day
pub(super) fn on_day<T>(rows: &[(Span, T)], on: Date) -> Option<&T> {
    rows.iter().find(|(span, _)| span.holds(on)).map(|(_, figure)| figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_from_its_day_to_the_day_before_its_end() {
        let rows = [(Span::new((2025, 6, 1), Some((2026, 1, 1))), 1), (Span::new((2026, 1, 1), None), 2)];
        for (on, expected) in
            [("2025-05-31", None), ("2025-06-01", Some(1)), ("2025-12-31", Some(1)), ("2026-01-01", Some(2)), ("2199-12-31", Some(2))]
        {
            assert_eq!(on_day(&rows, Date::parse(on).unwrap()).copied(), expected, "{on}");
        }
    }
}
