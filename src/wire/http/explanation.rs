//! Why it was decided so: for the person as text, for the merchant as a file.

use super::{Facts, Reason};
use crate::explain::Explanation;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `GET /v1/decisions/{decision}/explanation`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explained {
    /// For the person
    pub text: ExplanationText,
    /// For the merchant: it holds what the person need not be told, and is not for the browser
    pub file: ExplanationFile,
}

/// `POST /v1/checkout/{session}/explanation`, by the browser: why it is decided so before there is an order
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplainMethod {
    /// The method that is asked about
    pub method: String,
    /// Client facts as the page knows them
    #[serde(default)]
    pub facts: Facts,
}

/// The answer to it: what a browser may know
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnExplanation {
    /// The method that was asked about
    pub method: String,
    /// The explanation, without the values of what only servers know; null for somebody who is not signed in, to whom the shop explains it
    pub text: Option<ExplanationText>,
}

/// The explanation in words that the person may read
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationText {
    /// Name of the language file: `de`, `de-du`, `en` and so on
    pub language: String,
    /// Whether no native speaker and no counsel has read the language yet
    pub is_draft: bool,
    /// What it is about
    pub title: String,
    /// Section by section
    pub sections: Vec<ExplanationSection>,
    /// The same as one text
    pub plain: String,
}

/// A part of the text under a heading
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationSection {
    /// The heading
    pub heading: String,
    /// What stands below it
    pub paragraphs: Vec<ExplanationParagraph>,
}

/// A paragraph, with a list below it where it has one
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationParagraph {
    /// The sentences
    pub text: String,
    /// The list
    pub items: Vec<String>,
}

/// The explanation as a file to keep, from which the decision can be made again
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplanationFile {
    /// `tresen.explanation`
    pub kind: String,
    /// The decision on record; null where nothing was recorded
    pub decision: Option<ExplainedDecision>,
    /// What was used, how much it mattered, what would change it
    pub explanation: Explanation,
    /// All that `tresen decide` needs to decide the same again
    pub replay: Replay,
}

/// The decision that is explained
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedDecision {
    /// Id of its record
    pub decision_id: String,
    /// The session it came from
    pub session: String,
    /// The shop's number of the order
    pub order: String,
    /// `confirmed` or `refused`
    pub outcome: String,
    /// Why it was refused
    pub reasons: Vec<Reason>,
    /// UTC
    pub decided_at: String,
}

/// What a decision is made from
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replay {
    /// The policy as it was uploaded; its hash is that of the explanation
    pub policy: Value,
    /// The facts
    pub facts: Facts,
    /// The merchant's local date
    pub today: String,
}

/// `kind` of every such file
pub const EXPLANATION_KIND: &str = "tresen.explanation";
