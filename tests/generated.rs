//! What is generated from the catalogue of facts is what stands in the repository.

use std::collections::BTreeSet;
use tresen_tests::catalogue;

#[test]
fn generated_files_are_up_to_date() {
    for (place, expected) in catalogue::generated(&catalogue::read().unwrap()) {
        let found = std::fs::read_to_string(catalogue::root().join(place)).unwrap_or_default();
        assert!(found == expected, "{place} is out of date: run `cargo run -p tresen-tests --bin generate`");
    }
}

#[test]
fn facts_have_one_name_each_and_a_known_type() {
    let catalogue::Catalogue { facts, case } = catalogue::read().unwrap();
    let all = || facts.iter().chain(&case);
    let names: BTreeSet<_> = all().map(|fact| fact.name.clone()).collect();
    assert_eq!(names.len(), all().count());
    for fact in all() {
        let kinds = ["boolean", "integer", "amount", "date", "choice", "country", "text", "texts"];
        assert!(kinds.contains(&fact.kind.as_str()), "{}", fact.name);
        assert!(fact.minimum < fact.maximum, "{}", fact.name);
        assert_eq!(fact.name.starts_with("case."), fact.visibility.is_empty(), "{}", fact.name);
    }
    for fact in &facts {
        assert!(["client", "server", "recorded", "derived"].contains(&fact.visibility.as_str()), "{}", fact.name);
    }
    // Both kinds and the policy's own have numbers that are theirs alone; what an engine reads of an order is noted in 64 bits.
    assert!(facts.len() <= 64 && case.len() <= 32, "{} and {}", facts.len(), case.len());
}
