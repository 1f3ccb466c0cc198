//! What a person was asked to confirm, and what came of it. What they said lies under their key, not here.

use serde::{Deserialize, Serialize};

/// A person was asked to confirm something
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheckRequired {
    /// Id of the check
    pub check: String,
    /// The service's own id of the customer
    pub customer: String,
    /// The session it is done in
    pub session: String,
    /// The step: `birth_date`, `email`, `phone`, `address` or `identity`
    pub kind: String,
}

/// It is confirmed
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheckPassed {
    /// Id of the check
    pub check: String,
    /// The service's own id of the customer
    pub customer: String,
    /// The step
    pub kind: String,
    /// What whoever checked it calls it, where that was somebody else
    pub provider_ref: Option<String>,
    /// Until when it counts, UTC
    pub counts_until: String,
}

/// It is not confirmed
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheckFailed {
    /// Id of the check
    pub check: String,
    /// The service's own id of the customer
    pub customer: String,
    /// The step
    pub kind: String,
    /// What whoever checked it calls it, where that was somebody else
    pub provider_ref: Option<String>,
    /// Why
    pub cause: CheckFailure,
}

/// Why something is not confirmed
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckFailure {
    /// The code was wrong too often
    WrongCode,
    /// The message could not be sent
    Undeliverable,
    /// There is no such address
    UnknownAddress,
    /// The person did not take the address that was suggested
    SuggestionDeclined,
    /// The identity check says no
    NotIdentified,
    /// The person broke it off
    Cancelled,
    /// Whoever checks could not be reached
    Unavailable,
}
