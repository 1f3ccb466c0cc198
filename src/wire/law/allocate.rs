//! What a payment pays off.

use super::read::Reader;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::diag::Diagnostic;
use tresen_core::law::allocation::{self, Debt, Regime, between};

/// A payment, and what it may go to
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "by", deny_unknown_fields)]
pub enum ToAllocate {
    /// Within one debt: costs, interest, principal
    #[serde(rename = "bgb_367")]
    Bgb367 {
        /// What is open; of one kind the earlier first
        items: Vec<Item>,
        /// What was paid
        payment: Money,
    },
    /// Within consumer credit in default: costs of legal pursuit, the rest, interest of default
    #[serde(rename = "bgb_497")]
    Bgb497 {
        /// What is open; of one kind the earlier first
        items: Vec<Item>,
        /// What was paid
        payment: Money,
    },
    /// Between several debts to one creditor
    #[serde(rename = "bgb_366")]
    Bgb366 {
        /// The debts
        debts: Vec<OpenDebt>,
        /// What was paid
        payment: Money,
        /// The place of the debt that the payer named, counted from 0
        #[serde(default)]
        named: Option<usize>,
    },
}

/// An open item of a debt
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is
    pub kind: Kind,
    /// What is open of it
    pub open: Money,
}

/// What an item is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Of courts, lawyers and collectors
    LegalCosts,
    /// The seller's own dunning cost, or a lump sum
    Costs,
    /// What was agreed for the time to pay
    Interest,
    /// What accrued by law since default
    DefaultInterest,
    /// What was bought
    Principal,
}

/// One of several debts
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenDebt {
    /// What is open of it
    pub open: Money,
    /// Whether it is due
    pub is_due: bool,
    /// The more, the safer for the creditor
    #[serde(default)]
    pub security: u32,
    /// The more, the heavier for the debtor
    #[serde(default)]
    pub burden: u32,
    /// Since when it is owed
    pub since: String,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allocated {
    /// In the order in which they were paid; debts in the order in which they were given
    pub lines: Vec<Line>,
    /// What nothing was open for
    pub left: Money,
    /// Whether a creditor may turn down a payer who names another order within the debt
    pub may_refuse_another_order: Option<bool>,
    /// Where it is written
    pub source: &'static str,
}

/// What one item or debt gets
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its place, counted from 0
    pub place: usize,
    /// What it is; nothing for a debt as a whole
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What it gets
    pub amount: Money,
}

impl Kind {
    fn to_core(self) -> allocation::Kind {
        match self {
            Self::LegalCosts => allocation::Kind::LegalCosts,
            Self::Costs => allocation::Kind::Costs,
            Self::Interest => allocation::Kind::Interest,
            Self::DefaultInterest => allocation::Kind::DefaultInterest,
            Self::Principal => allocation::Kind::Principal,
        }
    }

    fn to_wire(kind: allocation::Kind) -> Self {
        match kind {
            allocation::Kind::LegalCosts => Self::LegalCosts,
            allocation::Kind::Costs => Self::Costs,
            allocation::Kind::Interest => Self::Interest,
            allocation::Kind::DefaultInterest => Self::DefaultInterest,
            allocation::Kind::Principal => Self::Principal,
        }
    }
}

/// Shares a payment
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn allocate(asked: &ToAllocate) -> Result<Allocated, Vec<Diagnostic>> {
    match asked {
        ToAllocate::Bgb367 { items, payment } => within(Regime::Bgb367, items, payment),
        ToAllocate::Bgb497 { items, payment } => within(Regime::Bgb497, items, payment),
        ToAllocate::Bgb366 { debts, payment, named } => among(debts, payment, *named),
    }
}

fn within(regime: Regime, items: &[Item], payment: &Money) -> Result<Allocated, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let paid = reader.minor(payment, "/payment");
    let read = items
        .iter()
        .enumerate()
        .map(|(place, item)| reader.minor(&item.open, &format!("/items/{place}/open")).map(|minor| (item.kind.to_core(), minor)));
    let open = read.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>();
    let answer = paid.zip(open).map(|(paid, open)| {
        let found = allocation::allocate(regime, &open, paid);
        let money = |minor| Money::new(minor, &payment.currency);
        let line = |line: &allocation::Line| Line { place: line.place, kind: Some(Kind::to_wire(line.kind)), amount: money(line.minor) };
        Allocated {
            lines: found.lines.iter().map(line).collect(),
            left: money(found.left_minor),
            may_refuse_another_order: Some(regime.may_refuse_another_order()),
            source: regime.source(),
        }
    });
    reader.finish(answer)
}

fn among(debts: &[OpenDebt], payment: &Money, named: Option<usize>) -> Result<Allocated, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let paid = reader.minor(payment, "/payment");
    if named.is_some_and(|place| place >= debts.len()) {
        reader.mistake("law.debt.unknown", "/named", "no debt has that place", "count the debts from 0");
    }
    let read = debts.iter().enumerate().map(|(place, debt)| {
        let open_minor = reader.minor(&debt.open, &format!("/debts/{place}/open"));
        let since = reader.day(&debt.since, &format!("/debts/{place}/since"));
        Some(Debt { open_minor: open_minor?, is_due: debt.is_due, security: debt.security, burden: debt.burden, since: since? })
    });
    let open = read.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>();
    let answer = paid.zip(open).map(|(paid, open)| {
        let found = between(&open, paid, named);
        let money = |minor| Money::new(minor, &payment.currency);
        let lines = found.minor.iter().enumerate().map(|(place, minor)| Line { place, kind: None, amount: money(*minor) });
        Allocated { lines: lines.collect(), left: money(found.left_minor), may_refuse_another_order: None, source: "BGB section 366" }
    });
    reader.finish(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Found = Result<(Vec<(usize, Option<Kind>, i64)>, i64), Vec<(&'static str, String)>>;

    fn found(json: &str) -> Found {
        let told = allocate(&serde_json::from_str(json).unwrap());
        told.map(|one| (one.lines.iter().map(|line| (line.place, line.kind, line.amount.minor)).collect(), one.left.minor))
            .map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn the_order_is_that_of_the_section_that_is_named() {
        let json = |by: &str| {
            format!(
                r#"{{"by": "{by}", "payment": {{"minor": 10000, "currency": "EUR"}}, "items": [
                    {{"kind": "principal", "open": {{"minor": 10000, "currency": "EUR"}}}},
                    {{"kind": "legal_costs", "open": {{"minor": 500, "currency": "EUR"}}}},
                    {{"kind": "default_interest", "open": {{"minor": 25, "currency": "EUR"}}}}]}}"#
            )
        };
        let (costs, interest, principal) = (Some(Kind::LegalCosts), Some(Kind::DefaultInterest), Some(Kind::Principal));
        assert_eq!(found(&json("bgb_367")), Ok((vec![(1, costs, 500), (2, interest, 25), (0, principal, 9_475)], 0)));
        assert_eq!(found(&json("bgb_497")), Ok((vec![(1, costs, 500), (0, principal, 9_500)], 0)));
    }

    #[test]
    fn every_kind_is_the_core_s_and_has_its_code() {
        for kind in allocation::Kind::ALL {
            assert_eq!(Kind::to_wire(kind).to_core(), kind);
            assert_eq!(serde_json::to_value(Kind::to_wire(kind)).unwrap(), kind.code());
        }
    }

    #[test]
    fn debts_are_paid_in_the_order_of_section_366() {
        let json = |named: &str| {
            format!(
                r#"{{"by": "bgb_366", "payment": {{"minor": 120, "currency": "EUR"}}, {named} "debts": [
                    {{"open": {{"minor": 100, "currency": "EUR"}}, "is_due": true, "since": "2026-11-01"}},
                    {{"open": {{"minor": 100, "currency": "EUR"}}, "is_due": true, "since": "2026-10-01"}}]}}"#
            )
        };
        assert_eq!(found(&json("")), Ok((vec![(0, None, 20), (1, None, 100)], 0)));
        assert_eq!(found(&json(r#""named": 0,"#)), Ok((vec![(0, None, 100), (1, None, 20)], 0)));
        assert_eq!(found(&json(r#""named": 2,"#)), Err(vec![("law.debt.unknown", "/named".to_owned())]));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let json = r#"{"by": "bgb_366", "payment": {"minor": -1, "currency": "EUR"}, "debts": [
            {"open": {"minor": 100, "currency": "CHF"}, "is_due": true, "since": "x"}]}"#;
        let expected =
            [("law.amount.negative", "/payment"), ("law.currency.mixed", "/debts/0/open"), ("law.date.malformed", "/debts/0/since")];
        assert_eq!(found(json), Err(expected.map(|(code, at)| (code, at.to_owned())).into()));
    }
}
