//! Rates of a plan: the published figures, and on random plans that nothing is lost and no day comes twice.

use crate::figures::{day, lines};
use serde::Deserialize;
use tresen_core::calendar::Calendar;
use tresen_core::date::Date;
use tresen_core::instalments::{Charge, Instalment, Plan, PlanError, Wanted};
use tresen_core::rate::Rate;
use tresen_tests::chance::Chance;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(rename = "source")]
    _source: String,
    principal: i64,
    rates: u8,
    start: Option<String>,
    first: Option<String>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    amounts: Option<Vec<i64>>,
    due: Option<Vec<String>>,
}

fn wanted(principal: i64, rates: u8, start: Date, first: Date) -> Wanted {
    Wanted { principal, start, first, rates, charge: Charge::Free, calendar: Calendar::GermanyNationwide }
}

#[test]
fn rates_are_those_of_the_papers() {
    let cases: Vec<Case> = lines(include_str!("../corpus/law/instalments.jsonl"));
    assert_eq!(cases.len(), 6);
    for Case { name, principal, rates, start, first, expect, .. } in cases {
        let on = |text: Option<String>, other: &str| day(text.as_deref().unwrap_or(other));
        let plan = Plan::new(wanted(principal, rates, on(start, "2026-11-21"), on(first, "2026-12-21"))).unwrap();
        let amounts: Vec<i64> = plan.instalments.iter().map(|rate| rate.amount).collect();
        let due: Vec<String> = plan.instalments.iter().map(|rate| rate.due.to_iso()).collect();
        assert!(expect.amounts.is_some() || expect.due.is_some(), "{name} expects nothing");
        assert!(expect.amounts.is_none_or(|expected| expected == amounts), "{name}: {amounts:?}");
        assert!(expect.due.is_none_or(|expected| expected == due), "{name}: {due:?}");
    }
}

#[test]
fn rates_sum_to_the_price_and_its_cost_and_their_days_rise() {
    let (mut with_cost, mut above) = (0, 0);
    for seed in 0..3_000 {
        let mut chance = Chance::new(seed);
        let start = day("2024-01-01").plus_days(i32::try_from(chance.below(1_500)).unwrap());
        let first = start.plus_days(1 + i32::try_from(chance.below(60)).unwrap());
        let rates = u8::try_from(1 + chance.below(36)).unwrap();
        let charge = chance.pick(&[
            Charge::Free,
            Charge::Fee(900),
            Charge::Fee(7),
            Charge::Interest(Rate::parse("0.0999").unwrap()),
            Charge::Interest(Rate::parse("0.12").unwrap()),
        ]);
        let calendar = chance.pick(&[Calendar::GermanyNationwide, Calendar::GermanyAnyRegion, Calendar::WeekendsOnly]);
        let principal = 5_000 + chance.amount();
        let plan = match Plan::new(Wanted { charge, calendar, ..wanted(principal, rates, start, first) }) {
            Ok(plan) => plan,
            // A fee for a few days is more a year than anybody may be told.
            Err(PlanError::AnnualRate(_)) => {
                above += 1;
                continue;
            }
            Err(other) => panic!("seed {seed}: {other:?}"),
        };
        let sum = |part: fn(&Instalment) -> i64| plan.instalments.iter().map(part).sum::<i64>();
        assert_eq!(plan.instalments.len(), usize::from(rates), "seed {seed}");
        assert_eq!(sum(|rate| rate.amount), plan.total(), "seed {seed}");
        assert_eq!(sum(Instalment::principal), principal, "seed {seed}: what pays for the price is the price");
        assert_eq!(sum(|rate| rate.cost), plan.cost(), "seed {seed}");
        assert_eq!(plan.total(), principal + plan.cost(), "seed {seed}");
        if let Charge::Fee(fee) = charge {
            assert_eq!(plan.cost(), fee, "seed {seed}");
        }
        assert!(plan.instalments.windows(2).all(|pair| pair[0].due < pair[1].due), "seed {seed}: {:?}", plan.instalments);
        for rate in &plan.instalments {
            assert!(rate.amount > 0 && rate.cost >= 0 && !calendar.is_free(rate.due) && rate.due >= rate.nominal, "seed {seed}: {rate:?}");
            // The day of the first, or the last of a month that is shorter.
            let (_, month, of_month) = rate.nominal.ymd();
            let is_last = rate.nominal.plus_days(1).ymd().1 != month;
            assert!(of_month == first.ymd().2 || (is_last && of_month < first.ymd().2), "seed {seed}: {rate:?} of {first:?}");
        }
        if charge == Charge::Free {
            let amounts = plan.instalments.iter().map(|rate| rate.amount);
            assert!(amounts.clone().max().unwrap() - amounts.min().unwrap() <= 1, "seed {seed}: rates differ by a cent at most");
        }
        with_cost += usize::from(plan.cost() > 0);
    }
    assert!(with_cost > 1_000 && above < 200, "{with_cost} with a cost, {above} too dear");
}
