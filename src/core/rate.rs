//! Shares such as a fee of 1.5 %, exact to a millionth.
//!
//! **Invariant:** a [`Rate`] lies between 0 and 1, both included.

/// A share between 0 and 1 in parts per million
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    /// Nothing of it
    pub const ZERO: Self = Self(0);
    /// One whole, in parts per million
    pub const WHOLE_PPM: u32 = 1_000_000;

    /// The share of that many parts per million, if it is no more than the whole
    #[must_use]
    pub fn from_ppm(ppm: u32) -> Option<Self> {
        (ppm <= Self::WHOLE_PPM).then_some(Self(ppm))
    }

    /// Parts per million
    #[must_use]
    pub fn ppm(self) -> u32 {
        self.0
    }

    /// Reads a decimal such as `0.015`; at most six digits after the point, between 0 and 1
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        if !matches!(whole, "0" | "1") || fraction.is_empty() || fraction.len() > 6 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut ppm: u32 = fraction.parse().ok()?;
        for _ in fraction.len()..6 {
            ppm = ppm.checked_mul(10)?;
        }
        Self::from_ppm(ppm.checked_add(if whole == "1" { Self::WHOLE_PPM } else { 0 })?)
    }

    /// That share of a whole number of minor units, rounded half up (half away from zero below zero)
    #[must_use]
    #[inline(never)]
    pub fn of(self, minor: i64) -> i64 {
        // Whole millions and the rest apart: exact in 64 bits, where 128 would cost the browser a kilobyte.
        let (ppm, whole_ppm) = (u64::from(self.0), u64::from(Self::WHOLE_PPM));
        let size = minor.unsigned_abs();
        let whole = size.div_euclid(whole_ppm).saturating_mul(ppm);
        let rest = size.rem_euclid(whole_ppm).saturating_mul(ppm).saturating_add(whole_ppm / 2).div_euclid(whole_ppm);
        // INVARIANT: the share is at most the whole, so the result fits wherever `minor` did.
        let share = i64::try_from(whole.saturating_add(rest)).unwrap_or(i64::MAX);
        if minor < 0 { share.saturating_neg() } else { share }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_up_to_six_digits_between_nothing_and_the_whole() {
        for (text, ppm) in [("0", 0), ("0.015", 15_000), ("0.000001", 1), ("1", 1_000_000), ("1.000000", 1_000_000)] {
            assert_eq!(Rate::parse(text).map(Rate::ppm), Some(ppm), "{text}");
        }
        for text in ["", ".5", "0.", "0.0000001", "1.000001", "2", "-0.1", "0,5", "0.5%", "1e-3"] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounds_half_up() {
        let rate = Rate::parse("0.015").unwrap();
        assert_eq!([rate.of(100), rate.of(99), rate.of(33), rate.of(34), rate.of(0)], [2, 1, 0, 1, 0]);
        assert_eq!(Rate::parse("1").unwrap().of(i64::MAX), i64::MAX);
    }
}
