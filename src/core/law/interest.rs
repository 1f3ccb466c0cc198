//! Interest by statute on one principal over a stretch of days, exact until it is rounded once.
//!
//! Simple interest: none on interest (BGB section 289). The first day that counts is the one after the last on which payment would have been in
//! time, and the day of the payment counts too, so both ends of a stretch do. A principal that changes makes several stretches, whose
//! exact sums are added before anything is rounded. Where a market lets interest compound, each segment says so and the caller begins the next
//! stretch after a year; what is reckoned here is then the lower figure.
//!
//! **Invariant:** a day without a figure costs nothing and is named.
//! **Invariant:** cutting a stretch in two anywhere gives the same exact sum.

use super::half_years::half_year_end;
use super::late_interest::{Claim, LateInterest, late_interest};
use crate::date::{Date, days_in_month};
use alloc::vec::Vec;

/// What the days of a year are counted as; no statute fixes it
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Convention {
    /// A day of a leap year is one of 366: the lower figure, and so the one for consumers
    #[default]
    ActAct,
    /// Every day is one of 365, as courts accept it too
    Act365,
}

impl Convention {
    /// Both, the default first
    pub const ALL: [Self; 2] = [Self::ActAct, Self::Act365];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ActAct => "act_act",
            Self::Act365 => "act_365",
        }
    }

    fn days_of_year(self, year: i32) -> i128 {
        match self {
            Self::ActAct if days_in_month(year, 2) == Some(29) => 366,
            Self::ActAct | Self::Act365 => 365,
        }
    }
}

/// An amount of interest before it is rounded, in whole parts of a minor unit
///
/// What is booked is [`Exact::minor`] of all that has accrued less what was booked before: so the remainder is carried, and however often is
/// booked, the sum is that of booking once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Exact(i128);

impl Exact {
    /// No interest
    pub const ZERO: Self = Self(0);
    /// A millionth, of one of 365 and of one of 366 days: everything comes out even
    pub const PARTS_PER_MINOR: i128 = 1_000_000 * 365 * 366;

    /// So many parts, as [`Exact::parts`] gave them
    #[must_use]
    pub fn from_parts(parts: i128) -> Self {
        Self(parts)
    }

    /// In parts, of which [`Exact::PARTS_PER_MINOR`] make one minor unit
    #[must_use]
    pub fn parts(self) -> i128 {
        self.0
    }

    /// Both together
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// In minor units, rounded half up
    #[must_use]
    pub fn minor(self) -> i64 {
        let rounded = self.0.saturating_add(Self::PARTS_PER_MINOR / 2).div_euclid(Self::PARTS_PER_MINOR);
        i64::try_from(rounded).unwrap_or(if self.0 < 0 { i64::MIN } else { i64::MAX })
    }
}

/// Days that follow each other at one rate and with one length of the year
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The first day, which counts
    pub from: Date,
    /// The last day, which counts
    pub to: Date,
    /// How many days
    pub days: i32,
    /// The rate with its base, and where it is written
    pub interest: LateInterest,
    /// What accrued
    pub exact: Exact,
}

/// What accrued over a stretch
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accrual {
    /// One for each half-year, the first first
    pub segments: Vec<Segment>,
    /// First and last days of what has no figure and so costs nothing
    pub without_figure: Vec<(Date, Date)>,
    /// The sum
    pub exact: Exact,
}

/// Interest on a principal from one day to another, both counted
///
/// Nothing accrues on a principal of nothing or less, nor over a stretch that ends before it begins.
#[must_use]
pub fn accrue(claim: Claim, principal_minor: i64, from: Date, to: Date, convention: Convention) -> Accrual {
    let mut accrual = Accrual::default();
    let mut begins = from;
    while begins <= to {
        // INVARIANT: rates change with a half-year only, and so does the length of the year.
        let ends = half_year_end(begins).min(to);
        match late_interest(claim, begins) {
            Some(interest) => accrual.push(principal_minor, (begins, ends), interest, convention),
            None => accrual.leave_out(begins, ends),
        }
        if ends == Date::MAX {
            break;
        }
        begins = ends.plus_days(1);
    }
    accrual
}

impl Accrual {
    fn push(&mut self, principal_minor: i64, (from, to): (Date, Date), interest: LateInterest, convention: Convention) {
        let days = to.days_since(from).saturating_add(1);
        // 2^53 minor units at the whole for three hundred years stay below 2^100.
        let parts = i128::from(principal_minor.max(0))
            .saturating_mul(interest.rate.ppm().into())
            .saturating_mul(days.into())
            .saturating_mul((365 * 366_i128).checked_div(convention.days_of_year(from.ymd().0)).unwrap_or(0));
        let exact = Exact(parts);
        self.exact = self.exact.plus(exact);
        self.segments.push(Segment { from, to, days, interest, exact });
    }

    /// What accrued after it
    pub fn append(&mut self, later: Self) {
        self.exact = self.exact.plus(later.exact);
        self.segments.extend(later.segments);
        later.without_figure.into_iter().for_each(|(from, to)| self.leave_out(from, to));
    }

    fn leave_out(&mut self, from: Date, to: Date) {
        match self.without_figure.last_mut() {
            Some((_, last)) if last.plus_days(1) == from => *last = to,
            _ => self.without_figure.push((from, to)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::regime::Party;
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn consumer(principal_minor: i64, from: &str, to: &str, convention: Convention) -> Accrual {
        let claim = Claim { market: *b"DE", party: Party::Consumer, made: day("2002-01-01") };
        accrue(claim, principal_minor, day(from), day(to), convention)
    }

    #[test]
    fn a_stretch_over_a_change_of_the_rate_is_rounded_once() {
        // 15 days at 7.27 % and 14 at 6.27 %: 5.3926; at the first rate alone 5.78.
        let accrual = consumer(100_000, "2025-06-16", "2025-07-14", Convention::Act365);
        assert_eq!(
            accrual.segments.iter().map(|segment| (segment.days, segment.interest.rate.ppm())).collect::<Vec<_>>(),
            [(15, 72_700), (14, 62_700)]
        );
        assert_eq!(accrual.exact.minor(), 539);
        assert_eq!(accrual.exact.parts() * 10_000 / Exact::PARTS_PER_MINOR, 5_392_602);
    }

    #[test]
    fn both_ends_count_and_a_day_is_the_least() {
        let one = consumer(36_500_000, "2026-11-25", "2026-11-25", Convention::ActAct);
        assert_eq!((one.segments[0].days, one.exact.minor()), (1, 6_520));
        assert_eq!(consumer(36_500_000, "2026-11-25", "2026-11-24", Convention::ActAct), Accrual::default());
        assert_eq!(consumer(-1, "2026-11-25", "2026-11-26", Convention::ActAct).exact, Exact::ZERO);
    }

    #[test]
    fn a_leap_year_has_a_day_more_to_share_among() {
        let [fair, court] = Convention::ALL.map(|convention| consumer(36_600_000, "2024-02-29", "2024-02-29", convention).exact);
        assert_eq!((fair.minor(), court.minor()), (8_620, 8_644));
        let [fair, court] = Convention::ALL.map(|convention| consumer(100_000, "2026-01-01", "2026-12-31", convention).exact);
        assert_eq!(fair, court);
    }

    #[test]
    fn days_without_a_figure_are_named_and_cost_nothing() {
        let accrual = consumer(100_000, "2026-12-31", "2027-08-01", Convention::ActAct);
        assert_eq!(accrual.without_figure, [(day("2027-01-01"), day("2027-08-01"))]);
        assert_eq!(accrual.segments.len(), 1);
        assert_eq!(accrual.exact, consumer(100_000, "2026-12-31", "2026-12-31", Convention::ActAct).exact);
        let before = consumer(100_000, "2001-07-01", "2002-01-01", Convention::ActAct);
        assert_eq!(before.without_figure, [(day("2001-07-01"), day("2001-12-31"))]);
        let claim = Claim { market: *b"AT", party: Party::Business, made: day("2024-01-01") };
        let gap = accrue(claim, 100_000, day("2024-06-30"), day("2025-07-01"), Convention::ActAct);
        assert_eq!(gap.without_figure, [(day("2024-07-01"), day("2025-06-30"))]);
        assert_eq!(gap.segments.len(), 2);
    }

    #[test]
    fn cutting_a_stretch_anywhere_changes_nothing() {
        for convention in Convention::ALL {
            let whole = consumer(123_457, "2023-11-03", "2025-03-09", convention).exact;
            let mut cut = day("2023-11-03");
            while cut < day("2025-03-09") {
                let parts = [("2023-11-03", cut.to_iso()), (&cut.plus_days(1).to_iso(), "2025-03-09".into())];
                let sum = parts.map(|(from, to)| consumer(123_457, from, &to, convention).exact).into_iter().fold(Exact::ZERO, Exact::plus);
                assert_eq!(sum, whole, "{cut:?}");
                cut = cut.plus_days(1);
            }
        }
    }

    #[test]
    fn rounding_is_half_up_and_the_remainder_is_carried() {
        let half = Exact::from_parts(Exact::PARTS_PER_MINOR / 2);
        let under = Exact::from_parts(Exact::PARTS_PER_MINOR / 2 - 1);
        assert_eq!([Exact::ZERO.minor(), under.minor(), half.minor(), half.plus(half).minor(), half.plus(under).minor()], [0, 0, 1, 1, 1]);
        // A cent and a half a day: booked each day as what is due less what was booked, a hundred days are 150 cents.
        let (mut accrued, mut booked) = (Exact::ZERO, 0);
        for _ in 0..100 {
            accrued = accrued.plus(half.plus(half).plus(half));
            booked += accrued.minor() - booked;
        }
        assert_eq!(booked, 150);
    }

    #[test]
    fn the_largest_amount_over_all_time_stays_in_range() {
        let claim = Claim { market: *b"AT", party: Party::Consumer, made: day("2013-03-16") };
        let accrual = accrue(claim, crate::money::MINOR_MAX, day("2013-03-16"), Date::MAX, Convention::ActAct);
        // Four percent over 186 years and a part: 7.47 times the principal.
        assert_eq!(accrual.exact.minor() / (crate::money::MINOR_MAX / 100), 747);
        assert_eq!(accrual.segments.len(), 374);
    }
}
