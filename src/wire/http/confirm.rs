//! Confirming an order, and the records of what was decided.

use super::{AccessGranted, ContactName, Facts};
use crate::credit::{PlanOnOffer, Regime};
use crate::decision::Decision;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `POST /v1/sessions/{session}/confirm`, by the shop's server
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// The shop's number of the order
    pub order: String,
    /// The method that the shopper chose
    pub method: String,
    /// What the shopper will pay: the cart's total and the method's fee; in instalments what was bought, without what the plan costs
    pub amount: Money,
    /// The plan that the shopper was shown and chose; of a method that is paid in instalments
    #[serde(default)]
    pub plan: Option<ChosenPlan>,
    /// Client facts as the shop's server knows them
    #[serde(default)]
    pub facts: Facts,
    /// The shop server's own cart
    pub cart: Cart,
    /// What the shopper agreed to
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// Canonical bytes of the browser's answer, base64
    #[serde(default)]
    pub browser_record: Option<String>,
    /// To whom what is owed is written, as the order says; kept under the customer's key, and told to no browser
    #[serde(default)]
    pub contact: Option<OrderContact>,
    /// Whether the answer is to open the account of whoever ordered
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<OrderAccess>,
}

/// An access of its own for whoever ordered, beside the answer
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderAccess {
    /// For how long, 1 to 1440; without it, as the service was started
    #[serde(default)]
    pub minutes: Option<u16>,
}

/// To whom what is owed is written; what it does not say stays as it was known
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderContact {
    /// Their name; without one they are greeted without
    #[serde(default)]
    pub name: Option<ContactName>,
    /// The lines below the name on an envelope; without a name, all of them
    #[serde(default)]
    pub address: Vec<String>,
    /// A mobile telephone, such as `+4915112345678`
    #[serde(default)]
    pub phone: Option<String>,
}

/// A plan as the shopper saw it: all that it says is compared with what the service works out, and refused where anything differs
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenPlan {
    /// The rates, the first first
    pub instalments: Vec<ChosenInstalment>,
    /// The effective annual rate in percent, with two decimals
    pub annual_rate_percent: String,
}

/// One rate as the shopper saw it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenInstalment {
    /// Local date
    pub due_date: String,
    /// What is to be paid
    pub amount: Money,
}

/// A plan that was agreed to
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedPlan {
    /// SHA-256 of `plan` as canonical JSON (RFC 8785), hex
    pub plan_hash: String,
    /// The plan, as it stays
    pub plan: PlanOnOffer,
}

/// A cart; its hash is SHA-256 over this very serialisation, which is canonical (RFC 8785)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cart {
    /// Goods, shipping, discounts; they sum to the total
    pub lines: Vec<CartLine>,
    /// What the order costs before any fee of a payment method
    pub total: Money,
}

/// A line of the cart
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CartLine {
    /// Amount of the line, all pieces together
    pub amount: Money,
    /// What it is called
    pub name: String,
    /// Pieces
    pub quantity: u32,
    /// The shop's number of the article
    pub sku: String,
}

/// A text that the shopper agreed to
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Id of the text
    pub id: String,
    /// Its version
    pub version: String,
    /// SHA-256 of the text as shown, hex
    pub text_hash: String,
    /// When, UTC
    pub accepted_at: String,
}

/// The answer to a confirm
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Confirmed {
    /// The order stands
    Confirmed(Box<Accepted>),
    /// It does not; with the offer that would stand
    Refused(Box<Refused>),
}

/// The order stands
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Accepted {
    /// Id of the decision's record
    pub decision_id: String,
    /// Compact JWS, EdDSA
    pub decision_token: String,
    /// The decision with its full trace
    pub decision: Decision,
    /// The claim, where the method makes one
    pub receivable: Option<ReceivableBrief>,
    /// The plan of instalments, where one was agreed to
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<AgreedPlan>,
    /// What the time to pay is to the law, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<Regime>,
    /// The payment, where a provider takes it
    pub payment: Option<PaymentBrief>,
    /// Whether the browser decided the same, bit for bit; null where it sent no record. It binds nothing
    pub browser_agrees: Option<bool>,
    /// What somebody at the shop should look at
    pub attention: Vec<Attention>,
    /// The account of whoever ordered, where it was asked for and something is owed; never kept with the answer
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<AccessGranted>,
}

/// The order does not stand
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    /// Id of the decision's record
    pub decision_id: String,
    /// Why, all of them
    pub reasons: Vec<Reason>,
    /// The corrected offer with its full trace
    pub decision: Decision,
    /// Whether the browser decided the same, bit for bit; null where it sent no record. It binds nothing
    pub browser_agrees: Option<bool>,
    /// What somebody at the shop should look at
    pub attention: Vec<Attention>,
}

/// A reason under its code
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Names the kind of reason for ever
    pub code: String,
}

/// Something that somebody at the shop should look at; never for the browser
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Names what it is for ever
    pub code: String,
}

/// A claim in brief
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivableBrief {
    /// Id of the claim
    pub id: String,
    /// Local date, once known
    pub due_date: Option<String>,
    /// How much; with all that a plan of instalments costs
    pub amount: Money,
    /// What the payer writes on the transfer (ISO 11649)
    pub reference: String,
}

/// A payment in brief
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentBrief {
    /// Id of the payment
    pub id: String,
    /// Where the shopper goes; relative to the base of the interface unless the service knows its public address
    pub redirect_url: String,
}

/// `GET /v1/decisions/{id}`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionRecord {
    /// Id of the record
    pub decision_id: String,
    /// The session it came from
    pub session: String,
    /// The shop's number of the order
    pub order: String,
    /// The method asked for
    pub method: String,
    /// `confirmed` or `refused`
    pub outcome: String,
    /// Why it was refused
    pub reasons: Vec<Reason>,
    /// UTC
    pub decided_at: String,
    /// The merchant's local date on which it was decided
    pub today: String,
    /// Which meaning of a decision
    pub semantics_version: u16,
    /// Hash of the policy
    pub policy_hash: String,
    /// Hash of the part that the browser got
    pub residual_hash: String,
    /// Keyed hash of the facts' canonical bytes, hex
    pub facts_hash: String,
    /// The answer's canonical bytes, base64
    pub answer: String,
    /// The browser's answer, base64, as the shop passed it on
    pub browser_record: Option<String>,
    /// Whether the browser decided the same, bit for bit; null where it sent no record. It binds nothing
    pub browser_agrees: Option<bool>,
    /// The facts that were decided on; null after the person's data were erased
    pub facts: Option<Facts>,
    /// The decision with its full trace
    pub decision: Decision,
    /// The plan of instalments, where one was agreed to
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<AgreedPlan>,
    /// What the shopper agreed to
    pub consents: Vec<Consent>,
    /// The review in which a human granted it against the reasons, where one did
    pub review: Option<String>,
}
