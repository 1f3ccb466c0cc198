//! What a customer asked for in their account. Their words lie under their key, not here.

use crate::http::RequestOutcome;
use serde::{Deserialize, Serialize};

/// A customer asked for something
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMade {
    /// Id of the request
    pub request: String,
    /// The service's own id of the customer
    pub customer: String,
    /// What, such as `dispute`
    pub kind: String,
    /// Id of the claim
    pub receivable: Option<String>,
    /// What came of it
    pub outcome: RequestOutcome,
    /// Why it cannot be, where it cannot
    pub why: Option<String>,
}

/// The customer took it back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestTakenBack {
    /// Id of the request
    pub request: String,
}
