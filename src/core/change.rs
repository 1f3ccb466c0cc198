//! What would bring a withheld method back, and nothing less.
//!
//! The state of a method, as a function of the cart total alone, changes only at amounts that stand in the policy (bins,
//! limits, comparisons) or follow from them and the facts. So it is enough to try those amounts and their neighbours: the
//! nearest total that restores the method is one of them, and the answer has been tried by construction.

use crate::date::Date;
use crate::facts::{FactIndex, Facts, known};
use crate::money::MINOR_MAX;
use crate::offer::{Answer, State, decide};
use crate::policy::{Fee, Node, Points, Policy};

/// The nearest change that restores a method
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// The goods go to the billing address
    pub ship_to_billing_address: bool,
    /// What is overdue is paid
    pub settle_overdue: bool,
    /// The new cart total in minor units, if it has to change
    pub total: Option<i64>,
}

/// How the browser learns what paying the overdue invoices would do, without learning what they are
#[derive(Debug, Clone, Copy)]
pub enum Settling<'a> {
    /// The facts hold the overdue balance: change them
    InFacts,
    /// The server folded a second policy from the facts after settling
    Folded(&'a Policy),
    /// Nothing is overdue, or nothing may be told
    Impossible,
}

/// The nearest change that makes the method at `place` offered or incomplete, if there is one
///
/// Nothing for a method that is not withheld. Section 8 of `docs/semantics.md` lays down what is tried and what is nearest.
#[must_use]
pub fn nearest(policy: &Policy, facts: &Facts, today: Date, place: usize, settling: Settling<'_>) -> Option<Change> {
    let ships = facts.is(known::SHIPPING_SAME_AS_BILLING) == Some(false);
    let settles = match settling {
        Settling::InFacts => facts.get(known::ACCOUNT_OVERDUE_BALANCE).is_some_and(|overdue| overdue > 0),
        Settling::Folded(_) => true,
        Settling::Impossible => false,
    };
    let attempt = |ship: bool, settle: bool| {
        let mut facts = facts.clone();
        if ship {
            ship_to_billing_address(&mut facts);
        }
        let policy = match settling {
            Settling::Folded(settled) if settle => settled,
            Settling::InFacts if settle => {
                settle_overdue(&mut facts);
                policy
            }
            Settling::Folded(_) | Settling::InFacts | Settling::Impossible => policy,
        };
        let (distance, total) = nearest_total(policy, &mut facts, today, place)?;
        Some((distance, Change { ship_to_billing_address: ship, settle_overdue: settle, total }))
    };
    if let Some((distance, change)) = attempt(false, false) {
        return (distance > 0).then_some(change);
    }
    let one = [ships.then(|| attempt(true, false)).flatten(), settles.then(|| attempt(false, true)).flatten()];
    // `min_by_key` keeps the first of equals, which is the order the specification asks for.
    if let Some((_, change)) = one.into_iter().flatten().min_by_key(|(distance, _)| *distance) {
        return Some(change);
    }
    (ships && settles).then(|| attempt(true, true)).flatten().map(|(_, change)| change)
}

/// Changes the facts as if the goods went to the billing address
pub fn ship_to_billing_address(facts: &mut Facts) {
    facts.set(known::SHIPPING_SAME_AS_BILLING, 1);
    if let Some(country) = facts.get(known::BILLING_COUNTRY) {
        facts.set(known::SHIPPING_COUNTRY, country);
    }
}

/// Changes the facts as if everything overdue were paid
pub fn settle_overdue(facts: &mut Facts) {
    let overdue = facts.get(known::ACCOUNT_OVERDUE_BALANCE).unwrap_or(0);
    if let Some(open) = facts.get(known::ACCOUNT_OPEN_BALANCE) {
        facts.set(known::ACCOUNT_OPEN_BALANCE, open.saturating_sub(overdue).max(0));
    }
    for fact in [known::ACCOUNT_OVERDUE_BALANCE, known::ACCOUNT_OVERDUE_COUNT, known::ACCOUNT_OVERDUE_DAYS_MAX] {
        if facts.is_present(fact) {
            facts.set(fact, 0);
        }
    }
}

fn is_restored(answer: &Answer, place: usize) -> bool {
    answer.methods().get(place).is_some_and(|method| method.state != State::Withheld)
}

/// How far away the nearest total is that restores the method, and that total if it is not the present one
fn nearest_total(policy: &Policy, facts: &mut Facts, today: Date, place: usize) -> Option<(u64, Option<i64>)> {
    if is_restored(&decide(policy, facts, today), place) {
        return Some((0, None));
    }
    let present = facts.get(known::CART_TOTAL)?;
    // Nearest first, the lower one first where two are equally near.
    let mut best: Option<(u64, i64)> = None;
    let mut tried = facts.clone();
    let mut attempt = |edge: i64| {
        for total in [edge.saturating_sub(1), edge, edge.saturating_add(1)] {
            let key = (total.abs_diff(present), total);
            if !(1..=MINOR_MAX).contains(&total) || best.is_some_and(|best| key >= best) {
                continue;
            }
            tried.set(known::CART_TOTAL, total);
            if is_restored(&decide(policy, &mut tried, today), place) {
                best = Some(key);
            }
        }
    };
    attempt(1);
    attempt(MINOR_MAX);
    each_edge(policy, facts, place, &mut attempt);
    best.map(|(distance, total)| (distance, Some(total)))
}

/// Hands out every total at which the state of the method may change
fn each_edge(policy: &Policy, facts: &Facts, place: usize, found: &mut dyn FnMut(i64)) {
    for node in policy.conditions.nodes() {
        node_edges(node, facts, found);
    }
    for scorecard in policy.scorecards.iter().flat_map(|scorecards| [&scorecards.new, &scorecards.returning]) {
        for attribute in &scorecard.attributes {
            if let (Some(offset), Points::Bins { edges, .. }) = (offset(facts, attribute.fact), &attribute.points) {
                for (edge, _) in edges {
                    found(edge.saturating_sub(offset));
                }
            }
        }
    }
    let Some(method) = policy.methods.get(place) else { return };
    if let Some(minimum) = method.minimum {
        found(minimum);
    }
    for limit in method.limits.iter().flatten() {
        found(limit.maximum);
    }
    let open = facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0);
    let mut payable = |limit: i64| found(largest_payable(method.fee, limit.saturating_sub(open).max(0)));
    for limit in policy.exposure.limits.iter().flatten() {
        payable(limit.maximum);
    }
    for (_, maximum) in policy.exposure.ladder.iter().flat_map(|ladder| &ladder.steps) {
        payable(*maximum);
    }
}

fn node_edges(node: &Node, facts: &Facts, found: &mut dyn FnMut(i64)) {
    match node {
        Node::Compare { fact, value, .. } => {
            if let Some(offset) = offset(facts, *fact) {
                found(value.saturating_sub(offset));
            }
        }
        Node::OneOf { fact, values, .. } => {
            if let Some(offset) = offset(facts, *fact) {
                for value in values {
                    found(value.saturating_sub(offset));
                }
            }
        }
        Node::CompareFacts { left, right, shift, .. } => {
            // Where both move with the total, the comparison does not depend on it.
            let edge = match (offset(facts, *left), offset(facts, *right)) {
                (Some(offset), None) => facts.get(*right).map(|right| right.saturating_sub(*shift).saturating_sub(offset)),
                (None, Some(offset)) => facts.get(*left).map(|left| left.saturating_add(*shift).saturating_sub(offset)),
                (Some(_), Some(_)) | (None, None) => None,
            };
            if let Some(edge) = edge {
                found(edge);
            }
        }
        Node::Constant(_) | Node::All { .. } | Node::Any { .. } | Node::Not | Node::Contains { .. } | Node::Present { .. } => {}
    }
}

/// What a fact is more than the cart total, if it moves with it
fn offset(facts: &Facts, fact: FactIndex) -> Option<i64> {
    match fact {
        known::CART_TOTAL => Some(0),
        known::ACCOUNT_EXPOSURE_AFTER => Some(facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0)),
        known::HISTORY_AMOUNT_7_DAYS_AFTER => Some(facts.get(known::HISTORY_AMOUNT_7_DAYS).unwrap_or(0)),
        _ => None,
    }
}

/// The largest total that, with its fee, stays within `available`; the fee never falls as the total grows
fn largest_payable(fee: Fee, available: i64) -> i64 {
    let (mut fits, mut beyond) = (0, available.saturating_add(1));
    while beyond.saturating_sub(fits) > 1 {
        let middle = fits.saturating_add(beyond.saturating_sub(fits) / 2);
        if middle.saturating_add(fee.on(middle)) <= available {
            fits = middle;
        } else {
            beyond = middle;
        }
    }
    fits
}
