//! A decision as JSON: the whole trace, for the shop's server and the merchant.

use crate::credit::{PlanOnOffer, Regime};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tresen_core::SEMANTICS_VERSION;
use tresen_core::change::{self, Settling};
use tresen_core::date::Date;
use tresen_core::facts::{Facts, known};
use tresen_core::offer::{Answer, Because, MethodAnswer, State, reasons};
use tresen_core::policy::{Method as PolicyMethod, Policy};
use tresen_core::program::Program;
use tresen_core::qualify::Applied;
use tresen_core::steps::{self, Steps};

/// What was decided
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What a decision means; see `docs/semantics.md` of the core
    pub semantics_version: u16,
    /// SHA-256 of the compiled policy, in hex
    pub policy: String,
    /// SHA-256 of the compiled residual policy that the browser decides by, in hex
    pub residual: Option<String>,
    /// The day of the decision
    pub today: String,
    /// How the order is rated
    pub risk: Risk,
    /// The value class
    pub value_class: Option<String>,
    /// How much the customer may owe
    pub exposure: Exposure,
    /// All methods in the order of their display
    pub methods: Vec<Method>,
}

/// How an order is rated
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// The class
    pub class: Option<String>,
    /// The points, if a scorecard applied and anything it asks for is known
    pub points: Option<i32>,
    /// `new` or `returning`
    pub scorecard: Option<String>,
    /// The probability of default in parts per million
    pub default_probability_ppm: Option<u32>,
    /// `assumed` or `own_data`
    pub basis: Option<String>,
}

/// How much a customer may owe in all
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// The limit, if there is one
    pub limit: Option<Money>,
    /// What is left of it
    pub available: Option<Money>,
}

/// What was decided about a method
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The merchant's word for it
    pub id: String,
    /// `invoice`, `pay_later`, `instalments`, `sepa_debit`, `card`, `wallet` or `prepayment`
    pub kind: String,
    /// `offered`, `incomplete` or `withheld`
    pub state: String,
    /// Its place in the display, from 1
    pub rank: u8,
    /// The largest cart total as far as limits go
    pub limit: Option<Money>,
    /// What it costs the customer
    pub fee: Money,
    /// The time to pay
    pub term: Option<Term>,
    /// The day on which the customer has to pay
    pub due_date: Option<String>,
    /// Facts that the shopper still has to tell
    pub missing: Vec<String>,
    /// What paying later is to the law, where the method gives time to pay and somebody who knows the seller decided
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Regime>,
    /// The plans of instalments that this order may have, where it has a total
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<PlanOnOffer>,
    /// What a deferral comes to that is consumer credit, where total and day are known: a plan of one rate
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deferral: Option<PlanOnOffer>,
    /// Name of the text that the shopper agrees to
    pub consent: Option<String>,
    /// Everything against it; it is withheld exactly if there is anything
    pub reasons: Vec<Reason>,
    /// What would bring it back
    pub change: Option<Change>,
    /// The least that the customer could confirm to bring it back, by the keys of the steps; left out where there is nothing
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
}

/// Time to pay
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Days
    pub days: u16,
    /// `order` or `delivery`
    pub from: String,
}

/// Why a method is withheld
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The code
    pub code: String,
    /// The rule that says so
    pub rule: Option<String>,
}

/// The nearest change that brings a method back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// All of them are needed
    pub steps: Vec<Step>,
}

/// One step of a change
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// Have the goods sent to the billing address
    ShipToBillingAddress,
    /// Pay what is overdue
    SettleOverdue {
        /// How much that is
        amount: Money,
    },
    /// Order for less
    ReduceTotal {
        /// The new cart total
        to: Money,
        /// How much less that is
        by: Money,
    },
    /// Order for more
    RaiseTotal {
        /// The new cart total
        to: Money,
        /// How much more that is
        by: Money,
    },
}

/// The name of a policy: SHA-256 over its compiled bytes
#[must_use]
pub fn hash(compiled: &[u8]) -> [u8; 32] {
    Sha256::digest(compiled).into()
}

/// Bytes in lower-case hex
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The 32 bytes of a hash in hex, as [`hex`] wrote them
#[must_use]
pub fn bytes(hex: &str) -> Option<[u8; 32]> {
    let digits: Option<Vec<u8>> = hex.chars().map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok())).collect();
    let bytes: Vec<u8> =
        digits?.chunks_exact(2).filter_map(|pair| pair.first().zip(pair.last()).map(|(high, low)| high << 4 | low)).collect();
    bytes.try_into().ok().filter(|_| hex.len() == 64)
}

/// The decision on these facts as JSON has it, with the nearest change for every method that is withheld, and the least of the `possible` steps
///
/// `policy_hash` and `residual_hash` in hex, as [`hex`] of [`hash`] gives them.
#[must_use]
pub fn to_wire(
    (policy, program): (&Policy, &Program),
    facts: &Facts,
    answer: &Answer,
    policy_hash: &str,
    residual_hash: Option<&str>,
    possible: Steps,
) -> Decision {
    let standing = answer.standing;
    // A policy without classes has one without a name, and the classes of a residual policy have none.
    let class = policy.classes.get(usize::from(standing.class)).filter(|class| !class.id.is_empty());
    let value_class =
        standing.value_class.and_then(|place| policy.value_classes.get(usize::from(place))).filter(|class| !class.id.is_empty());
    let money = |minor: i64| Money::new(minor, policy.currency.code());
    let mut methods: Vec<(usize, &PolicyMethod, &MethodAnswer)> =
        policy.methods.iter().zip(answer.methods()).enumerate().map(|(place, (method, answer))| (place, method, answer)).collect();
    methods.sort_by_key(|(_, _, answer)| answer.rank);
    Decision {
        semantics_version: SEMANTICS_VERSION,
        policy: policy_hash.to_owned(),
        residual: residual_hash.map(str::to_owned),
        today: answer.today.to_iso(),
        risk: Risk {
            class: class.map(|class| class.id.clone()),
            // A residual policy counts from another nought and has no scorecards of its own.
            points: standing.points.filter(|_| !policy.residual),
            scorecard: standing.scorecard.filter(|_| !policy.residual).map(Applied::code).map(str::to_owned),
            default_probability_ppm: class.map(|class| class.default_probability_ppm),
            basis: class.map(|class| if class.own_data { "own_data" } else { "assumed" }.to_owned()),
        },
        value_class: value_class.map(|class| class.id.clone()),
        exposure: Exposure { limit: answer.exposure_limit.map(money), available: answer.available.map(money) },
        methods: methods
            .into_iter()
            .map(|(place, method, found)| {
                let change = if found.state == State::Withheld { to_change((policy, program), facts, answer, place) } else { None };
                let reasons = reasons(program, place, answer).iter().map(|because| to_reason(policy, *because)).collect();
                let least = steps::least((policy, program), facts, answer.today, place, possible).unwrap_or_default();
                let steps = least.iter().map(|step| step.code().to_owned()).collect();
                Method { change, steps, ..to_method(policy, method, found, answer.due(found), reasons) }
            })
            .collect(),
    }
}

pub(crate) fn to_reason(policy: &Policy, because: Because) -> Reason {
    // The rules of a residual policy have no names.
    let named = because.rule.and_then(|rule| policy.rules.get(usize::from(rule))).filter(|rule| !rule.id.is_empty());
    Reason { code: because.reason.code().to_owned(), rule: named.map(|rule| rule.id.clone()) }
}

fn to_method(policy: &Policy, method: &PolicyMethod, found: &MethodAnswer, due: Option<Date>, reasons: Vec<Reason>) -> Method {
    let money = |minor: i64| Money::new(minor, policy.currency.code());
    let is_missing = |place: usize| found.missing.checked_shr(u32::try_from(place).unwrap_or(u32::MAX)).is_some_and(|bits| bits & 1 == 1);
    let missing = method.fields.iter().enumerate().filter(|(place, _)| found.state == State::Incomplete && is_missing(*place));
    Method {
        id: method.id.clone(),
        kind: method.kind.code().to_owned(),
        state: found.state.code().to_owned(),
        rank: found.rank,
        limit: found.limit.map(money),
        fee: money(found.fee),
        term: method.term.map(|term| Term { days: term.days, from: term.start.code().to_owned() }),
        due_date: due.map(Date::to_iso),
        missing: missing.map(|(_, fact)| policy.name_of(*fact).to_owned()).collect(),
        credit: None,
        plans: Vec::new(),
        deferral: None,
        consent: (!method.consent.is_empty()).then(|| method.consent.clone()),
        reasons,
        change: None,
        steps: Vec::new(),
    }
}

fn to_change((policy, program): (&Policy, &Program), facts: &Facts, answer: &Answer, place: usize) -> Option<Change> {
    let money = |minor: i64| Money::new(minor, policy.currency.code());
    let nearest = change::nearest(program, facts, answer.today, place, Settling::InFacts)?;
    let mut steps = Vec::new();
    if nearest.ship_to_billing_address {
        steps.push(Step::ShipToBillingAddress);
    }
    if nearest.settle_overdue {
        steps.push(Step::SettleOverdue { amount: money(facts.get(known::ACCOUNT_OVERDUE_BALANCE).unwrap_or(0)) });
    }
    if let (Some(total), Some(present)) = (nearest.total, facts.get(known::CART_TOTAL)) {
        let (to, by) = (money(total), money(total.saturating_sub(present).saturating_abs()));
        steps.push(if total < present { Step::ReduceTotal { to, by } } else { Step::RaiseTotal { to, by } });
    }
    Some(Change { steps })
}
