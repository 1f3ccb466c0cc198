//! What is known of a customer when it is decided what to do.

use crate::date::Date;
use crate::ident::ReceivableId;
use crate::ladder::Channel;
use crate::law::contact::Moment;
use crate::receivable::Account;
use alloc::vec::Vec;

/// What a message is about
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A word before the due date
    Note,
    /// A level
    Level(u8),
}

/// What became of a message
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is to go out, or a crash leaves it unknown whether it did: never sent again by itself
    Intended,
    /// It went out, and nothing more is known
    Sent,
    /// It arrived; whether anybody read it is not known
    Arrived,
    /// It arrived, and it is known that nobody has opened it
    Unopened,
    /// A person opened it; what a machine fetched does not count
    Opened,
    /// A person followed its link
    Clicked,
    /// It came back, or could not be sent
    Failed,
}

/// An earlier attempt to reach the customer
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Minutes since 1970-01-01 in UTC
    pub utc_minutes: i64,
    /// What it said of which claim, and about which due date
    pub about: Vec<(ReceivableId, Subject, Date)>,
    /// Which way
    pub channel: Channel,
    /// What became of it
    pub outcome: Outcome,
}

/// Whether a way to a person is open
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// It is
    Open,
    /// The person does not want it
    OptedOut,
    /// There is no address
    NoAddress,
    /// There is one, and nobody who carries messages there
    NoCarrier,
}

/// How the customer can be reached
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Each way, in the order of [`Channel::ALL`]
    pub ways: [Way; 4],
    /// The way that the person prefers; it is tried first where a level has it
    pub prefers: Option<Channel>,
}

impl Outcome {
    /// Whether it arrived, where that is known
    #[must_use]
    pub fn arrived(self) -> Option<bool> {
        match self {
            Self::Intended | Self::Sent => None,
            Self::Arrived | Self::Unopened | Self::Opened | Self::Clicked => Some(true),
            Self::Failed => Some(false),
        }
    }

    /// Whether a person opened it, where that is known: that nothing was heard says nothing
    #[must_use]
    pub fn opened(self) -> Option<bool> {
        match self {
            Self::Intended | Self::Sent | Self::Arrived => None,
            Self::Unopened | Self::Failed => Some(false),
            Self::Opened | Self::Clicked => Some(true),
        }
    }

    /// Whether a person followed its link, where that is known: the link leads to the merchant, who would have seen it
    #[must_use]
    pub fn clicked(self) -> Option<bool> {
        match self {
            Self::Intended => None,
            Self::Sent | Self::Arrived | Self::Unopened | Self::Opened | Self::Failed => Some(false),
            Self::Clicked => Some(true),
        }
    }
}

impl Person {
    /// Whether a way is open
    #[must_use]
    pub fn way(&self, channel: Channel) -> Way {
        self.ways.get(channel.place()).copied().unwrap_or(Way::NoAddress)
    }
}

/// Everything that is known of a customer
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What is owed
    pub account: &'a Account,
    /// How the customer can be reached
    pub person: &'a Person,
    /// What was tried so far
    pub attempts: &'a [Attempt],
}

/// The moment
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// The day in the merchant's zone, which counts for due dates
    pub today: Date,
    /// The moment where the person is; where the zone is not known, at every place where they may be, and all must be within the hours
    pub person: Vec<Moment>,
}
