//! When somebody answers: spans of the days of the week, by the clock on the shop's wall.
//!
//! **Invariant:** the spans of a day lie between 00:00 and 24:00, none is empty, they stand in order and neither overlap nor touch.

use crate::calendar::Calendar;
use crate::date::{Date, Weekday};
use alloc::vec::Vec;

/// The minute with which a day ends
pub const DAY_MINUTES: u16 = 24 * 60;

/// A part of a day, in minutes since midnight: from one until before another
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: u16,
    until: u16,
}

/// When somebody answers; on public holidays nobody does
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    /// By days since Monday
    days: [Vec<Span>; 7],
}

/// Whether somebody answers at a moment
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Somebody does, until that minute of the day
    Open(u16),
    /// Nobody does yet: from that minute of the same day on
    Later(u16),
    /// Nobody does on that day any more: on another one within a week, from that minute on
    Again(Date, u16),
    /// Nobody does within a week
    Closed,
}

impl Span {
    /// From a minute of the day until another; nothing if that is no time at all or goes over midnight
    #[must_use]
    pub fn new(from: u16, until: u16) -> Option<Self> {
        (from < until && until <= DAY_MINUTES).then_some(Self { from, until })
    }

    /// The minute with which it begins
    #[must_use]
    pub fn from(self) -> u16 {
        self.from
    }

    /// The minute before which it ends
    #[must_use]
    pub fn until(self) -> u16 {
        self.until
    }

    /// Whether it is a whole day
    #[must_use]
    pub fn is_whole_day(self) -> bool {
        self == Self { from: 0, until: DAY_MINUTES }
    }
}

impl Hours {
    /// Adds a span to a day; not one that overlaps or touches another
    pub fn add(&mut self, day: Weekday, span: Span) -> bool {
        let Some(spans) = self.days.get_mut(usize::from(day.days_from_monday())) else { return false };
        let is_apart = spans.iter().all(|other| other.until < span.from || span.until < other.from);
        if is_apart {
            let place = spans.partition_point(|other| other.from < span.from);
            spans.insert(place, span);
        }
        is_apart
    }

    /// The days of the week from Monday on, each with its spans in order
    pub fn days(&self) -> impl Iterator<Item = &[Span]> {
        self.days.iter().map(Vec::as_slice)
    }

    /// How it stands on a day at a minute of it, where a calendar names the holidays
    #[must_use]
    pub fn standing(&self, today: Date, minute: u16, holidays: Calendar) -> Standing {
        let on = |day: Date| {
            let spans = self.days.get(usize::from(day.weekday().days_from_monday())).map_or(&[][..], Vec::as_slice);
            if holidays.is_holiday(day) { &[] } else { spans }
        };
        match on(today).iter().find(|span| minute < span.until) {
            Some(span) if span.from <= minute => return Standing::Open(span.until),
            Some(span) => return Standing::Later(span.from),
            None => {}
        }
        let next = (1..=7).map(|days| today.plus_days(days)).find_map(|day| Some((day, on(day).first()?.from)));
        next.map_or(Standing::Closed, |(day, from)| Standing::Again(day, from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::country_value;

    const WORKING: [Weekday; 5] = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

    /// Monday to Friday, 8 to 12 and 13 to 18
    fn hours() -> Hours {
        let mut hours = Hours::default();
        for day in WORKING {
            // The later one first: order is kept for whoever adds them.
            assert!(hours.add(day, Span::new(13 * 60, 18 * 60).unwrap()) && hours.add(day, Span::new(8 * 60, 12 * 60).unwrap()));
        }
        hours
    }

    #[test]
    fn a_span_is_some_time_of_one_day() {
        assert_eq!(Span::new(480, 480), None);
        assert_eq!(Span::new(480, 479), None);
        assert_eq!(Span::new(0, DAY_MINUTES + 1), None);
        assert!(Span::new(480, 481).is_some_and(|span| !span.is_whole_day()));
        assert!(Span::new(0, DAY_MINUTES).is_some_and(Span::is_whole_day));
    }

    #[test]
    fn spans_of_a_day_stand_in_order_and_apart() {
        let mut hours = hours();
        for (from, until) in [(480, 720), (700, 730), (720, 730), (779, 780), (0, 1440), (490, 500)] {
            assert!(!hours.add(Weekday::Monday, Span::new(from, until).unwrap()), "{from} to {until}");
        }
        assert!(hours.add(Weekday::Monday, Span::new(721, 779).unwrap()), "a minute on both sides is apart");
        let monday: Vec<u16> = hours.days().next().unwrap().iter().map(|span| span.from()).collect();
        assert_eq!(monday, [480, 721, 780]);
    }

    #[test]
    fn somebody_answers_from_the_first_minute_until_before_the_last() {
        let calendar = Calendar::of(country_value(*b"DE"), true, None, None);
        let day = |text: &str| Date::parse(text).unwrap();
        let (thursday, friday) = (day("2026-11-26"), day("2026-11-27"));
        for (today, minute, expected) in [
            (thursday, 0, Standing::Later(480)),
            (thursday, 479, Standing::Later(480)),
            (thursday, 480, Standing::Open(720)),
            (thursday, 719, Standing::Open(720)),
            (thursday, 720, Standing::Later(780)),
            (thursday, 1079, Standing::Open(1080)),
            (thursday, 1080, Standing::Again(friday, 480)),
            (friday, 1080, Standing::Again(day("2026-11-30"), 480)),
            // Christmas is a Friday; nobody answers, and not at the weekend behind it.
            (day("2026-12-24"), 1100, Standing::Again(day("2026-12-28"), 480)),
            (day("2026-12-25"), 600, Standing::Again(day("2026-12-28"), 480)),
        ] {
            assert_eq!(hours().standing(today, minute, calendar), expected, "{today:?} {minute}");
        }
        assert_eq!(Hours::default().standing(friday, 600, calendar), Standing::Closed);
        let mut fridays = Hours::default();
        assert!(fridays.add(Weekday::Friday, Span::new(600, 660).unwrap()));
        assert_eq!(fridays.standing(friday, 660, calendar), Standing::Again(day("2026-12-04"), 600));
        assert_eq!(fridays.standing(day("2026-12-18"), 660, calendar), Standing::Closed, "the next two Fridays are holidays");
    }
}
