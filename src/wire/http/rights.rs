//! What one person may ask of their data: all of it as a file, and that it goes.

use super::{
    AskAccount, ContactDetails, ContactMessage, DecisionRecord, ExportedProof, Facts, PaymentState, ReceivableState, ReceivedPayment,
    Review,
};
use crate::events::Event;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `POST /v1/customers/{reference}/erase`, by the shop's server
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// Also where a claim or a payment is open: it stays, and nothing here says any more whose it is
    #[serde(default)]
    pub despite_open: bool,
}

/// The person is erased
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonErased {
    /// The service's own id, under which stays what has to stay
    pub customer: String,
    /// UTC
    pub erased_at: String,
    /// The shop's other numbers of the same person, of whom nothing is erased
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_person: Vec<String>,
    /// What stays, without the person
    pub kept: Kept,
}

/// How much stays under the service's own id
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Claims
    pub receivables: u64,
    /// Payments
    pub payments: u64,
    /// Decisions, without the facts that they were made on
    pub decisions: u64,
}

/// `GET /v1/customers/{reference}/export`: all that is stored about a person, opened
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonExport {
    /// `tresen.person`
    pub kind: String,
    /// The version of this form
    pub format: u16,
    /// UTC
    pub exported_at: String,
    /// The shop's other numbers of the same person, each with a file of its own
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_person: Vec<String>,
    /// Who it is
    pub person: Exported<ExportedPerson>,
    /// Visits to the checkout, with what the shop said
    pub sessions: Exported<ExportedSession>,
    /// Decisions, with the facts that they were made on
    pub decisions: Exported<DecisionRecord>,
    /// What the person asked to have looked at, and the answers
    pub reviews: Exported<Review>,
    /// What the person was asked to confirm
    pub checks: Exported<Value>,
    /// What a credit bureau was asked and said
    pub inquiries: Exported<Value>,
    /// What was brought in of the time before
    pub history: Exported<Facts>,
    /// Orders that stand on a decision
    pub orders: Exported<ExportedOrder>,
    /// Claims
    pub receivables: Exported<ReceivableState>,
    /// Payments
    pub payments: Exported<PaymentState>,
    /// Money that has come for claims
    pub received_payments: Exported<ReceivedPayment>,
    /// How the shop says that they can be reached
    pub contact: Exported<ContactDetails>,
    /// What was written to them about what they owe
    pub messages: Exported<ContactMessage>,
    /// What they asked for in their account
    pub requests: Exported<AskAccount>,
    /// What they sent beside it
    pub proofs: Exported<ExportedProof>,
    /// What has happened, event by event
    pub events: Exported<Event>,
}

/// `kind` of every such file
pub const EXPORT_KIND: &str = "tresen.person";

/// One kind of data about a person
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exported<T> {
    /// Where it is stored
    pub stored_in: String,
    /// What for
    pub why: String,
    /// What becomes of it when the person is erased
    pub on_erasure: String,
    /// The data
    pub items: Vec<T>,
}

/// Who a person is to the shop
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedPerson {
    /// The service's own id
    pub customer: String,
    /// `customer` or `guest`
    pub kind: String,
    /// The shop's own number, of the customer or of the guest's visit
    pub reference: String,
    /// The e-mail of a customer whom the shop has authenticated
    pub email: Option<String>,
    /// UTC
    pub known_since: String,
}

/// A visit to the checkout
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExportedSession {
    /// Its id
    pub session: String,
    /// Whether the shop had authenticated the person
    pub signed_in: bool,
    /// UTC
    pub opened_at: String,
    /// UTC
    pub expires_at: String,
    /// Hash of the policy that decided
    pub policy_hash: String,
    /// Language
    pub locale: String,
    /// `sie` or `du`
    pub address_form: String,
    /// Where a payment provider sent the person back to
    pub return_url: Option<String>,
    /// What the shop said
    pub facts: Facts,
    /// A guest's e-mail
    pub guest_email: Option<String>,
}

/// An order that stands on a decision
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedOrder {
    /// The shop's number of the order
    pub order: String,
    /// The decision it stands on
    pub decision_id: String,
    /// What the person pays
    pub amount: Money,
    /// Local date
    pub ordered_on: String,
    /// `bound` or `released`
    pub state: String,
    /// What was in it, as the shop confirmed it
    pub items: Vec<super::OrderItem>,
}
