//! How the merchant reminds: a few levels, each with its time, its tone and its ways.

use crate::law::contact::{HOUSE, House};
use crate::money::Currency;
use crate::rate::Rate;
use alloc::vec;
use alloc::vec::Vec;

/// Most levels, the final notice among them: a chain is short
pub const LEVELS_MAX: usize = 5;
/// The fewest days of the term of a final notice
pub const FINAL_TERM_MIN: u8 = 10;

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

    /// Its place among all of them
    #[must_use]
    pub fn place(self) -> usize {
        match self {
            Self::Email => 0,
            Self::TextMessage => 1,
            Self::Letter => 2,
            Self::Telephone => 3,
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
    /// What print, envelope and postage of a letter are proven to cost, in minor units; the law of the market says what of it the customer bears
    pub fee_minor: i64,
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
    /// What a message costs the merchant, in minor units, in the order of [`Channel::ALL`]
    pub cost_minor: [i64; 4],
    /// Which share of what is late a message is expected to bring; without it cost is not looked at
    pub expected: Option<Rate>,
    /// Whether a business is asked for the lump sum of the law with the final notice (BGB section 288(5))
    pub lump_sum: bool,
    /// Whether default interest is asked for, from the final notice on
    pub interest: bool,
    /// When and how often
    pub house: House,
    /// A human takes the next step in place of a message
    pub by_hand: bool,
    /// The merchant has stopped everything
    pub stopped: bool,
}

impl Ladder {
    /// The house's own: a word three days before, a friendly reminder three days after, a second a week later, the final notice ten days after that
    #[must_use]
    pub fn standard(currency: Currency) -> Self {
        let step = |after_days, term_days, tone, channels: &[Channel]| Step {
            after_days,
            term_days,
            tone,
            channels: channels.to_vec(),
            fee_minor: 0,
        };
        let whole = |amount: i64| currency.whole(amount);
        Self {
            note_days: Some(3),
            steps: vec![
                step(3, 6, Tone::Friendly, &[Channel::Email, Channel::TextMessage, Channel::Letter]),
                step(1, 9, Tone::Neutral, &[Channel::Email, Channel::TextMessage, Channel::Letter]),
                step(1, FINAL_TERM_MIN, Tone::Firm, &[Channel::Letter, Channel::Email]),
            ],
            propose_placement: true,
            tolerance_minor: whole(3),
            micro_minor: whole(50),
            cost_minor: [0; 4],
            expected: None,
            lump_sum: false,
            interest: false,
            house: HOUSE,
            by_hand: false,
            stopped: false,
        }
    }

    /// Whether a message about so much, in minor units, is expected to bring more than it costs
    #[must_use]
    pub fn is_worth(&self, channel: Channel, late_minor: i64) -> bool {
        let cost = self.cost_minor.get(channel.place()).copied().unwrap_or(0);
        let Some(expected) = self.expected.filter(|_| cost > 0) else { return true };
        i128::from(cost).saturating_mul(1_000_000) < i128::from(late_minor).saturating_mul(expected.ppm().into())
    }

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
