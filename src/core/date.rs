//! Calendar days without a clock and without a time zone.
//!
//! **Invariant:** a [`Date`] is a day of the proleptic Gregorian calendar from 1900-01-01 to 2199-12-31.

use alloc::string::String;

/// A calendar day, counted in days since 1970-01-01
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(i32);

/// A day of the week
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weekday {
    /// Monday
    Monday,
    /// Tuesday
    Tuesday,
    /// Wednesday
    Wednesday,
    /// Thursday
    Thursday,
    /// Friday
    Friday,
    /// Saturday
    Saturday,
    /// Sunday
    Sunday,
}

impl Weekday {
    /// All of them, from Monday on
    pub const ALL: [Self; 7] = [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// As policies and answers write it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Monday => "mon",
            Self::Tuesday => "tue",
            Self::Wednesday => "wed",
            Self::Thursday => "thu",
            Self::Friday => "fri",
            Self::Saturday => "sat",
            Self::Sunday => "sun",
        }
    }

    /// Days since Monday, 0 to 6
    #[must_use]
    pub fn days_from_monday(self) -> u8 {
        match self {
            Self::Monday => 0,
            Self::Tuesday => 1,
            Self::Wednesday => 2,
            Self::Thursday => 3,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        }
    }
}

impl Date {
    /// 1900-01-01, the first day that can be named
    pub const MIN: Self = Self(-25_567);
    /// 2199-12-31, the last day that can be named
    pub const MAX: Self = Self(84_005);

    /// The day that many days after 1970-01-01, if it lies between [`Date::MIN`] and [`Date::MAX`]
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// Days since 1970-01-01
    #[must_use]
    pub fn days(self) -> i32 {
        self.0
    }

    /// The day of that year, month (1 to 12) and day of the month, if it exists and can be named
    #[must_use]
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1900..=2199).contains(&year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        Self::from_days(days_from_civil(year, month, day))
    }

    /// Year, month (1 to 12) and day of the month
    #[must_use]
    pub fn ymd(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }

    /// The day `days` later (earlier if negative), kept within what can be named
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(Self::MIN.0, Self::MAX.0))
    }

    /// The same day of the month so many months later (earlier if negative), or that month's last day if it has no such day; kept within
    /// what can be named
    ///
    /// From 31 January the months lead to 28 February and 31 March: count from the first day, not from the one before.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.ymd();
        let counted = year.saturating_mul(12).saturating_add(i32::from(month).saturating_sub(1)).saturating_add(months);
        let (year, month) = (counted.div_euclid(12), u8::try_from(counted.rem_euclid(12)).unwrap_or(0).saturating_add(1));
        let last = days_in_month(year, month).unwrap_or(28);
        Self::from_ymd(year, month, day.min(last)).unwrap_or(if months < 0 { Self::MIN } else { Self::MAX })
    }

    /// How many days `self` lies after `earlier`; negative if it lies before
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day of the week
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match self.0.saturating_add(3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// Complete years from `self` to `on`, or nothing if `on` comes first
    ///
    /// Who is born on 29 February is a year older on 1 March of a common year: the year of life ends with
    /// 28 February (BGB sections 187(2) sentence 2 and 188(2)).
    #[must_use]
    pub fn complete_years_until(self, on: Self) -> Option<i32> {
        if on < self {
            return None;
        }
        // Year, month and day side by side: what is above month and day is a year less where theirs come first.
        let packed = |date: Self| {
            let (year, month, day) = date.ymd();
            year << 9 | i32::from(month) << 5 | i32::from(day)
        };
        Some(packed(on).wrapping_sub(packed(self)) >> 9)
    }

    /// Reads `2026-11-21`
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i32, |sum, byte| {
                let digit = byte.is_ascii_digit().then(|| i32::from(byte.wrapping_sub(b'0')))?;
                sum.checked_mul(10)?.checked_add(digit)
            })
        };
        let month = u8::try_from(number(&[e, f])?).ok()?;
        let day = u8::try_from(number(&[g, h])?).ok()?;
        Self::from_ymd(number(&[a, b, c, d])?, month, day)
    }

    /// Writes `2026-11-21`
    #[must_use]
    pub fn to_iso(self) -> String {
        let (year, month, day) = self.ymd();
        let mut text = String::with_capacity(10);
        crate::money::push_padded(&mut text, year.unsigned_abs().into(), 4);
        text.push('-');
        crate::money::push_padded(&mut text, month.into(), 2);
        text.push('-');
        crate::money::push_padded(&mut text, day.into(), 2);
        text
    }
}

fn is_leap(year: i32) -> bool {
    (year.rem_euclid(4) == 0 && year.rem_euclid(100) != 0) || year.rem_euclid(400) == 0
}

/// Days of a month, nothing for a month that does not exist
#[must_use]
pub fn days_in_month(year: i32, month: u8) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if is_leap(year) { 29 } else { 28 }),
        _ => None,
    }
}

/// Days since 1970-01-01 of a civil date, by eras of 400 years that begin on 1 March
#[expect(clippy::arithmetic_side_effects, reason = "years lie in 1900 to 2199, so every step stays far inside i32")]
fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let month = i32::from(month);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// By centuries of 36,524.25 days and years of 365.25 days that begin on 1 March, counted in quarters of days
#[expect(clippy::arithmetic_side_effects, reason = "days lie in 1900 to 2199, so every step stays far inside u32")]
#[inline(never)]
fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let quarters = (days + 719_468).unsigned_abs() * 4 + 3;
    let century = quarters / 146_097;
    let of_century = (quarters % 146_097) | 3;
    let year = century * 100 + of_century / 1_461;
    let day_of_year = of_century % 1_461 / 4;
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let is_next = month_from_march >= 10;
    let month = if is_next { month_from_march - 9 } else { month_from_march + 3 };
    let ([month, ..], [day, ..]) = (month.to_le_bytes(), day.to_le_bytes());
    (year.cast_signed() + i32::from(is_next), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_survives_the_round_trip_and_follows_the_one_before() {
        let mut expected = (1900, 1_u8, 1_u8);
        for days in Date::MIN.days()..=Date::MAX.days() {
            let date = Date::from_days(days).unwrap();
            assert_eq!(date.ymd(), expected);
            assert_eq!(Date::from_ymd(expected.0, expected.1, expected.2), Some(date));
            assert_eq!(Date::parse(&date.to_iso()), Some(date));
            expected.2 += 1;
            if expected.2 > days_in_month(expected.0, expected.1).unwrap() {
                expected = (expected.0, expected.1 + 1, 1);
            }
            if expected.1 > 12 {
                expected = (expected.0 + 1, 1, 1);
            }
        }
        assert_eq!(expected, (2200, 1, 1));
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in
            ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1899-12-31", "2200-01-01", "26-01-01", "2026-1-01", "2026-01-0a", ""]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_lead_to_the_same_day_or_to_the_last() {
        let later = |from: &str, months: i32| Date::parse(from).unwrap().plus_months(months).to_iso();
        assert_eq!(later("2026-01-31", 1), "2026-02-28");
        assert_eq!(later("2026-01-31", 2), "2026-03-31");
        assert_eq!(later("2028-01-31", 1), "2028-02-29");
        assert_eq!(later("2028-02-29", 12), "2029-02-28");
        assert_eq!(later("2026-11-30", 3), "2027-02-28");
        assert_eq!(later("2026-01-15", -1), "2025-12-15");
        assert_eq!(later("2026-03-31", -13), "2025-02-28");
        assert_eq!(later("2199-12-01", 1), "2199-12-31");
        assert_eq!(later("1900-01-15", -1), "1900-01-01");
    }

    #[test]
    fn weekdays_and_ages() {
        assert_eq!(Date::parse("2026-11-21").unwrap().weekday(), Weekday::Saturday);
        let born = Date::parse("2008-02-29").unwrap();
        let years = |on: &str| born.complete_years_until(Date::parse(on).unwrap());
        assert_eq!(years("2026-02-28"), Some(17));
        assert_eq!(years("2026-03-01"), Some(18));
        assert_eq!(years("2008-02-28"), None);
        assert_eq!(years("2028-02-29"), Some(20));
    }
}
