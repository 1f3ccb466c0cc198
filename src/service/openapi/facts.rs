//! The facts that a request may hold, as schemas: from the catalogue of the core.

use serde_json::{Map, Value, json};
use tresen_core::facts::{FactIndex, FactKind, LIST_MAX, Visibility, known};

/// What the shop's server may say when it opens a session
pub fn of_sessions() -> Value {
    let is_counted_here =
        |fact: FactIndex| fact == known::CUSTOMER_SIGNED_IN || fact.name().is_some_and(|name| name.starts_with("account."));
    object("What the shop knows, of the server's facts and the client's", |fact| {
        matches!(fact.visibility(), Some(Visibility::Client | Visibility::Server)) && !is_counted_here(fact)
    })
}

/// What may be said of a client's facts when an order is confirmed
pub fn of_clients() -> Value {
    object("Client facts as the shop's server knows them", |fact| fact.visibility() == Some(Visibility::Client))
}

fn object(description: &str, is_taken: impl Fn(FactIndex) -> bool) -> Value {
    let facts = (0..known::COUNT).filter_map(|number| u8::try_from(number).ok()).map(FactIndex).filter(|fact| is_taken(*fact));
    let properties: Map<String, Value> = facts.filter_map(|fact| Some((fact.name()?.to_owned(), schema(fact)?))).collect();
    json!({
        "type": "object",
        "description": format!("{description}; what is not known is left out. Facts of the shop's own are declared in its policy"),
        "properties": properties,
        "patternProperties": {"^custom\\.[a-z][a-z0-9_]*$": {"$ref": "#/components/schemas/FactValue"}},
        "additionalProperties": false,
    })
}

fn schema(fact: FactIndex) -> Option<Value> {
    let (least, most) = fact.range()?;
    Some(match fact.kind()? {
        FactKind::Boolean => json!({"type": "boolean"}),
        FactKind::Integer => json!({"type": "integer", "minimum": least, "maximum": most}),
        FactKind::Amount => json!({"allOf": [{"$ref": "#/components/schemas/Money"}, {"properties": {"minor": {"minimum": least}}}]}),
        FactKind::Date => json!({"type": "string", "format": "date", "description": "From 1900 to 2199"}),
        FactKind::Choice => json!({"enum": fact.choices()}),
        FactKind::Country => json!({"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1"}),
        FactKind::Text => json!({"type": "string"}),
        FactKind::Texts => json!({"type": "array", "items": {"type": "string"}, "maxItems": LIST_MAX}),
    })
}
