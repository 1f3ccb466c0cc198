//! The JSON at the service's border, byte for byte: every request, answer and event as it was reviewed in `tests/wire`.
//!
//! A snapshot that no longer fits fails, and what was found lies beside the build for review.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a broken promise in a test should stop the test"
)]

#[path = "wire/account.rs"]
mod account;
#[path = "wire/answers.rs"]
mod answers;
#[path = "wire/collection.rs"]
mod collection;
#[path = "wire/customer.rs"]
mod customer;
#[path = "wire/events.rs"]
mod events;
#[path = "wire/interface.rs"]
mod interface;
#[path = "wire/money.rs"]
mod money;
#[path = "wire/paylink.rs"]
mod paylink;
#[path = "wire/requests.rs"]
mod requests;
#[path = "wire/types.rs"]
mod types;
#[path = "wire/webhooks.rs"]
mod webhooks;

use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tresen_tests::catalogue::root;

/// The reviewed text of a message
fn snapshot(name: &str) -> String {
    fs::read_to_string(root().join("tests/wire").join(name).with_extension("json")).unwrap_or_default()
}

/// The message as text: indented, for whoever reviews it
fn text(message: &impl Serialize) -> String {
    serde_json::to_string_pretty(message).unwrap() + "\n"
}

/// Holds a message against its snapshot
fn holds(name: &str, message: &impl Serialize) {
    let found = text(message);
    if found == snapshot(name) {
        return;
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire").join(name).with_extension("json");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, &found).unwrap();
    assert_eq!(found, snapshot(name), "tests/wire/{name}.json is not what is said; review {}", path.display());
}

/// The names of the snapshots in a folder
fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("tests/wire").join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}
