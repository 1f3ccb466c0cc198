//! Whether a claim that is not paid may be told to a credit bureau (BDSG section 31(2) sentence 1 number 4).
//!
//! Only for a claim that is due, that nobody has disputed, of which the debtor was reminded in writing at least twice, the first time at least four weeks
//! ago, and of which they were told before, with the first reminder at the earliest, that a bureau may take it into account.
//!
//! A court's title, an estate in insolvency or an express acknowledgement (numbers 1 to 3) open the way too, and so may the end of a contract without
//! notice (number 5): those are not reckoned here. That the report is fair to this person (GDPR Art. 6(1)(f)) remains to be weighed by a human.

use crate::date::Date;
use alloc::vec::Vec;

const REMINDERS_LEAST: usize = 2;
const DAYS_LEAST: i32 = 28;

/// What happened to a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course<'a> {
    /// Country code of the market
    pub market: [u8; 2],
    /// The last day on which payment was in time
    pub due: Date,
    /// The days on which written reminders reached the debtor, in any order
    pub reminders: &'a [Date],
    /// The day on which the debtor was told that a bureau may take the claim into account
    pub told: Option<Date>,
    /// Whether the debtor disputes it
    pub disputed: bool,
}

/// What is missing
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Two reminders after the claim was due
    TwoReminders,
    /// Four weeks since the first of them
    FourWeeks,
    /// A word about the bureau, with the first of them or later, and before
    Warning,
    /// That the claim is undisputed
    Undisputed,
}

impl Missing {
    /// All of them, in the order in which they are told
    pub const ALL: [Self; 4] = [Self::TwoReminders, Self::FourWeeks, Self::Warning, Self::Undisputed];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TwoReminders => "two_reminders",
            Self::FourWeeks => "four_weeks",
            Self::Warning => "warning",
            Self::Undisputed => "undisputed",
        }
    }
}

/// What is missing on a day, and since when only that
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Nothing where it may be told
    pub missing: Vec<Missing>,
    /// The first day on which nothing is missing, where time alone is
    pub from: Option<Date>,
    /// Where it is written
    pub source: &'static str,
}

/// Whether a claim may be told to a bureau on that day; nothing for a market whose law was not read
#[must_use]
pub fn bureau_report(course: &Course<'_>, on: Date) -> Option<Report> {
    match &course.market {
        b"DE" => Some(by_german_law(course, on)),
        _ => None,
    }
}

fn by_german_law(course: &Course<'_>, on: Date) -> Report {
    let mut reminders: Vec<Date> = course.reminders.iter().copied().filter(|day| *day > course.due && *day <= on).collect();
    reminders.sort_unstable();
    let first = reminders.first().copied();
    let old_enough = first.map(|first| first.plus_days(DAYS_LEAST));
    // Before the report means on an earlier day: it costs the customer nothing.
    let warned = course.told.zip(first).filter(|(told, first)| told >= first).map(|(told, _)| told.plus_days(1));
    let lacks = |missing: &Missing| match missing {
        Missing::TwoReminders => reminders.len() < REMINDERS_LEAST,
        Missing::FourWeeks => old_enough.is_none_or(|day| on < day),
        Missing::Warning => warned.is_none_or(|day| on < day),
        Missing::Undisputed => course.disputed,
    };
    let is_a_matter_of_time = reminders.len() >= REMINDERS_LEAST && !course.disputed;
    let from = old_enough.zip(warned).map(|(old_enough, warned)| old_enough.max(warned)).filter(|_| is_a_matter_of_time);
    Report { missing: Missing::ALL.into_iter().filter(lacks).collect(), from, source: "BDSG section 31(2) sentence 1 number 4" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn missing(reminders: &[&str], told: Option<&str>, disputed: bool, on: &str) -> Vec<Missing> {
        let reminders: Vec<Date> = reminders.iter().map(|text| day(text)).collect();
        let course = Course { market: *b"DE", due: day("2026-03-01"), reminders: &reminders, told: told.map(day), disputed };
        bureau_report(&course, day(on)).unwrap().missing
    }

    #[test]
    fn two_reminders_four_weeks_a_warning_and_no_objection_are_needed() {
        let reminders = ["2026-03-16", "2026-03-09"];
        let told = Some("2026-03-16");
        assert_eq!(missing(&reminders, told, false, "2026-04-05"), [Missing::FourWeeks], "a day less than four weeks after the first");
        assert_eq!(missing(&reminders, told, false, "2026-04-06"), []);
        assert_eq!(missing(&reminders, told, true, "2026-04-06"), [Missing::Undisputed]);
        assert_eq!(missing(&reminders[..1], told, false, "2026-04-13"), [Missing::TwoReminders]);
        assert_eq!(missing(&["2026-03-09", "2026-04-07"], told, false, "2026-04-06"), [Missing::TwoReminders], "the second comes tomorrow");
        assert_eq!(
            missing(&["2026-03-01", "2026-03-09"], told, false, "2026-04-06"),
            [Missing::TwoReminders],
            "the claim was not late yet"
        );
        assert_eq!(missing(&[], None, true, "2026-04-06"), Missing::ALL);
    }

    #[test]
    fn the_warning_comes_with_the_first_reminder_or_later_and_before_the_report() {
        let reminders = ["2026-03-09", "2026-03-16"];
        for (told, enough) in [
            (None, false),
            (Some("2026-03-08"), false),
            (Some("2026-03-09"), true),
            (Some("2026-04-05"), true),
            (Some("2026-04-06"), false),
        ] {
            assert_eq!(missing(&reminders, told, false, "2026-04-06").is_empty(), enough, "{told:?}");
        }
    }

    #[test]
    fn from_when_on_is_told_where_time_alone_is_missing_and_from_then_on_nothing_is() {
        let reminders = [day("2026-03-09"), day("2026-03-16")];
        let course =
            Course { market: *b"DE", due: day("2026-03-01"), reminders: &reminders, told: Some(day("2026-04-10")), disputed: false };
        let report = bureau_report(&course, day("2026-03-20")).unwrap();
        assert_eq!(report.from, Some(day("2026-04-11")));
        assert!(!bureau_report(&course, day("2026-04-10")).unwrap().missing.is_empty());
        assert!(bureau_report(&course, day("2026-04-11")).unwrap().missing.is_empty());
        assert_eq!(bureau_report(&Course { disputed: true, ..course }, day("2026-03-20")).unwrap().from, None);
        assert_eq!(bureau_report(&Course { market: *b"AT", ..course }, day("2026-04-11")), None);
    }
}
