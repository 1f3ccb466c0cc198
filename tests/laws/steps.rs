//! The steps that are named bring a method back, and nothing that asks less does.

use crate::{random, today};
use tresen_core::facts::{Facts, Text, known};
use tresen_core::offer::{Reason, State, decide};
use tresen_core::policy::{Condition, Effect, Node, Policy, Rule};
use tresen_core::steps::{Step, Steps, confirmed, least, mentioned, next};
use tresen_tests::chance::Chance;

/// The facts with one more list of what is confirmed
fn with(policy: &Policy, facts: &Facts, steps: Steps) -> Facts {
    let mut facts = facts.clone();
    let texts: Vec<Text> = steps.iter().map(|step| Text(policy.text(step.code()).unwrap())).collect();
    assert!(facts.set_list(known::CUSTOMER_CONFIRMED, &texts));
    facts
}

fn demand(steps: Steps) -> (usize, u32, Vec<u8>) {
    let ranks: Vec<u8> = steps.iter().map(Step::rank).collect();
    (ranks.len(), ranks.iter().map(|rank| u32::from(*rank)).sum(), ranks.into_iter().rev().collect())
}

fn every_set() -> Vec<Steps> {
    (0_u8..32).map(|bits| Step::ALL.into_iter().filter(|step| bits >> (step.rank() - 1) & 1 == 1).collect()).collect()
}

/// A random policy with up to four rules more that look for steps, alone and together
fn policy(chance: &mut Chance) -> Policy {
    let mut policy = random::policy(chance);
    policy.registration_checked = true;
    for place in 0..1 + chance.below(4) {
        let group = policy.conditions.push(if chance.once_in(2) { Node::All { end: 0 } } else { Node::Any { end: 0 } });
        for _ in 0..1 + chance.below(3) {
            let text = policy.text(chance.pick(&Step::ALL).code()).unwrap();
            policy.conditions.push(Node::Contains { fact: known::CUSTOMER_CONFIRMED, negated: !chance.once_in(8), text });
        }
        policy.conditions.close(group);
        let effect = Effect::Withhold {
            methods: u16::try_from(1 + chance.below((1 << policy.methods.len()) - 1)).unwrap(),
            reason: Reason::IdentityUnconfirmed,
        };
        policy.rules.push(Rule { id: format!("steps-{place}"), when: Condition(Some(group)), effect, private: false });
    }
    policy
}

#[test]
fn the_steps_that_are_named_restore_the_method_and_no_set_that_asks_less_does() {
    let (mut named, mut several) = (0, 0);
    for seed in 0..6_000 {
        let mut chance = Chance::new(seed);
        let policy = &policy(&mut chance);
        assert!(policy.keeps_its_promises(), "seed {seed}");
        let program = policy.program();
        let (client, server) = random::facts(&mut chance, policy);
        let all = random::together(&client, &server);
        let stands = |facts: &Facts, place: usize| decide(&program, &mut facts.clone(), today()).methods()[place].state != State::Withheld;
        let done = confirmed(policy, &all);
        // As a host would that has no identity check: what is not possible is never named.
        let possible = if seed % 3 == 0 { Steps::ALL.without([Step::Identity].into_iter().collect()) } else { Steps::ALL };
        // A list where there was none is a change of its own, whatever it holds; steps that nobody mentions make no other.
        let open = possible.and(mentioned(policy)).without(done);
        let mut sets = Vec::new();
        for place in 0..policy.methods.len() {
            let found = least((policy, &program), &all, today(), place, possible);
            let tried = every_set().into_iter().filter(|set| !set.is_empty() && set.without(open).is_empty());
            let restoring = tried.filter(|set| stands(&with(policy, &all, done.or(*set)), place));
            let expected = if stands(&all, place) { None } else { restoring.min_by_key(|set| demand(*set)) };
            assert_eq!(found, expected, "seed {seed} method {place}");
            if let Some(set) = found {
                sets.push(set);
                named += 1;
                several += u32::from(set.iter().count() > 1);
            }
        }
        let first = sets.into_iter().min_by_key(|set| demand(*set)).and_then(|set| set.iter().next());
        assert_eq!(next((policy, &program), &all, today(), possible), first, "seed {seed}");
    }
    assert!(named > 500 && several > 200, "the law was hardly tried: {named} {several}");
}
