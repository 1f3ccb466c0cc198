//! Objections to a claim.

use crate::ident::ReceivableId;

/// An objection to a claim or to a part of it
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Which claim
    pub receivable: ReceivableId,
    /// How much of it, in minor units
    pub minor: i64,
    /// What became of it; nothing while it is looked at
    pub end: Option<DisputeEnd>,
}

/// What became of an objection
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeEnd {
    /// The customer was right; a credit note follows
    Upheld,
    /// The customer was right about so much, in minor units
    PartlyUpheld(i64),
    /// The customer was wrong, and was told why
    Rejected {
        /// Whether a reason was given
        reasoned: bool,
    },
    /// The customer takes it back
    TakenBack,
}
