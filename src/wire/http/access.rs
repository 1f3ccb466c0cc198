//! An access to a customer's account, and how somebody comes by one.

use serde::{Deserialize, Serialize};

/// `POST /v1/customers/{reference}/access`, by the shop's server
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantAccess {
    /// Id of the claim that the view points at, such as that of the order just confirmed
    #[serde(default)]
    pub receivable: Option<String>,
    /// For how long, 1 to 1440; without it, as the service was started
    #[serde(default)]
    pub minutes: Option<u16>,
}

/// An access: the only time that its token is seen whole
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessGranted {
    /// What is behind `/v1/accounts/`
    pub token: String,
    /// Until when, UTC
    pub expires_at: String,
}

/// `POST /v1/paylinks/{token}/code`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendCode {
    /// Where to, of what the shop knows already
    pub channel: CodeChannel,
}

/// Where a code goes
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeChannel {
    /// E-mail
    Email,
    /// A text message
    Sms,
}

/// A code is on its way
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeSent {
    /// Where to, so that who has it knows it and nobody else learns it
    pub sent_to: String,
    /// Until when it can be typed back, UTC
    pub expires_at: String,
    /// For how many minutes that is, for a clock that goes wrong
    pub minutes: u8,
    /// How often it may be typed
    pub attempts: u8,
}

/// `POST /v1/paylinks/{token}/access`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeCode {
    /// The six digits
    pub code: String,
}
