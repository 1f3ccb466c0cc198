//! Paying by a provider: a customer is sent to its page.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A way to pay beside the transfer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayMethod {
    /// The policy's word, such as `card`
    pub id: String,
    /// Who takes it, such as `stripe`
    pub provider: String,
}

/// `POST /v1/paylinks/{token}/payments`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartPayment {
    /// One of the link's `methods`
    pub method: String,
    /// How much; what is to be paid today where nothing is said
    #[serde(default)]
    pub amount: Option<Money>,
    /// For which of the claims; where nothing is said for what is asked for, the earliest due first, beside what is on its way
    #[serde(default)]
    pub receivables: Option<Vec<String>>,
    /// The page of the shop's that the customer comes back to; the link's own where nothing is said
    #[serde(default)]
    pub return_url: Option<String>,
}

/// What comes of it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PaymentStart {
    /// The customer goes on at the provider's page
    Started {
        /// Id of the payment
        payment: String,
        /// How much is paid there
        amount: Money,
        /// The provider's page
        redirect: String,
    },
    /// It is not to be, or not so
    Refused {
        /// Why
        why: WhyNotStarted,
        /// What can be paid instead
        owed: Option<Money>,
        /// Of the payment that is in the way
        payment: Option<String>,
        /// Where that goes on
        redirect: Option<String>,
    },
}

impl PaymentStart {
    /// A refusal with nothing more to say
    #[must_use]
    pub fn refused(why: WhyNotStarted) -> Self {
        Self::Refused { why, owed: None, payment: None, redirect: None }
    }
}

/// Why no payment is begun
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNotStarted {
    /// More than is owed: the amount on the page is old
    Amount,
    /// Nothing is open any more
    NothingOpen,
    /// A human looks at it first
    InClarification,
    /// An agency has the claim
    Elsewhere,
    /// Nobody takes this method now: the others remain
    Method,
    /// Money for one of the claims is on its way
    UnderWay,
    /// Another payment of one of the claims is open: it goes on where it is, or is over in a while
    Busy,
}

/// The newest payment by a provider
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastPayment {
    /// Id of the payment
    pub payment: String,
    /// The policy's word for the method
    pub method: String,
    /// How much
    pub amount: Money,
    /// `intended`, `open`, `pending`, `paid` or `closed`
    pub state: String,
    /// Why it was closed, such as `declined`
    pub why: Option<String>,
}
