//! Steps: what a shopper confirms, so that a method comes back.

use super::Facts;
use serde::{Deserialize, Serialize};

/// `POST /v1/checkout/{session}/steps/{step}`, by the browser: what there is to confirm
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartStep {
    /// For `birth_date`
    #[serde(default)]
    pub birth_date: Option<String>,
    /// For `email`, only where the session has none
    #[serde(default)]
    pub email: Option<String>,
    /// For `phone`, with the country's code: `+4915112345678`
    #[serde(default)]
    pub phone: Option<String>,
    /// For `address`
    #[serde(default)]
    pub address: Option<PostalAddress>,
    /// For `identity`: where the shopper comes back to, on the shop's own site
    #[serde(default)]
    pub return_url: Option<String>,
}

/// A postal address
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostalAddress {
    /// Without the number
    pub street: String,
    /// With what is added to it
    pub house_number: String,
    /// As it is written in that country
    pub postal_code: String,
    /// City or place
    pub city: String,
    /// ISO 3166-1
    pub country: String,
}

/// `POST /v1/checkout/{session}/steps/{step}/answer`, by the browser
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerStep {
    /// For `email` and `phone`: the code out of the message
    #[serde(default)]
    pub code: Option<String>,
    /// For `address`: whether the address that was suggested is meant
    #[serde(default)]
    pub accept: Option<bool>,
}

/// A step that the policy may ask for, as it stands
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepBrief {
    /// `birth_date`, `email`, `phone`, `address` or `identity`
    pub step: &'static str,
    /// `open`, `started`, `passed` or `failed`
    pub state: &'static str,
}

/// A step with what the shopper needs to go on
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepState {
    /// The step and how it stands
    #[serde(flatten)]
    pub brief: StepBrief,
    /// Where the code went, with most of it hidden
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_to: Option<String>,
    /// How often a code may still be wrong
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts_left: Option<u8>,
    /// Until when it can be answered, UTC
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Where the identity is checked
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The address that may be meant
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<PostalAddress>,
}

/// The answer to a start and to an answer: the step, and the facts to decide on from now on
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepAnswered {
    /// The step
    #[serde(flatten)]
    pub state: StepState,
    /// As in the session
    pub facts: Facts,
}

/// `GET /v1/checkout/{session}/steps`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepList {
    /// All that the policy may ask for and that can be done here
    pub steps: Vec<StepState>,
    /// As in the session
    pub facts: Facts,
}

/// `GET /v1/sandbox/messages`, by the shop's server: what the sandbox has sent, the newest first
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SandboxMessages {
    /// Mails and messages to telephones
    pub messages: Vec<SandboxMessage>,
}

/// A message in the sandbox's mailbox
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SandboxMessage {
    /// Its id
    pub id: String,
    /// `email`, `text` or `letter`
    pub channel: String,
    /// Address or number
    pub to: String,
    /// Only of a mail
    pub subject: Option<String>,
    /// What it says
    pub text: String,
    /// Language of the shopper
    pub locale: String,
    /// When it was sent, UTC
    pub sent_at: String,
    /// Which other forms it has: `html`, and `pdf` of a letter
    pub forms: Vec<String>,
}
