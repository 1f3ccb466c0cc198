//! Claims are sold, and what one person may not do alone is agreed to by another.

use super::ClaimItem;
use super::twin::twin;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::receivable;

twin! {
    /// An act that may need a second person
    WeightyAct of receivable::Weighty {
        /// Forgiving a debt, or what default brought
        Waive,
        /// Taking less than is owed: goodwill
        Settle,
        /// Giving up what is not expected any more
        WriteOff,
        /// Handing a claim over to an agency
        HandOver,
        /// Selling it
        Sell,
    }
}

/// A second person agreed to what one may not do alone
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActApproved {
    /// Id of the approval
    pub approval: String,
    /// Id of the claim
    pub receivable: String,
    /// What was agreed to
    pub act: WeightyAct,
    /// For how much at most
    pub amount: Money,
    /// Id of the key by which it was proposed
    pub proposed_by: String,
    /// Id of the key by which it was agreed to
    pub approved_by: String,
}

/// It is agreed that a claim will be sold
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleAgreed {
    /// Id of the claim
    pub receivable: String,
    /// Id of the sale
    pub sale: String,
    /// The merchant's name of the buyer
    pub buyer: String,
    /// Hash of the price sheet
    pub sheet: String,
    /// The customer's class in the decision on the order
    pub class: String,
    /// Which share of the face the buyer gives, in parts per million
    pub rate_ppm: u32,
    /// The last day on which the title may pass at that rate
    pub until: String,
    /// Whether the buyer may give it back where the customer does not pay
    pub recourse: bool,
}

/// It will not be sold after all
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleCancelled {
    /// Id of the claim
    pub receivable: String,
}

/// The claim is the buyer's
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleTransferred {
    /// Id of the claim
    pub receivable: String,
    /// Id of the sale
    pub sale: String,
    /// All that was open of it
    pub items: Vec<ClaimItem>,
    /// What the buyer gives for it
    pub price: Money,
}

/// The buyer paid of the price
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchasePricePaid {
    /// Id of the claim
    pub receivable: String,
    /// How much; below zero, what the buyer got back
    pub amount: Money,
}

/// Money that came to the merchant for a claim that is sold was passed on
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MisdirectedPaymentForwarded {
    /// Id of the claim
    pub receivable: String,
    /// How much; below zero, what the buyer gave back
    pub amount: Money,
}

twin! {
    /// Why a claim came back from its buyer
    RepurchaseGround of receivable::Ground {
        /// It is not what was sold
        Verity,
        /// The customer does not pay
        Recourse,
    }
}

/// The claim is the merchant's again
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repurchased {
    /// Id of the claim
    pub receivable: String,
    /// Why
    pub ground: RepurchaseGround,
}
