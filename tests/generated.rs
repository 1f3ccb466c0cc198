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

/// What GDPR Art. 9(1) keeps from being asked about; a rule can read no fact that is not in the catalogue, but for those the merchant names
#[test]
fn no_fact_is_of_a_special_category() {
    let catalogue::Catalogue { facts, case } = catalogue::read().unwrap();
    let special = [
        "rac",
        "ethnic",
        "nationalit",
        "politic",
        "religio",
        "belief",
        "philosoph",
        "union",
        "genetic",
        "biometric",
        "health",
        "disab",
        "sex",
        "gender",
        "orientation",
        "marital",
        "pregnan",
    ];
    for fact in facts.iter().chain(&case) {
        let words = format!("{} {} {}", fact.name, fact.description, fact.choices.join(" ")).to_lowercase();
        let said = |word: &&&str| words.split(|letter: char| !letter.is_alphabetic()).any(|part| part.starts_with(**word));
        assert_eq!(special.iter().find(said), None, "{}", fact.name);
    }
}

#[test]
fn the_schema_of_policies_names_the_facts_of_a_case() {
    let text = std::fs::read_to_string(catalogue::root().join("js/schema/policy-1.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let case = catalogue::read().unwrap().case;
    let names: Vec<&str> = case.iter().map(|fact| fact.name.as_str()).collect();
    assert_eq!(schema.pointer("/$defs/case_fact/anyOf/0/enum").unwrap(), &serde_json::json!(names));
}
