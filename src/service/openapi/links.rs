//! Where an answer leads: which part of it another operation asks for.

use serde_json::{Map, Value, json};

/// Only what stands in every answer; a payment comes of some orders only.
///
/// Operation that answers, place in its answer, operation that asks, name of the parameter there
const LINKS: &[(&str, &str, &str, &str)] = &[
    ("openSession", "/session", "checkout", "session"),
    ("openSession", "/session", "steps", "session"),
    ("openSession", "/session", "preview", "session"),
    ("openSession", "/session", "confirm", "session"),
    ("confirm", "/decision_id", "decision", "decision"),
    ("confirm", "/decision_id", "explanation", "decision"),
    ("openSession", "/session", "ownReviews", "session"),
    ("openSession", "/session", "ownExplanation", "session"),
    ("askReview", "/review", "review", "review"),
    ("askReview", "/review", "answerReview", "review"),
    ("createApiKey", "/id", "revokeApiKey", "key"),
    ("createWebhook", "/webhook/id", "webhookDeliveries", "webhook"),
    ("createWebhook", "/webhook/id", "rotateWebhook", "webhook"),
    ("createWebhook", "/webhook/id", "replayWebhook", "webhook"),
];

/// The links of an operation's answer
pub fn of(operation: &str) -> Map<String, Value> {
    let here = LINKS.iter().filter(|(from, ..)| *from == operation);
    here.map(|(_, place, to, parameter)| {
        ((*to).to_owned(), json!({"operationId": to, "parameters": {*parameter: format!("$response.body#{place}")}}))
    })
    .collect()
}
