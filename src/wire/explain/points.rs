//! What a fact added to the points, and what it could have added.

use super::used::Use;
use serde::Serialize;
use tresen_core::facts::{FactIndex, Facts};
use tresen_core::policy::{Attribute, Points, Policy, Scorecard};

/// The part of a fact in the points
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The attribute: the fact itself, or one that follows from it
    pub attribute: String,
    /// What it added
    pub given: i32,
    /// The least that it could have added
    pub least: i32,
    /// The most
    pub most: i32,
}

/// The parts of a fact in the points of a scorecard, through itself and through what follows from it
pub(super) fn shares(policy: &Policy, card: Option<&Scorecard>, used: &Use, fact: FactIndex, derived: &Facts) -> Vec<Share> {
    let attributes = card.map_or(&[][..], |card| &card.attributes);
    let own = attributes.iter().filter(|attribute| attribute.fact == fact || used.through.contains(&attribute.fact));
    own.map(|attribute| share(policy, attribute, derived)).collect()
}

fn share(policy: &Policy, attribute: &Attribute, derived: &Facts) -> Share {
    let all = possible(&attribute.points).chain([attribute.missing]);
    let (least, most) = all.fold((i32::MAX, i32::MIN), |(least, most), points| (least.min(points), most.max(points)));
    let given = derived.get(attribute.fact).map_or(attribute.missing, |value| points(&attribute.points, value));
    Share { attribute: policy.name_of(attribute.fact).to_owned(), given, least, most }
}

fn possible(points: &Points) -> impl Iterator<Item = i32> {
    let (single, pairs) = match points {
        Points::Bins { first, edges } => (*first, edges),
        Points::Categories { values, other } => (*other, values),
    };
    pairs.iter().map(|(_, points)| *points).chain([single])
}

fn points(points: &Points, value: i64) -> i32 {
    match points {
        Points::Bins { first, edges } => edges.iter().take_while(|(edge, _)| *edge <= value).last().map_or(*first, |(_, points)| *points),
        Points::Categories { values, other } => {
            values.iter().find(|(category, _)| *category == value).map_or(*other, |(_, points)| *points)
        }
    }
}
