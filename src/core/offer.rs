//! Which methods are offered, with which terms, and why not the others.
//!
//! **Invariant:** a method is withheld exactly if it has a reason.
//! **Invariant:** every reason is found, not only the first: the masks say all of them, and texts are made from them when asked for.

mod reason;

use crate::calendar::{Calendar, Region};
use crate::date::Date;
use crate::facts::{Facts, known};
use crate::policy::words::head;
use crate::policy::{METHODS_MAX, Provider, RULES_MAX, TermStart};
use crate::program::{Does, MethodTerms, Program};
use crate::qualify::{Standing, qualify};
use alloc::vec::Vec;

pub use reason::{Builtin, Reason};

/// What becomes of a method
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// There is a reason against it
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// The last day of the time to pay, before it moves off a weekend or a holiday (see [`Answer::due`])
    pub term_ends: Option<Date>,
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
    /// Whose holidays move a due date
    pub calendar: Calendar,
    /// One a method, in the policy's order; only the first `count` mean something
    methods: [MethodAnswer; METHODS_MAX],
    count: u8,
}

impl MethodAnswer {
    /// Before anything was decided; a constant, for the browser pays for code that makes sixteen of them
    const NOTHING: Self = Self { state: State::Withheld, rank: 0, builtin: 0, rules: 0, missing: 0, limit: None, fee: 0, term_ends: None };
}

/// No method, nothing decided
impl Default for Answer {
    fn default() -> Self {
        Self {
            today: Date::default(),
            standing: Standing::default(),
            exposure_limit: None,
            available: None,
            calendar: Calendar::WeekendsOnly,
            methods: [MethodAnswer::NOTHING; METHODS_MAX],
            count: 0,
        }
    }
}

impl Answer {
    /// What was decided about each method, in the policy's order
    #[must_use]
    pub fn methods(&self) -> &[MethodAnswer] {
        self.methods.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// When the customer has to pay with a method of this answer
    #[must_use]
    pub fn due(&self, method: &MethodAnswer) -> Option<Date> {
        method.term_ends.map(|day| self.calendar.due(day))
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
pub fn decide(program: &Program, facts: &mut Facts, today: Date) -> Answer {
    let mut answer = Answer::default();
    decide_into(program, facts, today, &mut answer);
    answer
}

/// Decides as [`decide`] does, over an earlier answer, so that a host that decides often moves none
pub fn decide_into(program: &Program, facts: &mut Facts, today: Date, answer: &mut Answer) {
    let standing = qualify(program, facts, today);
    let ladder = program.ladder(facts.get(program.ladder_fact()));
    let exposure_limit = smaller(program.first_limit(program.word(head::EXPOSURE), facts), ladder);
    let open = facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0);
    let available = exposure_limit.map(|limit| limit.saturating_sub(open).max(0));
    let methods = program.methods();
    answer.today = today;
    answer.standing = standing;
    answer.exposure_limit = exposure_limit;
    answer.available = available;
    answer.calendar = calendar(program, facts);
    answer.count = u8::try_from(methods.len().min(METHODS_MAX)).unwrap_or(0);
    let order = Order {
        today,
        valid: (program.word(head::VALID_FROM)..=program.word(head::VALID_UNTIL)).contains(&today.days().into()),
        total: facts.get(known::CART_TOTAL),
        available,
    };
    apply_rules(program, facts, answer);
    for (row, found) in methods.iter().zip(&mut answer.methods) {
        decide_method(program, &program.terms(row), facts, &order, found);
    }
    rank(program, facts, answer);
}

fn smaller(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => None,
    }
}

/// Notes for each method the rules that withhold it
fn apply_rules(program: &Program, facts: &Facts, answer: &mut Answer) {
    for method in &mut answer.methods {
        method.rules = 0;
    }
    let mut bit = 1_u64;
    for (when, does) in program.rules() {
        if let Does::Withhold { methods, .. } = does
            && program.holds(when, facts)
        {
            for (place, method) in answer.methods.iter_mut().enumerate() {
                if methods >> place & 1 == 1 {
                    method.rules |= bit;
                }
            }
        }
        bit = bit.wrapping_shl(1);
    }
}

/// What is the same for all methods
struct Order {
    today: Date,
    valid: bool,
    total: Option<i64>,
    available: Option<i64>,
}

fn decide_method(program: &Program, method: &MethodTerms<'_>, facts: &Facts, order: &Order, found: &mut MethodAnswer) {
    let risky = method.kind.bears_credit_risk();
    let total = order.total;
    let fee = method.fee.on(total.unwrap_or(0));
    let method_limit = program.first_limit(method.limits, facts);
    let available = if risky { order.available } else { None };
    let unlinked = match method.provider {
        Provider::NotNeeded => false,
        Provider::Needed(text) => !facts.list(known::SHOP_PROVIDERS).is_some_and(|list| list.contains(&text)),
        Provider::NotConfigured => true,
    };
    let needs_total = risky || method.minimum.is_some() || method.limits != 0;
    let more_than = |limit: Option<i64>, payable: i64| limit.is_some_and(|limit| payable > limit);
    found.builtin = Builtin::PolicyNotValid.bit_if(risky && !order.valid)
        | Builtin::RegistrationUnchecked.bit_if(method.kind.is_on_account() && !program.registration_checked())
        | Builtin::ProviderNotConfigured.bit_if(unlinked)
        | Builtin::TotalMissing.bit_if(total.is_none() && needs_total)
        | Builtin::Condition.bit_if(!program.holds(method.when, facts))
        | Builtin::Minimum.bit_if(total.is_some_and(|total| method.minimum.is_some_and(|minimum| total < minimum)))
        | Builtin::Maximum.bit_if(total.is_some_and(|total| more_than(method_limit, total)))
        | Builtin::Exposure.bit_if(total.is_some_and(|total| more_than(available, total.saturating_add(fee))));
    found.rank = 0;
    found.missing = missing_fields(method, facts);
    found.state = match (found.builtin, found.rules, found.missing) {
        (0, 0, 0) => State::Offered,
        (0, 0, _) => State::Incomplete,
        (_, _, _) => State::Withheld,
    };
    found.limit = smaller(method_limit, available);
    found.fee = fee;
    found.term_ends = method.term.and_then(|term| {
        let start = match term.start {
            TermStart::Order => order.today,
            TermStart::Delivery => facts.date(known::ORDER_EXPECTED_DELIVERY)?,
        };
        Some(start.plus_days(term.days.into()))
    });
}

fn missing_fields(method: &MethodTerms<'_>, facts: &Facts) -> u16 {
    let mut missing = 0;
    let mut bit = 1_u16;
    for field in method.fields() {
        if !facts.is_present(field) {
            missing |= bit;
        }
        bit = bit.wrapping_shl(1);
    }
    missing
}

/// Whose holidays move a due date (BGB sections 193 and 269: the place of performance is the debtor's)
fn calendar(program: &Program, facts: &Facts) -> Calendar {
    if program.word(head::MARKET) != country_value(*b"DE") {
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

fn rank(program: &Program, facts: &Facts, answer: &mut Answer) {
    let mut next = 1_u8;
    let first = program.list::<3>(head::ORDERS).iter().find(|[when, ..]| program.holds(*when, facts));
    if let Some([_, length, packed]) = first {
        let mut packed = packed.cast_unsigned();
        for _ in 0..*length.min(&16) {
            if let Some(method) = answer.methods.get_mut(usize::from(packed.to_le_bytes()[0] & 15)) {
                method.rank = next;
                next = next.saturating_add(1);
            }
            packed >>= 4;
        }
    }
    for method in answer.methods.iter_mut().take(answer.count.into()) {
        if method.rank == 0 {
            method.rank = next;
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

/// All reasons against the method at a place, in the order of `docs/semantics.md` section 7; none for a place without a method
#[must_use]
pub fn reasons(program: &Program, place: usize, answer: &Answer) -> Vec<Because> {
    let mut all = Vec::new();
    let (Some(method), Some(found)) = (program.method(place), answer.methods().get(place)) else { return all };
    for builtin in &Builtin::ALL {
        if *builtin == Builtin::Condition {
            // INVARIANT: an answer has a bit for each rule that a policy may have, and no more.
            for ((_, does), rule) in program.rules().take(RULES_MAX).zip(0_u8..) {
                if let Does::Withhold { reason, .. } = does
                    && found.rules >> rule & 1 == 1
                {
                    all.push(Because { reason: Reason::from_number(reason).unwrap_or(Reason::General), rule: Some(rule) });
                }
            }
        }
        if found.builtin & builtin.bit() != 0 {
            all.push(Because { reason: builtin.reason(method.reason), rule: None });
        }
    }
    all
}
