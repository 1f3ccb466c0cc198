//! The past: everybody is brought in, some were reminded before, some have paid or said something.

use super::house::{Desk, House, Worker};
use super::people::{AFTER, BEFORE, EVE, Fate, MORNING, People};
use super::sink::Sink;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// Customers of one seed file: one transaction
const AT_ONCE: usize = 5_000;

/// Raised when another database comes of the same people
const EDITION: u32 = 3;

/// The folder with the database as it stands on the night, made if it is not there yet
pub(crate) fn kept(worker: &Worker, people: &People) -> PathBuf {
    let home = PathBuf::from(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into())).join("bench-night");
    let folder = home.join(format!("{}-{EDITION}", people.claims));
    if folder.join("whole").exists() {
        return folder;
    }
    let start = Instant::now();
    let _ = std::fs::remove_dir_all(&folder);
    make(&House::new(&folder, worker, Sink::open().address), people);
    std::fs::write(folder.join("whole"), "").unwrap();
    println!("seeded in {:.0} s, not counted: {}", start.elapsed().as_secs_f64(), folder.display());
    folder
}

/// Makes it
pub(crate) fn make(house: &House, people: &People) {
    let desk = house.desk();
    house.it_is(BEFORE);
    desk.letterhead();
    bring_in(&desk, people, |fate| fate == Fate::Second);
    house.run();
    // A day later they are taken to have arrived.
    house.it_is(AFTER);
    house.run();
    house.it_is(EVE);
    bring_in(&desk, people, |fate| fate != Fate::Second);
    for number in 0..people.number(Fate::Held) {
        desk.post(&format!("/v1/customers/{}/holds", Fate::Held.reference(number)), r#"{"reason": "hardship"}"#);
    }
    for number in 0..people.number(Fate::Disputes) {
        desk.post(&format!("/v1/customers/{}/holds", Fate::Disputes.reference(number)), r#"{"reason": "not_my_debt"}"#);
    }
    for number in 0..people.number(Fate::OptedOut) {
        desk.put(&format!("/v1/customers/{}/contact", Fate::OptedOut.reference(number)), r#"{"opted_out": ["email"]}"#);
    }
    for number in 0..people.number(Fate::Promises) {
        let account = desk.client.get(&format!("/v1/customers/{}/account", Fate::Promises.reference(number))).json();
        let claim = account["receivables"][0]["id"].as_str().unwrap().to_owned();
        let token = desk.post(&format!("/v1/receivables/{claim}/paylink"), "")["token"].as_str().unwrap().to_owned();
        desk.post(&format!("/v1/paylinks/{token}/promise"), r#"{"date": "2026-12-01"}"#);
    }
    // Everybody is looked at, and nothing is due today.
    house.run();
    house.it_is(MORNING);
    for number in 0..people.number(Fate::Thanks) {
        let paid = json!({"provider": "bank", "reference": format!("b-{number}"), "amount": {"minor": amount(number), "currency": "EUR"},
            "value_date": "2026-11-23", "customer": Fate::Thanks.reference(number)});
        desk.post("/v1/payments", &paid.to_string());
    }
    drop(desk);
    house.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

fn amount(number: usize) -> usize {
    5_500 + (number * 617) % 20_000
}

fn bring_in(desk: &Desk, people: &People, wanted: impl Fn(Fate) -> bool) {
    for group in people.groups.iter().filter(|group| wanted(group.fate)) {
        let all: Vec<usize> = (0..group.number).collect();
        for some in all.chunks(AT_ONCE) {
            let customers: Vec<_> = some.iter().map(|number| customer(group.fate, *number)).collect();
            let seeded = desk.app.seed("demo", &json!({"format": 1, "customers": customers}).to_string()).unwrap();
            assert_eq!(seeded.customers, some.len());
        }
    }
}

fn customer(fate: Fate, number: usize) -> serde_json::Value {
    let reference = fate.reference(number);
    let email = (fate != Fate::Nowhere).then(|| format!("{reference}@example.org"));
    json!({"reference": reference, "email": email, "receivables": [{
        "order": format!("o-{reference}"), "method": "invoice", "amount": {"minor": amount(number), "currency": "EUR"},
        "ordered_on": if fate == Fate::Second { "2026-10-27" } else { "2026-11-06" }, "due_date": fate.due(number)}]})
}
