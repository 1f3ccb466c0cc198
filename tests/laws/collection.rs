//! Laws of the collection: what is known of a case decides by itself, and nothing of it reaches a browser.

use crate::random::{self, Reads};
use crate::{kleene, today};
use tresen_core::facts::{FACT_MAX, FactIndex, FactKind, Facts, Text, case};
use tresen_core::fold::fold;
use tresen_core::ladder::{Channel, Ladder, Step, Tone};
use tresen_core::law::contact::HOUSE;
use tresen_core::policy::{Address, Collection, Conditions, Node, Persona, Policy, Segment, Speech, Then, TimeOfDay, Truth};
use tresen_core::rate::Rate;
use tresen_tests::chance::Chance;

/// A collection for a policy, whose custom facts and texts its segments read
pub fn random(chance: &mut Chance, policy: &Policy) -> Collection {
    let mut asked = Policy { conditions: Conditions::default(), ..policy.clone() };
    let segments = (0..chance.below(5))
        .map(|place| Segment {
            id: format!("segment-{place}"),
            when: random::condition(chance, &mut asked, Reads::Case),
            then: Then {
                stop: chance.once_in(6),
                by_hand: chance.once_in(6),
                note_days: chance.pick(&[None, Some(0), Some(5)]),
                later_days: chance.pick(&[0, 0, -30, -1, 2, 30]),
                tone: chance.pick(&[None, Some(Tone::Friendly), Some(Tone::Firm)]),
                channels: channels(chance, 0),
                persona: persona(chance),
            },
        })
        .collect();
    let mut house = HOUSE;
    house.opens_minute += chance.pick(&[0, 60]);
    house.closes_minute -= chance.pick(&[0, 90]);
    house.days += chance.pick(&[0, 7]);
    let count = 1 + chance.below(5);
    let steps = (1..=count).map(|level| step(chance, level == 1, level == count)).collect();
    let ladder = Ladder {
        note_days: chance.pick(&[None, Some(1), Some(14)]),
        steps,
        propose_placement: chance.once_in(2),
        tolerance_minor: chance.amount(),
        micro_minor: chance.amount(),
        cost_minor: [0, chance.amount(), chance.amount(), 700],
        expected: chance.pick(&[None, Rate::from_ppm(50_000)]),
        lump_sum: chance.once_in(2),
        interest: chance.once_in(2),
        house,
        by_hand: false,
        stopped: false,
    };
    Collection { ladder, persona: persona(chance), conditions: asked.conditions, segments }
}

fn step(chance: &mut Chance, is_first: bool, is_last: bool) -> Step {
    Step {
        after_days: chance.pick(&[1, 3, 90]),
        term_days: if is_last { chance.pick(&[10, 60]) } else { chance.pick(&[1, 7]) },
        tone: chance.pick(&Tone::ALL),
        channels: channels(chance, 1),
        fee_minor: if is_first { 0 } else { chance.pick(&[0, 76]) },
    }
}

fn channels(chance: &mut Chance, least: usize) -> Vec<Channel> {
    let mut all = Channel::ALL.to_vec();
    all.rotate_left(chance.below(4));
    all.truncate(least + chance.below(4));
    all
}

fn persona(chance: &mut Chance) -> Persona {
    Persona {
        language: chance.pick(&[None, Some(Speech::German), Some(Speech::English)]),
        address: chance.pick(&[None, Some(Address::Formal), Some(Address::Familiar)]),
        time_of_day: chance.pick(&[None, Some(TimeOfDay::Morning), Some(TimeOfDay::Evening)]),
    }
}

/// What may be known of an order and a case: each fact or not
pub fn facts(chance: &mut Chance, policy: &Policy) -> Facts {
    let (client, server) = random::facts(chance, policy);
    let mut facts = server;
    for number in 0..u8::try_from(FACT_MAX).unwrap() {
        let fact = FactIndex(number);
        match policy.kind_of(fact) {
            Some(FactKind::Texts) => {
                if let Some(list) = client.list(fact) {
                    assert!(facts.set_list(fact, &list.iter().map(|text| Text(*text)).collect::<Vec<_>>()));
                }
            }
            Some(kind) if fact.is_of_case() => facts.put(fact, (!chance.once_in(3)).then(|| random::value(chance, kind))),
            Some(_) => facts.put(fact, client.get(fact).or_else(|| facts.get(fact))),
            None => {}
        }
    }
    facts
}

fn each(mut law: impl FnMut(u64, &mut Chance, &Policy, &Collection)) {
    let mut tried = 0;
    for seed in 0..1_500 {
        let mut chance = Chance::new(seed);
        let policy = random::policy(&mut chance);
        if let Some(collection) = &policy.collection {
            law(seed, &mut chance, &policy, collection);
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried} collections");
}

#[test]
fn a_collection_changes_nothing_that_a_browser_gets_or_an_engine_decides_by() {
    each(|seed, chance, policy, _| {
        let without = Policy { collection: None, ..policy.clone() };
        let (_, server) = random::facts(chance, policy);
        assert_eq!(fold(policy, &server, today()).to_bytes(), fold(&without, &server, today()).to_bytes(), "seed {seed}");
        assert_eq!(policy.program(), without.program(), "seed {seed}");
        assert_ne!(policy.to_bytes(), without.to_bytes(), "seed {seed}: the hash names the collection too");
    });
}

#[test]
fn the_first_segment_that_surely_holds_counts_and_conditions_say_what_the_specification_says() {
    let mut told = [0; 3];
    each(|seed, chance, policy, collection| {
        let asked = Policy { conditions: collection.conditions.clone(), ..policy.clone() };
        for _ in 0..6 {
            let facts = facts(chance, policy);
            let chosen = collection.choose(&facts);
            let said: Vec<Truth> = collection.segments.iter().map(|segment| kleene::truth(&asked, segment.when, &facts)).collect();
            assert_eq!(chosen.segment, said.iter().position(|truth| *truth == Truth::True), "seed {seed}");
            said.iter().for_each(|truth| told[*truth as usize] += 1);
            assert_eq!(chosen.said, said, "seed {seed}");
        }
    });
    assert!(told.iter().all(|times| *times > 500), "hardly ever: {told:?}");
}

#[test]
fn what_comes_to_be_known_never_turns_an_answer_round() {
    let (mut learnt, mut held) = (0, 0);
    each(|seed, chance, policy, collection| {
        let full = facts(chance, policy);
        let mut less = full.clone();
        for number in 0..u8::try_from(FACT_MAX).unwrap() {
            if chance.once_in(3) {
                less.remove(FactIndex(number));
            }
        }
        let (before, after) = (collection.choose(&less).said, collection.choose(&full).said);
        for (place, segment) in collection.segments.iter().enumerate() {
            // Whether something is known is itself a question, whose answer may change.
            let asks_what_is_known = collection.conditions.nodes_of(segment.when).iter().any(|node| matches!(node, Node::Present { .. }));
            if asks_what_is_known {
                continue;
            }
            match before[place] {
                Truth::Unknown => learnt += usize::from(after[place] != Truth::Unknown),
                sure => {
                    assert_eq!(after[place], sure, "seed {seed}, segment {place}");
                    held += 1;
                }
            }
        }
    });
    assert!(learnt > 50 && held > 200, "learnt {learnt}, held {held}");
}

#[test]
fn every_segment_leaves_a_ladder_that_can_be_climbed_within_the_hours_of_the_house() {
    each(|seed, chance, policy, collection| {
        for _ in 0..4 {
            let chosen = collection.choose(&facts(chance, policy));
            let (ladder, plain) = (&chosen.ladder, &collection.ladder);
            assert_eq!(ladder.steps.len(), plain.steps.len(), "seed {seed}");
            for (step, own) in ladder.steps.iter().zip(&plain.steps) {
                assert!(step.after_days >= 1 && step.term_days == own.term_days && step.fee_minor == own.fee_minor, "seed {seed}");
                assert!(own.channels.iter().all(|channel| step.channels.contains(channel)), "seed {seed}: a way was lost");
                let mut distinct = step.channels.clone();
                distinct.sort_unstable();
                distinct.dedup();
                assert_eq!(distinct.len(), step.channels.len(), "seed {seed}: a way stands twice");
            }
            assert_eq!(
                ladder.steps.last().unwrap().tone,
                plain.steps.last().unwrap().tone,
                "seed {seed}: the final notice sounds as it does"
            );
            assert!(ladder.house.opens_minute >= plain.house.opens_minute && ladder.house.closes_minute <= plain.house.closes_minute);
            assert!(ladder.house.opens_minute < ladder.house.closes_minute, "seed {seed}: nobody could ever be written to");
            assert_eq!((ladder.house.per_claim, ladder.house.per_customer), (HOUSE.per_claim, HOUSE.per_customer));
        }
    });
}

#[test]
fn facts_of_a_case_are_refused_wherever_there_is_no_case() {
    let mut chance = Chance::new(7);
    let sound = random::policy(&mut chance);
    assert!(sound.keeps_its_promises());
    let mut in_a_condition = sound.clone();
    in_a_condition.conditions.push(Node::Present { fact: case::LEVEL, negated: false });
    assert!(!in_a_condition.keeps_its_promises());
    assert!(Policy::from_bytes(&in_a_condition.to_bytes()).is_err());
    let mut in_a_residual = Policy { residual: true, collection: None, settlement: None, ..sound.clone() };
    assert!(in_a_residual.keeps_its_promises());
    in_a_residual.collection = Some(Collection::standard(sound.currency));
    assert!(!in_a_residual.keeps_its_promises());
}
