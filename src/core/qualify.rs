//! Who the customer is to this merchant: derived facts, value class, points, risk class.
//!
//! **Invariant:** the answer depends only on the policy, the given facts and `today`.

use crate::date::Date;
use crate::facts::{Facts, known};
use crate::policy::{Attribute, ClassEntry, Effect, Points, Policy, Scorecard};

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
pub fn qualify(policy: &Policy, facts: &mut Facts, today: Date) -> Standing {
    derive(facts, today);
    let value_class = value_class(policy, facts);
    let (scorecard, points) = points(policy, facts);
    let mut class = first_class(policy, facts, points);
    facts.put(known::RISK_POINTS, points.map(i64::from));
    facts.put(known::VALUE_CLASS, value_class.map(i64::from));
    for rule in &policy.rules {
        if let Effect::ClassAtBest(at_best) = rule.effect
            && policy.conditions.holds(rule.when, facts)
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
    facts.put(known::CUSTOMER_AGE, age);
    facts.put(known::CUSTOMER_TENURE_DAYS, tenure);
    facts.put(known::HISTORY_ADDRESS_AGE_DAYS, address_age);
    facts.put(known::ACCOUNT_EXPOSURE_AFTER, exposure);
    facts.put(known::HISTORY_AMOUNT_7_DAYS_AFTER, week);
    facts.remove(known::RISK_CLASS);
    facts.remove(known::RISK_POINTS);
    facts.remove(known::VALUE_CLASS);
}

fn value_class(policy: &Policy, facts: &Facts) -> Option<u8> {
    let place = policy.value_classes.iter().position(|class| policy.conditions.holds(class.when, facts))?;
    u8::try_from(place).ok()
}

fn points(policy: &Policy, facts: &Facts) -> (Option<Applied>, Option<i32>) {
    let Some(scorecards) = &policy.scorecards else { return (None, None) };
    if policy.conditions.holds(policy.returning, facts) {
        (Some(Applied::Returning), sum(&scorecards.returning, facts))
    } else {
        (Some(Applied::New), sum(&scorecards.new, facts))
    }
}

/// The points of a scorecard, or nothing if nothing that it asks for is known
fn sum(scorecard: &Scorecard, facts: &Facts) -> Option<i32> {
    let mut is_known = scorecard.known || scorecard.attributes.is_empty();
    let mut points = scorecard.base;
    for attribute in &scorecard.attributes {
        let value = facts.get(attribute.fact);
        is_known |= value.is_some();
        points = points.saturating_add(attribute_points(attribute, value));
    }
    is_known.then_some(points)
}

/// The points that one attribute gives for a value, or for none
#[must_use]
pub fn attribute_points(attribute: &Attribute, value: Option<i64>) -> i32 {
    let Some(value) = value else { return attribute.missing };
    match &attribute.points {
        Points::Bins { first, edges } => edges.iter().rev().find(|(edge, _)| *edge <= value).map_or(*first, |(_, points)| *points),
        Points::Categories { values, other } => {
            values.iter().find(|(category, _)| *category == value).map_or(*other, |(_, points)| *points)
        }
    }
}

/// The class before the rules
pub(crate) fn first_class(policy: &Policy, facts: &Facts, points: Option<i32>) -> u8 {
    if let (Some(scorecards), None) = (&policy.scorecards, points) {
        return scorecards.unknown_class;
    }
    let takes = |entry: ClassEntry| match entry {
        ClassEntry::Points(from) => points.is_some_and(|points| points >= from),
        ClassEntry::When(when) => policy.conditions.holds(when, facts),
        ClassEntry::Rest => true,
    };
    let place = policy.classes.iter().position(|class| takes(class.entry));
    // INVARIANT: the last class takes the rest, so there is a place; a policy has at most 16.
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}
