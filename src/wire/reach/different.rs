//! What of a person would have to be different, found by trying what the policy asks about.

use tresen_core::change::settle_overdue;
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind, Facts, Text, Visibility, known};
use tresen_core::money::MINOR_MAX;
use tresen_core::offer::country_value;
use tresen_core::policy::{Node, Points, Policy};
use tresen_core::program::Program;
use tresen_core::reach::{Reach, reach};

/// Pairs of differences that are tried for one person, after which it is left at what was found
const PAIRS_MAX: usize = 1_000;

/// Facts that are different together; a list is one that lies among the facts already
type Change = Vec<(FactIndex, i64)>;

/// For each method: nothing if it is offered at some total, else what brings it back, each with where it is offered then
///
/// For each fact the nearest value that does it alone; where no fact does, the first two that do together. The lists that are named lie
/// among the facts from then on; what is known of the person stays the same.
pub(super) fn find((policy, program): (&Policy, &Program), facts: &mut Facts, today: Date, found: &[Reach]) -> Vec<Vec<(Change, Reach)>> {
    let mut back: Vec<Vec<(Change, Reach)>> = found.iter().map(|_| Vec::new()).collect();
    let is_never = |method: usize| found.get(method).is_some_and(|reach| reach.offered.is_empty());
    if !(0..found.len()).any(is_never) {
        return back;
    }
    let questions = questions(policy, facts, today);
    for changes in &questions {
        let before: Vec<usize> = back.iter().map(Vec::len).collect();
        for change in changes {
            let tried = reach(program, &with(facts, change), today);
            for (method, reach) in tried.into_iter().enumerate().filter(|(method, reach)| is_never(*method) && !reach.offered.is_empty()) {
                // Of one fact the nearest value is enough.
                if let Some(back) = back.get_mut(method).filter(|back| before.get(method) == Some(&back.len())) {
                    back.push((change.clone(), reach));
                }
            }
        }
    }
    let mut tried = 0_usize;
    for (place, changes) in questions.iter().enumerate() {
        for other in questions.iter().skip(place.saturating_add(1)).flatten() {
            for change in changes {
                let open =
                    |back: &[Vec<(Change, Reach)>]| back.iter().enumerate().any(|(method, back)| is_never(method) && back.is_empty());
                if tried >= PAIRS_MAX || !open(&back) {
                    return back;
                }
                tried = tried.saturating_add(1);
                let change = both(change, other);
                for (method, reach) in reach(program, &with(facts, &change), today).into_iter().enumerate() {
                    if let Some(back) = back.get_mut(method).filter(|back| is_never(method) && back.is_empty() && !reach.offered.is_empty())
                    {
                        back.push((change.clone(), reach));
                    }
                }
            }
        }
    }
    back
}

fn with(facts: &Facts, change: &[(FactIndex, i64)]) -> Facts {
    let mut facts = facts.clone();
    change.iter().for_each(|(fact, value)| facts.set(*fact, *value));
    facts
}

fn both(one: &[(FactIndex, i64)], other: &[(FactIndex, i64)]) -> Change {
    let more = other.iter().filter(|(fact, _)| one.iter().all(|(known, _)| known != fact));
    one.iter().chain(more).copied().collect()
}

/// For each fact that the policy asks about, what it could be instead: the nearest first
fn questions(policy: &Policy, facts: &mut Facts, today: Date) -> Vec<Vec<Change>> {
    let settled = settled(facts);
    let mut asked = asked(policy);
    asked.sort_unstable_by_key(|(fact, _)| *fact);
    let mut questions: Vec<Vec<Change>> = Vec::new();
    if !settled.is_empty() {
        questions.push(vec![settled.clone()]);
    }
    for (fact, marks) in asked {
        // What is overdue goes as a whole, or the account would contradict itself.
        if settled.iter().all(|(other, _)| *other != fact) {
            let is_list = policy.kind_of(fact) == Some(FactKind::Texts);
            let values = if is_list { lists(facts, fact, marks) } else { values(policy, facts, today, fact, &marks) };
            questions.push(values.into_iter().map(|(fact, value)| consistent(facts, fact, value)).collect());
        }
    }
    questions
}

/// What changes when everything overdue is paid; nothing if nothing is
fn settled(facts: &Facts) -> Change {
    if facts.get(known::ACCOUNT_OVERDUE_BALANCE).is_none_or(|overdue| overdue == 0) {
        return Vec::new();
    }
    let mut after = facts.clone();
    settle_overdue(&mut after);
    let account =
        [known::ACCOUNT_OPEN_BALANCE, known::ACCOUNT_OVERDUE_BALANCE, known::ACCOUNT_OVERDUE_COUNT, known::ACCOUNT_OVERDUE_DAYS_MAX];
    account.into_iter().filter(|fact| facts.get(*fact) != after.get(*fact)).filter_map(|fact| Some((fact, after.get(fact)?))).collect()
}

/// A fact with what must be so too: only somebody who is signed in has a past, and who has paid is known
fn consistent(facts: &Facts, fact: FactIndex, value: i64) -> Change {
    let is_past =
        fact.name().is_some_and(|name| name.starts_with("history.")) || [known::CUSTOMER_KNOWN, known::CUSTOMER_SINCE].contains(&fact);
    let has_paid = [known::HISTORY_ORDERS_PAID, known::HISTORY_PAID_ON_TIME, known::HISTORY_PAID_TOTAL].contains(&fact) && value > 0;
    let implied = [(known::CUSTOMER_SIGNED_IN, is_past), (known::CUSTOMER_KNOWN, has_paid)];
    let implied = implied.into_iter().filter(|(other, applies)| *applies && *other != fact && facts.get(*other) != Some(1));
    implied.map(|(other, _)| (other, 1)).chain([(fact, value)]).collect()
}

/// Every fact that the policy asks about, with the values that it names
fn asked(policy: &Policy) -> Vec<(FactIndex, Vec<i64>)> {
    let mut asked: Vec<(FactIndex, Vec<i64>)> = Vec::new();
    let mut add = |fact: FactIndex, values: &mut dyn Iterator<Item = i64>| match asked.iter_mut().find(|(other, _)| *other == fact) {
        Some((_, marks)) => marks.extend(values),
        None => asked.push((fact, values.collect())),
    };
    for node in policy.conditions.nodes() {
        match node {
            Node::Compare { fact, value, .. } => add(*fact, &mut [*value].into_iter()),
            Node::OneOf { fact, values, .. } => add(*fact, &mut values.iter().copied()),
            Node::CompareFacts { left, right, .. } => [left, right].into_iter().for_each(|fact| add(*fact, &mut [].into_iter())),
            Node::Contains { fact, text, .. } => add(*fact, &mut [i64::from(*text)].into_iter()),
            Node::Present { fact, .. } => add(*fact, &mut [].into_iter()),
            Node::Constant(_) | Node::All { .. } | Node::Any { .. } | Node::Not => {}
        }
    }
    for attribute in policy.scorecards.iter().flat_map(|cards| cards.new.attributes.iter().chain(&cards.returning.attributes)) {
        let (Points::Bins { edges: pairs, .. } | Points::Categories { values: pairs, .. }) = &attribute.points;
        add(attribute.fact, &mut pairs.iter().map(|(value, _)| *value));
    }
    if let Some(ladder) = &policy.exposure.ladder {
        add(ladder.fact, &mut ladder.steps.iter().map(|(from, _)| *from));
    }
    asked
}

/// What a fact could be instead, as a fact that can be given, the nearest first
fn values(policy: &Policy, facts: &Facts, today: Date, fact: FactIndex, marks: &[i64]) -> Vec<(FactIndex, i64)> {
    // The cart is not the person.
    if fact == known::CART_TOTAL {
        return Vec::new();
    }
    if policy.visibility_of(fact) == Some(Visibility::Derived) {
        return derived(facts, today, fact, marks);
    }
    let current = facts.get(fact);
    let around = || marks.iter().flat_map(|mark| [mark.saturating_sub(1), *mark, mark.saturating_add(1)]);
    let mut values: Vec<i64> = match policy.kind_of(fact) {
        Some(FactKind::Boolean) => vec![0, 1],
        Some(FactKind::Choice) => (0_i64..).take(fact.choices().len()).collect(),
        Some(FactKind::Country) => marks.iter().copied().chain([country_value(policy.market)]).collect(),
        Some(FactKind::Text) => marks.to_vec(),
        Some(FactKind::Integer | FactKind::Amount) => {
            let (least, most) = fact.range().unwrap_or((0, MINOR_MAX));
            around().filter(|value| (least..=most).contains(value)).collect()
        }
        // No person and no order is dated later than today but the delivery.
        Some(FactKind::Date) => {
            let last = if fact == known::ORDER_EXPECTED_DELIVERY { Date::MAX } else { today };
            around().filter(|value| (Date::MIN.days().into()..=last.days().into()).contains(value)).collect()
        }
        Some(FactKind::Texts) | None => Vec::new(),
    };
    values.retain(|value| Some(*value) != current);
    if policy.kind_of(fact).is_some_and(FactKind::is_ordered) {
        sort(&mut values, current.unwrap_or(0));
    }
    values.into_iter().map(|value| (fact, value)).collect()
}

/// The lists that a fact could be instead, laid down among the facts: none of the texts that the policy looks for, each alone, all of them
fn lists(facts: &mut Facts, fact: FactIndex, mut texts: Vec<i64>) -> Vec<(FactIndex, i64)> {
    // That providers are connected is taken for granted.
    if fact == known::SHOP_PROVIDERS {
        return Vec::new();
    }
    texts.sort_unstable();
    texts.dedup();
    let texts: Vec<Text> = texts.into_iter().filter_map(|text| u32::try_from(text).ok()).map(Text).collect();
    let present = facts.get(fact);
    let is_empty = facts.list(fact).is_some_and(<[u32]>::is_empty);
    let none = (!is_empty).then_some(&[][..]);
    let all = (texts.len() > 1).then_some(texts.as_slice());
    let mut values = Vec::new();
    for list in none.into_iter().chain(texts.chunks(1)).chain(all) {
        // Where there is no room for it, it is not tried.
        if facts.set_list(fact, list) {
            values.extend(facts.get(fact).map(|value| (fact, value)));
        }
    }
    facts.put(fact, present);
    values
}

/// The same of what follows from a date or from what is owed
fn derived(facts: &Facts, today: Date, fact: FactIndex, marks: &[i64]) -> Vec<(FactIndex, i64)> {
    let days_ago = |days: i32| today.plus_days(days.saturating_neg());
    let since = |of: FactIndex| facts.date(of).map(|date| today.days_since(date));
    let dated = |of: FactIndex, current: Option<i32>, day: &dyn Fn(i32) -> Date| {
        let mut values: Vec<i64> = marks.iter().flat_map(|mark| [mark.saturating_sub(1), *mark, mark.saturating_add(1)]).collect();
        values.retain(|value| *value >= 0 && current.is_none_or(|current| *value != i64::from(current)));
        sort(&mut values, current.unwrap_or(0).into());
        values.into_iter().filter_map(|value| Some((of, day(i32::try_from(value).ok()?).days().into()))).collect()
    };
    match fact {
        known::CUSTOMER_AGE => {
            let age = facts.date(known::CUSTOMER_BIRTH_DATE).and_then(|born| born.complete_years_until(today));
            dated(known::CUSTOMER_BIRTH_DATE, age, &|years| today.plus_months(years.saturating_mul(-12)))
        }
        known::CUSTOMER_TENURE_DAYS => dated(known::CUSTOMER_SINCE, since(known::CUSTOMER_SINCE), &days_ago),
        known::HISTORY_ADDRESS_AGE_DAYS => dated(known::HISTORY_ADDRESS_CHANGED_ON, since(known::HISTORY_ADDRESS_CHANGED_ON), &days_ago),
        known::ACCOUNT_EXPOSURE_AFTER => owing_nothing(facts, known::ACCOUNT_OPEN_BALANCE),
        known::HISTORY_AMOUNT_7_DAYS_AFTER => owing_nothing(facts, known::HISTORY_AMOUNT_7_DAYS),
        // Classes and points follow from the rest.
        _ => Vec::new(),
    }
}

fn owing_nothing(facts: &Facts, fact: FactIndex) -> Vec<(FactIndex, i64)> {
    if facts.get(fact).is_some_and(|value| value > 0) { vec![(fact, 0)] } else { Vec::new() }
}

/// The nearest first, the smaller first of two that are equally near
fn sort(values: &mut Vec<i64>, current: i64) {
    values.sort_unstable_by_key(|value| (value.abs_diff(current), *value));
    values.dedup();
}
