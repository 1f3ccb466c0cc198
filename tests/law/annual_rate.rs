//! The effective annual rate: published examples, and `rust_decimal` on credits of every shape.

use rust_decimal::{Decimal, MathematicalOps as _, dec};
use serde::Deserialize;
use std::str::FromStr as _;
use tresen_core::annual_rate::{AnnualRate, Flow, Years};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    name: String,
    #[serde(rename = "description")]
    _description: String,
    #[serde(rename = "source")]
    _source: String,
    flows: Vec<(String, String)>,
    percent: Decimal,
    rate: Decimal,
}

/// `34/365+19` as one fraction
fn years(text: &str) -> Years {
    let (numerator, denominator) = text.split('+').fold((0_u32, 1_u32), |(numerator, denominator), part| {
        let (above, below) = part.split_once('/').unwrap_or((part, "1"));
        let (above, below): (u32, u32) = (above.parse().unwrap(), below.parse().unwrap());
        (numerator * below + above * denominator, denominator * below)
    });
    Years::new(numerator, denominator).unwrap()
}

fn minor(amount: &str) -> i64 {
    (Decimal::from_str(amount).unwrap() * dec!(100)).normalize().try_into().unwrap()
}

#[test]
fn the_published_examples_come_out() {
    let corpus = include_str!("../corpus/law/annual_rate.jsonl");
    let examples: Vec<Example> = corpus.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(examples.len(), 12);
    for example in examples {
        let flows: Vec<Flow> = example.flows.iter().map(|(amount, at)| Flow { minor: minor(amount), at: years(at) }).collect();
        let found = Decimal::new(AnnualRate::of(&flows).unwrap().hundredths().into(), 2);
        assert_eq!(found, example.rate, "{}", example.name);
        assert!((found - example.percent).abs() <= dec!(0.005), "{}", example.name);
    }
}

/// What the flows are worth at a yearly factor
fn worth(flows: &[Flow], factor: Decimal) -> Decimal {
    flows
        .iter()
        .map(|flow| {
            let (numerator, denominator) = flow.at.fraction();
            Decimal::from(flow.minor) / factor.powd(Decimal::from(numerator) / Decimal::from(denominator))
        })
        .sum()
}

#[test]
fn rust_decimal_agrees_on_credits_of_every_shape() {
    let mut credits = 0;
    for principal in [2_000, 9_999, 30_000, 250_000] {
        for rates in [2, 3, 6, 12, 24] {
            for surcharge in [1, 7, 150, 900, 4_321] {
                for days in [0, 3, 17] {
                    let total = principal + principal * surcharge / 10_000;
                    let mut flows = vec![Flow { minor: principal, at: Years::ZERO }];
                    for month in 1..=rates {
                        let part = total / rates + i64::from(month <= total % rates);
                        let month = u32::try_from(month).unwrap();
                        flows.push(Flow { minor: -part, at: Years::new(month * 365 + days * 12, 12 * 365).unwrap() });
                    }
                    let Ok(found) = AnnualRate::of(&flows).map(|rate| Decimal::new(rate.hundredths().into(), 4)) else {
                        assert_eq!(total, principal, "only what costs nothing at all has another answer");
                        continue;
                    };
                    // Half a hundredth below and above, the value must change its sign.
                    let (below, above) = (found - dec!(0.00005), found + dec!(0.00005));
                    assert!(worth(&flows, dec!(1) + below) <= dec!(0.000001), "{principal} {rates} {surcharge} {days}: {found}");
                    assert!(worth(&flows, dec!(1) + above) >= dec!(-0.000001), "{principal} {rates} {surcharge} {days}: {found}");
                    credits += 1;
                }
            }
        }
    }
    assert!(credits > 250, "{credits}");
}
