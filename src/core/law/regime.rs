//! Whether time to pay is regulated credit, why, and what the customer must then be told.
//!
//! Source: Directive (EU) 2023/2225, Article 2(2)(h), applicable since 2026-11-20: a supplier's own free deferral of payment stays outside if
//! nobody else offers the credit, nothing is charged but limited costs of late payment, and all is paid within 50 days of delivery; for
//! sellers online or at a distance that are not small or medium-sized within 14 days, and then nobody else may buy the credit either.
//! Before that day, German, Austrian and Dutch law asked only whether a charge was made: each with its paragraph beside the figure below. A
//! charge for the time counts as credit there too; what the old law forgave (small sums, three months, little cost) is not made use of.
//! Article 2 leaves states some room, and no German, Austrian or Dutch text as promulgated was found (the Dutch draft of 2025-04-15 says what
//! the directive says): whoever offers credit has counsel check it, which is what `legal.registration_checked_by` of a policy records.

use crate::date::Date;
use alloc::vec::Vec;

/// Who may owe
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// For ends outside any trade (BGB section 13)
    Consumer,
    /// Everybody else
    Business,
}

/// How large the seller is
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seller {
    /// Fewer than 250 people, and at most 50 million EUR a year in turnover or 43 million in the balance sheet (2003/361/EC)
    SmallOrMedium,
    /// Any other; sellers here sell at a distance
    Large,
}

/// Time to pay, as far as the law asks
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deferral {
    /// Country code of the market
    pub market: [u8; 2],
    /// Day of the contract
    pub contract: Date,
    /// Who owes
    pub party: Party,
    /// Who sells
    pub seller: Seller,
    /// Days from delivery to the last payment; nothing if all is paid when the order is placed
    pub days: Option<u16>,
    /// Whether interest or a fee is charged for the time, apart from costs of late payment
    pub charged: bool,
    /// Whether somebody else offers the credit
    pub offered_by_third_party: bool,
    /// Whether the claim is sold
    pub claim_sold: bool,
}

/// What a deferral is to the law
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// No time to pay is given
    PaidAtOnce,
    /// Nobody is protected as a consumer
    Business,
    /// A seller's own free deferral: outside the rules on consumer credit
    FreeDeferral,
    /// Consumer credit
    ConsumerCredit,
}

/// Why a deferral is no free one
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Something is charged for the time
    Charged,
    /// It lasts too long
    TooLong,
    /// Somebody else offers it
    OfferedByThirdParty,
    /// The claim is sold, and the seller is large
    ClaimSold,
    /// There is no figure for that market and day
    NoFigure,
}

/// What the customer must be told or left
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disclosure {
    /// "Borrowing money costs money", with the choice and in advertising (Article 8(1))
    Warning,
    /// All terms on one page before the contract (Article 10)
    Precontractual,
    /// That the offer was made for this person by a machine (Article 13)
    Personalised,
    /// No box is ticked in advance (Article 15)
    NothingTicked,
    /// A human looks at it, explains, hears the other view (Article 18(8); GDPR Article 22(3))
    HumanReview,
    /// A refusal is told at once, that a machine made it, and where debt advice is to be had (Article 18(9))
    RefusalNotice,
    /// 14 days to withdraw (Article 26)
    Withdrawal,
    /// Paying back early at any time, with the costs falling (Article 29; BGB section 501)
    EarlyRepayment,
}

/// What was found
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What the deferral is
    pub regime: Regime,
    /// Every reason against a free deferral; none where there is none
    pub reasons: Vec<Why>,
    /// What must be told, in the order of the articles
    pub disclosures: &'static [Disclosure],
    /// The most days a free deferral may last for this seller, where there is a figure
    pub days_most: Option<u16>,
    /// Where the figure is written, if there is one
    pub source: Option<&'static str>,
}

impl Why {
    /// All of them, in the order in which they are told
    pub const ALL: [Self; 5] = [Self::Charged, Self::TooLong, Self::OfferedByThirdParty, Self::ClaimSold, Self::NoFigure];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Charged => "regime.charged",
            Self::TooLong => "regime.too_long",
            Self::OfferedByThirdParty => "regime.offered_by_third_party",
            Self::ClaimSold => "regime.claim_sold",
            Self::NoFigure => "regime.no_figure",
        }
    }
}

impl Regime {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PaidAtOnce => "paid_at_once",
            Self::Business => "business",
            Self::FreeDeferral => "free_deferral",
            Self::ConsumerCredit => "consumer_credit",
        }
    }

    /// What the customer must be told or left, in the order of the articles
    ///
    /// A free deferral that a machine refuses is a decision that GDPR Article 22 is about (C-634/21), so the human stays.
    #[must_use]
    pub fn disclosures(self) -> &'static [Disclosure] {
        use Disclosure::{EarlyRepayment, HumanReview, NothingTicked, Personalised, Precontractual, RefusalNotice, Warning, Withdrawal};
        match self {
            Self::PaidAtOnce | Self::Business => &[],
            Self::FreeDeferral => &[NothingTicked, HumanReview],
            Self::ConsumerCredit => {
                &[Warning, Precontractual, Personalised, NothingTicked, HumanReview, RefusalNotice, Withdrawal, EarlyRepayment]
            }
        }
    }
}

impl Disclosure {
    /// The id of its text, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Warning => "credit.warning",
            Self::Precontractual => "credit.precontractual",
            Self::Personalised => "credit.personalised",
            Self::NothingTicked => "credit.nothing_ticked",
            Self::HumanReview => "credit.human_review",
            Self::RefusalNotice => "credit.refusal_notice",
            Self::Withdrawal => "credit.withdrawal",
            Self::EarlyRepayment => "credit.early_repayment",
        }
    }
}

/// When a free deferral stays outside, for contracts from a day on
struct Figure {
    /// The market; nothing for every state of the Union
    market: Option<[u8; 2]>,
    /// First day, and the day after the last
    from: (i32, u8, u8),
    until: Option<(i32, u8, u8)>,
    /// Most days from delivery to the last payment, of small or medium-sized sellers and of large ones; nothing for any number
    days: [Option<u16>; 2],
    /// Whether it matters that somebody else offers the credit
    third_party: bool,
    /// Whether large sellers may not sell the claim
    large_may_not_sell: bool,
    /// Where it is written
    source: &'static str,
}

const FIGURES: &[Figure] = &[
    // Article 48: applied from 20 November 2026.
    Figure {
        market: None,
        from: (2026, 11, 20),
        until: None,
        days: [Some(50), Some(14)],
        third_party: true,
        large_may_not_sell: true,
        source: "Directive (EU) 2023/2225 Art. 2(2)(h)",
    },
    // As it stood until then: only what is paid for is credit.
    Figure {
        market: Some(*b"DE"),
        from: (2010, 6, 11),
        until: Some((2026, 11, 20)),
        days: [None, None],
        third_party: false,
        large_may_not_sell: false,
        source: "BGB section 506(1) as of 2026-08-19",
    },
    // A credit is a loan for a charge, and a deferral counts if it is one for a charge.
    Figure {
        market: Some(*b"AT"),
        from: (2010, 6, 11),
        until: Some((2026, 11, 20)),
        days: [None, None],
        third_party: false,
        large_may_not_sell: false,
        source: "VKrG (BGBl. I 2010/28) sections 1, 2 and 25",
    },
    // As Article 2(2)(f) of Directive 2008/48/EC has it: without interest and other costs it is outside. Costs of late payment are none of these unless the seller reckons with them (CJEU 2024-10-17, asked by the Hoge Raad
    // in its case 22/01716).
    Figure {
        market: Some(*b"NL"),
        from: (2011, 5, 25),
        until: Some((2026, 11, 20)),
        days: [None, None],
        third_party: false,
        large_may_not_sell: false,
        source: "BW Book 7 Title 2A (Stb. 2011, 246); Wft Art. 1:20",
    },
];

/// The states in which the directive applies
const UNION: &[u8; 54] = b"ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK";

fn in_union(market: [u8; 2]) -> bool {
    UNION.as_chunks().0.contains(&market)
}

fn figure(market: [u8; 2], contract: Date) -> Option<&'static Figure> {
    let day = |(year, month, day): (i32, u8, u8)| Date::from_ymd(year, month, day);
    FIGURES.iter().find(|figure| {
        let there = figure.market.map_or_else(|| in_union(market), |only| only == market);
        let begun = day(figure.from).is_some_and(|from| contract >= from);
        there && begun && figure.until.and_then(day).is_none_or(|until| contract < until)
    })
}

impl Deferral {
    /// What the law makes of it, and why
    #[must_use]
    pub fn regime(&self) -> Finding {
        let figure = figure(self.market, self.contract);
        let place = usize::from(self.seller == Seller::Large);
        let days_most = figure.and_then(|figure| figure.days.get(place).copied().flatten());
        let source = figure.map(|figure| figure.source);
        let plain = |regime: Regime| Finding { regime, reasons: Vec::new(), disclosures: regime.disclosures(), days_most, source };
        let Some(days) = self.days else { return plain(Regime::PaidAtOnce) };
        if self.party == Party::Business {
            return plain(Regime::Business);
        }
        let third_party = figure.is_none_or(|figure| figure.third_party);
        let may_not_sell = figure.is_none_or(|figure| figure.large_may_not_sell) && self.seller == Seller::Large;
        let reasons: Vec<Why> = Why::ALL
            .into_iter()
            .filter(|why| match why {
                Why::Charged => self.charged,
                Why::TooLong => days_most.is_some_and(|most| days > most),
                Why::OfferedByThirdParty => third_party && self.offered_by_third_party,
                Why::ClaimSold => may_not_sell && self.claim_sold,
                Why::NoFigure => figure.is_none(),
            })
            .collect();
        let regime = if reasons.is_empty() { Regime::FreeDeferral } else { Regime::ConsumerCredit };
        Finding { reasons, ..plain(regime) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deferral() -> Deferral {
        Deferral {
            market: *b"DE",
            contract: Date::parse("2026-11-25").unwrap(),
            party: Party::Consumer,
            seller: Seller::SmallOrMedium,
            days: Some(14),
            charged: false,
            offered_by_third_party: false,
            claim_sold: false,
        }
    }

    fn found(deferral: Deferral) -> (Regime, Vec<Why>) {
        let found = deferral.regime();
        (found.regime, found.reasons)
    }

    #[test]
    fn a_free_deferral_lasts_fifty_days_or_fourteen() {
        let regime = |seller, days| Deferral { seller, days: Some(days), ..deferral() }.regime().regime;
        assert_eq!(
            [49, 50, 51].map(|days| regime(Seller::SmallOrMedium, days)),
            [Regime::FreeDeferral, Regime::FreeDeferral, Regime::ConsumerCredit]
        );
        assert_eq!(
            [13, 14, 15].map(|days| regime(Seller::Large, days)),
            [Regime::FreeDeferral, Regime::FreeDeferral, Regime::ConsumerCredit]
        );
        assert_eq!(Deferral { seller: Seller::Large, ..deferral() }.regime().days_most, Some(14));
    }

    #[test]
    fn every_reason_is_told() {
        let all =
            Deferral { seller: Seller::Large, days: Some(30), charged: true, offered_by_third_party: true, claim_sold: true, ..deferral() };
        assert_eq!(found(all), (Regime::ConsumerCredit, [Why::Charged, Why::TooLong, Why::OfferedByThirdParty, Why::ClaimSold].into()));
        // A small seller may sell the claim and stays outside, until the figures say otherwise.
        assert_eq!(found(Deferral { claim_sold: true, ..deferral() }), (Regime::FreeDeferral, [].into()));
    }

    #[test]
    fn the_day_of_the_contract_counts() {
        let on = |day: &str| found(Deferral { days: Some(100), contract: Date::parse(day).unwrap(), ..deferral() });
        assert_eq!(on("2026-11-19"), (Regime::FreeDeferral, [].into()));
        assert_eq!(on("2026-11-20"), (Regime::ConsumerCredit, [Why::TooLong].into()));
        assert_eq!(on("2010-06-10"), (Regime::ConsumerCredit, [Why::NoFigure].into()));
    }

    #[test]
    fn the_neighbours_have_their_old_law_until_that_day_and_none_before_it_was_made() {
        let on = |market: &[u8; 2], day: &str, charged| {
            found(Deferral { market: *market, days: Some(100), charged, contract: Date::parse(day).unwrap(), ..deferral() })
        };
        for (market, first, before) in [(b"AT", "2010-06-11", "2010-06-10"), (b"NL", "2011-05-25", "2011-05-24")] {
            for day in [first, "2026-11-19"] {
                assert_eq!(on(market, day, false), (Regime::FreeDeferral, [].into()));
                assert_eq!(on(market, day, true), (Regime::ConsumerCredit, [Why::Charged].into()));
            }
            assert_eq!(on(market, "2026-11-20", false), (Regime::ConsumerCredit, [Why::TooLong].into()));
            assert_eq!(on(market, before, false), (Regime::ConsumerCredit, [Why::NoFigure].into()));
        }
        // Of Belgium and France nothing was read, so before the directive they have no figure.
        for market in [b"BE", b"FR"] {
            assert_eq!(on(market, "2026-11-19", false), (Regime::ConsumerCredit, [Why::NoFigure].into()));
        }
    }

    #[test]
    fn where_no_figure_is_known_the_customer_gets_everything() {
        for market in [*b"CH", *b"GB", *b"XX"] {
            let found = Deferral { market, ..deferral() }.regime();
            assert_eq!((found.regime, found.reasons.as_slice()), (Regime::ConsumerCredit, &[Why::NoFigure][..]));
            assert_eq!(found.source, None);
            assert_eq!(found.disclosures.len(), 8);
        }
        for market in [*b"AT", *b"NL", *b"BE", *b"FR"] {
            assert_eq!(Deferral { market, ..deferral() }.regime().regime, Regime::FreeDeferral);
        }
    }

    #[test]
    fn who_pays_at_once_or_in_trade_is_not_asked() {
        assert_eq!(found(Deferral { days: None, charged: true, ..deferral() }), (Regime::PaidAtOnce, [].into()));
        assert_eq!(found(Deferral { party: Party::Business, charged: true, ..deferral() }), (Regime::Business, [].into()));
    }
}
