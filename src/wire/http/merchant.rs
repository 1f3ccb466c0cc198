//! What the merchant's people and servers ask for: accounts, payments, reviews, policies.

use super::{HoldInForce, LevelState, NextDue, OpenItem, ReviewAnswer};
use crate::backtest::Comparison;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /v1/customers/{reference}/account`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// What the customer owes, due or not, reservations included
    pub open_balance: Money,
    /// The part whose due date has passed
    pub overdue_balance: Money,
    /// Held for payments that a provider has not confirmed yet
    pub reserved: Money,
    /// The customer's own money, put against no claim
    pub credit: Money,
    /// The claims, oldest first
    pub receivables: Vec<ReceivableState>,
}

/// A claim as it stands
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivableState {
    /// Id of the claim
    pub id: String,
    /// The shop's number of the order
    pub order: String,
    /// The policy's id of the method
    pub method: String,
    /// How much it was
    pub amount: Money,
    /// How much is open
    pub balance: Money,
    /// Local date
    pub created_on: String,
    /// Local date, once known
    pub due_date: Option<String>,
    /// Local date on which the last of the goods arrived, once that was told
    pub delivered_on: Option<String>,
    /// Local date on which it was settled
    pub settled_on: Option<String>,
    /// Whether the due date has passed and something is open
    pub overdue: bool,
    /// What the payer writes on the transfer (ISO 11649)
    pub reference: String,
    /// How it ended, such as `paid` or `credited`; nothing while something is open
    pub ending: Option<String>,
    /// The parts of which something is open
    pub items: Vec<OpenItem>,
    /// How far reminding has come
    pub level: LevelState,
    /// What is not done for the time being, and why
    pub holds: Vec<HoldInForce>,
    /// The first local day of default
    pub default_since: Option<String>,
    /// What is to be paid next
    pub next_due: Option<NextDue>,
}

/// `GET /v1/payments/{id}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentState {
    /// Id of the payment
    pub id: String,
    /// `initiated`, `settled`, `declined` or `expired`
    pub state: String,
    /// The shop's number of the order
    pub order: String,
    /// The policy's id of the method
    pub method: String,
    /// Key of the provider
    pub provider: String,
    /// How much
    pub amount: Money,
    /// When it is given up, UTC
    pub expires_at: String,
}

/// `POST /v1/reviews`, by the browser: have a person look at it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskReview {
    /// Id of the session
    pub session: String,
    /// The method they wanted
    pub method: String,
    /// In their words
    #[serde(default)]
    pub message: Option<String>,
    /// How to reach them
    #[serde(default)]
    pub contact: Option<String>,
}

/// The answer to a wish for a review
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewAsked {
    /// Id of the review
    pub review: String,
    /// `open`
    pub state: String,
}

/// A review as the merchant's people see it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// Id of the review
    pub review: String,
    /// The session it came from
    pub session: String,
    /// The last decision of that session, where the shop had asked for one
    pub decision_id: Option<String>,
    /// The method they wanted
    pub method: String,
    /// `open`, or what came of it: `upheld`, `changed` or `withdrawn`
    pub state: String,
    /// In their words; null after the person's data were erased
    pub message: Option<String>,
    /// How to reach them; null after the person's data were erased
    pub contact: Option<String>,
    /// UTC
    pub asked_at: String,
    /// What a human found, once one has looked at it
    pub answer: Option<ReviewAnswer>,
}

/// `GET /v1/reviews`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reviews {
    /// The newest first, at most 200
    pub reviews: Vec<Review>,
}

/// A policy in brief
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyBrief {
    /// Hash of its compiled bytes
    pub policy_hash: String,
    /// Its name
    pub name: String,
    /// UTC
    pub uploaded_at: String,
    /// Whether new sessions are decided by it
    pub active: bool,
    /// Whether it is tried beside the active one, and binds nothing
    pub shadow: bool,
    /// Size of the compiled bytes
    pub bytes: usize,
    /// What deserves a look and stops nothing
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<super::DiagnosticBody>,
}

/// `GET /v1/policies`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Policies {
    /// The newest first, at most 200
    pub policies: Vec<PolicyBrief>,
}

/// `GET /v1/policies/shadow`: how the decisions of a policy that binds nothing differ from those that count
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shadow {
    /// Hash of the policy that is tried
    pub policy_hash: String,
    /// Its name
    pub name: String,
    /// Since when it has been tried, UTC
    pub since: String,
    /// The instant of this report, UTC
    pub until: String,
    /// Confirms that it could not decide, by the code that says why
    pub undecided: BTreeMap<String, u64>,
    /// One for each policy whose decisions counted meanwhile, in the order in which they began; every confirm is an order
    pub comparisons: Vec<Comparison>,
}

/// `DELETE /v1/policies/shadow`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShadowEnded {
    /// Hash of the policy that is tried no longer
    pub policy_hash: String,
}

/// What the service and what is built beside it (widget, package, plugin) have to have in common, as one number. It rises whenever one of two builds
/// would no longer understand the other: by a layout of bytes, the meaning of a decision, or the text of a consent. `tests/wire/interface.rs` says when.
pub const INTERFACE: u16 = 1;

/// `GET /v1/health`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// `ok`
    pub status: &'static str,
    /// Version of the service
    pub version: &'static str,
    /// [`INTERFACE`] of the service
    pub interface: u16,
    /// Which meaning of a decision
    pub semantics_version: u16,
    /// Whether the sandbox is on
    pub sandbox: bool,
}

/// `GET` and the answer of `POST /v1/sandbox/clock`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockState {
    /// The service's now, UTC
    pub now: String,
    /// The merchant's local date
    pub today: String,
    /// The merchant's zone
    pub zone: String,
    /// How far the time machine is ahead
    pub ahead_seconds: i64,
}

/// `POST /v1/sandbox/clock`: time only goes forward
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveClock {
    /// How many days
    pub advance_days: u16,
}

/// `GET`, `POST` and the answer of `POST /v1/sandbox/bureau`: how the credit bureau of the sandbox behaves towards everybody
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BureauSimulator {
    /// How it behaves
    pub behaviour: BureauBehaviour,
}

/// How a credit bureau behaves
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BureauBehaviour {
    /// It answers
    Normal,
    /// It answers too late
    Slow,
    /// It answers nonsense
    Wrong,
    /// It does not answer
    Down,
}
