//! What a human made of a decision that was contested, and that a person is gone.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A human looked at it; their words lie under the customer's key, not here
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionReviewed {
    /// Id of the review
    pub review: String,
    /// The service's own id of the customer
    pub customer: String,
    /// The method they wanted
    pub method: String,
    /// `upheld`, `changed` or `withdrawn`
    pub outcome: String,
    /// The shop's own sign for whoever looked at it
    pub by: String,
    /// What the customer may do now after all
    pub grant: Option<Granted>,
}

/// One order that may be paid with the method after all
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The most that the shopper may pay, fee included
    pub amount: Money,
    /// The last day on which it counts
    pub until: String,
    /// Whether it counts beyond what the customer may owe in all
    pub beyond_exposure: bool,
}

/// An order stands on what a human granted, against what the program found
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantUsed {
    /// Id of the review
    pub review: String,
    /// Id of the decision that the order stands on
    pub decision: String,
    /// The shop's number of the order
    pub order_ref: String,
    /// What the shopper pays
    pub amount: Money,
    /// The reasons that were set aside
    pub reasons: Vec<String>,
}

/// A person's data were erased, and the key with them; what is written of them here names nobody any more
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerErased {
    /// The service's own id of the customer
    pub customer: String,
}
