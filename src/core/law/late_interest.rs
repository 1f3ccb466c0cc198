//! What the law of a market lets a seller ask for a payment that is late, as dated figures with their sources.
//!
//! **Invariant:** a day without a figure has none, and then nothing is charged. Rates that are set anew each half-year end with the last
//! half-year that was read: a table that went stale gives nothing instead of an old rate.
//! **Invariant:** these are the most, never a default: whether and when interest is owed is not said here.

use super::regime::Party;
use crate::date::Date;
use crate::rate::Rate;

/// Interest by statute on a payment that is late
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateInterest {
    /// A year
    pub rate: Rate,
    /// Whether each year's interest bears interest from then on
    pub compounds_yearly: bool,
    /// A lump sum beside it for the costs of getting paid, in euro cents
    pub lump_sum_cents: Option<i64>,
    /// Where it is written
    pub source: &'static str,
}

/// A rate or a base of one, in parts per million, from a day until the day before another; a base may be below nothing
struct Row(Day, Option<Day>, i32);

type Day = (i32, u8, u8);

/// The rates of a market for one kind of debtor: the rows, each with the margin on it
struct Series {
    market: [u8; 2],
    party: Party,
    rows: &'static [Row],
    margin_ppm: i32,
    compounds_yearly: bool,
    lump_sum_cents: Option<i64>,
    source: &'static str,
}

/// BGB section 247, as the Bundesbank publishes it; the present half-year was compared with nine other publications.
const BASE_DE: &[Row] = &[
    Row((2016, 7, 1), Some((2023, 1, 1)), -8_800),
    Row((2023, 1, 1), Some((2023, 7, 1)), 16_200),
    Row((2023, 7, 1), Some((2024, 1, 1)), 31_200),
    Row((2024, 1, 1), Some((2024, 7, 1)), 36_200),
    Row((2024, 7, 1), Some((2025, 1, 1)), 33_700),
    Row((2025, 1, 1), Some((2025, 7, 1)), 22_700),
    Row((2025, 7, 1), Some((2026, 7, 1)), 12_700),
    Row((2026, 7, 1), Some((2027, 1, 1)), 15_200),
];

/// The base rate of the first day of each half-year, as the Oesterreichische Nationalbank publishes it for UGB section 456 (until 2024-01-01), and
/// 1.53 since 2025-06-11. What held on 2024-07-01, 2025-01-01 and 2026-07-01 was not read.
const BASE_AT: &[Row] = &[
    Row((2013, 7, 1), Some((2016, 7, 1)), -1_200),
    Row((2016, 7, 1), Some((2023, 1, 1)), -6_200),
    Row((2023, 1, 1), Some((2023, 7, 1)), 18_800),
    Row((2023, 7, 1), Some((2024, 1, 1)), 33_800),
    Row((2024, 1, 1), Some((2024, 7, 1)), 38_800),
    Row((2025, 7, 1), Some((2026, 7, 1)), 15_300),
];

const SERIES: &[Series] = &[
    Series {
        market: *b"DE",
        party: Party::Consumer,
        rows: BASE_DE,
        margin_ppm: 50_000,
        compounds_yearly: false,
        lump_sum_cents: None,
        source: "BGB sections 288(1), 289 and 247",
    },
    Series {
        market: *b"DE",
        party: Party::Business,
        rows: BASE_DE,
        margin_ppm: 90_000,
        compounds_yearly: false,
        lump_sum_cents: Some(4_000),
        source: "BGB sections 288(2), 288(5), 289 and 247",
    },
    Series {
        market: *b"AT",
        party: Party::Consumer,
        rows: &[Row((2013, 3, 16), None, 40_000)],
        margin_ppm: 0,
        compounds_yearly: false,
        lump_sum_cents: None,
        source: "ABGB sections 1333(1) and 1000(1)",
    },
    // Of a debtor who is at fault; of any other the four percent above.
    Series {
        market: *b"AT",
        party: Party::Business,
        rows: BASE_AT,
        margin_ppm: 92_000,
        compounds_yearly: false,
        lump_sum_cents: Some(4_000),
        source: "UGB sections 456 and 458 (BGBl. I 2013/50)",
    },
    Series {
        market: *b"NL",
        party: Party::Consumer,
        rows: &[
            Row((2023, 1, 1), Some((2023, 7, 1)), 40_000),
            Row((2023, 7, 1), Some((2024, 1, 1)), 60_000),
            Row((2024, 1, 1), Some((2025, 1, 1)), 70_000),
            Row((2025, 1, 1), Some((2026, 1, 1)), 60_000),
            Row((2026, 1, 1), Some((2027, 1, 1)), 40_000),
        ],
        margin_ppm: 0,
        compounds_yearly: true,
        lump_sum_cents: None,
        source: "BW Art. 6:119 and 6:120(1); Stb. 2023, 484 and Stb. 2025, 438",
    },
    Series {
        market: *b"NL",
        party: Party::Business,
        rows: &[
            Row((2023, 1, 1), Some((2023, 7, 1)), 105_000),
            Row((2023, 7, 1), Some((2024, 1, 1)), 120_000),
            Row((2024, 1, 1), Some((2024, 7, 1)), 125_000),
            Row((2024, 7, 1), Some((2025, 1, 1)), 122_500),
            Row((2025, 1, 1), Some((2025, 7, 1)), 111_500),
            Row((2025, 7, 1), Some((2026, 7, 1)), 101_500),
            Row((2026, 7, 1), Some((2027, 1, 1)), 104_000),
        ],
        margin_ppm: 0,
        compounds_yearly: true,
        lump_sum_cents: Some(4_000),
        source: "BW Art. 6:119a, 6:120(2) and 6:96(4)",
    },
];

/// What may be asked of such a debtor for a payment that is late on that day; nothing where no figure was read
#[must_use]
pub fn late_interest(market: [u8; 2], party: Party, on: Date) -> Option<LateInterest> {
    let day = |(year, month, day): Day| Date::from_ymd(year, month, day);
    let holds =
        |Row(from, until, _): &&Row| day(*from).is_some_and(|from| on >= from) && until.and_then(day).is_none_or(|until| on < until);
    let series = SERIES.iter().find(|series| series.market == market && series.party == party)?;
    let Row(_, _, base) = series.rows.iter().find(holds)?;
    Some(LateInterest {
        rate: Rate::from_ppm(u32::try_from(base.checked_add(series.margin_ppm)?).ok()?)?,
        compounds_yearly: series.compounds_yearly,
        lump_sum_cents: series.lump_sum_cents,
        source: series.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ppm(market: [u8; 2], party: Party, on: &str) -> Option<u32> {
        late_interest(market, party, Date::parse(on).unwrap()).map(|found| found.rate.ppm())
    }

    #[test]
    fn a_rate_holds_from_its_day_to_the_day_before_the_next() {
        use Party::{Business, Consumer};
        for (market, party, day, expected) in [
            (*b"DE", Consumer, "2026-06-30", Some(62_700)),
            (*b"DE", Consumer, "2026-07-01", Some(65_200)),
            (*b"DE", Business, "2026-11-25", Some(105_200)),
            // A base below nothing is not clamped.
            (*b"DE", Consumer, "2022-12-31", Some(41_200)),
            (*b"DE", Consumer, "2016-06-30", None),
            (*b"AT", Consumer, "2013-03-15", None),
            (*b"AT", Consumer, "2026-11-25", Some(40_000)),
            (*b"AT", Business, "2024-06-30", Some(130_800)),
            (*b"AT", Business, "2024-07-01", None),
            (*b"AT", Business, "2026-06-30", Some(107_300)),
            (*b"NL", Consumer, "2025-12-31", Some(60_000)),
            (*b"NL", Consumer, "2026-01-01", Some(40_000)),
            (*b"NL", Business, "2026-06-30", Some(101_500)),
            (*b"NL", Business, "2026-07-01", Some(104_000)),
        ] {
            assert_eq!(ppm(market, party, day), expected, "{} {party:?} {day}", core::str::from_utf8(&market).unwrap());
        }
    }

    #[test]
    fn a_table_that_went_stale_gives_nothing() {
        for market in [*b"DE", *b"NL"] {
            for party in [Party::Consumer, Party::Business] {
                assert!(ppm(market, party, "2026-12-31").is_some());
                assert_eq!(ppm(market, party, "2027-01-01"), None);
            }
        }
        // What was not read for this half-year is not guessed.
        assert_eq!(ppm(*b"AT", Party::Business, "2026-07-01"), None);
        assert_eq!(ppm(*b"FR", Party::Consumer, "2026-11-25"), None);
    }

    #[test]
    fn rows_follow_each_other_without_overlap() {
        for series in SERIES {
            for pair in series.rows.windows(2) {
                let [Row(from, Some(until), _), Row(next, ..)] = pair else {
                    panic!("{}: a row without an end before another", series.source)
                };
                assert!(from < until && until <= next, "{}: {from:?}", series.source);
            }
        }
    }

    #[test]
    fn only_companies_owe_a_lump_sum_and_only_dutch_interest_compounds() {
        for (market, day) in [(*b"DE", "2026-11-25"), (*b"AT", "2026-06-30"), (*b"NL", "2026-11-25")] {
            let found = |party| late_interest(market, party, Date::parse(day).unwrap()).unwrap();
            assert_eq!([Party::Consumer, Party::Business].map(|party| found(party).lump_sum_cents), [None, Some(4_000)]);
            assert_eq!(found(Party::Consumer).compounds_yearly, market == *b"NL");
        }
    }
}
