//! Who is told of what happens: endpoints, what is sent to them, and how that went.

use crate::events::Event;
use serde::{Deserialize, Serialize};

/// `POST /v1/webhooks`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateWebhook {
    /// Where to send
    pub url: String,
    /// Names of the events that are wanted; all where nothing is said
    #[serde(default)]
    pub events: Option<Vec<String>>,
}

/// An endpoint
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Webhook {
    /// Id of the endpoint
    pub id: String,
    /// Where to send
    pub url: String,
    /// Names of the events that are wanted; null: all
    pub events: Option<Vec<String>>,
    /// `active` or `disabled`
    pub state: &'static str,
    /// UTC
    pub created_at: String,
    /// Since when nothing has arrived, UTC
    pub failing_since: Option<String>,
    /// UTC
    pub disabled_at: Option<String>,
    /// `failing`: nothing arrived for days; `gone`: the receiver said so
    pub why_disabled: Option<String>,
    /// Until when the secret before signs as well, UTC
    pub old_secret_until: Option<String>,
}

/// `GET /v1/webhooks`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Webhooks {
    /// The oldest first
    pub webhooks: Vec<Webhook>,
}

/// An endpoint with a new secret; the only time that is seen whole
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookSecret {
    /// The endpoint
    pub webhook: Webhook,
    /// `whsec_…`
    pub secret: String,
}

/// `DELETE /v1/webhooks/{id}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookRemoved {
    /// Id of the endpoint
    pub id: String,
}

/// `POST /v1/webhooks/{id}/replay`: from an instant on, or behind a position; one of both
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplayWebhook {
    /// What was written down at this instant or later, UTC
    #[serde(default)]
    pub since: Option<String>,
    /// What stands behind this position
    #[serde(default)]
    pub after: Option<i64>,
}

/// What is sent again
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookReplay {
    /// How many events
    pub queued: usize,
    /// The position up to which it was looked: what to ask for next, where there is more
    pub through: i64,
    /// Whether there is more behind it
    pub more: bool,
}

/// `GET /v1/webhooks/{id}/deliveries`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookDeliveries {
    /// The newest first, at most 200
    pub deliveries: Vec<WebhookDelivery>,
}

/// One event on its way to one endpoint
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookDelivery {
    /// Id of the event: the header `webhook-id`
    pub event_id: String,
    /// Which event
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is about
    pub stream: String,
    /// Where it stands among all events
    pub position: i64,
    /// `waiting`, `delivered` or `given_up`
    pub state: String,
    /// How often it was sent
    pub attempts: u32,
    /// UTC
    pub last_attempt_at: Option<String>,
    /// What the receiver answered last
    pub status: Option<u16>,
    /// Why it did not arrive: `status`, `redirect`, `timeout`, `unreachable`, `forbidden_address`, or `unanswered` while it is
    /// under way
    pub problem: Option<String>,
    /// UTC; null behind another that is about the same account, or when it is done
    pub next_attempt_at: Option<String>,
}

/// What a receiver gets, as Standard Webhooks has it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookMessage {
    /// Which event
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When it was written down, UTC
    pub timestamp: String,
    /// What it is about, and the event
    pub data: WebhookData,
}

/// What an event is about, and the event
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookData {
    /// Where it stands among all events: rises, with gaps
    pub position: i64,
    /// What it is about, such as `receivable/rcv_…`
    pub stream: String,
    /// Counts from 1 in its stream, without gaps
    pub seq: i64,
    /// The service's own id of the customer, where it is about an account
    pub customer: Option<String>,
    /// Id of the claim
    pub receivable: Option<String>,
    /// The shop's number of the order that the claim is of
    pub order: Option<String>,
    /// Id of the payment
    pub payment: Option<String>,
    /// The event as it is stored
    pub event: Event,
}
