//! What is generated from the catalogue of facts is what stands in the repository.

use tresen_tests::catalogue;

#[test]
fn generated_files_are_up_to_date() {
    let facts = catalogue::read().unwrap();
    for (place, expected) in catalogue::generated(&facts) {
        let found = std::fs::read_to_string(catalogue::root().join(place)).unwrap_or_default();
        assert!(found == expected, "{place} is out of date: run `cargo run -p tresen-tests --bin generate`");
    }
}

#[test]
fn facts_have_one_name_each_and_a_known_type() {
    let facts = catalogue::read().unwrap();
    let mut names: Vec<_> = facts.iter().map(|fact| fact.name.clone()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), facts.len());
    for fact in &facts {
        let kinds = ["boolean", "integer", "amount", "date", "choice", "country", "text", "texts"];
        assert!(kinds.contains(&fact.kind.as_str()), "{}", fact.name);
        assert!(["client", "server", "recorded", "derived"].contains(&fact.visibility.as_str()), "{}", fact.name);
        assert!(fact.minimum < fact.maximum, "{}", fact.name);
    }
}
