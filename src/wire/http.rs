//! Requests and answers of the HTTP interface under `/v1`.
//!
//! **Invariant:** requests refuse what they do not know; answers may grow.

mod access;
mod account;
mod approval;
mod collection;
mod confirm;
mod debit;
mod explanation;
mod file;
mod item;
mod keys;
mod ledger;
mod merchant;
mod paying;
mod paylink;
mod proof;
mod request;
mod review;
mod rights;
mod session;
mod steps;
mod webhooks;

pub use access::*;
pub use account::*;
pub use approval::*;
pub use collection::*;
pub use confirm::*;
pub use debit::*;
pub use explanation::*;
pub use file::*;
pub use item::*;
pub use keys::*;
pub use ledger::*;
pub use merchant::*;
pub use paying::*;
pub use paylink::*;
pub use proof::*;
pub use request::*;
pub use review::*;
pub use rights::*;
pub use session::*;
pub use steps::*;
pub use webhooks::*;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tresen_core::diag::Diagnostic;

/// Facts as they cross every border: a flat object
pub type Facts = Map<String, Value>;

/// What every error looks like
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// The error
    pub error: ErrorDetail,
}

/// The error
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorDetail {
    /// Names the kind of error for ever
    pub code: String,
    /// What is wrong
    pub message: String,
    /// What to do
    pub help: String,
    /// Where in the request, as a JSON pointer
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Every problem, where there can be several
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<DiagnosticBody>,
}

/// One of several problems
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiagnosticBody {
    /// Names the kind of problem for ever
    pub code: String,
    /// `error`; `warning` where the input is usable all the same; `note` where nothing is wrong with it
    pub severity: String,
    /// What is wrong
    pub message: String,
    /// What to do
    pub help: String,
    /// Where, as a JSON pointer
    pub at: String,
}

impl From<&Diagnostic> for DiagnosticBody {
    fn from(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { code, severity, message, help, at } = diagnostic.clone();
        Self { code: code.to_owned(), severity: severity.code().to_owned(), message, help: help.into_owned(), at }
    }
}

/// How the shopper is spoken to
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressForm {
    /// Formal
    #[default]
    Sie,
    /// Familiar
    Du,
}

impl AddressForm {
    /// The word on the wire
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sie => "sie",
            Self::Du => "du",
        }
    }
}
