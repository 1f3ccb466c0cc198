//! The account that a confirmed order opens, beside the answer that is kept.
//!
//! **Invariant:** no token is kept with an answer. Whoever asks again gets the answer that is kept, and an access of its own.

use crate::accounts;
use crate::app::Work;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::ids;
use serde_json::{Map, Value, json};
use tresen_core::ident::ReceivableId;
use tresen_wire::http::{Confirm, ReceivableBrief};

/// The answer with an access, where one is asked for and something is owed
pub fn beside(work: &Work<'_>, request: &Confirm, answer: Answer) -> Result<Answer, ApiError> {
    let Some(wanted) = &request.access else { return Ok(answer) };
    let mut said: Map<String, Value> = serde_json::from_slice(&answer.body)?;
    let owed: Option<ReceivableBrief> = said.get("receivable").cloned().map(serde_json::from_value).transpose()?.flatten();
    let Some(owed) = owed else { return Ok(answer) };
    if let Some(access) = accounts::with_order(work, &ids::stored(&owed.id, ReceivableId::parse)?, wanted)? {
        said.insert("access".to_owned(), json!(access));
    }
    Answer::json(answer.status, &said)
}
