//! What is said to everybody is true for a first-time guest, to the minor unit.

use crate::{policies, random, today};
use tresen_core::facts::known;
use tresen_core::hint::{Channel, facts, totals};
use tresen_core::money::MINOR_MAX;
use tresen_core::offer::{State, decide};
use tresen_core::policy::Policy;
use tresen_core::reach::Totals;
use tresen_tests::chance::Chance;

/// The smallest world in which every total is tried
const SMALL: i64 = 3_000;

/// Whether the guest is offered the method at that place, or need only tell something for it
fn stands(policy: &Policy, place: usize, total: i64) -> bool {
    let mut facts = facts(policy, Channel::WEB_SHOP);
    facts.set(known::CART_TOTAL, total);
    decide(&policy.program(), &mut facts, today()).methods()[place].state != State::Withheld
}

/// Tries a hint at its ends, beyond them, and at some totals between; says how many ends were tried
fn holds(what: &str, policy: &Policy, place: usize, found: Totals, chance: &mut Chance) -> u32 {
    let Totals { smallest, largest } = found;
    let last = largest.unwrap_or(MINOR_MAX);
    assert!(stands(policy, place, smallest) && stands(policy, place, last), "{what} method {place}: {found:?}");
    for _ in 0..20 {
        let width = usize::try_from(last - smallest + 1).unwrap();
        let between = smallest + i64::try_from(chance.below(width)).unwrap();
        assert!(stands(policy, place, between), "{what} method {place}: {found:?} does not hold for {between}");
    }
    let mut ends = 0;
    if smallest > 1 {
        assert!(!stands(policy, place, smallest - 1), "{what} method {place}: less than {found:?} will do");
        ends += 1;
    }
    if let Some(largest) = largest {
        assert!(!stands(policy, place, largest + 1), "{what} method {place}: more than {found:?} will do");
        ends += 1;
    }
    ends
}

#[test]
fn a_total_that_a_hint_names_is_offered_to_a_guest_and_one_cent_beyond_is_not() {
    let (mut ends, mut chance) = (0, Chance::new(1));
    for (name, _, policy) in policies::all() {
        for (place, found) in totals(&policy, Channel::WEB_SHOP, today()).into_iter().enumerate() {
            ends += found.map_or(0, |found| holds(&name, &policy, place, found, &mut chance));
        }
    }
    for seed in 0..2 * crate::POLICIES {
        let policy = random::policy(&mut Chance::new(seed));
        for (place, found) in totals(&policy, Channel::WEB_SHOP, today()).into_iter().enumerate() {
            ends += found.map_or(0, |found| holds(&format!("seed {seed}"), &policy, place, found, &mut chance));
        }
    }
    assert!(ends > 1_000, "the law was hardly tried: {ends}");
}

#[test]
fn no_run_of_totals_is_wider_than_the_one_that_is_named() {
    let mut silent = 0;
    for seed in 0..60 {
        let policy = random::policy(&mut Chance::new(seed));
        for (place, found) in totals(&policy, Channel::WEB_SHOP, today()).into_iter().enumerate() {
            let width = found.map_or(0, |found| found.largest.unwrap_or(MINOR_MAX) - found.smallest + 1);
            let mut run = 0;
            for total in 1..=SMALL {
                run = if stands(&policy, place, total) { run + 1 } else { 0 };
                assert!(run <= width, "seed {seed} method {place}: {found:?} is narrower than a run up to {total}");
            }
            silent += u32::from(found.is_none());
        }
    }
    assert!(silent > 10, "every method had a hint, or nearly: {silent}");
}
