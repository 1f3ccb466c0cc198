//! What a person could confirm, and the least of it that brings a withheld method back.
//!
//! The steps of a policy are the keys of `customer.confirmed` that its conditions mention; there is no other configuration. Which of
//! them are asked for is found by trying, as in [`crate::change`]: each set of steps is put into the facts and decided anew, the sets
//! that ask the least of the person first. So a step is asked for only where it can still change the answer.
//!
//! **Invariant:** a set that is named restores the method when all of it is confirmed, and no set that comes before it does.

use crate::date::Date;
use crate::facts::{FACT_MAX, FactIndex, FactKind, Facts, Text, known};
use crate::offer::{Answer, State, states_into};
use crate::policy::{Node, Policy};
use crate::program::Program;
use alloc::vec::Vec;

/// Something that a person can confirm, by rising demand on them
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The day of birth, typed
    BirthDate,
    /// A code out of a mail
    Email,
    /// A code out of a message to a telephone
    Phone,
    /// A postal address that exists
    Address,
    /// An identity check with somebody who makes them
    Identity,
}

impl Step {
    /// All of them, those that ask the least first
    pub const ALL: [Self; 5] = [Self::BirthDate, Self::Email, Self::Phone, Self::Address, Self::Identity];

    /// The key, as it stands in `customer.confirmed`
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BirthDate => "birth_date",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Identity => "identity",
        }
    }

    /// The step with that key
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// How much it asks of a person, from 1: one field, one look into a mailbox, a number given away, an address, papers and a camera
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::BirthDate => 1,
            Self::Email => 2,
            Self::Phone => 3,
            Self::Address => 4,
            Self::Identity => 5,
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::BirthDate => 1,
            Self::Email => 2,
            Self::Phone => 4,
            Self::Address => 8,
            Self::Identity => 16,
        }
    }
}

/// A set of steps
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps(u8);

impl Steps {
    /// No step
    pub const NONE: Self = Self(0);
    /// Every step there is
    pub const ALL: Self = Self(31);

    /// The set with one more
    #[must_use]
    pub fn with(self, step: Step) -> Self {
        Self(self.0 | step.bit())
    }

    /// What is in both
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this one and not in the other
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in either
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the step is in it
    #[must_use]
    pub fn has(self, step: Step) -> bool {
        self.0 & step.bit() != 0
    }

    /// Whether nothing is in it
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The steps, those that ask the least first
    pub fn iter(self) -> impl Iterator<Item = Step> {
        Step::ALL.into_iter().filter(move |step| self.has(*step))
    }

    /// Before which others it is asked for: fewer steps first, then what asks less in all, then what asks less at most
    fn demand(self) -> (u32, u32, u8) {
        (self.0.count_ones(), self.iter().map(|step| u32::from(step.rank())).sum(), self.0)
    }
}

impl FromIterator<Step> for Steps {
    fn from_iter<T: IntoIterator<Item = Step>>(steps: T) -> Self {
        steps.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The steps that a policy's conditions mention
#[must_use]
pub fn mentioned(policy: &Policy) -> Steps {
    let texts = policy
        .conditions
        .nodes()
        .iter()
        .filter_map(|node| if let Node::Contains { fact: known::CUSTOMER_CONFIRMED, text, .. } = node { Some(*text) } else { None });
    texts.filter_map(|text| policy.texts.get(usize::try_from(text).ok()?)).filter_map(|text| Step::from_code(text)).collect()
}

/// The steps that are confirmed in these facts, as far as the policy mentions them
#[must_use]
pub fn confirmed(policy: &Policy, facts: &Facts) -> Steps {
    let list = facts.list(known::CUSTOMER_CONFIRMED).unwrap_or(&[]);
    list.iter().filter_map(|text| policy.texts.get(usize::try_from(*text).ok()?)).filter_map(|text| Step::from_code(text)).collect()
}

/// The least set of `possible` steps whose confirmation makes the method at `place` offered or incomplete
///
/// Nothing for a method that is not withheld, and where no set does. Section 11 of `docs/semantics.md` says what is tried and in which order.
#[must_use]
pub fn least((policy, program): (&Policy, &Program), facts: &Facts, today: Date, place: usize, possible: Steps) -> Option<Steps> {
    let done = confirmed(policy, facts);
    let open = possible.and(mentioned(policy)).without(done);
    let mut answer = Answer::default();
    let mut withheld = |facts: &mut Facts| {
        states_into(program, facts, today, &mut answer);
        answer.methods().get(place).is_none_or(|method| method.state == State::Withheld)
    };
    if open.is_empty() || !withheld(&mut facts.clone()) {
        return None;
    }
    let mut sets: Vec<Steps> = (1..=Steps::ALL.0).map(Steps).filter(|set| set.without(open).is_empty()).collect();
    sets.sort_unstable_by_key(|set| set.demand());
    sets.into_iter().find(|set| with_confirmed(policy, facts, done.or(*set)).is_some_and(|mut tried| !withheld(&mut tried)))
}

/// The step to ask for next, over all methods: the first of the least set of any method that steps bring back
#[must_use]
pub fn next((policy, program): (&Policy, &Program), facts: &Facts, today: Date, possible: Steps) -> Option<Step> {
    let sets = (0..policy.methods.len()).filter_map(|place| least((policy, program), facts, today, place, possible));
    sets.min_by_key(|set| set.demand()).and_then(|set| set.iter().next())
}

/// The facts as they would be with just those steps confirmed; nothing where there is no room for the list
fn with_confirmed(policy: &Policy, facts: &Facts, steps: Steps) -> Option<Facts> {
    // The list that stands there gives its room to the one that is tried, so all lists are laid down anew.
    let mut tried = Facts::new();
    for fact in (0..u8::try_from(FACT_MAX).unwrap_or(u8::MAX)).map(FactIndex) {
        if policy.kind_of(fact) != Some(FactKind::Texts) {
            tried.put(fact, facts.get(fact));
        } else if let (Some(list), true) = (facts.list(fact), fact != known::CUSTOMER_CONFIRMED) {
            let texts: Vec<Text> = list.iter().copied().map(Text).collect();
            tried.set_list(fact, &texts);
        }
    }
    let texts: Vec<Text> = steps.iter().filter_map(|step| policy.text(step.code())).map(Text).collect();
    tried.set_list(known::CUSTOMER_CONFIRMED, &texts).then_some(tried)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_rise_and_codes_name_one_step_each() {
        for (place, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(step.rank()), place + 1);
            assert_eq!(Step::from_code(step.code()), Some(step));
            assert_eq!(step.bit(), 1 << place);
        }
        assert_eq!(Step::from_code("passport"), None);
        assert_eq!(Steps::ALL.iter().collect::<Vec<_>>(), Step::ALL);
    }

    #[test]
    fn fewer_steps_come_first_then_those_that_ask_less_then_those_that_ask_less_at_most() {
        let set = |steps: &[Step]| steps.iter().copied().collect::<Steps>().demand();
        assert!(set(&[Step::Identity]) < set(&[Step::BirthDate, Step::Email]));
        assert!(set(&[Step::Email]) < set(&[Step::Phone]));
        assert!(set(&[Step::BirthDate, Step::Phone]) < set(&[Step::Email, Step::Phone]));
        assert!(set(&[Step::Email, Step::Phone]) < set(&[Step::BirthDate, Step::Address]), "both ask five in all");
    }
}
