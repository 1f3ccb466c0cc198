//! What the law of a market says on a day, as JSON, for a person who wants to look at the figures: each with its source, or `null`.

use serde::Serialize;
use tresen_core::date::Date;
use tresen_core::law::due_day::due_day;
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

/// The figures of a market for a day
#[must_use]
pub fn law(market: [u8; 2], on: Date) -> Law {
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
    }
}

fn to_wire(interest: Interest) -> LateInterest {
    // A rate has six decimals, and no statute more than four of them.
    let hundredths = interest.rate.ppm().div_euclid(100);
    LateInterest {
        annual_rate_percent: format!("{}.{:02}", hundredths.div_euclid(100), hundredths.rem_euclid(100)),
        compounds_yearly: interest.compounds_yearly,
        lump_sum_cents: interest.lump_sum_cents,
        source: interest.source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(market: [u8; 2], day: &str) -> Law {
        law(market, Date::parse(day).unwrap())
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
    }
}
