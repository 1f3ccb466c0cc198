//! Spans of time as the annexes count them.

use crate::date::Date;

/// How often is paid: what a span is counted in
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// In weeks, 52 a year
    Week,
    /// In months of equal length, 12 a year
    Month,
    /// In years
    Year,
}

/// A span of time in years, as a fraction
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    numerator: u32,
    denominator: u32,
}

impl Years {
    /// No time at all
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// A fraction of years; nothing for a denominator of 0
    #[must_use]
    pub fn new(numerator: u32, denominator: u32) -> Option<Self> {
        match (numerator, denominator) {
            (_, 0) => None,
            (0, _) => Some(Self::ZERO),
            (numerator, denominator) => Some(Self { numerator, denominator }),
        }
    }

    /// That many whole months, 12 a year
    #[must_use]
    pub fn from_months(months: u16) -> Self {
        Self::new(months.into(), 12).unwrap_or(Self::ZERO)
    }

    /// From the day of the first draw to the day of a payment
    ///
    /// Whole periods are counted backwards from the payment; what is left are days, without the first and with the last, over 365 or 366:
    /// as many as the year has that ends with the last of those days (Annex III part I c; PAngV, Annex, number 1 c). A day that a month
    /// does not have is its last. Nothing if the payment comes first.
    #[must_use]
    pub fn between(from: Date, until: Date, every: Every) -> Option<Self> {
        if until < from {
            return None;
        }
        let (periods, left) = match every {
            Every::Week => {
                let weeks = until.days_since(from).div_euclid(7);
                (weeks, until.plus_days(weeks.saturating_mul(-7)))
            }
            Every::Month => backwards(from, until, 1),
            Every::Year => backwards(from, until, 12),
        };
        let days = left.days_since(from);
        let year = left.days_since(left.plus_months(-12));
        let a_year = match every {
            Every::Week => 52,
            Every::Month => 12,
            Every::Year => 1,
        };
        // periods / a_year + days / year
        let numerator = periods.saturating_mul(year).saturating_add(days.saturating_mul(a_year));
        Self::new(u32::try_from(numerator).ok()?, u32::try_from(a_year.saturating_mul(year)).ok()?)
    }

    /// Numerator and denominator
    #[must_use]
    pub fn fraction(self) -> (u32, u32) {
        (self.numerator, self.denominator)
    }

    /// That many times a fixed-point number below 2^66, rounded down
    pub(crate) fn times(self, number: i128) -> i128 {
        number.saturating_mul(self.numerator.into()).div_euclid(i128::from(self.denominator).max(1))
    }
}

/// How many whole periods of some months lie between two days, counted from the later one, and the day they lead back to
fn backwards(from: Date, until: Date, months: i32) -> (i32, Date) {
    let (mut periods, mut left) = (0_i32, until);
    loop {
        let next = periods.saturating_add(1);
        let earlier = until.plus_months(next.saturating_mul(months).saturating_neg());
        if earlier < from || earlier >= left {
            return (periods, left);
        }
        (periods, left) = (next, earlier);
    }
}
