//! What is said of typical people is what a decision on them says, at every total that is tried.

use crate::{policies, random, today};
use tresen_core::facts::{FactKind, Text, known};
use tresen_core::hint;
use tresen_core::money::MINOR_MAX;
use tresen_core::offer::{Because, State, decide, reasons};
use tresen_core::people::{Person, connect};
use tresen_core::policy::{Policy, Provider};
use tresen_core::reach::{Reach, Totals, reach};
use tresen_tests::chance::Chance;
use tresen_wire::facts::{Who, read_object};

fn has(runs: &[Totals], total: i64) -> bool {
    runs.iter().any(|run| (run.smallest..=run.largest.unwrap_or(MINOR_MAX)).contains(&total))
}

/// The ends of all runs and what lies just beyond them, and some totals of no meaning
fn totals(reach: &Reach, chance: &mut Chance) -> Vec<i64> {
    let runs = reach.offered.iter().chain(reach.against.iter().flat_map(|(_, runs)| runs));
    let mut totals: Vec<i64> = runs
        .flat_map(|run| [run.smallest - 1, run.smallest, run.largest.unwrap_or(MINOR_MAX), run.largest.unwrap_or(MINOR_MAX) + 1])
        .filter(|total| (1..=MINOR_MAX).contains(total))
        .collect();
    for width in [100, 10_000, 1_000_000, usize::try_from(MINOR_MAX).unwrap()] {
        totals.extend((0..3).map(|_| 1 + i64::try_from(chance.below(width)).unwrap()));
    }
    totals
}

/// Holds the reach of every method for a person to decisions; says how many were never, sometimes and always offered
fn holds(what: &str, policy: &Policy, person: &Person, chance: &mut Chance) -> [u32; 3] {
    let (program, mut facts) = (policy.program(), person.facts(policy, today()));
    if chance.below(2) == 0 {
        connect(policy, &mut facts);
    }
    let mut seen = [0; 3];
    for (place, found) in reach(&program, &facts, today()).into_iter().enumerate() {
        let what = format!("{what} {} method {place}: {found:?}", person.id);
        for total in totals(&found, chance) {
            facts.set(known::CART_TOTAL, total);
            let answer = decide(&program, &mut facts, today());
            assert_eq!(has(&found.offered, total), answer.methods()[place].state != State::Withheld, "{what} at {total}");
            let against: Vec<Because> = found.against.iter().filter(|(_, runs)| has(runs, total)).map(|(because, _)| *because).collect();
            assert_eq!(against, reasons(&program, place, &answer), "{what} at {total}");
        }
        let gaps = found.offered.windows(2).all(|pair| pair[0].largest.unwrap() + 1 < pair[1].smallest);
        assert!(gaps, "{what}: two runs are one");
        seen[if found.offered.is_empty() { 0 } else { 1 + usize::from(found.offered == [Totals::ALL]) }] += 1;
    }
    seen
}

#[test]
fn at_every_total_people_are_offered_what_was_said_and_refused_for_the_reasons_that_were() {
    let (mut seen, mut chance) = ([0; 3], Chance::new(7));
    let random = (0..crate::POLICIES).map(|seed| (format!("seed {seed}"), random::policy(&mut Chance::new(seed))));
    let written = policies::all().into_iter().map(|(name, _, policy)| (name, policy));
    for (name, policy) in written.chain(random) {
        for person in &Person::ALL {
            let more = holds(&name, &policy, person, &mut chance);
            seen.iter_mut().zip(more).for_each(|(seen, more)| *seen += more);
        }
    }
    assert!(seen.iter().all(|count| *count > 300), "the law was hardly tried: {seen:?}");
}

#[test]
fn the_guest_of_a_report_is_the_one_of_the_hint() {
    let mut agreed = 0;
    for seed in 0..crate::POLICIES {
        let policy = random::policy(&mut Chance::new(seed));
        // A hint knows of no connected provider.
        if policy.conditions.nodes().iter().any(|node| node.facts().contains(&Some(known::SHOP_PROVIDERS))) {
            continue;
        }
        let mut facts = Person::GUEST.facts(&policy, today());
        connect(&policy, &mut facts);
        let said = hint::totals(&policy, hint::Channel::WEB_SHOP, today());
        for ((method, said), found) in policy.methods.iter().zip(said).zip(reach(&policy.program(), &facts, today())) {
            if method.provider == Provider::NotNeeded {
                assert_eq!(found.widest(), said, "seed {seed}: {}", method.id);
                agreed += u32::from(said.is_some());
            }
        }
    }
    assert!(agreed > 100, "{agreed}");
}

/// What a report says in JSON, read back as somebody else would: as facts, decided on
#[test]
fn a_person_who_is_different_as_the_report_says_is_offered_the_method_at_the_ends_of_its_totals() {
    let (mut tried, mut never, mut lists) = (0, 0, 0);
    let random = (0..50).map(|seed| (format!("seed {seed}"), random::policy(&mut Chance::new(seed))));
    for (name, policy) in policies::all().into_iter().map(|(name, _, policy)| (name, policy)).chain(random) {
        // A report takes every policy for valid.
        let policy = Policy { valid_from: None, valid_until: None, ..policy };
        let report = tresen_wire::reach::to_wire(&policy, "", today());
        for (place, method) in report.methods.iter().enumerate() {
            for (person, outlook) in Person::ALL.iter().zip(&method.people) {
                let what = format!("{name}: {} for {}: {outlook:?}", method.id, person.id);
                let refused = outlook.withheld.iter().flat_map(|against| &against.totals).count();
                assert!(outlook.offered.is_empty() <= (refused > 0), "{what}");
                assert!(outlook.different.is_empty() || outlook.offered.is_empty(), "{what}");
                never += u32::from(outlook.offered.is_empty());
                for different in &outlook.different {
                    let said = read_object(&policy, &different.facts, Who::Service, today()).unwrap();
                    let mut facts = person.facts(&policy, today());
                    connect(&policy, &mut facts);
                    for fact in different.facts.keys().map(|name| policy.fact_by_name(name).unwrap()) {
                        // A list lies in slots of its own, and is told as one.
                        match said.list(fact).filter(|_| policy.kind_of(fact) == Some(FactKind::Texts)) {
                            Some(list) => {
                                let list: Vec<Text> = list.iter().copied().map(Text).collect();
                                assert!(facts.set_list(fact, &list), "{what}");
                                lists += 1;
                            }
                            None => facts.put(fact, said.get(fact)),
                        }
                    }
                    for total in different.offered.iter().flat_map(|run| [Some(&run.smallest), run.largest.as_ref()]).flatten() {
                        facts.set(known::CART_TOTAL, total.minor);
                        let answer = decide(&policy.program(), &mut facts, today());
                        assert_ne!(answer.methods()[place].state, State::Withheld, "{what} at {total:?}");
                        tried += 1;
                    }
                }
            }
        }
    }
    assert!(tried > 500 && never > 300 && lists > 10, "{tried} {never} {lists}");
}
