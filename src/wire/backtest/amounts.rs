//! Sums of amounts that are exact until the end.

use crate::money::Money;
use tresen_core::money::{self, Currency, MoneyError};
use tresen_core::rate::Rate;

const WHOLE: i128 = 1_000_000;

/// A sum in millionths of a minor unit
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum(i128);

impl Sum {
    /// More by an amount
    pub(super) fn add_minor(&mut self, minor: i64) {
        self.add(Self(i128::from(minor).saturating_mul(WHOLE)));
    }

    /// More by a share of an amount
    pub(super) fn add_share(&mut self, share: Rate, minor: i64) {
        self.add(Self(i128::from(minor).saturating_mul(share.ppm().into())));
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }

    /// That many parts per million of a sum of whole minor units
    pub(super) fn share(self, ppm: u32) -> Self {
        Self(self.0.div_euclid(WHOLE).saturating_mul(ppm.into()))
    }

    /// Whole minor units, rounded half up (half away from zero below zero)
    pub(super) fn rounded(self, currency: Currency) -> Result<Money, MoneyError> {
        let size = self.0.saturating_abs().saturating_add(WHOLE / 2).div_euclid(WHOLE);
        in_currency(size.saturating_mul(self.0.signum()), currency)
    }
}

/// Sums rounded so that they sum to what their sum is rounded to: each down, then one more for those that lose most by it, the earlier
/// one first
///
/// None of them may be below zero.
pub(super) fn rounded_parts(parts: &[Sum], currency: Currency) -> Result<(Vec<Money>, Money), MoneyError> {
    let mut whole = Sum::default();
    parts.iter().for_each(|part| whole.add(*part));
    let whole = whole.rounded(currency)?;
    let mut rounded: Vec<i128> = parts.iter().map(|part| part.0.div_euclid(WHOLE)).collect();
    let given: i128 = rounded.iter().sum();
    let mut places: Vec<usize> = (0..parts.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(parts.get(*place).map_or(0, |part| part.0.rem_euclid(WHOLE))));
    let left = usize::try_from(i128::from(whole.minor).saturating_sub(given)).unwrap_or(0);
    for place in places.into_iter().take(left) {
        if let Some(part) = rounded.get_mut(place) {
            *part = part.saturating_add(1);
        }
    }
    let rounded: Result<Vec<Money>, MoneyError> = rounded.into_iter().map(|minor| in_currency(minor, currency)).collect();
    Ok((rounded?, whole))
}

fn in_currency(minor: i128, currency: Currency) -> Result<Money, MoneyError> {
    let minor = i64::try_from(minor).map_err(|_| MoneyError::OutOfRange)?;
    money::Money::from_minor(minor, currency).map(Money::to_wire)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(millionths: i128) -> i64 {
        Sum(millionths).rounded(Currency::EUR).unwrap().minor
    }

    #[test]
    fn a_sum_is_rounded_once_half_up() {
        assert_eq!([minor(499_999), minor(500_000), minor(1_499_999), minor(-500_000), minor(-499_999)], [0, 1, 1, -1, 0]);
        let mut sum = Sum::default();
        for _ in 0..3 {
            sum.add_share(Rate::from_ppm(333_333).unwrap(), 1);
        }
        assert_eq!(sum.rounded(Currency::EUR).unwrap().minor, 1);
        assert_eq!(Sum(i128::MAX).rounded(Currency::EUR), Err(MoneyError::OutOfRange));
    }

    #[test]
    fn parts_sum_to_the_whole() {
        let parts = [Sum(1_600_000), Sum(700_000), Sum(0), Sum(300_000)];
        let (rounded, whole) = rounded_parts(&parts, Currency::EUR).unwrap();
        let rounded: Vec<i64> = rounded.iter().map(|part| part.minor).collect();
        assert_eq!((rounded, whole.minor), (vec![2, 1, 0, 0], 3));
        assert_eq!(rounded_parts(&[], Currency::EUR).unwrap().1.minor, 0);
    }
}
