//! What a shop may say before it knows who is there: the cart totals that a first-time guest could pay with a method.
//!
//! **Invariant:** with the smallest total, the largest and every one between them the guest is offered the method, or need only
//! tell something for it; with one minor unit less than the smallest or more than the largest not.
//! **Invariant:** nothing else follows from it than what the guest would learn by trying every cart.

use crate::date::Date;
use crate::facts::{Facts, known};
use crate::people::Person;
use crate::policy::Policy;
use crate::reach::{Reach, Totals, reach};
use alloc::vec::Vec;

/// Where a guest comes from: one of the choices of `order.origin_channel`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel(i64);

impl Channel {
    /// The shop's own pages
    pub const WEB_SHOP: Self = Self(0);

    /// The channel of that word
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        known::ORDER_ORIGIN_CHANNEL.choices().iter().zip(0..).find(|(choice, _)| **choice == word).map(|(_, place)| Self(place))
    }
}

/// The totals for each method, in the policy's order; nothing for a method that no total brings to a guest from there
///
/// Where the totals have gaps, it is the widest run of them without one.
#[must_use]
pub fn totals(policy: &Policy, channel: Channel, today: Date) -> Vec<Option<Totals>> {
    reach(&policy.program(), &facts(policy, channel), today).iter().map(Reach::widest).collect()
}

/// A consumer of the market who comes that way and orders for the first time, to their own address, and owes nothing
///
/// What is in the cart is not known, nor a date of birth; nothing is confirmed, and no payment provider is connected.
#[must_use]
pub fn facts(policy: &Policy, channel: Channel) -> Facts {
    // Nothing of the guest depends on the day.
    let mut facts = Person::GUEST.facts(policy, Date::default());
    facts.set(known::ORDER_ORIGIN_CHANNEL, channel.0);
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_shop_is_the_first_channel_and_what_is_none_is_none() {
        assert_eq!(Channel::from_word("web_shop"), Some(Channel::WEB_SHOP));
        assert_eq!(Channel::from_word("tiktok").map(|channel| channel.0), Some(4));
        assert_eq!(Channel::from_word("pigeon"), None);
    }
}
