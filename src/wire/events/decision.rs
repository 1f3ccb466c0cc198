//! The decision stream: asked, decided, bound to an order, contested.

use super::FactValue;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The shop's server asked whether an order may be paid with a method
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualificationRequested {
    /// The service's own id of the customer
    pub customer: String,
    /// The shop's number of the order
    pub order_ref: String,
    /// The method asked for
    pub method: String,
    /// What the shopper would pay
    pub amount: Money,
    /// Keyed hash of the facts' canonical bytes
    pub inputs_hash: String,
    /// Ids and versions of the consents that were given
    pub consents: Vec<String>,
    /// `order.origin_channel`, where the shop says it
    pub origin_channel: Option<String>,
}

/// One method of the answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedMethod {
    /// The policy's id of the method
    pub id: String,
    /// `offered`, `incomplete` or `withheld`
    pub state: String,
    /// The largest amount, where there is one
    pub limit: Option<Money>,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualificationDecided {
    /// `confirmed` or `refused`
    pub decision: String,
    /// The class, where the policy has any
    pub risk_class: Option<String>,
    /// The value class, where the policy has any
    pub value_class: Option<String>,
    /// The methods in the order of the answer
    pub methods: Vec<DecidedMethod>,
    /// Why it was refused; empty when confirmed
    pub reasons: Vec<String>,
    /// Which meaning of a decision
    pub semantics_version: u16,
    /// Hash of the residual policy that the browser decided on
    pub residual_hash: String,
    /// SHA-256 of the answer's canonical bytes
    pub answer_hash: String,
    /// Until when a token for it counts, UTC
    pub valid_until: Option<String>,
}

/// An order stands on the answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionBound {
    /// The service's own id of the customer
    pub customer: String,
    /// The session it came from
    pub session: String,
    /// The shop's number of the order
    pub order_ref: String,
    /// The method
    pub method: String,
    /// The method's kind
    pub method_kind: String,
    /// What the shopper pays
    pub amount: Money,
    /// SHA-256 of the cart
    pub cart_hash: String,
}

/// A person asked that somebody look at it; their words lie under the customer's key, not here
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionContested {
    /// Id of the review
    pub review: String,
    /// The service's own id of the customer
    pub customer: String,
    /// The method they wanted
    pub method: String,
}

/// History brought in from before the service kept it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryImported {
    /// The service's own id of the customer
    pub customer: String,
    /// Facts `customer.…` and `history.…` as they stood then
    pub facts: BTreeMap<String, FactValue>,
}
