//! Points that nobody gets: the scorecard for new customers is not read for those who return, and the other way round.

use super::super::reader::Reader;
use super::possible::{Goal, World};
use super::values::Values;
use tresen_core::facts::FactIndex;
use tresen_core::policy::{Attribute, Points, Policy};

pub(super) fn check(reader: &mut Reader, policy: &Policy, world: &World<'_>) {
    let Some(scorecards) = &policy.scorecards else { return };
    let returns = Goal::holds(policy.returning);
    let is_new = Goal::fails(policy.returning);
    for (key, who, read, card) in [("new", "new", is_new, &scorecards.new), ("returning", "returning", returns, &scorecards.returning)] {
        if !world.can(vec![read.clone()]) {
            let message = format!("the scorecard `{key}` is never read: nobody is a {who} customer");
            reader.warning("policy.scorecard.unread", &format!("/scorecards/{key}"), message, "mend `returning`");
            continue;
        }
        for (place, attribute) in card.attributes.iter().enumerate() {
            reader.label(format!("scorecard `{key}`, `{}`", policy.name_of(attribute.fact)));
            let can = |values: Values| world.can(vec![read.clone(), Goal::within(attribute.fact, values)]);
            let at = format!("/scorecards/{key}/attributes/{place}");
            check_attribute(reader, attribute, &at, who, can);
            reader.label(String::new());
        }
    }
}

fn check_attribute(reader: &mut Reader, attribute: &Attribute, at: &str, who: &str, can: impl Fn(Values) -> bool) {
    const HELP: &str = "remove it, or mend it or `returning`";
    // Without any value there is only the points for a missing one, which is a choice.
    if !can(Values::present(i64::MIN, i64::MAX)) {
        let message = format!("no {who} customer has a value, so all have the points for a missing one");
        return reader.warning("policy.scorecard.always_missing", at, message, "remove the attribute, or mend `returning`");
    }
    match &attribute.points {
        Points::Bins { edges, .. } => {
            for (place, (least, most)) in bins(edges).enumerate() {
                if !is_outside(attribute.fact, least, most) && !can(Values::present(least, most)) {
                    let message = format!("no {who} customer is in the bin, so nobody gets its points");
                    reader.warning("policy.bins.dead", &format!("{at}/bins/{place}"), message, HELP);
                }
            }
        }
        Points::Categories { values, .. } => {
            let dead: Vec<i64> = values.iter().map(|(value, _)| *value).filter(|value| !can(Values::one_of(&[*value]))).collect();
            if !dead.is_empty() {
                let which = if dead.len() == values.len() { "any" } else { "some" };
                let message = format!("no {who} customer has {which} of the values, so nobody gets their points");
                reader.warning("policy.categories.dead", &format!("{at}/categories"), message, HELP);
            }
        }
    }
}

/// The bins between the edges, each with its smallest and largest value
fn bins(edges: &[(i64, i32)]) -> impl Iterator<Item = (i64, i64)> {
    let starts = std::iter::once(i64::MIN).chain(edges.iter().map(|(edge, _)| *edge));
    let ends = edges.iter().map(|(edge, _)| edge.saturating_sub(1)).chain([i64::MAX]);
    starts.zip(ends)
}

/// Whether the fact can have none of these values at all, which is told elsewhere
fn is_outside(fact: FactIndex, least: i64, most: i64) -> bool {
    fact.range().is_some_and(|(smallest, largest)| most < smallest || least > largest)
}
