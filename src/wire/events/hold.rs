//! Why something is not done for the time being, and what the customer objects to. Their words lie under their key, not here.

use super::twin::twin;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::receivable;

twin! {
    /// Why something is not done for the time being
    HoldReason of receivable::HoldReason {
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
        /// Insolvency proceedings
        Insolvency,
        /// The customer has died
        Deceased,
        /// A minor or a ward may have bought
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
}

/// Something is not done for the time being
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldPlaced {
    /// Id of the hold
    pub hold: String,
    /// Why
    pub reason: HoldReason,
    /// About which claim; nothing where it is about all that the customer owes
    pub receivable: Option<String>,
    /// The last day; nothing while it is not known
    pub until: Option<String>,
    /// At which other reference of the same person's it is so; nothing for a hold of this customer's own
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

/// It may be done again
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldReleased {
    /// Id of the hold
    pub hold: String,
}

/// The customer objects
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeRaised {
    /// Id of the dispute
    pub dispute: String,
    /// Id of the claim
    pub receivable: String,
    /// How much of it
    pub amount: Money,
}

/// What became of an objection
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeOutcome {
    /// The customer was right
    Upheld,
    /// The customer was right about some of it
    PartlyUpheld,
    /// The customer was wrong
    Rejected,
    /// The customer takes it back
    TakenBack,
}

/// An objection was looked at
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeEnded {
    /// Id of the dispute
    pub dispute: String,
    /// What became of it
    pub outcome: DisputeOutcome,
    /// About how much the customer was right, where it was some of it
    pub amount: Option<Money>,
    /// Whether the person was told why
    pub reasoned: bool,
}

/// The customer objects again
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeReopened {
    /// Id of the dispute
    pub dispute: String,
}
