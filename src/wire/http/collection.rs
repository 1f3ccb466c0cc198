//! Collection: how a customer is reached, what comes next of every claim and why not, messages and tasks.

use super::{AddressForm, AskAccount, HoldInForce, LevelState, OrderItem, Proof};
use crate::events::HoldReason;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::ladder::Channel;

/// A way to reach a customer
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactChannel {
    /// E-mail
    Email,
    /// A text message to a mobile telephone
    TextMessage,
    /// A letter
    Letter,
    /// A human who calls
    Telephone,
}

impl From<ContactChannel> for Channel {
    fn from(channel: ContactChannel) -> Self {
        match channel {
            ContactChannel::Email => Self::Email,
            ContactChannel::TextMessage => Self::TextMessage,
            ContactChannel::Letter => Self::Letter,
            ContactChannel::Telephone => Self::Telephone,
        }
    }
}

impl From<Channel> for ContactChannel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Email => Self::Email,
            Channel::TextMessage => Self::TextMessage,
            Channel::Letter => Self::Letter,
            Channel::Telephone => Self::Telephone,
        }
    }
}

/// `PUT /v1/customers/{reference}/contact`: how a customer can be reached, in place of what was said before
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactDetails {
    /// Their name; without one they are greeted without
    #[serde(default)]
    pub name: Option<ContactName>,
    /// The lines below the name on an envelope; without a name, all of them
    #[serde(default)]
    pub address: Vec<String>,
    /// E-mail; without one, that of the customer's sessions
    #[serde(default)]
    pub email: Option<String>,
    /// A mobile telephone, such as `+4915112345678`
    #[serde(default)]
    pub phone: Option<String>,
    /// A language tag; without one, that of the customer's last session
    #[serde(default)]
    pub locale: Option<String>,
    /// How they are spoken to; without it, as in the customer's last session
    #[serde(default)]
    pub address_form: Option<AddressForm>,
    /// The way that they prefer
    #[serde(default)]
    pub prefers: Option<ContactChannel>,
    /// The ways that they do not want
    #[serde(default)]
    pub opted_out: Vec<ContactChannel>,
}

/// A name, in the two parts that a greeting takes apart
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactName {
    /// By which friends call them
    pub given: String,
    /// The family's
    pub family: String,
}

/// `GET /v1/collection`: a page of the open claims, and `GET /v1/customers/{reference}/case`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenClaims {
    /// The local day for which it is said
    pub today: String,
    /// The claims that are due first first
    pub claims: Vec<OpenClaim>,
    /// What to pass as `after` for the next page; null on the last
    pub after: Option<String>,
    /// What the merchant should know of today's figures of the law
    pub warnings: Vec<Warning>,
}

/// Something that is not as it should be and stops nothing
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The same for ever
    pub code: String,
    /// What is so
    pub message: String,
    /// What can be done
    pub help: String,
}

/// An open claim: what comes next, and what keeps it from coming now
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenClaim {
    /// Id of the claim
    pub receivable: String,
    /// The shop's number of the customer or guest; null where they are erased
    pub customer: Option<String>,
    /// The shop's number of the order, which is that of the invoice too
    pub order: String,
    /// What the payer writes on a transfer
    pub reference: String,
    /// The local day on which it came to be
    pub created_on: String,
    /// What is owed of it
    pub open: Money,
    /// What of that is late
    pub overdue: Money,
    /// The last day on which what is to be paid next is in time
    pub due_date: Option<String>,
    /// How far reminding has come
    pub level: LevelState,
    /// What is not done for the time being, and until when
    pub holds: Vec<HoldInForce>,
    /// What is done next if nothing happens until then; null where only something that happens brings something
    pub next: Option<ClaimStep>,
    /// Why nothing is done now; null where something is
    pub why_not: Option<WhyNot>,
}

/// What is done next about a claim
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimStep {
    /// `note`, `reminder`, `unreachable`, `by_hand`, `propose_placement` or `propose_clearing`; the last four ask a human
    pub what: String,
    /// The level of a reminder
    pub level: Option<u8>,
    /// Which way
    pub channel: Option<ContactChannel>,
    /// From which local day
    pub from: String,
}

/// Why nothing is done about a claim
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyNot {
    /// Names the gate for ever, such as `gate.held`
    pub code: String,
    /// Which hold it is
    pub hold: Option<HoldReason>,
    /// The local day on which it is asked again; null where only something that happens can change it
    pub until: Option<String>,
}

/// `GET /v1/messages/{message}`: a message about what somebody owes
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactMessage {
    /// Its id
    pub id: String,
    /// The shop's number of the customer or guest; null where they are erased
    pub customer: Option<String>,
    /// `note`, `reminder`, `crossed` or `thanks`
    pub occasion: String,
    /// Which way
    pub channel: ContactChannel,
    /// `intended`, `sending`, `sent`, `delivered`, `bounced`, `failed`, `suppressed` or `unknown`
    pub state: String,
    /// What it says of which claim
    pub about: Vec<MessageAbout>,
    /// What it names as open in all
    pub amount: Money,
    /// The last day that it names
    pub term: Option<String>,
    /// The payment that it answers
    pub payment: Option<String>,
    /// When it was written, UTC
    pub planned_at: String,
    /// When it left, UTC
    pub sent_at: Option<String>,
    /// When it arrived, or is taken to have, UTC
    pub arrived_at: Option<String>,
    /// `machine` or `person`; null is not known, which is not unopened
    pub opened: Option<String>,
    /// Why it was not sent, or came back
    pub reason: Option<String>,
    /// Address, number, or the lines on an envelope; null where the person is erased
    pub to: Option<String>,
    /// What stands in a list of mails
    pub subject: Option<String>,
    /// What it says, as text; `/html` and `/pdf` have its other forms
    pub text: Option<String>,
}

/// What a message says of a claim
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageAbout {
    /// Id of the claim
    pub receivable: String,
    /// The level; 0 for a word before the due date, and for an answer to a payment
    pub level: u8,
    /// The due date that it is about
    pub due_date: String,
}

/// `POST /v1/messages/{message}/delivery`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellDelivery {
    /// What is heard of it
    pub news: DeliveryNews,
}

/// What is heard of a message after it left
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryNews {
    /// It arrived
    Delivered,
    /// A person opened it
    Opened,
    /// A machine opened it, such as a mail program that loads ahead; that says nothing about the person
    OpenedByMachine,
    /// It came back for good
    Bounced,
    /// It came back for now, and whoever carries it tries again
    BouncedForNow,
    /// The customer does not want to be written to this way
    Complained,
}

/// `POST /v1/mail`: what a mail that came in says of a message
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailRead {
    /// Id of the message that it is about; null where none is named, or none that is known
    pub message: Option<String>,
    /// What was taken down
    pub news: Option<DeliveryNews>,
    /// Why nothing was, such as `mail.auto_reply`; null where something was
    pub ignored: Option<String>,
}

/// `GET /v1/tasks`: what waits for a human
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tasks {
    /// The oldest first, at most 200
    pub tasks: Vec<Task>,
}

/// What only a human can decide
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its id
    pub id: String,
    /// `unknown_delivery`, `refused_message`, `unreachable`, `by_hand`, `propose_placement`, `propose_clearing`, `late_bounce`, `acknowledge`,
    /// `surplus`, `debit_returned`, `debit_news`, or what a customer has asked for: `dispute`, `return`, `withdrawal`, `hardship`, `paid_already`,
    /// `not_mine`, `representative` or `message`
    pub kind: String,
    /// The shop's number of the customer or guest; null where they are erased
    pub customer: Option<String>,
    /// Id of the claim
    pub receivable: Option<String>,
    /// Id of the message
    pub message: Option<String>,
    /// Why; of a `surplus` the id of the payment that has something left
    pub reason: Option<String>,
    /// What the customer has asked for, in their own words
    pub request: Option<AskAccount>,
    /// The lines of the order that the request names, each with the pieces that are meant and what they cost
    pub items: Vec<OrderItem>,
    /// The files that the customer sent with the request
    pub proofs: Vec<Proof>,
    /// UTC
    pub opened_at: String,
    /// UTC; null while it waits
    pub done_at: Option<String>,
}

/// `POST /v1/tasks/{task}/done`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinishTask {
    /// What came of it
    pub outcome: TaskOutcome,
}

/// What came of a task
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskOutcome {
    /// It is done
    Done,
    /// The message of which it was unknown has left
    Left,
    /// It has not
    NotLeft,
}
