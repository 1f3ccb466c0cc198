//! Points that can be reached, and the classes behind them.

use super::super::reader::Reader;
use super::is_given_by_a_rule;
use tresen_core::facts::{FactIndex, FactKind, known};
use tresen_core::policy::{Attribute, ClassEntry, Points, Policy, Scorecard, Scorecards};

/// Words in the name of a fact of one's own that say what somebody is; in English and German
const PERSONAL: [&str; 24] = [
    "age",
    "alter",
    "sex",
    "gender",
    "geschlecht",
    "nationality",
    "citizenship",
    "origin",
    "herkunft",
    "ethnicity",
    "race",
    "religion",
    "disability",
    "behinderung",
    "name",
    "firstname",
    "vorname",
    "lastname",
    "nachname",
    "surname",
    "postcode",
    "zip",
    "plz",
    "marital",
];

pub(super) fn check(reader: &mut Reader, policy: &Policy) {
    let Some(scorecards) = &policy.scorecards else { return };
    let cards = [("new", &scorecards.new), ("returning", &scorecards.returning)];
    // An attribute that could not be read would shift the places of those after it.
    let whole = if reader.scores_whole { &cards[..] } else { &[] };
    for (key, card) in whole {
        for (place, attribute) in card.attributes.iter().enumerate() {
            let at = format!("/scorecards/{key}/attributes/{place}");
            reader.label(format!("scorecard `{key}`, `{}`", policy.name_of(attribute.fact)));
            check_bins(reader, policy, attribute, &format!("{at}/bins"));
            check_weight(reader, attribute, &at);
            check_fairness(reader, policy.name_of(attribute.fact), attribute.fact, &at);
            reader.label(String::new());
        }
    }
    let (lowest, highest) = reach_of(scorecards);
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

/// The fewest and the most points that an order can have, if the scorecards could be read
pub(super) fn reachable(reader: &Reader, policy: &Policy) -> Option<(i64, i64)> {
    policy.scorecards.as_ref().filter(|_| reader.scores_whole).map(reach_of)
}

fn reach_of(scorecards: &Scorecards) -> (i64, i64) {
    let ((least, most), (other_least, other_most)) = (reach(&scorecards.new), reach(&scorecards.returning));
    (least.min(other_least), most.max(other_most))
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

/// An attribute that makes no difference
fn check_weight(reader: &mut Reader, attribute: &Attribute, at: &str) {
    let (one, pairs) = match &attribute.points {
        Points::Bins { first, edges } => (*first, edges),
        Points::Categories { values, other } => (*other, values),
    };
    if attribute.missing == one && pairs.iter().all(|(_, points)| *points == one) {
        let message = format!("whatever the value, the points are {one}");
        reader.warning("policy.scorecard.constant", at, message, "give different values different points, or remove the attribute");
    }
}

/// What people are must not be held against them: only what they did, and age only to keep credit from minors
fn check_fairness(reader: &mut Reader, name: &str, fact: FactIndex, at: &str) {
    const CODE: &str = "policy.scorecard.unfair";
    let word = name.strip_prefix("custom.").and_then(|rest| rest.split('_').find(|word| PERSONAL.contains(word)));
    if [known::CUSTOMER_AGE, known::CUSTOMER_BIRTH_DATE].contains(&fact) {
        let help = "score something that the customer did; to keep credit from minors, write a rule with `customer.age`";
        reader.warning(CODE, at, "people are rated by their age", help);
    } else if let Some(word) = word {
        let help = "score something that the customer did, such as paying on time";
        reader.warning(CODE, at, format!("people are rated by what they are: `{word}`"), help);
    }
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
        let message = format!("the bin lies {side} everything that the fact can be, {least} to {most}");
        reader.problem("policy.bins.unreachable", &format!("{at}/{empty}"), message, "remove the bin, or mend its bounds");
    }
}
