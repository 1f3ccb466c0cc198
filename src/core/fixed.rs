//! Fixed-point numbers for the few formulas that whole numbers cannot say: 60 binary digits after the point.
//!
//! **Invariant:** every operation is whole-number arithmetic that has been shown to stay within 128 bits, so the result is the same bits
//! on every machine.

/// Binary digits after the point
const DIGITS: u32 = 60;
/// One
pub(crate) const ONE: i128 = 1 << DIGITS;
/// The natural logarithm of 2, rounded to nearest
const LN_2: i128 = 799_144_290_325_165_979;

/// The product of two numbers, of which at least one lies between 0 and 1 and the other below 2^66
pub(crate) fn times(one: i128, other: i128) -> i128 {
    one.saturating_mul(other) >> DIGITS
}

/// e to the power of `−exponent`, for an exponent of 0 or more; between 0 and 1
///
/// The error stays below 2^-54: halvings take the exponent below ln 2, and 20 terms of the series leave less than 2^-70.
pub(crate) fn exp_of_minus(exponent: i128) -> i128 {
    let halvings = exponent.div_euclid(LN_2);
    let rest = exponent.rem_euclid(LN_2);
    let (mut sum, mut term) = (ONE, ONE);
    for place in 1..=20 {
        term = times(term, rest).div_euclid(place);
        sum = if place & 1 == 1 { sum.saturating_sub(term) } else { sum.saturating_add(term) };
    }
    match u32::try_from(halvings) {
        Ok(halvings) if halvings <= DIGITS => sum >> halvings,
        _ => 0,
    }
}

/// 1 divided by a number above 2^-60
pub(crate) fn inverse(number: i128) -> i128 {
    (1_i128 << DIGITS.saturating_mul(2)).checked_div_euclid(number).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> i128 {
        numerator.saturating_mul(ONE).div_euclid(denominator)
    }

    /// The error against a decimal figure with 15 digits after the point, in units of the last
    fn off(number: i128, decimal: i128) -> i128 {
        (number.saturating_mul(1_000_000_000_000_000) >> DIGITS).saturating_sub(decimal).abs()
    }

    #[test]
    fn powers_of_e() {
        for (numerator, denominator, decimal) in [
            (0, 1, 1_000_000_000_000_000),
            (1, 1, 367_879_441_171_442),
            (1, 2, 606_530_659_712_633),
            (7, 10, 496_585_303_791_410),
            (10, 1, 45_399_929_762),
            (30, 1, 93),
            (100, 1, 0),
        ] {
            assert!(off(exp_of_minus(ratio(numerator, denominator)), decimal) <= 1, "{numerator}/{denominator}");
        }
    }

    #[test]
    fn the_inverse_undoes() {
        for numerator in 1..50 {
            let number = ratio(numerator, 50);
            assert!((times(inverse(number), number) - ONE).abs() < 1 << 8, "{numerator}");
        }
    }
}
