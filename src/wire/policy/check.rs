//! What a policy says without meaning it: methods that can never be used, classes that nobody reaches, limits behind a closed door.

mod bins;
mod classes;
mod collection;
mod methods;
mod parts;
mod people;
mod possible;
mod rules;
mod scores;
mod settlement;
mod usage;
mod values;

use super::reader::Reader;
use super::{Merchant, SIZE_COMFORTABLE};
use possible::{Goal, World};
use tresen_core::policy::{ClassEntry, Condition, Conditions, Effect, Policy};

/// Looks at a policy as a whole and tells the reader what is wrong with it
pub(super) fn check(reader: &mut Reader, merchant: &Merchant) {
    let policy = reader.policy.clone();
    let world = World::new(&policy, scores::reachable(reader, &policy), !reader.broken);
    rules::check(reader, &policy, &world);
    check_classes(reader, &policy, &world);
    scores::check(reader, &policy);
    if !reader.broken {
        check_probabilities(reader, &policy);
    }
    usage::check(reader, &policy);
    methods::check(reader, &policy, &world, merchant);
    let limits = policy.exposure.limits.iter().flatten().map(|limit| limit.when);
    check_list(reader, &world, limits, "policy.limit.unreachable", "/exposure/limits", "the limit");
    check_list(reader, &world, policy.orders.iter().map(|order| order.when), "policy.order.unreachable", "/order", "the order");
    collection::check(reader, &policy);
    settlement::check(reader, &policy, merchant);
    if !reader.broken {
        bins::check(reader, &policy, &world);
        parts::check(reader, &policy, &world);
        // A mistake stands in people's way as a rule does: first it is to be mended.
        if reader.errors() == 0 {
            people::check(reader, &policy);
        }
        let size = policy.to_bytes().len();
        if size > SIZE_COMFORTABLE {
            let message = format!("the compiled policy has {size} bytes, more than {SIZE_COMFORTABLE}");
            reader.warning("policy.size", "", message, "a Shopify metafield may not hold it; use fewer or shorter texts and conditions");
        }
    }
}

/// Entries of which the first that holds counts: each must have its chance
fn check_list(reader: &mut Reader, world: &World<'_>, entries: impl Iterator<Item = Condition>, code: &'static str, at: &str, what: &str) {
    let mut before: Vec<Condition> = Vec::new();
    for (place, when) in entries.enumerate() {
        let at = format!("{at}/{place}");
        if !world.can(vec![Goal::holds(when)]) {
            reader.problem(code, &at, format!("{what} never counts: no order can meet its condition"), "mend its `when`, or remove it");
        } else if !reaches(world, &before, when) {
            let message = format!("{what} never counts: one before it always holds first");
            reader.problem(code, &at, message, "move it up, or remove it");
        }
        before.push(when);
    }
}

/// A policy as those conditions ask it that lie apart; what leads into the classes of the order stays outside
fn asking(policy: &Policy, conditions: &Conditions) -> Policy {
    Policy { conditions: conditions.clone(), ..policy.clone() }
}

fn reaches(world: &World<'_>, before: &[Condition], when: Condition) -> bool {
    let goals = before.iter().map(|earlier| Goal::fails(*earlier)).chain([Goal::holds(when)]);
    world.can(goals.collect())
}

fn check_classes(reader: &mut Reader, policy: &Policy, world: &World<'_>) {
    check_list(
        reader,
        world,
        policy.value_classes.iter().map(|class| class.when),
        "policy.value_class.unreachable",
        "/value_classes",
        "the value class",
    );
    if policy.scorecards.is_some() {
        return;
    }
    let mut before: Vec<Condition> = Vec::new();
    for (place, class) in policy.classes.iter().enumerate() {
        let when = match class.entry {
            ClassEntry::When(when) => when,
            ClassEntry::Rest | ClassEntry::Points(_) => Condition::ALWAYS,
        };
        if !is_given_by_a_rule(policy, place) && !reaches(world, &before, when) {
            let message = format!("nobody reaches class `{}`", class.id);
            let help = "mend its `when` or those before it, or remove the class";
            reader.problem("policy.class.unreachable", &format!("/classes/{place}"), message, help);
        }
        before.push(when);
    }
}

/// Classes run from best to worst, so their probabilities of default rise
fn check_probabilities(reader: &mut Reader, policy: &Policy) {
    for (place, (better, worse)) in policy.classes.iter().zip(policy.classes.iter().skip(1)).enumerate() {
        if worse.default_probability_ppm < better.default_probability_ppm && !worse.id.is_empty() {
            let message = format!("class `{}` comes after class `{}`, and a default is less likely in it", worse.id, better.id);
            let at = format!("/classes/{}/default_probability_ppm", place.saturating_add(1));
            reader.warning("policy.probability.order", &at, message, "write classes from best to worst, or mend the probabilities");
        }
    }
}

/// Whether a rule may put orders into that class
fn is_given_by_a_rule(policy: &Policy, place: usize) -> bool {
    policy.rules.iter().any(|rule| match rule.effect {
        Effect::ClassAtBest(class) => usize::from(class) == place,
        Effect::Withhold { .. } => false,
    })
}
