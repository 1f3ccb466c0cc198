//! Attempts to reach a customer about what they owe, and what only a human can decide. What was said lies under the customer's key, not here.

use crate::http::ContactChannel;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What a message says of a claim
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactSubject {
    /// Id of the claim
    pub receivable: String,
    /// The level; 0 for a word before the due date, and for an answer to a payment
    pub level: u8,
    /// The due date that it is about
    pub due_date: String,
}

/// A message was written and is to go out
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPlanned {
    /// Id of the message
    pub message: String,
    /// The service's own id of the customer
    pub customer: String,
    /// `note`, `reminder`, `crossed` or `thanks`
    pub occasion: String,
    /// Which way
    pub channel: ContactChannel,
    /// What it says of which claim
    pub about: Vec<ContactSubject>,
    /// What it names as open in all
    pub amount: Money,
    /// How many events the account had
    pub account_seq: i64,
    /// SHA-256 of what it says
    pub content_hash: String,
}

/// It was not sent: at the moment of sending it was no longer right
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactSuppressed {
    /// Id of the message
    pub message: String,
    /// The gate that stopped it
    pub gate: String,
}

/// It went out
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactSent {
    /// Id of the message
    pub message: String,
    /// What whoever sends calls it
    pub provider_ref: Option<String>,
}

/// It arrived
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDelivered {
    /// Id of the message
    pub message: String,
    /// Whether it is taken for granted, because nothing else was heard
    pub presumed: bool,
}

/// It came back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactBounced {
    /// Id of the message
    pub message: String,
    /// Whether it came back for good
    pub hard: bool,
}

/// It could not be sent
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFailed {
    /// Id of the message
    pub message: String,
    /// What whoever sends says
    pub reason: String,
}

/// It was opened
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactOpened {
    /// Id of the message
    pub message: String,
    /// Whether a machine did, which says nothing about the person
    pub machine: bool,
}

/// A payment had come before it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCrossed {
    /// Id of the message
    pub message: String,
    /// Id of the payment
    pub payment: String,
}

/// The customer does not want to be written to that way
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptedOut {
    /// The service's own id of the customer
    pub customer: String,
    /// Which way
    pub channel: ContactChannel,
}

/// A human has to look at something
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCreated {
    /// Id of the task
    pub task: String,
    /// What it is, such as `unknown_delivery`
    pub kind: String,
    /// The service's own id of the customer
    pub customer: String,
    /// Id of the claim
    pub receivable: Option<String>,
    /// Id of the message
    pub message: Option<String>,
    /// Why
    pub reason: Option<String>,
}

/// A human has looked at it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDone {
    /// Id of the task
    pub task: String,
    /// What came of it
    pub outcome: String,
}
