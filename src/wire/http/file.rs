//! One claim as one file: everything that happened, every decision and its reasons.

use super::{ContactMessage, ExplanationText, OrderItem, Proof, ReceivableState};
use crate::events::Event;
use crate::money::Money;
use serde::Serialize;

/// `GET /v1/receivables/{id}/file`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimFile {
    /// `tresen.claim_file`
    pub kind: &'static str,
    /// Version of the form
    pub format: u16,
    /// UTC
    pub exported_at: String,
    /// Name of the language file of the words: `de` or `en`
    pub language: String,
    /// The claim as it stands
    pub claim: ReceivableState,
    /// What was in the order, as the shop confirmed it; nothing where that is not known, or the person is erased
    pub order_items: Vec<OrderItem>,
    /// Whether what happened is as it was written down
    pub chain: ChainChecked,
    /// What was decided before the order, and why; null for a claim that was brought in
    pub decision: Option<FiledDecision>,
    /// What happened, the first first
    pub history: Vec<FiledEvent>,
    /// Every message about it, the first first, with its text
    pub messages: Vec<ContactMessage>,
    /// The files that the customer sent about it, as long as they are kept
    pub proofs: Vec<Proof>,
}

/// Whether every hash fits and follows the one before
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainChecked {
    /// Whether they all do
    pub whole: bool,
    /// How many events were checked: all of the streams that the claim's events lie in
    pub events: usize,
    /// The first that does not fit
    pub broken_at: Option<BrokenAt>,
}

/// Where a chain is broken
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrokenAt {
    /// The stream
    pub stream: String,
    /// The place of the event in it
    pub seq: i64,
}

/// A decision and its reasons
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FiledDecision {
    /// Id of its record
    pub decision_id: String,
    /// The reasons, in the words that a person gets who asks; null where they cannot be told any more
    pub explanation: Option<ExplanationText>,
    /// Why not, by its code
    pub why_not: Option<String>,
}

/// Something that happened, in words and as it is stored
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FiledEvent {
    /// The local day on which it counts
    pub date: String,
    /// In words
    pub words: String,
    /// How much of the claim it is about, where it is about an amount
    pub amount: Option<Money>,
    /// Where it is money that came: what the whole payment cost the merchant
    pub fee: Option<Money>,
    /// Who made it happen, in words
    pub by: String,
    /// The event
    pub event: Event,
}
