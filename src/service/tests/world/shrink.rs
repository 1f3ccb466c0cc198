//! A world that breaks something is tried and made as short as it can be.

use crate::common::books::Broken;
use crate::live::World;
use crate::make::CUSTOMERS;
use crate::step::{By, Fact, Setting, Step};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Nobody waits longer for a shorter story
const PATIENCE: Duration = Duration::from_secs(90);

/// What breaks in a world, and after how many steps; nothing where all is well
pub fn tried(steps: &[Step], setting: Setting, planted: Option<&str>) -> Option<(Broken, usize)> {
    let done = Cell::new(0);
    let lived = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(setting, planted);
        let sound = world.lives(steps);
        done.set(world.done);
        sound
    }));
    let lived = lived.unwrap_or_else(|problem| {
        done.set(steps.len());
        let said = problem.downcast_ref::<String>().cloned().or_else(|| problem.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Broken("panic", said.unwrap_or_default()))
    });
    lived.err().map(|broken| (broken, done.get()))
}

/// The shortest list of steps that was found by leaving some out and that breaks the same
pub fn shortest(steps: &[Step], setting: Setting, (broken, done): &(Broken, usize)) -> Vec<Step> {
    let began = Instant::now();
    let breaks = |steps: &[Step]| began.elapsed() < PATIENCE && tried(steps, setting, None).is_some_and(|(other, _)| other.0 == broken.0);
    let mut steps = steps[..(*done).min(steps.len())].to_vec();
    // Whoever has nothing to do with it goes first.
    for who in 0..CUSTOMERS {
        let less: Vec<Step> = steps.iter().filter(|step| whose(step) != Some(who)).cloned().collect();
        if breaks(&less) {
            steps = less;
        }
    }
    let mut part = steps.len() / 2;
    while part > 0 {
        let mut from = 0;
        while from < steps.len() {
            let less: Vec<Step> = steps[..from].iter().chain(&steps[(from + part).min(steps.len())..]).cloned().collect();
            if breaks(&less) {
                steps = less;
            } else {
                from += part;
            }
        }
        part /= 2;
    }
    steps
}

/// Whose life a step is of
fn whose(step: &Step) -> Option<usize> {
    let Step::Tell(_, fact) = step else { return None };
    match fact {
        Fact::Buys { who, .. }
        | Fact::Matches { who, .. }
        | Fact::Credits { who, .. }
        | Fact::Withdraws { who, .. }
        | Fact::WritesOff { who, .. }
        | Fact::Waives { who, .. }
        | Fact::Holds { who, .. }
        | Fact::Releases { who }
        | Fact::Moves { who, .. }
        | Fact::News { who, .. }
        | Fact::Promises { who, .. }
        | Fact::Looks { who }
        | Fact::Erases { who }
        | Fact::Pays { by: By::Reference { who, .. } | By::Customer { who } | By::Claim { who, .. } | By::Both { who, .. }, .. } => {
            Some(*who)
        }
        Fact::Pays { .. }
        | Fact::Reverses { .. }
        | Fact::ChargesBack { .. }
        | Fact::Refunds { .. }
        | Fact::RefundEnds { .. }
        | Fact::Works { .. } => None,
    }
}
