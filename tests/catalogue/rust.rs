//! The catalogue as constants of the core.

use super::Fact;
use std::fmt::Write as _;

const HEAD: &str = "//! Generated from `facts.toml` by `cargo run -p tresen-tests --bin generate`; do not edit.\n\n";

/// The number of the first fact of a case: behind every order's fact there can be, and before the policy's own
const CASE_FIRST: usize = 64;

pub(super) fn catalogue(facts: &[Fact]) -> String {
    let mut text = format!("{HEAD}use super::{{FactIndex, FactKind, Visibility}};\n");
    let _ = writeln!(text, "\n/// How many facts the catalogue holds\npub const COUNT: usize = {};\n", facts.len());
    constants(&mut text, facts, 0);
    tables(&mut text, facts, |text| {
        table(text, "Who may set them", "VISIBILITIES: [Visibility", facts, |fact| format!("Visibility::{}", capital(&fact.visibility)));
    });
    text
}

/// The facts of a case, in a file of their own that an engine without a collection never looks at
pub(super) fn case(facts: &[Fact]) -> String {
    let mut text = format!("{HEAD}use super::{{FactIndex, FactKind}};\n");
    let _ = writeln!(text, "\n/// How many facts of a case there are\npub const COUNT: usize = {};", facts.len());
    let _ = writeln!(text, "/// The number of the first\npub const FIRST: u8 = {CASE_FIRST};\n");
    constants(&mut text, facts, CASE_FIRST);
    tables(&mut text, facts, |_| {});
    text
}

fn constants(text: &mut String, facts: &[Fact], first: usize) {
    for (index, fact) in (first..).zip(facts) {
        let unit = fact.unit.as_ref().map(|unit| format!(", in {unit}")).unwrap_or_default();
        let _ = writeln!(text, "/// `{}`{unit}: {}", fact.name, fact.description);
        let _ = writeln!(text, "pub const {}: FactIndex = FactIndex({index});", fact.constant());
    }
}

/// What each of them is, with what only some have after their types
fn tables(text: &mut String, facts: &[Fact], more: impl Fn(&mut String)) {
    table(text, "Their names", "NAMES: [&str", facts, |fact| format!("\"{}\"", fact.name));
    table(text, "Their types", "KINDS: [FactKind", facts, |fact| format!("FactKind::{}", capital(&fact.kind)));
    more(text);
    table(text, "Smallest and largest value, inclusive", "RANGES: [(i64, i64)", facts, |fact| {
        format!("({}, {})", fact.minimum, fact.maximum)
    });
    table(text, "The values of a choice; none for the classes, which are the policy's own", "CHOICES: [&[&str]", facts, |fact| {
        format!("&[{}]", fact.choices.iter().map(|choice| format!("\"{choice}\"")).collect::<Vec<_>>().join(", "))
    });
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
