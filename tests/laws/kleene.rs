//! Conditions as the specification words them: a tree in three-valued logic. The engine asks questions; both must agree.

use tresen_core::facts::Facts;
use tresen_core::policy::{Condition, Node, Policy, Truth};

/// What a condition says about these facts
pub fn truth(policy: &Policy, condition: Condition, facts: &Facts) -> Truth {
    condition.0.map_or(Truth::True, |place| evaluate(policy.conditions.nodes(), usize::from(place), facts).0)
}

fn evaluate(nodes: &[Node], place: usize, facts: &Facts) -> (Truth, usize) {
    match &nodes[place] {
        Node::All { end } => {
            combine(nodes, place + 1, usize::from(*end), facts, |parts| parts.iter().min().copied().unwrap_or(Truth::True))
        }
        Node::Any { end } => {
            combine(nodes, place + 1, usize::from(*end), facts, |parts| parts.iter().max().copied().unwrap_or(Truth::False))
        }
        Node::Not => {
            let (truth, after) = evaluate(nodes, place + 1, facts);
            (truth.negated(), after)
        }
        leaf => (leaf.leaf_truth(facts), place + 1),
    }
}

fn combine(nodes: &[Node], first: usize, end: usize, facts: &Facts, of: fn(&[Truth]) -> Truth) -> (Truth, usize) {
    let (mut parts, mut place) = (Vec::new(), first);
    while place < end {
        let (truth, after) = evaluate(nodes, place, facts);
        parts.push(truth);
        place = after;
    }
    (of(&parts), end)
}
