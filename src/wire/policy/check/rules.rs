//! Rules that never apply, and rules that change nothing where they do.

use super::super::reader::Reader;
use super::classes;
use super::methods::{amounts, exposure_maximum};
use super::possible::{Goal, World};
use tresen_core::policy::{Effect, Method, Policy, Rule};

pub(super) fn check(reader: &mut Reader, policy: &Policy, world: &World<'_>) {
    for (place, rule) in policy.rules.iter().enumerate() {
        reader.label(format!("rule `{}`", rule.id));
        let at = format!("/rules/{place}");
        if !world.can(vec![Goal::holds(rule.when)]) {
            let message = "no order can meet its condition, so it never applies";
            reader.problem("policy.rule.unreachable", &format!("{at}/when"), message, "mend its `when`, or remove the rule");
            continue;
        }
        match rule.effect {
            Effect::Withhold { methods, .. } => check_withholding(reader, (policy, world), rule, methods, place, &at),
            Effect::ClassAtBest(0) => {
                let message = "no class is better than the first, so it changes nothing";
                reader.warning("policy.rule.class_is_best", &format!("{at}/class_at_best"), message, "name a later class");
            }
            // What leads into the classes is known only if all of them could be read.
            Effect::ClassAtBest(_) if reader.broken => {}
            Effect::ClassAtBest(class) => check_cap(reader, (policy, world), rule, class, place, &at),
        }
    }
    reader.label(String::new());
}

fn check_withholding(reader: &mut Reader, (policy, world): (&Policy, &World<'_>), rule: &Rule, methods: u16, place: usize, at: &str) {
    let wider = policy.rules.iter().take(place).find(|earlier| match earlier.effect {
        Effect::Withhold { methods: others, .. } => {
            methods & !others == 0 && !world.can(vec![Goal::holds(rule.when), Goal::fails(earlier.when)])
        }
        Effect::ClassAtBest(_) => false,
    });
    if let Some(wider) = wider {
        let message = format!("it changes nothing but the reasons: rule `{}` already withholds the same methods", wider.id);
        let help = format!("remove it, or narrow rule `{}`", wider.id);
        return reader.warning("policy.rule.redundant", at, message, help);
    }
    if reader.broken {
        return;
    }
    // A method that nobody gets is told of for itself.
    let withheld = policy.methods.iter().enumerate().filter(|(method, _)| methods >> method & 1 == 1);
    let withheld: Vec<Vec<Goal>> =
        withheld.map(|(method, found)| offered(policy, world, (method, found), place)).filter(|goals| world.can(goals.clone())).collect();
    let bites = |mut goals: Vec<Goal>| {
        goals.push(Goal::holds(rule.when));
        world.can(goals)
    };
    if !withheld.is_empty() && !withheld.into_iter().any(bites) {
        let message = "it changes nothing but the reasons: where it applies, no method that it withholds is offered anyway";
        reader.warning("policy.rule.idle", at, message, "mend its `when`, or remove the rule");
    }
}

/// What must be so for a method to be offered, as far as its own terms and the rules before a place say
fn offered(policy: &Policy, world: &World<'_>, (place, method): (usize, &Method), rules: usize) -> Vec<Goal> {
    let mut goals = vec![Goal::holds(method.when)];
    goals.extend(amounts(method, exposure_maximum(policy, world).filter(|_| method.kind.bears_credit_risk())));
    let earlier = policy.rules.iter().take(rules).filter(|rule| match rule.effect {
        Effect::Withhold { methods, .. } => methods >> place & 1 == 1,
        Effect::ClassAtBest(_) => false,
    });
    goals.extend(earlier.map(|rule| Goal::fails(rule.when)));
    goals
}

/// A cap on orders that are in that class or a worse one anyway
fn check_cap(reader: &mut Reader, (policy, world): (&Policy, &World<'_>), rule: &Rule, class: u8, place: usize, at: &str) {
    let better: Vec<Vec<Goal>> = (0..usize::from(class)).flat_map(|better| classes::before_rules(policy, better)).collect();
    let earlier = policy.rules.iter().take(place).filter(|rule| matches!(rule.effect, Effect::ClassAtBest(other) if other >= class));
    let goals = earlier.map(|rule| Goal::fails(rule.when)).chain([Goal::holds(rule.when), Goal::either(better)]);
    if !world.can(goals.collect()) {
        let id = policy.classes.get(usize::from(class)).map_or("", |class| class.id.as_str());
        let message = format!("it changes nothing: every order that it applies to is in class `{id}` or a worse one anyway");
        let help = "name a later class, mend its `when`, or remove the rule";
        reader.warning("policy.rule.class_is_worse", &format!("{at}/class_at_best"), message, help);
    }
}
