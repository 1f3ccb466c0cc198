//! What the law of a market says on a day, as JSON, for a person who wants to look at the figures: each with its source, or `null`.

use super::percent;
use serde::Serialize;
use tresen_core::date::Date;
use tresen_core::law::base_rate::{self, base_rate, base_rates};
use tresen_core::law::contact::{HOUSE, contact_law};
use tresen_core::law::due_day::due_day;
use tresen_core::law::dunning_cost::{self, letter_most_cents};
use tresen_core::law::half_years::half_year_end;
use tresen_core::law::late_interest::{Claim, LateInterest as Interest, late_interest};
use tresen_core::law::regime::{Deferral, Party, Seller};

/// The dated figures of one market
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Law {
    /// The market
    pub market: String,
    /// The day that was asked for
    pub on: String,
    /// When a seller's own free time to pay is no consumer credit
    pub free_deferral: Option<FreeDeferral>,
    /// What becomes of a due date on a day when nobody works
    pub due_day: Option<DueDay>,
    /// The most that a consumer owes for a late payment
    pub late_interest_consumer: Option<LateInterest>,
    /// The most that a business owes
    pub late_interest_business: Option<LateInterest>,
    /// The base rate on which both may stand
    pub base_rate: Option<BaseRate>,
    /// Every half-year of it, if it was asked for
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_rates: Option<Vec<HalfYear>>,
    /// What a reminder of the seller's own may cost
    pub own_reminder: Option<OwnReminder>,
    /// When a person is written to about a debt
    pub contact: Contact,
}

/// The cost of a reminder of the seller's own
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnReminder {
    /// On paper and after default began, in euro cents; any other is free. Nothing where there is no figure for the day, and then that is free too
    pub letter_most_cents: Option<i64>,
    /// Where it is written
    pub source: &'static str,
}

/// A base rate
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaseRate {
    /// On that day, in percent; nothing for a half-year that was not read
    pub percent: Option<String>,
    /// The last day of the last half-year that was read
    pub read_until: Option<String>,
    /// Where it comes from
    pub source: Option<&'static str>,
}

/// The base rate of a half-year
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HalfYear {
    /// Its first day
    pub from: String,
    /// Its last day
    pub to: String,
    /// In percent; nothing where it was not read
    pub percent: Option<String>,
}

/// When a person is written to
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// What the house does, by its own choice
    pub house: House,
    /// What the market's law says, if it was read
    pub law: Option<ContactLaw>,
}

/// The house's rules
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct House {
    /// Whether a law asks for them
    pub is_law: bool,
    /// From this hour, in the person's local time, Monday to Saturday, never on a holiday
    pub from: String,
    /// Until this hour
    pub until: String,
    /// How many days a contact counts
    pub days: u8,
    /// How many in that time about one claim
    pub per_claim: u8,
    /// How many in that time to one customer
    pub per_customer: u8,
}

/// What the law says of contacts
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactLaw {
    /// Whom it binds
    pub binds: &'static str,
    /// What it says
    pub rule: &'static str,
    /// Where it is written
    pub source: &'static str,
}

/// How long a seller may wait for a payment
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreeDeferral {
    /// Days from delivery, for small and medium-sized sellers; nothing for any number
    pub days_small: Option<u16>,
    /// The same for large sellers
    pub days_large: Option<u16>,
    /// Where it is written
    pub source: String,
}

/// Whether a due date moves to the next working day by law
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DueDay {
    /// Whether it does
    pub moves: bool,
    /// Where it is written
    pub source: String,
}

/// Interest on a late payment
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateInterest {
    /// A year, in percent with two decimals
    pub annual_rate_percent: String,
    /// Whether a year's interest bears interest
    pub compounds_yearly: bool,
    /// A lump sum beside it, in euro cents
    pub lump_sum_cents: Option<i64>,
    /// Where it is written
    pub source: String,
}

/// The figures of a market for a day, with every base rate that was read if `with_table`
#[must_use]
pub fn law(market: [u8; 2], on: Date, with_table: bool) -> Law {
    let regime = |seller| {
        let (party, days) = (Party::Consumer, Some(0));
        Deferral { market, contract: on, party, seller, days, charged: false, offered_by_third_party: false, claim_sold: false }.regime()
    };
    let [small, large] = [Seller::SmallOrMedium, Seller::Large].map(regime);
    let free_deferral =
        small.source.map(|source| FreeDeferral { days_small: small.days_most, days_large: large.days_most, source: source.to_owned() });
    Law {
        market: String::from_utf8_lossy(&market).into_owned(),
        on: on.to_iso(),
        free_deferral,
        due_day: due_day(market).map(|rule| DueDay { moves: rule.moves, source: rule.source.to_owned() }),
        late_interest_consumer: late_interest(Claim { market, party: Party::Consumer, made: on }, on).map(to_wire),
        late_interest_business: late_interest(Claim { market, party: Party::Business, made: on }, on).map(to_wire),
        base_rate: base_rates(market).map(|rates| BaseRate {
            percent: base_rate(market, on).map(|ppm| percent(ppm.into())),
            read_until: rates.read_until().map(Date::to_iso),
            source: base_rate::source(market),
        }),
        base_rates: base_rates(market).filter(|_| with_table).map(|rates| rates.rows().into_iter().map(half_year).collect()),
        own_reminder: dunning_cost::source(market).map(|source| OwnReminder { letter_most_cents: letter_most_cents(market, on), source }),
        contact: contact(market),
    }
}

fn to_wire(interest: Interest) -> LateInterest {
    LateInterest {
        annual_rate_percent: percent(interest.rate.ppm().into()),
        compounds_yearly: interest.compounds_yearly,
        lump_sum_cents: interest.lump_sum_cents,
        source: interest.source.to_owned(),
    }
}

fn half_year((from, ppm): (Date, Option<i32>)) -> HalfYear {
    HalfYear { from: from.to_iso(), to: half_year_end(from).to_iso(), percent: ppm.map(|ppm| percent(ppm.into())) }
}

fn contact(market: [u8; 2]) -> Contact {
    let clock = |minute: u16| format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60));
    Contact {
        house: House {
            is_law: HOUSE.is_law,
            from: clock(HOUSE.opens_minute),
            until: clock(HOUSE.closes_minute),
            days: HOUSE.days,
            per_claim: HOUSE.per_claim,
            per_customer: HOUSE.per_customer,
        },
        law: contact_law(market).map(|law| ContactLaw { binds: law.binds.code(), rule: law.rule, source: law.source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(market: [u8; 2], day: &str) -> Law {
        law(market, Date::parse(day).unwrap(), false)
    }

    #[test]
    fn a_market_tells_what_was_read_and_nothing_else() {
        let nl = on(*b"NL", "2026-11-25");
        let deferral = nl.free_deferral.unwrap();
        assert_eq!((deferral.days_small, deferral.days_large), (Some(50), Some(14)));
        let consumer = nl.late_interest_consumer.unwrap();
        assert_eq!((consumer.annual_rate_percent.as_str(), consumer.compounds_yearly, consumer.lump_sum_cents), ("4.00", true, None));
        assert_eq!(nl.late_interest_business.unwrap().annual_rate_percent, "10.40");
        let before = on(*b"NL", "2026-11-19").free_deferral.unwrap();
        assert_eq!((before.days_small, before.source.as_str()), (None, "BW Book 7 Title 2A (Stb. 2011, 246); Wft Art. 1:20"));
        let at = on(*b"AT", "2026-11-25");
        assert!(at.due_day.unwrap().moves);
        assert_eq!(at.late_interest_business, None);
        let ch = on(*b"CH", "2026-11-25");
        assert_eq!((ch.free_deferral, ch.due_day, ch.late_interest_consumer, ch.late_interest_business), (None, None, None, None));
        assert_eq!((ch.base_rate, ch.own_reminder, ch.contact.law), (None, None, None));
    }

    #[test]
    fn the_base_rate_is_told_with_the_end_of_what_was_read_and_by_half_year_if_asked_for() {
        let base = |day| on(*b"DE", day).base_rate.unwrap();
        assert_eq!((base("2026-11-25").percent.as_deref(), base("2026-11-25").read_until.as_deref()), (Some("1.52"), Some("2026-12-31")));
        assert_eq!((base("2022-12-31").percent.as_deref(), base("2027-01-01").percent), (Some("-0.88"), None));
        assert_eq!(on(*b"DE", "2026-11-25").base_rates, None);
        let table = law(*b"DE", Date::parse("2026-11-25").unwrap(), true).base_rates.unwrap();
        assert_eq!(table.len(), 50);
        assert_eq!(table[22], HalfYear { from: "2013-01-01".into(), to: "2013-06-30".into(), percent: Some("-0.13".into()) });
    }
}
