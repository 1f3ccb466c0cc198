//! Birthdays: `customer.age` is compared by the day of birth, so that no year has to be worked out for every order.

use super::writer::{TODAY, Writer};
use tresen_core::facts::known;
use tresen_core::policy::{Points, Question, Stage};
use wasm_encoder::{Function, Instruction, ValType};

/// The number of [`birthday`]
pub(super) const BIRTHDAY: u32 = 1;

/// Nobody is older: who asks for more asks for this
const OLDEST: i64 = 300;

impl Writer<'_> {
    /// Works out the birthdays that the policy compares with, once for all orders
    pub(super) fn birthdays(&mut self) {
        let mut ages: Vec<i64> = Vec::new();
        let asked = [Stage::Given, Stage::Valued, Stage::Rated].into_iter().flat_map(|stage| self.questions.asked(stage));
        for question in asked.filter(|question| question.facts().any(|fact| fact == known::CUSTOMER_AGE)) {
            match question {
                Question::AtMost { value, .. } => ages.push(value.saturating_add(1)),
                Question::Within { first, span, .. } => ages.extend([first, first.saturating_add(i64::from(span)).saturating_add(1)]),
                Question::OneOf { values, .. } => ages.extend(values.iter().flat_map(|value| [*value, value.saturating_add(1)])),
                Question::Present { .. }
                | Question::Facts { .. }
                | Question::Contains { .. }
                | Question::Both(..)
                | Question::Either(..) => {}
            }
        }
        let cards = self.policy.scorecards.iter().flat_map(|cards| [&cards.new, &cards.returning]);
        for attribute in cards.flat_map(|card| &card.attributes).filter(|attribute| attribute.fact == known::CUSTOMER_AGE) {
            match &attribute.points {
                Points::Bins { edges, .. } => ages.extend(edges.iter().map(|(edge, _)| *edge)),
                Points::Categories { values, .. } => ages.extend(values.iter().flat_map(|(value, _)| [*value, value.saturating_add(1)])),
            }
        }
        ages.extend(
            self.policy
                .exposure
                .ladder
                .iter()
                .filter(|ladder| ladder.fact == known::CUSTOMER_AGE)
                .flat_map(|ladder| &ladder.steps)
                .map(|(from, _)| *from),
        );
        for age in ages.into_iter().filter_map(years) {
            if !self.birthdays.contains_key(&age) {
                let local = self.local(ValType::I32);
                self.get(TODAY).int(age).push(Instruction::Call(BIRTHDAY)).set(local);
                self.birthdays.insert(age, local);
            }
        }
    }

    /// Whether the customer, whose day of birth is known and not to come, has completed so many years
    pub(super) fn is_aged(&mut self, age: i64) {
        match years(age).and_then(|age| self.birthdays.get(&age).copied()) {
            Some(birthday) => self.fact(known::CUSTOMER_BIRTH_DATE).get(birthday).push(Instruction::I32LeS),
            None => self.int(1),
        };
    }
}

/// The years as they are worked out; none where everybody has completed so many
fn years(age: i64) -> Option<i32> {
    i32::try_from(age.min(OLDEST)).ok().filter(|age| *age > 0)
}

/// `birthday(today, years)`: the last day on which somebody was born who has completed so many years today
///
/// Years are counted from 1 March, so that a leap day is the last day of its year (see `core::date`); who is born on 29 February has
/// completed a year on 1 March of a common year.
pub(super) fn birthday() -> Function {
    const EPOCH: i32 = 719_468; // from 1 March of the year 0 to 1970-01-01
    let (today, years, of_era, era, year, of_year) = (0, 1, 2, 3, 4, 5);
    let mut function = Function::new([(4, ValType::I32)]);
    let mut out = function.instructions();
    // The era of 400 years, and the day in it.
    out.local_get(today).i32_const(EPOCH).i32_add().local_tee(of_era).i32_const(146_097).i32_div_u().local_set(era);
    out.local_get(of_era).local_get(era).i32_const(146_097).i32_mul().i32_sub().local_set(of_era);
    // The year of the era: days, less the leap days up to then, by 365.
    out.local_get(of_era);
    out.local_get(of_era).i32_const(1_460).i32_div_u().i32_sub();
    out.local_get(of_era).i32_const(36_524).i32_div_u().i32_add();
    out.local_get(of_era).i32_const(146_096).i32_div_u().i32_sub();
    out.i32_const(365).i32_div_u().local_set(year);
    // The day of the year.
    out.local_get(of_era).local_get(year).i32_const(365).i32_mul().i32_sub();
    out.local_get(year).i32_const(4).i32_div_u().i32_sub();
    out.local_get(year).i32_const(100).i32_div_u().i32_add().local_set(of_year);
    // The year so many years before.
    out.local_get(era).i32_const(400).i32_mul().local_get(year).i32_add().local_get(years).i32_sub().local_set(year);
    // The last day of a leap year is the 366th; where that year has none, the one before it. It has one if 1 March a year later is
    // 366 days away.
    out.local_get(of_year).i32_const(365).i32_ge_u();
    out.local_get(year).i32_const(1).i32_add();
    first_day(&mut out, era);
    out.local_get(year);
    first_day(&mut out, era);
    out.i32_sub().i32_const(366).i32_ne().i32_and().local_set(of_era);
    out.local_get(year);
    first_day(&mut out, era);
    out.local_get(of_year).i32_add().local_get(of_era).i32_sub().i32_const(EPOCH).i32_sub().end();
    function
}

/// From a year on the stack to its 1 March, in days since 1 March of the year 0; `scratch` is overwritten
fn first_day(out: &mut wasm_encoder::InstructionSink<'_>, scratch: u32) {
    out.local_tee(scratch).i32_const(365).i32_mul();
    out.local_get(scratch).i32_const(4).i32_div_u().i32_add();
    out.local_get(scratch).i32_const(100).i32_div_u().i32_sub();
    out.local_get(scratch).i32_const(400).i32_div_u().i32_add();
}
