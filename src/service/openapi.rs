//! The description of the interface: OpenAPI 3.1, from a table of operations and a file of schemas.

use serde_json::{Map, Value, json};

/// Schemas and the like, as they stand in the document
const COMPONENTS: &str = include_str!("openapi/components.json");

/// Who may ask
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// Nobody needs a key
    None,
    /// A browser or the shop's server
    Any,
    /// The shop's server
    Secret,
}

/// Whether an operation can be repeated under the caller's key
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeat {
    /// The header is not read
    No,
    /// The header may be sent
    May,
    /// The header must be sent
    Must,
}

struct Operation {
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    key: Key,
    repeat: Repeat,
    body: Option<&'static str>,
    answer: (u16, &'static str),
    errors: &'static [u16],
}

const OPERATIONS: &[Operation] = &[
    op("get", "/v1/health", "health", "Whether the service answers", Key::None, (200, "Health"), &[]),
    op("get", "/v1/openapi.json", "openapi", "This document", Key::None, (200, "OpenApi"), &[]),
    post(
        "/v1/sessions",
        "openSession",
        "Open a session for a visit to the checkout",
        Repeat::May,
        "OpenSession",
        (201, "SessionOpened"),
        &[409, 422],
    ),
    op("get", "/v1/checkout/{session}", "checkout", "What a browser gets of a session", Key::Any, (200, "Checkout"), &[404, 410, 429]),
    post(
        "/v1/sessions/{session}/confirm",
        "confirm",
        "The decision that counts: confirmed and signed, or refused with the offer that would stand",
        Repeat::Must,
        "Confirm",
        (200, "Confirmed"),
        &[404, 409, 422],
    ),
    post(
        "/v1/sessions/{session}/preview",
        "preview",
        "What confirm would decide, with nothing kept",
        Repeat::No,
        "Preview",
        (200, "Previewed"),
        &[404, 422],
    ),
    op(
        "get",
        "/v1/decisions/{decision}",
        "decision",
        "The record of a decision, with its trace",
        Key::Secret,
        (200, "DecisionRecord"),
        &[404],
    ),
    Operation {
        key: Key::Any,
        ..post(
            "/v1/reviews",
            "askReview",
            "Have a person look at it",
            Repeat::May,
            "AskReview",
            (201, "ReviewAsked"),
            &[404, 409, 422, 429],
        )
    },
    op("get", "/v1/reviews", "reviews", "What people asked to have looked at", Key::Secret, (200, "Reviews"), &[]),
    op("get", "/v1/customers/{reference}/account", "account", "What a customer owes", Key::Secret, (200, "Account"), &[404, 409]),
    op("get", "/v1/payments/{payment}", "payment", "How a payment stands", Key::Secret, (200, "Payment"), &[404]),
    post(
        "/v1/policies",
        "uploadPolicy",
        "Upload a policy; new sessions are decided by it",
        Repeat::No,
        "Policy",
        (201, "PolicyBrief"),
        &[422],
    ),
    op("get", "/v1/policies", "policies", "The policies of the shop", Key::Secret, (200, "Policies"), &[]),
    op("get", "/v1/keys", "keys", "The public keys of decision tokens (JWKS)", Key::Any, (200, "KeySet"), &[]),
    Operation {
        method: "post",
        repeat: Repeat::May,
        ..op("get", "/v1/keys/rotate", "rotateKeys", "Sign with a new key from now on", Key::Secret, (200, "Rotated"), &[409])
    },
    post("/v1/api_keys", "createApiKey", "Make a key that callers show", Repeat::No, "CreateApiKey", (201, "ApiKeyCreated"), &[]),
    op("get", "/v1/api_keys", "apiKeys", "The keys that callers show", Key::Secret, (200, "ApiKeys"), &[]),
    Operation {
        method: "post",
        ..op(
            "get",
            "/v1/api_keys/{key}/revoke",
            "revokeApiKey",
            "Revoke a key, at once and for good",
            Key::Secret,
            (200, "ApiKey"),
            &[404, 409],
        )
    },
];

const SANDBOX: &[Operation] = &[
    op("get", "/v1/sandbox/clock", "clock", "What time it is for the shop", Key::Secret, (200, "Clock"), &[]),
    post("/v1/sandbox/clock", "moveClock", "Move the shop's time forward", Repeat::No, "MoveClock", (200, "Clock"), &[422]),
    op("get", "/sandbox/pay/{payment}", "payPage", "The page of the sandbox's payment provider", Key::None, (200, "Page"), &[]),
    Operation {
        method: "post",
        ..op("get", "/sandbox/pay/{payment}/approve", "payApprove", "The shopper approves", Key::None, (200, "Page"), &[])
    },
    Operation {
        method: "post",
        ..op("get", "/sandbox/pay/{payment}/decline", "payDecline", "The shopper declines", Key::None, (200, "Page"), &[])
    },
    op("get", "/sandbox/style.css", "payStyle", "The style of those pages", Key::None, (200, "Style"), &[]),
];

const fn op(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    key: Key,
    answer: (u16, &'static str),
    errors: &'static [u16],
) -> Operation {
    Operation { method, path, id, summary, key, repeat: Repeat::No, body: None, answer, errors }
}

const fn post(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    repeat: Repeat,
    body: &'static str,
    answer: (u16, &'static str),
    errors: &'static [u16],
) -> Operation {
    Operation { method: "post", path, id, summary, key: Key::Secret, repeat, body: Some(body), answer, errors }
}

/// The OpenAPI document; with the sandbox's own routes where it is on
#[must_use]
pub fn document(sandbox_is_on: bool) -> String {
    let mut paths: Map<String, Value> = Map::new();
    let sandbox = if sandbox_is_on { SANDBOX } else { &[] };
    for operation in OPERATIONS.iter().chain(sandbox) {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Value::Object(path) = path {
            path.insert(operation.method.to_owned(), described(operation));
        }
    }
    let components: Value = serde_json::from_str(COMPONENTS).unwrap_or_default();
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tresen",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Qualify a customer at the checkout, confirm the order, keep the account. Requests refuse what they do not know; answers may grow. \
                            Amounts are whole minor units, instants are RFC 3339 in UTC, days are local dates of the merchant.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": components,
    });
    document.to_string()
}

fn described(operation: &Operation) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "security": match operation.key {
            Key::None => json!([]),
            Key::Any => json!([{"publishable_key": []}, {"secret_key": []}]),
            Key::Secret => json!([{"secret_key": []}]),
        },
        "parameters": parameters(operation),
        "responses": responses(operation),
    });
    if let (Some(schema), Value::Object(described)) = (operation.body, &mut described) {
        described
            .insert("requestBody".to_owned(), json!({"required": true, "content": {"application/json": {"schema": reference(schema)}}}));
    }
    described
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let names = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = names
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}));
    let header = (operation.repeat != Repeat::No).then(|| {
        json!({
            "name": "Idempotency-Key", "in": "header", "required": operation.repeat == Repeat::Must,
            "description": "The same key with every attempt at one thing. The same key with another input is refused.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"}
        })
    });
    in_path.chain(header).collect()
}

fn responses(operation: &Operation) -> Map<String, Value> {
    let (status, schema) = operation.answer;
    let content = match schema {
        "Page" => json!({"text/html": {"schema": {"type": "string"}}}),
        "Style" => json!({"text/css": {"schema": {"type": "string"}}}),
        _ => json!({"application/json": {"schema": reference(schema)}}),
    };
    let mut responses = Map::new();
    responses.insert(status.to_string(), json!({"description": operation.summary, "content": content}));
    if schema == "Page" {
        responses.insert("303".to_owned(), json!({"description": "Back to the shop"}));
        for status in ["404", "500", "503"] {
            responses.insert(status.to_owned(), json!({"description": "A page that says so", "content": content}));
        }
        responses.insert("400".to_owned(), json!({"description": "The path is not UTF-8"}));
        responses.insert("405".to_owned(), error(405));
        return responses;
    }
    let of_key: &[u16] = match operation.key {
        Key::None => &[],
        Key::Any => &[400, 401],
        Key::Secret => &[400, 401, 403],
    };
    let of_body: &[u16] = if operation.body.is_some() { &[400, 413, 415] } else { &[] };
    for status in operation.errors.iter().chain(of_key).chain(of_body).chain(&[405, 500, 503]) {
        responses.insert(status.to_string(), error(*status));
    }
    responses
}

fn error(status: u16) -> Value {
    let description = match status {
        400 => "The request cannot be read",
        401 => "The key is missing, unknown or revoked",
        403 => "The key is of the wrong kind",
        404 => "There is no such thing, or it is somebody else's",
        405 => "The path does not answer this method",
        409 => "It does not fit what has happened before",
        410 => "It is over",
        413 => "The body is too large",
        415 => "The body is not announced as JSON",
        422 => "The request can be read and breaks a rule",
        429 => "Too many requests",
        503 => "The service cannot answer now; nothing was decided",
        _ => "The service failed; nothing was kept",
    };
    json!({"description": description, "content": {"application/json": {"schema": reference("Error")}}})
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn parsed(sandbox: bool) -> Value {
        serde_json::from_str(&document(sandbox)).unwrap()
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        for sandbox in [false, true] {
            let routed: BTreeSet<String> = crate::routes(sandbox)
                .iter()
                .flat_map(|route| {
                    route.methods.iter().map(|method| format!("{} {}", method.to_lowercase(), route.path)).collect::<Vec<_>>()
                })
                .collect();
            let document = parsed(sandbox);
            let described: BTreeSet<String> = document["paths"]
                .as_object()
                .unwrap()
                .iter()
                .flat_map(|(path, methods)| {
                    methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")).collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(routed, described);
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_schema_is_used() {
        let document = parsed(true);
        let mut used = BTreeSet::new();
        references(&document, &mut used);
        let known: BTreeSet<String> = document["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(used, known);
    }

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    found.insert(reference.strip_prefix("#/components/schemas/").unwrap().to_owned());
                }
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
