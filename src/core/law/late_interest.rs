//! What the law of a market lets a seller ask for a payment that is late, as dated figures with their sources.
//!
//! **Invariant:** a day without a figure has none, and then nothing is charged. Rates that are set anew each half-year end with the last
//! half-year that was read: a table that went stale gives nothing instead of an old rate.
//! **Invariant:** these are the most, never a default: whether and when interest is owed is said by `default_start`.
//!
//! All of it is about the price of what was sold (in BGB section 288(2) an `Entgeltforderung`); a business owes less on other debts.

use super::base_rate::base_rates;
use super::dated::Span;
use super::half_years::{HalfYears, year};
use super::regime::Party;
use crate::date::Date;
use crate::rate::Rate;

/// Whose law counts for a debt, and which version of it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Country code of the market
    pub market: [u8; 2],
    /// Who owes
    pub party: Party,
    /// The day of the contract
    pub made: Date,
}

/// Interest by statute on a payment that is late
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateInterest {
    /// A year
    pub rate: Rate,
    /// The base rate in it, in parts per million, where it stands on one
    pub base_ppm: Option<i32>,
    /// Whether each year's interest bears interest from then on
    pub compounds_yearly: bool,
    /// A lump sum beside it for the costs of getting paid, in euro cents
    pub lump_sum_cents: Option<i64>,
    /// Where it is written
    pub source: &'static str,
}

impl LateInterest {
    /// What is left of the lump sum beside costs of legal pursuit, which it is set off against (BGB section 288(5) sentence 3)
    #[must_use]
    pub fn lump_sum_beside(&self, legal_costs_cents: i64) -> i64 {
        self.lump_sum_cents.unwrap_or(0).saturating_sub(legal_costs_cents.max(0)).max(0)
    }
}

/// Where a rate comes from
enum Figures {
    /// So many parts per million over the base rate of the market
    OverBase(i32),
    /// Set by decree
    Own(HalfYears),
    /// Always the same
    Fixed(i32),
}

/// The rates of a market for one kind of debtor
struct Series {
    market: [u8; 2],
    party: Party,
    /// For debts of these days
    made: Span,
    figures: Figures,
    compounds_yearly: bool,
    lump_sum_cents: Option<i64>,
    source: &'static str,
}

const SERIES: &[Series] = &[
    Series {
        market: *b"DE",
        party: Party::Consumer,
        made: Span::new((2002, 1, 1), None),
        figures: Figures::OverBase(50_000),
        compounds_yearly: false,
        lump_sum_cents: None,
        source: "BGB sections 288(1), 289 and 247",
    },
    Series {
        market: *b"DE",
        party: Party::Business,
        made: Span::new((2002, 1, 1), Some((2014, 7, 29))),
        figures: Figures::OverBase(80_000),
        compounds_yearly: false,
        lump_sum_cents: None,
        source: "BGB sections 288(2) as of 2002, 289 and 247; EGBGB Art. 229 section 34",
    },
    Series {
        market: *b"DE",
        party: Party::Business,
        made: Span::new((2014, 7, 29), None),
        figures: Figures::OverBase(90_000),
        compounds_yearly: false,
        lump_sum_cents: Some(4_000),
        source: "BGB sections 288(2), 288(5), 289 and 247",
    },
    Series {
        market: *b"AT",
        party: Party::Consumer,
        made: Span::new((2013, 3, 16), None),
        figures: Figures::Fixed(40_000),
        compounds_yearly: false,
        lump_sum_cents: None,
        source: "ABGB sections 1333(1) and 1000(1)",
    },
    // Of a debtor who is at fault; of any other the four percent above.
    Series {
        market: *b"AT",
        party: Party::Business,
        made: Span::new((2013, 3, 16), None),
        figures: Figures::OverBase(92_000),
        compounds_yearly: false,
        lump_sum_cents: Some(4_000),
        source: "UGB sections 456 and 458 (BGBl. I 2013/50)",
    },
    // The decrees hold for older debts too.
    Series {
        market: *b"NL",
        party: Party::Consumer,
        made: Span::new((1992, 1, 1), None),
        figures: Figures::Own(HalfYears::from(
            2023,
            &[year(40_000, 60_000), year(70_000, 70_000), year(60_000, 60_000), year(40_000, 40_000)],
        )),
        compounds_yearly: true,
        lump_sum_cents: None,
        source: "BW Art. 6:119 and 6:120(1); Stb. 2023, 484 and Stb. 2025, 438",
    },
    Series {
        market: *b"NL",
        party: Party::Business,
        made: Span::new((2013, 3, 16), None),
        figures: Figures::Own(HalfYears::from(
            2023,
            &[year(105_000, 120_000), year(125_000, 122_500), year(111_500, 101_500), year(101_500, 104_000)],
        )),
        compounds_yearly: true,
        lump_sum_cents: Some(4_000),
        source: "BW Art. 6:119a, 6:120(2) and 6:96(4)",
    },
];

impl Series {
    fn of(claim: Claim) -> Option<&'static Self> {
        SERIES.iter().find(|series| series.market == claim.market && series.party == claim.party && series.made.holds(claim.made))
    }
}

/// What may be asked for that debt if it is late on that day; nothing where no figure was read, or on a day before it was made
#[must_use]
pub fn late_interest(claim: Claim, on: Date) -> Option<LateInterest> {
    let series = Series::of(claim).filter(|_| on >= claim.made)?;
    let (base_ppm, ppm) = match &series.figures {
        Figures::OverBase(margin) => {
            let base = base_rates(claim.market)?.on(on)?;
            (Some(base), base.checked_add(*margin)?)
        }
        Figures::Own(rates) => (None, rates.on(on)?),
        Figures::Fixed(ppm) => (None, *ppm),
    };
    Some(LateInterest {
        rate: Rate::from_ppm(u32::try_from(ppm).ok()?)?,
        base_ppm,
        compounds_yearly: series.compounds_yearly,
        lump_sum_cents: series.lump_sum_cents,
        source: series.source,
    })
}

/// Whether any rate of a market was read, and whether its law has a lump sum, for debts of that kind of debtor
#[must_use]
pub fn known(market: [u8; 2], party: Party) -> Option<bool> {
    let mut series = SERIES.iter().filter(|series| series.market == market && series.party == party).peekable();
    series.peek().is_some().then(|| series.any(|series| series.lump_sum_cents.is_some()))
}

/// The last day for which a rate of that debt was read; nothing where none was, or where it does not change
#[must_use]
pub fn read_until(claim: Claim) -> Option<Date> {
    match &Series::of(claim)?.figures {
        Figures::OverBase(_) => base_rates(claim.market)?.read_until(),
        Figures::Own(rates) => rates.read_until(),
        Figures::Fixed(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Party::{Business, Consumer};

    fn found(market: [u8; 2], party: Party, made: &str, on: &str) -> Option<LateInterest> {
        late_interest(Claim { market, party, made: Date::parse(made).unwrap() }, Date::parse(on).unwrap())
    }

    /// Of a debt that was made on the very day
    fn ppm(market: [u8; 2], party: Party, on: &str) -> Option<u32> {
        found(market, party, on, on).map(|found| found.rate.ppm())
    }

    #[test]
    fn a_rate_holds_from_its_day_to_the_day_before_the_next() {
        for (market, party, day, expected) in [
            (*b"DE", Consumer, "2026-06-30", Some(62_700)),
            (*b"DE", Consumer, "2026-07-01", Some(65_200)),
            (*b"DE", Business, "2026-11-25", Some(105_200)),
            // A base below nothing is not clamped.
            (*b"DE", Consumer, "2022-12-31", Some(41_200)),
            (*b"DE", Consumer, "2016-06-30", Some(41_700)),
            (*b"DE", Consumer, "2002-01-01", Some(75_700)),
            (*b"DE", Consumer, "2001-12-31", None),
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
    fn a_german_business_owes_by_the_law_of_the_day_of_the_contract() {
        for (made, on, expected) in [
            ("2014-07-28", "2014-07-28", Some((72_700, None))),
            ("2014-07-28", "2026-11-25", Some((95_200, None))),
            ("2014-07-29", "2026-11-25", Some((105_200, Some(4_000)))),
            ("2001-12-31", "2026-11-25", None),
            // Nothing is late before it is owed.
            ("2026-11-26", "2026-11-25", None),
        ] {
            assert_eq!(found(*b"DE", Business, made, on).map(|one| (one.rate.ppm(), one.lump_sum_cents)), expected, "{made} {on}");
        }
        let old = |on| found(*b"DE", Consumer, "2014-07-28", on).unwrap().rate.ppm();
        assert_eq!(old("2026-11-25"), 65_200, "what a consumer owes did not change");
    }

    #[test]
    fn a_table_that_went_stale_gives_nothing() {
        for market in [*b"DE", *b"NL"] {
            for party in [Consumer, Business] {
                assert!(ppm(market, party, "2026-12-31").is_some());
                assert_eq!(ppm(market, party, "2027-01-01"), None);
            }
        }
        // What was not read for this half-year is not guessed.
        assert_eq!(ppm(*b"AT", Business, "2026-07-01"), None);
        assert_eq!(ppm(*b"FR", Consumer, "2026-11-25"), None);
    }

    #[test]
    fn a_claim_knows_until_when_its_rate_was_read() {
        let until = |market, party| read_until(Claim { market, party, made: Date::parse("2024-01-01").unwrap() }).map(Date::to_iso);
        assert_eq!(until(*b"DE", Consumer).as_deref(), Some("2026-12-31"));
        assert_eq!(until(*b"AT", Business).as_deref(), Some("2026-06-30"));
        assert_eq!(until(*b"NL", Consumer).as_deref(), Some("2026-12-31"));
        assert_eq!((until(*b"AT", Consumer), until(*b"FR", Consumer)), (None, None));
    }

    #[test]
    fn only_companies_owe_a_lump_sum_and_only_dutch_interest_compounds() {
        for (market, day) in [(*b"DE", "2026-11-25"), (*b"AT", "2026-06-30"), (*b"NL", "2026-11-25")] {
            let found = |party| found(market, party, day, day).unwrap();
            assert_eq!([Consumer, Business].map(|party| found(party).lump_sum_cents), [None, Some(4_000)]);
            assert_eq!(found(Consumer).compounds_yearly, market == *b"NL");
        }
    }

    #[test]
    fn the_lump_sum_is_set_off_against_costs_of_legal_pursuit() {
        let beside = |party, costs| found(*b"DE", party, "2026-11-25", "2026-11-25").unwrap().lump_sum_beside(costs);
        assert_eq!([-1, 0, 3_090, 3_999, 4_000, 4_001].map(|costs| beside(Business, costs)), [4_000, 4_000, 910, 1, 0, 0]);
        assert_eq!(beside(Consumer, 0), 0);
    }
}
