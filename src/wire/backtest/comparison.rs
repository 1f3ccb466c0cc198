//! What another policy would have done instead, as JSON.

use super::observed::Observed;
use super::refused::Refused;
use super::report::Share;
use super::{add, count};
use crate::money::Money;
use serde::Serialize;
use tresen_core::offer::State;

/// What two policies would have done with the orders of the past
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What a decision means; see `docs/semantics.md` of the core
    pub semantics_version: u16,
    /// SHA-256 of the compiled policies, in hex
    pub policies: Sides<String>,
    /// The method with credit risk that customers are assumed to take; `null`: the first that is offered, in the order of display
    pub assumed_method: Option<String>,
    /// Whether a method that is incomplete counts as offered
    pub incomplete_is_offered: bool,
    /// Orders that were decided by both
    pub orders: u64,
    /// Lines that were not
    pub refused: Refused,
    /// Orders to which other methods are offered
    pub changed: Share,
    /// The orders to which a method with credit risk is offered
    pub on_credit: CreditChange,
    /// How the orders move between the classes; `null` if neither policy has any
    pub classes: Option<ClassChange>,
    /// What became of each method: those of the old policy in its order, then those that only the new one has
    pub methods: Vec<MethodChange>,
    /// The reasons that came or went for a method that both have, the most frequent first
    pub reasons: Vec<ReasonChange>,
    /// The first orders to which other methods are offered
    pub examples: Vec<Example>,
}

/// The same of both policies
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sides<T> {
    /// Of the old one
    pub old: T,
    /// Of the new one
    pub new: T,
}

impl<T> Sides<T> {
    /// What a function makes of both
    pub(super) fn map<'s, U>(&'s self, make: impl Fn(&'s T) -> U) -> Sides<U> {
        Sides { old: make(&self.old), new: make(&self.new) }
    }
}

/// Orders to which a method with credit risk is offered, before and after
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditChange {
    /// All of them
    #[serde(flatten)]
    pub all: Sides<CreditSide>,
    /// Those that the old policy offers none and the new one does: what they would owe under the new one
    pub gained: Exposure,
    /// Those that the old policy offers one and the new one does not: what they would owe under the old one
    pub lost: Exposure,
}

/// Orders on credit under one policy
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditSide {
    /// How many
    #[serde(flatten)]
    pub share: Share,
    /// What they would owe
    pub amount: Money,
    /// What of it is expected to be lost; `null` if the policy has no classes
    pub expected_loss: Option<Money>,
}

/// Orders that came or went
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exposure {
    /// How many
    pub orders: u64,
    /// What they would owe
    pub amount: Money,
    /// How they were paid, as far as they were on credit then
    pub observed: Option<Observed>,
}

/// Orders by their class under each policy
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassChange {
    /// Orders whose class has another name
    pub moved: Share,
    /// From each class of the old policy to each of the new one, where there are orders, in the policies' order
    pub moves: Vec<ClassMove>,
}

/// Orders that are in one class under the old policy and in one, perhaps the same, under the new one
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassMove {
    /// The classes; `null` for the one class of a policy that has none
    pub class: Sides<Option<String>>,
    /// How many
    #[serde(flatten)]
    pub share: Share,
    /// Those of them to which a method with credit risk is offered
    pub on_credit: Sides<Owed>,
}

/// Orders on credit
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// How many
    pub orders: u64,
    /// What they would owe
    pub amount: Money,
}

/// What became of a method, before and after
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MethodChange {
    /// The merchant's word for it
    pub id: String,
    /// Under each policy that has it
    #[serde(flatten)]
    pub states: Sides<Option<StateCounts>>,
    /// Orders that get it under the new policy only
    pub gained: u64,
    /// Orders that get it under the old policy only
    pub lost: u64,
}

/// Orders by what became of a method
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct StateCounts {
    /// It can be used
    pub offered: u64,
    /// Nothing is against it, but something is still to be told
    pub incomplete: u64,
    /// There is a reason against it
    pub withheld: u64,
}

impl StateCounts {
    pub(super) fn add(&mut self, state: State) {
        count(match state {
            State::Offered => &mut self.offered,
            State::Incomplete => &mut self.incomplete,
            State::Withheld => &mut self.withheld,
        });
    }

    pub(super) fn merge(&mut self, other: Self) {
        add(&mut self.offered, other.offered);
        add(&mut self.incomplete, other.incomplete);
        add(&mut self.withheld, other.withheld);
    }
}

/// How often a reason came or went
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonChange {
    /// The method that is withheld
    pub method: String,
    /// The code
    pub code: &'static str,
    /// The rule that says so
    pub rule: Option<String>,
    /// It holds under the new policy only
    pub came: u64,
    /// It holds under the old policy only
    pub went: u64,
}

/// An order to which other methods are offered
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The number of its line, from 1
    pub line: u64,
    /// Its total
    pub total: Option<Money>,
    /// Its class under each policy
    pub class: Sides<Option<String>>,
    /// Methods that only the new policy offers
    pub gained: Vec<String>,
    /// Methods that only the old policy offers
    pub lost: Vec<String>,
    /// Reasons that came or went for these
    pub reasons: Vec<ExampleReason>,
    /// How it was paid, if that is known: `on_time`, `late` or `unpaid`
    pub paid: Option<&'static str>,
}

/// A reason that came or went
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleReason {
    /// The method
    pub method: String,
    /// The code
    pub code: &'static str,
    /// The rule that says so
    pub rule: Option<String>,
    /// Whether it holds under the new policy, else under the old one
    pub came: bool,
}
