//! SEPA direct debits of the Core scheme (EPC016-06): on which day what a customer owes may be taken from their account, and how much of it.
//!
//! **Invariant:** nobody's account is debited before the day that they were told, long after it, or with more than they were told or owe.

use crate::calendar::Calendar;
use crate::date::Date;

/// The policy's word for the method
pub const METHOD: &str = "sepa_debit";
/// The policy's word for the merchant's own bank, which takes debits as a file and not by an interface
pub const PROVIDER: &str = "sepa";
/// Days between the announcement and the debit where nothing else was agreed (EPC016-06 section 4.3: 14 calendar days)
pub const NOTICE_DAYS: u8 = 14;
/// A debit that is handed in late may still be collected until so many days after the day that was named first
const LATE_DAYS: i32 = 7;
/// For so many days after the last day a debit that nobody has heard of is waited for: what banks send back by themselves they do within five of
/// their own days (EPC016-06 section 4.3), and a statement is read the day after
const NEWS_DAYS: i32 = 14;
/// The days on which an announced debit may be collected
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first, a day on which banks settle
    pub first: Date,
    /// The last
    pub last: Date,
}

/// What is to be done today about an announced debit
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandIn {
    /// Nothing yet: until then the customer may take it back
    Later,
    /// It goes to the bank, and is collected on that day
    For(Date),
    /// Nothing any more: it cannot be collected in time
    Never,
}

impl Window {
    /// The days of what is announced today, of which the first is so many calendar days ahead and far enough to be handed in tomorrow
    #[must_use]
    pub fn announced(today: Date, notice_days: u8) -> Self {
        let noticed = Calendar::Target.due(today.plus_days(notice_days.into()));
        let first = noticed.max(next(next(today)));
        Self { first, last: first.plus_days(LATE_DAYS) }
    }

    /// What is to be done about it today: the bank has it on the day before it is collected, at the latest (EPC016-06 section 4.3: D-1), and gets it
    /// no more than a day earlier than that
    #[must_use]
    pub fn hand_in(self, today: Date) -> HandIn {
        if self.first > next(next(today)) {
            return HandIn::Later;
        }
        let day = self.first.max(next(today));
        if day <= self.last { HandIn::For(day) } else { HandIn::Never }
    }

    /// The last day on which news of it are waited for
    #[must_use]
    pub fn news_until(self) -> Date {
        self.last.plus_days(NEWS_DAYS)
    }
}

/// How much is collected of what was announced when so much is still owed, in minor units
#[must_use]
pub fn collected(announced: i64, open: i64) -> i64 {
    announced.min(open).max(0)
}

/// Who is to be asked about a debit that came back
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// The account did not give it: the customer pays another way
    NotHonoured,
    /// The payer wanted it back, or says that there was no mandate: somebody looks before anybody asks for the money again
    Objected,
}

impl Returned {
    /// Why it came back, by the bank's reason (ISO 20022 external code set): MD01 no mandate, MD06 refund asked for, MS02 refused by the payer, SL01
    /// barred by the payer; everything else is the account's
    #[must_use]
    pub fn of(reason: &str) -> Self {
        match reason {
            "MD01" | "MD06" | "MS02" | "SL01" => Self::Objected,
            _ => Self::NotHonoured,
        }
    }
}

/// Whether a text can be a bank's reason: four capital letters or digits
#[must_use]
pub fn is_reason(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The next day on which banks settle
fn next(day: Date) -> Date {
    Calendar::Target.due(day.plus_days(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn the_first_day_is_noticed_banks_settle_on_it_and_there_is_a_day_to_hand_it_in() {
        for (today, notice_days, first) in [
            ("2026-12-01", 14, "2026-12-15"),
            ("2026-11-28", 14, "2026-12-14"),
            // A fortnight before Christmas Day: over the weekend.
            ("2026-12-11", 14, "2026-12-28"),
            // Of one day's notice, two of the banks' days are made.
            ("2026-12-01", 1, "2026-12-03"),
            ("2026-12-04", 1, "2026-12-08"),
            ("2026-12-23", 1, "2026-12-28"),
            ("2026-12-24", 1, "2026-12-29"),
        ] {
            let window = Window::announced(day(today), notice_days);
            assert_eq!((window.first, window.last), (day(first), day(first).plus_days(7)), "{today} {notice_days}");
        }
    }

    #[test]
    fn it_goes_to_the_bank_two_days_before_at_the_earliest_and_one_day_before_at_the_latest() {
        let window = Window { first: day("2026-12-15"), last: day("2026-12-22") };
        for (today, then) in [
            ("2026-12-10", HandIn::Later),
            ("2026-12-11", HandIn::For(day("2026-12-15"))),
            ("2026-12-14", HandIn::For(day("2026-12-15"))),
            // Who is late collects late, and after a week not at all.
            ("2026-12-15", HandIn::For(day("2026-12-16"))),
            ("2026-12-21", HandIn::For(day("2026-12-22"))),
            ("2026-12-22", HandIn::Never),
        ] {
            assert_eq!(window.hand_in(day(today)), then, "{today}");
        }
        assert_eq!(window.news_until(), day("2027-01-05"));
    }

    #[test]
    fn no_more_is_taken_than_was_said_and_than_is_owed() {
        let of = |open| collected(1_000, open);
        assert_eq!([of(1_001), of(1_000), of(999), of(0), of(-1)], [1_000, 1_000, 999, 0, 0]);
    }

    #[test]
    fn reasons_say_whether_somebody_objected() {
        for (reason, returned) in [
            ("AC04", Returned::NotHonoured),
            ("AM04", Returned::NotHonoured),
            ("MS03", Returned::NotHonoured),
            ("MD06", Returned::Objected),
            ("MD01", Returned::Objected),
            ("MS02", Returned::Objected),
            ("SL01", Returned::Objected),
        ] {
            assert_eq!(Returned::of(reason), returned, "{reason}");
            assert!(is_reason(reason));
        }
        for wrong in ["", "AM4", "AM044", "am04", "AM-4", "ÄM4"] {
            assert!(!is_reason(wrong), "{wrong}");
        }
    }
}
