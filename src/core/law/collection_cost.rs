//! The most that a lawyer's or a registered collector's work on an undisputed claim may cost the debtor.
//!
//! A collector's cost is damage up to what a lawyer could charge (RDG section 13e), so both follow the RVG: the fee of section 13 by the value of the
//! claim, small for claims up to 50 EUR (13(2)), at least 15 EUR (13(3)); of it 0.5 in a simple case, 0.9 in any other, 1.3 at the very most (note 2
//! to VV 2300); 0.3 for a single simple letter (VV 2301); for a payment plan 0.7 of the fee on half the claim (VV 1000 number 2,
//! section 31b); expenses of 20 percent, 20 EUR at most (VV 7002). Value added tax only where the seller cannot deduct it.
//!
//! **Invariant:** the law of the day of the mandate counts (RVG section 60(1)).
//! **Invariant:** none of it may be charged for a seller's own reminders; this is for showing what handing over would cost.
//!
//! A claim that is disputed has no figure here: it does not go to a collector.

use super::dated::{Span, on_day};
use crate::date::Date;
use crate::rate::Rate;
use alloc::vec::Vec;

/// What the collector is asked to do
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mandate {
    /// Country code of the market
    pub market: [u8; 2],
    /// When the mandate is given
    pub on: Date,
    /// The claim without interest and costs, in euro cents, above 0
    pub claim_cents: i64,
    /// How much work it is
    pub effort: Effort,
    /// Whether a plan of payments is agreed on
    pub payment_plan: bool,
    /// Whether the seller deducts the tax on what it buys
    pub deducts_tax: bool,
}

/// How much work a claim is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effort {
    /// One letter of a simple kind
    Letter,
    /// Simple: as a rule, what is paid within two weeks of the first demand
    Simple,
    /// Any other
    Ordinary,
    /// Especially extensive or especially difficult
    Extensive,
}

impl Effort {
    /// All of them, the least first
    pub const ALL: [Self; 4] = [Self::Letter, Self::Simple, Self::Ordinary, Self::Extensive];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Simple => "simple",
            Self::Ordinary => "ordinary",
            Self::Extensive => "extensive",
        }
    }

    /// How many tenths of the fee, and where that is written
    fn tenths(self) -> (u8, &'static str) {
        match self {
            Self::Letter => (3, "RVG VV 2301"),
            Self::Simple => (5, "RVG VV 2300 note 2 sentence 2"),
            Self::Ordinary => (9, "RVG VV 2300 note 2 sentence 1"),
            Self::Extensive => (13, "RVG VV 2300 note 2 sentence 3"),
        }
    }
}

/// One fee
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fee {
    /// The value that it goes by, in euro cents
    pub value_cents: i64,
    /// The whole fee of that value
    pub whole_cents: i64,
    /// How many tenths of it
    pub tenths: u8,
    /// What is charged
    pub cents: i64,
    /// Where it is written
    pub source: &'static str,
}

/// What it may cost at most, in euro cents
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionCost {
    /// The fee for the work, and the one for a plan
    pub fees: Vec<Fee>,
    /// Expenses
    pub expenses_cents: i64,
    /// Fees and expenses
    pub net_cents: i64,
    /// Tax on them
    pub tax_cents: i64,
    /// All together
    pub total_cents: i64,
    /// Where it is written
    pub source: &'static str,
}

/// The figures of RVG section 13
struct Table {
    /// Up to 500 EUR
    first_cents: i64,
    /// Up to a value in euro, for each begun so many euro, so many cents more
    steps: [(i64, i64, i64); 7],
    /// Up to 50 EUR, for an undisputed claim
    small_cents: i64,
    source: &'static str,
}

const EURO: i64 = 100;
const FIRST_STEP: i64 = 500 * EURO;
const SMALL_CLAIM: i64 = 50 * EURO;
/// Section 13(3)
const FEE_LEAST: i64 = 15 * EURO;
/// VV 7002
const EXPENSES_PPM: u32 = 200_000;
const EXPENSES_MOST: i64 = 20 * EURO;
/// Section 22(2)
const VALUE_MOST: i64 = 30_000_000 * EURO;
/// VV 7008; UStG section 12(1)
const TAX_PPM: u32 = 190_000;

/// Before 2021-10-01 there were no rules of their own for collecting.
const GERMANY: &[(Span, Table)] = &[
    (
        Span::new((2021, 10, 1), Some((2025, 6, 1))),
        Table {
            first_cents: 4_900,
            steps: [
                (2_000, 500, 3_900),
                (10_000, 1_000, 5_600),
                (25_000, 3_000, 5_200),
                (50_000, 5_000, 8_100),
                (200_000, 15_000, 9_400),
                (500_000, 30_000, 13_200),
                (30_000_000, 50_000, 16_500),
            ],
            small_cents: 3_000,
            source: "RDG section 13e; RVG sections 13, 31b and 60 as of 2021-10-01 (BGBl. 2020 I 3229 and 3320)",
        },
    ),
    (
        Span::new((2025, 6, 1), None),
        Table {
            first_cents: 5_150,
            steps: [
                (2_000, 500, 4_150),
                (10_000, 1_000, 5_950),
                (25_000, 3_000, 5_500),
                (50_000, 5_000, 8_600),
                (200_000, 15_000, 9_950),
                (500_000, 30_000, 14_000),
                (30_000_000, 50_000, 17_500),
            ],
            small_cents: 3_150,
            source: "RDG section 13e; RVG sections 13, 31b and 60 as of 2025-06-01 (BGBl. 2025 I 109)",
        },
    ),
];

impl Table {
    fn of(market: [u8; 2], on: Date) -> Option<&'static Self> {
        on_day(if market == *b"DE" { GERMANY } else { &[] }, on)
    }

    /// The whole fee of a value
    fn whole(&self, value_cents: i64) -> i64 {
        let (mut fee, mut reached) = (self.first_cents, FIRST_STEP);
        for (up_to, each, more) in self.steps {
            let (up_to, each) = (up_to.saturating_mul(EURO), each.saturating_mul(EURO));
            let within = value_cents.min(up_to).saturating_sub(reached).max(0);
            let begun = within.saturating_add(each).saturating_sub(1).checked_div(each).unwrap_or(0);
            fee = fee.saturating_add(begun.saturating_mul(more));
            reached = up_to;
        }
        fee
    }

    fn for_work(&self, claim_cents: i64, effort: Effort) -> Fee {
        let (tenths, source) = effort.tenths();
        let whole = if claim_cents <= SMALL_CLAIM { self.small_cents } else { self.whole(claim_cents) };
        Fee::new(claim_cents, whole, tenths, source)
    }

    /// The small fee is one for the work alone; this one goes by the table even where half the claim is very little.
    fn for_plan(&self, claim_cents: i64) -> Fee {
        let half = claim_cents.saturating_add(1).div_euclid(2);
        Fee::new(half, self.whole(half), 7, "RVG VV 1000 number 2 and section 31b")
    }
}

impl Fee {
    fn new(value_cents: i64, whole_cents: i64, tenths: u8, source: &'static str) -> Self {
        // Section 2(2): to the nearest cent, half a cent up.
        let part = whole_cents.saturating_mul(tenths.into()).saturating_add(5).div_euclid(10);
        Self { value_cents, whole_cents, tenths, cents: part.max(FEE_LEAST), source }
    }
}

/// The whole fee of RVG section 13(1) for a value above 0, in euro cents; nothing where no figure was read
#[must_use]
pub fn whole_fee_cents(market: [u8; 2], on: Date, value_cents: i64) -> Option<i64> {
    Some(Table::of(market, on)?.whole(value_cents.min(VALUE_MOST)))
}

/// The most that the mandate may cost the debtor; nothing where no figure was read, or where there is no claim
#[must_use]
pub fn collection_cost(mandate: Mandate) -> Option<CollectionCost> {
    let table = Table::of(mandate.market, mandate.on).filter(|_| mandate.claim_cents > 0)?;
    let claim = mandate.claim_cents.min(VALUE_MOST);
    let mut fees = Vec::from([table.for_work(claim, mandate.effort)]);
    fees.extend(mandate.payment_plan.then(|| table.for_plan(claim)));
    let sum = fees.iter().fold(0_i64, |sum, fee| sum.saturating_add(fee.cents));
    let expenses = Rate::from_ppm(EXPENSES_PPM)?.of(sum).min(EXPENSES_MOST);
    let net = sum.saturating_add(expenses);
    let tax = if mandate.deducts_tax { 0 } else { Rate::from_ppm(TAX_PPM)?.of(net) };
    Some(CollectionCost {
        fees,
        expenses_cents: expenses,
        net_cents: net,
        tax_cents: tax,
        total_cents: net.saturating_add(tax),
        source: table.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mandate(claim_cents: i64, effort: Effort) -> Mandate {
        let on = Date::parse("2026-11-25").unwrap();
        Mandate { market: *b"DE", on, claim_cents, effort, payment_plan: false, deducts_tax: true }
    }

    fn net(claim_cents: i64, effort: Effort) -> i64 {
        collection_cost(mandate(claim_cents, effort)).unwrap().net_cents
    }

    #[test]
    fn small_claims_cost_little_at_below_and_above_fifty_euros() {
        let of = |effort| [1, 4_999, 5_000, 5_001].map(|claim| net(claim, effort));
        assert_eq!(of(Effort::Simple), [1_890, 1_890, 1_890, 3_090]);
        assert_eq!(of(Effort::Ordinary), [3_402, 3_402, 3_402, 5_562]);
        // 0.3 of 31.50 is below the 15.00 of section 13(3), 0.3 of 51.50 is not.
        assert_eq!(of(Effort::Letter), [1_800, 1_800, 1_800, 1_854]);
        assert_eq!(collection_cost(mandate(0, Effort::Simple)), None);
    }

    #[test]
    fn expenses_end_at_twenty_euros() {
        // 0.9 of 51.50 and 93.00; 1.3 of 93.00 would have 24.18.
        assert_eq!(collection_cost(mandate(50_000, Effort::Ordinary)).unwrap().expenses_cents, 927);
        assert_eq!(collection_cost(mandate(50_001, Effort::Ordinary)).unwrap().expenses_cents, 1_674);
        assert_eq!(collection_cost(mandate(50_001, Effort::Extensive)).unwrap().expenses_cents, 2_000);
    }

    #[test]
    fn a_plan_costs_on_half_the_claim_and_by_the_table_even_if_it_is_small() {
        let with_plan = |claim_cents| collection_cost(Mandate { payment_plan: true, ..mandate(claim_cents, Effort::Simple) }).unwrap();
        let small = with_plan(5_000);
        assert_eq!(
            small.fees.iter().map(|fee| (fee.value_cents, fee.whole_cents, fee.cents)).collect::<Vec<_>>(),
            [(5_000, 3_150, 1_575), (2_500, 5_150, 3_605)]
        );
        assert_eq!((small.expenses_cents, small.net_cents), (1_036, 6_216));
        assert_eq!([100_000, 100_001].map(|claim| with_plan(claim).fees[1].cents), [3_605, 6_510]);
    }

    #[test]
    fn tax_is_added_only_where_the_seller_cannot_deduct_it() {
        let taxed = collection_cost(Mandate { deducts_tax: false, ..mandate(10_000, Effort::Simple) }).unwrap();
        assert_eq!((taxed.net_cents, taxed.tax_cents, taxed.total_cents), (3_090, 587, 3_677));
        let untaxed = collection_cost(mandate(10_000, Effort::Simple)).unwrap();
        assert_eq!((untaxed.tax_cents, untaxed.total_cents), (0, 3_090));
    }

    #[test]
    fn the_day_of_the_mandate_chooses_the_table() {
        let whole = |on: &str| whole_fee_cents(*b"DE", Date::parse(on).unwrap(), 10_000);
        assert_eq!(["2021-09-30", "2021-10-01", "2025-05-31", "2025-06-01"].map(whole), [None, Some(4_900), Some(4_900), Some(5_150)]);
        let old = Mandate { on: Date::parse("2025-05-31").unwrap(), ..mandate(5_000, Effort::Simple) };
        assert_eq!(collection_cost(old).unwrap().net_cents, 1_800);
        assert_eq!(collection_cost(Mandate { market: *b"AT", ..old }), None);
    }

    #[test]
    fn no_value_counts_above_thirty_millions() {
        let whole = |cents| whole_fee_cents(*b"DE", Date::parse("2026-11-25").unwrap(), cents);
        assert_eq!(whole(VALUE_MOST), whole(i64::MAX));
        assert_ne!(whole(VALUE_MOST), whole(VALUE_MOST - 50_000 * EURO));
    }
}
