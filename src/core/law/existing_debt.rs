//! Whether more time for a debt that exists is credit: a later due date, or rates.
//!
//! Source: Directive (EU) 2023/2225, Article 2(2)(i): time that is given free of charge for a debt that exists stays outside, however long it
//! is. No text says from when on a debt exists in that sense. Read here so that nobody gets round the days of Article 2(2)(h): from the day on
//! which it is due. Time that is given before that day adds to what was agreed with the order, and all of it together is asked about
//! ([`super::regime`]). Before the directive applied, German, Austrian and Dutch law asked only whether a charge is made.

use super::regime::{Deferral, Finding, Party, Regime, Seller};
use crate::date::Date;
use alloc::vec::Vec;

/// More time for a debt, as far as the law asks; nothing is charged for it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoreTime {
    /// Country code of the market
    pub market: [u8; 2],
    /// Who owes
    pub party: Party,
    /// Who sells
    pub seller: Seller,
    /// Whether somebody else offers the credit
    pub offered_by_third_party: bool,
    /// Whether the claim is sold
    pub claim_sold: bool,
    /// Day of the contract
    pub contract: Date,
    /// Day of the delivery; nothing where nobody knows it, and then the days count from the contract: they are as many as they can be
    pub delivered: Option<Date>,
    /// The last day on which payment was in time so far
    pub due: Date,
    /// The day on which more time is given
    pub on: Date,
    /// The last day of it
    pub until: Date,
}

/// Where it is written that a free deferral of an existing debt is no credit
const EXISTING: &str = "Directive (EU) 2023/2225 Art. 2(2)(i)";

impl MoreTime {
    /// What the law makes of it, and why
    #[must_use]
    pub fn regime(&self) -> Finding {
        let since = self.delivered.unwrap_or(self.contract);
        let deferral = Deferral {
            market: self.market,
            contract: self.contract,
            party: self.party,
            seller: self.seller,
            days: Some(u16::try_from(self.until.days_since(since).max(0)).unwrap_or(u16::MAX)),
            charged: false,
            offered_by_third_party: self.offered_by_third_party,
            claim_sold: self.claim_sold,
        };
        let found = deferral.regime();
        // Where no text was read at all, none says that it stays outside.
        if found.regime != Regime::ConsumerCredit || self.due > self.on || found.source.is_none() {
            return found;
        }
        let regime = Regime::FreeDeferral;
        Finding { regime, reasons: Vec::new(), disclosures: regime.disclosures(), days_most: None, source: Some(EXISTING) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::regime::Why;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// Delivered on the 1st of December, due on the 15th, and more time is asked for on the 10th
    fn early(until: &str) -> MoreTime {
        MoreTime {
            market: *b"DE",
            party: Party::Consumer,
            seller: Seller::SmallOrMedium,
            offered_by_third_party: false,
            claim_sold: false,
            contract: day("2026-11-28"),
            delivered: Some(day("2026-12-01")),
            due: day("2026-12-15"),
            on: day("2026-12-10"),
            until: day(until),
        }
    }

    fn reasons(more: MoreTime) -> Vec<Why> {
        more.regime().reasons
    }

    #[test]
    fn before_it_is_due_all_the_time_since_the_delivery_counts() {
        assert_eq!(reasons(early("2027-01-20")), [], "the 50th day");
        assert_eq!(reasons(early("2027-01-21")), [Why::TooLong]);
        let large = |until| MoreTime { seller: Seller::Large, ..early(until) };
        assert_eq!(reasons(large("2026-12-15")), []);
        assert_eq!(reasons(large("2026-12-16")), [Why::TooLong]);
        // Of a delivery that nobody knows, the day of the contract is the earliest that it can have been.
        let unknown = |until| MoreTime { delivered: None, ..early(until) };
        assert_eq!((reasons(unknown("2027-01-17")), reasons(unknown("2027-01-18"))), (Vec::new(), Vec::from([Why::TooLong])));
        assert_eq!(reasons(MoreTime { offered_by_third_party: true, ..early("2026-12-16") }), [Why::OfferedByThirdParty]);
        assert_eq!(reasons(MoreTime { claim_sold: true, ..large("2026-12-15") }), [Why::ClaimSold]);
    }

    #[test]
    fn from_the_due_date_on_it_is_a_debt_that_exists_and_free_time_is_no_credit() {
        let far = early("2028-12-15");
        for (on, is_free) in [("2026-12-14", false), ("2026-12-15", true), ("2026-12-16", true)] {
            let found = MoreTime { on: day(on), ..far }.regime();
            assert_eq!(found.regime == Regime::FreeDeferral, is_free, "{on}");
            assert_eq!(found.source == Some(EXISTING), is_free, "{on}");
        }
        let late = MoreTime { on: day("2026-12-16"), seller: Seller::Large, claim_sold: true, offered_by_third_party: true, ..far };
        assert_eq!(late.regime().regime, Regime::FreeDeferral);
    }

    #[test]
    fn a_business_is_not_asked_and_where_nothing_was_read_it_is_credit() {
        assert_eq!(MoreTime { party: Party::Business, ..early("2028-12-15") }.regime().regime, Regime::Business);
        assert_eq!(reasons(MoreTime { market: *b"CH", on: day("2026-12-16"), ..early("2026-12-20") }), [Why::NoFigure]);
        let before = MoreTime { contract: day("2026-11-19"), ..early("2028-12-15") };
        assert_eq!(before.regime().regime, Regime::FreeDeferral, "the old law asked only for a charge");
    }
}
