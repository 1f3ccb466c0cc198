//! Payments of a customer, and what goes back.

use super::event::Allocation;
use crate::date::Date;
use crate::ident::{PaymentId, ReceivableId};
use alloc::vec::Vec;

/// A payment
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// How much, in minor units
    pub minor: i64,
    /// Where it stands
    pub state: PaymentState,
    /// What it was put against, less what was taken back; every claim and part once
    pub lines: Vec<Allocation>,
    /// What was given back or is on its way back, in minor units
    pub refunded: i64,
    /// What the payer's bank took back, where it did
    pub chargeback: Option<Chargeback>,
}

/// Where a payment stands
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentState {
    /// On its way
    Pending {
        /// For which claims
        receivables: Vec<ReceivableId>,
        /// The last day on which it is waited for
        until: Date,
    },
    /// Here
    Settled {
        /// The day on which it counts for the payer
        value_date: Date,
    },
    /// It will not come
    Failed,
    /// It was booked in error
    Reversed,
}

/// What the payer's bank took back
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chargeback {
    /// How much, in minor units
    pub minor: i64,
    /// By when evidence is to be sent
    pub until: Date,
    /// What the money had been put against
    pub lines: Vec<Allocation>,
    /// Whether the merchant lost it; nothing while it is looked at
    pub lost: Option<bool>,
}

impl Chargeback {
    /// What the merchant does not have: all of it unless it was won
    #[must_use]
    pub fn taken(&self) -> i64 {
        if self.lost == Some(false) { 0 } else { self.minor }
    }
}

/// Money given back
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Of which payment
    pub payment: PaymentId,
    /// How much, in minor units
    pub minor: i64,
    /// Where it stands
    pub state: RefundState,
}

/// Where a refund stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundState {
    /// On its way
    Granted,
    /// The customer has it
    Settled,
    /// It came back
    Failed,
}

impl Payment {
    /// What has come of it and not gone back, in minor units
    #[must_use]
    pub fn kept(&self) -> i64 {
        match self.state {
            PaymentState::Settled { .. } => {
                let taken = self.chargeback.as_ref().map_or(0, Chargeback::taken);
                self.minor.saturating_sub(self.refunded).saturating_sub(taken)
            }
            PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => 0,
        }
    }
}
