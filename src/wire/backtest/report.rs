//! What a policy would have done, as JSON.

use super::observed::{Observed, ppm};
use super::refused::Refused;
use crate::money::Money;
use serde::Serialize;

/// What a policy would have done with the orders of the past
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrialReport {
    /// What a decision means; see `docs/semantics.md` of the core
    pub semantics_version: u16,
    /// SHA-256 of the compiled policy, in hex
    pub policy: String,
    /// The method with credit risk that customers are assumed to take; `null`: the first that is offered, in the order of display
    pub assumed_method: Option<String>,
    /// Whether a method that is incomplete counts as offered
    pub incomplete_is_offered: bool,
    /// Orders that were decided
    pub orders: u64,
    /// Lines that were not
    pub refused: Refused,
    /// The orders to which a method with credit risk is offered
    pub on_credit: CreditReport,
    /// All others
    pub not_on_credit: OrdersReport,
    /// Those of the others to which one would be offered if the shopper told what is still missing
    pub incomplete_on_credit: Share,
    /// Orders that say how they were paid, but were bought without credit risk, or with a method that the policy does not know
    pub outcomes_not_on_credit: u64,
    /// What became of each method, in the policy's order
    pub methods: Vec<MethodReport>,
    /// The classes from best to worst
    pub classes: Vec<ClassReport>,
    /// The value classes in the policy's order
    pub value_classes: Vec<ValueClassReport>,
}

/// Some of the orders
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many
    pub orders: u64,
    /// In parts per million of all that were decided, half up
    pub share_ppm: u64,
}

impl Share {
    pub(super) fn of(orders: u64, all: u64) -> Self {
        Self { orders, share_ppm: ppm(orders, all) }
    }
}

/// Orders to which a method with credit risk is offered
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditReport {
    /// How many
    #[serde(flatten)]
    pub share: Share,
    /// What they would owe: totals and fees of the method that is assumed to be taken
    pub amount: Money,
    /// The probability of default of each order's class times what it would owe; `null` if the policy has no classes
    pub expected_loss: Option<Money>,
    /// What they earned, losses apart
    pub margin: Option<MarginReport>,
    /// How they were paid, as far as they were on credit then too
    pub observed: Option<Observed>,
}

/// What orders earned
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarginReport {
    /// How many say so
    pub orders: u64,
    /// How much
    pub amount: Money,
}

/// Orders to which none is offered
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrdersReport {
    /// How many
    #[serde(flatten)]
    pub share: Share,
    /// How they were paid, as far as they were on credit then
    pub observed: Option<Observed>,
}

/// What became of a method
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MethodReport {
    /// The merchant's word for it
    pub id: String,
    /// `invoice`, `pay_later`, …
    pub kind: &'static str,
    /// It can be used
    pub offered: Share,
    /// Nothing is against it, but something is still to be told
    pub incomplete: Share,
    /// There is a reason against it
    pub withheld: Share,
    /// The reasons, the most frequent first; an order may have several
    pub reasons: Vec<ReasonReport>,
}

/// A reason, and how often it holds
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonReport {
    /// The code
    pub code: &'static str,
    /// The rule that says so
    pub rule: Option<String>,
    /// How often
    #[serde(flatten)]
    pub share: Share,
}

/// The orders of a class
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassReport {
    /// The merchant's word for it; `null` for the one class of a policy that has none
    pub id: Option<String>,
    /// How many
    #[serde(flatten)]
    pub share: Share,
    /// The probability of default that the policy names, in parts per million
    pub default_probability_ppm: Option<u32>,
    /// Where it comes from: `assumed` or `own_data`
    pub basis: Option<&'static str>,
    /// Those to which a method with credit risk is offered
    pub on_credit: u64,
    /// What they would owe
    pub amount: Money,
    /// What of it is expected to be lost
    pub expected_loss: Option<Money>,
    /// How the orders of this class were paid, whether the policy offers credit to them or not, as far as they were on credit then
    pub observed: Option<Observed>,
}

/// The orders of a value class
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueClassReport {
    /// The merchant's word for it
    pub id: String,
    /// How many
    #[serde(flatten)]
    pub share: Share,
    /// Those to which a method with credit risk is offered
    pub on_credit: u64,
}
