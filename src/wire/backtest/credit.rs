//! Which claim an order would have become.

use tresen_core::offer::{Answer, MethodAnswer, State};
use tresen_core::policy::Policy;

/// What is assumed of customers
///
/// Everyone who may buy with credit risk does: what comes of it is the most that can be lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assumption {
    /// The one method with credit risk that they take; without it the first in the order of display
    pub method: Option<String>,
    /// They tell what a method still wants to know: one that is incomplete counts as offered
    pub completed: bool,
}

/// What a policy gives on credit
#[derive(Debug, Clone, Copy)]
pub(super) struct Credit {
    /// The methods that are assumed to be taken, one bit each
    taken: u16,
    completed: bool,
}

impl Credit {
    pub(super) fn new(policy: &Policy, assumption: &Assumption) -> Self {
        let is_taken = |id: &str| assumption.method.as_ref().is_none_or(|method| method == id);
        let taken = policy.methods.iter().map(|method| method.kind.bears_credit_risk() && is_taken(&method.id));
        let taken = taken.zip(0_u32..16).fold(0, |bits, (is_taken, place)| bits | u16::from(is_taken) << place);
        Self { taken, completed: assumption.completed }
    }

    /// The same if customers tell what a method still wants to know
    pub(super) fn if_completed(&self) -> Self {
        Self { completed: true, ..*self }
    }

    /// Whether the method counts as offered
    pub(super) fn is_offered(&self, found: &MethodAnswer) -> bool {
        match found.state {
            State::Offered => true,
            State::Incomplete => self.completed,
            State::Withheld => false,
        }
    }

    /// What the customer would owe: the total and the fee of the method that is assumed to be taken; nothing if there is none
    pub(super) fn claim(&self, total: i64, answer: &Answer) -> Option<i64> {
        let methods = answer.methods().iter().zip(0_u32..16);
        let open = methods.filter(|(found, place)| self.taken >> place & 1 == 1 && self.is_offered(found));
        open.min_by_key(|(found, _)| found.rank).map(|(found, _)| total.saturating_add(found.fee))
    }
}
