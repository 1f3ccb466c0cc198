//! The effective annual rate: what credit costs in a year, all costs in it.
//!
//! Source: Directive (EU) 2023/2225, Annex III, and PAngV, Annex to section 16: X such that the draws, each times (1 + X)^−t, are worth
//! what the payments are worth, with t in years since the first draw. Germany shows X in percent with two decimals, a third of 5 or more
//! rounding up (PAngV, Annex, number 1 d).
//!
//! **Invariant:** no float and no decimal library takes part, so browser and service show the same figure.

mod years;

use crate::fixed::{ONE, exp_of_minus, inverse};
use crate::money::{MINOR_MAX, NumberStyle, push_fraction};
use alloc::string::String;
use core::fmt;

pub use years::{Every, Years};

/// Most draws and payments of one credit
pub const FLOWS_MAX: usize = 1_000;

/// The largest rate that is told, in hundredths of a percent: 10,000 %
const LARGEST: i128 = 1_000_000;
/// The logarithm of 1 plus that rate lies below this; half of it is the first that is tried
const LOGARITHM_BELOW: i128 = 5 * ONE;
/// Halvings until neither end can move the tenth digit of the rate
const HALVINGS: u32 = 58;

/// One movement of money
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Minor units; above 0 the customer receives, below 0 the customer pays
    pub minor: i64,
    /// When
    pub at: Years,
}

/// An effective annual rate
///
/// In hundredths of a percent, 0 to 10,000 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnualRate(u32);

/// Why there is no effective annual rate
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnnualRateError {
    /// Nothing is drawn on the first day, or nothing is paid
    NoCredit,
    /// More than [`FLOWS_MAX`] flows, or an amount beyond what money can be
    TooMuch,
    /// Less is paid than was drawn
    BelowZero,
    /// Above 10,000 %
    AboveLargest,
}

impl fmt::Display for AnnualRateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoCredit => "no credit: something is drawn on the first day, and something is paid later",
            Self::TooMuch => "more than 1,000 flows, or an amount beyond 9007199254740991 minor units",
            Self::BelowZero => "less is paid than was drawn",
            Self::AboveLargest => "a rate above 10,000 %",
        })
    }
}

impl AnnualRate {
    /// Nothing
    pub const ZERO: Self = Self(0);

    /// The rate at which draws and payments are worth the same
    ///
    /// A rate within 10^-12 of the middle between two hundredths counts as the middle, and rounds up.
    ///
    /// # Errors
    ///
    /// See [`AnnualRateError`].
    pub fn of(flows: &[Flow]) -> Result<Self, AnnualRateError> {
        let within = |flow: &Flow| (-MINOR_MAX..=MINOR_MAX).contains(&flow.minor);
        if flows.len() > FLOWS_MAX || !flows.iter().all(within) {
            return Err(AnnualRateError::TooMuch);
        }
        if !flows.iter().any(|flow| flow.minor > 0 && flow.at == Years::ZERO) || !flows.iter().any(|flow| flow.minor < 0) {
            return Err(AnnualRateError::NoCredit);
        }
        let (mut low, mut high) = (0, LOGARITHM_BELOW);
        match worth(flows, low) {
            0 => return Ok(Self::ZERO),
            1.. => return Err(AnnualRateError::BelowZero),
            _ => {}
        }
        // INVARIANT: at `low` the payments are worth more than the draws, at `high` they are not.
        for _ in 0..HALVINGS {
            let middle = low.saturating_add(high).div_euclid(2);
            if worth(flows, middle) < 0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        let rate = inverse(exp_of_minus(high)).saturating_sub(ONE);
        let hundredths = rate.saturating_mul(10_000).saturating_add(ONE / 2).saturating_add(ONE / 100_000_000) / ONE;
        if hundredths > LARGEST {
            return Err(AnnualRateError::AboveLargest);
        }
        Ok(Self(u32::try_from(hundredths).unwrap_or(0)))
    }

    /// Hundredths of a percent: 1349 for 13.49 %
    #[must_use]
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// Writes the rate for people, such as `13,49 %`
    #[must_use]
    pub fn to_text(self, style: NumberStyle) -> String {
        let mut text = String::new();
        push_fraction(&mut text, self.0.into(), 2, style);
        if style != NumberStyle::English {
            text.push('\u{a0}');
        }
        text.push('%');
        text
    }
}

/// What draws are worth more than payments on the first day, at e^`logarithm` a year
fn worth(flows: &[Flow], logarithm: i128) -> i128 {
    // INVARIANT: an amount stays below 2^53, a factor at 2^60 or below, and 1,000 of their products below 2^124.
    flows.iter().fold(0, |sum, flow| sum.saturating_add(i128::from(flow.minor).saturating_mul(exp_of_minus(flow.at.times(logarithm)))))
}

#[cfg(test)]
mod tests;
