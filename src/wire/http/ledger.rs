//! What the shop's server and its bank say of money: payments, credit notes, refunds, holds; and how a claim stands.

use crate::events::{HoldReason, ItemKind, Party, Unallocated};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `POST /v1/payments`: money that has come
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivePayment {
    /// Whoever took it, such as `bank`
    pub provider: String,
    /// The provider's own number, the same however often it tells of it
    pub reference: String,
    /// How much
    pub amount: Money,
    /// The local day on which it counts for the payer
    pub value_date: String,
    /// What the payer wrote
    #[serde(default)]
    pub remittance: Option<String>,
    /// The shop's number of the customer, where it is known whose it is
    #[serde(default)]
    pub customer: Option<String>,
    /// Ids of the claims that the payer means, the first first
    #[serde(default)]
    pub designated: Vec<String>,
}

/// `POST /v1/receivables/{id}/dispute`: what a human found about what the customer objects to
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndDispute {
    /// Which, where several are open; without it, the first
    #[serde(default)]
    pub dispute: Option<String>,
    /// What they found
    pub outcome: DisputeFound,
    /// About how much the customer is right, where it is some of it
    #[serde(default)]
    pub amount: Option<Money>,
    /// In place of an amount: about which lines of the order
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<super::ChosenItem>,
    /// Why, as it is written to the customer; who rejects says why
    #[serde(default)]
    pub words: Option<String>,
}

/// What a human found about an objection
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeFound {
    /// The customer is right: it is credited
    Upheld,
    /// The customer is right about some of it, which is credited
    PartlyUpheld,
    /// The customer is wrong
    Rejected,
}

/// `POST /v1/payments/{id}/match`: a human knows whose money it is
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchPayment {
    /// The shop's number of the customer
    #[serde(default)]
    pub customer: Option<String>,
    /// Ids of the claims that the payer means, the first first
    #[serde(default)]
    pub designated: Vec<String>,
}

/// What a part of a claim got of a payment
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaidLine {
    /// Id of the claim
    pub receivable: String,
    /// Which part
    pub item: ItemKind,
    /// How much
    pub amount: Money,
}

/// A payment that has come, as it stands
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedPayment {
    /// Id of the payment
    pub id: String,
    /// `received`, `unmatched` while nobody knows whose it is, `reversed`
    pub state: String,
    /// Whoever took it
    pub provider: String,
    /// The provider's own number
    pub reference: String,
    /// How much
    pub amount: Money,
    /// The local day on which it counts for the payer
    pub value_date: String,
    /// What it is put against
    pub lines: Vec<PaidLine>,
    /// What of it is put against nothing: the customer's own money
    pub left: Money,
    /// What the provider kept of it, where a customer was sent there from here and the provider says it
    pub fee: Option<Money>,
    /// What the policy said that its method costs the merchant, when the payment was begun; where a customer was sent to a provider from here
    pub expected_fee: Option<Money>,
    /// What has gone back or is on its way back
    pub refunded: Money,
    /// What the payer's bank took back, where it did
    pub chargeback: Option<ChargebackState>,
    /// Why nobody knows whose it is
    pub why: Option<Unallocated>,
}

/// What the payer's bank took back
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChargebackState {
    /// `opened`, `won` or `lost`
    pub state: String,
    /// How much
    pub amount: Money,
    /// By when evidence is to be sent
    pub until: String,
}

/// `GET /v1/payments/unmatched`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmatchedPayments {
    /// The oldest first, at most 200
    pub payments: Vec<UnmatchedPayment>,
}

/// A payment that a human has to look at
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmatchedPayment {
    /// Id of the payment
    pub id: String,
    /// Whoever took it
    pub provider: String,
    /// The provider's own number
    pub reference: String,
    /// How much
    pub amount: Money,
    /// The local day on which it counts for the payer
    pub value_date: String,
    /// When it was told, UTC
    pub received_at: String,
    /// Why nobody knows whose it is; null where that is known and only the amount is in doubt
    pub why: Option<Unallocated>,
    /// What the payer wrote
    pub remittance: Option<String>,
    /// Another amount that the provider told later under the same number
    pub told_otherwise: Option<Money>,
}

/// `POST /v1/payments/{id}/chargeback`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellChargeback {
    /// What the payer's bank says
    pub state: ChargebackNews,
    /// How much, when it is opened; all that is left of the payment where nothing is said
    #[serde(default)]
    pub amount: Option<Money>,
    /// By when evidence is to be sent, when it is opened
    #[serde(default)]
    pub until: Option<String>,
}

/// What the payer's bank says
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargebackNews {
    /// It took money back
    Opened,
    /// It gave it to the merchant again
    Won,
    /// It does not
    Lost,
}

/// The body of a request that says nothing besides its path
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// `POST /v1/receivables/{id}/delivery`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellGoodsDelivered {
    /// The local day on which the last of the goods arrived
    pub on: String,
}

/// `POST /v1/receivables/{id}/party`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellParty {
    /// Who owes the claim, from today on
    pub party: Party,
}

/// `POST /v1/receivables/{id}/credit-notes`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueCreditNote {
    /// How much
    pub amount: Money,
    /// Why
    pub reason: CreditReason,
}

/// Why the merchant gives credit
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditReason {
    /// Goods came back
    Return,
    /// The merchant is kind
    Goodwill,
    /// The claim was wrong
    Error,
    /// A dispute was right
    Dispute,
}

/// `POST /v1/receivables/{id}/write-off`: what is not expected any more, and ends
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOff {
    /// How much; all that is open where nothing is said
    #[serde(default)]
    pub amount: Option<Money>,
}

/// `POST /v1/receivables/{id}/waive`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waive {
    /// What is forgiven
    pub what: Waived,
    /// How much; all that is open of it where nothing is said
    #[serde(default)]
    pub amount: Option<Money>,
}

/// What is forgiven
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waived {
    /// The debt
    Debt,
    /// Costs and default interest alone
    Costs,
}

/// `POST /v1/customers/{reference}/holds`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceHold {
    /// Why
    pub reason: HoldReason,
    /// About which claim; nothing where it is about all that the customer owes
    #[serde(default)]
    pub receivable: Option<String>,
    /// The last local day; nothing while it is not known
    #[serde(default)]
    pub until: Option<String>,
}

/// `POST /v1/customers/{reference}/merge`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeCustomer {
    /// The shop's number of the customer who is the same person, and who leads from now on
    pub into: String,
}

/// Which of the shop's customers are one person
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MergedCustomer {
    /// The shop's number of the customer
    pub reference: String,
    /// The number that it was merged into; nothing where it leads, or is alone
    pub into: Option<String>,
    /// All other numbers of the same person
    pub same_person: Vec<String>,
}

/// A hold that was placed or released
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldState {
    /// Id of the hold
    pub hold: String,
    /// `in_force` or `released`
    pub state: String,
}

/// `POST /v1/refunds`: the customer's own money goes back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRefund {
    /// Id of the payment that it came with
    pub payment: String,
    /// How much
    pub amount: Money,
}

/// `POST /v1/refunds/{refund}/outcome`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellRefund {
    /// What became of it
    pub outcome: RefundOutcome,
}

/// What became of money that was to go back
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundOutcome {
    /// The customer has it
    Settled,
    /// It came back
    Failed,
}

/// A refund as it stands
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// Id of the refund
    pub refund: String,
    /// Id of the payment that it came with
    pub payment: String,
    /// How much
    pub amount: Money,
    /// `granted`, `settled` or `failed`
    pub state: String,
}

/// `GET /v1/receivables/{id}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivableRecord {
    /// As it stands
    #[serde(flatten)]
    pub state: super::ReceivableState,
    /// What was in the order, as the shop confirmed it; nothing where that is not known, or the person is erased
    pub order_items: Vec<super::OrderItem>,
    /// What has happened to it, the first first
    pub timeline: Vec<Happening>,
}

/// Something that has happened to a claim
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// The name of the event
    #[serde(rename = "type")]
    pub kind: String,
    /// The local day on which it counts
    pub date: String,
    /// When it was written down, UTC
    pub recorded_at: String,
    /// Id of the payment, where it is one's
    pub payment: Option<String>,
    /// How much of the claim it is about, where it is about an amount
    pub amount: Option<Money>,
    /// Where it is money that came: what the whole payment cost the merchant, as the provider said, else as the policy did. It is no part of the debt
    pub fee: Option<Money>,
}

/// A part of a claim of which something is open
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenItem {
    /// Which part
    pub kind: ItemKind,
    /// How much is open
    pub open: Money,
}

/// How far reminding has come
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelState {
    /// 0 while nobody has reminded
    pub number: u8,
    /// Whether it is the last before a hand-over
    pub last: bool,
    /// The local day on which it rose
    pub since: Option<String>,
    /// The last day of the new term; nothing until the notice has arrived
    pub term_until: Option<String>,
}

/// Something that is not done for the time being
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldInForce {
    /// Why
    pub reason: HoldReason,
    /// The last local day; nothing while it is not known
    pub until: Option<String>,
}

/// What is to be paid next
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextDue {
    /// Local day
    pub due_date: String,
    /// How much
    pub amount: Money,
}
