//! The archive of decision records: how a record is made, and where it lies.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::PathBuf;
use tresen_core::date::Date;
use tresen_core::fold::fold;
use tresen_core::offer::decide;
use tresen_core::policy::Policy;
use tresen_core::program::Program;
use tresen_core::record::{Binding, facts_bytes, record};
use tresen_tests::catalogue::root;
use tresen_wire::decision::{hash, hex};
use tresen_wire::facts::{Who, read_object};

/// One decision that was made once
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archived {
    /// The case of the corpus that it was made from
    pub name: String,
    pub today: String,
    pub facts: Map<String, Value>,
    /// All bytes of the record, in hex
    pub record: String,
}

/// The folder with the records of one semantics version
pub fn folder(version: u16) -> PathBuf {
    root().join("tests/records").join(version.to_string())
}

/// Decides and records, in hex
///
/// The facts are bound by their plain SHA-256 in place of a tenant's keyed one.
pub fn recorded(compiled: &[u8], facts: &Map<String, Value>, today: &str) -> String {
    let policy = Policy::from_bytes(compiled).unwrap();
    let program = Program::from_bytes(compiled).unwrap();
    let today = Date::parse(today).unwrap();
    let mut facts = read_object(&policy, facts, Who::Service, today).unwrap();
    let binding = Binding {
        policy: hash(compiled),
        residual: hash(&fold(&policy, &facts, today).to_bytes()),
        facts: hash(&facts_bytes(&policy, &facts)),
    };
    let answer = decide(&program, &mut facts, today);
    hex(&record(&binding, &answer))
}
