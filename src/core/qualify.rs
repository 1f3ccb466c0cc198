//! Who the customer is to this merchant: derived facts, value class, points, risk class.
//!
//! **Invariant:** the answer depends only on the policy, the given facts and `today`.

use crate::date::Date;
use crate::facts::{FactIndex, Facts, known};
use crate::program::layout::head;
use crate::program::{Program, Stage, Truths, fact};

/// Which scorecard applied
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Applied {
    /// The one for new customers
    New,
    /// The one for returning customers
    Returning,
}

impl Applied {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Returning => "returning",
        }
    }
}

/// What a customer is to the merchant, for this order
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The scorecard that applied
    pub scorecard: Option<Applied>,
    /// Its points, if anything it asks for is known
    pub points: Option<i32>,
    /// Place of the risk class
    pub class: u8,
    /// Place of the value class, if the policy has value classes
    pub value_class: Option<u8>,
}

/// Writes the derived facts into their slots and says what the customer is
pub(crate) fn qualify(program: &Program, facts: &mut Facts, today: Date, truths: &mut Truths) -> Standing {
    derive(facts, today, |fact| program.reads(fact));
    program.ask(Stage::Given, facts, truths);
    let value_class = program.value_class(truths);
    facts.put(known::VALUE_CLASS, value_class.map(i64::from));
    program.ask(Stage::Valued, facts, truths);
    let (scorecard, points) = points(program, facts, truths);
    let class = program.capped(first_class(program, points, truths), truths);
    facts.put(known::RISK_POINTS, points.map(i64::from));
    facts.set(known::RISK_CLASS, class.into());
    program.ask(Stage::Rated, facts, truths);
    Standing { scorecard, points, class, value_class }
}

/// Writes the facts that follow from others, as far as somebody reads them
pub(crate) fn derive(facts: &mut Facts, today: Date, reads: impl Fn(FactIndex) -> bool) {
    let days_since = |date: Option<Date>| date.filter(|date| *date <= today).map(|date| i64::from(today.days_since(date)));
    let after =
        |facts: &Facts, earlier: FactIndex| facts.get(known::CART_TOTAL).map(|total| total.saturating_add(facts.get(earlier).unwrap_or(0)));
    if reads(known::CUSTOMER_AGE) {
        let born = facts.date(known::CUSTOMER_BIRTH_DATE);
        facts.put(known::CUSTOMER_AGE, born.and_then(|born| born.complete_years_until(today)).map(i64::from));
    }
    for (fact, date) in
        [(known::CUSTOMER_TENURE_DAYS, known::CUSTOMER_SINCE), (known::HISTORY_ADDRESS_AGE_DAYS, known::HISTORY_ADDRESS_CHANGED_ON)]
    {
        if reads(fact) {
            facts.put(fact, days_since(facts.date(date)));
        }
    }
    for (fact, earlier) in
        [(known::ACCOUNT_EXPOSURE_AFTER, known::ACCOUNT_OPEN_BALANCE), (known::HISTORY_AMOUNT_7_DAYS_AFTER, known::HISTORY_AMOUNT_7_DAYS)]
    {
        if reads(fact) {
            facts.put(fact, after(facts, earlier));
        }
    }
}

fn points(program: &Program, facts: &Facts, truths: &Truths) -> (Option<Applied>, Option<i32>) {
    if !has_scorecards(program) {
        return (None, None);
    }
    if program.is_returning(truths) {
        (Some(Applied::Returning), sum(program, head::CARD_RETURNING, facts))
    } else {
        (Some(Applied::New), sum(program, head::CARD_NEW, facts))
    }
}

/// The points of a scorecard, or nothing if nothing that it asks for is known
fn sum(program: &Program, card: usize, facts: &Facts) -> Option<i32> {
    let (mut points, mut is_known, attributes) = program.card(card);
    for attribute in attributes {
        let [of, ..] = attribute;
        let value = facts.get(fact(*of));
        is_known |= value.is_some();
        points = points.saturating_add(program.points(attribute, value));
    }
    // INVARIANT: bounds on points and on the number of attributes keep a sum far inside 32 bits.
    is_known.then_some(i32::try_from(points).unwrap_or(i32::MAX))
}

/// The class before the rules
pub(crate) fn first_class(program: &Program, points: Option<i32>, truths: &Truths) -> u8 {
    if points.is_none() && has_scorecards(program) {
        return u8::try_from(program.word(head::UNKNOWN_CLASS)).unwrap_or(u8::MAX);
    }
    program.class(points.unwrap_or(i32::MIN), truths)
}

fn has_scorecards(program: &Program) -> bool {
    program.word(head::UNKNOWN_CLASS) >= 0
}
