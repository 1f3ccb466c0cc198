//! Whoever takes money by card or wallet on a page of their own: one trait, a file for each.
//!
//! **Invariant:** what a notice says is not believed: it says where to look, and what counts is what the provider answers when it is asked.
//! **Invariant:** whatever is asked under one key is done once, however often it is asked.

mod decimal;
mod http;
mod mollie;
mod paypal;
mod sandbox;
mod stripe;

pub use mollie::Mollie;
pub use paypal::PayPal;
pub use sandbox::SandboxProvider;
pub use stripe::Stripe;

use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use tresen_wire::money::Money;

/// Somebody who takes money
pub trait Provider: Send + Sync + Debug {
    /// The policy's words for the methods that it can do, such as `card`
    fn methods(&self) -> &'static [&'static str];

    /// The origins of its pages, such as `https://pay.example`
    fn origins(&self) -> Vec<String>;

    /// Begins a payment; asked again with the same key, it is the same payment
    fn start(&self, checkout: &Checkout) -> Reply<Started>;

    /// How a payment stands; one that the payer has approved is taken here where the provider leaves that to us, if it is still wanted
    fn look(&self, known: &Known) -> Reply<Looked>;

    /// Makes it impossible to pay; refused where somebody pays at this moment, or has paid
    fn close(&self, known: &Known) -> Reply<()>;

    /// Gives money back; asked again with the same key, it goes back once
    fn refund(&self, refund: &Refunding) -> Reply<RefundStanding>;

    /// What a notice is about, or nothing of ours; refused where it is not theirs
    fn notice(&self, headers: &HeaderMap, body: &[u8]) -> Reply<Option<About>>;
}

/// What came of asking
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply<T> {
    /// It is so
    Done(T),
    /// It will never be: why
    Refused(String),
    /// Surely nothing has happened, and it may be asked again: why
    NotNow(String),
    /// Nobody knows whether anything has happened: why
    Unknown(String),
}

impl<T> Reply<T> {
    /// The same about something else
    pub(crate) fn then<U>(self, next: impl FnOnce(T) -> Reply<U>) -> Reply<U> {
        match self {
            Self::Done(done) => next(done),
            Self::Refused(why) => Reply::Refused(why),
            Self::NotNow(why) => Reply::NotNow(why),
            Self::Unknown(why) => Reply::Unknown(why),
        }
    }
}

/// What is to be paid: the same with every attempt, to the byte
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// Under which it is done once: the id of the payment
    pub key: String,
    /// The policy's word, such as `card`
    pub method: String,
    /// How much
    pub amount: Money,
    /// What the payer reads, without a person or goods
    pub description: String,
    /// The payer's language, such as `de`
    pub locale: String,
    /// Where the payer comes back to
    pub return_url: String,
    /// Where the provider tells of it, for those that are told where with each payment
    pub notice_url: String,
    /// When it was written down, in seconds since 1970 by the world's clock
    pub begun_at: i64,
    /// When it can no longer be paid, by the same clock
    pub expires_at: i64,
}

/// A payment that was begun
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The provider's own name of it
    pub reference: String,
    /// Where the payer goes
    pub redirect: String,
}

/// A payment that was begun, as it is asked about
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The provider's own name of it
    pub reference: String,
    /// Under which it was begun
    pub key: String,
    /// Whether the money is still to be taken, where the provider leaves that to us
    pub wanted: bool,
}

/// What a notice is about
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A payment that was begun, by the provider's own name of it
    Checkout(String),
    /// Money that has come, by the provider's own number
    Money(String),
}

/// How a payment stands
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// The payer has yet to do something
    Open,
    /// The payer has done everything, and the money is on its way
    Pending,
    /// The money is there
    Paid(Paid),
    /// It will not come
    Closed(WhyClosed),
}

/// Money that is there
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The provider's own number of the money: its events name it
    pub reference: String,
    /// How much has come, whatever was asked for
    pub amount: Money,
    /// What the provider keeps of it, once that is known
    pub fee: Option<Money>,
    /// When it was paid, in seconds since 1970
    pub at: i64,
    /// How much of it went back, in minor units
    pub returned: i64,
    /// What the payer's bank took back
    pub dispute: Option<Dispute>,
}

/// What the payer's bank took back
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// In minor units
    pub minor: i64,
    /// The last day on which evidence may be sent
    pub until: Option<String>,
    /// Whether the money came back; nothing while it is looked at
    pub won: Option<bool>,
}

/// Why a payment will not come
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyClosed {
    /// The payer's bank or the provider said no
    Declined,
    /// The payer went back
    Cancelled,
    /// Nobody did anything in time
    Expired,
}

impl WhyClosed {
    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// Money that is to go back
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunding {
    /// Under which it is done once: the id of the refund
    pub key: String,
    /// The provider's own number of the money, as [`Paid`] named it
    pub reference: String,
    /// How much
    pub amount: Money,
}

/// How a refund stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundStanding {
    /// It is on its way
    Pending,
    /// The payer has it, or will without anything that we do
    Settled,
    /// It came back, or never left
    Failed,
}
