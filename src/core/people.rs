//! Typical people, for whom it can be said before anybody has come what a policy offers them.
//!
//! They are data: one row a person, each made from the one who is known least, the guest.

use crate::date::Date;
use crate::facts::{FactIndex, Facts, Text, known};
use crate::money::Currency;
use crate::offer::country_value;
use crate::policy::{Policy, Provider};
use alloc::vec::Vec;

/// Somebody as many a shop has them
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Names them in reports, the same for ever
    pub id: &'static str,
    /// Who they are, in words
    pub words: &'static str,
    /// Whether the shop has not authenticated them
    pub is_guest: bool,
    /// What is known of them beside, or otherwise than, of the guest; what stands later counts
    besides: &'static [Facets],
}

/// Some facts of a person
type Facets = &'static [(FactIndex, Known)];

/// What a fact of a person is, whatever the market, the currency and the day
#[derive(Debug, Clone, Copy)]
enum Known {
    /// A number, or yes (1) and no (0)
    Is(i64),
    /// One of the fact's choices
    Word(&'static str),
    /// The country of the policy's market
    Market,
    /// An amount in whole units of the policy's currency
    Amount(i64),
    /// The day so many days ago
    DaysAgo(i32),
    /// The day so many years ago
    YearsAgo(i32),
}

/// What is known of the guest: a consumer of the market who orders in the web shop for the first time, to their own address, and owes nothing
const GUEST: Facets = &[
    (known::CUSTOMER_KIND, Known::Word("consumer")),
    (known::ORDER_ORIGIN_CHANNEL, Known::Word("web_shop")),
    (known::BILLING_COUNTRY, Known::Market),
    (known::SHIPPING_COUNTRY, Known::Market),
    (known::SHIPPING_SAME_AS_BILLING, Known::Is(1)),
    (known::CUSTOMER_SIGNED_IN, Known::Is(0)),
    (known::ACCOUNT_OPEN_BALANCE, Known::Is(0)),
    (known::ACCOUNT_OVERDUE_BALANCE, Known::Is(0)),
    (known::ACCOUNT_OVERDUE_COUNT, Known::Is(0)),
    (known::ACCOUNT_OVERDUE_DAYS_MAX, Known::Is(0)),
];

const COMPANY: Facets = &[(known::CUSTOMER_KIND, Known::Word("company"))];

/// Authenticated by the shop, which knows of no order
const SIGNED_IN: Facets = &[
    (known::CUSTOMER_SIGNED_IN, Known::Is(1)),
    (known::HISTORY_ORDERS_PAID, Known::Is(0)),
    (known::HISTORY_PAID_ON_TIME, Known::Is(0)),
    (known::HISTORY_PAID_TOTAL, Known::Is(0)),
    (known::HISTORY_DECLINES_30_DAYS, Known::Is(0)),
    (known::HISTORY_ORDERS_7_DAYS, Known::Is(0)),
    (known::HISTORY_AMOUNT_7_DAYS, Known::Is(0)),
];

const GOOD: Facets = &[
    (known::CUSTOMER_KNOWN, Known::Is(1)),
    (known::CUSTOMER_SINCE, Known::DaysAgo(400)),
    (known::HISTORY_ORDERS_PAID, Known::Is(3)),
    (known::HISTORY_PAID_ON_TIME, Known::Is(3)),
    (known::HISTORY_PAID_TOTAL, Known::Amount(240)),
];

const TEN_ORDERS: Facets = &[
    (known::HISTORY_ORDERS_PAID, Known::Is(10)),
    (known::HISTORY_PAID_ON_TIME, Known::Is(10)),
    (known::HISTORY_PAID_TOTAL, Known::Amount(2_400)),
];

const OVERDUE: Facets = &[
    (known::ACCOUNT_OPEN_BALANCE, Known::Amount(80)),
    (known::ACCOUNT_OVERDUE_BALANCE, Known::Amount(80)),
    (known::ACCOUNT_OVERDUE_COUNT, Known::Is(1)),
    (known::ACCOUNT_OVERDUE_DAYS_MAX, Known::Is(20)),
];

impl Person {
    /// A consumer of the market who orders in the web shop for the first time, to their own address, and owes nothing
    pub const GUEST: Self = guest("guest", "a guest who orders for the first time", &[]);

    /// All of them, the guest first
    pub const ALL: [Self; 9] = [
        Self::GUEST,
        guest("guest_company", "a company that orders as a guest", &[COMPANY]),
        guest("guest_social", "a guest who comes from Instagram", &[&[(known::ORDER_ORIGIN_CHANNEL, Known::Word("instagram"))]]),
        guest("guest_elsewhere", "a guest who ships to another address", &[&[(known::SHIPPING_SAME_AS_BILLING, Known::Is(0))]]),
        guest("guest_minor", "a guest who is 16 years old", &[&[(known::CUSTOMER_BIRTH_DATE, Known::YearsAgo(16))]]),
        customer("new_customer", "somebody signed in who has never ordered", &[SIGNED_IN]),
        customer("good_customer", "somebody signed in who has paid three orders on time", &[SIGNED_IN, GOOD]),
        customer("overdue_customer", "the same with a further invoice of 80 that is 20 days overdue", &[SIGNED_IN, GOOD, OVERDUE]),
        customer("good_company", "a company signed in that has paid ten orders on time", &[SIGNED_IN, GOOD, COMPANY, TEN_ORDERS]),
    ];

    /// What is known of them on a day
    ///
    /// What is in the cart is not known, nor a date of birth unless it makes the person; no payment provider is connected (see [`connect`]).
    #[must_use]
    pub fn facts(&self, policy: &Policy, today: Date) -> Facts {
        let mut facts = Facts::new();
        for (fact, known) in GUEST.iter().chain(self.besides.iter().copied().flatten()) {
            facts.put(*fact, known.value(*fact, policy, today));
        }
        // Nobody has confirmed anything yet.
        facts.set_list(known::CUSTOMER_CONFIRMED, &[]);
        facts
    }
}

const fn guest(id: &'static str, words: &'static str, besides: &'static [Facets]) -> Person {
    Person { id, words, is_guest: true, besides }
}

const fn customer(id: &'static str, words: &'static str, besides: &'static [Facets]) -> Person {
    Person { id, words, is_guest: false, besides }
}

impl Known {
    fn value(self, fact: FactIndex, policy: &Policy, today: Date) -> Option<i64> {
        match self {
            Self::Is(value) => Some(value),
            Self::Word(word) => fact.choices().iter().position(|choice| *choice == word).and_then(|place| i64::try_from(place).ok()),
            Self::Market => Some(country_value(policy.market)),
            Self::Amount(whole) => minor(whole, policy.currency),
            Self::DaysAgo(days) => Some(today.plus_days(days.saturating_neg()).days().into()),
            Self::YearsAgo(years) => Some(today.plus_months(years.saturating_mul(-12)).days().into()),
        }
    }
}

fn minor(whole: i64, currency: Currency) -> Option<i64> {
    whole.checked_mul(10_i64.checked_pow(currency.digits().into())?)
}

/// Connects every payment provider that a method of the policy needs
pub fn connect(policy: &Policy, facts: &mut Facts) {
    let needed = policy.methods.iter().filter_map(|method| match method.provider {
        Provider::Needed(text) => Some(Text(text)),
        Provider::NotNeeded | Provider::NotConfigured => None,
    });
    // There is room: a policy has fewer methods than a list has places.
    facts.set_list(known::SHOP_PROVIDERS, &needed.collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_person_has_a_name_of_their_own_and_facts_that_can_be_written() {
        let (policy, today) = (Policy::default(), Date::parse("2026-11-26").unwrap());
        for (place, person) in Person::ALL.iter().enumerate() {
            assert!(Person::ALL.iter().skip(place + 1).all(|other| other.id != person.id && other.words != person.words), "{}", person.id);
            let facts = person.facts(&policy, today);
            for (fact, _) in GUEST.iter().chain(person.besides.iter().copied().flatten()) {
                assert!(facts.is_present(*fact), "{}: {:?}", person.id, fact.name());
            }
            assert_eq!(facts.is(known::CUSTOMER_SIGNED_IN), Some(!person.is_guest), "{}", person.id);
        }
    }

    #[test]
    fn amounts_and_days_follow_the_policy_and_the_day() {
        let today = Date::parse("2026-11-26").unwrap();
        let facts = |id: &str, currency: &str| {
            let policy = Policy { currency: Currency::parse(currency).unwrap(), ..Policy::default() };
            Person::ALL.iter().find(|person| person.id == id).unwrap().facts(&policy, today)
        };
        assert_eq!(facts("good_customer", "EUR").get(known::HISTORY_PAID_TOTAL), Some(24_000));
        assert_eq!(facts("good_customer", "JPY").get(known::HISTORY_PAID_TOTAL), Some(240));
        assert_eq!(facts("good_customer", "EUR").date(known::CUSTOMER_SINCE), Date::parse("2025-10-22"));
        assert_eq!(facts("guest_minor", "EUR").date(known::CUSTOMER_BIRTH_DATE), Date::parse("2010-11-26"));
    }
}
