//! From conditions that nest to questions that are asked one after the other, each of them once.

use crate::facts::{FactIndex, known};
use crate::policy::words::{self, node};
use crate::policy::{Condition, Conditions, Node, Truth};
use crate::program::layout::{ALWAYS, FIRST, NEVER, question as kind};
use alloc::vec::Vec;

/// When a question can be asked
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Of the facts as they were given, and of what follows from them alone
    Given,
    /// Once the value class is known
    Valued,
    /// Once the risk class and its points are known
    Rated,
}

/// One question about the facts or about earlier answers; a fact that is missing answers it with false, negated or not
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether a fact is at most a value, or is more
    AtMost {
        /// The fact
        fact: FactIndex,
        /// Whether it must be more
        negated: bool,
        /// The value
        value: i64,
    },
    /// Whether a fact lies between two values, both included, or outside of them
    Within {
        /// The fact
        fact: FactIndex,
        /// Whether it must lie outside
        negated: bool,
        /// The first value
        first: i64,
        /// How far the last one is from it
        span: u32,
    },
    /// Whether a fact is there, or is missing
    Present {
        /// The fact
        fact: FactIndex,
        /// Whether it must be missing
        negated: bool,
    },
    /// How a fact plus `shift` stands to another fact
    Facts {
        /// The fact that `shift` is added to
        left: FactIndex,
        /// The other one
        right: FactIndex,
        /// What counts: less 1, equal 2, greater 4
        outcomes: u8,
        /// What is added
        shift: i64,
    },
    /// Whether a fact is one of some values, or none of them
    OneOf {
        /// The fact
        fact: FactIndex,
        /// Whether it must be none of them
        negated: bool,
        /// The values
        values: Vec<i64>,
    },
    /// Whether a fact's list holds a text, or does not
    Contains {
        /// The fact
        fact: FactIndex,
        /// Whether it must not
        negated: bool,
        /// The number of the text
        text: u32,
    },
    /// Whether two answers are true, by their numbers
    Both(u16, u16),
    /// Whether one of two answers is
    Either(u16, u16),
}

impl Question {
    /// Whether a payment provider is connected
    pub(super) fn connected(text: u32) -> Self {
        Self::Contains { fact: known::SHOP_PROVIDERS, negated: false, text }
    }

    /// The facts that it asks of
    pub fn facts(&self) -> impl Iterator<Item = FactIndex> + use<> {
        let (one, other) = match self {
            Self::AtMost { fact, .. }
            | Self::Within { fact, .. }
            | Self::Present { fact, .. }
            | Self::OneOf { fact, .. }
            | Self::Contains { fact, .. } => (Some(*fact), None),
            Self::Facts { left, right, .. } => (Some(*left), Some(*right)),
            Self::Both(..) | Self::Either(..) => (None, None),
        };
        one.into_iter().chain(other)
    }

    /// When it is asked within its stage: first what only compares with values, last what asks of earlier answers
    fn turn(&self) -> u8 {
        match self {
            Self::AtMost { .. } | Self::Within { .. } => 0,
            Self::Present { .. } | Self::Facts { .. } | Self::OneOf { .. } | Self::Contains { .. } => 1,
            Self::Both(..) | Self::Either(..) => 2,
        }
    }

    /// The values that it needs a list for
    pub(super) fn values(&self) -> Option<&[i64]> {
        match self {
            Self::OneOf { values, .. } => Some(values),
            _ => None,
        }
    }
}

/// All questions of a policy
///
/// While they are gathered each has a number of its own; by the number of its answer it is known once it is clear what is asked when.
#[derive(Debug)]
pub struct Questions {
    all: Vec<(Question, Stage)>,
    /// The number of the question that says whether a node is true
    of_node: Vec<u16>,
}

impl Questions {
    /// The number of the answer that is always true
    pub const ALWAYS: u16 = ALWAYS;
    /// The number of the answer that is never true
    pub const NEVER: u16 = NEVER;
    /// The number of the first answer to a question
    pub const FIRST: u16 = FIRST;

    /// The questions of all conditions
    #[must_use]
    pub fn new(conditions: &Conditions) -> Self {
        let mut questions = Self { all: Vec::new(), of_node: alloc::vec![NEVER; conditions.nodes().len()] };
        let mut place = 0;
        while place < conditions.next() {
            place = questions.condition(conditions, place, false).1;
        }
        questions
    }

    /// The questions of a stage, in the order in which they are asked; their answers are numbered in that order from
    /// [`Questions::FIRST`] on, through all stages
    #[must_use]
    pub fn asked(&self, stage: Stage) -> Vec<Question> {
        let mut asked: Vec<&(Question, Stage)> = self.all.iter().filter(|(_, asked_in)| *asked_in == stage).collect();
        asked.sort_by_key(|(question, _)| question.turn());
        let numbered = |question: &Question| match question {
            Question::Both(one, other) => Question::Both(self.final_number(*one), self.final_number(*other)),
            Question::Either(one, other) => Question::Either(self.final_number(*one), self.final_number(*other)),
            leaf => leaf.clone(),
        };
        asked.into_iter().map(|(question, _)| numbered(question)).collect()
    }

    /// The number of the answer to a condition for whoever reads it in a stage: what is asked only later is not true by then
    #[must_use]
    pub fn number(&self, condition: Condition, stage: Stage) -> u16 {
        let Some(place) = condition.0 else { return ALWAYS };
        let number = self.of_node.get(usize::from(place)).copied().unwrap_or(NEVER);
        if self.stage(number) <= stage { self.final_number(number) } else { NEVER }
    }

    /// The number of the answer to a question
    pub(super) fn final_number(&self, number: u16) -> u16 {
        if number < FIRST {
            return number;
        }
        let turn = |(place, (question, stage)): (usize, &(Question, Stage))| (*stage, question.turn(), place);
        let place = usize::from(number.saturating_sub(FIRST));
        let own = self.all.get(place).map(|asked| turn((place, asked)));
        let before = self.all.iter().enumerate().filter(|asked| Some(turn(*asked)) < own).count();
        FIRST.saturating_add(u16::try_from(before).unwrap_or(u16::MAX))
    }

    fn stage(&self, number: u16) -> Stage {
        let place = number.checked_sub(FIRST).map(usize::from);
        place.and_then(|place| self.all.get(place)).map_or(Stage::Given, |(_, stage)| *stage)
    }

    /// The number of a question, which is asked only once however often it is put
    pub(super) fn put(&mut self, question: Question) -> u16 {
        let place = self.all.iter().position(|(asked, _)| *asked == question).unwrap_or_else(|| {
            let stage = match &question {
                Question::Both(one, other) | Question::Either(one, other) => self.stage(*one).max(self.stage(*other)),
                leaf => leaf.facts().map(stage_of).max().unwrap_or(Stage::Given),
            };
            self.all.push((question, stage));
            self.all.len().saturating_sub(1)
        });
        FIRST.saturating_add(u16::try_from(place).unwrap_or(u16::MAX))
    }

    /// The number of the question whether the node at a place is surely true, or surely not; and the place behind it
    fn condition(&mut self, conditions: &Conditions, place: u16, negated: bool) -> (u16, u16) {
        let next = place.saturating_add(1);
        let (number, behind) = match conditions.nodes().get(usize::from(place)) {
            None => (NEVER, next),
            Some(Node::Not) => self.condition(conditions, next, !negated),
            Some(group @ (Node::All { end } | Node::Any { end })) => {
                // The opposite of all is any opposite.
                let all = matches!(group, Node::All { .. }) != negated;
                let (mut part, mut number) = (next, if all { ALWAYS } else { NEVER });
                while part < *end {
                    let (one, behind) = self.condition(conditions, part, negated);
                    number = self.join(all, number, one);
                    part = behind;
                }
                (number, (*end).max(next))
            }
            Some(leaf) => (self.leaf(leaf, negated), next),
        };
        if let Some(slot) = self.of_node.get_mut(usize::from(place)) {
            *slot = number;
        }
        (number, behind)
    }

    fn join(&mut self, all: bool, one: u16, other: u16) -> u16 {
        let (neutral, decisive) = if all { (ALWAYS, NEVER) } else { (NEVER, ALWAYS) };
        match (one, other) {
            (one, other) if one == decisive || other == decisive => decisive,
            (one, other) if one == neutral || one == other => other,
            (one, other) if other == neutral => one,
            (one, other) => {
                let (one, other) = (one.min(other), one.max(other));
                self.put(if all { Question::Both(one, other) } else { Question::Either(one, other) })
            }
        }
    }

    fn leaf(&mut self, leaf: &Node, swapped: bool) -> u16 {
        let question = match leaf {
            // Unknown is true no more than its opposite is.
            Node::Constant(truth) => return if *truth == Truth::from(!swapped) { ALWAYS } else { NEVER },
            Node::Compare { fact, relation, value } => match comparison(*fact, outcomes(words::outcomes(*relation), swapped), *value) {
                Some(question) => question,
                None => return NEVER,
            },
            Node::CompareFacts { left, relation, right, shift } => {
                let outcomes = outcomes(words::outcomes(*relation), swapped);
                Question::Facts { left: *left, right: *right, outcomes, shift: *shift }
            }
            Node::OneOf { fact, negated, values } => {
                let (fact, negated) = (*fact, *negated != swapped);
                match run(values) {
                    Some((first, span)) => Question::Within { fact, negated, first, span },
                    None => Question::OneOf { fact, negated, values: values.clone() },
                }
            }
            Node::Contains { fact, negated, text } => Question::Contains { fact: *fact, negated: *negated != swapped, text: *text },
            Node::Present { fact, negated } => Question::Present { fact: *fact, negated: *negated != swapped },
            Node::All { .. } | Node::Any { .. } | Node::Not => return NEVER,
        };
        self.put(question)
    }

    /// A question of [`Questions::asked`] as the engine reads it; `values` names the list of those that need one
    pub(super) fn row(question: &Question, values: i64) -> [i64; 2] {
        let row = |kind: u8, outcomes: u8, fact: FactIndex, value: i64| {
            let what = i64::from(kind) | i64::from(outcomes) << kind::OUTCOMES | i64::from(fact.0) << kind::FACT;
            [what, value]
        };
        let pair = |one: u16, other: u16| i64::from(one) | i64::from(other) << 16;
        match question {
            Question::AtMost { fact, negated, value } => row(kind::AT_MOST, u8::from(*negated), *fact, *value),
            Question::Within { fact, negated, first, span } => {
                let [what, value] = row(kind::WITHIN, u8::from(*negated), *fact, *first);
                [what | i64::from(*span) << kind::SPAN, value]
            }
            Question::Present { fact, negated } => row(kind::PRESENT, u8::from(*negated), *fact, 0),
            Question::Facts { left, right, outcomes, shift } => {
                let [what, value] = row(kind::FACTS, *outcomes, *left, *shift);
                [what | i64::from(right.0) << kind::OTHER, value]
            }
            Question::OneOf { fact, negated, .. } => row(kind::ONE_OF, u8::from(*negated), *fact, values),
            Question::Contains { fact, negated, text } => row(kind::CONTAINS, u8::from(*negated), *fact, i64::from(*text)),
            Question::Both(one, other) => row(kind::BOTH, 0, FactIndex(0), pair(*one, *other)),
            Question::Either(one, other) => row(kind::EITHER, 0, FactIndex(0), pair(*one, *other)),
        }
    }
}

fn stage_of(fact: FactIndex) -> Stage {
    match fact {
        known::VALUE_CLASS => Stage::Valued,
        known::RISK_CLASS | known::RISK_POINTS => Stage::Rated,
        _ => Stage::Given,
    }
}

/// The outcomes that count (less 1, equal 2, greater 4), or the others
fn outcomes(found: i64, swapped: bool) -> u8 {
    let found = u8::try_from(found).unwrap_or(0);
    if swapped { found ^ 7 } else { found }
}

/// Whether a fact stands to a value in one of those ways; nothing if it cannot
fn comparison(fact: FactIndex, outcomes: u8, value: i64) -> Option<Question> {
    let at_most = |value, negated| Question::AtMost { fact, negated, value };
    Some(match outcomes {
        0b001 => at_most(value.checked_sub(1)?, false),
        0b011 => at_most(value, false),
        0b100 => at_most(value, true),
        0b110 => value.checked_sub(1).map_or(Question::Present { fact, negated: false }, |below| at_most(below, true)),
        _ => Question::Within { fact, negated: i64::from(outcomes) != node::MIDDLE, first: value, span: 0 },
    })
}

/// The first of values that follow each other without a gap, and how far it is to the last
fn run(values: &[i64]) -> Option<(i64, u32)> {
    let first = *values.first()?;
    let span = u32::try_from(values.len().checked_sub(1)?).ok()?;
    let follows = |pair: &[i64]| matches!(pair, [one, next] if one.checked_add(1) == Some(*next));
    values.windows(2).all(follows).then_some((first, span))
}
