//! What becomes of each method (`core::offer`).

use super::writer::Writer;
use std::collections::BTreeMap;
use tresen_core::facts::known;
use tresen_core::policy::{Effect, Fee, Limit, Method, Provider, Stage};
use tresen_core::rate::Rate;
use wasm_encoder::{Instruction, ValType};

impl Writer<'_> {
    /// The states of all methods, two bits each from the lowest up
    pub(super) fn states(&mut self) {
        let policy = self.policy;
        let available = self.available();
        let mut ruled_out = BTreeMap::new();
        self.int(0);
        for (method, place) in policy.methods.iter().zip(0_u32..) {
            let withheld = self.withheld(method, place, available, &mut ruled_out);
            self.int(0).int(2).int(1);
            self.int(1);
            for field in &method.fields {
                self.is_present(*field).push(Instruction::I32And);
            }
            self.push(Instruction::Select).get(withheld).push(Instruction::Select);
            self.int(place.wrapping_shl(1).cast_signed()).push(Instruction::I32Shl).push(Instruction::I32Or);
        }
    }

    /// A local that says whether anything is against a method
    fn withheld(&mut self, method: &Method, place: u32, available: Option<u32>, ruled_out: &mut BTreeMap<Vec<usize>, u32>) -> u32 {
        let policy = self.policy;
        let total = known::CART_TOTAL;
        let withheld = self.local(ValType::I32);
        let rules = self.ruled_out(place, ruled_out);
        self.get(rules);
        if method.kind.bears_credit_risk() {
            self.get(self.not_valid).push(Instruction::I32Or);
        }
        if method.kind.is_on_account() && !policy.registration_checked {
            self.int(1).push(Instruction::I32Or);
        }
        match method.provider {
            Provider::NotNeeded => {}
            Provider::NotConfigured => drop(self.int(1).push(Instruction::I32Or)),
            Provider::Needed(text) => {
                self.contains(known::SHOP_PROVIDERS, text);
                self.is_present(known::SHOP_PROVIDERS).push(Instruction::I32And).push(Instruction::I32Eqz).push(Instruction::I32Or);
            }
        }
        self.holds(method.when, Stage::Rated).push(Instruction::I32Eqz).push(Instruction::I32Or);
        if method.kind.bears_credit_risk() || method.minimum.is_some() || method.limits.is_some() {
            self.is_present(total).push(Instruction::I32Eqz).push(Instruction::I32Or);
        }
        // Where the total is missing, these compare with nothing; the method is withheld all the same.
        if let Some(minimum) = method.minimum {
            self.fact(total).long(minimum).push(Instruction::I64LtS).push(Instruction::I32Or);
        }
        if let Some(limits) = &method.limits {
            self.fact(total).limit(limits).push(Instruction::I64GtS).push(Instruction::I32Or);
        }
        if let (true, Some(available)) = (method.kind.bears_credit_risk(), available) {
            self.fact(total).fee(method.fee).push(Instruction::I64Add).get(available).push(Instruction::I64GtS).push(Instruction::I32Or);
        }
        self.set(withheld);
        withheld
    }

    /// A local that says whether a rule withholds the method at a place; methods that the same rules withhold share it
    fn ruled_out(&mut self, place: u32, known: &mut BTreeMap<Vec<usize>, u32>) -> u32 {
        let policy = self.policy;
        let withholds = |effect| matches!(effect, Effect::Withhold { methods, .. } if u32::from(methods).wrapping_shr(place) & 1 == 1);
        let rules: Vec<usize> =
            policy.rules.iter().enumerate().filter(|(_, rule)| withholds(rule.effect)).map(|(number, _)| number).collect();
        if let Some(local) = known.get(&rules) {
            return *local;
        }
        self.int(0);
        for rule in rules.iter().filter_map(|number| policy.rules.get(*number)) {
            self.holds(rule.when, Stage::Rated).push(Instruction::I32Or);
        }
        let local = self.local(ValType::I32);
        self.set(local);
        known.insert(rules, local);
        local
    }

    /// The first limit that holds; nothing may be had where none does
    fn limit(&mut self, limits: &[Limit]) -> &mut Self {
        let limit = self.local(ValType::I64);
        self.long(0).set(limit);
        for Limit { when, maximum } in limits.iter().rev() {
            self.long(*maximum).get(limit).holds(*when, Stage::Rated).push(Instruction::Select).set(limit);
        }
        self.get(limit)
    }

    /// A local that says what the customer may still owe, if there is a limit to it
    fn available(&mut self) -> Option<u32> {
        let exposure = &self.policy.exposure;
        let mut limits = Vec::new();
        if let Some(of_conditions) = &exposure.limits {
            let local = self.local(ValType::I64);
            self.limit(of_conditions).set(local);
            limits.push(local);
        }
        if let Some(ladder) = &exposure.ladder {
            let local = self.local(ValType::I64);
            self.long(ladder.steps.first().map_or(0, |(_, maximum)| *maximum)).set(local);
            for (from, maximum) in ladder.steps.iter().skip(1) {
                self.long(*maximum).get(local).is_at_least(ladder.fact, *from);
                self.is_present(ladder.fact).push(Instruction::I32And).push(Instruction::Select).set(local);
            }
            limits.push(local);
        }
        let (first, others) = limits.split_first()?;
        for other in others {
            self.get(*first).get(*other).get(*first).get(*other).push(Instruction::I64LtS).push(Instruction::Select).set(*first);
        }
        let left = self.local(ValType::I64);
        self.get(*first).amount_or_nothing(known::ACCOUNT_OPEN_BALANCE).push(Instruction::I64Sub).tee(left);
        self.long(0).get(left).long(0).push(Instruction::I64GtS).push(Instruction::Select).set(left);
        Some(left)
    }

    /// The fee on the total (`core::rate`: whole millions and the rest apart, rounded half up)
    fn fee(&mut self, fee: Fee) -> &mut Self {
        if fee.rate == Rate::ZERO {
            return self.long(fee.fixed);
        }
        let (ppm, whole) = (i64::from(fee.rate.ppm()), i64::from(Rate::WHOLE_PPM));
        let total = known::CART_TOTAL;
        self.fact(total).long(whole).push(Instruction::I64DivU).long(ppm).push(Instruction::I64Mul);
        self.fact(total).long(whole).push(Instruction::I64RemU).long(ppm).push(Instruction::I64Mul);
        self.long(whole / 2).push(Instruction::I64Add).long(whole).push(Instruction::I64DivU).push(Instruction::I64Add);
        self.long(fee.fixed).push(Instruction::I64Add)
    }
}
