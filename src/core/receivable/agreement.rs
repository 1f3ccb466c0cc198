//! What the customer has said about paying.

use crate::date::Date;

/// A promise to pay by a day; the debt stays what it is
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// How much, in minor units
    pub minor: i64,
    /// The day on which it was made
    pub made_on: Date,
    /// By which day
    pub date: Date,
    /// The last day on which it is waited for
    pub grace_until: Date,
    /// What was paid since it was made, in minor units
    pub paid: i64,
    /// What became of it; nothing while it is open
    pub end: Option<PromiseEnd>,
}

/// What became of a promise
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseEnd {
    /// All of it was paid in time
    Kept,
    /// Some of it was
    PartlyKept,
    /// Nothing was
    Broken,
    /// It no longer matters: a plan, a credit note, a dispute
    Invalidated,
}
