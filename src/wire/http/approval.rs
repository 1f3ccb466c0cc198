//! What one key proposed and another decides.

use crate::events::WeightyAct;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Something that waits, or waited, for a second person
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// Id of the approval
    pub id: String,
    /// Id of the claim
    pub receivable: String,
    /// What was proposed
    pub act: WeightyAct,
    /// How much
    pub amount: Money,
    /// Where it stands
    pub state: ApprovalState,
    /// Id of the key by which it was proposed
    pub proposed_by: String,
    /// When
    pub proposed_at: String,
    /// After that it is proposed no longer
    pub expires_at: String,
    /// Id of the key by which it was decided
    pub decided_by: Option<String>,
}

/// Where it stands
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Nobody has decided
    Open,
    /// It was agreed to, and done
    Approved,
    /// It was not
    Rejected,
    /// Nobody decided in time
    Expired,
}

/// `GET /v1/approvals`: what waits for a second person
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approvals {
    /// The oldest first
    pub approvals: Vec<Approval>,
}

/// `POST /v1/approvals/{approval}/decision`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideApproval {
    /// What was decided
    pub outcome: ApprovalOutcome,
}

/// What was decided
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalOutcome {
    /// It is done
    Approve,
    /// It is not
    Reject,
}
