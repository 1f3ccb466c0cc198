//! What collecting may cost, and what a payment pays off: the statute's tables and texts.

use crate::figures::{cents, day, lines};
use serde::Deserialize;
use std::collections::BTreeMap;
use tresen_core::law::allocation::{Kind, Regime, allocate};
use tresen_core::law::collection_cost::{Effort, Mandate, collection_cost, whole_fee_cents};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeFee {
    on: String,
    value: String,
    fee: String,
    source: String,
}

#[test]
fn the_tables_of_the_statute_come_out_at_each_value_and_a_cent_above() {
    let table: Vec<WholeFee> = lines(include_str!("../corpus/law/rvg_fees.jsonl"));
    assert_eq!(table.len(), 91);
    for row in &table {
        let found = whole_fee_cents(*b"DE", day(&row.on), cents(&row.value));
        assert_eq!(found, Some(cents(&row.fee)), "{} {}", row.on, row.value);
    }
    // Both annexes come first, complete; a cent above a value costs what the next row says.
    let mut rows = 0;
    for annex in table.chunk_by(|row, next| row.source == next.source).take(2) {
        for (row, next) in annex.iter().zip(annex.iter().skip(1)) {
            let found = whole_fee_cents(*b"DE", day(&row.on), cents(&row.value) + 1);
            assert_eq!(found, Some(cents(&next.fee)), "above {} {}", row.on, row.value);
            rows += 1;
        }
    }
    assert_eq!(rows, 82);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cost {
    claim: String,
    effort: String,
    whole: String,
    fee: String,
    expenses: String,
    net: String,
    tax: String,
    total: String,
    #[serde(rename = "source")]
    _source: String,
}

#[test]
fn a_mandate_costs_what_was_worked_out() {
    let costs: Vec<Cost> = lines(include_str!("../corpus/law/collection_costs.jsonl"));
    assert_eq!(costs.len(), 11);
    for cost in costs {
        let effort = Effort::ALL.into_iter().find(|one| one.code() == cost.effort).unwrap();
        let mandate = Mandate {
            market: *b"DE",
            on: day("2026-11-25"),
            claim_cents: cents(&cost.claim),
            effort,
            payment_plan: false,
            deducts_tax: false,
        };
        let found = collection_cost(mandate).unwrap();
        let fee = found.fees.first().unwrap();
        let all = [fee.whole_cents, fee.cents, found.expenses_cents, found.net_cents, found.tax_cents, found.total_cents];
        let expected = [cost.whole, cost.fee, cost.expenses, cost.net, cost.tax, cost.total].map(|euros| cents(&euros));
        assert_eq!(all, expected, "{} {}", cost.claim, cost.effort);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payment {
    regime: String,
    owed: BTreeMap<String, String>,
    payment: String,
    expect: BTreeMap<String, String>,
    left: String,
    #[serde(rename = "source")]
    _source: String,
}

#[test]
fn a_payment_pays_off_in_the_order_of_the_statute() {
    let payments: Vec<Payment> = lines(include_str!("../corpus/law/allocation.jsonl"));
    assert_eq!(payments.len(), 7);
    for case in payments {
        let regime = Regime::ALL.into_iter().find(|one| one.code() == case.regime).unwrap();
        let kind = |code: &str| Kind::ALL.into_iter().find(|one| one.code() == code).unwrap();
        let items: Vec<(Kind, i64)> = case.owed.iter().map(|(code, euros)| (kind(code), cents(euros))).collect();
        let found = allocate(regime, &items, cents(&case.payment));
        for (code, euros) in &case.expect {
            let paid: i64 = found.lines.iter().filter(|line| line.kind == kind(code)).map(|line| line.minor).sum();
            assert_eq!(paid, cents(euros), "{} {code} of {}", case.regime, case.payment);
        }
        assert_eq!(found.left_minor, cents(&case.left));
        let sum: i64 = found.lines.iter().map(|line| line.minor).sum();
        assert_eq!(sum + found.left_minor, cents(&case.payment));
    }
}
