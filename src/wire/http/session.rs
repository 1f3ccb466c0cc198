//! Opening a session, what the browser gets of it, and the preview for the shop's server.

use super::{AddressForm, Facts, OwnReview, StepBrief};
use crate::credit::MethodRegime;
use crate::decision::Decision;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /v1/sessions`, by the shop's server
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenSession {
    /// Who stands at the counter
    pub customer: SessionCustomer,
    /// What the shop knows, of the server's facts and the client's
    #[serde(default)]
    pub facts: Facts,
    /// Language of the shopper; without it German, and messages in the language of the policy's persona
    #[serde(default)]
    pub locale: Option<String>,
    /// How the shopper is spoken to
    #[serde(default)]
    pub address_form: AddressForm,
    /// Where a payment provider sends the shopper back to
    #[serde(default)]
    pub return_url: Option<String>,
}

/// Who stands at the counter: a customer whom the shop has authenticated, or a guest
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionCustomer {
    /// The shop's number of the customer; only of one who is signed in
    #[serde(default)]
    pub reference: Option<String>,
    /// The shop's number of a guest's own visit, such as its session cookie
    #[serde(default)]
    pub guest_reference: Option<String>,
    /// Whether the shop has authenticated the person in this session
    pub signed_in: bool,
    /// For receipts; a guest's is never looked up for the answer
    #[serde(default)]
    pub email: Option<String>,
    /// Who they are, for the credit bureau if the policy asks one; it is passed on and not kept. Of guests nobody asks
    #[serde(default)]
    pub person: Option<Person>,
}

/// Who somebody is, as a credit bureau asks for it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// First name
    pub first_name: String,
    /// Last name
    pub last_name: String,
    /// Local date
    #[serde(default)]
    pub birth_date: Option<String>,
    /// Street and number
    pub street: String,
    /// Postal code
    pub postal_code: String,
    /// City
    pub city: String,
    /// ISO 3166-1 alpha-2
    pub country: String,
}

/// What the shop's server gets
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionOpened {
    /// Id of the session, for the browser
    pub session: String,
    /// UTC
    pub expires_at: String,
    /// Hash of the policy that decides
    pub policy_hash: String,
    /// Hash of the part that the browser gets
    pub residual_hash: String,
}

/// `GET /v1/checkout/{session}`: all that a browser gets
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checkout {
    /// Id of the session
    pub session: String,
    /// The residual policy, base64
    pub residual: String,
    /// The residual policy after the overdue balance is settled, base64
    pub settled_residual: Option<String>,
    /// What settling takes
    pub settle_amount: Option<Money>,
    /// Hash of the residual policy
    pub residual_hash: String,
    /// Hash of the policy it comes from
    pub policy_hash: String,
    /// The merchant's local date
    pub today: String,
    /// Language of the shopper
    pub locale: String,
    /// How the shopper is spoken to
    pub address_form: AddressForm,
    /// The shop
    pub merchant: Merchant,
    /// UTC
    pub expires_at: String,
    /// The client facts that the shop has given, and what the service has seen confirmed
    pub facts: Facts,
    /// What the policy may ask the shopper to confirm, and how far that is
    pub steps: Vec<StepBrief>,
    /// What time to pay is to the law and what the shopper must be told, by the ids of the methods on account
    pub credit: BTreeMap<String, MethodRegime>,
    /// What was asked of people at the shop, the newest first, and what they answered
    pub reviews: Vec<OwnReview>,
    /// Whether there is something to show from the beginning that only some checkouts need: steps, credit, reviews
    pub has_more: bool,
    /// Methods to show when nothing can be decided
    pub fallback: Vec<String>,
}

/// The shop, as its policy names it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merchant {
    /// Name of the business
    pub name: String,
    /// The SEPA creditor identifier, as it stands in mandates
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creditor_id: Option<String>,
    /// The credit bureau that was asked about this customer, which the texts name that shoppers agree to
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bureau: Option<String>,
}

/// `POST /v1/sessions/{session}/preview`, by the shop's server: what confirm would answer, with nothing kept
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// Client facts as the shop's server knows them
    #[serde(default)]
    pub facts: Facts,
}

/// A method that a human granted
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantedMethod {
    /// Id of the method
    pub method: String,
    /// Id of the review
    pub review: String,
    /// The most that the shopper may pay with it, fee included
    pub amount: Money,
    /// The last day on which it counts, a local date of the merchant
    pub until: String,
}

/// The answer to a preview
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Previewed {
    /// The decision with its full trace: what the program decides
    pub decision: Decision,
    /// The methods among those it withholds that confirm would accept, because a human granted them
    pub granted: Vec<GrantedMethod>,
    /// How long deciding took
    pub elapsed_micros: u64,
}
