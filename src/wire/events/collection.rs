//! Reminding goes on level by level, and a claim is handed over.

use super::twin::twin;
use serde::{Deserialize, Serialize};
use tresen_core::receivable;

/// A notice of the next level is to go out
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelRaised {
    /// Id of the claim
    pub receivable: String,
    /// The level that it rises to; 1 after none
    pub to: u8,
    /// Whether it is the last before a hand-over
    pub last: bool,
    /// Id of the run
    pub run: String,
    /// The due date that it is about
    pub due_date: String,
}

/// The notice of a level arrived, or every way of delivering it was tried
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeArrived {
    /// Id of the claim
    pub receivable: String,
    /// The level
    pub level: u8,
    /// The last day of the new term that it grants
    pub term_until: String,
}

twin! {
    /// Why a level was taken back
    LevelResetCause of receivable::LevelReset {
        /// The payment had come before the reminder
        Crossed,
        /// The debt is due on another day now
        Moved,
        /// A human said so
        ByHand,
        /// Its notice reached nobody
        Undelivered,
    }
}

/// A level was taken back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelReset {
    /// Id of the claim
    pub receivable: String,
    /// The level that it falls to
    pub to: u8,
    /// Why
    pub why: LevelResetCause,
}

/// An agency collects; the claim stays the merchant's
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Id of the claim
    pub receivable: String,
    /// The merchant's name of the agency
    pub agency: String,
}

/// The merchant took the claim back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementRecalled {
    /// Id of the claim
    pub receivable: String,
}

/// The agency gave it back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedUncollectible {
    /// Id of the claim
    pub receivable: String,
}
