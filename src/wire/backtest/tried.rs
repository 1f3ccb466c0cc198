//! Policies as they are tried, and what is assumed while they are.

use super::comparison::Sides;
use super::credit::Assumption;
use crate::decision::{hash, hex};
use std::fmt;
use tresen_core::money::{Currency, MoneyError};
use tresen_core::policy::Policy;
use tresen_core::program::Program;

/// A policy as it is tried: as if it were valid on every day, for the orders are of the past, and the policy may be one for tomorrow
#[derive(Debug, Clone)]
pub struct Tried {
    /// The policy, valid on every day
    pub policy: Policy,
    /// What decides by it
    pub program: Program,
    /// SHA-256 of the policy as it was given, compiled, in hex
    pub name: String,
}

impl Tried {
    /// A policy that is about to be tried
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        let name = hex(&hash(&policy.to_bytes()));
        let policy = Policy { valid_from: None, valid_until: None, ..policy };
        Self { program: policy.program(), policy, name }
    }
}

/// Two policies that are tried on the same orders
#[derive(Debug, Clone)]
pub struct Pair {
    pub(super) tried: Sides<Tried>,
    /// The facts that only one of them declares: the other one need not know them
    pub(super) only: Sides<Vec<String>>,
    /// Whether every line means the same to both, so that it need be read only once
    pub(super) reads_alike: bool,
}

impl Pair {
    /// Two policies of one currency
    ///
    /// # Errors
    ///
    /// [`BacktestError::CurrenciesDiffer`].
    pub fn new(old: Policy, new: Policy) -> Result<Self, BacktestError> {
        if old.currency != new.currency {
            return Err(BacktestError::CurrenciesDiffer(Sides { old: old.currency, new: new.currency }));
        }
        let only = Sides { old: only_in(&old, &new), new: only_in(&new, &old) };
        let reads_alike = reads_alike(&old, &new);
        Ok(Self { tried: Sides { old: Tried::new(old), new: Tried::new(new) }, only, reads_alike })
    }

    /// Both policies
    #[must_use]
    pub fn policies(&self) -> [&Policy; 2] {
        [&self.tried.old.policy, &self.tried.new.policy]
    }
}

/// The facts that `policy` declares and `other` does not
fn only_in(policy: &Policy, other: &Policy) -> Vec<String> {
    let names = policy.custom.iter().map(|fact| &fact.name);
    names.filter(|name| other.custom.iter().all(|fact| fact.name != **name)).cloned().collect()
}

fn reads_alike(old: &Policy, new: &Policy) -> bool {
    let methods = |policy: &Policy| policy.methods.iter().map(|method| (method.id.clone(), method.kind)).collect::<Vec<_>>();
    old.texts == new.texts && old.custom == new.custom && methods(old) == methods(new)
}

impl Assumption {
    /// What is assumed, which must be possible under one of the policies
    ///
    /// # Errors
    ///
    /// [`BacktestError::AssumedUnknown`] and [`BacktestError::AssumedWithoutRisk`] for a method that nobody can take on credit.
    pub fn among(method: Option<String>, completed: bool, policies: &[&Policy]) -> Result<Self, BacktestError> {
        let Some(id) = method else { return Ok(Self { method: None, completed }) };
        let found: Vec<_> = policies.iter().filter_map(|policy| policy.method(&id)).collect();
        if found.is_empty() {
            return Err(BacktestError::AssumedUnknown(id));
        }
        if !found.iter().any(|(_, method)| method.kind.bears_credit_risk()) {
            return Err(BacktestError::AssumedWithoutRisk(id));
        }
        Ok(Self { method: Some(id), completed })
    }
}

/// Why policies cannot be tried, or nothing be reported
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BacktestError {
    /// No policy has the method that customers are assumed to take
    AssumedUnknown(String),
    /// It bears no credit risk
    AssumedWithoutRisk(String),
    /// Amounts of two currencies cannot be compared
    CurrenciesDiffer(Sides<Currency>),
    /// A sum is beyond what an amount can say
    OutOfRange(MoneyError),
}

impl BacktestError {
    /// The code
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AssumedUnknown(_) => "assume.unknown",
            Self::AssumedWithoutRisk(_) => "assume.without_risk",
            Self::CurrenciesDiffer(_) => "policy.currencies_differ",
            Self::OutOfRange(_) => "report.out_of_range",
        }
    }

    /// What to do
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::AssumedUnknown(_) | Self::AssumedWithoutRisk(_) => {
                "name an invoice, pay later, instalments or SEPA debit method by its id"
            }
            Self::CurrenciesDiffer(_) => "compare policies of one currency",
            Self::OutOfRange(_) => "give fewer orders at once, and check their amounts",
        }
    }
}

impl fmt::Display for BacktestError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AssumedUnknown(id) => write!(out, "`{id}` is no method of the policy"),
            Self::AssumedWithoutRisk(id) => write!(out, "`{id}` bears no credit risk"),
            Self::CurrenciesDiffer(Sides { old, new }) => {
                write!(out, "the old policy is in {} and the new one in {}", old.code(), new.code())
            }
            Self::OutOfRange(error) => write!(out, "a sum of the report is {error}"),
        }
    }
}
