//! SEPA direct debits, as the merchant hands them to their bank and tells what came of them.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `GET /v1/debits`: those that are not over, the earliest first
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Debits {
    /// The debits
    pub debits: Vec<Debit>,
}

/// A direct debit as it stands
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Debit {
    /// Its name everywhere: the mandate's reference, and the `EndToEndId` that the bank brings back
    pub debit: String,
    /// Id of the payment
    pub payment: String,
    /// How it stands
    pub state: DebitState,
    /// How much was announced; once it is handed in, how much is collected
    pub amount: Money,
    /// The first local day on which it may be collected
    pub from: String,
    /// The last
    pub until: String,
    /// The batch in which it was handed in
    pub batch: Option<String>,
    /// The local day on which it is collected
    pub collected_on: Option<String>,
    /// Why it came back, such as `AC04`; why it was called off, such as `taken_back`
    pub reason: Option<String>,
}

/// How a direct debit stands
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebitState {
    /// The customer has signed and was told the day
    Announced,
    /// The bank has it
    Submitted,
    /// The money is there
    Settled,
    /// The payer's bank has sent it back
    Returned,
    /// It is not collected
    Cancelled,
}

/// `POST /v1/debits/batches`: what is to be with the bank today
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DebitBatch {
    /// Its name, the `MsgId` of the file; nothing where there is nothing to hand in
    pub batch: Option<String>,
    /// How much in all
    pub total: Money,
    /// What is in it
    pub debits: Vec<Debit>,
}

/// `POST /v1/debits/batches/{batch}/settled`: the bank has credited it
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleBatch {
    /// The local day on which it counts; without it, each on the day on which it was to be collected
    #[serde(default)]
    pub on: Option<String>,
}

/// `POST /v1/debits/{debit}/outcome`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum TellDebit {
    /// The money is there
    Settled {
        /// The local day on which it counts; without it, the one on which it was to be collected
        #[serde(default)]
        on: Option<String>,
    },
    /// The payer's bank has sent it back, before or after the money was there
    Returned {
        /// The bank's reason, such as `AC04`
        reason: String,
    },
}
