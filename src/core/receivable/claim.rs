//! One claim: what was agreed, when it is due, how far reminding has come, and who collects it.

use super::event::Rule;
use crate::date::Date;
use crate::ident::RunId;
use crate::law::regime::Party;
use alloc::string::String;

/// A claim; its balances are the book's
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receivable {
    /// Who owes it
    pub party: Party,
    /// How payments are put against it
    pub rule: Rule,
    /// The day on which it came to be
    pub created_on: Date,
    /// What was agreed with the order, in minor units
    pub agreed: i64,
    /// What was credited of that, in minor units
    pub credited: i64,
    /// The last day on which payment is in time
    pub due: Option<Date>,
    /// The invoice, once it has arrived
    pub invoice: Option<Invoice>,
    /// The first day of default
    pub default_since: Option<Date>,
    /// Default interest so far
    pub interest: Interest,
    /// How far reminding has come
    pub level: Level,
    /// The level at which it was when nothing was overdue any more; where money goes back it is there again
    pub level_before: Level,
    /// The last day of a deferral
    pub deferred_until: Option<Date>,
    /// Whether the customer withdrew from the contract
    pub withdrawn: bool,
    /// Who collects it
    pub holder: Holder,
    /// How it ended; nothing while something is open
    pub ending: Option<Ending>,
}

/// An invoice that arrived
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invoice {
    /// When
    pub received_on: Date,
    /// Whether it told a consumer of default after 30 days
    pub default_notice: bool,
}

/// Default interest of a claim
///
/// It is reckoned exactly, in parts of which a day's interest of a whole number of minor units at a rate in parts per million is a whole
/// number, in years of 365 and of 366 days alike. What is charged is the exact sum rounded half up once, however often it was reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Interest {
    /// The last day that it was reckoned for
    pub until: Option<Date>,
    /// The exact sum, in parts
    pub parts: i128,
    /// What was charged, in minor units
    pub charged: i64,
}

impl Interest {
    /// Parts in a minor unit: 365 × 366 × a million
    pub const PARTS: i128 = 133_590_000_000;

    /// What is to be charged beyond what was, when so many parts come to it; nothing beyond what can be counted
    #[must_use]
    pub fn due(self, parts: i128) -> Option<i64> {
        let sum = self.parts.checked_add(parts)?;
        let rounded = sum.checked_add(Self::PARTS / 2)?.div_euclid(Self::PARTS);
        i64::try_from(rounded).ok()?.checked_sub(self.charged)
    }
}

/// How far reminding has come
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Level {
    /// 0 while nobody has reminded
    pub number: u8,
    /// Whether it is the last before a hand-over
    pub last: bool,
    /// In which run it rose
    pub run: Option<RunId>,
    /// The due date that it is about
    pub cycle: Option<Date>,
    /// The last day of the new term; nothing until the notice has arrived
    pub term_until: Option<Date>,
}

/// Who collects a claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// The merchant
    Merchant,
    /// An agency, by the merchant's name for it
    Agency(String),
}

/// How a claim ended
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// It was paid
    Paid,
    /// It was credited
    Credited,
    /// The customer withdrew from the contract
    Withdrawn,
    /// It was forgiven
    Waived,
    /// Too little was left
    SmallBalance,
    /// The merchant does not expect it any more
    WrittenOff,
}

impl Ending {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Credited => "credited",
            Self::Withdrawn => "withdrawn",
            Self::Waived => "waived",
            Self::SmallBalance => "small_balance",
            Self::WrittenOff => "written_off",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1000.00 for 15 days at 7.27 % and 14 at 6.27 % are 5.3926: each stretch rounded by itself would be 2.99 + 2.40 = 5.39 as well, and
    /// day by day it would be 15 × 0.20 + 14 × 0.17 = 5.38.
    #[test]
    fn interest_is_rounded_once_however_often_it_is_reckoned() {
        let day = |ppm: i128| 100_000 * ppm * (Interest::PARTS / 365_000_000);
        let mut interest = Interest::default();
        for ppm in [72_700].repeat(15).into_iter().chain([62_700].repeat(14)) {
            let minor = interest.due(day(ppm)).unwrap();
            interest = Interest { until: None, parts: interest.parts + day(ppm), charged: interest.charged + minor };
        }
        assert_eq!(interest.charged, 539);
        assert_eq!(Interest::default().due(day(72_700) * 15 + day(62_700) * 14), Some(539));
        // What was reckoned for too long is taken back the same way.
        assert_eq!(interest.due(-day(62_700) * 14), Some(299 - 539));
    }

    #[test]
    fn a_part_divides_years_of_both_lengths() {
        assert_eq!(Interest::PARTS % 365_000_000, 0);
        assert_eq!(Interest::PARTS % 366_000_000, 0);
    }
}
