//! The catalogue as constants of the core.

use super::Fact;
use std::fmt::Write as _;

const HEAD: &str = "//! Generated from `facts.toml` by `cargo run -p tresen-tests --bin generate`; do not edit.\n\nuse super::{FactIndex, FactKind, Visibility};\n";

pub(super) fn catalogue(facts: &[Fact]) -> String {
    let mut text = String::from(HEAD);
    let _ = writeln!(text, "\n/// How many facts the catalogue holds\npub const COUNT: usize = {};\n", facts.len());
    for (index, fact) in facts.iter().enumerate() {
        let unit = fact.unit.as_ref().map(|unit| format!(", in {unit}")).unwrap_or_default();
        let _ = writeln!(text, "/// `{}`{unit}: {}", fact.name, fact.description);
        let _ = writeln!(text, "pub const {}: FactIndex = FactIndex({index});", fact.constant());
    }
    table(&mut text, "Their names", "NAMES: [&str", facts, |fact| format!("\"{}\"", fact.name));
    table(&mut text, "Their types", "KINDS: [FactKind", facts, |fact| format!("FactKind::{}", capital(&fact.kind)));
    table(&mut text, "Who may set them", "VISIBILITIES: [Visibility", facts, |fact| format!("Visibility::{}", capital(&fact.visibility)));
    table(&mut text, "Smallest and largest value, inclusive", "RANGES: [(i64, i64)", facts, |fact| {
        format!("({}, {})", fact.minimum, fact.maximum)
    });
    table(&mut text, "The values of a choice; none for the classes, which are the policy's own", "CHOICES: [&[&str]", facts, |fact| {
        format!("&[{}]", fact.choices.iter().map(|choice| format!("\"{choice}\"")).collect::<Vec<_>>().join(", "))
    });
    text
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn table(text: &mut String, doc: &str, head: &str, facts: &[Fact], entry: impl Fn(&Fact) -> String) {
    let _ = writeln!(text, "\n/// {doc}\n#[rustfmt::skip]\npub const {head}; COUNT] = [");
    for fact in facts {
        let _ = writeln!(text, "    {},", entry(fact));
    }
    text.push_str("];\n");
}
