//! A compiled policy as the engine runs it: its words where they lie, and its conditions as steps that say where to go on.
//!
//! A condition is asked one thing only, whether it is surely true. So negations are pushed down to the leaves when a program is made
//! (an unknown leaf counts as false under `not` as well), and what is left is a walk from leaf to leaf until the answer is sure.

mod link;
mod method;

use crate::facts::{FactIndex, Facts};
use crate::money::Currency;
use crate::policy::words::{ENTRY_POINTS, ENTRY_REST, ENTRY_WHEN, METHOD_WORDS, effect, head, node};
use crate::policy::{PolicyBytesError, unpack};
use alloc::vec::Vec;

pub(crate) use link::Step;
pub use method::MethodTerms;

/// A policy as the engine runs it; without words it has no method, so nothing is offered
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Program {
    words: Vec<i64>,
    steps: Vec<Step>,
}

impl Program {
    /// Reads compiled bytes; what a policy says of itself stays where it is
    ///
    /// # Errors
    ///
    /// [`PolicyBytesError`] for bytes that are no compiled policy. Bytes that somebody made up, checksum and all, may decide
    /// anything, but never trap; [`crate::policy::Policy::from_bytes`] refuses them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PolicyBytesError> {
        Self::from_words(unpack(bytes)?.1).ok_or(PolicyBytesError::Invalid)
    }

    /// Nothing if the nodes do not nest as they should
    pub(crate) fn from_words(words: Vec<i64>) -> Option<Self> {
        let mut program = Self { words, steps: Vec::new() };
        program.steps = link::steps(program.list::<2>(head::NODES))?;
        Some(program)
    }

    pub(crate) fn word(&self, place: usize) -> i64 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// The list whose place stands at `slot`; empty where there is none
    pub(crate) fn list<const WIDTH: usize>(&self, slot: usize) -> &[[i64; WIDTH]] {
        self.list_at(self.word(slot))
    }

    pub(crate) fn list_at<const WIDTH: usize>(&self, place: i64) -> &[[i64; WIDTH]] {
        let rows = || {
            let (length, rest) = self.words.get(index(place)..)?.split_first()?;
            rest.as_chunks().0.get(..index(*length))
        };
        if place == 0 { &[] } else { rows().unwrap_or(&[]) }
    }

    /// Whether somebody checked the registration duties
    pub(crate) fn registration_checked(&self) -> bool {
        self.word(head::FLAGS) & 1 == 1
    }

    /// Whether this is what is left for a browser after the server's facts were folded in
    #[must_use]
    pub fn is_residual(&self) -> bool {
        self.word(head::FLAGS) & 2 == 2
    }

    /// The currency of every amount
    #[must_use]
    pub fn currency(&self) -> Currency {
        let [_, _, _, _, _, code @ ..] = self.word(head::CURRENCY).to_be_bytes();
        Currency::from_bytes(code).unwrap_or(Currency::EUR)
    }

    /// How many methods there are
    #[must_use]
    pub fn method_count(&self) -> usize {
        self.methods().len()
    }

    pub(crate) fn methods(&self) -> &[[i64; METHOD_WORDS]] {
        self.list(head::METHODS)
    }

    /// Condition and effect of every rule
    pub(crate) fn rules(&self) -> impl Iterator<Item = (i64, Does)> {
        self.list(head::RULES).iter().map(|[when, does]| (*when, Does::from_word(*does)))
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How an order gets into each class
    pub(crate) fn classes(&self) -> impl Iterator<Item = Entry> {
        self.list(head::CLASSES).iter().map(|[tag, argument]| match *tag {
            ENTRY_POINTS => Entry::Points(*argument),
            ENTRY_WHEN => Entry::When(*argument),
            ENTRY_REST => Entry::Rest,
            _ => Entry::Never,
        })
    }

    /// The limit of the ladder for a value: that of the last step it has reached, of the first where it has reached none or is missing
    pub(crate) fn ladder(&self, value: Option<i64>) -> Option<i64> {
        let steps = self.list::<2>(head::LADDER);
        let value = value.unwrap_or(i64::MIN);
        let step = steps.iter().rev().find(|[from, _]| *from <= value).or_else(|| steps.first());
        step.map(|[_, maximum]| *maximum)
    }

    /// The fact that the ladder grows with
    pub(crate) fn ladder_fact(&self) -> FactIndex {
        fact(self.word(head::LADDER_FACT))
    }

    /// The first limit of a list whose condition holds; nothing may be had where none does
    pub(crate) fn first_limit(&self, place: i64, facts: &Facts) -> Option<i64> {
        if place == 0 {
            return None;
        }
        Some(self.list_at(place).iter().find(|[when, _]| self.holds(*when, facts)).map_or(0, |[_, maximum]| *maximum))
    }

    /// The scorecard whose place stands at `slot`: points to start from, whether something is known, attributes
    pub(crate) fn card(&self, slot: usize) -> Option<(i64, bool, &[Attribute])> {
        let place = index(self.word(slot));
        if place == 0 {
            return None;
        }
        let [base, known, attributes] = self.words.get(place..)?.first_chunk()?;
        Some((*base, *known == 1, self.list_at(*attributes)))
    }

    /// The points that an attribute gives for a value, or for none
    pub(crate) fn points(&self, [_, missing, tag, single, pairs]: &Attribute, value: Option<i64>) -> i64 {
        let Some(value) = value else { return *missing };
        let pairs = self.list_at::<2>(*pairs);
        let found = if *tag == 0 {
            pairs.iter().rev().find(|[edge, _]| *edge <= value)
        } else {
            pairs.iter().find(|[category, _]| *category == value)
        };
        found.map_or(*single, |[_, points]| *points)
    }

    /// Whether a condition is surely true
    pub(crate) fn holds(&self, condition: i64, facts: &Facts) -> bool {
        if condition == 0 {
            return true;
        }
        let mut next = index(condition).wrapping_sub(1);
        // Every step leads further, so this comes to an end.
        while let Some(step) = self.steps.get(next) {
            next = usize::from(if self.is_true(step, facts) { step.yes } else { step.no });
        }
        next == usize::from(link::TRUE)
    }

    /// Whether the outcome of a step is among those that count
    fn is_true(&self, step: &Step, facts: &Facts) -> bool {
        let order = |left: i64, right: i64| 1_u8.wrapping_add(u8::from(left > right)).wrapping_sub(u8::from(left < right));
        let middle = |found: bool| if found { 1 } else { 2 };
        let outcome = match i64::from(step.operation) {
            node::ALWAYS => 1,
            node::PRESENT => middle(facts.is_present(step.fact)),
            node::CONTAINS => {
                let Some(list) = facts.list(step.fact) else { return false };
                middle(list.iter().any(|text| i64::from(*text) == step.value))
            }
            operation => {
                let Some(found) = facts.get(step.fact) else { return false };
                match operation {
                    node::COMPARE => order(found, step.value),
                    node::COMPARE_FACTS => {
                        let Some(other) = facts.get(step.other) else { return false };
                        order(found.saturating_add(step.value), other)
                    }
                    node::ONE_OF => middle(self.list_at::<1>(step.value).contains(&[found])),
                    _ => return false,
                }
            }
        };
        step.outcomes >> outcome & 1 == 1
    }
}

/// fact · points if it is missing · 1 for categories, else bins · points of the first bin or of other categories · place of the values
/// with their points
pub(crate) type Attribute = [i64; 5];

/// The fact of an attribute
pub(crate) fn fact_of([of, ..]: &Attribute) -> FactIndex {
    fact(*of)
}

/// How an order gets into a class
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Points(i64),
    When(i64),
    Rest,
    Never,
}

/// What a rule does
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Withholds methods, one bit a method; the number of the reason
    Withhold { methods: u16, reason: u8 },
    /// Makes the class no better
    ClassAtBest(u8),
}

impl Does {
    fn from_word(word: i64) -> Self {
        let [low, high, reason, flags, ..] = word.to_le_bytes();
        if flags & 1 << (effect::CLASS - effect::PRIVATE) == 0 {
            Self::Withhold { methods: u16::from_le_bytes([low, high]), reason }
        } else {
            Self::ClassAtBest(low)
        }
    }
}

pub(crate) fn fact(word: i64) -> FactIndex {
    FactIndex(u8::try_from(word & 127).unwrap_or(0))
}

/// A place or a length; beyond everything where it is none
fn index(word: i64) -> usize {
    usize::try_from(word).unwrap_or(usize::MAX)
}
