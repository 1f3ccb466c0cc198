//! How the merchant reminds: a few levels, each with its time, its tone and its ways.

use crate::law::contact::House;
use alloc::vec::Vec;

/// A way to reach a person
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// E-mail
    Email,
    /// A text message to a mobile telephone
    TextMessage,
    /// A letter
    Letter,
    /// A human who calls
    Telephone,
}

impl Channel {
    /// All of them
    pub const ALL: [Self; 4] = [Self::Email, Self::TextMessage, Self::Letter, Self::Telephone];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::TextMessage => "text_message",
            Self::Letter => "letter",
            Self::Telephone => "telephone",
        }
    }

    /// Whether it costs so little that a micro-claim bears it
    #[must_use]
    pub fn is_lean(self) -> bool {
        matches!(self, Self::Email | Self::TextMessage)
    }
}

/// How a message sounds, the softest first
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Somebody forgot, as people do
    Friendly,
    /// To the point
    Neutral,
    /// What follows if nothing happens, without a threat
    Firm,
}

impl Tone {
    /// All of them
    pub const ALL: [Self; 3] = [Self::Friendly, Self::Neutral, Self::Firm];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Friendly => "friendly",
            Self::Neutral => "neutral",
            Self::Firm => "firm",
        }
    }
}

/// One level
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// So many days after the due date for the first level, after the end of the term of the level before for the others; at least 1
    pub after_days: u8,
    /// How many days the new term has, from the day on which the notice arrives
    pub term_days: u8,
    /// How it sounds
    pub tone: Tone,
    /// The ways in which it is tried, the first first
    pub channels: Vec<Channel>,
}

/// How the merchant reminds
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// A word so many days before the due date; none without
    pub note_days: Option<u8>,
    /// The levels; the last is the final notice
    pub steps: Vec<Step>,
    /// Whether a hand-over is proposed when the term of the final notice has passed; a human decides
    pub propose_placement: bool,
    /// What is too little to be asked for, in minor units
    pub tolerance_minor: i64,
    /// Up to what a claim is a micro-claim, in minor units: only lean ways, until the final notice
    pub micro_minor: i64,
    /// When and how often
    pub house: House,
    /// The merchant has stopped everything
    pub stopped: bool,
}

impl Ladder {
    /// What a level is, counted from 1
    #[must_use]
    pub fn step(&self, level: u8) -> Option<&Step> {
        self.steps.get(usize::from(level).checked_sub(1)?)
    }

    /// Whether a level is the final notice
    #[must_use]
    pub fn is_last(&self, level: u8) -> bool {
        usize::from(level) == self.steps.len()
    }
}
