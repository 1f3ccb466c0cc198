//! A policy that is being written, and an order to try it on: what is wrong with either, and what a page decides by.
//!
//! **Invariant:** what is made of a policy is what the service makes of it for a session: the whole policy for its own eyes, and what is left
//! of it for a browser once the server's facts are known.

use crate::said::{error, said};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tresen_core::change::settle_overdue;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::{Facts, known};
use tresen_core::fold::{fold, may_be_told};
use tresen_core::policy::Policy;
use tresen_wire::credit::{MethodRegime, regimes};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::http::{DiagnosticBody, ErrorDetail, Facts as Said};
use tresen_wire::json::Malformed;
use tresen_wire::money::Money;
use tresen_wire::policy::{Merchant, examine};
use wasm_bindgen::prelude::wasm_bindgen;

/// The order
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    today: String,
    facts: Said,
}

/// What there is to say
#[derive(Debug, Default, Serialize)]
struct Draft {
    /// About the policy, in the order of the document
    diagnostics: Vec<DiagnosticBody>,
    /// About the facts
    problems: Vec<DiagnosticBody>,
    /// Nothing while one of the two cannot be used
    built: Option<Built>,
}

/// What a page decides by
#[derive(Debug, Serialize)]
struct Built {
    merchant: String,
    creditor_id: Option<String>,
    /// The compiled policy, in hexadecimal
    policy: String,
    /// What a browser gets of it
    residual: String,
    /// The same once everything overdue was paid, and how much that is
    settled: Option<Settled>,
    /// What time to pay is to the law, by the ids of the methods on account
    credit: BTreeMap<String, MethodRegime>,
}

#[derive(Debug, Serialize)]
struct Settled {
    residual: String,
    amount: Money,
}

/// Looks at a policy that is being written, and an order to try it on: `{"today": "2026-11-21", "facts": {…}}`
///
/// Answers where it says up to a zero what is wrong with either, `{"diagnostics": […], "problems": […], "built": {…}}`, or what stands in the way.
#[wasm_bindgen]
pub fn draft(policy: &[u8], order: &[u8]) -> u32 {
    said(drafted(policy, order).map(|draft| serde_json::to_string(&draft).ok()))
}

/// What there is to say; not for a policy that is no JSON, nor an order that is none
fn drafted(policy: &[u8], order: &[u8]) -> Result<Draft, ErrorDetail> {
    let order: Order = serde_json::from_slice(order)
        .map_err(|problem| error("options.malformed", format!("the order cannot be read: {problem}"), "give `today` and `facts`"))?;
    let today = Date::parse(&order.today)
        .ok_or_else(|| error("fact.date_malformed", format!("`{}` is not a date", order.today), "write `today` as `2026-11-21`"))?;
    let examined = examine(policy).map_err(|problem: Malformed| {
        let (line, column) = (problem.line, problem.column);
        error(problem.code, format!("{} (line {line}, column {column})", problem.message), problem.help())
    })?;
    let diagnostics = bodies(&examined.diagnostics);
    let Some((policy, _, merchant)) = examined.built else { return Ok(Draft { diagnostics, ..Draft::default() }) };
    let (problems, built) = match read_object(&policy, &order.facts, Who::Service, today) {
        Ok(facts) => (Vec::new(), Some(build(&policy, merchant, facts, today))),
        Err(problems) => (bodies(&problems), None),
    };
    Ok(Draft { diagnostics, problems, built })
}

fn build(policy: &Policy, merchant: Merchant, mut facts: Facts, today: Date) -> Built {
    let residual = hexadecimal(&fold(policy, &facts, today).to_bytes());
    let credit = regimes(policy, &policy.program(), &merchant, &facts, today);
    let overdue = facts.get(known::ACCOUNT_OVERDUE_BALANCE).filter(|overdue| *overdue > 0 && may_be_told(&facts));
    let settled = overdue.map(|overdue| {
        settle_overdue(&mut facts);
        Settled { residual: hexadecimal(&fold(policy, &facts, today).to_bytes()), amount: Money::new(overdue, policy.currency.code()) }
    });
    Built { merchant: merchant.name, creditor_id: merchant.creditor_id, policy: hexadecimal(&policy.to_bytes()), residual, settled, credit }
}

fn bodies(found: &[Diagnostic]) -> Vec<DiagnosticBody> {
    found.iter().map(DiagnosticBody::from).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = |byte: u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'));
    bytes.iter().flat_map(|byte| digits(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const READY: &str = include_str!("../../examples/policies/de-own-invoice.json");

    fn looked_at(policy: &str, facts: Value) -> Value {
        let order = json!({"today": "2026-03-10", "facts": facts}).to_string();
        serde_json::to_value(drafted(policy.as_bytes(), order.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_page_gets_what_a_session_gets() {
        let owing =
            json!({"customer.signed_in": true, "account.overdue_count": 1, "account.overdue_balance": {"minor": 4200, "currency": "EUR"}});
        let built = looked_at(READY, owing)["built"].clone();
        let (policy, _, merchant) = examine(READY.as_bytes()).unwrap().built.unwrap();
        assert_eq!(built["policy"], json!(hexadecimal(&policy.to_bytes())));
        assert_eq!(built["merchant"], json!(merchant.name));
        assert_eq!(built["settled"]["amount"], json!({"minor": 4200, "currency": "EUR"}));
        assert_ne!(built["settled"]["residual"], built["residual"]);
        let residual = built["residual"].as_str().unwrap();
        let bytes: Vec<u8> = (0..residual.len()).step_by(2).map(|at| u8::from_str_radix(&residual[at..at + 2], 16).unwrap()).collect();
        assert!(Policy::from_bytes(&bytes).unwrap().residual);
        assert!(built["credit"].as_object().is_some_and(|credit| credit.contains_key("invoice")));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let misspelt = looked_at(&READY.replace("\"methods\"", "\"metods\""), json!({}));
        assert!(misspelt["built"].is_null());
        assert!(misspelt["diagnostics"].as_array().unwrap().iter().any(|one| one["at"] == "/metods"), "{misspelt}");
        let wrong = looked_at(READY, json!({"cart.total": 5}));
        assert_eq!((&wrong["built"], &wrong["problems"][0]["at"]), (&Value::Null, &json!("/cart.total")));
        let code = |policy: &str, order: &str| drafted(policy.as_bytes(), order.as_bytes()).unwrap_err().code;
        let order = r#"{"today": "2026-03-10", "facts": {}}"#;
        assert_eq!(code("{", order), "json.malformed");
        assert_eq!(code(READY, "{}"), "options.malformed");
        assert_eq!(code(READY, r#"{"today": "2026-02-30", "facts": {}}"#), "fact.date_malformed");
    }
}
