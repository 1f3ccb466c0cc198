//! The questions that a program asks of the facts, and what they were answered with.

use super::layout::{ALWAYS, FIRST, head, question as kind};
use super::{Program, fact};
use crate::facts::{FactIndex, Facts};
use crate::policy::{METHODS_MAX, NODES_MAX};
use alloc::vec::Vec;

/// When questions are asked
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Of the facts as they were given, and of what follows from them alone
    Given,
    /// Once the value class is known
    Valued,
    /// Once the risk class and its points are known
    Rated,
}

/// The questions of a stage
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// The number of the first answer
    first: usize,
    /// What only compares a fact with values
    ranges: Vec<Range>,
    /// What is asked otherwise
    others: Vec<Question>,
}

/// The answers by their numbers, 1 for what is surely true
///
/// There is always room for all that a policy may ask, so that nobody has to look whether there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Truths([u8; ANSWERS]);

/// Twice the nodes of the conditions, which may be asked for the opposite as well, and one a method; a power of two
const ANSWERS: usize = 4096;
const _: () = assert!(ANSWERS > 2 * NODES_MAX + METHODS_MAX + FIRST as usize);

/// Nothing is true but what always is
impl Default for Truths {
    fn default() -> Self {
        let mut truths = Self([0; ANSWERS]);
        truths.put(ALWAYS.into(), 1);
        truths
    }
}

impl Truths {
    /// The answer with a number: 1 if it is surely true, else 0
    pub(crate) fn bit(&self, number: u16) -> u8 {
        self.0.get(usize::from(number) % ANSWERS).copied().unwrap_or(0)
    }

    fn put(&mut self, number: usize, answer: u8) {
        if let Some(slot) = self.0.get_mut(number % ANSWERS) {
            *slot = answer;
        }
    }

    /// Whether the answer is surely true whose number stands in the lower 16 bits of a word
    pub(crate) fn is(&self, word: i64) -> bool {
        self.bit(number(word)) != 0
    }
}

/// The lower 16 bits of a word
pub(super) fn number(word: i64) -> u16 {
    let [low, high, ..] = word.to_le_bytes();
    u16::from_le_bytes([low, high])
}

/// A question, read from its two words
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Question {
    /// What is asked, see [`kind`]
    pub(crate) kind: u8,
    /// The outcomes that count
    outcomes: u8,
    /// The fact that is asked of
    pub(crate) fact: FactIndex,
    /// The second fact
    pub(crate) other: FactIndex,
    /// How far the last value is from the first
    pub(crate) span: i64,
    /// What it is compared with
    pub(crate) value: i64,
}

/// Whether a fact lies between two values, or does not
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    low: i64,
    span: u64,
    fact: FactIndex,
    negated: bool,
}

impl Question {
    fn read([what, value]: &[i64; 2]) -> Self {
        let [low, ..] = what.to_le_bytes();
        let (fact, other) = (fact(what >> kind::FACT), fact(what >> kind::OTHER));
        Self { kind: low & 7, outcomes: low >> kind::OUTCOMES & 7, fact, other, span: what >> kind::SPAN, value: *value }
    }

    /// Whether it asks of earlier answers, not of facts
    pub(crate) fn is_of_answers(&self) -> bool {
        self.kind >= kind::BOTH
    }

    /// The range that it asks for, if it does
    pub(super) fn range(&self) -> Option<Range> {
        let (low, span) = match self.kind {
            kind::AT_MOST => (i64::MIN, self.value.abs_diff(i64::MIN)),
            kind::WITHIN => (self.value, self.span.cast_unsigned()),
            _ => return None,
        };
        Some(Range { low, span, fact: self.fact, negated: self.outcomes & 1 == 1 })
    }
}

impl Range {
    fn is_true(&self, facts: &Facts) -> bool {
        let (found, present) = facts.slot(self.fact);
        present & ((found.wrapping_sub(self.low).cast_unsigned() <= self.span) ^ self.negated)
    }
}

impl Program {
    /// All questions
    pub(crate) fn questions(&self, each: &mut dyn FnMut(Question)) {
        for slot in [head::GIVEN, head::VALUED, head::RATED] {
            self.list(slot).iter().for_each(|row| each(Question::read(row)));
        }
    }

    /// Reads what is asked in each stage
    pub(super) fn read_questions(&self) -> [Asked; 3] {
        let mut next = usize::from(FIRST);
        [head::GIVEN, head::VALUED, head::RATED].map(|slot| {
            let first = next;
            next = next.saturating_add(self.list::<2>(slot).len());
            self.read_stage(first, slot)
        })
    }

    #[inline(never)]
    fn read_stage(&self, first: usize, slot: usize) -> Asked {
        let mut asked = Asked { first, ..Asked::default() };
        for row in self.list(slot) {
            let question = Question::read(row);
            if let Some(range) = question.range() {
                asked.ranges.push(range);
            } else {
                asked.others.push(question);
            }
        }
        asked
    }

    /// Asks the questions of a stage; a fact that is missing answers with false, whichever outcome counts
    pub(crate) fn ask(&self, stage: Stage, facts: &Facts, truths: &mut Truths) {
        let [given, valued, rated] = &self.asked;
        let asked = match stage {
            Stage::Given => given,
            Stage::Valued => valued,
            Stage::Rated => rated,
        };
        for (range, answer) in asked.ranges.iter().zip(truths.0.get_mut(asked.first..).unwrap_or(&mut [])) {
            *answer = range.is_true(facts).into();
        }
        let mut place = asked.first.saturating_add(asked.ranges.len());
        for question in &asked.others {
            let answer = if question.is_of_answers() {
                let (one, other) = (truths.bit(number(question.value)), truths.bit(number(question.value >> 16)));
                one & other | u8::from(question.kind == kind::EITHER) & (one | other)
            } else {
                self.is_true(question, facts).into()
            };
            truths.put(place, answer);
            place = place.wrapping_add(1);
        }
    }

    fn is_true(&self, question: &Question, facts: &Facts) -> bool {
        let Question { kind, outcomes, fact, other, value, .. } = *question;
        let (found, present) = facts.slot(fact);
        let negated = outcomes & 1 == 1;
        match kind {
            kind::PRESENT => present ^ negated,
            kind::CONTAINS => {
                let list = facts.list(fact);
                let holds = list.unwrap_or(&[]).iter().fold(false, |holds, text| holds | (i64::from(*text) == value));
                list.is_some() & (holds ^ negated)
            }
            kind::ONE_OF => present & (self.list_at(value).contains(&[found]) ^ negated),
            kind::FACTS => {
                let (right, is_right) = facts.slot(other);
                let left = found.saturating_add(value);
                let outcome = 1_u8.wrapping_add(u8::from(left > right)).wrapping_sub(u8::from(left < right));
                present & is_right & (outcomes >> outcome & 1 == 1)
            }
            // Ranges come first, and what joins answers last; where they do not, somebody made the words up.
            _ => false,
        }
    }
}
