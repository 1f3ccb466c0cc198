//! The questions that a program asks of the facts, and what they were answered with.

use super::layout::{FIRST, LENGTH, head, question as kind};
use super::{Program, fact};
use crate::facts::{FactIndex, Facts};
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
    /// The list of the others
    others: i64,
}

/// The answers by their numbers, 1 for what is surely true
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Truths(Vec<u8>);

impl Truths {
    /// The answer with a number: 1 if it is surely true, else 0
    pub(crate) fn bit(&self, number: u16) -> u8 {
        self.0.get(usize::from(number)).copied().unwrap_or(0)
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
#[derive(Debug, Clone, Copy)]
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
    pub(crate) fn questions(&self) -> impl Iterator<Item = Question> {
        [head::GIVEN, head::VALUED, head::RATED].into_iter().flat_map(|slot| self.list(slot)).map(Question::read)
    }

    /// Reads what is asked in each stage
    pub(super) fn read_questions(&self) -> [Asked; 3] {
        let mut next = usize::from(FIRST);
        [head::GIVEN, head::VALUED, head::RATED].map(|slot| {
            let first = next;
            next = next.saturating_add(self.list::<2>(slot).len());
            let ranges: Vec<Range> = self.list(slot).iter().map_while(|row| Question::read(row).range()).collect();
            let words = i64::try_from(ranges.len()).unwrap_or(0).saturating_mul(2);
            // The list without its first words: further on by as many, and shorter by as many.
            let others = self.word(slot).saturating_add(words).saturating_sub(words << LENGTH);
            Asked { first, ranges, others }
        })
    }

    /// Asks the questions of a stage; a fact that is missing answers with false, whichever outcome counts
    pub(crate) fn ask(&self, stage: Stage, facts: &Facts, truths: &mut Truths) {
        let [given, valued, rated] = &self.asked;
        let asked = match stage {
            Stage::Given => {
                // What was answered before is answered again before anybody reads it.
                truths.0.resize(self.answers, 0);
                if let Some(always) = truths.0.first_mut() {
                    *always = 1;
                }
                given
            }
            Stage::Valued => valued,
            Stage::Rated => rated,
        };
        for (range, answer) in asked.ranges.iter().zip(truths.0.get_mut(asked.first..).unwrap_or(&mut [])) {
            *answer = range.is_true(facts).into();
        }
        let mut number = asked.first.saturating_add(asked.ranges.len());
        for row in self.list_at(asked.others) {
            let truth = self.is_true(&Question::read(row), facts, truths);
            if let Some(answer) = truths.0.get_mut(number) {
                *answer = truth.into();
            }
            number = number.wrapping_add(1);
        }
    }

    fn is_true(&self, question: &Question, facts: &Facts, truths: &Truths) -> bool {
        let Question { kind, outcomes, fact, other, value, .. } = *question;
        let (found, present) = facts.slot(fact);
        let negated = outcomes & 1 == 1;
        match kind {
            kind::BOTH => truths.bit(number(value)) & truths.bit(number(value >> 16)) != 0,
            kind::EITHER => truths.bit(number(value)) | truths.bit(number(value >> 16)) != 0,
            kind::PRESENT => present ^ negated,
            kind::CONTAINS => facts.list(fact).is_some_and(|list| list.iter().any(|text| i64::from(*text) == value) ^ negated),
            kind::ONE_OF => present & (self.list_at(value).contains(&[found]) ^ negated),
            kind::FACTS => {
                let (right, is_right) = facts.slot(other);
                let left = found.saturating_add(value);
                let outcome = 1_u8.wrapping_add(u8::from(left > right)).wrapping_sub(u8::from(left < right));
                present & is_right & (outcomes >> outcome & 1 == 1)
            }
            // Ranges come first; where they do not, somebody made the words up.
            _ => false,
        }
    }
}
