//! What was tried so far to reach a customer, as the gates count it.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::person;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use tresen_core::collect::{Attempt, Outcome, Subject};
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, ReceivableId};
use tresen_core::ladder::Channel;

/// What a message says of a claim, as it is stored
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said {
    /// Id of the claim
    pub receivable: String,
    /// The level; 0 for a word before the due date, and for an answer to a payment
    pub level: u8,
    /// The due date that it is about
    pub due_date: String,
}

impl Said {
    /// As the core has it
    pub fn subject(&self) -> Result<(ReceivableId, Subject, Date), ApiError> {
        let due = Date::parse(&self.due_date).ok_or_else(|| ApiError::internal("a contact about no day"))?;
        let subject = if self.level == 0 { Subject::Note } else { Subject::Level(self.level) };
        Ok((ids::stored(&self.receivable, ReceivableId::parse)?, subject, due))
    }
}

/// The channel of that name
pub fn channel(code: &str) -> Result<Channel, ApiError> {
    let found = Channel::ALL.into_iter().find(|channel| channel.code() == code);
    found.ok_or_else(|| ApiError::internal("a contact by no channel"))
}

/// Every attempt to reach a person about what they owe, under whichever of their references, the first first, but for one message; answers to what the
/// customer did are none
pub fn of(work: &Work<'_>, customer: &CustomerId, without: Option<&str>) -> Result<Vec<Attempt>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT channel, state, about, coalesce(sent_ms, planned_ms), opened IS 'person', visited_ms IS NOT NULL FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 \
         AND occasion IN ('note', 'reminder') AND state <> 'suppressed' AND message_id IS NOT ?3 ORDER BY planned_ms, position",
    )?;
    let mut attempts = Vec::new();
    for one in person(work.tx, &work.tenant, customer)? {
        let mut rows = statement.query(params![work.tenant.as_str(), one.as_str(), without])?;
        while let Some(row) = rows.next()? {
            attempts.push(attempt(row)?);
        }
    }
    attempts.sort_by_key(|attempt| attempt.utc_minutes);
    Ok(attempts)
}

fn attempt(row: &Row<'_>) -> Result<Attempt, ApiError> {
    let (code, state, about, ms): (String, String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let about: Vec<Said> = serde_json::from_str(&about)?;
    let (opened, visited): (bool, bool) = (row.get(4)?, row.get(5)?);
    Ok(Attempt {
        // Days count from the end of its minute: a week later is not a second short of one.
        utc_minutes: ms.saturating_add(59_999).div_euclid(60_000),
        about: about.iter().map(Said::subject).collect::<Result<_, _>>()?,
        channel: channel(&code)?,
        outcome: match outcome(&state) {
            Outcome::Arrived if visited => Outcome::Clicked,
            Outcome::Arrived if opened => Outcome::Opened,
            other => other,
        },
    })
}

fn outcome(state: &str) -> Outcome {
    match state {
        "sent" => Outcome::Sent,
        "delivered" => Outcome::Arrived,
        "bounced" | "failed" => Outcome::Failed,
        // On its way, or unknown: neither is sent again by itself.
        _ => Outcome::Intended,
    }
}
