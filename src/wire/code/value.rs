//! The facts of an order: their values, whether they are there, and how they compare.

use super::dates::BIRTHDAY;
use super::offset;
use super::writer::{ADDRESS, Held, TODAY, Writer, at, presence};
use tresen_core::facts::{FactIndex, Facts, known};
use wasm_encoder::{Instruction, ValType};

/// What a derived fact follows from (`core::qualify::derive`)
pub(super) const DERIVED_FROM: &[(FactIndex, &[FactIndex])] = &[
    (known::CUSTOMER_AGE, &[known::CUSTOMER_BIRTH_DATE]),
    (known::CUSTOMER_TENURE_DAYS, &[known::CUSTOMER_SINCE]),
    (known::HISTORY_ADDRESS_AGE_DAYS, &[known::HISTORY_ADDRESS_CHANGED_ON]),
    (known::ACCOUNT_EXPOSURE_AFTER, &[known::CART_TOTAL, known::ACCOUNT_OPEN_BALANCE]),
    (known::HISTORY_AMOUNT_7_DAYS_AFTER, &[known::CART_TOTAL, known::HISTORY_AMOUNT_7_DAYS]),
];

impl Writer<'_> {
    /// Loads every fact that is asked for, so that it is at hand whatever branch is taken
    pub(super) fn load_facts(&mut self) {
        for (place, word) in self.words.into_iter().enumerate() {
            self.get(ADDRESS).push(Instruction::I32Load(presence(place))).set(word);
        }
        let facts = self.facts();
        let is_derived = |fact: FactIndex| fact.visibility() == Some(tresen_core::facts::Visibility::Derived);
        for fact in facts.iter().copied().filter(|fact| !is_derived(*fact)) {
            self.load(fact);
        }
        for fact in facts.into_iter().filter(|fact| is_derived(*fact)) {
            match fact {
                known::CUSTOMER_AGE => self.derive_age(),
                known::CUSTOMER_TENURE_DAYS => self.derive_days(fact, known::CUSTOMER_SINCE),
                known::HISTORY_ADDRESS_AGE_DAYS => self.derive_days(fact, known::HISTORY_ADDRESS_CHANGED_ON),
                known::ACCOUNT_EXPOSURE_AFTER => self.derive_sum(fact, known::ACCOUNT_OPEN_BALANCE),
                known::HISTORY_AMOUNT_7_DAYS_AFTER => self.derive_sum(fact, known::HISTORY_AMOUNT_7_DAYS),
                // Classes and points are written when they are known.
                _ => {}
            }
        }
    }

    fn load(&mut self, fact: FactIndex) {
        let place = usize::from(fact.0);
        let wide = self.is_wide(fact);
        self.get(ADDRESS);
        if wide {
            self.push(Instruction::I64Load32S(at(offset(Facts::LAYOUT.high, place)))).long(32).push(Instruction::I64Shl);
            self.get(ADDRESS).push(Instruction::I64Load32U(at(offset(Facts::LAYOUT.low, place)))).push(Instruction::I64Or);
        } else {
            self.push(Instruction::I32Load(at(offset(Facts::LAYOUT.low, place))));
        }
        self.hold(fact, wide);
    }

    /// Keeps the value on the stack as that of a fact
    pub(super) fn hold(&mut self, fact: FactIndex, wide: bool) {
        let local = self.local(if wide { ValType::I64 } else { ValType::I32 });
        self.set(local).values.insert(fact, Held { local, wide });
    }

    /// Keeps the truth on the stack as whether a derived fact is there
    pub(super) fn hold_presence(&mut self, fact: FactIndex) {
        let local = self.local(ValType::I32);
        self.set(local).present.insert(fact, local);
    }

    /// Whether a date is there and does not lie after today
    fn is_past(&mut self, date: FactIndex) -> &mut Self {
        self.is_present(date).fact(date).get(TODAY).push(Instruction::I32LeS).push(Instruction::I32And)
    }

    fn derive_days(&mut self, fact: FactIndex, date: FactIndex) {
        self.is_past(date).hold_presence(fact);
        self.get(TODAY).fact(date).push(Instruction::I32Sub).hold(fact, false);
    }

    fn derive_sum(&mut self, fact: FactIndex, earlier: FactIndex) {
        self.is_present(known::CART_TOTAL).hold_presence(fact);
        self.fact(known::CART_TOTAL).amount_or_nothing(earlier).push(Instruction::I64Add).hold(fact, true);
    }

    /// The value of an amount, nothing where it is missing
    pub(super) fn amount_or_nothing(&mut self, fact: FactIndex) -> &mut Self {
        self.fact(fact).long(0).is_present(fact).push(Instruction::Select)
    }

    /// Complete years: no year has more than 366 days, and in the time that anybody lives that makes a difference of one at most
    fn derive_age(&mut self) {
        let (born, guess) = (known::CUSTOMER_BIRTH_DATE, self.local(ValType::I32));
        self.is_past(born).hold_presence(known::CUSTOMER_AGE);
        if !self.compares_age() {
            return;
        }
        self.get(TODAY).fact(born).push(Instruction::I32Sub).int(366).push(Instruction::I32DivS).tee(guess);
        self.fact(born).get(TODAY).get(guess).int(1).push(Instruction::I32Add).push(Instruction::Call(BIRTHDAY));
        self.push(Instruction::I32LeS).push(Instruction::I32Add).hold(known::CUSTOMER_AGE, false);
    }

    /// The value of a fact, whether it counts or not
    pub(super) fn fact(&mut self, fact: FactIndex) -> &mut Self {
        match self.values.get(&fact) {
            Some(Held { local, .. }) => self.get(*local),
            None => self.int(0),
        }
    }

    /// The value of a fact in 64 bits
    pub(super) fn long_fact(&mut self, fact: FactIndex) -> &mut Self {
        let wide = self.values.get(&fact).is_some_and(|held| held.wide);
        self.fact(fact);
        if wide { self } else { self.push(Instruction::I64ExtendI32S) }
    }

    /// Whether a fact is there
    pub(super) fn is_present(&mut self, fact: FactIndex) -> &mut Self {
        if let Some(local) = self.present.get(&fact) {
            return self.get(*local);
        }
        let word = self.words.get(usize::from(fact.0 >> 5)).copied();
        let Some(word) = word else { return self.int(0) };
        self.get(word).int(i32::from(fact.0 & 31)).push(Instruction::I32ShrU).int(1).push(Instruction::I32And)
    }

    /// Whether the value of a fact is at least so much
    pub(super) fn is_at_least(&mut self, fact: FactIndex, value: i64) {
        if fact == known::CUSTOMER_AGE {
            self.is_aged(value);
        } else if self.values.get(&fact).is_some_and(|held| held.wide) {
            self.fact(fact).long(value).push(Instruction::I64GeS);
        } else if let Ok(small) = i32::try_from(value) {
            self.fact(fact).int(small).push(Instruction::I32GeS);
        } else {
            self.int((value < 0).into());
        }
    }

    /// Whether the value of a fact lies between two, both included
    pub(super) fn is_within(&mut self, fact: FactIndex, first: i64, last: i64) {
        let wide = self.values.get(&fact).is_some_and(|held| held.wide);
        if first == last && wide {
            self.fact(fact).long(first).push(Instruction::I64Eq);
        } else if let (true, Ok(small)) = (first == last && fact != known::CUSTOMER_AGE, i32::try_from(first)) {
            self.fact(fact).int(small).push(Instruction::I32Eq);
        } else {
            self.is_at_least(fact, first);
            match last.checked_add(1) {
                Some(beyond) => {
                    self.is_at_least(fact, beyond);
                    self.push(Instruction::I32Eqz).push(Instruction::I32And)
                }
                None => self,
            };
        }
    }
}
