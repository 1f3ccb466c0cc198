//! What was credited for what a customer sent back or withdrew from.

use super::request::Stored;
use crate::app::Work;
use crate::error::ApiError;
use crate::journal;
use crate::places::Place;
use jiff::Timestamp;
use std::collections::BTreeMap;
use tresen_core::ident::{ReceivableId, RequestId};
use tresen_wire::events::{Body, Reduction};
use tresen_wire::http::RequestOutcome;

/// What was credited because of each request, in minor units; nothing of a request for which nothing was
///
/// A credit note belongs to the last request about its claim that had been made by then and stands: of the same claim a return is announced once in
/// 60 days, and a withdrawal once. `all` has the newest first.
pub fn by_request(work: &Work<'_>, all: &[Stored]) -> Result<BTreeMap<RequestId, i64>, ApiError> {
    let mut claims: BTreeMap<&ReceivableId, Vec<(&Stored, Reduction)>> = BTreeMap::new();
    for stored in all {
        let (Some(claim), Some(reason), RequestOutcome::Noted) = (&stored.receivable, reason(&stored.kind), stored.outcome) else {
            continue;
        };
        claims.entry(claim).or_default().push((stored, reason));
    }
    let mut credited: BTreeMap<RequestId, i64> = BTreeMap::new();
    for (claim, asked) in claims {
        for event in journal::of(work.tx, &work.tenant, &Place::Receivable(claim.clone()))? {
            let Body::CreditNoteIssued(note) = &event.data else { continue };
            let at: Timestamp = event.recorded_at.parse().map_err(|_| ApiError::internal("an event of no time"))?;
            if let Some((stored, _)) =
                asked.iter().find(|(stored, reason)| *reason == note.reason && stored.asked_ms <= at.as_millisecond())
            {
                let sum = credited.entry(stored.id.clone()).or_default();
                *sum = note.lines.iter().fold(*sum, |sum, line| sum.saturating_add(line.amount.minor));
            }
        }
    }
    Ok(credited)
}

/// Why credit is given for what was asked
fn reason(kind: &str) -> Option<Reduction> {
    match kind {
        "return" => Some(Reduction::Return),
        "withdrawal" => Some(Reduction::Withdrawal),
        _ => None,
    }
}
