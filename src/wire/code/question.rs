//! Questions: each is asked once, and its answer kept in a local of its own.

use super::offset;
use super::writer::{ADDRESS, Writer, at};
use tresen_core::facts::{FactIndex, Facts, known};
use tresen_core::policy::{Condition, Question, Questions, Stage};
use wasm_encoder::{BlockType, Function, Instruction, ValType};

/// The number of [`contains`]
const CONTAINS: u32 = 2;

impl Writer<'_> {
    /// Asks all questions of a stage
    pub(super) fn ask(&mut self, stage: Stage) {
        for question in self.questions.asked(stage) {
            self.question(&question);
            let number = u16::try_from(self.answers.len()).unwrap_or(u16::MAX).saturating_add(Questions::FIRST);
            let local = self.local(ValType::I32);
            self.set(local).answers.insert(number, local);
        }
    }

    /// The answer to a condition, as whoever reads it in a stage knows it
    pub(super) fn holds(&mut self, condition: Condition, stage: Stage) -> &mut Self {
        self.answer(self.questions.number(condition, stage))
    }

    fn answer(&mut self, number: u16) -> &mut Self {
        match self.answers.get(&number) {
            Some(local) => self.get(*local),
            None => self.int((number == Questions::ALWAYS).into()),
        }
    }

    /// Whether ages are compared with other facts, so that they have to be worked out
    pub(super) fn compares_age(&self) -> bool {
        let of_age =
            |question: &Question| matches!(question, Question::Facts { left, right, .. } if [left, right].contains(&&known::CUSTOMER_AGE));
        [Stage::Given, Stage::Valued, Stage::Rated].into_iter().any(|stage| self.questions.asked(stage).iter().any(of_age))
    }

    fn question(&mut self, question: &Question) {
        match question {
            Question::AtMost { fact, negated, value } => {
                match value.checked_add(1) {
                    Some(beyond) => self.is_at_least(*fact, beyond),
                    None => drop(self.int(0)),
                }
                self.found(*fact, !negated);
            }
            Question::Within { fact, negated, first, span } => {
                self.is_within(*fact, *first, first.saturating_add(i64::from(*span)));
                self.found(*fact, *negated);
            }
            Question::OneOf { fact, negated, values } => {
                self.int(0);
                for value in values {
                    self.is_within(*fact, *value, *value);
                    self.push(Instruction::I32Or);
                }
                self.found(*fact, *negated);
            }
            Question::Contains { fact, negated, text } => {
                self.contains(*fact, *text);
                self.found(*fact, *negated);
            }
            Question::Present { fact, negated } => {
                self.is_present(*fact);
                if *negated {
                    self.push(Instruction::I32Eqz);
                }
            }
            Question::Facts { left, right, outcomes, shift } => {
                self.long_fact(*left).long(*shift).push(Instruction::I64Add).long_fact(*right);
                self.push(match outcomes {
                    1 => Instruction::I64LtS,
                    2 => Instruction::I64Eq,
                    3 => Instruction::I64LeS,
                    4 => Instruction::I64GtS,
                    5 => Instruction::I64Ne,
                    _ => Instruction::I64GeS,
                });
                self.is_present(*left).push(Instruction::I32And).is_present(*right).push(Instruction::I32And);
            }
            Question::Both(one, other) => drop(self.answer(*one).answer(*other).push(Instruction::I32And)),
            Question::Either(one, other) => drop(self.answer(*one).answer(*other).push(Instruction::I32Or)),
        }
    }

    /// From whether a value was found to whether that answers the question: not where the fact is missing
    fn found(&mut self, fact: FactIndex, negated: bool) {
        if negated {
            self.push(Instruction::I32Eqz);
        }
        self.is_present(fact).push(Instruction::I32And);
    }

    /// Whether a fact's list holds a text
    pub(super) fn contains(&mut self, fact: FactIndex, text: u32) {
        self.fact(fact).int(text.cast_signed()).get(ADDRESS).push(Instruction::Call(CONTAINS));
    }
}

/// `contains(list, text, facts)`: whether the list with that value, of the facts at that address, holds a text
pub(super) fn contains() -> Function {
    let (list, text, address, found) = (0, 1, 2, 3);
    let mut function = Function::new([(1, ValType::I32)]);
    let mut out = function.instructions();
    out.local_get(address).local_get(list).i32_const(8).i32_shr_u().i32_const(2).i32_shl().i32_add().local_set(address);
    out.local_get(list).i32_const(255).i32_and().local_set(list);
    out.block(BlockType::Empty).loop_(BlockType::Empty);
    out.local_get(list).i32_eqz().br_if(1);
    out.local_get(address).i32_load(at(offset(Facts::LAYOUT.lists, 0))).local_get(text).i32_eq();
    out.local_get(found).i32_or().local_set(found);
    out.local_get(address).i32_const(4).i32_add().local_set(address);
    out.local_get(list).i32_const(1).i32_sub().local_set(list);
    out.br(0).end().end().local_get(found).end();
    function
}
