//! The catalogue of facts, and everything that is generated from it.

mod rust;
mod script;

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Largest whole number that every host holds exactly, 2^53 − 1
const MAXIMUM: i64 = 9_007_199_254_740_991;

/// One fact as `src/core/facts.toml` describes it
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Dotted name, the same everywhere
    pub name: String,
    /// `boolean`, `integer`, `amount`, `date`, `choice`, `country`, `text` or `texts`
    #[serde(rename = "type")]
    pub kind: String,
    /// `client`, `server`, `recorded` or `derived`; nothing for a fact of a case, which only the service has
    #[serde(default)]
    pub visibility: String,
    /// What it says
    pub description: String,
    /// What an integer counts
    pub unit: Option<String>,
    /// The values of a choice; none if the policy gives them
    #[serde(default)]
    pub choices: Vec<String>,
    /// Smallest value, inclusive
    #[serde(default)]
    pub minimum: i64,
    /// Largest value, inclusive
    #[serde(default = "maximum")]
    pub maximum: i64,
}

fn maximum() -> i64 {
    MAXIMUM
}

impl Fact {
    /// `CART_TOTAL` for `cart.total`, `LEVEL` for `case.level`
    fn constant(&self) -> String {
        self.name.strip_prefix("case.").unwrap_or(&self.name).replace('.', "_").to_uppercase()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fact: Vec<Fact>,
    case: Vec<Fact>,
}

/// The catalogue
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Facts about an order and the person who places it
    pub facts: Vec<Fact>,
    /// Facts about a case
    pub case: Vec<Fact>,
}

/// The root of the repository
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the catalogue
///
/// # Errors
///
/// A sentence that says what is wrong with the file.
pub fn read() -> Result<Catalogue, String> {
    let path = root().join("src/core/facts.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Catalogue { facts: table.fact, case: table.case })
}

/// Every generated file: its place below the root, and what it must hold
#[must_use]
pub fn generated(catalogue: &Catalogue) -> Vec<(&'static str, String)> {
    let facts = &catalogue.facts;
    vec![
        ("src/core/facts/catalogue.rs", rust::catalogue(facts)),
        ("src/core/facts/case.rs", rust::case(&catalogue.case)),
        ("js/src/catalogue.js", script::catalogue(facts)),
        ("js/types/facts.d.ts", script::types(facts)),
        ("js/schema/facts-1.schema.json", script::schema(facts)),
        ("js/schema/order-1.schema.json", script::order_schema(facts)),
    ]
}
