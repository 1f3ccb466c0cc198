//! Plans of instalments over claims.
//!
//! **Invariant:** the rates sum to what was open when they were agreed to, less what was credited since; their days rise.
//! A credit note takes away from the last rate first, so that the next ones stay what the customer was told.

use crate::date::Date;
use crate::ident::ReceivableId;
use alloc::vec::Vec;

/// One rate
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The last day on which payment is in time
    pub due: Date,
    /// How much, in minor units
    pub minor: i64,
}

/// A plan of instalments
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The claims that are paid by it
    pub receivables: Vec<ReceivableId>,
    /// The rates, the first first
    pub rates: Vec<Rate>,
    /// What was put against it since it was agreed to, in minor units
    pub paid: i64,
    /// Whether it is still in force
    pub state: PlanState,
    /// SHA-256 of the text that the person keeps
    pub document: [u8; 32],
}

/// Where a plan stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// In force
    Active,
    /// Everything is paid
    Completed,
    /// Both sides ended it
    Cancelled,
    /// Everything became due at once
    Accelerated,
}

impl Plan {
    /// Everything that is to be paid, in minor units
    #[must_use]
    pub fn total(&self) -> i64 {
        self.rates.iter().map(|rate| rate.minor).fold(0, i64::saturating_add)
    }

    /// What should have been paid by the end of a day and was not, in minor units
    #[must_use]
    pub fn behind(&self, on: Date) -> i64 {
        let due = self.rates.iter().filter(|rate| rate.due <= on).map(|rate| rate.minor).fold(0, i64::saturating_add);
        due.saturating_sub(self.paid).max(0)
    }

    /// The first rate that is not paid in full, and what of it is open
    #[must_use]
    pub fn next(&self) -> Option<Rate> {
        let mut until = 0_i64;
        self.rates.iter().find_map(|rate| {
            until = until.saturating_add(rate.minor);
            let open = until.saturating_sub(self.paid);
            (open > 0).then_some(Rate { due: rate.due, minor: open.min(rate.minor) })
        })
    }

    /// How many rates should have been paid by the end of a day and are not paid in full
    #[must_use]
    pub fn missed(&self, on: Date) -> usize {
        let mut until = 0_i64;
        let unpaid = self.rates.iter().filter(|rate| {
            until = until.saturating_add(rate.minor);
            rate.due <= on && until > self.paid
        });
        unpaid.count()
    }

    /// Takes so much off the rates, from the last on
    ///
    /// What the rates do not have had been paid before the plan, and was taken off the claim again to be credited: it counts as paid.
    pub(super) fn credit(&mut self, minor: i64) {
        let mut left = minor;
        while left > 0 {
            let Some(last) = self.rates.last_mut() else { break };
            let taken = left.min(last.minor);
            last.minor = last.minor.saturating_sub(taken);
            left = left.saturating_sub(taken);
            if last.minor == 0 {
                self.rates.pop();
            }
        }
        self.paid = self.paid.saturating_add(left);
    }

    /// Whether nothing is left to be paid
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.paid >= self.total()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn plan() -> Plan {
        let rate = |due: &str, minor| Rate { due: Date::parse(due).unwrap(), minor };
        Plan {
            receivables: vec![],
            rates: vec![rate("2026-12-01", 3_334), rate("2027-01-04", 3_333), rate("2027-02-01", 3_333)],
            paid: 0,
            state: PlanState::Active,
            document: [0; 32],
        }
    }

    fn on(day: &str) -> Date {
        Date::parse(day).unwrap()
    }

    #[test]
    fn what_is_paid_counts_for_the_earliest_rate() {
        let mut plan = plan();
        plan.paid = 3_400;
        assert_eq!(plan.next(), Some(Rate { due: on("2027-01-04"), minor: 3_267 }));
        assert_eq!((plan.behind(on("2027-01-03")), plan.behind(on("2027-01-04"))), (0, 3_267));
        assert_eq!((plan.missed(on("2026-12-31")), plan.missed(on("2027-02-01"))), (0, 2));
        plan.paid = 10_000;
        assert_eq!((plan.next(), plan.missed(on("2027-03-01")), plan.is_paid()), (None, 0, true));
    }

    #[test]
    fn a_credit_takes_from_the_last_rate() {
        let mut plan = plan();
        plan.credit(3_333 + 33);
        assert_eq!(plan.rates.iter().map(|rate| rate.minor).collect::<Vec<_>>(), [3_334, 3_300]);
        plan.credit(6_634 + 5);
        assert_eq!((plan.total(), plan.paid), (0, 5));
    }
}
