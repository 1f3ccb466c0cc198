//! The public part of a policy as JSON: what a shop may say on its product pages, before it knows who is there.

use crate::decision::Term;
use crate::money::Money;
use serde::Serialize;
use tresen_core::date::Date;
use tresen_core::hint::{Channel, totals};
use tresen_core::policy::{self, Fee, Policy};
use tresen_core::reach::Totals;

/// What a first-time guest could pay with
///
/// It holds for a consumer of the policy's market about whom nothing else is known; the checkout decides about everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// The version of this form
    pub format: u16,
    /// ISO 4217, of every amount in it
    pub currency: String,
    /// The last day on which it holds, if there is one
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// What the guest could pay with, in the policy's order
    pub methods: Vec<Method>,
}

/// A method that the guest could pay with
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Method {
    /// The shop's own name for it
    pub id: String,
    /// As in a decision: `invoice`, `pay_later` and so on
    pub kind: String,
    /// The smallest cart total
    pub smallest: Money,
    /// The largest cart total, if there is one
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest: Option<Money>,
    /// Time to pay, if there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// What it costs the customer, if it does
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Cost>,
}

/// What a method costs
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// Whatever the total
    pub fixed: Money,
    /// Of the total, in parts per million
    pub rate_ppm: u32,
}

/// What may be said of the policy on a day to those who come that way
#[must_use]
pub fn to_wire(policy: &Policy, channel: Channel, today: Date) -> Hint {
    let methods = policy.methods.iter().zip(totals(policy, channel, today));
    Hint {
        format: 1,
        currency: policy.currency.code().to_owned(),
        valid_until: policy.valid_until.map(Date::to_iso),
        methods: methods.filter_map(|(method, totals)| Some(to_method(policy, method, totals?))).collect(),
    }
}

fn to_method(policy: &Policy, method: &policy::Method, Totals { smallest, largest }: Totals) -> Method {
    let money = |minor: i64| Money::new(minor, policy.currency.code());
    Method {
        id: method.id.clone(),
        kind: method.kind.code().to_owned(),
        smallest: money(smallest),
        largest: largest.map(money),
        term: method.term.map(|term| Term { days: term.days, from: term.start.code().to_owned() }),
        fee: (method.fee != Fee::NONE).then(|| Cost { fixed: money(method.fee.fixed), rate_ppm: method.fee.rate.ppm() }),
    }
}
