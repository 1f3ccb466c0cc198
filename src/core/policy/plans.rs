//! The plans of instalments that a method has on offer.

use super::{Kind, Method};
use crate::calendar::Calendar;
use crate::date::Date;
use crate::instalments::{Charge, Plan, PlanError, RATES_MAX, RATES_MIN, Wanted};
use crate::money::MINOR_MAX;

/// Most plans of one method
pub const PLANS_MAX: usize = 12;

/// A number of rates that the customer may choose, and what it costs
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanOffer {
    /// How many rates, one a month
    pub rates: u8,
    /// Smallest cart total in minor units, 0 for any
    pub minimum: i64,
    /// What it costs
    pub charge: Charge,
}

impl PlanOffer {
    /// The plan for a cart total in minor units that is ordered today; the method's term says when the first rate is due
    ///
    /// The credit begins with the order: goods that arrive later only make it cheaper than it is said to be.
    ///
    /// # Errors
    ///
    /// [`PlanError`], such as for a total below the rates' number; of a method without a term [`PlanError::FirstTooEarly`].
    pub fn plan(&self, method: &Method, total: i64, today: Date, calendar: Calendar) -> Result<Plan, PlanError> {
        let days = method.term.map_or(0, |term| term.days);
        let (rates, charge) = (self.rates, self.charge);
        Plan::new(Wanted { principal: total, start: today, first: today.plus_days(days.into()), rates, charge, calendar })
    }

    fn is_sound(&self) -> bool {
        (RATES_MIN..=RATES_MAX).contains(&self.rates)
            && (0..=MINOR_MAX).contains(&self.minimum)
            && match self.charge {
                Charge::Free | Charge::Interest(_) => true,
                Charge::Fee(fee) => (0..=MINOR_MAX).contains(&fee),
            }
    }
}

impl Method {
    /// The plans that a cart total in minor units is large enough for
    pub fn plans_for(&self, total: i64) -> impl Iterator<Item = &PlanOffer> {
        self.plans.iter().filter(move |plan| plan.minimum <= total)
    }

    /// Whether the plans are those of one method: rising numbers of rates, and only where there are rates
    pub(super) fn plans_are_sound(&self) -> bool {
        self.plans.len() <= PLANS_MAX
            && (self.plans.is_empty() || self.kind == Kind::Instalments)
            && self.plans.iter().all(PlanOffer::is_sound)
            && self.plans.is_sorted_by(|one, next| one.rates < next.rates)
    }
}
