//! What a seller's own reminder may cost the debtor: its material, and nothing else.
//!
//! Work, systems and any flat sum above the material are not damage that the debtor pays (BGH 2019-06-26, VIII ZR 95/18, which struck down 2.50 EUR);
//! what is left is print, envelope and postage, 0.76 EUR there. A message without paper has none of it. The reminder that puts the debtor in default
//! comes before default and so is not caused by it (BGB sections 280(2) and 286).
//!
//! **Invariant:** nothing is charged but what the merchant proves, and never more than the figure of the day. The figures are the house's own
//! reckoning: the 0.76 of the judgment, of which 0.70 was postage then, with the postage of the day in its place. They end with the postage
//! that was read.

use super::dated::{Span, on_day};
use crate::date::Date;

/// One reminder of the seller's own
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnReminder {
    /// Country code of the market
    pub market: [u8; 2],
    /// When it is sent
    pub on: Date,
    /// Whether it goes out on paper
    pub by_letter: bool,
    /// Whether the debtor is in default before it comes
    pub in_default: bool,
    /// What print, envelope and postage are proven to cost, in euro cents, as the policy says
    pub proven_cents: i64,
}

/// Why a reminder costs what it costs
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// It puts the debtor in default, or comes before
    BeforeDefault,
    /// It has no material
    NoMaterial,
    /// Nothing was proven
    NothingProven,
    /// There is no figure for that market and day
    NoFigure,
    /// What was proven
    Proven,
    /// The figure of the day, below what was proven
    Most,
}

/// What it may cost
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnCost {
    /// In euro cents
    pub cents: i64,
    /// Why
    pub why: Why,
    /// The figure of the day in euro cents, where there is one
    pub most_cents: Option<i64>,
    /// Where it is written, if the market's law was read
    pub source: Option<&'static str>,
}

impl Why {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeDefault => "before_default",
            Self::NoMaterial => "no_material",
            Self::NothingProven => "nothing_proven",
            Self::NoFigure => "no_figure",
            Self::Proven => "proven",
            Self::Most => "most",
        }
    }
}

/// The most for one letter in euro cents
///
/// The postage of a standard letter: 0.85 since 2022-01-01, 0.95 since 2025-01-01, approved for 2025 and 2026.
const LETTER_DE: &[(Span, i64)] = &[
    (Span::new((2019, 6, 26), Some((2022, 1, 1))), 76),
    (Span::new((2022, 1, 1), Some((2025, 1, 1))), 91),
    (Span::new((2025, 1, 1), Some((2027, 1, 1))), 101),
];

/// The most for one letter on that day, in euro cents; nothing where no figure was read
#[must_use]
pub fn letter_most_cents(market: [u8; 2], on: Date) -> Option<i64> {
    let rows = if market == *b"DE" { LETTER_DE } else { &[] };
    on_day(rows, on).copied()
}

/// What that reminder may cost the debtor
#[must_use]
pub fn own_cost(reminder: OwnReminder) -> OwnCost {
    let most = letter_most_cents(reminder.market, reminder.on);
    let (cents, why) = match most {
        _ if !reminder.in_default => (0, Why::BeforeDefault),
        _ if !reminder.by_letter => (0, Why::NoMaterial),
        _ if reminder.proven_cents <= 0 => (0, Why::NothingProven),
        None => (0, Why::NoFigure),
        Some(most) if reminder.proven_cents > most => (most, Why::Most),
        Some(_) => (reminder.proven_cents, Why::Proven),
    };
    OwnCost { cents, why, most_cents: most, source: source(reminder.market) }
}

/// Where the rule of a market is written
#[must_use]
pub fn source(market: [u8; 2]) -> Option<&'static str> {
    match &market {
        b"DE" => Some("BGB sections 280(2) and 286; BGH 2019-06-26, VIII ZR 95/18"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(on: &str, proven_cents: i64) -> OwnReminder {
        OwnReminder { market: *b"DE", on: Date::parse(on).unwrap(), by_letter: true, in_default: true, proven_cents }
    }

    fn cost(reminder: OwnReminder) -> (i64, Why) {
        let found = own_cost(reminder);
        (found.cents, found.why)
    }

    #[test]
    fn what_is_proven_counts_up_to_the_figure_of_the_day() {
        for (proven, expected) in [
            (-1, (0, Why::NothingProven)),
            (0, (0, Why::NothingProven)),
            (1, (1, Why::Proven)),
            (100, (100, Why::Proven)),
            (101, (101, Why::Proven)),
            (102, (101, Why::Most)),
            (250, (101, Why::Most)),
        ] {
            assert_eq!(cost(letter("2026-11-25", proven)), expected, "{proven}");
        }
    }

    #[test]
    fn the_reminder_that_creates_default_and_what_has_no_material_are_free() {
        let free = OwnReminder { in_default: false, ..letter("2026-11-25", 95) };
        assert_eq!(cost(free), (0, Why::BeforeDefault));
        assert_eq!(cost(OwnReminder { by_letter: false, ..letter("2026-11-25", 95) }), (0, Why::NoMaterial));
        assert_eq!(cost(OwnReminder { market: *b"NL", ..letter("2026-11-25", 95) }), (0, Why::NoFigure));
        assert_eq!(own_cost(OwnReminder { market: *b"NL", ..letter("2026-11-25", 95) }).source, None);
    }

    #[test]
    fn a_figure_holds_from_its_day_and_ends_with_the_postage_that_was_read() {
        for (on, most) in [
            ("2019-06-25", None),
            ("2019-06-26", Some(76)),
            ("2021-12-31", Some(76)),
            ("2022-01-01", Some(91)),
            ("2024-12-31", Some(91)),
            ("2025-01-01", Some(101)),
            ("2026-12-31", Some(101)),
            ("2027-01-01", None),
        ] {
            assert_eq!(letter_most_cents(*b"DE", Date::parse(on).unwrap()), most, "{on}");
        }
        assert_eq!(cost(letter("2027-01-01", 95)), (0, Why::NoFigure));
    }
}
