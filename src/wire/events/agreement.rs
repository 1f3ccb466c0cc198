//! What was agreed about paying later: promises, deferrals, plans.

use super::twin::twin;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::receivable;

/// The customer said when they will pay
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseMade {
    /// Id of the promise
    pub promise: String,
    /// How much
    pub amount: Money,
    /// By which day
    pub date: String,
    /// The last day on which it is waited for
    pub grace_until: String,
}

twin! {
    /// What became of a promise
    PromiseOutcome of receivable::PromiseEnd {
        /// All of it was paid in time
        Kept,
        /// Some of it was
        PartlyKept,
        /// Nothing was
        Broken,
        /// It no longer matters
        Invalidated,
    }
}

/// A promise ended
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseEnded {
    /// Id of the promise
    pub promise: String,
    /// What became of it
    pub outcome: PromiseOutcome,
}

/// The customer may pay later
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeferralGranted {
    /// Id of the claim
    pub receivable: String,
    /// The new due date
    pub until: String,
}

/// One rate of a plan
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRate {
    /// Local date by which it is to be paid
    pub due_date: String,
    /// What is to be paid
    pub amount: Money,
    /// What of it is interest or fee
    pub cost: Money,
}

/// The debtor agreed to pay claims by a plan of instalments
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAccepted {
    /// Id of the plan
    pub plan: String,
    /// The claims that are paid by it
    pub receivables: Vec<String>,
    /// SHA-256 of the plan as canonical JSON, hex: what the person keeps
    pub plan_hash: String,
    /// The rates, the first first; they sum to what is open
    pub rates: Vec<PlannedRate>,
    /// The effective annual rate in percent, with two decimals
    pub annual_rate_percent: String,
    /// The fixed interest a year in percent
    pub interest_percent: String,
    /// What the plan is to the law
    pub regime: String,
    /// The text that was agreed to, as its id and version
    pub consent: Option<String>,
}

/// What is to be paid by when
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRate {
    /// Local date by which it is to be paid
    pub due_date: String,
    /// What is to be paid
    pub amount: Money,
}

/// The schedule was changed
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRescheduled {
    /// Id of the plan
    pub plan: String,
    /// SHA-256 of what the person keeps, hex
    pub plan_hash: String,
    /// All rates from now on, the first first; they sum to what is open
    pub rates: Vec<DueRate>,
}

twin! {
    /// How a plan ended
    PlanOutcome of receivable::PlanEnd {
        /// Everything is paid
        Completed,
        /// Both sides agreed to end it
        Cancelled,
        /// Rates were missed, and everything is due at once
        Accelerated,
    }
}

/// The schedule ended
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanEnded {
    /// Id of the plan
    pub plan: String,
    /// How
    pub outcome: PlanOutcome,
    /// Whether the person was told before
    pub notice: bool,
}
