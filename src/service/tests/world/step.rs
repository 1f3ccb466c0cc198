//! What happens in a world, as it is written down: by a maker, by whoever shortens it, and in the corpus.

use serde::{Deserialize, Serialize};

/// What a world has besides its steps
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Whether somebody receives webhooks
    pub told: bool,
    /// Whether reminders cost something, and who is reminded how depends on segments
    #[serde(default)]
    pub costly: bool,
}

impl Setting {
    /// That of a seed
    pub fn of(seed: u64) -> Self {
        Self { told: seed.is_multiple_of(4), costly: seed % 2 == 1 }
    }

    /// The first day: where costs matter, one from which on the law's figures are known to the end
    pub fn first_day(self) -> &'static str {
        if self.costly { "2026-08-21" } else { "2026-11-21" }
    }
}

/// One thing after another
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Somebody tells the service of something; the same key again is the same request once more
    Tell(String, Fact),
    /// Time goes by, and the scheduler does not run
    Goes { minutes: u32 },
    /// The scheduler runs
    Runs,
    /// The time machine goes ahead, and everything on the way happens
    Jumps { days: u16 },
    /// From now on whoever carries messages is so
    Carrier(How),
    /// From now on the receiver of webhooks is so
    Receiver(Mood),
    /// The service is stopped as an operator does, and started
    Restarts,
}

/// How messages are carried
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Takes,
    Refuses,
    IsDown,
    /// Takes the message, and nobody hears of it
    IsSilent,
}

/// How a receiver of webhooks answers
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    Takes,
    Fails,
    /// Takes it and says that it has not
    Lies,
    /// Takes it and never answers
    Hangs,
}

/// What the service is told. Customers, claims and payments go by number; what is not there yet is told again later
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// An order on invoice
    Buys {
        who: usize,
        order: String,
        minor: i64,
    },
    /// Money that counts on a day of this world
    Pays {
        number: u32,
        by: By,
        minor: i64,
        day: i32,
    },
    /// A human knows whose money it is
    Matches {
        number: u32,
        who: usize,
    },
    /// It was booked in error
    Reverses {
        number: u32,
    },
    /// The payer's bank took it back, and what came of that
    ChargesBack {
        number: u32,
        news: String,
    },
    /// What is left of it goes back
    Refunds {
        number: u32,
        minor: i64,
    },
    /// What became of that
    RefundEnds {
        number: u32,
        settled: bool,
    },
    Credits {
        who: usize,
        claim: usize,
        minor: i64,
    },
    Withdraws {
        who: usize,
        claim: usize,
    },
    WritesOff {
        who: usize,
        claim: usize,
    },
    Waives {
        who: usize,
        claim: usize,
        costs: bool,
    },
    /// On everything, or on one claim
    Holds {
        who: usize,
        claim: Option<usize>,
        reason: String,
        days: Option<i32>,
    },
    /// The oldest hold that was placed by hand ends
    Releases {
        who: usize,
    },
    /// Moves, and says which ways are open
    Moves {
        who: usize,
        email: bool,
        phone: bool,
        letter: bool,
        unwanted: Vec<String>,
    },
    /// Of the newest message that left, or of one before
    News {
        who: usize,
        back: usize,
        news: String,
    },
    /// Names a day by the pay link
    Promises {
        who: usize,
        days: i32,
    },
    /// Opens the pay link, as a scanner does too
    Looks {
        who: usize,
    },
    /// A human does the oldest task
    Works {
        left: bool,
    },
    Erases {
        who: usize,
    },
}

/// What a payment says of whose it is
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The reference of a claim
    Reference {
        who: usize,
        claim: usize,
    },
    /// The shop knows the customer
    Customer {
        who: usize,
    },
    /// The shop knows the claim
    Claim {
        who: usize,
        claim: usize,
    },
    /// A reference of nothing
    Wrong,
    Nothing,
    /// One customer's number and another's reference
    Both {
        who: usize,
        other: usize,
    },
}
