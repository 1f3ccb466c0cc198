//! What events are made of.

use crate::ident::{CreditNoteId, CustomerId, PlanId, ReceivableId};
use crate::law::allocation::Regime;
use crate::law::regime::Party;
use crate::receivable::book::Reduction;
use crate::receivable::item::ItemKind;
use crate::receivable::plan::Rate;
use alloc::vec::Vec;

/// An amount of a part of a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemAmount {
    /// Which part
    pub item: ItemKind,
    /// Minor units, above zero
    pub minor: i64,
}

/// An amount of a part of a claim that a payment is put against
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Which claim
    pub receivable: ReceivableId,
    /// Which part
    pub item: ItemKind,
    /// Minor units, above zero
    pub minor: i64,
}

/// What something is about
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everything between this customer and the merchant
    Account,
    /// The same, because it is so at another reference of the same person's
    Beside(CustomerId),
    /// One claim
    Receivable(ReceivableId),
}

/// A claim came to be
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Which
    pub receivable: ReceivableId,
    /// Who owes it
    pub party: Party,
    /// In which order payments are put against its parts
    pub regime: Regime,
    /// Its parts
    pub items: Vec<ItemAmount>,
}

/// Parts of a claim got smaller without money
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduced {
    /// Which claim
    pub receivable: ReceivableId,
    /// By how much, part by part
    pub lines: Vec<ItemAmount>,
    /// Why
    pub reduction: Reduction,
}

/// The merchant gave credit on a claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditNoteIssued {
    /// Which credit note
    pub note: CreditNoteId,
    /// What it took off the claim
    pub reduced: Reduced,
}

/// A schedule was agreed to
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAccepted {
    /// Which
    pub plan: PlanId,
    /// The claims that are paid by it
    pub receivables: Vec<ReceivableId>,
    /// The rates, the first first; they sum to what is open
    pub rates: Vec<Rate>,
    /// SHA-256 of the text that the person keeps
    pub document: Option<[u8; 32]>,
}

/// How a plan ended
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanEnd {
    /// Everything is paid
    Completed,
    /// Both sides agreed to end it
    Cancelled,
    /// Rates were missed; everything is due at once, of which the person was told (BGB section 498 for consumer credit)
    Accelerated,
}

/// Why a dunning level was taken back
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelReset {
    /// The payment had come before the reminder
    Crossed,
    /// The debt is due on another day now
    Moved,
    /// A human said so
    ByHand,
    /// Its notice reached nobody
    Undelivered,
}
