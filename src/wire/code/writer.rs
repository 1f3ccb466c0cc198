//! The function while it is written: its instructions, its locals, and where what is known about an order lies.

use super::{ALWAYS_READ, offset};
use std::collections::BTreeMap;
use tresen_core::facts::{FactIndex, FactKind, Facts, known};
use tresen_core::policy::{Policy, Questions, Stage};
use wasm_encoder::{Function, Instruction, MemArg, MemArgTarget, ValType};

/// The parameters, in their order
pub(super) const TODAY: u32 = 0;
/// Address of the first set of facts
pub(super) const FACTS: u32 = 1;
/// From one set to the next
pub(super) const APART: u32 = 2;
/// Address of the states
pub(super) const STATES: u32 = 3;
/// The set that is decided
pub(super) const ORDER: u32 = 4;
/// How many are left
pub(super) const COUNT: u32 = 5;
/// How many parameters there are
pub(super) const PARAMETERS: u32 = 6;
/// Address of the facts of the order
pub(super) const ADDRESS: u32 = PARAMETERS;

/// What a fact is held in
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// Its local
    pub(super) local: u32,
    /// Whether it has 64 bits
    pub(super) wide: bool,
}

pub(super) struct Writer<'a> {
    pub(super) policy: &'a Policy,
    pub(super) questions: &'a Questions,
    instructions: Vec<Instruction<'static>>,
    locals: Vec<ValType>,
    /// Whether the policy is not valid today
    pub(super) not_valid: u32,
    /// The answers, by their numbers
    pub(super) answers: BTreeMap<u16, u32>,
    /// The values of facts
    pub(super) values: BTreeMap<FactIndex, Held>,
    /// Whether a derived fact is there
    pub(super) present: BTreeMap<FactIndex, u32>,
    /// The words of presence bits, by their places
    pub(super) words: [u32; 4],
    /// The last day of birth of whoever has completed so many years today, by the years
    pub(super) birthdays: BTreeMap<i32, u32>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(policy: &'a Policy, questions: &'a Questions) -> Self {
        let mut writer = Self {
            policy,
            questions,
            instructions: Vec::new(),
            locals: vec![ValType::I32],
            not_valid: 0,
            answers: BTreeMap::new(),
            values: BTreeMap::new(),
            present: BTreeMap::new(),
            words: [0; 4],
            birthdays: BTreeMap::new(),
        };
        writer.not_valid = writer.local(ValType::I32);
        writer.words = [0; 4].map(|_| writer.local(ValType::I32));
        writer
    }

    /// The finished function
    pub(super) fn finish(self) -> Function {
        let mut function = Function::new_with_locals_types(self.locals);
        for instruction in &self.instructions {
            function.instruction(instruction);
        }
        function.instruction(&Instruction::End);
        function
    }

    pub(super) fn push(&mut self, instruction: Instruction<'static>) -> &mut Self {
        self.instructions.push(instruction);
        self
    }

    pub(super) fn get(&mut self, local: u32) -> &mut Self {
        self.push(Instruction::LocalGet(local))
    }

    pub(super) fn set(&mut self, local: u32) -> &mut Self {
        self.push(Instruction::LocalSet(local))
    }

    pub(super) fn tee(&mut self, local: u32) -> &mut Self {
        self.push(Instruction::LocalTee(local))
    }

    pub(super) fn int(&mut self, value: i32) -> &mut Self {
        self.push(Instruction::I32Const(value))
    }

    pub(super) fn long(&mut self, value: i64) -> &mut Self {
        self.push(Instruction::I64Const(value))
    }

    /// A local of its own
    pub(super) fn local(&mut self, of: ValType) -> u32 {
        let number = PARAMETERS.saturating_add(u32::try_from(self.locals.len()).unwrap_or(0));
        self.locals.push(of);
        number
    }

    /// Every fact that has to be at hand, in the order of their numbers
    pub(super) fn facts(&self) -> Vec<FactIndex> {
        let asked = [Stage::Given, Stage::Valued, Stage::Rated].into_iter().flat_map(|stage| self.questions.asked(stage));
        let mut facts: Vec<FactIndex> = asked.flat_map(|question| question.facts().collect::<Vec<_>>()).collect();
        let cards = self.policy.scorecards.iter().flat_map(|cards| [&cards.new, &cards.returning]);
        facts.extend(cards.flat_map(|card| &card.attributes).map(|attribute| attribute.fact));
        facts.extend(self.policy.exposure.ladder.iter().map(|ladder| ladder.fact));
        facts.extend(ALWAYS_READ);
        // Whoever reads these reads what they follow from.
        for (fact, from) in super::value::DERIVED_FROM {
            if facts.contains(fact) {
                facts.extend_from_slice(from);
            }
        }
        facts.push(known::SHOP_PROVIDERS);
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// Whether values of a fact may not fit 32 bits
    pub(super) fn is_wide(&self, fact: FactIndex) -> bool {
        match self.policy.kind_of(fact) {
            Some(FactKind::Amount) => true,
            Some(FactKind::Integer) => fact.range().is_none_or(|(low, high)| i32::try_from(low).is_err() || i32::try_from(high).is_err()),
            Some(_) | None => false,
        }
    }
}

/// Where a word lies behind an address on the stack
pub(super) fn at(place: u64) -> MemArg {
    MemArg { offset: place, align: 2, target: MemArgTarget::Memory(0), ordering: None }
}

/// Where a fact's word of presence bits lies, and which
pub(super) fn presence(word: usize) -> MemArg {
    at(offset(Facts::LAYOUT.present, word))
}
