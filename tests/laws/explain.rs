//! An explanation says what was used, and which fact alone would have changed the state: no more and no less.

use crate::{random, today};
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet};
use tresen_core::facts::{FactIndex, FactKind, Facts, Text, known};
use tresen_core::offer::{Answer, MethodAnswer, decide, reasons};
use tresen_core::policy::Policy;
use tresen_tests::chance::Chance;
use tresen_wire::explain::{Case, ExplainedFact, Explanation, explain};
use tresen_wire::facts::{Who, read};

/// Every explanation of some random policies, with the facts that it explains
fn each(policies: u64, mut law: impl FnMut(u64, &Policy, &Facts, usize, &Explanation, &mut Chance)) {
    for seed in 0..policies {
        let mut chance = Chance::new(seed);
        let policy = random::policy(&mut chance);
        let program = policy.program();
        for _ in 0..3 {
            let (client, server) = random::facts(&mut chance, &policy);
            let facts = random::together(&client, &server);
            let case = Case {
                policy: &policy,
                program: &program,
                policy_hash: "",
                descriptions: &BTreeMap::new(),
                sells: tresen_wire::policy::Merchant::default().sells(),
                facts: &facts,
                said: &Map::new(),
                is_of_the_ledger: &|_| false,
                today: today(),
            };
            for (place, method) in policy.methods.iter().enumerate() {
                law(seed, &policy, &facts, place, &explain(&case, &method.id).unwrap(), &mut chance);
            }
        }
    }
}

fn answer(policy: &Policy, facts: &Facts) -> Answer {
    decide(&policy.program(), &mut facts.clone(), today())
}

fn method(policy: &Policy, facts: &Facts, place: usize) -> MethodAnswer {
    answer(policy, facts).methods()[place]
}

/// Codes of the reasons against the method
fn codes(policy: &Policy, facts: &Facts, place: usize) -> BTreeSet<&'static str> {
    let program = policy.program();
    let answer = decide(&program, &mut facts.clone(), today());
    reasons(&program, place, &answer).iter().map(|because| because.reason.code()).collect()
}

/// Whether anybody could have given the fact that value; random facts do not care
fn is_possible(policy: &Policy, fact: FactIndex, facts: &Facts) -> bool {
    let Some(value) = facts.get(fact) else { return true };
    match policy.kind_of(fact).unwrap() {
        FactKind::Integer | FactKind::Amount => fact.range().is_none_or(|(least, most)| (least..=most).contains(&value)),
        FactKind::Choice => usize::try_from(value).unwrap() < fact.choices().len(),
        FactKind::Date => fact != known::CUSTOMER_BIRTH_DATE || value <= today().days().into(),
        FactKind::Boolean | FactKind::Country | FactKind::Text | FactKind::Texts => true,
    }
}

/// The same facts with one fact as other facts have it
fn with(facts: &Facts, fact: FactIndex, others: &Facts, policy: &Policy) -> Facts {
    let mut facts = facts.clone();
    match (others.get(fact), policy.kind_of(fact)) {
        (None, _) => facts.remove(fact),
        (Some(_), Some(FactKind::Texts)) => {
            let list: Vec<Text> = others.list(fact).unwrap().iter().map(|text| Text(*text)).collect();
            assert!(facts.set_list(fact, &list));
        }
        (Some(value), _) => facts.set(fact, value),
    }
    facts
}

fn explained<'a>(explanation: &'a Explanation, policy: &Policy, fact: FactIndex) -> Option<&'a ExplainedFact> {
    explanation.facts.iter().find(|explained| explained.name == policy.name_of(fact))
}

#[test]
fn a_fact_that_is_not_said_to_be_used_changes_nothing_and_one_that_is_not_decisive_not_the_state() {
    let (mut unused, mut idle, mut lifted) = (0, 0, 0);
    each(60, |seed, policy, facts, place, explanation, chance| {
        let found = method(policy, facts, place);
        let due = answer(policy, facts).due(&found);
        for _ in 0..8 {
            let (client, server) = random::facts(chance, policy);
            let others = random::together(&client, &server);
            for fact in (0..128).map(FactIndex).filter(|fact| facts.is_present(*fact) || others.is_present(*fact)) {
                if !is_possible(policy, fact, &others) {
                    continue;
                }
                let explained = explained(explanation, policy, fact);
                let changed = with(facts, fact, &others, policy);
                let other = method(policy, &changed, place);
                let what = || format!("seed {seed} method {place}: {}", policy.name_of(fact));
                for code in codes(policy, facts, place).difference(&codes(policy, &changed, place)) {
                    lifted += 1;
                    let is_named = explained.is_some_and(|explained| explained.lifts.iter().any(|reason| reason.code == *code));
                    assert!(is_named, "{} lifts {code}", what());
                }
                match explained {
                    Some(explained) if explained.used && explained.decisive => {}
                    Some(explained) if explained.used => {
                        idle += 1;
                        assert_eq!(other.state, found.state, "{}", what());
                    }
                    _ => {
                        unused += 1;
                        let told = |found: MethodAnswer| (found.state, found.rules, found.builtin, found.missing, found.limit, found.fee);
                        assert_eq!(told(other), told(found), "{}", what());
                        assert_eq!(answer(policy, &changed).due(&other), due, "{}", what());
                    }
                }
            }
        }
    });
    assert!(unused > 10_000 && idle > 10_000 && lifted > 1_000, "the law was hardly tried: {unused} {idle} {lifted}");
}

#[test]
fn what_is_said_to_change_the_state_does() {
    let (mut named, mut missing) = (0, 0);
    each(250, |seed, policy, facts, place, explanation, _| {
        for explained in &explanation.facts {
            let fact = policy.fact_by_name(&explained.name).unwrap();
            assert_eq!(explained.decisive, explained.if_missing.is_some() || explained.otherwise.is_some());
            assert!(explained.used || !explained.decisive && explained.lifts.is_empty());
            if let Some(state) = &explained.if_missing {
                let mut without = facts.clone();
                without.remove(fact);
                missing += 1;
                assert_eq!(method(policy, &without, place).state.code(), state, "seed {seed} method {place}: {explained:?}");
                assert_ne!(*state, explanation.state);
            }
            if let Some(otherwise) = &explained.otherwise
                && let Some(value) = &otherwise.value
            {
                let object = Map::from_iter([(explained.name.clone(), value.clone())]);
                let others =
                    read(policy, &object.into(), Who::Service, today()).unwrap_or_else(|problems| panic!("seed {seed}: {problems:?}"));
                named += 1;
                let changed = with(facts, fact, &others, policy);
                assert_eq!(method(policy, &changed, place).state.code(), otherwise.state, "seed {seed} method {place}: {explained:?}");
                assert_ne!(otherwise.state, explanation.state);
            }
        }
    });
    assert!(named > 500 && missing > 250, "the law was hardly tried: {named} {missing}");
}

#[test]
fn the_shares_of_the_points_sum_to_the_points() {
    let mut summed = 0;
    each(250, |seed, policy, facts, _, explanation, _| {
        let shares: BTreeSet<(&str, i32)> = explanation
            .facts
            .iter()
            .flat_map(|fact| fact.points.iter())
            .map(|share| {
                assert!(share.least <= share.given && share.given <= share.most, "seed {seed}: {share:?}");
                (share.attribute.as_str(), share.given)
            })
            .collect();
        let standing = answer(policy, facts).standing;
        let (Some(points), Some(cards)) = (standing.points, &policy.scorecards) else { return };
        let card = if explanation.risk.scorecard.as_deref() == Some("new") { &cards.new } else { &cards.returning };
        // Random cards may ask of one fact twice, which a checked policy does not.
        let asked: BTreeSet<FactIndex> = card.attributes.iter().map(|attribute| attribute.fact).collect();
        if shares.is_empty() || asked.len() < card.attributes.len() {
            return;
        }
        summed += 1;
        assert_eq!(card.base + shares.iter().map(|(_, given)| given).sum::<i32>(), points, "seed {seed}");
    });
    assert!(summed > 100, "the law was hardly tried: {summed}");
}
