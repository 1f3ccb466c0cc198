//! Whether everything that crosses the border has its snapshot.

use std::collections::BTreeSet;
use std::fs;
use tresen_tests::catalogue::root;

/// The names of the types in the messages of the service
fn declared() -> BTreeSet<String> {
    let folder = root().join("src/wire/http");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.push(folder.with_extension("rs"));
    let source: String = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let names = source.lines().filter_map(|line| line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")));
    names.map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap().to_owned()).collect()
}

#[test]
fn every_type_of_a_message_is_said_or_read_in_a_test() {
    let tests = concat!(
        include_str!("answers.rs"),
        include_str!("collection.rs"),
        include_str!("customer.rs"),
        include_str!("decisions.rs"),
        include_str!("money.rs"),
        include_str!("paylink.rs"),
        include_str!("requests.rs"),
        include_str!("webhooks.rs")
    );
    // Parts of requests, which are read within them.
    let parts = [
        "CodeChannel",
        "DeliveryNews",
        "DisputeFound",
        "DisputeReason",
        "TaskOutcome",
        "Cart",
        "CartLine",
        "ChosenInstalment",
        "ChosenItem",
        "ChosenPlan",
        "ContactName",
        "OrderAccess",
        "OrderContact",
        "Person",
        "SessionCustomer",
    ];
    let declared = declared();
    assert!(declared.len() > 30, "{declared:?}");
    let unsaid: Vec<&String> = declared.iter().filter(|name| !tests.contains(name.as_str()) && !parts.contains(&name.as_str())).collect();
    assert!(unsaid.is_empty(), "{unsaid:?} have no snapshot");
}
