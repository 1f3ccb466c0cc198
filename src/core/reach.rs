//! Over which cart totals a method is offered to somebody, and what stands against it at the others.
//!
//! The answer changes only at amounts that stand in the policy or follow from them and the facts (see [`crate::change`]), so it is enough
//! to decide at those and at their neighbours.
//!
//! **Invariant:** at every total a method is either in a run of `offered` or in a run of something `against` it, never in both.

use crate::change;
use crate::date::Date;
use crate::facts::{Facts, known};
use crate::money::MINOR_MAX;
use crate::offer::{Answer, Because, State, reasons, states_into};
use crate::program::Program;
use alloc::vec::Vec;

/// Cart totals without a gap, in minor units
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The smallest
    pub smallest: i64,
    /// The largest, if there is one
    pub largest: Option<i64>,
}

impl Totals {
    /// Every total that a cart can have
    pub const ALL: Self = Self { smallest: 1, largest: None };

    /// How many more totals than one it has
    fn width(self) -> i64 {
        self.largest.unwrap_or(MINOR_MAX).saturating_sub(self.smallest)
    }
}

/// What becomes of a method, whatever the total
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// Where it is offered, or the person need only tell something for it: rising runs that do not touch
    pub offered: Vec<Totals>,
    /// Everything that stands against it somewhere and where it does, in the order in which reasons are told
    pub against: Vec<(Because, Vec<Totals>)>,
}

impl Reach {
    /// The widest run of totals at which it is offered; of equally wide ones the first
    #[must_use]
    pub fn widest(&self) -> Option<Totals> {
        self.offered.iter().copied().reduce(|widest, run| if run.width() > widest.width() { run } else { widest })
    }

    /// What stands against it at every total
    pub fn always(&self) -> impl Iterator<Item = Because> {
        self.against.iter().filter(|(_, totals)| **totals == [Totals::ALL]).map(|(because, _)| *because)
    }
}

/// What becomes of each method for somebody of whom this is known, in the policy's order; the total among the facts does not matter
#[must_use]
pub fn reach(program: &Program, facts: &Facts, today: Date) -> Vec<Reach> {
    let mut facts = facts.clone();
    let mut answer = Answer::default();
    let edges = edges(program, &mut facts, today, &mut answer);
    let mut methods: Vec<(Runs, Vec<(Because, Runs)>)> = answer.methods().iter().map(|_| Default::default()).collect();
    for (place, total) in edges.into_iter().enumerate() {
        facts.set(known::CART_TOTAL, total);
        states_into(program, &mut facts, today, &mut answer);
        for ((method, found), (offered, against)) in answer.methods().iter().enumerate().zip(&mut methods) {
            if found.state != State::Withheld {
                offered.hold(place, total);
                continue;
            }
            for because in reasons(program, method, &answer) {
                match against.iter_mut().find(|(other, _)| *other == because) {
                    Some((_, runs)) => runs.hold(place, total),
                    None => {
                        let mut runs = Runs::default();
                        runs.hold(place, total);
                        against.push((because, runs));
                    }
                }
            }
        }
    }
    let methods = methods.into_iter().map(|(offered, mut against)| {
        against.sort_by_key(|(because, _)| order(because));
        Reach { offered: offered.totals(), against: against.into_iter().map(|(because, runs)| (because, runs.totals())).collect() }
    });
    methods.collect()
}

/// Every total at which the answer about any method may change, and its neighbours, rising: between two of them that are no neighbours
/// nothing changes
fn edges(program: &Program, facts: &mut Facts, today: Date, answer: &mut Answer) -> Vec<i64> {
    // With a total, so that the facts that follow from it are there.
    facts.set(known::CART_TOTAL, 1);
    states_into(program, facts, today, answer);
    let mut edges = Vec::new();
    for place in 0..answer.methods().len() {
        edges.extend(change::edges(program, facts, place));
        edges.sort_unstable();
        edges.dedup();
    }
    let mut edges: Vec<i64> = edges.into_iter().flat_map(|edge| [edge.saturating_sub(1), edge, edge.saturating_add(1)]).collect();
    edges.retain(|total| (1..=MINOR_MAX).contains(total));
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The order of section 7 of `docs/semantics.md`: the rules stand just before the method's own condition
fn order(because: &Because) -> (u8, u8) {
    let of_the_policy = crate::offer::Reason::MethodCondition.number();
    match because.rule {
        Some(rule) => (of_the_policy, rule),
        None if because.reason.is_for_policies() => (of_the_policy, u8::MAX),
        None => (because.reason.number(), 0),
    }
}

/// Runs of totals that were tried one after the other: smallest, largest, and the place of the largest among those that were tried
#[derive(Debug, Default)]
struct Runs(Vec<(i64, i64, usize)>);

impl Runs {
    /// It holds at the total that was tried at that place
    fn hold(&mut self, place: usize, total: i64) {
        match self.0.last_mut() {
            Some((_, largest, last)) if last.saturating_add(1) == place => (*largest, *last) = (total, place),
            Some(_) | None => self.0.push((total, total, place)),
        }
    }

    fn totals(self) -> Vec<Totals> {
        let run = |(smallest, largest, _): (i64, i64, usize)| Totals { smallest, largest: (largest < MINOR_MAX).then_some(largest) };
        self.0.into_iter().map(run).collect()
    }
}
