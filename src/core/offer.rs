//! Which methods are offered, with which terms, and why not the others.
//!
//! **Invariant:** a method is withheld exactly if it has a reason.
//! **Invariant:** every reason is found, not only the first: the masks say all of them, and texts are made from them when asked for.

pub mod credit;
mod reason;

use crate::calendar::Calendar;
use crate::date::Date;
use crate::facts::{Facts, known};
use crate::policy::{METHODS_MAX, TermStart};
use crate::program::layout::head;
use crate::program::{Method, NO_LIMIT, Program, Truths, fact};
use crate::qualify::{Standing, qualify};
use alloc::vec::Vec;

pub use crate::facts::country_value;
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
///
/// It lies in memory as it is written here, and what is told of reasons lies first: a host may read it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct MethodAnswer {
    /// Rules that withhold it, one bit each
    pub rules: u64,
    /// Built-in reasons, one bit each (see [`Builtin`])
    pub builtin: u8,
    /// What becomes of it
    pub state: State,
    /// Its place in the display, from 1
    pub rank: u8,
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
    states: u32,
    truths: Truths,
    total: i64,
    delivery: Option<Date>,
}

impl MethodAnswer {
    /// Before anything was decided; a constant, for the browser pays for code that makes sixteen of them
    const NOTHING: Self = Self { rules: 0, builtin: 0, state: State::Withheld, rank: 0, missing: 0, limit: None, fee: 0, term_ends: None };
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
            states: 0,
            truths: Truths::default(),
            total: 0,
            delivery: None,
        }
    }
}

impl Answer {
    /// An answer as it was kept: what of it was told, without what it rested on
    pub(crate) fn kept(
        today: Date,
        standing: Standing,
        [exposure_limit, available]: [Option<i64>; 2],
        kept: &[MethodAnswer],
    ) -> Option<Self> {
        let count = u8::try_from(kept.len()).ok()?;
        let mut answer = Self { today, standing, exposure_limit, available, count, ..Self::default() };
        answer.methods.get_mut(..kept.len())?.copy_from_slice(kept);
        let states = kept.iter().rev().fold(0, |states, method| states << 2 | u32::from(method.state.number()));
        Some(Self { states, ..answer })
    }

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
        self.states
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
    states_into(program, facts, today, answer);
    terms_into(program, answer);
}

/// The terms of an answer that so far says only what becomes of each method, and why
#[inline(never)]
pub fn terms_into(program: &Program, answer: &mut Answer) {
    let truths = &answer.truths;
    let available = answer.available.unwrap_or(NO_LIMIT);
    let mut ranks = program.ranks(truths);
    for (method, found) in program.methods().iter().zip(&mut answer.methods) {
        let [rank, ..] = ranks.to_le_bytes();
        ranks >>= 4;
        found.rank = (rank & 15).wrapping_add(1);
        found.limit = some_limit(program.limit(method.limits, truths).min(if method.risky { available } else { NO_LIMIT }));
        found.fee = method.fee.on(answer.total);
        found.term_ends = method.term.and_then(|term| {
            let start = match term.start {
                TermStart::Order => answer.today,
                TermStart::Delivery => answer.delivery?,
            };
            Some(start.plus_days(term.days.into()))
        });
    }
}

/// Decides what becomes of each method, and why; for the rest of the answer there is [`terms_into`]
#[inline(never)]
pub fn states_into(program: &Program, facts: &mut Facts, today: Date, answer: &mut Answer) {
    let standing = qualify(program, facts, today, &mut answer.truths);
    let truths = &answer.truths;
    let ladder = program.ladder(facts.get(program.ladder_fact()));
    let exposure_limit = program.limit(program.word(head::EXPOSURE), truths).min(ladder);
    let open = facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0);
    let available = if exposure_limit == NO_LIMIT { NO_LIMIT } else { exposure_limit.saturating_sub(open).max(0) };
    answer.today = today;
    answer.standing = standing;
    answer.exposure_limit = some_limit(exposure_limit);
    answer.available = some_limit(available);
    answer.calendar = Calendar::of(
        program.word(head::MARKET),
        program.knows_holidays(),
        facts.get(known::BILLING_COUNTRY),
        facts.get(known::BILLING_REGION),
    );
    let valid = (program.word(head::VALID_FROM)..=program.word(head::VALID_UNTIL)).contains(&today.days().into());
    let total = facts.get(known::CART_TOTAL);
    answer.total = total.unwrap_or(0);
    answer.delivery = facts.date(known::ORDER_EXPECTED_DELIVERY);
    let order = Order {
        facts,
        against: Builtin::RegistrationUnchecked.bit()
            | Builtin::PolicyNotValid.bit_if(!valid)
            | Builtin::TotalMissing.bit_if(total.is_none()),
        total: total.unwrap_or(0),
        at_least: total.unwrap_or(i64::MAX),
        at_most: total.unwrap_or(i64::MIN),
        available,
        rules: program.withholding(truths),
    };
    let (mut states, mut count) = (0, 0_u8);
    for (method, found) in program.methods().iter().zip(&mut answer.methods) {
        decide_method(program, method, truths, &order, found);
        states |= u32::from(found.state.number()).wrapping_shl(u32::from(count) << 1);
        count = count.wrapping_add(1);
    }
    answer.states = states;
    answer.count = count;
}

fn some_limit(limit: i64) -> Option<i64> {
    if limit == NO_LIMIT { None } else { Some(limit) }
}

/// What is the same for all methods
struct Order<'a> {
    facts: &'a Facts,
    /// The built-in reasons against every method that heeds them
    against: u8,
    total: i64,
    /// The total where it must not be too small: a missing one is not
    at_least: i64,
    /// The total where it must not be too large: a missing one is not
    at_most: i64,
    available: i64,
    /// The rules that hold and withhold something
    rules: u64,
}

fn decide_method(program: &Program, method: &Method, truths: &Truths, order: &Order<'_>, answer: &mut MethodAnswer) {
    let fee = method.fee.on(order.total);
    let method_limit = program.limit(method.limits, truths);
    let available = if method.risky { order.available } else { NO_LIMIT };
    let builtin = method.heeds & order.against
        | Builtin::ProviderNotConfigured.bit_if(truths.bit(method.provider) == 0)
        | Builtin::Condition.bit_if(truths.bit(method.when) == 0)
        | Builtin::Minimum.bit_if(order.at_least < method.minimum)
        | Builtin::Maximum.bit_if(order.at_most > method_limit)
        | Builtin::Exposure.bit_if(order.at_most.saturating_add(fee) > available);
    let rules = order.rules & method.rules;
    let fields = program.fields(method).iter().rev();
    let missing = fields.fold(0, |missing, [field]| missing << 1 | u16::from(!order.facts.is_present(fact(*field))));
    let told = if missing == 0 { State::Offered } else { State::Incomplete };
    answer.state = if u64::from(builtin) | rules == 0 { told } else { State::Withheld };
    answer.rules = rules;
    answer.builtin = builtin;
    answer.missing = missing;
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
            for ([_, reason], rule) in program.rules().iter().zip(0_u8..64) {
                if found.rules >> rule & 1 == 1 {
                    let reason = u8::try_from(*reason).ok().and_then(Reason::from_number).unwrap_or(Reason::General);
                    all.push(Because { reason, rule: Some(rule) });
                }
            }
        }
        if found.builtin & builtin.bit() != 0 {
            all.push(Because { reason: builtin.reason(method.reason), rule: None });
        }
    }
    all
}
