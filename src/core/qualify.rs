//! Who the customer is to this merchant: derived facts, value class, points, risk class.
//!
//! **Invariant:** the answer depends only on the policy, the given facts and `today`.

use crate::date::Date;
use crate::facts::{Facts, known};
use crate::policy::words::head;
use crate::program::{Does, Entry, Program, fact_of};

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
pub fn qualify(program: &Program, facts: &mut Facts, today: Date) -> Standing {
    derive(facts, today);
    let value_class = value_class(program, facts);
    let (scorecard, points) = points(program, facts);
    let mut class = first_class(program, facts, points);
    facts.put(known::RISK_POINTS, points.map(i64::from));
    facts.put(known::VALUE_CLASS, value_class.map(i64::from));
    for (when, does) in program.rules() {
        if let Does::ClassAtBest(at_best) = does
            && program.holds(when, facts)
        {
            class = class.max(at_best);
        }
    }
    facts.set(known::RISK_CLASS, i64::from(class));
    Standing { scorecard, points, class, value_class }
}

/// Writes the facts that follow from others
pub(crate) fn derive(facts: &mut Facts, today: Date) {
    let days_since = |date: Option<Date>| date.filter(|date| *date <= today).map(|date| i64::from(today.days_since(date)));
    let total = facts.get(known::CART_TOTAL);
    let after = |earlier: Option<i64>| total.map(|total| total.saturating_add(earlier.unwrap_or(0)));
    let age = facts.date(known::CUSTOMER_BIRTH_DATE).and_then(|born| born.complete_years_until(today)).map(i64::from);
    let tenure = days_since(facts.date(known::CUSTOMER_SINCE));
    let address_age = days_since(facts.date(known::HISTORY_ADDRESS_CHANGED_ON));
    let exposure = after(facts.get(known::ACCOUNT_OPEN_BALANCE));
    let week = after(facts.get(known::HISTORY_AMOUNT_7_DAYS));
    let derived = [
        (known::CUSTOMER_AGE, age),
        (known::CUSTOMER_TENURE_DAYS, tenure),
        (known::HISTORY_ADDRESS_AGE_DAYS, address_age),
        (known::ACCOUNT_EXPOSURE_AFTER, exposure),
        (known::HISTORY_AMOUNT_7_DAYS_AFTER, week),
        (known::RISK_CLASS, None),
        (known::RISK_POINTS, None),
        (known::VALUE_CLASS, None),
    ];
    for (fact, value) in &derived {
        facts.put(*fact, *value);
    }
}

fn value_class(program: &Program, facts: &Facts) -> Option<u8> {
    let place = program.list::<1>(head::VALUE_CLASSES).iter().position(|[when]| program.holds(*when, facts))?;
    u8::try_from(place).ok()
}

fn points(program: &Program, facts: &Facts) -> (Option<Applied>, Option<i32>) {
    if program.word(head::CARD_NEW) == 0 {
        return (None, None);
    }
    if program.holds(program.word(head::RETURNING), facts) {
        (Some(Applied::Returning), sum(program, head::CARD_RETURNING, facts))
    } else {
        (Some(Applied::New), sum(program, head::CARD_NEW, facts))
    }
}

/// The points of a scorecard, or nothing if nothing that it asks for is known
fn sum(program: &Program, card: usize, facts: &Facts) -> Option<i32> {
    let (mut points, known, attributes) = program.card(card)?;
    let mut is_known = known || attributes.is_empty();
    for attribute in attributes {
        let value = facts.get(fact_of(attribute));
        is_known |= value.is_some();
        points = points.saturating_add(program.points(attribute, value));
    }
    // INVARIANT: bounds on points and on the number of attributes keep a sum far inside 32 bits.
    is_known.then_some(i32::try_from(points).unwrap_or(i32::MAX))
}

/// The class before the rules
pub(crate) fn first_class(program: &Program, facts: &Facts, points: Option<i32>) -> u8 {
    if points.is_none() && program.word(head::CARD_NEW) != 0 {
        return u8::try_from(program.word(head::UNKNOWN_CLASS)).unwrap_or(u8::MAX);
    }
    let takes = |entry| match entry {
        Entry::Points(from) => points.is_some_and(|points| i64::from(points) >= from),
        Entry::When(when) => program.holds(when, facts),
        Entry::Rest => true,
        Entry::Never => false,
    };
    // INVARIANT: the last class takes the rest, so there is a place; a policy has at most 16.
    program.classes().position(takes).and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}
