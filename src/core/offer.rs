//! Which methods are offered, with which terms, and why not the others.
//!
//! **Invariant:** a method is withheld exactly if it has a reason.
//! **Invariant:** every reason is found, not only the first: the masks say all of them, and texts are made from them when asked for.

mod reason;

use crate::calendar::{Calendar, Region};
use crate::date::Date;
use crate::facts::{Facts, known};
use crate::policy::{Effect, Limit, METHODS_MAX, Method, Policy, Provider, TermStart};
use crate::qualify::{Standing, qualify};

pub use reason::{Builtin, Reason};

/// What becomes of a method
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// There is a reason against it
    #[default]
    Withheld,
    /// Nothing is against it, but the shopper still has to tell something
    Incomplete,
    /// It can be used
    Offered,
}

impl State {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Withheld => "withheld",
            Self::Incomplete => "incomplete",
            Self::Offered => "offered",
        }
    }

    /// The number for it in an answer
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Withheld => 0,
            Self::Incomplete => 1,
            Self::Offered => 2,
        }
    }
}

/// What was decided about one method
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MethodAnswer {
    /// What becomes of it
    pub state: State,
    /// Its place in the display, from 1
    pub rank: u8,
    /// Built-in reasons, one bit each (see [`Builtin`])
    pub builtin: u8,
    /// Rules that withhold it, one bit each
    pub rules: u64,
    /// Fields that are missing, one bit each, in the method's order
    pub missing: u16,
    /// Largest cart total with which it could be offered, as far as limits go
    pub limit: Option<i64>,
    /// What it costs the customer, in minor units
    pub fee: i64,
    /// When the customer has to pay
    pub due: Option<Date>,
}

/// What was decided
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day of the decision
    pub today: Date,
    /// What the customer is to the merchant
    pub standing: Standing,
    /// How much the customer may owe in all, in minor units, if there is a limit
    pub exposure_limit: Option<i64>,
    /// What is left of it
    pub available: Option<i64>,
    /// One a method, in the policy's order; only the first `count` mean something
    methods: [MethodAnswer; METHODS_MAX],
    count: u8,
}

impl Answer {
    /// What was decided about each method, in the policy's order
    #[must_use]
    pub fn methods(&self) -> &[MethodAnswer] {
        self.methods.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// The states of all methods, two bits each from the lowest up
    #[must_use]
    pub fn states(&self) -> u32 {
        self.methods().iter().rev().fold(0, |bits, method| (bits << 2) | u32::from(method.state.number()))
    }
}

/// Decides which methods are offered
///
/// Derived facts are written into their slots of `facts`, which is why it is handed in mutably; nothing else in it
/// changes. The meaning is laid down in `docs/semantics.md`.
#[must_use]
pub fn decide(policy: &Policy, facts: &mut Facts, today: Date) -> Answer {
    let standing = qualify(policy, facts, today);
    let exposure_limit = exposure_limit(policy, facts);
    let open = facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0);
    let available = exposure_limit.map(|limit| limit.saturating_sub(open).max(0));
    let mut methods = [MethodAnswer::default(); METHODS_MAX];
    let rules = withheld_by_rules(policy, facts);
    let day = Day { today, valid: is_valid(policy, today), calendar: calendar(policy, facts) };
    for ((method, answer), rules) in policy.methods.iter().zip(&mut methods).zip(rules) {
        *answer = decide_method(policy, method, facts, &day, available, rules);
    }
    rank(policy, facts, &mut methods);
    Answer { today, standing, exposure_limit, available, methods, count: u8::try_from(policy.methods.len()).unwrap_or(0) }
}

/// The first limit whose condition holds; nothing may be had where none does
fn first_limit(policy: &Policy, facts: &Facts, limits: &[Limit]) -> i64 {
    limits.iter().find(|limit| policy.conditions.holds(limit.when, facts)).map_or(0, |limit| limit.maximum)
}

fn exposure_limit(policy: &Policy, facts: &Facts) -> Option<i64> {
    let limit = policy.exposure.limits.as_deref().map(|limits| first_limit(policy, facts, limits));
    let ladder = policy.exposure.ladder.as_ref().map(|ladder| ladder.maximum(facts.get(ladder.fact)));
    smaller(limit, ladder)
}

fn smaller(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => None,
    }
}

fn is_valid(policy: &Policy, today: Date) -> bool {
    policy.valid_from.is_none_or(|from| today >= from) && policy.valid_until.is_none_or(|until| today <= until)
}

/// For each method, the rules that withhold it
fn withheld_by_rules(policy: &Policy, facts: &Facts) -> [u64; METHODS_MAX] {
    let mut withheld = [0_u64; METHODS_MAX];
    let mut bit = 1_u64;
    for rule in &policy.rules {
        if let Effect::Withhold { methods, .. } = rule.effect
            && policy.conditions.holds(rule.when, facts)
        {
            for (place, mask) in withheld.iter_mut().enumerate() {
                if methods >> place & 1 == 1 {
                    *mask |= bit;
                }
            }
        }
        bit = bit.wrapping_shl(1);
    }
    withheld
}

/// What is the same for all methods
struct Day {
    today: Date,
    valid: bool,
    calendar: Calendar,
}

fn decide_method(policy: &Policy, method: &Method, facts: &Facts, day: &Day, available: Option<i64>, rules: u64) -> MethodAnswer {
    let risky = method.kind.bears_credit_risk();
    let total = facts.get(known::CART_TOTAL);
    let fee = method.fee.on(total.unwrap_or(0));
    let method_limit = method.limits.as_deref().map(|limits| first_limit(policy, facts, limits));
    let available = if risky { available } else { None };
    let unlinked = match method.provider {
        Provider::NotNeeded => false,
        Provider::Needed(text) => !facts.list(known::SHOP_PROVIDERS).is_some_and(|list| list.contains(&text)),
        Provider::NotConfigured => true,
    };
    let needs_total = risky || method.minimum.is_some() || method.limits.is_some();
    let more_than = |limit: Option<i64>, payable: i64| limit.is_some_and(|limit| payable > limit);
    let builtin = Builtin::PolicyNotValid.bit_if(risky && !day.valid)
        | Builtin::RegistrationUnchecked.bit_if(method.kind.is_on_account() && !policy.registration_checked)
        | Builtin::ProviderNotConfigured.bit_if(unlinked)
        | Builtin::TotalMissing.bit_if(total.is_none() && needs_total)
        | Builtin::Condition.bit_if(!policy.conditions.holds(method.when, facts))
        | Builtin::Minimum.bit_if(total.is_some_and(|total| method.minimum.is_some_and(|minimum| total < minimum)))
        | Builtin::Maximum.bit_if(total.is_some_and(|total| more_than(method_limit, total)))
        | Builtin::Exposure.bit_if(total.is_some_and(|total| more_than(available, total.saturating_add(fee))));
    let missing = missing_fields(method, facts);
    let state = match (builtin, rules, missing) {
        (0, 0, 0) => State::Offered,
        (0, 0, _) => State::Incomplete,
        (_, _, _) => State::Withheld,
    };
    MethodAnswer { state, rank: 0, builtin, rules, missing, limit: smaller(method_limit, available), fee, due: due(method, facts, day) }
}

fn missing_fields(method: &Method, facts: &Facts) -> u16 {
    let mut missing = 0;
    for (place, field) in method.fields.iter().enumerate() {
        if !facts.is_present(*field) {
            missing |= 1_u16.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or(0);
        }
    }
    missing
}

fn due(method: &Method, facts: &Facts, day: &Day) -> Option<Date> {
    let term = method.term?;
    let base = match term.start {
        TermStart::Order => day.today,
        TermStart::Delivery => facts.date(known::ORDER_EXPECTED_DELIVERY)?,
    };
    Some(day.calendar.due(base.plus_days(term.days.into())))
}

/// Whose holidays move a due date (BGB sections 193 and 269: the place of performance is the debtor's)
fn calendar(policy: &Policy, facts: &Facts) -> Calendar {
    if policy.market != *b"DE" {
        return Calendar::WeekendsOnly;
    }
    let abroad = facts.get(known::BILLING_COUNTRY).is_some_and(|country| country != country_value(*b"DE"));
    match facts.get(known::BILLING_REGION).and_then(Region::from_index) {
        Some(region) => Calendar::GermanyRegion(region),
        None if abroad => Calendar::GermanyNationwide,
        None => Calendar::GermanyAnyRegion,
    }
}

/// A country code as the value of a fact
#[must_use]
pub fn country_value(code: [u8; 2]) -> i64 {
    i64::from(u16::from_be_bytes(code))
}

fn rank(policy: &Policy, facts: &Facts, methods: &mut [MethodAnswer; METHODS_MAX]) {
    let mut next = 1_u8;
    let first = policy.orders.iter().find(|order| policy.conditions.holds(order.when, facts));
    for place in first.map_or(&[][..], |order| order.methods.as_slice()) {
        if let Some(answer) = methods.get_mut(usize::from(*place)) {
            answer.rank = next;
            next = next.saturating_add(1);
        }
    }
    for answer in methods.iter_mut().take(policy.methods.len()) {
        if answer.rank == 0 {
            answer.rank = next;
            next = next.saturating_add(1);
        }
    }
}

/// One reason against a method
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    /// Why
    pub reason: Reason,
    /// Place of the rule that says so, if it was a rule
    pub rule: Option<u8>,
}

/// All reasons against a method, in the order of `docs/semantics.md` section 7
pub fn reasons<'a>(policy: &'a Policy, method: &'a Method, answer: &MethodAnswer) -> impl Iterator<Item = Because> + use<'a> {
    let (builtin, rules) = (answer.builtin, answer.rules);
    let bits = move |wanted: &'static [Builtin]| {
        wanted
            .iter()
            .filter(move |reason| builtin & reason.bit() != 0)
            .map(|reason| Because { reason: reason.reason(method.reason), rule: None })
    };
    let by_rules = policy.rules.iter().zip(0_u8..).filter_map(move |(rule, place)| match rule.effect {
        Effect::Withhold { reason, .. } if rules >> place & 1 == 1 => Some(Because { reason, rule: Some(place) }),
        Effect::Withhold { .. } | Effect::ClassAtBest(_) => None,
    });
    bits(Builtin::BEFORE_RULES).chain(by_rules).chain(bits(Builtin::AFTER_RULES))
}
