//! What would bring a withheld method back, and nothing less.
//!
//! The state of a method, as a function of the cart total alone, changes only at amounts that stand in the policy (bins,
//! limits, comparisons) or follow from them and the facts. So it is enough to try those amounts and their neighbours: the
//! nearest total that restores the method is one of them, and the answer has been tried by construction.

use crate::date::Date;
use crate::facts::{FactIndex, Facts, known};
use crate::money::MINOR_MAX;
use crate::offer::{Answer, State, states_into};
use crate::policy::Fee;
use crate::program::layout::{head, question};
use crate::program::{Program, Question, fact};
use alloc::vec::Vec;

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
    Folded(&'a Program),
    /// Nothing is overdue, or nothing may be told
    Impossible,
}

/// The nearest change that makes the method at `place` offered or incomplete, if there is one
///
/// Nothing for a method that is not withheld. Section 8 of `docs/semantics.md` lays down what is tried and what is nearest.
#[must_use]
pub fn nearest(program: &Program, facts: &Facts, today: Date, place: usize, settling: Settling<'_>) -> Option<Change> {
    let ships = facts.is(known::SHIPPING_SAME_AS_BILLING) == Some(false);
    let settles = match settling {
        Settling::InFacts => facts.get(known::ACCOUNT_OVERDUE_BALANCE).is_some_and(|overdue| overdue > 0),
        Settling::Folded(_) => true,
        Settling::Impossible => false,
    };
    let mut best: Option<(u64, Change)> = None;
    for (ship, settle) in [(false, false), (true, false), (false, true), (true, true)] {
        if (ship && !ships) || (settle && !settles) {
            continue;
        }
        if ship && settle && best.is_some() {
            break;
        }
        let mut facts = facts.clone();
        let mut tried = program;
        if ship {
            ship_to_billing_address(&mut facts);
        }
        match settling {
            Settling::Folded(settled) if settle => tried = settled,
            Settling::InFacts if settle => settle_overdue(&mut facts),
            Settling::Folded(_) | Settling::InFacts | Settling::Impossible => {}
        }
        let Some((distance, total)) = nearest_total(tried, &mut facts, today, place) else { continue };
        let change = Change { ship_to_billing_address: ship, settle_overdue: settle, total };
        if !ship && !settle {
            return (distance > 0).then_some(change);
        }
        // The first of equals stays, which is the order the specification asks for.
        if best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, change));
        }
    }
    best.map(|(_, change)| change)
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

/// Decides again, and says whether the method stands
struct Trial<'a> {
    program: &'a Program,
    today: Date,
    place: usize,
    answer: Answer,
}

impl Trial<'_> {
    fn restores(&mut self, facts: &mut Facts) -> bool {
        states_into(self.program, facts, self.today, &mut self.answer);
        self.answer.methods().get(self.place).is_some_and(|method| method.state != State::Withheld)
    }

    /// Tries an edge and its neighbours where they are nearer than the best total so far
    #[inline(never)]
    fn near(&mut self, edge: i64, present: i64, tried: &mut Facts, best: &mut Option<(u64, i64)>) {
        for total in [edge.saturating_sub(1), edge, edge.saturating_add(1)] {
            let key = (total.abs_diff(present), total);
            if !(1..=MINOR_MAX).contains(&total) || best.is_some_and(|best| key >= best) {
                continue;
            }
            tried.set(known::CART_TOTAL, total);
            if self.restores(tried) {
                *best = Some(key);
            }
        }
    }
}

/// How far away the nearest total is that restores the method, and that total if it is not the present one
fn nearest_total(program: &Program, facts: &mut Facts, today: Date, place: usize) -> Option<(u64, Option<i64>)> {
    let mut trial = Trial { program, today, place, answer: Answer::default() };
    if trial.restores(facts) {
        return Some((0, None));
    }
    let present = facts.get(known::CART_TOTAL)?;
    // Nearest first, the lower one first where two are equally near.
    let mut best: Option<(u64, i64)> = None;
    let mut tried = facts.clone();
    each_edge(program, facts, place, &mut |edge| trial.near(edge, present, &mut tried, &mut best));
    best.map(|(distance, total)| (distance, Some(total)))
}

/// Hands out every total at which the state of the method may change
///
/// To nobody in particular: written out for the one who asks it would be the largest function of the browser's module.
#[inline(never)]
fn each_edge(program: &Program, facts: &Facts, place: usize, found: &mut dyn FnMut(i64)) {
    found(1);
    found(MINOR_MAX);
    program.questions(&mut |question| each_edge_of(program, facts, &question, found));
    each_edge_of_card(program, facts, head::CARD_NEW, found);
    each_edge_of_card(program, facts, head::CARD_RETURNING, found);
    let Some(method) = program.methods().get(place) else { return };
    found(method.minimum);
    pairs_at(program, method.limits).iter().for_each(|[_, maximum]| found(*maximum));
    let open = facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0);
    for slot in [head::EXPOSURE, head::LADDER] {
        pairs_at(program, program.word(slot))
            .iter()
            .for_each(|[_, limit]| found(largest_payable(method.fee, limit.saturating_sub(open).max(0))));
    }
}

/// Every total at which the state of the method may change
#[must_use]
pub fn edges(program: &Program, facts: &Facts, place: usize) -> Vec<i64> {
    let mut edges = Vec::new();
    each_edge(program, facts, place, &mut |edge| edges.push(edge));
    edges
}

/// Hands out every total at which the points of a scorecard may change
#[inline(never)]
fn each_edge_of_card(program: &Program, facts: &Facts, card: usize, found: &mut dyn FnMut(i64)) {
    for [of, .., pairs] in program.card(card).2 {
        if let Some(offset) = offset(facts, fact(*of)) {
            pairs_at(program, *pairs).iter().for_each(|[edge, _]| found(edge.wrapping_sub(offset)));
        }
    }
}

/// Hands out every total at which the answer to a question may change
#[inline(never)]
fn each_edge_of(program: &Program, facts: &Facts, question: &Question, found: &mut dyn FnMut(i64)) {
    let Question { kind, value, .. } = *question;
    let own = offset(facts, question.fact);
    if kind == question::FACTS {
        // Where both move with the total, the comparison does not depend on it.
        let edge = match (own, offset(facts, question.other)) {
            (Some(offset), None) => facts.get(question.other).map(|other| other.wrapping_sub(value).wrapping_sub(offset)),
            (None, Some(offset)) => facts.get(question.fact).map(|fact| fact.wrapping_add(value).wrapping_sub(offset)),
            (Some(_), Some(_)) | (None, None) => None,
        };
        edge.into_iter().for_each(found);
    } else if let Some(offset) = own.filter(|_| !question.is_of_answers()) {
        // For other questions than these the value is no amount; to try it costs time and changes nothing.
        found(value.wrapping_sub(offset));
        found(value.wrapping_add(question.span).wrapping_sub(offset));
        if kind == question::ONE_OF {
            program.list_at(value).iter().for_each(|[value]| found(value.wrapping_sub(offset)));
        }
    }
}

#[inline(never)]
fn pairs_at(program: &Program, list: i64) -> &[[i64; 2]] {
    program.list_at(list)
}

/// What a fact is more than the cart total, if it moves with it
#[inline(never)]
fn offset(facts: &Facts, fact: FactIndex) -> Option<i64> {
    match fact {
        known::CART_TOTAL => Some(0),
        known::ACCOUNT_EXPOSURE_AFTER => Some(facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0)),
        known::HISTORY_AMOUNT_7_DAYS_AFTER => Some(facts.get(known::HISTORY_AMOUNT_7_DAYS).unwrap_or(0)),
        _ => None,
    }
}

/// The largest total that, with its fee, stays within `available`; the fee never falls as the total grows
#[inline(never)]
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
