//! What a shop may say before it knows who is there: the cart totals that a first-time guest could pay with a method.
//!
//! **Invariant:** with the smallest total, the largest and every one between them the guest is offered the method, or need only
//! tell something for it; with one minor unit less than the smallest or more than the largest not.
//! **Invariant:** nothing else follows from it than what the guest would learn by trying every cart.

use crate::date::Date;
use crate::facts::Facts;
use crate::people::Person;
use crate::policy::Policy;
use crate::reach::{Reach, Totals, reach};
use alloc::vec::Vec;

/// The totals for each method, in the policy's order; nothing for a method that no total brings to a guest
///
/// Where the totals have gaps, it is the widest run of them without one.
#[must_use]
pub fn totals(policy: &Policy, today: Date) -> Vec<Option<Totals>> {
    reach(&policy.program(), &facts(policy), today).iter().map(Reach::widest).collect()
}

/// A consumer of the market who orders in the web shop for the first time, to their own address, and owes nothing
///
/// What is in the cart is not known, nor a date of birth; nothing is confirmed, and no payment provider is connected.
#[must_use]
pub fn facts(policy: &Policy) -> Facts {
    // Nothing of the guest depends on the day.
    Person::GUEST.facts(policy, Date::default())
}
