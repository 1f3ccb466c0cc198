//! Who the customer is: value class, points, risk class (`core::qualify`).

use super::writer::{TODAY, Writer};
use tresen_core::date::Date;
use tresen_core::facts::known;
use tresen_core::policy::{ClassEntry, Effect, Points, Scorecard, Stage};
use wasm_encoder::{BlockType, Instruction, ValType};

impl Writer<'_> {
    /// Whether the policy is not valid today
    pub(super) fn not_valid(&mut self) {
        let local = self.not_valid;
        let (from, until) = (self.policy.valid_from.unwrap_or(Date::MIN), self.policy.valid_until.unwrap_or(Date::MAX));
        self.get(TODAY).int(from.days()).push(Instruction::I32LtS);
        self.get(TODAY).int(until.days()).push(Instruction::I32GtS).push(Instruction::I32Or).set(local);
    }

    /// The place of the value class: that of the first whose condition holds
    pub(super) fn value_class(&mut self) {
        let policy = self.policy;
        let place = self.local(ValType::I32);
        self.int(-1).set(place);
        for (class, number) in policy.value_classes.iter().zip(0..16).rev() {
            self.int(number).get(place).holds(class.when, Stage::Given).push(Instruction::Select).set(place);
        }
        self.get(place).int(0).push(Instruction::I32GeS).hold_presence(known::VALUE_CLASS);
        self.get(place).hold(known::VALUE_CLASS, false);
    }

    /// The points of the scorecard that applies
    pub(super) fn points(&mut self) {
        let policy = self.policy;
        let (points, is_known) = (self.local(ValType::I32), self.local(ValType::I32));
        self.int(0).set(is_known);
        if let Some(cards) = &policy.scorecards {
            self.holds(policy.returning, Stage::Given).push(Instruction::If(BlockType::Empty));
            self.card(&cards.returning, points, is_known);
            self.push(Instruction::Else);
            self.card(&cards.new, points, is_known);
            self.push(Instruction::End);
        }
        self.get(is_known).hold_presence(known::RISK_POINTS);
        self.get(points).hold(known::RISK_POINTS, false);
    }

    fn card(&mut self, card: &Scorecard, points: u32, is_known: u32) {
        self.int((card.known || card.attributes.is_empty()).into()).set(is_known);
        self.int(card.base).set(points);
        let own = self.local(ValType::I32);
        for attribute in &card.attributes {
            let fact = attribute.fact;
            match &attribute.points {
                Points::Bins { first, edges } => {
                    self.int(*first).set(own);
                    for (edge, from_there) in edges {
                        self.int(*from_there).get(own).is_at_least(fact, *edge);
                        self.push(Instruction::Select).set(own);
                    }
                }
                Points::Categories { values, other } => {
                    self.int(*other).set(own);
                    for (value, there) in values {
                        self.int(*there).get(own).is_within(fact, *value, *value);
                        self.push(Instruction::Select).set(own);
                    }
                }
            }
            self.get(own).int(attribute.missing).is_present(fact).push(Instruction::Select);
            self.get(points).push(Instruction::I32Add).set(points);
            self.get(is_known).is_present(fact).push(Instruction::I32Or).set(is_known);
        }
    }

    /// The place of the risk class, after the rules that cap it
    pub(super) fn class(&mut self) {
        let policy = self.policy;
        let place = self.local(ValType::I32);
        self.int(0).set(place);
        for (class, number) in policy.classes.iter().zip(0..16).rev() {
            self.int(number).get(place);
            match class.entry {
                ClassEntry::Points(points) => self.is_at_least(known::RISK_POINTS, points.into()),
                ClassEntry::When(when) => drop(self.holds(when, Stage::Given)),
                ClassEntry::Rest => drop(self.int(1)),
            }
            self.push(Instruction::Select).set(place);
        }
        if let Some(cards) = &policy.scorecards {
            // Without points nothing is known.
            self.get(place).int(cards.unknown_class.into()).is_present(known::RISK_POINTS).push(Instruction::Select).set(place);
        }
        for rule in &policy.rules {
            if let Effect::ClassAtBest(class) = rule.effect {
                self.int(class.into()).get(place).get(place).int(class.into()).push(Instruction::I32LtS);
                self.holds(rule.when, Stage::Valued).push(Instruction::I32And).push(Instruction::Select).set(place);
            }
        }
        self.int(1).hold_presence(known::RISK_CLASS);
        self.get(place).hold(known::RISK_CLASS, false);
    }
}
