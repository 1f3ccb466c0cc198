//! Paying everything back before its time.

use super::{Charge, Plan, interest};
use crate::date::Date;

/// What it takes to pay a plan back early
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Early {
    /// What is to be paid on that day, for good
    pub amount: i64,
    /// What the rates that fall away would have cost more
    pub saved: i64,
}

impl Plan {
    /// What it takes to pay everything back on a day, after the first `paid` rates were paid
    ///
    /// Interest runs to that day and no further. A fee falls away in proportion to the days of the plan that are left, in the customer's
    /// favour where it does not divide (BGB section 501(1): the costs fall with the remaining term, interest and other costs alike).
    #[must_use]
    pub fn early(&self, paid: usize, on: Date) -> Early {
        let rest = self.instalments.get(paid..).unwrap_or(&[]);
        let sum = |of: fn(&super::Instalment) -> i64| rest.iter().map(of).fold(0_i64, i64::saturating_add);
        let (principal, total) = (sum(super::Instalment::principal), sum(|instalment| instalment.amount));
        let cost = match self.wanted.charge {
            Charge::Free => 0,
            Charge::Fee(fee) => self.fee_until(fee, on).saturating_sub(fee.saturating_sub(total.saturating_sub(principal))).max(0),
            Charge::Interest(rate) => {
                let before = paid.checked_sub(1).and_then(|last| self.instalments.get(last));
                let since = before.map_or(self.wanted.start, |instalment| instalment.nominal);
                interest(principal, rate, since, on.max(since))
            }
        };
        let amount = principal.saturating_add(cost).min(total);
        Early { amount, saved: total.saturating_sub(amount) }
    }

    /// What of the fee belongs to the days up to one, rounded down
    fn fee_until(&self, fee: i64, on: Date) -> i64 {
        let Some(last) = self.instalments.last() else { return 0 };
        let whole = last.nominal.days_since(self.wanted.start).max(1);
        let gone = on.days_since(self.wanted.start).clamp(0, whole);
        let share = i128::from(fee).saturating_mul(gone.into()).div_euclid(whole.into());
        i64::try_from(share).unwrap_or(fee)
    }
}
