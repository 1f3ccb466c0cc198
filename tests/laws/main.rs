//! Laws that hold for every policy and every set of facts, tried on random ones. A failure names its seed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a broken promise in a test should stop the test"
)]

mod amounts;
mod backtest;
mod collection;
mod damaged;
mod explain;
mod grant;
mod hint;
mod kleene;
mod layout;
mod policies;
mod random;
mod reach;
mod settlement;
mod steps;

use tresen_core::change::{self, Change, Settling, nearest};
use tresen_core::date::Date;
use tresen_core::facts::{Facts, known};
use tresen_core::fold::{fold, may_be_told, public_reason};
use tresen_core::offer::{Answer, MethodAnswer, Reason, State, decide, reasons};
use tresen_core::policy::{ClassEntry, Policy, Truth};
use tresen_core::program::Program;
use tresen_core::record::{answer as answer_of, answer_bytes};
use tresen_tests::chance::Chance;

const POLICIES: u64 = 1_500;
const FACTS: usize = 6;

fn today() -> Date {
    Date::parse(random::TODAY).unwrap()
}

fn each(mut law: impl FnMut(u64, &Policy, &Facts, &Facts)) {
    for seed in 0..POLICIES {
        let mut chance = Chance::new(seed);
        let policy = random::policy(&mut chance);
        for _ in 0..FACTS {
            let (client, server) = random::facts(&mut chance, &policy);
            law(seed, &policy, &client, &server);
        }
    }
}

/// What a shopper can see of a decision
fn public(policy: &Policy, facts: &Facts, told: bool) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let program = policy.program();
    let answer = decide(&program, &mut facts.clone(), today());
    let methods = policy.methods.iter().zip(answer.methods()).enumerate();
    methods
        .map(|(place, (method, found))| {
            let why: Vec<Reason> =
                reasons(&program, place, &answer).iter().map(|because| public_reason(policy, method, *because, told)).collect();
            (found.state, found.rank, found.limit, found.fee, answer.due(found), found.missing, why)
        })
        .collect()
}

/// What was kept of a decision counts as the decision did
#[test]
fn an_answer_that_was_kept_is_read_back_to_the_same_bytes() {
    let mut read = 0;
    each(|seed, policy, client, server| {
        let answer = decide(&policy.program(), &mut random::together(client, server), today());
        let kept = answer_bytes(&answer);
        let found = answer_of(&kept).unwrap();
        assert_eq!(answer_bytes(&found), kept, "seed {seed}");
        assert_eq!((found.states(), found.standing), (answer.states(), answer.standing), "seed {seed}");
        let told = |answer: &Answer| {
            answer.methods().iter().map(|method| MethodAnswer { term_ends: answer.due(method), ..*method }).collect::<Vec<_>>()
        };
        assert_eq!(told(&found), told(&answer), "seed {seed}");
        assert!(answer_of(&kept[..kept.len() - 1]).is_none() && answer_of(&[&kept[..], &[0]].concat()).is_none(), "seed {seed}");
        read += answer.methods().len();
    });
    assert!(read > 10_000, "{read}");
}

#[test]
fn random_policies_keep_the_promises_and_survive_their_bytes() {
    each(|seed, policy, _, _| {
        assert!(policy.keeps_its_promises(), "seed {seed}");
        let bytes = policy.to_bytes();
        let read = Policy::from_bytes(&bytes).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(&read, policy, "seed {seed}");
        assert_eq!(Program::from_bytes(&bytes), Ok(policy.program()), "seed {seed}");
    });
}

#[test]
fn the_residual_decides_on_client_facts_what_the_whole_policy_decides_on_all() {
    each(|seed, policy, client, server| {
        let all = random::together(client, server);
        let residual = fold(policy, server, today());
        assert!(residual.keeps_its_promises(), "seed {seed}");
        let residual = Policy::from_bytes(&residual.to_bytes()).unwrap();
        let translated = translate(policy, &residual, client);
        assert_eq!(public(&residual, &translated, true), public(policy, &all, may_be_told(&all)), "seed {seed}");
    });
}

/// The same client facts with texts in the residual's numbering, as a host would write them
fn translate(policy: &Policy, residual: &Policy, client: &Facts) -> Facts {
    use tresen_core::facts::{FactIndex, FactKind, Text};
    let number = |text: i64| {
        let place = usize::try_from(text).unwrap();
        let known = policy.texts.get(place).and_then(|text| residual.text(text));
        known.unwrap_or_else(|| u32::try_from(residual.texts.len() + 10 + place).unwrap())
    };
    let mut facts = Facts::new();
    for fact in (0..128).map(FactIndex) {
        match (client.get(fact), policy.kind_of(fact)) {
            (Some(_), Some(FactKind::Texts)) => {
                let list: Vec<Text> = client.list(fact).unwrap().iter().map(|text| Text(number((*text).into()))).collect();
                assert!(facts.set_list(fact, &list));
            }
            (Some(value), Some(FactKind::Text)) => facts.set(fact, number(value).into()),
            (Some(value), _) => facts.set(fact, value),
            (None, _) => {}
        }
    }
    facts
}

#[test]
fn the_residual_says_nothing_about_the_person() {
    each(|seed, policy, _, server| {
        let residual = fold(policy, server, today());
        assert!(residual.classes.iter().all(|class| class.id.is_empty() && class.default_probability_ppm == 0), "seed {seed}");
        assert!(
            residual.value_classes.iter().all(|class| class.id.is_empty()) && residual.rules.iter().all(|rule| rule.id.is_empty()),
            "seed {seed}"
        );
        for node in residual.conditions.nodes() {
            for fact in node.facts().into_iter().flatten() {
                let is_open =
                    !residual.rests_on_server(fact) || [known::RISK_CLASS, known::RISK_POINTS, known::VALUE_CLASS].contains(&fact);
                assert!(is_open, "seed {seed}: {node:?}");
            }
        }
    });
}

fn applied(facts: &Facts, change: Change) -> Facts {
    let mut facts = facts.clone();
    if change.ship_to_billing_address {
        change::ship_to_billing_address(&mut facts);
    }
    if change.settle_overdue {
        change::settle_overdue(&mut facts);
    }
    if let Some(total) = change.total {
        facts.set(known::CART_TOTAL, total);
    }
    facts
}

#[test]
fn every_change_that_is_named_restores_the_method_and_one_cent_less_does_not() {
    let mut named = 0;
    each(|seed, policy, client, server| {
        let all = random::together(client, server);
        let program = policy.program();
        let state = |facts: &Facts, place: usize| decide(&program, &mut facts.clone(), today()).methods()[place].state;
        for place in 0..policy.methods.len() {
            let mut decided = all.clone();
            let answer = decide(&program, &mut decided, today());
            let Some(change) = nearest(&program, &decided, today(), place, Settling::InFacts) else { continue };
            named += 1;
            assert_eq!(answer.methods()[place].state, State::Withheld, "seed {seed}");
            assert_ne!(state(&applied(&all, change), place), State::Withheld, "seed {seed} method {place}: {change:?}");
            if let Some(total) = change.total {
                let present = all.get(known::CART_TOTAL).unwrap();
                let less = if total < present { total + 1 } else { total - 1 };
                let one_less = Change { total: Some(less), ..change };
                assert_eq!(state(&applied(&all, one_less), place), State::Withheld, "seed {seed} method {place}: {change:?}");
            }
        }
    });
    assert!(named > 1_000, "the law was hardly tried: {named}");
}

#[test]
fn no_nearer_total_restores_a_method_than_the_one_that_is_named() {
    for seed in 0..150 {
        let mut chance = Chance::new(seed);
        let policy = random::policy(&mut chance);
        let (client, server) = random::facts(&mut chance, &policy);
        let mut all = random::together(&client, &server);
        // A small world, so that every total in it can be tried.
        let present = all.get(known::CART_TOTAL).unwrap();
        let program = policy.program();
        let answer = decide(&program, &mut all, today());
        for place in 0..policy.methods.len() {
            if answer.methods()[place].state != State::Withheld {
                continue;
            }
            let change = nearest(&program, &all, today(), place, Settling::Impossible).filter(|change| !change.ship_to_billing_address);
            let distance = change.and_then(|change| change.total).map_or(3_000, |total| total.abs_diff(present).min(3_000));
            for step in 0..i64::try_from(distance).unwrap() {
                for total in [present - step, present + step].into_iter().filter(|total| *total >= 1) {
                    let mut facts = all.clone();
                    facts.set(known::CART_TOTAL, total);
                    let state = decide(&program, &mut facts, today()).methods()[place].state;
                    assert_eq!(state, State::Withheld, "seed {seed} method {place}: {total} is nearer than {change:?}");
                }
            }
        }
    }
}

#[test]
fn damaged_bytes_are_refused_or_read_but_never_trap() {
    for seed in 0..300 {
        let mut chance = Chance::new(seed);
        let policy = random::policy(&mut chance);
        let (client, server) = random::facts(&mut chance, &policy);
        let bytes = policy.to_bytes();
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            let place = chance.below(damaged.len());
            damaged[place] ^= 1 << chance.below(8);
            assert!(Policy::from_bytes(&damaged).is_err(), "seed {seed}: a flipped bit at {place} went unnoticed");
            damaged.truncate(place);
            assert!(Policy::from_bytes(&damaged).is_err(), "seed {seed}: cut at {place}");
            // With a checksum that fits, the contents themselves have to be refused or be usable.
            let mut forged = bytes.clone();
            forged[place] = forged[place].wrapping_add(u8::try_from(1 + chance.below(255)).unwrap());
            let forged = damaged::sealed(forged);
            if let Ok(read) = Policy::from_bytes(&forged) {
                assert_eq!(read.to_bytes(), forged, "seed {seed}: two forms of one policy");
                let _ = fold(&read, &server, today());
            }
            // The browser's reader takes what nests; whatever it says, it says it.
            if let Ok(program) = Program::from_bytes(&forged) {
                let mut facts = random::together(&client, &server);
                let answer = decide(&program, &mut facts, today());
                for place in 0..answer.methods().len() {
                    let _ = reasons(&program, place, &answer);
                    let _ = nearest(&program, &facts, today(), place, Settling::InFacts);
                }
            }
        }
    }
}

#[test]
fn the_questions_of_a_program_say_what_the_conditions_say() {
    let (mut held, mut unknown) = (0, 0);
    each(|seed, policy, client, server| {
        let program = policy.program();
        let mut facts = random::together(client, server);
        let answer = decide(&program, &mut facts, today());
        let mut holds = |condition| {
            let truth = kleene::truth(policy, condition, &facts);
            held += u32::from(truth == Truth::True);
            unknown += u32::from(truth == Truth::Unknown);
            truth == Truth::True
        };
        for (place, (method, found)) in policy.methods.iter().zip(answer.methods()).enumerate() {
            let refused = reasons(&program, place, &answer).iter().any(|because| because.rule.is_none() && because.reason == method.reason);
            assert_eq!(refused, !holds(method.when), "seed {seed} method {place}");
            if let Some(limits) = method.limits.as_ref().filter(|_| !method.kind.bears_credit_risk()) {
                let first = limits.iter().find(|limit| holds(limit.when)).map_or(0, |limit| limit.maximum);
                assert_eq!(found.limit, Some(first), "seed {seed} method {place}");
            }
        }
        let value_class = policy.value_classes.iter().position(|class| holds(class.when));
        assert_eq!(answer.standing.value_class.map(usize::from), value_class, "seed {seed}");
        let entered = policy.classes.iter().position(|class| match class.entry {
            ClassEntry::When(when) => holds(when),
            ClassEntry::Rest => true,
            ClassEntry::Points(_) => false,
        });
        if policy.scorecards.is_none() {
            assert!(usize::from(answer.standing.class) >= entered.unwrap(), "seed {seed}");
        }
    });
    assert!(held > 1_000 && unknown > 1_000, "the law was hardly tried: {held} {unknown}");
}
