//! What a message to a customer has to say, whatever its words.
//!
//! Two persons read it: the customer, who wants to know what for, how much, until when and to whom; and a lint, which wants to know whether
//! the words say exactly this. The words are another room's.
//!
//! **Invariant:** whoever holds [`Checked`] holds particulars whose parts sum to what is asked for, claim by claim and in all.

mod sums;

pub use sums::Checked;

use crate::colour::Colour;
use crate::date::Date;
use crate::hours::Hours;
use crate::ladder::Tone;
use crate::money::Money;
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

/// Everything that a message may say
///
/// The texts in it are names, numbers and addresses as the merchant and the customer write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particulars {
    /// The day on which it goes out
    pub today: Date,
    /// Whether it goes out as a letter; else it is a mail, with a text message for a telephone
    pub by_letter: bool,
    /// Who writes
    pub sender: Sender,
    /// Who is written to
    pub person: Addressee,
    /// What it is about: all of it in one message
    pub claims: Vec<Claim>,
    /// What is to be paid in all
    pub total: Money,
    /// The last day on which what is asked for is in time
    pub term: Option<Date>,
    /// The first day of default if nothing comes until then, where this is the reminder that brings it: it must demand payment unmistakably
    pub default_from: Option<Date>,
    /// How the customer pays, and what else they can do
    pub ways: Ways,
    /// What it is for
    pub occasion: Occasion,
}

/// Who writes, to whom the money is owed, and who is there to talk to
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The shop as the customer knows it
    pub shop: String,
    /// The creditor, with its legal form
    pub creditor: String,
    /// Street and number
    pub street: String,
    /// Postcode
    pub postcode: String,
    /// Town
    pub city: String,
    /// Where it is registered, such as `Amtsgericht Musterstadt HRB 00000`
    pub register: Option<String>,
    /// Where the customer finds the shop by themselves, such as `musterladen.example`
    pub website: String,
    /// Where an answer is read
    pub email: String,
    /// Where somebody answers
    pub phone: Option<String>,
    /// When somebody answers
    pub hours: Option<Hours>,
    /// Who answers
    pub contact: Option<String>,
    /// The shop's colour; without one, the house's
    pub accent: Option<Colour>,
}

/// Who is written to
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addressee {
    /// Their name; without one they are greeted without
    pub name: Option<Name>,
    /// The lines below the name on an envelope; a letter needs some
    pub address: Vec<String>,
}

/// A name, in the two parts that a greeting takes apart
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// By which friends call them
    pub given: String,
    /// The family's
    pub family: String,
}

/// One claim
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The contract
    pub order: Document,
    /// The invoice
    pub invoice: Document,
    /// What was bought, in a few words; not every shop wants it in a mail
    pub goods: Option<String>,
    /// The last day on which payment was or is in time
    pub due: Date,
    /// What it consists of
    pub parts: Vec<Part>,
    /// What came against it
    pub received: Vec<Received>,
    /// What is open of it
    pub open: Money,
}

/// A numbered paper and its day
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its number, as the merchant writes it
    pub number: String,
    /// Its day
    pub on: Date,
}

/// A part of a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is
    pub kind: PartKind,
    /// How much
    pub amount: Money,
}

/// What a part of a claim is: the kinds of the ledger, each with what a person is told about it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// The price of the goods
    Principal,
    /// The agreed fee
    Fee,
    /// The agreed interest of a plan
    Interest,
    /// Interest for late payment
    DefaultInterest {
        /// The first day that bears it
        from: Date,
        /// The last day that bears it
        until: Date,
        /// How much a year
        rate: Rate,
    },
    /// The 40 euros that a business owes in default
    LumpSum,
    /// Paper and postage
    DunningCost {
        /// The day of the letter
        on: Date,
    },
    /// What a lawyer, a collector or a court cost
    LegalCost,
}

impl PartKind {
    /// Whether it comes of not paying in time
    #[must_use]
    pub fn is_extra(self) -> bool {
        match self {
            Self::Principal | Self::Fee | Self::Interest => false,
            Self::DefaultInterest { .. } | Self::LumpSum | Self::DunningCost { .. } | Self::LegalCost => true,
        }
    }
}

/// Something that made a claim smaller
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// What it was
    pub kind: ReceivedKind,
    /// The day that counts
    pub on: Date,
    /// How much
    pub amount: Money,
}

/// What made a claim smaller
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceivedKind {
    /// The customer paid
    Payment,
    /// The merchant credited it: a return, or a cost that was taken back
    Credit,
}

/// How the customer pays, and where they do what else they can; addresses with `https://`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ways {
    /// Where one pays
    pub pay: Option<String>,
    /// What is typed where one pays, for whoever has it on paper
    pub code: Option<String>,
    /// Where a transfer goes
    pub transfer: Option<Transfer>,
    /// Where one chooses rates
    pub plan: Option<String>,
    /// Where one names a day
    pub promise: Option<String>,
    /// Where one says that something is wrong
    pub dispute: Option<String>,
    /// Where one chooses how to be written to
    pub preferences: Option<String>,
    /// Who advises on debts for free
    pub advice: Option<String>,
}

/// Where a transfer goes
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Whose account it is
    pub holder: String,
    /// The account (ISO 13616), without blanks
    pub iban: String,
    /// The bank
    pub bic: Option<String>,
    /// What the payer writes (ISO 11649), without blanks
    pub reference: String,
}

/// What a message is for
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    /// A word before the due date
    Note,
    /// A reminder
    Reminder {
        /// How it sounds
        tone: Tone,
        /// The days of the messages before
        earlier: Vec<Date>,
        /// What follows, if that is settled
        hand_over: Option<HandOver>,
    },
    /// A reminder and a payment crossed: an apology, and its cost back
    Crossed {
        /// The day that counts for the payment
        received_on: Date,
        /// What was paid
        paid: Money,
        /// The day of the message that crossed it
        message_on: Date,
        /// What the message had cost the customer
        back: Option<Money>,
        /// What of the payment is more than was open, where nothing is any more
        surplus: Option<Money>,
    },
    /// A receipt
    Thanks {
        /// The day that counts for the payment
        received_on: Date,
        /// What was paid
        paid: Money,
        /// What of it is more than was open, where nothing is any more
        surplus: Option<Money>,
    },
    /// The customer has named a day
    Promise {
        /// How much they want to pay
        promised: Money,
        /// By which day
        by: Date,
    },
    /// The day has passed
    PromiseMissed {
        /// How much they wanted to pay
        promised: Money,
        /// By which day
        by: Date,
    },
    /// A rate of a plan
    Rate {
        /// Which one, from 1
        number: u8,
        /// Of how many
        of: u8,
        /// How much
        amount: Money,
        /// The last day on which it was or is in time
        due: Date,
        /// Whether that day has passed
        late: bool,
    },
    /// There is a new day
    Deferral {
        /// Which
        until: Date,
    },
    /// There is a plan
    Plan {
        /// Its rates, the first first; they sum to what is to be paid in all
        rates: Vec<(Date, Money)>,
    },
    /// The customer has said that something is wrong
    Dispute {
        /// When
        received_on: Date,
        /// By which day they have an answer
        answer_by: Date,
    },
}

impl Occasion {
    /// The word for it
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Reminder { tone, .. } => tone.code(),
            Self::Crossed { .. } => "crossed",
            Self::Thanks { .. } => "thanks",
            Self::Promise { .. } => "promise",
            Self::PromiseMissed { .. } => "promise_missed",
            Self::Rate { late: false, .. } => "rate",
            Self::Rate { late: true, .. } => "rate_late",
            Self::Deferral { .. } => "deferral",
            Self::Plan { .. } => "plan",
            Self::Dispute { .. } => "dispute",
        }
    }

    /// Whether it asks for money now
    #[must_use]
    pub fn asks(&self) -> bool {
        match self {
            Self::Note | Self::Reminder { .. } | Self::PromiseMissed { .. } | Self::Rate { .. } => true,
            Self::Crossed { .. }
            | Self::Thanks { .. }
            | Self::Promise { .. }
            | Self::Deferral { .. }
            | Self::Plan { .. }
            | Self::Dispute { .. } => false,
        }
    }
}

/// An agency gets the claims: a fact with its day, not a threat
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOver {
    /// The first day on which it may happen
    pub on: Date,
    /// What it would cost the customer as a rule
    pub cost: Option<Money>,
}

impl Particulars {
    /// What the customer is asked to pay now: a rate, or everything
    #[must_use]
    pub fn asked(&self) -> Money {
        match self.occasion {
            Occasion::Rate { amount, .. } => amount,
            Occasion::Note
            | Occasion::Reminder { .. }
            | Occasion::Crossed { .. }
            | Occasion::Thanks { .. }
            | Occasion::Promise { .. }
            | Occasion::PromiseMissed { .. }
            | Occasion::Deferral { .. }
            | Occasion::Plan { .. }
            | Occasion::Dispute { .. } => self.total,
        }
    }

    /// What the occasion itself names
    #[must_use]
    pub fn named(&self) -> Vec<Money> {
        match &self.occasion {
            Occasion::Note | Occasion::Deferral { .. } | Occasion::Dispute { .. } => Vec::new(),
            Occasion::Reminder { hand_over, .. } => hand_over.iter().filter_map(|hand_over| hand_over.cost).collect(),
            Occasion::Crossed { paid, back, surplus, .. } => core::iter::once(*paid).chain(*back).chain(*surplus).collect(),
            Occasion::Thanks { paid, surplus, .. } => core::iter::once(*paid).chain(*surplus).collect(),
            Occasion::Promise { promised, .. } | Occasion::PromiseMissed { promised, .. } => alloc::vec![*promised],
            Occasion::Rate { amount, .. } => alloc::vec![*amount],
            Occasion::Plan { rates } => rates.iter().map(|(_, amount)| *amount).collect(),
        }
    }
}
