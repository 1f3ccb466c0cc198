use super::*;
use crate::date::Date;
use alloc::vec;
use alloc::vec::Vec;

fn drawn(minor: i64) -> Flow {
    Flow { minor, at: Years::ZERO }
}

fn paid(minor: i64, months: u16) -> Flow {
    Flow { minor: minor.saturating_neg(), at: Years::from_months(months) }
}

fn rate(flows: &[Flow]) -> Result<u32, AnnualRateError> {
    AnnualRate::of(flows).map(AnnualRate::hundredths)
}

#[test]
fn a_credit_without_cost_has_no_rate_and_one_cent_more_has_one() {
    assert_eq!(rate(&[drawn(10_000), paid(5_000, 1), paid(5_000, 2)]), Ok(0));
    assert_eq!(rate(&[drawn(10_000), paid(5_000, 1), paid(5_001, 2)]), Ok(8));
    assert_eq!(rate(&[drawn(10_000), paid(5_000, 1), paid(4_999, 2)]), Err(AnnualRateError::BelowZero));
}

#[test]
fn the_third_decimal_rounds_up_from_five() {
    // After one year the rate is the surcharge itself.
    for (surcharge, hundredths) in [(305_400, 305), (305_499, 305), (305_500, 306), (305_501, 306)] {
        assert_eq!(rate(&[drawn(10_000_000), paid(10_000_000 + surcharge, 12)]), Ok(hundredths), "{surcharge}");
    }
}

#[test]
fn what_is_no_credit_is_refused() {
    assert_eq!(rate(&[]), Err(AnnualRateError::NoCredit));
    assert_eq!(rate(&[drawn(100)]), Err(AnnualRateError::NoCredit));
    assert_eq!(rate(&[paid(100, 1)]), Err(AnnualRateError::NoCredit));
    assert_eq!(rate(&[drawn(MINOR_MAX + 1), paid(100, 1)]), Err(AnnualRateError::TooMuch));
    assert_eq!(rate(&vec![drawn(1); FLOWS_MAX + 1]), Err(AnnualRateError::TooMuch));
    assert_eq!(rate(&[drawn(100), paid(10_100, 12)]), Ok(1_000_000));
    assert_eq!(rate(&[drawn(100), paid(10_101, 12)]), Err(AnnualRateError::AboveLargest));
    assert_eq!(rate(&[drawn(1), paid(MINOR_MAX, 1)]), Err(AnnualRateError::AboveLargest));
}

#[test]
fn the_largest_amounts_keep_their_rate() {
    let flows: Vec<Flow> = core::iter::once(drawn(MINOR_MAX)).chain((1..=12).map(|month| paid(MINOR_MAX / 12 + 1, month))).collect();
    assert_eq!(rate(&flows), Ok(0));
    assert_eq!(rate(&[drawn(MINOR_MAX / 2), paid(MINOR_MAX / 2 / 100 * 113, 12)]), Ok(1_300));
}

#[test]
fn a_rate_is_written_with_two_decimals() {
    let rate = AnnualRate(1_349);
    assert_eq!(rate.to_text(NumberStyle::German), "13,49\u{a0}%");
    assert_eq!(rate.to_text(NumberStyle::English), "13.49%");
    assert_eq!(AnnualRate::ZERO.to_text(NumberStyle::German), "0,00\u{a0}%");
    assert_eq!(AnnualRate(1_000_000).to_text(NumberStyle::French), "10\u{202f}000,00\u{a0}%");
}

#[test]
fn spans_are_counted_backwards_from_the_payment() {
    let between = |from: &str, until: &str, every| Years::between(Date::parse(from).unwrap(), Date::parse(until).unwrap(), every);
    // SWD(2012) 128 final, section 4.1.1: 3/365 + 1/12, 3/366 + 1/12, 34/365, 3/366 + 1/12.
    for (from, until, every, numerator, denominator) in [
        ("2012-01-12", "2012-02-15", Every::Month, 3 * 12 + 365, 365 * 12),
        ("2013-01-12", "2013-02-15", Every::Month, 3 * 12 + 366, 366 * 12),
        ("2012-01-12", "2012-02-15", Every::Year, 34, 365),
        ("2013-02-25", "2013-03-28", Every::Month, 3 * 12 + 366, 366 * 12),
        ("2026-01-01", "2026-01-20", Every::Week, 2 * 365 + 5 * 52, 365 * 52),
        ("2026-01-31", "2026-03-31", Every::Month, 2 * 365, 365 * 12),
        // The month of the payment leads back to 28 February, the day of the draw.
        ("2026-02-28", "2026-03-31", Every::Month, 365, 365 * 12),
    ] {
        assert_eq!(between(from, until, every).unwrap().fraction(), (numerator, denominator), "{from} {until}");
    }
    assert_eq!(between("2026-02-01", "2026-02-01", Every::Month), Some(Years::ZERO));
    assert_eq!(between("2026-02-02", "2026-02-01", Every::Month), None);
}
