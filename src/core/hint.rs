//! What a shop may say before it knows who is there: the cart totals that a first-time guest could pay with a method.
//!
//! **Invariant:** with the smallest total, the largest and every one between them the guest is offered the method, or need only
//! tell something for it; with one minor unit less than the smallest or more than the largest not.
//! **Invariant:** nothing else follows from it than what the guest would learn by trying every cart.

use crate::change;
use crate::date::Date;
use crate::facts::{FactIndex, Facts, known};
use crate::money::MINOR_MAX;
use crate::offer::{Answer, State, country_value, states_into};
use crate::policy::Policy;
use crate::program::Program;
use alloc::vec::Vec;

/// The cart totals that a guest could pay with a method, in minor units
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The smallest
    pub smallest: i64,
    /// The largest, if there is one
    pub largest: Option<i64>,
}

/// The totals for each method, in the policy's order; nothing for a method that no total brings to a guest
///
/// Where the totals have gaps, it is the widest run of them without one.
#[must_use]
pub fn totals(policy: &Policy, today: Date) -> Vec<Option<Totals>> {
    let program = policy.program();
    let mut guest = Guest { program: &program, facts: facts(policy), today, answer: Answer::default() };
    (0..policy.methods.len()).map(|place| guest.totals(place)).collect()
}

/// A consumer of the market who orders in the web shop for the first time, to their own address, and owes nothing
///
/// What is in the cart is not known, nor a date of birth; nothing is confirmed, and no payment provider is connected.
#[must_use]
pub fn facts(policy: &Policy) -> Facts {
    let mut facts = Facts::new();
    let choice = |fact: FactIndex, word: &str| {
        let place = fact.choices().iter().position(|choice| *choice == word);
        place.and_then(|place| i64::try_from(place).ok())
    };
    facts.put(known::CUSTOMER_KIND, choice(known::CUSTOMER_KIND, "consumer"));
    facts.put(known::ORDER_ORIGIN_CHANNEL, choice(known::ORDER_ORIGIN_CHANNEL, "web_shop"));
    for country in [known::BILLING_COUNTRY, known::SHIPPING_COUNTRY] {
        facts.set(country, country_value(policy.market));
    }
    facts.set(known::SHIPPING_SAME_AS_BILLING, 1);
    facts.set(known::CUSTOMER_SIGNED_IN, 0);
    for nothing in
        [known::ACCOUNT_OPEN_BALANCE, known::ACCOUNT_OVERDUE_BALANCE, known::ACCOUNT_OVERDUE_COUNT, known::ACCOUNT_OVERDUE_DAYS_MAX]
    {
        facts.set(nothing, 0);
    }
    facts.set_list(known::CUSTOMER_CONFIRMED, &[]);
    facts
}

struct Guest<'a> {
    program: &'a Program,
    facts: Facts,
    today: Date,
    answer: Answer,
}

impl Guest<'_> {
    fn totals(&mut self, place: usize) -> Option<Totals> {
        let mut widest: Option<(i64, i64)> = None;
        let mut run: Option<(i64, i64)> = None;
        for total in self.edges(place) {
            run = self.stands(place, total).then(|| (run.map_or(total, |(smallest, _)| smallest), total));
            let width = |(smallest, largest): (i64, i64)| largest.saturating_sub(smallest);
            // Of equally wide ones the first stays.
            if run.map(width) > widest.map(width) {
                widest = run;
            }
        }
        widest.map(|(smallest, largest)| Totals { smallest, largest: (largest < MINOR_MAX).then_some(largest) })
    }

    /// Every total at which the state of the method may change, and its neighbours, rising: between two of them that are no
    /// neighbours nothing changes
    fn edges(&mut self, place: usize) -> Vec<i64> {
        // With a total, so that the facts that follow from it are there.
        self.stands(place, 1);
        let edges = change::edges(self.program, &self.facts, place).into_iter();
        let mut edges: Vec<i64> = edges.flat_map(|edge| [edge.saturating_sub(1), edge, edge.saturating_add(1)]).collect();
        edges.retain(|total| (1..=MINOR_MAX).contains(total));
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    fn stands(&mut self, place: usize, total: i64) -> bool {
        self.facts.set(known::CART_TOTAL, total);
        states_into(self.program, &mut self.facts, self.today, &mut self.answer);
        self.answer.methods().get(place).is_some_and(|method| method.state != State::Withheld)
    }
}
