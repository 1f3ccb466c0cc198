//! The reasons that a policy can have against a method, one for each bit of an answer.

use tresen_core::offer::{Builtin, MethodAnswer};
use tresen_core::policy::{Effect, Method, Policy};

/// A reason that a method can be withheld for
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Possible<'p> {
    /// The code
    pub(super) code: &'static str,
    /// The rule that says so
    pub(super) rule: Option<&'p str>,
    /// Where an answer has it
    pub(super) bit: Bit,
}

/// A bit of an answer about a method
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bit {
    /// The engine's own reason
    Builtin(u8),
    /// The rule at that place
    Rule(u8),
}

impl Bit {
    /// Whether it holds
    pub(super) fn is_in(self, found: &MethodAnswer) -> bool {
        match self {
            Self::Builtin(bit) => found.builtin & bit != 0,
            Self::Rule(place) => found.rules.checked_shr(place.into()).is_some_and(|bits| bits & 1 == 1),
        }
    }
}

/// Every reason that the policy can have against the method at a place: the engine's own, then those of the rules
pub(super) fn possible<'p>(policy: &'p Policy, place: usize, method: &Method) -> Vec<Possible<'p>> {
    let builtin = Builtin::ALL.into_iter();
    let builtin =
        builtin.map(|builtin| Possible { code: builtin.reason(method.reason).code(), rule: None, bit: Bit::Builtin(builtin.bit()) });
    let rules = policy.rules.iter().zip(0_u8..).filter_map(|(rule, number)| match rule.effect {
        Effect::Withhold { methods, reason } => {
            let names_it = methods.checked_shr(u32::try_from(place).ok()?)? & 1 == 1;
            names_it.then_some(Possible { code: reason.code(), rule: Some(rule.id.as_str()), bit: Bit::Rule(number) })
        }
        Effect::ClassAtBest(_) => None,
    });
    builtin.chain(rules).collect()
}
