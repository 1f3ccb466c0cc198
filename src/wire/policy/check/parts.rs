//! Parts of conditions that make no difference: without them the condition holds for the same orders.
//!
//! A part matters only where the rest leaves the answer to it: where all other parts of its `all` hold, where no other of its `any`
//! does, and so on upwards. Where it can say but one thing there, it may as well be gone.

use super::super::reader::Reader;
use super::possible::{Goal, Says, World};
use tresen_core::policy::{ClassEntry, Condition, Node, Policy};

pub(super) fn check(reader: &mut Reader, policy: &Policy, world: &World<'_>) {
    check_all(reader, policy, world, conditions(policy));
}

/// Looks at conditions, each with what it belongs to
pub(super) fn check_all(reader: &mut Reader, policy: &Policy, world: &World<'_>, conditions: Vec<(String, Condition)>) {
    for (label, when) in conditions {
        // A condition that never holds is told of as a whole.
        let Some(place) = when.0.filter(|_| world.can(vec![Goal::holds(when)])) else { continue };
        reader.label(label);
        Looker { reader, policy, world }.look(place, Says::True, &[]);
    }
    reader.label(String::new());
}

/// Every condition of the policy, with what it belongs to
fn conditions(policy: &Policy) -> Vec<(String, Condition)> {
    let mut all = vec![(String::new(), policy.returning)];
    all.extend(policy.classes.iter().filter_map(|class| match class.entry {
        ClassEntry::When(when) => Some((format!("class `{}`", class.id), when)),
        ClassEntry::Points(_) | ClassEntry::Rest => None,
    }));
    all.extend(policy.value_classes.iter().map(|class| (format!("value class `{}`", class.id), class.when)));
    all.extend(policy.exposure.limits.iter().flatten().map(|limit| (String::new(), limit.when)));
    all.extend(policy.rules.iter().map(|rule| (format!("rule `{}`", rule.id), rule.when)));
    for method in &policy.methods {
        let limits = method.limits.iter().flatten().map(|limit| limit.when);
        all.extend(limits.chain([method.when]).map(|when| (format!("method `{}`", method.id), when)));
    }
    all.extend(policy.orders.iter().map(|order| (String::new(), order.when)));
    all
}

struct Looker<'a> {
    reader: &'a mut Reader,
    policy: &'a Policy,
    world: &'a World<'a>,
}

/// A group whose answer all of its parts make together, or each of them alone
#[derive(Clone, Copy)]
struct Group {
    /// `all`, else `any`
    is_all: bool,
    /// What it is to say: true, or false below `not`
    says: Says,
}

impl Looker<'_> {
    /// Looks at a node that is to say something, where `rest` leaves the answer of the whole condition to it
    fn look(&mut self, place: u16, says: Says, rest: &[Goal]) {
        let (is_all, end) = match self.policy.conditions.nodes().get(usize::from(place)) {
            Some(Node::Not) => return self.look(place.saturating_add(1), says.opposite(), rest),
            Some(Node::All { end }) => (true, *end),
            Some(Node::Any { end }) => (false, *end),
            Some(_) | None => return,
        };
        let group = Group { is_all, says };
        let mut parts = self.parts(place.saturating_add(1), end);
        // The later of two alike is the one too many.
        for part in parts.clone().into_iter().rev() {
            // Long searches have told what they could.
            if self.world.is_exhausted() {
                return;
            }
            if parts.len() > 1 && !self.is_constant(part) && self.is_idle(group, part, &parts, rest) {
                parts.retain(|other| *other != part);
            }
        }
        for part in &parts {
            let rest: Vec<Goal> = rest.iter().cloned().chain(group.others(*part, &parts)).collect();
            self.look(*part, says, &rest);
        }
    }

    fn parts(&self, first: u16, end: u16) -> Vec<u16> {
        let next = |place: &u16| Some(self.policy.conditions.after(*place)).filter(|next| *next < end);
        std::iter::successors(Some(first).filter(|first| *first < end), next).collect()
    }

    /// What always says the same has been told of
    fn is_constant(&self, part: u16) -> bool {
        match self.policy.conditions.nodes().get(usize::from(part)) {
            Some(Node::Constant(_)) | None => true,
            Some(Node::All { end } | Node::Any { end }) => *end == part.saturating_add(1),
            Some(_) => false,
        }
    }

    /// Whether a part makes no difference, which is told
    fn is_idle(&mut self, group: Group, part: u16, parts: &[u16], rest: &[Goal]) -> bool {
        let Group { is_all, says } = group;
        let with = |others: bool, says: Says| {
            let others = if others { group.others(part, parts) } else { Vec::new() };
            self.world.can(rest.iter().cloned().chain(others).chain([Goal::node(part, says)]).collect())
        };
        let alone = group.decides_alone();
        if with(true, if alone { says } else { says.otherwise() }) {
            return false;
        }
        let message = match (is_all, alone) {
            (false, true) if !with(false, says) => "this part of `any` can never hold, given what else must hold",
            (false, true) => "this part of `any` holds only where another part does",
            (true, true) if !with(false, says) => "this part of `all` can never fail, given what else must hold",
            (true, true) => "this part of `all` fails only where another part does",
            (true, false) => "this part of `all` always holds where the others do",
            (false, false) => "this part of `any` never holds where the others do not",
        };
        let code = if alone { "policy.condition.dead" } else { "policy.condition.idle" };
        let at = self.reader.place_of(part);
        self.reader.warning(
            code,
            &at,
            message,
            "remove it, for the condition holds for the same orders without it; or mend what was meant otherwise",
        );
        true
    }
}

impl Group {
    /// Whether one part is enough for what the group is to say
    fn decides_alone(self) -> bool {
        self.is_all != (self.says == Says::True)
    }

    /// What the other parts must say for the answer to be left to one
    fn others(self, part: u16, parts: &[u16]) -> Vec<Goal> {
        let says = if self.decides_alone() { self.says.otherwise() } else { self.says };
        parts.iter().filter(|other| **other != part).map(|other| Goal::node(*other, says)).collect()
    }
}
