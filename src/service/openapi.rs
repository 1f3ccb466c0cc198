//! The description of the interface: OpenAPI 3.1, from a table of operations and a file of schemas.

mod facts;
mod links;
mod operations;

use operations::{ACCOUNTS, COLLECTION, Key, MONEY, OPERATIONS, Operation, Repeat, SANDBOX, WEBHOOKS};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use tresen_core::facts::known;
use tresen_core::money::Currency;

/// Schemas and the like, as they stand in the document
const COMPONENTS: &str = include_str!("openapi/components.json");

/// A request for each schema of a body
const EXAMPLES: &str = include_str!("openapi/examples.json");

/// All codes of currencies: there is no list to be had, but there are not many words of three letters
static CURRENCIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let letters = || 'A'..='Z';
    let words =
        letters().flat_map(|first| letters().flat_map(move |second| letters().map(move |third| String::from_iter([first, second, third]))));
    words.filter(|word| Currency::parse(word).is_some()).collect()
});

/// The OpenAPI document; with the sandbox's own routes where it is on
#[must_use]
pub fn document(sandbox_is_on: bool) -> String {
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    let mut paths: Map<String, Value> = Map::new();
    let sandbox = if sandbox_is_on { SANDBOX } else { &[] };
    for operation in OPERATIONS.iter().chain(MONEY).chain(COLLECTION).chain(ACCOUNTS).chain(WEBHOOKS).chain(sandbox) {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Value::Object(path) = path {
            path.insert(operation.method.to_owned(), described(operation, &examples));
        }
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tresen",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Qualify a customer at the checkout, confirm the order, keep the account. Requests refuse what they do not know; answers may grow. \
                            Amounts are whole minor units, whole numbers are written without a point, instants are RFC 3339 in UTC, days are local dates of the merchant.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": components(),
    });
    document.to_string()
}

fn components() -> Value {
    let mut components: Value = serde_json::from_str(COMPONENTS).unwrap_or_default();
    if let Some(Value::Object(schemas)) = components.get_mut("schemas") {
        schemas.insert("Currency".to_owned(), json!({"type": "string", "enum": *CURRENCIES, "description": "ISO 4217"}));
        schemas.insert("SessionFacts".to_owned(), facts::of_sessions());
        schemas.insert("ClientFacts".to_owned(), facts::of_clients());
    }
    components
}

fn described(operation: &Operation, examples: &Map<String, Value>) -> Value {
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
        let content = match schema {
            "Mail" => json!({"message/rfc822": {"schema": reference(schema), "example": examples.get(schema)}}),
            "Upload" => json!({"application/octet-stream": {"schema": reference(schema), "example": examples.get(schema)}}),
            _ => json!({"application/json": {"schema": reference(schema), "example": examples.get(schema)}}),
        };
        described.insert("requestBody".to_owned(), json!({"required": true, "content": content}));
    }
    described
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let names = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = names.map(|name| {
        let schema = match name {
            "form" => json!({"enum": ["text", "html", "pdf"]}),
            _ => json!({"type": "string", "minLength": 1, "maxLength": 200}),
        };
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    });
    let header = (operation.repeat != Repeat::No).then(|| {
        json!({
            "name": "Idempotency-Key", "in": "header", "required": operation.repeat == Repeat::Must,
            "description": "The same key with every attempt at one thing. The same key with another input is refused.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"}
        })
    });
    let words = operation.words.then(|| {
        [
            json!({"name": "locale", "in": "query", "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{2,35}$"}, "description": "Without it, the session's"}),
            json!({"name": "address_form", "in": "query", "schema": reference("AddressForm"), "description": "Without it, the session's"}),
        ]
    });
    let channel = (operation.id == "hint").then(|| {
        json!({
            "name": "channel", "in": "query", "schema": {"enum": known::ORDER_ORIGIN_CHANNEL.choices()},
            "description": "Where the guests come from; without it, the shop's own pages"
        })
    });
    let page = (operation.id == "collection").then(|| {
        [
            json!({"name": "after", "in": "query", "schema": {"type": "string", "pattern": "^rcv_[0-9a-f]{32}$"}, "description": "What the page before gave as `after`"}),
            json!({"name": "state", "in": "query", "schema": {"enum": ["open", "overdue"]}, "description": "Without it, `open`"}),
        ]
    });
    let part = (operation.id == "accountTransfer").then(|| {
        [
            json!({"name": "amount", "in": "query", "required": true, "schema": {"type": "integer", "minimum": 1, "maximum": 9_007_199_254_740_991_i64}, "description": "Whole minor units, up to what is asked for"}),
            json!({
                "name": "receivable", "in": "query", "schema": {"type": "array", "items": {"type": "string", "pattern": "^rcv_[0-9a-f]{32}$"}},
                "style": "form", "explode": true, "description": "The claims that it is for; without one, those that are due first"
            }),
        ]
    });
    let form = (operation.id == "accountDocument").then(|| {
        json!({"name": "as", "in": "query", "schema": {"enum": ["pdf"]}, "description": "As PDF; also for whoever accepts `application/pdf` first"})
    });
    let name = (operation.id == "sendProof").then(|| {
        json!({
            "name": "File-Name", "in": "header", "schema": {"type": "string"},
            "description": "What the customer calls it: UTF-8 in percent signs. It is cleaned, and ends as what the file is"
        })
    });
    in_path
        .chain(form)
        .chain(name)
        .chain(page.into_iter().flatten())
        .chain(part.into_iter().flatten())
        .chain(header)
        .chain(words.into_iter().flatten())
        .chain(channel)
        .collect()
}

fn responses(operation: &Operation) -> Map<String, Value> {
    let (status, schema) = operation.answer;
    let content = match schema {
        "Page" => json!({"text/html": {"schema": {"type": "string"}}}),
        "ClaimFile" => json!({"application/json": {"schema": reference(schema)}, "text/html": {"schema": {"type": "string"}}}),
        "Pain008" => json!({"application/xml": {"schema": {"type": "string"}}}),
        "TextDocument" => json!({"text/plain": {"schema": {"type": "string"}}, "application/pdf": {"schema": {"type": "string"}}}),
        "ProofFile" => ["application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic"]
            .iter()
            .map(|kind| ((*kind).to_owned(), json!({})))
            .collect(),
        "Style" => json!({"text/css": {"schema": {"type": "string"}}}),
        "MessageForm" => json!({
            "text/plain": {"schema": {"type": "string"}}, "text/html": {"schema": {"type": "string"}}, "application/pdf": {"schema": {"type": "string"}}
        }),
        _ => json!({"application/json": {"schema": reference(schema)}}),
    };
    let mut responses = Map::new();
    let mut answer = json!({"description": operation.summary, "content": content});
    let links = links::of(operation.id);
    if let (false, Value::Object(answer)) = (links.is_empty(), &mut answer) {
        answer.insert("links".to_owned(), Value::Object(links));
    }
    if operation.id == "receivePayment" {
        let again = json!({"description": "It was told before: the payment as it stands", "content": content});
        responses.insert("200".to_owned(), again);
    }
    if ["issueCreditNote", "writeOff", "waive"].contains(&operation.id) {
        let content = json!({"application/json": {"schema": reference("Approval")}});
        let waits =
            json!({"description": "It is too much for one key alone by the policy: it waits until another agrees", "content": content});
        responses.insert("202".to_owned(), waits);
    }
    responses.insert(status.to_string(), answer);
    if schema == "Page" {
        responses.insert("303".to_owned(), json!({"description": "Back to the shop"}));
        for status in ["404", "500", "503"] {
            responses.insert(status.to_owned(), json!({"description": "A page that says so", "content": content}));
        }
        responses.insert("400".to_owned(), json!({"description": "The path is not UTF-8"}));
        for status in operation.errors.iter().chain(&[405]) {
            responses.insert(status.to_string(), error(*status));
        }
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
        403 => "The key is of the wrong kind, or the one that proposed it",
        404 => "There is no such thing, or it is somebody else's",
        405 => "The path does not answer this method",
        409 => "It does not fit what has happened before",
        410 => "It is over",
        413 => "The body is too large",
        415 => "The body is not announced as what it is",
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
mod tests;
