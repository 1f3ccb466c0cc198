//! Methods that typical people never see, and what stands between.

use super::super::reader::Reader;
use crate::reach::{always_valid, facts, rule};
use tresen_core::date::Date;
use tresen_core::facts::FactKind;
use tresen_core::offer::{Because, Reason};
use tresen_core::people::Person;
use tresen_core::policy::{Method, Node, Points, Policy};
use tresen_core::reach::{Reach, reach};

const HELP: &str = "`tresen policy reach` says to whom it is offered at which totals, and what of a person would have to be different";

pub(super) fn check(reader: &mut Reader, policy: &Policy) {
    // The people's days count from the day of the decision, which nobody knows here.
    if names_days(policy) {
        return;
    }
    let policy = &always_valid(policy);
    let program = policy.program();
    let people: Vec<(bool, Vec<Reach>)> = Person::ALL
        .iter()
        .map(|person| (person.is_guest, reach(&program, &facts(policy, person, Date::default()), Date::default())))
        .collect();
    for (place, method) in policy.methods.iter().enumerate() {
        let at = format!("/methods/{place}");
        // That counsel is missing has been said.
        if method.kind.is_on_account() && !policy.registration_checked {
            continue;
        }
        let of =
            |only_guests: bool| people.iter().filter(move |(is_guest, _)| *is_guest || !only_guests).filter_map(|(_, all)| all.get(place));
        let never = |only_guests: bool| of(only_guests).all(|reach| reach.offered.is_empty());
        reader.label(format!("method `{}`", method.id));
        if never(false) {
            let message = format!("it is offered to nobody among {} typical people: {}", Person::ALL.len(), why(policy, method, of(false)));
            reader.warning("policy.method.nobody", &at, message, HELP);
        } else if never(true) {
            let message = format!("it is offered to no guest: {}", why(policy, method, of(true)));
            reader.note("policy.method.no_guest", &at, message, HELP);
        }
        reader.label(String::new());
        let is_fallback = policy.fallback.checked_shr(u32::try_from(place).unwrap_or(u32::MAX)).is_some_and(|bits| bits & 1 == 1);
        if is_fallback && never(true) {
            let message = format!("`{}` is shown where nothing can be decided, and the policy offers it to no guest", method.id);
            reader.warning("policy.fallback.withheld", "/fallback", message, "name a method that every guest may use, or widen this one");
        }
    }
}

/// Whether the policy holds a date against days of the calendar
fn names_days(policy: &Policy) -> bool {
    let is_date = |fact| policy.kind_of(fact) == Some(FactKind::Date);
    let in_conditions = policy.conditions.nodes().iter().any(|node| match node {
        Node::Compare { fact, .. } | Node::OneOf { fact, .. } => is_date(*fact),
        Node::CompareFacts { left, .. } => is_date(*left),
        Node::Constant(_) | Node::All { .. } | Node::Any { .. } | Node::Not | Node::Contains { .. } | Node::Present { .. } => false,
    });
    let cards = policy.scorecards.iter().flat_map(|cards| cards.new.attributes.iter().chain(&cards.returning.attributes));
    in_conditions || cards.filter(|attribute| matches!(attribute.points, Points::Bins { .. })).any(|attribute| is_date(attribute.fact))
}

/// What stands against the method for all of them at every total
fn why<'a>(policy: &Policy, method: &Method, mut people: impl Iterator<Item = &'a Reach>) -> String {
    let mut common: Vec<Because> = people.next().map(|reach| reach.always().collect()).unwrap_or_default();
    people.for_each(|reach| common.retain(|because| reach.always().any(|other| other == *because)));
    if common.is_empty() {
        return "at every total one thing or another stands against it".to_owned();
    }
    let words = |because: &Because| match (rule(policy, *because), because.reason) {
        (Some(rule), _) => format!("rule `{rule}` withholds it at every total"),
        (None, Reason::AmountMinimum) => "every total is below its minimum".to_owned(),
        (None, Reason::AmountMaximum) => "every total is above its limits".to_owned(),
        (None, Reason::ExposureExceeded) => "they may owe nothing".to_owned(),
        (None, reason) if reason == method.reason => "its `when` does not hold at any total".to_owned(),
        (None, reason) => format!("the reason `{}` stands at every total", reason.code()),
    };
    common.iter().map(words).collect::<Vec<_>>().join("; ")
}
