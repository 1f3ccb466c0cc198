//! What a customer may settle by themselves after the order: parts, a later day, rates, a pause.

use super::Policy;
use crate::money::Currency;

/// What a customer may settle by themselves
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The smallest part that is offered to be paid, in minor units above zero; less is taken as well
    pub part_minimum: i64,
    /// Whether the due date may be moved
    pub deferral: Option<DeferralTerms>,
    /// Whether rates may be chosen
    pub plan: Option<PlanTerms>,
    /// What is done for who says that money is tight
    pub hardship: Option<HardshipTerms>,
}

/// How far a due date may be moved
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeferralTerms {
    /// By how many days at most, from the due date or from today, whichever is later
    pub days: u8,
    /// How often for one claim
    pub times: u8,
}

/// Which rates may be chosen
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanTerms {
    /// The least that is paid by rates, in minor units
    pub from: i64,
    /// The fewest rates, one a month
    pub rates_from: u8,
    /// The most rates
    pub rates_to: u8,
    /// The smallest rate, in minor units
    pub rate_minimum: i64,
    /// Within how many days the first rate is to be paid
    pub first_within_days: u8,
}

/// What is done for who says that money is tight
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HardshipTerms {
    /// For how many days nobody reminds firmly, and nothing is added
    pub pause_days: u8,
    /// Which rates may be chosen then
    pub plan: Option<PlanTerms>,
}

impl Settlement {
    /// What holds where a policy says nothing of it: parts from 10, a later day once and up to thirty days, two to twelve rates of 10 or more of which
    /// the first comes within thirty days; in need thirty days of quiet, and up to 24 rates of 5 or more
    #[must_use]
    pub fn standard(currency: Currency) -> Self {
        let whole = |amount: i64| amount.saturating_mul(10_i64.saturating_pow(currency.digits().into()));
        let plan = PlanTerms { from: whole(20), rates_from: 2, rates_to: 12, rate_minimum: whole(10), first_within_days: 30 };
        let lighter = PlanTerms { from: whole(10), rates_to: 24, rate_minimum: whole(5), ..plan };
        Self {
            part_minimum: whole(10),
            deferral: Some(DeferralTerms { days: 30, times: 1 }),
            plan: Some(plan),
            hardship: Some(HardshipTerms { pause_days: 30, plan: Some(lighter) }),
        }
    }
}

impl Policy {
    /// What a customer may settle by themselves; the house's own way where the policy does not say
    #[must_use]
    pub fn settlement(&self) -> Settlement {
        Settlement::standard(self.currency)
    }
}
