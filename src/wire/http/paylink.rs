//! Pay links: what whoever holds one is told, and a day that they name. No name, no goods.

use super::{AddressForm, CodeChannel, LastPayment, PayMethod};
use crate::hours::Answered;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `POST /v1/receivables/{id}/paylink`: the only time that a token is seen whole
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaylinkIssued {
    /// What is behind `/pay/`
    pub token: String,
    /// Where the customer opens it
    pub url: String,
    /// Until when, UTC
    pub expires_at: String,
}

/// `GET /v1/paylinks/{token}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paylink {
    /// How it stands
    pub state: PaylinkState,
    /// The local day on which that is so
    pub today: String,
    /// The customer's language
    pub locale: String,
    /// How the customer is spoken to
    pub address_form: AddressForm,
    /// Whom to pay and to talk to
    pub shop: PaylinkShop,
    /// What is to be paid today
    pub amount: Option<Money>,
    /// What of it default has brought; nothing where nothing
    pub extra: Option<Money>,
    /// What is open in all, where a plan asks for less of it now
    pub whole: Option<Money>,
    /// The last local day on which it is in time
    pub due_date: Option<String>,
    /// Whether that day has passed
    pub late: bool,
    /// Whether a payment is on its way
    pub under_way: bool,
    /// What is on its way already for the rest of the link's claims, and not asked for
    pub beside: Option<Money>,
    /// What the customer objects to: it is not asked for, and whoever pays the rest gives up nothing of that
    pub disputed: Option<Money>,
    /// What happens next if nothing is paid
    pub next: Option<NextStep>,
    /// Where a transfer goes
    pub transfer: Option<Transfer>,
    /// The ways to pay beside the transfer
    pub methods: Vec<PayMethod>,
    /// The newest payment by one of them, for a day
    pub payment: Option<LastPayment>,
    /// Whether a day can be named
    pub promise: PromiseStanding,
    /// The ways by which a code can be sent that opens the account: which there are, and not where they lead
    pub codes: Vec<CodeChannel>,
    /// What was paid, where nothing is open any more; of a link that is over, what was paid by it or for what it is about
    pub receipt: Option<Receipt>,
}

/// How a pay link stands
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaylinkState {
    /// Something is to be paid
    Open,
    /// Nothing is open
    Paid,
    /// There is a newer link
    Superseded,
    /// It is too old
    Expired,
    /// A human looks at it first
    InClarification,
    /// An agency has the claim; no money is taken here
    Elsewhere,
}

/// Whom to pay and to talk to
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaylinkShop {
    /// The name that shoppers know
    pub name: String,
    /// The creditor, with its legal form
    pub creditor: Option<String>,
    /// Where the customer finds the shop by themselves
    pub website: Option<String>,
    /// Where an answer is read
    pub email: Option<String>,
    /// Where somebody answers
    pub phone: Option<String>,
    /// When somebody answers
    pub hours: Option<Answered>,
}

/// What happens next
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// `note`, `reminder`, `final_notice` or `hand_over`
    pub what: String,
    /// The first local day on which it may
    pub from: String,
}

/// Where a transfer goes
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// Whose account it is
    pub holder: String,
    /// The account, without blanks
    pub iban: String,
    /// The bank
    pub bic: Option<String>,
    /// What the payer writes
    pub reference: String,
    /// How much
    pub amount: Money,
    /// The text of the code that banking apps scan (EPC069-12); euros only
    pub epc: Option<String>,
    /// That code, to be drawn
    pub code: Option<Drawing>,
}

/// A code to scan: dark on a light square, with the light margin that scanners need
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// How many modules wide and high, with the margin
    pub side: usize,
    /// Its dark modules, as the `d` of a path in an SVG
    pub path: String,
}

/// Whether a day can be named on which the customer pays
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromiseStanding {
    /// The last local day that can be named
    pub until: Option<String>,
    /// Why none can, such as `promise.made`
    pub why_not: Option<String>,
    /// The day that was named
    pub made: Option<String>,
}

/// What was paid
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// How much in all
    pub amount: Money,
    /// The local day that counts for the last payment
    pub on: String,
}

/// `POST /v1/paylinks/{token}/promise`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameDay {
    /// The local day on which the customer pays
    pub date: String,
}

/// `GET /v1/receivables/{id}/transfer`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivableTransfer {
    /// Id of the claim
    pub receivable: String,
    /// The last local day on which it is in time
    pub due_date: Option<String>,
    /// What is to be paid; nothing where nothing is open
    pub amount: Option<Money>,
    /// Where it goes; nothing where nothing is open, or where the policy names no account
    pub transfer: Option<Transfer>,
}
