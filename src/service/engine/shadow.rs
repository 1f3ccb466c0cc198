//! What a policy decides that binds nothing, and how it differs from the one that does.

use super::{Policy, date};
use crate::error::ApiError;
use jiff::civil;
use tresen_core::facts::{self, known};
use tresen_core::offer;
use tresen_core::policy;
use tresen_core::record::{answer, answer_bytes};
use tresen_wire::backtest::{Assumption, Comparison, Decided, Difference, RefusedTally, Sides};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::http::Facts;
use tresen_wire::order::Order;

/// What a policy decided that binds nothing
#[derive(Debug)]
pub struct Tried {
    /// What the cart cost
    pub total: Option<i64>,
    /// The answer's canonical bytes
    pub answer: Vec<u8>,
}

/// A decision that counted, and what the shadow made of the same facts
#[derive(Debug)]
pub struct Pair {
    /// What the cart cost
    pub total: Option<i64>,
    /// The answers' canonical bytes: of the policy that counted, of the shadow
    pub answers: Sides<Vec<u8>>,
}

impl Policy {
    /// What it would decide on these facts, as if it were valid on every day: it may be one for tomorrow
    ///
    /// Facts that it does not know, which another policy declares, it passes over.
    ///
    /// # Errors
    ///
    /// The code of the first fact that means something else to it.
    pub fn try_on(&self, facts: &Facts, today: civil::Date) -> Result<Tried, &'static str> {
        let today = date(today).map_err(|problem| problem.code)?;
        let known_to_it = facts.iter().filter(|(name, _)| self.compiled.fact_by_name(name).is_some());
        let known_to_it = known_to_it.map(|(name, value)| (name.clone(), value.clone())).collect();
        let read = read_object(&self.compiled, &known_to_it, Who::Service, today);
        let mut facts = read.map_err(|problems| problems.first().map_or("facts.invalid", |problem| problem.code))?;
        let undated = || policy::Policy { valid_from: None, valid_until: None, ..self.compiled.clone() }.program();
        let answer = offer::decide(self.undated.get_or_init(undated), &mut facts, today);
        Ok(Tried { total: facts.get(known::CART_TOTAL), answer: answer_bytes(&answer) })
    }

    /// How another policy's decisions differ from its own, as `tresen policy diff` tells it
    pub fn compare(&self, other: &Self, pairs: impl Iterator<Item = Result<Pair, ApiError>>) -> Result<Comparison, ApiError> {
        let assumption = Assumption::default();
        let mut difference = Difference::new(&self.compiled, &other.compiled, &assumption, 0);
        for (pair, line) in pairs.zip(1..) {
            let Pair { total, answers } = pair?;
            let kept = |bytes: &[u8]| answer(bytes).ok_or_else(|| ApiError::internal("a kept answer cannot be read"));
            let (old, new) = (kept(&answers.old)?, kept(&answers.new)?);
            let mut facts = facts::Facts::new();
            facts.put(known::CART_TOTAL, total);
            let order = Order { today: old.today, outcome: None, margin: None };
            let decided =
                Decided { line, orders: Sides { old: order, new: order }, facts: &facts, answers: Sides { old: &old, new: &new } };
            difference.add(&decided);
        }
        let hashes = Sides { old: self.hash.to_string(), new: other.hash.to_string() };
        difference.report(hashes, RefusedTally::default().report()).map_err(ApiError::internal)
    }
}
