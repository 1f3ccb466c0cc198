//! Points that can be reached, and the classes behind them.

use super::super::reader::Reader;
use super::is_given_by_a_rule;
use tresen_core::facts::FactKind;
use tresen_core::policy::{Attribute, ClassEntry, Points, Policy, Scorecard};

pub(super) fn check(reader: &mut Reader, policy: &Policy) {
    let Some(scorecards) = &policy.scorecards else { return };
    let cards = [("new", &scorecards.new), ("returning", &scorecards.returning)];
    // An attribute that could not be read would shift the places of those after it.
    let whole = if reader.scores_whole { &cards[..] } else { &[] };
    for (key, card) in whole {
        for (place, attribute) in card.attributes.iter().enumerate() {
            check_bins(reader, policy, attribute, &format!("/scorecards/{key}/attributes/{place}/bins"));
        }
    }
    let (mut lowest, mut highest) = (i64::MAX, i64::MIN);
    for (_, card) in cards {
        let (least, most) = reach(card);
        lowest = lowest.min(least);
        highest = highest.max(most);
    }
    let mut before: Option<i64> = None;
    for (place, class) in policy.classes.iter().enumerate() {
        let at = format!("/classes/{place}");
        let given = is_given_by_a_rule(policy, place) || usize::from(scorecards.unknown_class) == place || !reader.scores_whole;
        match class.entry {
            ClassEntry::Points(from) => {
                let from = i64::from(from);
                if let Some(before) = before.filter(|before| from >= *before) {
                    let message =
                        format!("nobody reaches class `{}`: the class before it takes everybody from {before} points on", class.id);
                    reader.problem(
                        "policy.class.order",
                        &format!("{at}/from_points"),
                        message,
                        "write classes from the most points to the fewest",
                    );
                } else if from > highest && !given {
                    let message =
                        format!("nobody reaches class `{}`: it begins at {from} points, and the most one can get is {highest}", class.id);
                    reader.problem("policy.class.unreachable", &format!("{at}/from_points"), message, format!("write at most {highest}"));
                }
                before = Some(before.map_or(from, |before| before.min(from)));
            }
            ClassEntry::Rest => {
                if let Some(before) = before.filter(|before| *before <= lowest && !given) {
                    let message = format!(
                        "nobody reaches class `{}`: everybody has {lowest} points or more, and {before} are enough for the one before",
                        class.id
                    );
                    reader.problem(
                        "policy.class.unreachable",
                        &at,
                        message,
                        "raise the `from_points` of the class before, or remove the class",
                    );
                }
            }
            ClassEntry::When(_) => {}
        }
    }
}

/// The fewest and the most points that a scorecard can give
fn reach(card: &Scorecard) -> (i64, i64) {
    card.attributes.iter().fold((card.base.into(), card.base.into()), |(lowest, highest): (i64, i64), attribute| {
        let (single, pairs) = match &attribute.points {
            Points::Bins { first, edges } => (*first, edges),
            Points::Categories { values, other } => (*other, values),
        };
        let all = pairs.iter().map(|pair| pair.1).chain([attribute.missing]);
        let (least, most) = all.fold((single, single), |(least, most), points| (least.min(points), most.max(points)));
        (lowest.saturating_add(least.into()), highest.saturating_add(most.into()))
    })
}

/// A bin that lies outside what the fact can be gives its points to nobody
fn check_bins(reader: &mut Reader, policy: &Policy, attribute: &Attribute, at: &str) {
    let Points::Bins { edges, .. } = &attribute.points else { return };
    let Some((least, most)) = attribute.fact.range().filter(|_| policy.kind_of(attribute.fact) != Some(FactKind::Date)) else { return };
    for (place, (edge, _)) in edges.iter().enumerate() {
        // The edge ends the bin at `place` and begins the one after it.
        let (empty, side) = if *edge <= least {
            (place, "below")
        } else if *edge > most {
            (place.saturating_add(1), "above")
        } else {
            continue;
        };
        let message = format!("the bin lies {side} everything that `{}` can be, {least} to {most}", policy.name_of(attribute.fact));
        reader.problem("policy.bins.unreachable", &format!("{at}/{empty}"), message, "remove the bin, or mend its bounds");
    }
}
