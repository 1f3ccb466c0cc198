//! What a customer asks for in their account, and what came of it.

use super::{AccountView, AddressForm, ChosenItem, ContactChannel, ContactName, RequestOutcome};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `POST /v1/accounts/{access}/requests`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AskAccount {
    /// The customer names the day on which they pay
    Promise {
        /// The local day
        date: String,
    },
    /// Move a due date
    Deferral {
        /// Id of the claim
        receivable: String,
        /// The local day to which
        until: String,
    },
    /// Pay in rates what the menu says can be
    Plan {
        /// How many
        rates: u8,
        /// The local day of the first
        first: String,
    },
    /// Have it taken from the customer's account: a mandate for one SEPA direct debit
    Debit {
        /// How much
        amount: Money,
        /// Ids of the claims that it is for; without them, what is asked for
        #[serde(default)]
        receivables: Option<Vec<String>>,
        /// Whose account it is
        holder: String,
        /// The account, as it was typed
        iban: String,
        /// The first local day on which it is debited, as the menu has told it
        from: String,
    },
    /// Something is wrong with a claim
    Dispute {
        /// Id of the claim
        receivable: String,
        /// How much of it; without it and without items, all
        #[serde(default)]
        amount: Option<Money>,
        /// Which lines of the order, in place of an amount
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<ChosenItem>,
        /// What is wrong
        reason: DisputeReason,
        /// In the customer's words
        #[serde(default)]
        text: Option<String>,
        /// Ids of files that were sent for it
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proofs: Vec<String>,
    },
    /// Something comes back
    Return {
        /// Id of the claim
        receivable: String,
        /// Which lines of the order, where they are known
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<ChosenItem>,
        /// What, in the customer's words
        #[serde(default)]
        text: Option<String>,
    },
    /// The customer withdraws from the contract
    Withdrawal {
        /// Id of the claim
        receivable: String,
        /// Whose statement it is, where the shop does not know the name
        #[serde(default)]
        name: Option<String>,
        /// Where the confirmation goes; without it, to the address that is known
        #[serde(default)]
        email: Option<String>,
        /// In the customer's words; none are needed
        #[serde(default)]
        text: Option<String>,
    },
    /// Money is tight
    Hardship {
        /// In the customer's words; none are needed
        #[serde(default)]
        text: Option<String>,
    },
    /// It has been paid
    PaidAlready {
        /// Id of the claim; without it, all that is open
        #[serde(default)]
        receivable: Option<String>,
        /// The local day on which
        #[serde(default)]
        on: Option<String>,
        /// What stands on the transfer, or the number of the payment
        #[serde(default)]
        reference: Option<String>,
        /// In the customer's words
        #[serde(default)]
        text: Option<String>,
        /// Ids of files that were sent for it
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proofs: Vec<String>,
    },
    /// It is not the customer's debt
    NotMine {
        /// Id of the claim; without it, all that is open
        #[serde(default)]
        receivable: Option<String>,
        /// In the customer's words
        #[serde(default)]
        text: Option<String>,
        /// Ids of files that were sent for it
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proofs: Vec<String>,
    },
    /// Somebody speaks for the customer
    Representative {
        /// Who
        name: String,
        /// How they are reached
        contact: String,
        /// The file number, or whatever else there is to say
        #[serde(default)]
        text: Option<String>,
    },
    /// A word to a human
    Message {
        /// The word
        text: String,
        /// Where to call back
        #[serde(default)]
        phone: Option<String>,
        /// Ids of files that were sent for it
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proofs: Vec<String>,
    },
    /// The customer is reached or spoken to another way; what is left out stays
    Contact {
        /// Name
        #[serde(default)]
        name: Option<ContactName>,
        /// The lines below the name on an envelope
        #[serde(default)]
        address: Option<Vec<String>>,
        /// E-mail
        #[serde(default)]
        email: Option<String>,
        /// A mobile telephone
        #[serde(default)]
        phone: Option<String>,
        /// A language tag
        #[serde(default)]
        locale: Option<String>,
        /// How they are spoken to
        #[serde(default)]
        address_form: Option<AddressForm>,
        /// The way that they prefer
        #[serde(default)]
        prefers: Option<ContactChannel>,
        /// The ways by which nobody reminds them, in place of those before
        #[serde(default)]
        opted_out: Option<Vec<ContactChannel>>,
    },
    /// Nobody writes to the customer that way
    OptOut {
        /// Which
        channel: ContactChannel,
    },
    /// What was asked for before is taken back
    TakeBack {
        /// Id of that request
        request: String,
    },
}

/// What is wrong with a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeReason {
    /// It has not arrived
    NotReceived,
    /// It is broken
    Defective,
    /// It is not what was ordered
    NotAsOrdered,
    /// The amount is wrong
    WrongAmount,
    /// It has been sent back
    Returned,
    /// Something else
    Other,
}

/// What came of a request, and the account as it is now
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestAnswered {
    /// Its id
    pub request: String,
    /// What came of it
    pub outcome: RequestOutcome,
    /// Why it cannot be, where it cannot
    pub why: Option<String>,
    /// The account
    pub view: AccountView,
}

impl AskAccount {
    /// The word for what is asked
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Promise { .. } => "promise",
            Self::Deferral { .. } => "deferral",
            Self::Plan { .. } => "plan",
            Self::Debit { .. } => "debit",
            Self::Dispute { .. } => "dispute",
            Self::Return { .. } => "return",
            Self::Withdrawal { .. } => "withdrawal",
            Self::Hardship { .. } => "hardship",
            Self::PaidAlready { .. } => "paid_already",
            Self::NotMine { .. } => "not_mine",
            Self::Representative { .. } => "representative",
            Self::Message { .. } => "message",
            Self::Contact { .. } => "contact",
            Self::OptOut { .. } => "opt_out",
            Self::TakeBack { .. } => "take_back",
        }
    }

    /// The claim that it names
    #[must_use]
    pub fn receivable(&self) -> Option<&str> {
        match self {
            Self::Deferral { receivable, .. }
            | Self::Dispute { receivable, .. }
            | Self::Return { receivable, .. }
            | Self::Withdrawal { receivable, .. } => Some(receivable),
            Self::PaidAlready { receivable, .. } | Self::NotMine { receivable, .. } => receivable.as_deref(),
            Self::Promise { .. }
            | Self::Plan { .. }
            | Self::Debit { .. }
            | Self::Hardship { .. }
            | Self::Representative { .. }
            | Self::Message { .. }
            | Self::Contact { .. }
            | Self::OptOut { .. }
            | Self::TakeBack { .. } => None,
        }
    }

    /// The lines of the order that it names
    #[must_use]
    pub fn items(&self) -> &[ChosenItem] {
        match self {
            Self::Dispute { items, .. } | Self::Return { items, .. } => items,
            Self::Promise { .. }
            | Self::Deferral { .. }
            | Self::Plan { .. }
            | Self::Debit { .. }
            | Self::Withdrawal { .. }
            | Self::Hardship { .. }
            | Self::PaidAlready { .. }
            | Self::NotMine { .. }
            | Self::Representative { .. }
            | Self::Message { .. }
            | Self::Contact { .. }
            | Self::OptOut { .. }
            | Self::TakeBack { .. } => &[],
        }
    }

    /// The files that it names
    #[must_use]
    pub fn proofs(&self) -> &[String] {
        match self {
            Self::Dispute { proofs, .. }
            | Self::PaidAlready { proofs, .. }
            | Self::NotMine { proofs, .. }
            | Self::Message { proofs, .. } => proofs,
            Self::Promise { .. }
            | Self::Deferral { .. }
            | Self::Plan { .. }
            | Self::Debit { .. }
            | Self::Return { .. }
            | Self::Withdrawal { .. }
            | Self::Hardship { .. }
            | Self::Representative { .. }
            | Self::Contact { .. }
            | Self::OptOut { .. }
            | Self::TakeBack { .. } => &[],
        }
    }

    /// What the customer says in their own words
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Message { text, .. } => Some(text),
            Self::Dispute { text, .. }
            | Self::Return { text, .. }
            | Self::Withdrawal { text, .. }
            | Self::Hardship { text }
            | Self::PaidAlready { text, .. }
            | Self::NotMine { text, .. }
            | Self::Representative { text, .. } => text.as_deref(),
            Self::Promise { .. }
            | Self::Deferral { .. }
            | Self::Plan { .. }
            | Self::Debit { .. }
            | Self::Contact { .. }
            | Self::OptOut { .. }
            | Self::TakeBack { .. } => None,
        }
    }
}
