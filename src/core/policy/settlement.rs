//! What a customer may settle by themselves after the order: parts, a later day, rates, a pause; and by which methods they pay what is owed.
//!
//! The browser's engine never reads any of it. Conditions ask as those of a collection's segments do: about the order and about the case.

use super::{Condition, Conditions, Fee, Policy, Truth};
use crate::facts::{FactIndex, Facts};
use crate::instalments::{RATES_MAX, RATES_MIN};
use crate::money::{Currency, MINOR_MAX};
use alloc::string::String;
use alloc::vec::Vec;

/// Most days by which a due date is moved, and most until the first rate
pub const LATER_MAX: u8 = 60;
/// Most times that the due date of one claim is moved
pub const TIMES_MAX: u8 = 3;
/// Most days of quiet for who says that money is tight
pub const PAUSE_DAYS_MAX: u8 = 90;
/// Most methods by which what is owed is paid
pub const PAYMENT_METHODS_MAX: usize = 16;

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
    /// The conditions of the methods, which lie apart from all others
    pub conditions: Conditions,
    /// By which methods what is owed is paid, in the order of the page; a transfer is always possible
    pub methods: Vec<PaymentMethod>,
}

/// A method by which what is owed is paid
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    /// The merchant's word for it, such as `card`
    pub id: String,
    /// Who processes it
    pub provider: String,
    /// What it costs the merchant; the customer pays none of it
    pub fee: Fee,
    /// Whom it is offered to
    pub when: Condition,
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
        let whole = |amount: i64| currency.whole(amount);
        let plan = PlanTerms { from: whole(20), rates_from: 2, rates_to: 12, rate_minimum: whole(10), first_within_days: 30 };
        let lighter = PlanTerms { from: whole(10), rates_to: 24, rate_minimum: whole(5), ..plan };
        Self {
            part_minimum: whole(10),
            deferral: Some(DeferralTerms { days: 30, times: 1 }),
            plan: Some(plan),
            hardship: Some(HardshipTerms { pause_days: 30, plan: Some(lighter) }),
            conditions: Conditions::default(),
            methods: Vec::new(),
        }
    }

    /// The methods that are offered to a customer of whom that is known: those whose condition surely holds
    pub fn methods_for<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = &'a PaymentMethod> {
        self.methods.iter().filter(|method| self.conditions.truth(method.when, facts) == Truth::True)
    }

    /// The facts that the conditions of the methods ask about
    pub fn asked(&self) -> impl Iterator<Item = FactIndex> {
        self.conditions.nodes().iter().flat_map(super::Node::facts).flatten()
    }

    /// Whether everything that the house takes for granted is so
    pub(super) fn is_sound(&self, policy: &Policy) -> bool {
        let starts = |when: Condition| when.0.is_none_or(|place| usize::from(place) < self.conditions.nodes().len());
        let pairs = |place: usize, method: &PaymentMethod| {
            self.methods.iter().take(place).all(|earlier| (&earlier.id, &earlier.provider) != (&method.id, &method.provider))
        };
        (1..=MINOR_MAX).contains(&self.part_minimum)
            && self.deferral.is_none_or(|terms| (1..=LATER_MAX).contains(&terms.days) && (1..=TIMES_MAX).contains(&terms.times))
            && self.plan.is_none_or(PlanTerms::is_sound)
            && self
                .hardship
                .is_none_or(|terms| (1..=PAUSE_DAYS_MAX).contains(&terms.pause_days) && terms.plan.is_none_or(PlanTerms::is_sound))
            && policy.are_sound(&self.conditions, true)
            && self.methods.len() <= PAYMENT_METHODS_MAX
            && self
                .methods
                .iter()
                .enumerate()
                .all(|(place, method)| pairs(place, method) && starts(method.when) && (0..=MINOR_MAX).contains(&method.fee.fixed))
    }
}

impl PlanTerms {
    fn is_sound(self) -> bool {
        (0..=MINOR_MAX).contains(&self.from)
            && (1..=MINOR_MAX).contains(&self.rate_minimum)
            && RATES_MIN <= self.rates_from
            && self.rates_from <= self.rates_to
            && self.rates_to <= RATES_MAX
            && (1..=LATER_MAX).contains(&self.first_within_days)
    }
}

impl Policy {
    /// What a customer may settle by themselves; the house's own way where the policy does not say
    #[must_use]
    pub fn settlement(&self) -> Settlement {
        self.settlement.clone().unwrap_or_else(|| Settlement::standard(self.currency))
    }
}
