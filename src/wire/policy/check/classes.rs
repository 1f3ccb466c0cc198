//! What leads into a class, as goals for the search.

use super::possible::Goal;
use super::values::Values;
use tresen_core::facts::known;
use tresen_core::policy::{ClassEntry, Condition, Effect, Policy};

/// One group of goals for every way into one of these risk classes
pub(super) fn into_risk_classes(policy: &Policy, values: &Values) -> Vec<Vec<Goal>> {
    let mut groups = Vec::new();
    for place in places(policy.classes.len(), values) {
        let is = Goal::between(known::RISK_CLASS, number(place), number(place));
        let capped = policy.rules.iter().filter(|rule| matches!(rule.effect, Effect::ClassAtBest(class) if usize::from(class) == place));
        let capped = capped.map(|rule| vec![Goal::holds(rule.when)]);
        groups.extend(before_rules(policy, place).into_iter().chain(capped).map(|mut group| {
            group.push(is.clone());
            group
        }));
    }
    groups
}

/// The ways into a risk class that no rule has part in
pub(super) fn before_rules(policy: &Policy, place: usize) -> Vec<Vec<Goal>> {
    let Some(class) = policy.classes.get(place) else { return Vec::new() };
    let better = policy.classes.iter().take(place);
    let Some(scorecards) = &policy.scorecards else {
        let mut group: Vec<Goal> = better.map(|class| Goal::fails(condition(class.entry))).collect();
        group.push(Goal::holds(condition(class.entry)));
        return vec![group];
    };
    let from = |entry: ClassEntry| match entry {
        ClassEntry::Points(from) => i64::from(from),
        ClassEntry::Rest | ClassEntry::When(_) => i64::MIN,
    };
    let below = better.map(|class| from(class.entry)).min().map_or(i64::MAX, |from| from.saturating_sub(1));
    let unknown = (usize::from(scorecards.unknown_class) == place).then(|| vec![Goal::within(known::RISK_POINTS, Values::missing())]);
    std::iter::once(vec![Goal::between(known::RISK_POINTS, from(class.entry), below)]).chain(unknown).collect()
}

/// One group of goals for every one of these value classes
pub(super) fn into_value_classes(policy: &Policy, values: &Values) -> Vec<Vec<Goal>> {
    let group = |place: usize| {
        let mut group: Vec<Goal> = policy.value_classes.iter().take(place).map(|class| Goal::fails(class.when)).collect();
        group.extend(policy.value_classes.get(place).map(|class| Goal::holds(class.when)));
        group.push(Goal::between(known::VALUE_CLASS, number(place), number(place)));
        group
    };
    places(policy.value_classes.len(), values).map(group).collect()
}

fn condition(entry: ClassEntry) -> Condition {
    match entry {
        ClassEntry::When(when) => when,
        ClassEntry::Rest | ClassEntry::Points(_) => Condition::ALWAYS,
    }
}

fn places(count: usize, values: &Values) -> impl Iterator<Item = usize> {
    (0..count).filter(|place| values.has(number(*place)))
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
