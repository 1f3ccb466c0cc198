//! The ledger of a customer: thousands of random lives, checked after every event, and the cases that hurt others.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a broken promise in a test should stop the test"
)]

mod auditor;
mod cases;
mod chain;
mod experiments;
mod extra;
mod hands;
mod happened;
mod ladder;
mod life;
mod merged;
mod money;
mod names;
mod settle;
mod sold;

use life::Life;

/// So many lives, each of two hundred days
const LIVES: u64 = 500;

#[test]
fn no_life_breaks_an_invariant() {
    let mut happened = std::collections::BTreeMap::new();
    let mut refused = std::collections::BTreeMap::new();
    for seed in 0..LIVES {
        let mut life = Life::new(seed);
        for _ in 0..200 {
            life.day(&mut |life, event| {
                let violations = life.account.violations(life.today);
                assert!(violations.is_empty(), "seed {seed}, {}: {violations:?} after {event:?}", life.today.to_iso());
            });
        }
        life.ends();
        life.is_as_without_merges();
        for (_, event) in &life.log {
            *happened.entry(happened::name(event)).or_insert(0) += 1;
        }
        for code in &life.refused {
            *refused.entry(*code).or_insert(0) += 1;
        }
    }
    // Lives in which nothing happens prove nothing: everything that can happen has, and often.
    let seldom: Vec<_> = happened::NAMES.iter().filter(|name| happened.get(**name).copied().unwrap_or(0) < 50).collect();
    assert!(seldom.is_empty(), "hardly ever happened: {seldom:?}\n{happened:#?}");
    assert!(refused.len() >= 20, "hardly anything was refused: {refused:#?}");
}
