//! The same key and the same input: nothing happens twice. The same key and other input: refused.
//!
//! **Invariant:** the answer is stored in the transaction that does the work. Whoever is killed half-way has done nothing, and
//! whoever asks again gets the answer byte for byte.

use crate::app::Work;
use crate::error::ApiError;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// An answer as it goes over the wire
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status
    pub status: u16,
    /// JSON
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer of that status
    pub fn json(status: u16, body: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self { status, body: serde_json::to_vec(body)? })
    }

    /// A refusal that leaves something behind: an error would take back what was written
    pub fn refusal(problem: ApiError) -> Result<Self, ApiError> {
        let status = problem.status;
        Self::json(status, &problem.body())
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(header::CONTENT_TYPE, "application/json")], self.body).into_response()
    }
}

/// What is asked, for comparison: the route, what it is about, and the request as it was understood
pub fn fingerprint(route: &str, subject: &str, request: &impl Serialize) -> Result<[u8; 32], ApiError> {
    Ok(Sha256::digest(serde_json::to_vec(&(route, subject, request))?).into())
}

/// Does the work, unless the caller's key has already been answered
///
/// # Errors
///
/// `idempotency.key_reused` when the key came with another input. Errors of the work are not stored: they have done nothing.
pub fn once(work: &Work<'_>, fingerprint: [u8; 32], answer: impl FnOnce() -> Result<Answer, ApiError>) -> Result<Answer, ApiError> {
    let Some(key) = &work.idempotency_key else { return answer() };
    let stored: Option<([u8; 32], u16, Vec<u8>)> = work
        .tx
        .prepare_cached("SELECT request_hash, status, body FROM idempotency WHERE tenant_id = ?1 AND key = ?2")?
        .query_row(params![work.tenant.as_str(), key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match stored {
        Some((same, status, body)) if same == fingerprint => Ok(Answer { status, body }),
        Some(_) => Err(ApiError::new(
            409,
            "idempotency.key_reused",
            "this idempotency key has already been used for another request",
            "use a new key for a new request; repeat a request with exactly the input that it had",
        )),
        None => {
            let answer = answer()?;
            work.tx
                .prepare_cached(
                    "INSERT INTO idempotency (tenant_id, key, request_hash, status, body, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![work.tenant.as_str(), key, fingerprint, answer.status, answer.body, work.moment.ms()])?;
            Ok(answer)
        }
    }
}
