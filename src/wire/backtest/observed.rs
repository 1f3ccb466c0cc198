//! How orders on credit were paid in the end.

use super::amounts::Sum;
use super::{add, count};
use crate::money::Money;
use crate::order::{Bought, Order, Paid};
use serde::Serialize;
use tresen_core::money::{Currency, MoneyError};

/// How orders on credit were paid in the end
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Observed {
    /// How many say so
    pub orders: u64,
    /// Paid by the due date
    pub on_time: u64,
    /// Paid after it
    pub late: u64,
    /// Not paid
    pub unpaid: u64,
    /// The unpaid among them in parts per million, half up
    pub unpaid_ppm: u64,
    /// What was lost in the end
    pub lost: Money,
}

/// What counts orders by how they were paid
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Paying {
    on_time: u64,
    late: u64,
    unpaid: u64,
    lost: Sum,
}

impl Paying {
    /// Counts an order if it says how it was paid and was on credit
    pub(super) fn add(&mut self, order: &Order, total: i64) {
        let Some(outcome) = order.outcome.filter(|outcome| outcome.bought == Bought::WithCreditRisk) else { return };
        let (number, lost) = match outcome.paid {
            Paid::OnTime => (&mut self.on_time, 0),
            Paid::Late => (&mut self.late, outcome.lost.unwrap_or(0)),
            Paid::Unpaid => (&mut self.unpaid, outcome.lost.unwrap_or(total)),
        };
        count(number);
        self.lost.add_minor(lost);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        add(&mut self.on_time, other.on_time);
        add(&mut self.late, other.late);
        add(&mut self.unpaid, other.unpaid);
        self.lost.add(other.lost);
    }

    /// The figures, if any order says how it was paid
    pub(super) fn observed(&self, currency: Currency) -> Result<Option<Observed>, MoneyError> {
        let Self { on_time, late, unpaid, lost } = *self;
        let orders = on_time.saturating_add(late).saturating_add(unpaid);
        if orders == 0 {
            return Ok(None);
        }
        let (unpaid_ppm, lost) = (ppm(unpaid, orders), lost.rounded(currency)?);
        Ok(Some(Observed { orders, on_time, late, unpaid, unpaid_ppm, lost }))
    }
}

/// A part in parts per million of the whole, half up; nothing of nothing
pub(super) fn ppm(part: u64, whole: u64) -> u64 {
    let half = u128::from(whole / 2);
    let parts = u128::from(part).saturating_mul(1_000_000).saturating_add(half);
    parts.checked_div(whole.into()).and_then(|parts| u64::try_from(parts).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::ppm;

    #[test]
    fn a_share_is_rounded_half_up() {
        assert_eq!([ppm(1, 3), ppm(2, 3), ppm(0, 3), ppm(3, 3), ppm(0, 0)], [333_333, 666_667, 0, 1_000_000, 0]);
    }
}
