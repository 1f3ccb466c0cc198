//! Facts that a policy declares and then forgets.

use super::super::reader::Reader;
use crate::json::push_key;
use tresen_core::facts::FactIndex;
use tresen_core::policy::Policy;

pub(super) fn check(reader: &mut Reader, policy: &Policy) {
    // What could not be read may have been about any of them.
    if reader.broken {
        return;
    }
    let read = read_facts(policy);
    for custom in policy.custom.iter().filter(|custom| !read.contains(&custom.index)) {
        let mut at = "/facts".to_owned();
        push_key(&mut at, &custom.name);
        let message = format!("nothing in the policy reads `{}`", custom.name);
        reader.warning("policy.fact.unused", &at, message, "use it in a condition, a scorecard or the `fields` of a method, or remove it");
    }
}

/// Every fact that decides anything or is asked for
fn read_facts(policy: &Policy) -> Vec<FactIndex> {
    let of_case = policy.collection.iter().flat_map(|collection| collection.conditions.nodes());
    let of_methods = policy.settlement.iter().flat_map(|settlement| settlement.conditions.nodes());
    let conditions = policy.conditions.nodes().iter().chain(of_case).chain(of_methods).flat_map(|node| node.facts().into_iter().flatten());
    let cards = policy.scorecards.iter().flat_map(|cards| [&cards.new, &cards.returning]);
    let scored = cards.flat_map(|card| card.attributes.iter().map(|attribute| attribute.fact));
    let asked = policy.methods.iter().flat_map(|method| method.fields.iter().copied());
    conditions.chain(scored).chain(asked).chain(policy.exposure.ladder.iter().map(|ladder| ladder.fact)).collect()
}
