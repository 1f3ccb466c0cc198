//! What a reminder or a collector may cost the debtor.

use super::read::Reader;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::diag::Diagnostic;
use tresen_core::law::collection_cost::{self, CollectionCost, Mandate, collection_cost};
use tresen_core::law::dunning_cost::{OwnReminder, own_cost};

/// Whose cost is asked for
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum ToCollect {
    /// A reminder of the seller's own
    OwnReminder {
        /// The country whose law counts
        market: String,
        /// When it is sent
        on: String,
        /// Whether on paper
        by_letter: bool,
        /// Whether the debtor is in default before it comes
        in_default: bool,
        /// What print, envelope and postage are proven to cost
        proven: Money,
    },
    /// A lawyer or a registered collector, for a claim that is not disputed
    Collection {
        /// The country whose law counts
        market: String,
        /// When the mandate is given
        on: String,
        /// Without interest and costs
        claim: Money,
        /// How much work it is
        effort: Effort,
        /// Whether a plan of payments is agreed on
        #[serde(default)]
        payment_plan: bool,
        /// Whether the seller deducts the tax on what it buys
        deducts_tax: bool,
    },
}

/// How much work a claim is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// One simple letter
    Letter,
    /// As a rule, what is paid within two weeks
    Simple,
    /// Any other
    Ordinary,
    /// Especially extensive or difficult
    Extensive,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Costs {
    /// Of the seller's own reminder
    OwnReminder {
        /// What it may cost
        cost: Money,
        /// Why
        why: &'static str,
        /// The figure of the day, if there is one
        most: Option<Money>,
        /// Where it is written
        source: Option<&'static str>,
    },
    /// Of a lawyer or a registered collector, at most
    Collection {
        /// The parts; nothing where no figure was read
        cost: Option<Parts>,
    },
}

/// What a mandate costs
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// For the work, and for a plan
    pub fees: Vec<Fee>,
    /// Expenses
    pub expenses: Money,
    /// Fees and expenses
    pub net: Money,
    /// Value added tax
    pub tax: Money,
    /// All together
    pub total: Money,
    /// Where it is written
    pub source: &'static str,
}

/// One fee
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fee {
    /// The value that it goes by
    pub value: Money,
    /// The whole fee of that value
    pub whole: Money,
    /// What part of it
    pub rate: String,
    /// What is charged
    pub fee: Money,
    /// Where it is written
    pub source: &'static str,
}

impl Effort {
    fn to_core(self) -> collection_cost::Effort {
        match self {
            Self::Letter => collection_cost::Effort::Letter,
            Self::Simple => collection_cost::Effort::Simple,
            Self::Ordinary => collection_cost::Effort::Ordinary,
            Self::Extensive => collection_cost::Effort::Extensive,
        }
    }
}

/// What it may cost
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn costs(asked: &ToCollect) -> Result<Costs, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let answer = match asked {
        ToCollect::OwnReminder { market, on, by_letter, in_default, proven } => {
            let read = (reader.market(market, "/market"), reader.day(on, "/on"), reader.cents(proven, "/proven"));
            let (Some(market), Some(on), Some(proven_cents)) = read else { return reader.finish(None) };
            let found = own_cost(OwnReminder { market, on, by_letter: *by_letter, in_default: *in_default, proven_cents });
            let most = found.most_cents.map(euros);
            Costs::OwnReminder { cost: euros(found.cents), why: found.why.code(), most, source: found.source }
        }
        ToCollect::Collection { market, on, claim, effort, payment_plan, deducts_tax } => {
            let read = (reader.market(market, "/market"), reader.day(on, "/on"), reader.cents(claim, "/claim"));
            if claim.minor == 0 {
                reader.mistake("law.claim.none", "/claim", "there is no claim", "write an amount above 0");
            }
            let (Some(market), Some(on), Some(claim_cents)) = read else { return reader.finish(None) };
            let (payment_plan, deducts_tax) = (*payment_plan, *deducts_tax);
            let mandate = Mandate { market, on, claim_cents, effort: effort.to_core(), payment_plan, deducts_tax };
            Costs::Collection { cost: collection_cost(mandate).map(|found| parts(&found)) }
        }
    };
    reader.finish(Some(answer))
}

fn euros(cents: i64) -> Money {
    Money::new(cents, "EUR")
}

fn parts(found: &CollectionCost) -> Parts {
    let fee = |fee: &collection_cost::Fee| Fee {
        value: euros(fee.value_cents),
        whole: euros(fee.whole_cents),
        rate: format!("{}.{}", fee.tenths.div_euclid(10), fee.tenths.rem_euclid(10)),
        fee: euros(fee.cents),
        source: fee.source,
    };
    Parts {
        fees: found.fees.iter().map(fee).collect(),
        expenses: euros(found.expenses_cents),
        net: euros(found.net_cents),
        tax: euros(found.tax_cents),
        total: euros(found.total_cents),
        source: found.source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Result<serde_json::Value, Vec<(&'static str, String)>> {
        let told = costs(&serde_json::from_str(json).unwrap()).map(|costs| serde_json::to_value(costs).unwrap());
        told.map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn a_reminder_and_a_mandate_say_what_they_cost_and_why() {
        let letter = r#"{"of": "own_reminder", "market": "DE", "on": "2026-11-25", "by_letter": true, "in_default": true,
            "proven": {"minor": 250, "currency": "EUR"}}"#;
        let expected = serde_json::json!({"of": "own_reminder", "cost": {"currency": "EUR", "minor": 101}, "why": "most",
            "most": {"currency": "EUR", "minor": 101}, "source": "BGB sections 280(2) and 286; BGH 2019-06-26, VIII ZR 95/18"});
        assert_eq!(found(letter), Ok(expected));
        let mandate = found(
            r#"{"of": "collection", "market": "DE", "on": "2026-11-25", "claim": {"minor": 10000, "currency": "EUR"}, "effort": "simple",
            "deducts_tax": false}"#,
        )
        .unwrap();
        assert_eq!(mandate["cost"]["total"]["minor"], 3_677);
        assert_eq!((&mandate["cost"]["fees"][0]["rate"], &mandate["cost"]["fees"][0]["fee"]["minor"]), (&"0.5".into(), &2_575.into()));
        let unread = r#"{"of": "collection", "market": "CH", "on": "2026-11-25", "claim": {"minor": 1, "currency": "EUR"}, "effort": "letter",
            "deducts_tax": true}"#;
        assert_eq!(found(unread), Ok(serde_json::json!({"of": "collection", "cost": null})));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let mistakes = found(
            r#"{"of": "collection", "market": "de", "on": "", "claim": {"minor": 0, "currency": "CHF"}, "effort": "simple",
            "deducts_tax": false}"#,
        );
        let expected = [
            ("law.market.malformed", "/market"),
            ("law.date.malformed", "/on"),
            ("law.currency.not_euro", "/claim"),
            ("law.claim.none", "/claim"),
        ];
        assert_eq!(mistakes, Err(expected.map(|(code, at)| (code, at.to_owned())).into()));
    }
}
