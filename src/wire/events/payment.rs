//! The payment stream: begun, settled or failed, put against claims.

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

/// Money has come
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentSettled {
    /// Id of the payment
    pub payment: String,
    /// The service's own id of the customer
    pub customer: String,
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

/// What one claim got
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationLine {
    /// Id of the claim
    pub receivable: String,
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
    /// By which rule
    pub rule: String,
    /// The day on which it counts for the payer
    pub value_date: String,
}
