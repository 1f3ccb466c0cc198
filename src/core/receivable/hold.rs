//! Why something is not done about a customer or a claim for the time being.
//!
//! A hold is not a state of the claim: several may be in force at once, each for its own reason and until its own day, and each names
//! what it keeps from happening. Some follow from what else is so (an open dispute, a promise, a plan); they are never written down twice.

use super::event::Scope;
use crate::date::Date;
use crate::ident::ReceivableId;

/// What may be kept from happening
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// A message to the person about the debt
    Contact,
    /// The next dunning level
    Level,
    /// Charging a cost
    Cost,
    /// Charging default interest
    Interest,
    /// Handing over to an agency
    Placement,
    /// Selling the claim
    Sale,
    /// Taking money without asking again
    AutomaticCharge,
}

impl Act {
    /// All of them
    pub const ALL: [Self; 7] = [Self::Contact, Self::Level, Self::Cost, Self::Interest, Self::Placement, Self::Sale, Self::AutomaticCharge];
}

/// Why something is not done for the time being
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldReason {
    /// The claim is disputed
    Dispute,
    /// The customer has promised to pay by a day
    PromisePending,
    /// The due date was moved at the customer's wish
    DeferralActive,
    /// The customer pays by a plan
    PlanActive,
    /// Money is on its way
    PaymentPending,
    /// The payer's bank has taken money back
    ChargebackReview,
    /// The customer has withdrawn, and the credit note is not written yet
    WithdrawalOpen,
    /// The customer has told of hardship
    Hardship,
    /// Insolvency proceedings (InsO section 87: only by filing the claim)
    Insolvency,
    /// The customer has died
    Deceased,
    /// A minor or a ward may have bought (BGB sections 106 to 108)
    CapacityUnknown,
    /// Somebody says that it is not their debt
    NotMyDebt,
    /// A lawyer or debt counsellor speaks for the customer
    Representative,
    /// The merchant says so
    ManualPause,
    /// Nothing can be delivered
    NoAddress,
    /// A complaint is looked at
    ComplaintReview,
}

impl HoldReason {
    /// All of them
    pub const ALL: [Self; 16] = [
        Self::Dispute,
        Self::PromisePending,
        Self::DeferralActive,
        Self::PlanActive,
        Self::PaymentPending,
        Self::ChargebackReview,
        Self::WithdrawalOpen,
        Self::Hardship,
        Self::Insolvency,
        Self::Deceased,
        Self::CapacityUnknown,
        Self::NotMyDebt,
        Self::Representative,
        Self::ManualPause,
        Self::NoAddress,
        Self::ComplaintReview,
    ];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Dispute => "dispute",
            Self::PromisePending => "promise_pending",
            Self::DeferralActive => "deferral_active",
            Self::PlanActive => "plan_active",
            Self::PaymentPending => "payment_pending",
            Self::ChargebackReview => "chargeback_review",
            Self::WithdrawalOpen => "withdrawal_open",
            Self::Hardship => "hardship",
            Self::Insolvency => "insolvency",
            Self::Deceased => "deceased",
            Self::CapacityUnknown => "capacity_unknown",
            Self::NotMyDebt => "not_my_debt",
            Self::Representative => "representative",
            Self::ManualPause => "manual_pause",
            Self::NoAddress => "no_address",
            Self::ComplaintReview => "complaint_review",
        }
    }

    /// Whether it keeps that from happening
    #[must_use]
    pub fn blocks(self, act: Act) -> bool {
        use Act::{Contact, Cost, Interest, Placement, Sale};
        match self {
            // The debt is what it was; interest that runs by law runs on. Who has a representative is not written to, and who cannot be
            // reached has not been reminded.
            Self::PromisePending | Self::Representative | Self::NoAddress => act != Interest,
            // What the customer may still have paid, or need not pay: nothing is asked for, and nothing grows.
            Self::PaymentPending
            | Self::ChargebackReview
            | Self::WithdrawalOpen
            | Self::Dispute
            | Self::DeferralActive
            | Self::Insolvency
            | Self::Deceased
            | Self::CapacityUnknown
            | Self::NotMyDebt
            | Self::ComplaintReview
            | Self::ManualPause => true,
            // A rate that was missed is reminded of; nothing is added to what was agreed.
            Self::PlanActive => matches!(act, Cost | Interest | Placement | Sale),
            // A softer word may still be said, and no cost is added.
            Self::Hardship => act != Contact,
        }
    }
}

impl HoldReason {
    /// Whether nobody asks for the claim because somebody has to look at it first
    #[must_use]
    pub fn stops_asking(self) -> bool {
        match self {
            Self::Dispute
            | Self::ChargebackReview
            | Self::WithdrawalOpen
            | Self::Insolvency
            | Self::Deceased
            | Self::CapacityUnknown
            | Self::NotMyDebt
            | Self::ComplaintReview => true,
            // Who pays in time, later, or by whom else it is done: paying stays possible.
            Self::PromisePending
            | Self::DeferralActive
            | Self::PlanActive
            | Self::PaymentPending
            | Self::Hardship
            | Self::Representative
            | Self::ManualPause
            | Self::NoAddress => false,
        }
    }

    /// Whether nobody writes to the person at all, not even to thank them: they are not there, do not have to do with it, or have somebody who speaks
    /// for them
    #[must_use]
    pub fn silences(self) -> bool {
        matches!(self, Self::Insolvency | Self::Deceased | Self::CapacityUnknown | Self::NotMyDebt | Self::Representative)
    }
}

/// A reason in force
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Why
    pub reason: HoldReason,
    /// What it is about
    pub scope: Scope,
    /// The last day on which it is in force; nothing while it is not known
    pub until: Option<Date>,
}

impl Hold {
    /// Whether it is about a claim, by itself or with all others
    #[must_use]
    pub fn concerns(&self, receivable: &ReceivableId) -> bool {
        match &self.scope {
            Scope::Account | Scope::Beside(_) => true,
            Scope::Receivable(other) => other == receivable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn every_hold_stops_costs_and_the_hand_over_and_all_but_a_plan_the_reminders() {
        for reason in HoldReason::ALL {
            let stops = reason.blocks(Act::Level) || reason.blocks(Act::Contact);
            assert!(stops || reason == HoldReason::PlanActive, "{}", reason.code());
            assert!(reason.blocks(Act::Cost) && reason.blocks(Act::Placement), "{}: nobody pays for being held", reason.code());
        }
        let codes: BTreeSet<_> = HoldReason::ALL.map(HoldReason::code).into();
        assert_eq!(codes.len(), HoldReason::ALL.len());
    }

    #[test]
    fn what_is_meant_by_the_two_that_the_papers_name() {
        let blocked = |reason: HoldReason| Act::ALL.into_iter().filter(move |act| reason.blocks(*act)).collect::<alloc::vec::Vec<_>>();
        assert_eq!(blocked(HoldReason::Insolvency), Act::ALL);
        assert!(!blocked(HoldReason::PromisePending).contains(&Act::Interest));
    }
}
