//! Base rates and interest on late payments: published tables and examples, and `rust_decimal` day by day.

use crate::figures::{cents, day, decimal, lines, party, ppm};
use rust_decimal::{Decimal, RoundingStrategy, dec};
use serde::Deserialize;
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::law::base_rate::{base_rate, base_rates};
use tresen_core::law::half_years::HalfYears;
use tresen_core::law::interest::{Accrual, Convention, Exact, accrue};
use tresen_core::law::late_interest::{Claim, late_interest};
use tresen_core::law::regime::Party;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HalfYear {
    from: String,
    to: String,
    base: String,
    consumer: String,
    business: String,
    business_before_2014_07_29: String,
    sources: Vec<String>,
}

fn half_years() -> Vec<HalfYear> {
    lines(include_str!("../corpus/law/base_rates_de.jsonl"))
}

#[test]
fn every_half_year_has_its_published_rates_from_its_first_day_to_its_last() {
    let table = half_years();
    assert_eq!(table.len(), 50);
    for row in &table {
        assert!(row.sources.len() >= 2, "{}: one source alone", row.from);
        for on in [&row.from, &row.to] {
            let on = day(on);
            assert_eq!(base_rate(*b"DE", on), Some(ppm(&row.base)), "{on:?}");
            let rate = |party, made| late_interest(Claim { market: *b"DE", party, made }, on).map(|found| found.rate.ppm().cast_signed());
            assert_eq!(rate(Party::Consumer, day("2002-01-01")), Some(ppm(&row.consumer)), "{on:?}");
            assert_eq!(rate(Party::Business, day("2002-01-01")), Some(ppm(&row.business_before_2014_07_29)), "{on:?}");
            let newer = day("2014-07-29");
            assert_eq!(rate(Party::Business, newer), (on >= newer).then(|| ppm(&row.business)), "{on:?}");
        }
    }
    let (first, last) = (table.first().unwrap(), table.last().unwrap());
    assert_eq!(base_rate(*b"DE", day(&first.from).plus_days(-1)), None);
    assert_eq!(base_rates(*b"DE").and_then(HalfYears::read_until), Some(day(&last.to)));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    name: String,
    #[serde(rename = "source")]
    _source: String,
    party: String,
    made: String,
    principal: String,
    from: String,
    to: String,
    convention: String,
    #[serde(default)]
    periods: Vec<Period>,
    exact: Option<String>,
    interest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    from: String,
    to: String,
    days: i32,
    rate: String,
    interest: String,
}

/// Euros, to so many digits as the text has
fn is(exact: Exact, expected: &str) -> bool {
    let euros = Decimal::from(exact.parts()) / Decimal::from(Exact::PARTS_PER_MINOR) / dec!(100);
    let expected = decimal(expected);
    euros.round_dp_with_strategy(expected.scale(), RoundingStrategy::MidpointAwayFromZero) == expected
}

#[test]
fn the_published_examples_come_out() {
    let examples: Vec<Example> = lines(include_str!("../corpus/law/interest.jsonl"));
    assert_eq!(examples.len(), 8);
    for example in examples {
        let claim = Claim { market: *b"DE", party: party(&example.party), made: day(&example.made) };
        let convention = Convention::ALL.into_iter().find(|one| one.code() == example.convention).unwrap();
        let found = accrue(claim, cents(&example.principal), day(&example.from), day(&example.to), convention);
        assert_eq!(found.exact.minor(), cents(&example.interest), "{}", example.name);
        assert_eq!(found.without_figure, [], "{}", example.name);
        assert!(example.exact.is_none_or(|exact| is(found.exact, &exact)), "{}", example.name);
        if !example.periods.is_empty() {
            periods(&example.name, &found, &example.periods);
        }
    }
}

fn periods(name: &str, found: &Accrual, expected: &[Period]) {
    assert_eq!(found.segments.len(), expected.len(), "{name}");
    for (segment, period) in found.segments.iter().zip(expected) {
        assert_eq!((segment.from, segment.to, segment.days), (day(&period.from), day(&period.to), period.days), "{name}");
        assert_eq!(segment.interest.rate.ppm().cast_signed(), ppm(&period.rate), "{name} {}", period.from);
        assert!(is(segment.exact, &period.interest), "{name} {}", period.from);
    }
}

/// The rates of the corpus by the first day of their half-year, in percent
fn published(party: Party) -> BTreeMap<Date, Decimal> {
    let rate = |row: &HalfYear| decimal(if party == Party::Consumer { &row.consumer } else { &row.business_before_2014_07_29 });
    half_years().iter().map(|row| (day(&row.from), rate(row))).collect()
}

/// Each day alone, with nothing of the core but its dates
fn by_the_day(rates: &BTreeMap<Date, Decimal>, principal: i64, from: Date, to: Date, convention: Convention) -> Decimal {
    let last = day("2026-12-31");
    let mut sum = Decimal::ZERO;
    let mut on = from;
    while on <= to {
        let year = on.ymd().0;
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let days = if leap && convention == Convention::ActAct { dec!(366) } else { dec!(365) };
        if let Some((_, rate)) = rates.range(..=on).next_back().filter(|_| on <= last) {
            sum += Decimal::from(principal) * rate / dec!(100) / days;
        }
        on = on.plus_days(1);
    }
    sum
}

#[test]
fn rust_decimal_agrees_day_by_day() {
    let made = day("2002-01-01");
    let mut stretches = 0;
    for party in [Party::Consumer, Party::Business] {
        let rates = published(party);
        for convention in Convention::ALL {
            for (place, principal) in [1, 99, 12_345, 99_999_999].into_iter().enumerate() {
                for step in 0_i32..25 {
                    let from = made.plus_days(step * 361 - 20);
                    let to = from.plus_days(step * 17 + i32::try_from(place).unwrap() * 301);
                    let found = accrue(Claim { market: *b"DE", party, made }, principal, from, to, convention);
                    let expected = by_the_day(&rates, principal, from, to, convention);
                    let exact = Decimal::from(found.exact.parts()) / Decimal::from(Exact::PARTS_PER_MINOR);
                    assert!((exact - expected).abs() < dec!(0.000001), "{principal} {from:?} {to:?}: {exact} {expected}");
                    let days: i32 = found.segments.iter().map(|segment| segment.days).sum();
                    let left_out: i32 = found.without_figure.iter().map(|(from, to)| to.days_since(*from) + 1).sum();
                    assert_eq!(days + left_out, to.days_since(from) + 1, "no day is lost");
                    stretches += 1;
                }
            }
        }
    }
    assert_eq!(stretches, 400);
}
