//! Until which day a customer may name one on which they pay.
//!
//! A promise changes nothing about the debt: it asks for patience, and the house grants some. What moves a due date by agreement is a deferral,
//! and another thing.
//!
//! **Invariant:** a day that is said to be possible is taken by [`Account::apply`] on that day.

use crate::calendar::Calendar;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::receivable::{Account, HoldReason, PlanState, PromiseEnd};

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
        }
    }
}

impl Patience {
    /// The last day that may be named for what is asked of these claims
    ///
    /// # Errors
    ///
    /// Why none may, the first that applies in the order of [`NoPromise`].
    pub fn until(self, account: &Account, claims: &[ReceivableId], today: Date) -> Result<Date, NoPromise> {
        let asked = claims.iter().filter(|id| account.open(id) > 0);
        let due = asked.clone().filter_map(|id| account.cycle(id)).max();
        if asked.clone().next().is_none() || account.balance() <= 0 {
            return Err(NoPromise::NothingOpen);
        }
        if let Some((_, made)) = account.promises().find(|(_, promise)| promise.end.is_none()) {
            return Err(NoPromise::Made { date: made.date });
        }
        if account.plans().any(|(_, plan)| plan.state == PlanState::Active) {
            return Err(NoPromise::Plan);
        }
        let held = asked.flat_map(|id| account.blocked(crate::receivable::Act::Contact, id, today)).min();
        if let Some(reason) = held {
            return Err(NoPromise::Held(reason));
        }
        let broken = account.promises().filter(|(_, promise)| promise.end == Some(PromiseEnd::Broken)).count();
        if broken >= usize::from(self.broken) {
            return Err(NoPromise::Broken);
        }
        Ok(due.map_or(today, |due| due.max(today)).plus_days(i32::from(self.days)))
    }

    /// The last day on which a promise is waited for: one on which banks work, so that no holiday breaks a promise
    #[must_use]
    pub fn grace(self, date: Date, calendar: Calendar) -> Date {
        calendar.due(date.plus_days(i32::from(self.grace_days)))
    }
}
