//! The cases of `tests/corpus/receivable`: one life a line, told step by step, and what is to be true in the end.

mod reach;
mod steps;

use crate::{happened, names};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
pub use steps::{What, follow};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::law::interest::Convention;
use tresen_core::receivable::decide::{Grows, InterestTerms};
use tresen_core::receivable::{Account, Act, Event, Place};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[allow(dead_code, reason = "for the reader: which of the papers' cases this is")]
    source: Option<String>,
    #[serde(default)]
    interest: bool,
    /// The ways to the person, where they are not an e-mail address alone
    #[serde(default)]
    person: BTreeMap<String, String>,
    steps: Vec<Step>,
    expect: Expected,
}

/// What happens on a day; `refused` is the code it is refused with
#[derive(Deserialize)]
struct Step {
    on: String,
    refused: Option<String>,
    /// The events that follow, by name, where that matters
    events: Option<Vec<String>>,
    #[serde(flatten)]
    what: What,
}

/// What is true in the end; what is not named may be anything
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    balance: Option<i64>,
    credit: Option<i64>,
    /// What is open, by claim and part; all of it
    open: BTreeMap<u64, BTreeMap<String, i64>>,
    level: BTreeMap<u64, u8>,
    ending: BTreeMap<u64, String>,
    /// What a hold forbids on the last day, by claim: the reason, or nothing
    contact: BTreeMap<u64, Option<String>>,
    overdue: BTreeMap<u64, i64>,
    /// The rates of a plan that are left
    rates: BTreeMap<u64, Vec<(String, i64)>>,
    promise: BTreeMap<u64, String>,
    due: BTreeMap<u64, String>,
    /// Between the merchant and a claim's buyer: what the buyer owes of the price, and what lies for the buyer, each below zero the other way round
    buyer: BTreeMap<u64, (i64, i64)>,
    /// What the customer owes the buyer of a claim, and its price
    sold: BTreeMap<u64, (i64, i64)>,
    /// What the house's own ladder would do about each open claim at ten on the last day, or the gate that stops it
    next: BTreeMap<u64, String>,
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is no day"))
}

#[test]
fn the_cases_that_hurt_others() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/receivable");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases = 0;
    for file in files {
        for (line, text) in fs::read_to_string(&file).unwrap().lines().enumerate().filter(|(_, text)| !text.is_empty()) {
            let case: Case = serde_json::from_str(text).unwrap_or_else(|error| panic!("{}:{}: {error}", file.display(), line + 1));
            check(&case);
            cases += 1;
        }
    }
    assert!(cases >= 20, "only {cases} cases");
}

fn check(case: &Case) {
    let terms = case.interest.then_some(InterestTerms { market: *b"DE", convention: Convention::Act365, grows: Grows::All });
    let mut account = Account::default();
    let mut log: Vec<(Date, Event)> = Vec::new();
    let (mut today, mut attempts) = (Date::MIN, Vec::new());
    for (number, step) in case.steps.iter().enumerate() {
        let place = format!("{}: step {}", case.name, number + 1);
        today = day(&step.on);
        let events = follow(&account, today, &step.what, terms.as_ref());
        let events = events.and_then(|events| {
            let mut after = account.clone();
            for event in &events {
                after.apply(today, event)?;
                assert_eq!(after.violations(today), [], "{place}: {event:?}");
            }
            account = after;
            Ok(events)
        });
        assert_eq!(events.as_ref().err().map(|refused| refused.code()), step.refused.as_deref(), "{place}");
        let events = events.unwrap_or_default();
        if let What::Sent { id, level, channel, outcome, beside } = &step.what {
            let to = beside.map(names::customer);
            attempts.push((to, reach::sent(&account, today, &names::receivable(*id), *level, channel, outcome)));
        }
        if let Some(expected) = &step.events {
            assert_eq!(events.iter().map(happened::name).collect::<Vec<_>>(), *expected, "{place}");
        }
        log.extend(events.into_iter().map(|event| (today, event)));
    }
    assert_eq!(Account::replay(log.iter().map(|(on, event)| (*on, event))).as_ref(), Ok(&account), "{}: replay", case.name);
    expect(case, &account, today);
    if !case.expect.next.is_empty() {
        // What was sent to another reference is known of as long as it is the same person.
        attempts.retain(|(to, _)| to.as_ref().is_none_or(|to| account.others().any(|other| other == to)));
        let attempts: Vec<_> = attempts.into_iter().map(|(_, attempt)| attempt).collect();
        assert_eq!(reach::next(&account, &reach::person(&case.person), &attempts, today), case.expect.next, "{}: next", case.name);
    }
}

fn expect(case: &Case, account: &Account, today: Date) {
    let Case { name, expect, .. } = case;
    let claim = |id: &u64| -> ReceivableId { names::receivable(*id) };
    let of = |id: &u64| account.receivable(&claim(id)).unwrap_or_else(|| panic!("{name}: no claim {id}"));
    assert_eq!(account.balance(), expect.balance.unwrap_or_else(|| account.balance()), "{name}: balance");
    assert_eq!(account.credit(), expect.credit.unwrap_or_else(|| account.credit()), "{name}: credit");
    for (id, parts) in &expect.open {
        let open: BTreeMap<String, i64> = account.book().open(&claim(id)).map(|(item, minor)| (item.code().to_owned(), minor)).collect();
        assert_eq!(open, *parts, "{name}: open of {id}");
    }
    for (id, level) in &expect.level {
        assert_eq!(of(id).level.number, *level, "{name}: level of {id}");
    }
    for (id, ending) in &expect.ending {
        assert_eq!(of(id).ending.map(|ending| ending.code()), Some(ending.as_str()), "{name}: ending of {id}");
    }
    for (id, reason) in &expect.contact {
        let blocked = account.blocked(Act::Contact, &claim(id), today).map(|reason| reason.code().to_owned());
        assert_eq!(blocked, *reason, "{name}: contact about {id}");
    }
    for (id, overdue) in &expect.overdue {
        assert_eq!(account.overdue(&claim(id), today), *overdue, "{name}: overdue of {id}");
    }
    for (id, rates) in &expect.rates {
        let (_, plan) = account.plans().find(|(plan, _)| **plan == names::plan(*id)).unwrap();
        assert_eq!(plan.rates.iter().map(|rate| (rate.due.to_iso(), rate.minor)).collect::<Vec<_>>(), *rates, "{name}: rates of {id}");
    }
    for (id, end) in &expect.promise {
        let (_, promise) = account.promises().find(|(promise, _)| **promise == names::promise(*id)).unwrap();
        assert_eq!(format!("{:?}", promise.end), *end, "{name}: promise {id}");
    }
    for (id, (price, cleared)) in &expect.buyer {
        let at = |place| account.book().at(&place);
        assert_eq!((at(Place::Price(claim(id))), -at(Place::Clearing(claim(id)))), (*price, *cleared), "{name}: buyer of {id}");
    }
    for (id, (left, price)) in &expect.sold {
        let sold = of(id).sold().unwrap_or_else(|| panic!("{name}: {id} is not sold"));
        assert_eq!((sold.left(), sold.price()), (*left, *price), "{name}: sold of {id}");
    }
    for (id, due) in &expect.due {
        assert_eq!(of(id).due.map(Date::to_iso).as_ref(), Some(due), "{name}: due date of {id}");
    }
}
