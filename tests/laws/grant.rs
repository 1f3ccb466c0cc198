//! What a human granted as part of the policy says the same as the grant beside it, and nothing else.

use crate::{each, random, today, translate};
use tresen_core::facts::{Facts, known};
use tresen_core::fold::fold;
use tresen_core::grant::{OF_AGE, may_be_set_aside, with_grant};
use tresen_core::offer::{Reason, State, decide, reasons};
use tresen_core::policy::{Condition, Policy};

/// Whether every reason against the method at a place may be set aside, as a confirm asks it
fn is_set_aside(policy: &Policy, place: usize, facts: &Facts) -> bool {
    let program = policy.program();
    let answer = decide(&program, &mut facts.clone(), today());
    let born = facts.date(known::CUSTOMER_BIRTH_DATE);
    // Who is born tomorrow is nobody whom a service knows, and no adult.
    let is_minor = born.is_some_and(|born| born.complete_years_until(today()).is_none_or(|age| age < OF_AGE));
    !is_minor
        && reasons(&program, place, &answer).iter().all(|because| {
            let when = because.rule.map_or(policy.methods[place].when, |rule| policy.rules[usize::from(rule)].when);
            because.reason != Reason::ExposureExceeded && may_be_set_aside(policy, because.reason, when)
        })
}

fn states(policy: &Policy, facts: &Facts) -> Vec<State> {
    decide(&policy.program(), &mut facts.clone(), today()).methods().iter().map(|method| method.state).collect()
}

#[test]
fn a_grant_offers_its_method_up_to_its_amount_and_changes_nothing_else() {
    let (mut tried, mut given) = (0, 0);
    each(|seed, policy, client, server| {
        let place = usize::try_from(seed).unwrap() % policy.methods.len();
        let together = random::together(client, server);
        let Some(total) = together.get(known::CART_TOTAL) else { return };
        let price = total + policy.methods[place].fee.on(total);
        let before = states(policy, &together);
        let complete = policy.methods[place].fields.iter().all(|field| together.is_present(*field));
        for amount in [price - 1, price, price + 1] {
            let granted = with_grant(policy, place, amount);
            let mut expected = before.clone();
            if amount >= price && before[place] == State::Withheld && is_set_aside(policy, place, &together) {
                expected[place] = if complete { State::Offered } else { State::Incomplete };
                given += 1;
            }
            assert_eq!(states(&granted, &together), expected, "seed {seed}, {amount}");
            // What is left of it for a browser decides alike.
            let residual = fold(&granted, server, today());
            assert_eq!(states(&residual, &translate(&granted, &residual, client)), expected, "seed {seed}, {amount}, folded");
            tried += 1;
        }
    });
    assert!(tried > 20_000 && given > 1_000, "{tried} tried, {given} given");
}

#[test]
fn a_condition_that_asks_for_nothing_may_be_set_aside() {
    let policy = Policy::default();
    assert!(may_be_set_aside(&policy, Reason::General, Condition::ALWAYS));
    assert!(!may_be_set_aside(&policy, Reason::CustomerMinor, Condition::ALWAYS));
}
