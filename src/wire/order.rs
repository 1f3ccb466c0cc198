//! An order of the past, one line of JSON: what was known of it, how it was paid, what it earned.
//!
//! **Invariant:** whichever way a line is read, it gives the same order, or the same mistakes.

mod fast;
mod thorough;

use crate::facts::direct::Names;
use crate::json::{self, Document};
use serde_json::{Map, Value};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::Facts;
use tresen_core::policy::{Kind, Policy};
use tresen_core::rate::Rate;

/// What may stand beside `facts` in an order of the past
pub const BESIDE_FACTS: [&str; 3] = ["today", "outcome", "margin"];

/// What an order of the past says beside its facts
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The day of the order
    pub today: Date,
    /// How it was paid, if that is known
    pub outcome: Option<Outcome>,
    /// What it earned, if that is known
    pub margin: Option<Margin>,
}

/// How an order was paid
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// What it was bought with
    pub bought: Bought,
    /// Whether the money came
    pub paid: Paid,
    /// What was lost in the end, in minor units; of an unpaid order that does not say so, its total
    pub lost: Option<i64>,
}

/// What an order was bought with, as far as a policy can tell
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bought {
    /// A method with credit risk, or the order does not say
    WithCreditRisk,
    /// A method without, whose outcome says nothing about credit
    WithoutCreditRisk,
    /// One that the policy does not have, and that is no kind either
    Unknown,
}

/// Whether the money came
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paid {
    /// By the due date
    OnTime,
    /// After it
    Late,
    /// Not at all, or given up
    Unpaid,
}

impl Paid {
    /// All of them
    pub const ALL: [Self; 3] = [Self::OnTime, Self::Late, Self::Unpaid];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Unpaid => "unpaid",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paid| paid.code() == code)
    }
}

/// What an order earned, losses apart
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Margin {
    /// Minor units of the policy's currency; below zero where it was sold at a loss
    Amount(i64),
    /// A share of the total
    Share(Rate),
}

/// Reads orders for one policy
#[derive(Debug)]
pub struct Reader<'p> {
    policy: &'p Policy,
    today: Date,
    passed_over: &'p [String],
    names: Names<'p>,
}

impl<'p> Reader<'p> {
    /// Reads orders for `policy`; those without a day are of `today`
    ///
    /// Facts named in `passed_over` are not looked at: another policy declares them, and this one need not know them.
    #[must_use]
    pub fn new(policy: &'p Policy, today: Date, passed_over: &'p [String]) -> Self {
        Self { policy, today, passed_over, names: Names::new(policy, passed_over) }
    }

    /// Reads a line: `{"facts": {…}, "today": …, "outcome": …, "margin": …}`, or facts alone; the facts are left in `facts`
    ///
    /// # Errors
    ///
    /// All mistakes at once, by the codes `json.…`, `fact.…` and `order.…`.
    pub fn read(&self, line: &[u8], facts: &mut Facts) -> Result<Order, Vec<Diagnostic>> {
        self.fast(line, facts).map_or_else(|| self.thorough(line, facts), Ok)
    }

    /// What a method of the past is under this policy
    fn bought(&self, method: &str) -> Bought {
        let kind = self.policy.method(method).map(|(_, method)| method.kind).or_else(|| Kind::from_code(method));
        match kind.map(Kind::bears_credit_risk) {
            Some(true) => Bought::WithCreditRisk,
            Some(false) => Bought::WithoutCreditRisk,
            None => Bought::Unknown,
        }
    }
}

/// A line that was read as JSON
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The facts
    pub facts: &'a Map<String, Value>,
    /// Where they stand: `/facts`, or nothing if they are the whole line
    pub at: &'static str,
    /// The whole line
    pub whole: &'a Map<String, Value>,
}

/// A line as JSON
///
/// # Errors
///
/// `json.…` for what is not JSON.
pub fn parse(line: &[u8]) -> Result<Document, Vec<Diagnostic>> {
    json::parse(line).map_err(|problem| {
        let message = format!("{} at column {}", problem.message, problem.column);
        vec![Diagnostic::error(problem.code, "", message, problem.help())]
    })
}

impl<'a> Line<'a> {
    /// The facts of a line, and what stands beside them, which may only have the keys in `beside`
    ///
    /// # Errors
    ///
    /// `json.duplicate_key`, `json.key_unknown`, and `fact.type` for what is no object.
    pub fn of(document: &'a Document, beside: &[&str]) -> Result<Self, Vec<Diagnostic>> {
        if let Some(at) = document.duplicates.first() {
            return Err(vec![Diagnostic::error("json.duplicate_key", at.as_str(), "the key stands twice", "remove one of the two")]);
        }
        let no_object =
            |at: &str, what: &str| vec![Diagnostic::error("fact.type", at, format!("{what} not an object"), "write `{\"cart.total\": …}`")];
        let whole = document.value.as_object().ok_or_else(|| no_object("", "the line is"))?;
        let Some(facts) = whole.get("facts") else { return Ok(Self { facts: whole, at: "", whole }) };
        if let Some(key) = whole.keys().find(|key| *key != "facts" && !beside.contains(&key.as_str())) {
            let mut at = String::new();
            json::push_key(&mut at, key);
            let help = format!("beside `facts` there is only {}", crate::suggest::listed(beside.iter().copied()));
            return Err(vec![Diagnostic::error("json.key_unknown", at, json::printable(format!("unknown key `{key}`")), help)]);
        }
        let facts = facts.as_object().ok_or_else(|| no_object("/facts", "the facts are"))?;
        Ok(Self { facts, at: "/facts", whole })
    }

    /// The day that the line names, else `otherwise`
    ///
    /// # Errors
    ///
    /// `fact.date_malformed`.
    pub fn day(&self, otherwise: Date) -> Result<Date, Vec<Diagnostic>> {
        let named = if self.at.is_empty() { None } else { self.whole.get("today") };
        match named {
            None => Ok(otherwise),
            Some(today) => today.as_str().and_then(Date::parse).ok_or_else(|| {
                vec![Diagnostic::error("fact.date_malformed", "/today", "`today` is not a date", "write it as `2026-11-21`")]
            }),
        }
    }

    /// A problem of the facts as one of the line
    #[must_use]
    pub fn below(&self, problem: Diagnostic) -> Diagnostic {
        Diagnostic { at: format!("{}{}", self.at, problem.at), ..problem }
    }
}

#[cfg(test)]
mod tests;
