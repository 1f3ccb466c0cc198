//! The catalogue for JavaScript: the codec's table, the types, the JSON Schema.

use super::Fact;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

const HEAD: &str = "// Generated from src/core/facts.toml by `cargo run -p tresen-tests --bin generate`; do not edit.\n";

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// One row a fact: name, kind, visibility, minimum, maximum, choices
pub(super) fn catalogue(facts: &[Fact]) -> String {
    let mut text = String::from(HEAD);
    text.push_str(
        "\n/** Name, kind, visibility, smallest and largest value, choices; the row is the fact's number */\nexport const CATALOGUE = [\n",
    );
    for fact in facts {
        let choices = if fact.choices.is_empty() { String::new() } else { format!(", {}", json!(fact.choices)) };
        let _ = writeln!(
            text,
            "  [{}, {}, {}, {}, {}{choices}],",
            json!(fact.name),
            json!(fact.kind),
            json!(fact.visibility),
            fact.minimum,
            fact.maximum
        );
    }
    text.push_str("];\n");
    text
}

pub(super) fn types(facts: &[Fact]) -> String {
    let mut text = String::from(HEAD);
    text.push_str(
        "\n/** An amount: whole minor units (cents) of an ISO 4217 currency */\nexport interface Money {\n  minor: number;\n  currency: string;\n}\n\n/** A local calendar date, `2026-11-21` */\nexport type LocalDate = string;\n",
    );
    for (interface, visibility, doc) in [
        ("ClientFacts", "client", "What the browser may say about an order"),
        ("ServerFacts", "server", "What only the shop's server may say"),
        ("RecordedFacts", "recorded", "What the service alone records, and the browser is told"),
    ] {
        let _ = writeln!(text, "\n/** {doc} */\nexport interface {interface} {{");
        for fact in facts.iter().filter(|fact| fact.visibility == visibility) {
            let unit = fact.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
            let _ = writeln!(text, "  /** {}{unit} */\n  '{}'?: {};", fact.description, fact.name, script_type(fact));
        }
        if visibility != "recorded" {
            text.push_str("  /** A fact that the policy declares */\n  [custom: `custom.${string}`]: FactValue | undefined;\n");
        }
        text.push_str("}\n");
    }
    text.push_str(
        "\nexport type Facts = ClientFacts & ServerFacts & RecordedFacts;\nexport type FactValue = boolean | number | string | string[] | Money;\n",
    );
    text
}

fn script_type(fact: &Fact) -> String {
    match fact.kind.as_str() {
        "boolean" => "boolean".into(),
        "integer" => "number".into(),
        "amount" => "Money".into(),
        "date" => "LocalDate".into(),
        "texts" => "string[]".into(),
        "choice" => fact.choices.iter().map(|choice| format!("'{choice}'")).collect::<Vec<_>>().join(" | "),
        _ => "string".into(),
    }
}

pub(super) fn schema(facts: &[Fact]) -> String {
    let mut schema = object_schema(facts);
    schema.insert("$schema".into(), json!(DIALECT));
    schema.insert("title".into(), json!("Facts about an order and the person who places it"));
    schema.insert("$defs".into(), json!({ "money": money_schema() }));
    pretty(&schema.into())
}

/// One line of a file of past orders
pub(super) fn order_schema(facts: &[Fact]) -> String {
    let money = json!({ "$ref": "#/$defs/money" });
    pretty(&json!({
        "$schema": DIALECT,
        "title": "An order of the past, one line of a file for `tresen policy test` and `tresen policy diff`: itself, or its facts alone",
        "anyOf": [{ "$ref": "#/$defs/facts" }, { "$ref": "#/$defs/order" }],
        "examples": [
            { "today": "2026-03-02", "facts": { "cart.total": { "minor": 12590, "currency": "EUR" } }, "outcome": { "method": "invoice", "paid": "on_time" }, "margin": "0.35" },
            { "today": "2026-03-03", "facts": { "cart.total": { "minor": 8000, "currency": "EUR" } }, "outcome": { "paid": "unpaid", "lost": { "minor": 6200, "currency": "EUR" } } }
        ],
        "$defs": {
            "order": {
                "type": "object",
                "properties": {
                    "today": { "type": "string", "format": "date", "pattern": "^(19|20|21)", "description": "The day of the order; without it the day that the command is told" },
                    "facts": { "$ref": "#/$defs/facts" },
                    "outcome": {
                        "description": "How it was paid, if that is known",
                        "type": "object",
                        "properties": {
                            "method": { "type": "string", "description": "The id of the method it was bought with, or its kind; without it one with credit risk" },
                            "paid": { "enum": ["on_time", "late", "unpaid"], "description": "By the due date, after it, or not at all" },
                            "lost": { "description": "What was lost in the end; of an unpaid order that does not say so, its total", "allOf": [money, { "type": "object", "properties": { "minor": { "type": "integer", "minimum": 0 } } }] }
                        },
                        "required": ["paid"],
                        "if": { "type": "object", "properties": { "paid": { "const": "on_time" } } },
                        "then": { "type": "object", "properties": { "lost": false } },
                        "additionalProperties": false
                    },
                    "margin": {
                        "description": "What the order earned, losses apart: an amount, or a share of the total such as `0.35`",
                        "anyOf": [money, { "type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0{1,6})?)$" }]
                    }
                },
                "required": ["facts"],
                "additionalProperties": false
            },
            "facts": object_schema(facts),
            "money": money_schema(),
        }
    }))
}

fn pretty(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

fn money_schema() -> Value {
    json!({
        "type": "object",
        "properties": { "minor": { "type": "integer", "minimum": -super::MAXIMUM, "maximum": super::MAXIMUM }, "currency": { "type": "string", "pattern": "^[A-Z]{3}$" } },
        "required": ["minor", "currency"],
        "additionalProperties": false
    })
}

/// An object of facts
fn object_schema(facts: &[Fact]) -> Map<String, Value> {
    let properties: Map<String, Value> = facts
        .iter()
        .filter(|fact| fact.visibility != "derived")
        .map(|fact| {
            let mut value = value_schema(fact);
            if let Some(object) = value.as_object_mut() {
                object.insert("description".into(), json!(format!("{} ({})", fact.description, fact.visibility)));
            }
            (fact.name.clone(), value)
        })
        .collect();
    let object = [
        ("type", json!("object")),
        ("properties", properties.into()),
        ("patternProperties", json!({ "^custom\\.[a-z][a-z0-9_]*$": {} })),
        ("additionalProperties", json!(false)),
    ];
    object.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn value_schema(fact: &Fact) -> Value {
    match fact.kind.as_str() {
        "boolean" => json!({ "type": "boolean" }),
        "integer" => json!({ "type": "integer", "minimum": fact.minimum, "maximum": fact.maximum }),
        "amount" => json!({ "allOf": [
            { "$ref": "#/$defs/money" },
            { "type": "object", "properties": { "minor": { "type": "integer", "minimum": fact.minimum } } }
        ] }),
        "date" => json!({ "type": "string", "format": "date", "pattern": "^(19|20|21)" }),
        "texts" => json!({ "type": "array", "items": { "type": "string" }, "maxItems": 64 }),
        "choice" => json!({ "enum": fact.choices }),
        "country" => json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
        _ => json!({ "type": "string" }),
    }
}
