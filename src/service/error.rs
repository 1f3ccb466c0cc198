//! What a caller is told when a question cannot be answered.
//!
//! A refusal is not here: it is an answer. An error means that the question was malformed, not allowed, or that the service
//! cannot answer now; nothing was decided and nothing was kept.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tresen_wire::http::{DiagnosticBody, ErrorBody, ErrorDetail};

/// An error of the HTTP interface
#[derive(Debug, Clone)]
pub struct ApiError {
    /// HTTP status
    pub status: u16,
    /// Names the kind of error for ever
    pub code: &'static str,
    /// What is wrong
    pub message: String,
    /// What to do
    pub help: String,
    /// Where in the request, as a JSON pointer
    pub at: Option<String>,
    /// Every problem, where there can be several
    pub diagnostics: Vec<DiagnosticBody>,
    /// Seconds after which to try again
    pub retry_after: Option<u16>,
}

impl ApiError {
    /// An error of that status and code
    pub fn new(status: u16, code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), help: help.into(), at: None, diagnostics: Vec::new(), retry_after: None }
    }

    /// The request breaks a rule at that place
    pub fn invalid(code: &'static str, at: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: Some(at.to_owned()), ..Self::new(422, code, message, help) }
    }

    /// Several problems at once
    pub fn diagnosed(code: &'static str, message: &str, diagnostics: Vec<DiagnosticBody>) -> Self {
        Self { diagnostics, ..Self::new(422, code, message, "see `diagnostics`, each with its place and remedy") }
    }

    /// There is no such thing, or it belongs to somebody else: the answer is the same
    pub fn unknown(code: &'static str, what: &str) -> Self {
        Self::new(404, code, format!("there is no such {what}"), "check the id; ids of other tenants are not found either")
    }

    /// Our fault; the cause goes to the log, not to the caller
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Self::new(
            500,
            "internal",
            "the service could not answer",
            "nothing was kept; try again, and if it stays, look into the log of the service",
        )
    }

    /// The error as it goes over the wire
    pub fn body(self) -> ErrorBody {
        let Self { code, message, help, at, diagnostics, .. } = self;
        ErrorBody { error: ErrorDetail { code: code.to_owned(), message, help, at, diagnostics } }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for ApiError {}

impl From<rusqlite::Error> for ApiError {
    fn from(problem: rusqlite::Error) -> Self {
        match problem.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self {
                retry_after: Some(1),
                ..Self::new(503, "store.busy", "the store is busy", "nothing was kept; try again in a moment")
            },
            Some(_) | None => Self::internal(problem),
        }
    }
}

impl From<crate::ids::NoRandomness> for ApiError {
    fn from(problem: crate::ids::NoRandomness) -> Self {
        Self::internal(problem)
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(problem: serde_json::Error) -> Self {
        Self::internal(format!("JSON of our own: {problem}"))
    }
}

impl From<tresen_wire::events::UnreadableEvent> for ApiError {
    fn from(problem: tresen_wire::events::UnreadableEvent) -> Self {
        Self::internal(problem)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let challenge = self.status == 401;
        let bytes = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], bytes).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
