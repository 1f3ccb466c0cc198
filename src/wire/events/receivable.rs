//! The receivable stream: a claim comes to be, grows by what default brings, and gets smaller without money.

use super::twin::twin;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::law::{allocation, regime};
use tresen_core::receivable;

twin! {
    /// Part of a claim
    ItemKind of receivable::ItemKind {
        /// The price of the goods
        Principal,
        /// The agreed fee of the payment method, or of a plan of instalments
        Fee,
        /// The agreed interest of a plan of instalments, for the whole of its time
        Interest,
        /// Interest for late payment
        DefaultInterest,
        /// The 40 euros that a business owes in default
        LumpSum,
        /// What reminding cost
        DunningCost,
        /// What a lawyer, a collector or a court cost
        LegalCost,
    }
}

twin! {
    /// Who owes
    Party of regime::Party {
        /// For ends outside any trade
        Consumer,
        /// Everybody else
        Business,
    }
}

/// In which order payments are put against the parts of a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AllocationOrder {
    /// BGB section 367(1): costs, interest, price
    #[serde(rename = "bgb_367")]
    Bgb367,
    /// BGB section 497(3): costs of the law, price, interest
    #[serde(rename = "bgb_497")]
    Bgb497,
}

impl From<allocation::Regime> for AllocationOrder {
    fn from(regime: allocation::Regime) -> Self {
        match regime {
            allocation::Regime::Bgb367 => Self::Bgb367,
            allocation::Regime::Bgb497 => Self::Bgb497,
        }
    }
}

impl From<AllocationOrder> for allocation::Regime {
    fn from(order: AllocationOrder) -> Self {
        match order {
            AllocationOrder::Bgb367 => Self::Bgb367,
            AllocationOrder::Bgb497 => Self::Bgb497,
        }
    }
}

twin! {
    /// Why a claim got smaller without money
    Reduction of receivable::Reduction {
        /// Goods came back
        Return,
        /// The customer withdrew from the contract
        Withdrawal,
        /// The merchant was kind
        Goodwill,
        /// The claim was wrong
        Error,
        /// A dispute was right
        Dispute,
        /// A cost or interest that is not asked for any more
        CostWaived,
        /// The debt was forgiven
        DebtWaived,
        /// Too little to ask for
        SmallBalance,
        /// The merchant does not expect it any more
        WrittenOff,
    }
}

/// One part of a claim with its amount
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimItem {
    /// Which part
    pub kind: ItemKind,
    /// How much
    pub amount: Money,
}

/// When it is to be paid, as agreed
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Days
    pub days: u16,
    /// Counted from the `order` or the `delivery`
    pub from: String,
}

/// A claim came to be
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivableCreated {
    /// Id of the claim
    pub receivable: String,
    /// The service's own id of the customer
    pub debtor: String,
    /// The shop's number of the order
    pub order_ref: String,
    /// Which capture of the order; the first is 1
    pub capture: u16,
    /// The policy's id of the method
    pub method: String,
    /// Who owes it
    pub party: Party,
    /// In which order payments are put against its parts
    pub regime: AllocationOrder,
    /// Parts that sum to the claim
    pub items: Vec<ClaimItem>,
    /// What the payer writes on the transfer (ISO 11649)
    pub reference: String,
    /// Day of delivery, once known
    pub delivered_on: Option<String>,
    /// The term, where the method has one
    pub terms: Option<Terms>,
}

/// The invoice reached the customer
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceDelivered {
    /// Id of the claim
    pub receivable: String,
    /// Local date
    pub received_on: String,
    /// Whether it told a consumer of default after 30 days
    pub default_notice: bool,
}

/// The goods reached the customer
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsDelivered {
    /// Id of the claim
    pub receivable: String,
    /// Local date; of several parcels that of the last
    pub delivered_on: String,
}

/// The customer turned out to be a business, or a consumer: from the day of the event on
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyChanged {
    /// Id of the claim
    pub receivable: String,
    /// Who owes it
    pub party: Party,
}

/// The due date of a claim was set
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDateSet {
    /// Id of the claim
    pub receivable: String,
    /// Local date
    pub date: String,
    /// What it follows from
    pub rule: String,
    /// Whose holidays moved it
    pub calendar: String,
    /// The zone in which the day ends
    pub zone: String,
}

/// The customer is in default
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultStarted {
    /// Id of the claim
    pub receivable: String,
    /// The first day of default
    pub since: String,
}

/// Default interest was reckoned up to a day
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestAccrued {
    /// Id of the claim
    pub receivable: String,
    /// The last day that it is for
    pub until: String,
    /// The exact interest in parts, of which 133,590,000,000 make one minor unit: a whole number too large for JSON's
    pub exact_parts: String,
    /// What is charged; below zero, what is taken back
    pub amount: Money,
}

/// A cost was charged
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostCharged {
    /// Id of the claim
    pub receivable: String,
    /// Which cost
    pub kind: ItemKind,
    /// How much
    pub amount: Money,
    /// The ground in law
    pub legal_basis: String,
}

/// Costs or default interest are not asked for any more
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostWaived {
    /// Id of the claim
    pub receivable: String,
    /// By how much which part got smaller
    pub lines: Vec<ClaimItem>,
}

/// The merchant gave credit
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNoteIssued {
    /// Id of the credit note
    pub note: String,
    /// Id of the claim
    pub receivable: String,
    /// By how much which part got smaller
    pub lines: Vec<ClaimItem>,
    /// Why
    pub reason: Reduction,
}

/// The customer withdrew from the contract
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalReceived {
    /// Id of the claim
    pub receivable: String,
}

/// The debt, or some of it, was forgiven
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebtWaived {
    /// Id of the claim
    pub receivable: String,
    /// By how much which part got smaller
    pub lines: Vec<ClaimItem>,
}

/// Too little was left to ask for
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallBalanceCleared {
    /// Id of the claim
    pub receivable: String,
    /// By how much which part got smaller
    pub lines: Vec<ClaimItem>,
}

/// The debt, or some of it, is not expected any more and ends
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenOff {
    /// Id of the claim
    pub receivable: String,
    /// By how much which part got smaller
    pub lines: Vec<ClaimItem>,
}
