//! The payment stream: begun, settled or failed, put against claims, and gone back.

use super::receivable::ItemKind;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A payment was begun with a provider
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentInitiated {
    /// Id of the payment
    pub payment: String,
    /// The service's own id of the customer
    pub customer: String,
    /// The session it came from
    pub session: String,
    /// The shop's number of the order
    pub order_ref: String,
    /// The policy's id of the method
    pub method: String,
    /// Key of the provider
    pub provider: String,
    /// How much
    pub amount: Money,
    /// Whether it takes up the customer's exposure until it is settled, failed or expired
    pub reserves: bool,
    /// When it is given up, UTC
    pub expires_at: String,
}

/// Money for claims is on its way
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPending {
    /// Id of the payment
    pub payment: String,
    /// The service's own id of the customer
    pub customer: String,
    /// How much
    pub amount: Money,
    /// For which claims
    pub receivables: Vec<String>,
    /// The last day on which it is waited for
    pub until: String,
}

/// Money has come, and nobody knows yet whose it is or what it is for
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentUnallocated {
    /// Id of the payment
    pub payment: String,
    /// Whoever took the money, such as `bank`
    pub provider: String,
    /// The provider's own number
    pub provider_ref: String,
    /// How much
    pub amount: Money,
    /// The day on which it counts for the payer
    pub value_date: String,
    /// Why
    pub reason: Unallocated,
}

/// Why nobody knows what a payment is for
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unallocated {
    /// Nothing in it names a claim or a customer
    NothingNamed,
    /// What it names is not known here, or not yet
    UnknownReference,
    /// It names claims of several customers
    SeveralCustomers,
    /// What it names is owed in another currency
    OtherCurrency,
}

/// Money has come
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentSettled {
    /// Id of the payment
    pub payment: String,
    /// The service's own id of the customer
    pub customer: String,
    /// Whoever took the money, such as `bank`
    pub provider: String,
    /// The provider's own number
    pub provider_ref: String,
    /// How much
    pub amount: Money,
    /// The day on which it counts for the payer
    pub value_date: String,
}

/// A payment will not come
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentFailed {
    /// Id of the payment
    pub payment: String,
    /// `declined` or `expired`
    pub code: PaymentFailure,
}

/// Why a payment does not come
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentFailure {
    /// The provider or the payer said no
    Declined,
    /// Nobody said anything in time
    Expired,
}

/// What one part of a claim got
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationLine {
    /// Id of the claim
    pub receivable: String,
    /// Which part; nothing in what version 1 wrote: then its parts in the order of its regime
    pub item: Option<ItemKind>,
    /// How much of the payment
    pub amount: Money,
}

/// Money was put against claims
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAllocated {
    /// Id of the payment
    pub payment: String,
    /// Lines that sum to what was allocated
    pub lines: Vec<AllocationLine>,
    /// By which rule it was shared between claims; within one, by the claim's own
    pub rule: String,
    /// Whether the payer said which claims are meant
    pub designated: bool,
}

/// Money was taken from claims again
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationReversed {
    /// Id of the payment
    pub payment: String,
    /// From what
    pub lines: Vec<AllocationLine>,
}

/// A payment was booked in error, or came back before it counted
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReversed {
    /// Id of the payment
    pub payment: String,
}

/// The payer's bank took money back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargebackOpened {
    /// Id of the payment
    pub payment: String,
    /// How much
    pub amount: Money,
    /// By when evidence is to be sent
    pub until: String,
}

/// The money came back to the merchant
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargebackWon {
    /// Id of the payment
    pub payment: String,
}

/// It did not
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargebackLost {
    /// Id of the payment
    pub payment: String,
}

/// Money is to be given back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundGranted {
    /// Id of the refund
    pub refund: String,
    /// Id of the payment
    pub payment: String,
    /// How much
    pub amount: Money,
}

/// It has been given back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundSettled {
    /// Id of the refund
    pub refund: String,
}

/// It could not be given back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundFailed {
    /// Id of the refund
    pub refund: String,
}
