//! The base rate on which interest on late payments stands, by half-year.
//!
//! **Invariant:** a rate below nothing is kept as it is: five percentage points over −0.88 are 4.12.

use super::half_years::{HalfYears, year};
use crate::date::Date;

/// BGB section 247, as the Bundesbank publishes it: its series until 2025, compared with two other tables row by row, and the two of 2026 with
/// nine other publications. The present one also follows from the main refinancing rate of the ECB: 2.15 to 2.40 on 2026-06-17.
const GERMANY: HalfYears = HalfYears::from(
    2002,
    &[
        year(25_700, 24_700),
        year(19_700, 12_200),
        year(11_400, 11_300),
        year(12_100, 11_700),
        year(13_700, 19_500),
        year(27_000, 31_900),
        year(33_200, 31_900),
        year(16_200, 1_200),
        year(1_200, 1_200),
        year(1_200, 3_700),
        year(1_200, 1_200),
        year(-1_300, -3_800),
        year(-6_300, -7_300),
        year(-8_300, -8_300),
        year(-8_300, -8_800),
        year(-8_800, -8_800),
        year(-8_800, -8_800),
        year(-8_800, -8_800),
        year(-8_800, -8_800),
        year(-8_800, -8_800),
        year(-8_800, -8_800),
        year(16_200, 31_200),
        year(36_200, 33_700),
        year(22_700, 12_700),
        year(12_700, 15_200),
    ],
);

/// The base rate of the first day of each half-year, as the Oesterreichische Nationalbank publishes it for UGB section 456 (until 2024-01-01), and
/// 1.53 since 2025-06-11. What held on 2024-07-01, 2025-01-01 and 2026-07-01 was not read.
const AUSTRIA: HalfYears = HalfYears::from(
    2013,
    &[
        [None, Some(-1_200)],
        year(-1_200, -1_200),
        year(-1_200, -1_200),
        year(-1_200, -6_200),
        year(-6_200, -6_200),
        year(-6_200, -6_200),
        year(-6_200, -6_200),
        year(-6_200, -6_200),
        year(-6_200, -6_200),
        year(-6_200, -6_200),
        year(18_800, 33_800),
        [Some(38_800), None],
        [None, Some(15_300)],
        [Some(15_300), None],
    ],
);

/// The table of a market; nothing where none was read
#[must_use]
pub fn base_rates(market: [u8; 2]) -> Option<&'static HalfYears> {
    match &market {
        b"DE" => Some(&GERMANY),
        b"AT" => Some(&AUSTRIA),
        _ => None,
    }
}

/// Where the table of a market comes from
#[must_use]
pub fn source(market: [u8; 2]) -> Option<&'static str> {
    match &market {
        b"DE" => Some("BGB section 247; Deutsche Bundesbank"),
        b"AT" => Some("UGB section 456; Oesterreichische Nationalbank"),
        _ => None,
    }
}

/// The base rate of a market on a day, in parts per million; nothing for a half-year that was not read
#[must_use]
pub fn base_rate(market: [u8; 2], on: Date) -> Option<i32> {
    base_rates(market)?.on(on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ppm(market: [u8; 2], on: &str) -> Option<i32> {
        base_rate(market, Date::parse(on).unwrap())
    }

    #[test]
    fn a_rate_holds_from_its_day_to_the_day_before_the_next() {
        for (day, expected) in [
            ("2001-12-31", None),
            ("2002-01-01", Some(25_700)),
            ("2012-12-31", Some(1_200)),
            ("2013-01-01", Some(-1_300)),
            ("2016-06-30", Some(-8_300)),
            ("2016-07-01", Some(-8_800)),
            ("2022-12-31", Some(-8_800)),
            ("2023-01-01", Some(16_200)),
            // The change was on 1 July, not in June as one published table has it.
            ("2023-06-30", Some(16_200)),
            ("2023-07-01", Some(31_200)),
            ("2026-06-30", Some(12_700)),
            ("2026-07-01", Some(15_200)),
            ("2026-12-31", Some(15_200)),
            ("2027-01-01", None),
        ] {
            assert_eq!(ppm(*b"DE", day), expected, "{day}");
        }
        for (day, expected) in
            [("2013-06-30", None), ("2013-07-01", Some(-1_200)), ("2024-06-30", Some(38_800)), ("2024-07-01", None), ("2026-07-01", None)]
        {
            assert_eq!(ppm(*b"AT", day), expected, "{day}");
        }
        assert_eq!(ppm(*b"FR", "2026-11-25"), None);
    }

    #[test]
    fn each_market_says_until_when_it_was_read() {
        let read_until = |market| base_rates(market).and_then(HalfYears::read_until);
        assert_eq!(read_until(*b"DE"), Date::parse("2026-12-31"));
        assert_eq!(read_until(*b"AT"), Date::parse("2026-06-30"));
        assert_eq!(read_until(*b"NL"), None);
        for market in [*b"DE", *b"AT", *b"NL"] {
            assert_eq!(source(market).is_some(), base_rates(market).is_some(), "no table without its source");
        }
    }
}
