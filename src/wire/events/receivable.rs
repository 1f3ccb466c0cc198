//! The receivable stream: a claim comes to be and gets its due date.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Part of a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// The price of the goods
    Principal,
    /// The agreed fee of the payment method, or of a plan of instalments
    Fee,
    /// The agreed interest of a plan of instalments, for the whole of its time
    Interest,
}

/// One part of a claim with its amount
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimItem {
    /// Which part
    pub kind: ItemKind,
    /// How much
    pub amount: Money,
}

/// When it is to be paid, as agreed
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Days
    pub days: u16,
    /// Counted from the `order` or the `delivery`
    pub from: String,
}

/// A claim came to be
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivableCreated {
    /// Id of the claim
    pub receivable: String,
    /// The service's own id of the customer
    pub debtor: String,
    /// The shop's number of the order
    pub order_ref: String,
    /// Which capture of the order; the first is 1
    pub capture: u16,
    /// The policy's id of the method
    pub method: String,
    /// `consumer` or `company`, where the shop says it
    pub party: Option<String>,
    /// Parts that sum to the claim
    pub items: Vec<ClaimItem>,
    /// What the payer writes on the transfer (ISO 11649)
    pub reference: String,
    /// Day of delivery, once known
    pub delivered_on: Option<String>,
    /// The term, where the method has one
    pub terms: Option<Terms>,
}

/// The due date of a claim was set
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDateSet {
    /// Local date
    pub date: String,
    /// What it follows from
    pub rule: String,
    /// Whose holidays moved it
    pub calendar: String,
    /// The zone in which the day ends
    pub zone: String,
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

/// The debtor agreed to pay a claim by a plan of instalments
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAccepted {
    /// SHA-256 of the plan as canonical JSON, hex
    pub plan_hash: String,
    /// The rates, the first first; they sum to the claim
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
