//! What time to pay is to the law, for one method and one order.

use crate::date::Date;
use crate::facts::{Facts, known};
use crate::law::regime::{Deferral, Party, Seller};
use crate::policy::{Method, Policy, TermStart};

/// What the law asks about whoever sells, beside the order
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sells {
    /// How large the seller is
    pub seller: Seller,
    /// Whether somebody else offers the credit
    pub offered_by_third_party: bool,
    /// Whether claims are sold
    pub claim_sold: bool,
}

/// When a method is paid in full, and at what cost
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// The last day of it as agreed, before it moves off a free day (Regulation (EEC, Euratom) 1182/71, Article 3(4), lets a span of time end later
    /// then without becoming longer); nothing where it counts from a delivery that nobody knows
    pub last: Option<Date>,
    /// Whether the customer pays for the time, by a fee or by interest
    pub charged: bool,
}

/// The deferral that a method means for an order
///
/// Days count from the delivery that is expected, from the day of the order where none is: they are then as many as they can be.
/// Who does not say what they are counts as a consumer.
#[must_use]
pub fn deferral(policy: &Policy, method: &Method, facts: &Facts, today: Date, paid: Paid, sells: Sells) -> Deferral {
    let delivery = facts.date(known::ORDER_EXPECTED_DELIVERY).unwrap_or(today).max(today);
    let since_delivery = |last: Date| u16::try_from(last.days().saturating_sub(delivery.days()).max(0)).unwrap_or(u16::MAX);
    let days = match (method.term, paid.last) {
        _ if !method.kind.is_on_account() => None,
        (Some(term), None) => Some(term.days),
        (Some(term), Some(_)) if term.start == TermStart::Delivery && method.plans.is_empty() => Some(term.days),
        (_, Some(last)) => Some(since_delivery(last)),
        // On account and without a term: nobody says when it is paid, so it may be any day.
        (None, None) => Some(u16::MAX),
    };
    Deferral {
        market: policy.market,
        contract: today,
        party: if is_company(facts) { Party::Business } else { Party::Consumer },
        seller: sells.seller,
        days,
        charged: paid.charged,
        offered_by_third_party: sells.offered_by_third_party,
        claim_sold: sells.claim_sold,
    }
}

fn is_company(facts: &Facts) -> bool {
    let choices = known::CUSTOMER_KIND.choices().iter();
    choices.zip(0..).any(|(choice, place)| *choice == "company" && facts.get(known::CUSTOMER_KIND) == Some(place))
}

#[cfg(test)]
mod tests;
