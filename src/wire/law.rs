//! What the law of a market says, as JSON, for a person who wants to look at the figures or check a sum: each with its source, or `null`.
//!
//! Every mistake in a question is told at once, each at its place.

mod allocate;
mod bureau_report;
mod costs;
mod default_start;
mod due_date;
mod interest;
mod limitation;
mod read;
mod show;

pub use allocate::{Allocated, ToAllocate, allocate};
pub use bureau_report::{ReportAsked, ReportFound, bureau_report};
pub use costs::{Costs, ToCollect, costs};
pub use default_start::{DefaultAsked, DefaultFound, default_start};
pub use due_date::{DueDateAsked, DueDateFound, due_date};
pub use interest::{InterestAsked, InterestFound, interest};
pub use limitation::{LimitationAsked, LimitationFound, limitation};
pub use show::{Law, law};

use serde::{Deserialize, Serialize};
use tresen_core::law::regime;

/// Who owes
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A consumer
    Consumer,
    /// Anybody else
    Business,
}

impl Party {
    fn to_core(self) -> regime::Party {
        match self {
            Self::Consumer => regime::Party::Consumer,
            Self::Business => regime::Party::Business,
        }
    }
}

/// A rate in parts per million as percent with two decimals; no statute has more
fn percent(ppm: i64) -> String {
    let hundredths = ppm.unsigned_abs().div_euclid(100);
    let sign = if ppm < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.div_euclid(100), hundredths.rem_euclid(100))
}
