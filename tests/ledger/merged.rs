//! Two references that are one person for a while: what protects the person counts for both, and nothing is mixed.

use crate::chain::World;
use crate::life::Life;
use crate::names;
use std::collections::BTreeMap;
use tresen_core::collect::{Attempt, Outcome};
use tresen_core::ident::{CustomerId, HoldId};
use tresen_core::receivable::{Act, Event, Hold, Scope};
use tresen_tests::chance::Chance;

const LIVES: u64 = 200;
const WEEK: i64 = 7 * 24 * 60;

/// The two, and whether they are one person now
struct Pair {
    worlds: [World; 2],
    is_one: bool,
}

fn reached(attempts: &[Attempt]) -> impl Iterator<Item = &Attempt> {
    attempts.iter().filter(|attempt| attempt.outcome != Outcome::Failed)
}

impl Pair {
    fn new(seed: u64) -> Self {
        let mut worlds = [World::new(2 * seed), World::new(2 * seed + 1)];
        // Nothing of the one has the name of something of the other.
        worlds[1].life.number = 1_000_000;
        Self { worlds, is_one: false }
    }

    /// Under which name each knows the other
    fn name(place: usize) -> CustomerId {
        names::customer(10 + u64::try_from(1 - place).unwrap())
    }

    fn turns(&mut self) {
        self.is_one = !self.is_one;
        for place in 0..2 {
            let other = Self::name(place);
            let event = if self.is_one { Event::CustomerMerged { other } } else { Event::CustomerUnmerged { other } };
            self.worlds[place].life.must(event);
        }
    }

    /// What is in force about the person at one counts at the other, and what ends there ends here, as the service tells it
    fn tells(&mut self) {
        if !self.is_one {
            return;
        }
        for place in 0..2 {
            let other = Self::name(place);
            let there: BTreeMap<HoldId, Hold> =
                self.worlds[1 - place].life.account.holds_of_person().map(|(id, hold)| (id.clone(), hold.clone())).collect();
            let account = &self.worlds[place].life.account;
            let known: Vec<HoldId> = account.holds_beside(&other).map(|(id, _)| id.clone()).collect();
            for hold in known.iter().filter(|id| !there.contains_key(*id)) {
                self.worlds[place].life.must(Event::HoldReleased { hold: hold.clone() });
            }
            for (hold, Hold { reason, until, .. }) in there.into_iter().filter(|(id, _)| !known.contains(id)) {
                self.worlds[place].life.must(Event::HoldPlaced { hold, reason, scope: Scope::Beside(other.clone()), until });
            }
        }
    }

    /// A run at one of the two; how many messages it brought
    fn run(&mut self, place: usize) -> usize {
        let beside = if self.is_one { self.worlds[1 - place].attempts.clone() } else { vec![] };
        let world = &mut self.worlds[place];
        world.beside = beside;
        let before = world.attempts.len();
        world.run();
        let new = world.attempts[before..].to_vec();
        for attempt in reached(&new) {
            self.may_be(place, attempt);
        }
        new.len()
    }

    /// By the house's rule, and by what is so at the other, reckoned here once more
    fn may_be(&self, place: usize, attempt: &Attempt) {
        let (here, there) = (&self.worlds[place], &self.worlds[1 - place]);
        if !self.is_one {
            return;
        }
        let in_week = |other: &&Attempt| attempt.utc_minutes - other.utc_minutes < WEEK;
        let week = reached(&here.attempts).chain(reached(&there.attempts)).filter(in_week).count();
        assert!(week <= 2, "the person was written to {week} times in a week");
        let stops = |hold: &Hold| hold.until.is_none_or(|until| here.life.today <= until) && hold.reason.blocks(Act::Contact);
        assert!(!there.life.account.holds_of_person().any(|(_, hold)| stops(hold)), "a hold about the person was passed over");
    }
}

#[test]
fn whoever_is_one_person_is_protected_as_one_and_unmerged_is_never_merged() {
    let (mut sent, mut merged, mut held) = (0, 0, 0);
    for seed in 0..LIVES {
        let (mut pair, mut chance) = (Pair::new(seed), Chance::new(seed ^ 0x0e));
        for _ in 0..120 {
            for world in &mut pair.worlds {
                world.life.day(&mut |life: &Life, event| {
                    let violations = life.account.violations(life.today);
                    assert!(violations.is_empty(), "seed {seed}: {violations:?} after {event:?}");
                });
            }
            if chance.once_in(20) {
                pair.turns();
                merged += usize::from(pair.is_one);
            }
            pair.tells();
            let first = chance.below(2);
            for place in [first, 1 - first] {
                let came = pair.run(place);
                sent += if pair.is_one { came } else { 0 };
            }
            held += pair
                .worlds
                .iter()
                .filter(|world| world.life.account.others().any(|other| world.life.account.holds_beside(other).next().is_some()))
                .count();
        }
        for world in &pair.worlds {
            world.life.ends();
            world.life.is_as_without_merges();
        }
    }
    assert!(sent > 500 && merged > 300 && held > 500, "{sent} messages to one person, {merged} merges, {held} days with a hold beside");
}
