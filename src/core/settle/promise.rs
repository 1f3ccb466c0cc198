//! Until which day a customer may name one on which they pay.
//!
//! A promise changes nothing about the debt: it asks for patience, and the house grants some. What moves a due date by agreement is a deferral,
//! and another thing.
//!
//! **Invariant:** a day that is said to be possible is taken by the ledger on that day.

use super::{Claim, Situation};
use crate::calendar::Calendar;
use crate::date::Date;
use crate::receivable::{Act, HoldReason};
use alloc::vec::Vec;

/// How much patience the house has
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How many days ahead a day may lie, from today or from the due date, whichever is later
    pub days: u8,
    /// How many days more a transfer may take
    pub grace_days: u8,
    /// After how many promises that were not kept a human is asked first
    pub broken: u8,
}

/// Fourteen days, three for the bank, and twice
pub const PATIENCE: Patience = Patience { days: 14, grace_days: 3, broken: 2 };

/// Why no day can be named here
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPromise {
    /// Nothing is open
    NothingOpen,
    /// One is named already
    Made {
        /// Which
        date: Date,
    },
    /// A plan says when what is paid
    Plan,
    /// It waits for something else anyway, or a human has it
    Held(HoldReason),
    /// Earlier ones passed: a human is asked first
    Broken,
    /// Not one of the days from today to that one
    Day {
        /// The last that may be named
        until: Date,
    },
}

impl NoPromise {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingOpen => "promise.nothing_open",
            Self::Made { .. } => "promise.made",
            Self::Plan => "promise.plan",
            Self::Held(_) => "promise.held",
            Self::Broken => "promise.broken",
            Self::Day { .. } => "promise.day",
        }
    }
}

impl Patience {
    /// The last day that may be named for what is asked of the claims that are meant
    ///
    /// # Errors
    ///
    /// Why none may, the first that applies in the order of [`NoPromise`].
    pub fn until(self, situation: &Situation) -> Result<Date, NoPromise> {
        let payable: Vec<&Claim> = situation.payable().filter(|claim| claim.owing.disputed == 0).collect();
        // Where nothing can be paid but what a human looks at, that is why.
        let asked = if payable.is_empty() { situation.open().filter(|claim| !claim.owing.elsewhere).collect() } else { payable };
        if asked.is_empty() {
            return Err(NoPromise::NothingOpen);
        }
        if let Some(date) = situation.promise {
            return Err(NoPromise::Made { date });
        }
        if situation.planned {
            return Err(NoPromise::Plan);
        }
        let blocks = |reason: &HoldReason| reason.blocks(Act::Contact);
        if let Some(reason) = asked.iter().flat_map(|claim| claim.holds.iter().copied().filter(blocks)).min() {
            return Err(NoPromise::Held(reason));
        }
        if situation.broken >= usize::from(self.broken) {
            return Err(NoPromise::Broken);
        }
        let due = asked.iter().filter_map(|claim| claim.due).max();
        Ok(due.map_or(situation.today, |due| due.max(situation.today)).plus_days(i32::from(self.days)))
    }

    /// A day is named: the last one on which it is waited for
    ///
    /// # Errors
    ///
    /// Why it cannot be, the first that applies in the order of [`NoPromise`].
    pub fn named(self, situation: &Situation, date: Date) -> Result<Date, NoPromise> {
        let until = self.until(situation)?;
        if !(situation.today..=until).contains(&date) {
            return Err(NoPromise::Day { until });
        }
        Ok(self.grace(date, situation.terms.calendar))
    }

    /// The last day on which a promise is waited for: one on which banks work, so that no holiday breaks a promise
    #[must_use]
    pub fn grace(self, date: Date, calendar: Calendar) -> Date {
        calendar.due(date.plus_days(i32::from(self.grace_days)))
    }
}
