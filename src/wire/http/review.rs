//! The answer of a human to a review, and what the browser gets to see of it.

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// `POST /v1/reviews/{review}/answer`, by the shop's server: what a human found
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerReview {
    /// What came of it
    pub outcome: ReviewOutcome,
    /// Who looked at it: the shop's own sign for one of its people; it stays on record when the customer is erased
    pub by: String,
    /// To the person, in their language; only a withdrawn review may go without
    #[serde(default)]
    pub words: Option<String>,
    /// For the shop's own people
    #[serde(default)]
    pub why: Option<String>,
    /// What the person may do now after all; only where the decision was changed
    #[serde(default)]
    pub grant: Option<ReviewGrant>,
}

/// What came of a review
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The decision stands
    Upheld,
    /// The human decided otherwise
    Changed,
    /// The person no longer asks
    Withdrawn,
}

impl ReviewOutcome {
    /// The word on the wire
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One order that may be paid with the method after all
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewGrant {
    /// The most that the shopper may pay, fee included
    pub amount: Money,
    /// The last day on which it counts, a local date of the merchant
    pub until: String,
    /// Whether it counts beyond what the customer may owe in all
    #[serde(default)]
    pub beyond_exposure: bool,
}

/// The answer to an answer: without the words, which lie under the customer's key alone
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewAnswered {
    /// Id of the review
    pub review: String,
    /// `upheld`, `changed` or `withdrawn`
    pub state: String,
    /// UTC
    pub answered_at: String,
}

/// What a human found, as the shop's people see it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewAnswer {
    /// `upheld`, `changed` or `withdrawn`
    pub outcome: String,
    /// Who looked at it
    pub by: String,
    /// To the person; null after the person's data were erased
    pub words: Option<String>,
    /// For the shop's own people; null after the person's data were erased
    pub why: Option<String>,
    /// UTC
    pub answered_at: String,
    /// What the person may do now after all
    pub grant: Option<ReviewGrant>,
    /// The shop's number of the order that was bound by it, once one is
    pub used_by: Option<String>,
}

/// `GET /v1/checkout/{session}/reviews`, by the browser
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnReviews {
    /// What the customer or the guest of this session asked lately, the newest first
    pub reviews: Vec<OwnReview>,
}

/// A review as the person who asked sees it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnReview {
    /// Id of the review
    pub review: String,
    /// The method they wanted
    pub method: String,
    /// `open`, `upheld`, `changed` or `withdrawn`
    pub state: String,
    /// UTC
    pub asked_at: String,
    /// UTC, once it is answered
    pub answered_at: Option<String>,
    /// The answer; only where the person is signed in, for it may speak of their history
    pub words: Option<String>,
    /// What may be bought with the method after all, while that counts and no order stands on it
    pub granted: Option<OwnGrant>,
}

/// What a human granted, as the person sees it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnGrant {
    /// The most that they may pay, fee included
    pub amount: Money,
    /// The last day on which it counts, a local date of the merchant
    pub until: String,
}
