//! A check: one attempt of a person at one step, and how it stands.
//!
//! **Invariant:** a check leaves the state `started` once. Of each step a person has at most one that counts and one other that is the last.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::places::Place;
use crate::sessions::Session;
use crate::vault::DataKey;
use jiff::SignedDuration;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use tresen_core::ident::{CheckId, CustomerId, SessionId};
use tresen_core::steps::Step;
use tresen_wire::events::{Body, CheckFailure, IdentityCheckFailed, IdentityCheckPassed, IdentityCheckRequired};
use tresen_wire::http::PostalAddress;

/// How a check stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for the person, or for whoever checks
    Started,
    /// It is confirmed
    Passed,
    /// It is not
    Failed,
    /// The person broke it off
    Cancelled,
    /// Another one took its place
    Superseded,
}

impl State {
    const ALL: [Self; 5] = [Self::Started, Self::Passed, Self::Failed, Self::Cancelled, Self::Superseded];

    fn code(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Superseded => "superseded",
        }
    }
}

/// What is personal about a check
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The day of birth that was typed
    pub birth_date: Option<String>,
    /// Where a mail went
    pub email: Option<String>,
    /// Where a message went
    pub phone: Option<String>,
    /// The address that was typed, or the one that was suggested and taken
    pub address: Option<PostalAddress>,
    /// The address that may be meant
    pub suggestion: Option<PostalAddress>,
    /// Where the identity is checked
    pub url: Option<String>,
    /// Where the person comes back to from there
    pub return_url: Option<String>,
}

/// One attempt at one step
#[derive(Debug)]
pub struct Check {
    /// Its id; whoever knows it acts for whoever checks
    pub id: CheckId,
    /// Whose it is
    pub customer: CustomerId,
    /// Where it is done
    pub session: SessionId,
    /// Which step
    pub step: Step,
    /// How it stands
    pub state: State,
    /// What is kept of the code
    pub code_hash: Option<Vec<u8>>,
    /// How often a code may still be wrong
    pub attempts_left: u8,
    /// What is personal
    pub details: Details,
    /// What whoever checks calls it
    pub provider_ref: Option<String>,
    /// Until when it waits
    pub expires_ms: i64,
}

/// What a check begins with
#[derive(Debug)]
pub struct Beginning {
    /// Its id
    pub id: CheckId,
    /// What is kept of the code
    pub code_hash: Option<[u8; 32]>,
    /// How often a code may be wrong
    pub attempts: u8,
    /// What is personal
    pub details: Details,
    /// How many minutes it waits
    pub minutes: u8,
}

const COLUMNS: &str =
    "check_id, customer_id, session_id, step, state, code_hash, attempts_left, sealed_details, provider_ref, expires_ms FROM checks";

/// Begins a check; the one of the same step before it is over, and how it went stands in its events
pub fn begin(work: &Work<'_>, session: &Session, step: Step, beginning: Beginning) -> Result<CheckId, ApiError> {
    let Beginning { id, code_hash, attempts, details, minutes } = beginning;
    let expires = work.moment.plus(SignedDuration::from_mins(minutes.into()))?;
    for before in [State::Started, State::Failed, State::Cancelled] {
        replace(work, &session.customer, step, before)?;
    }
    work.tx
        .prepare_cached(
            "INSERT INTO checks (tenant_id, check_id, customer_id, session_id, step, state, code_hash, attempts_left, sealed_details, started_ms, \
             expires_ms) VALUES (?1, ?2, ?3, ?4, ?5, 'started', ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            session.customer.as_str(),
            session.id.as_str(),
            step.code(),
            code_hash,
            attempts,
            session.key.seal(&Place::Check(id.clone()), &serde_json::to_vec(&details)?)?,
            work.moment.ms(),
            expires.as_millisecond()
        ])?;
    let required = IdentityCheckRequired {
        check: id.to_string(),
        customer: session.customer.to_string(),
        session: session.id.to_string(),
        kind: step.code().to_owned(),
    };
    append(work, &id, &session.id, 0, required)?;
    Ok(id)
}

fn replace(work: &Work<'_>, customer: &CustomerId, step: Step, state: State) -> Result<(), ApiError> {
    work.tx
        .prepare_cached(
            "UPDATE checks SET state = 'superseded', code_hash = NULL WHERE tenant_id = ?1 AND customer_id = ?2 AND state = ?3 AND step = ?4",
        )?
        .execute(params![work.tenant.as_str(), customer.as_str(), state.code(), step.code()])?;
    Ok(())
}

fn append(work: &Work<'_>, id: &CheckId, session: &SessionId, after: i64, body: impl Into<Body>) -> Result<(), ApiError> {
    let stream = Place::Check(id.clone());
    work.append(&Draft { after, ..Draft::opens(&stream, session.as_str()) }, body)?;
    Ok(())
}

impl Check {
    /// The check of that id
    pub fn load(work: &Work<'_>, id: &CheckId) -> Result<Self, ApiError> {
        Self::find(work, id)?.ok_or_else(unknown)
    }

    /// The check of that id, where there is one and its person is not erased
    pub fn find(work: &Work<'_>, id: &CheckId) -> Result<Option<Self>, ApiError> {
        let sql = format!("SELECT {COLUMNS} WHERE tenant_id = ?1 AND check_id = ?2");
        let read =
            work.tx.prepare_cached(&sql)?.query_row(params![work.tenant.as_str(), id.as_str()], |row| Ok(Columns::read(row))).optional()?;
        let Some(read) = read.transpose()? else { return Ok(None) };
        let key = work.key_of(&ids::stored(&read.customer, CustomerId::parse)?)?;
        key.map(|key| read.opened(&key)).transpose()
    }

    /// The last check of a step in a session that did not pass
    pub fn last(work: &Work<'_>, session: &Session, step: Step) -> Result<Option<Self>, ApiError> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE tenant_id = ?1 AND customer_id = ?2 AND session_id = ?3 AND step = ?4 \
             AND state IN ('started', 'failed', 'cancelled')"
        );
        let read = work
            .tx
            .prepare_cached(&sql)?
            .query_row(params![work.tenant.as_str(), session.customer.as_str(), session.id.as_str(), step.code()], |row| {
                Ok(Columns::read(row))
            })
            .optional()?;
        read.map(|read| read?.opened(&session.key)).transpose()
    }

    /// Everything that counts for the person of a session
    pub fn counting(work: &Work<'_>, session: &Session) -> Result<Vec<Self>, ApiError> {
        let sql = format!("SELECT {COLUMNS} WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'passed' AND until_ms > ?3");
        let mut statement = work.tx.prepare_cached(&sql)?;
        let mut rows = statement.query(params![work.tenant.as_str(), session.customer.as_str(), work.moment.ms()])?;
        let mut checks = Vec::new();
        while let Some(row) = rows.next()? {
            checks.push(Columns::read(row)?.opened(&session.key)?);
        }
        Ok(checks)
    }

    /// Whether it still waits
    pub fn is_waiting(&self, work: &Work<'_>) -> bool {
        self.state == State::Started && work.moment.ms() < self.expires_ms
    }

    /// It is confirmed, and counts as long as the configuration says; nothing happens to one that no longer waits
    pub fn pass(&self, work: &Work<'_>, session: &Session) -> Result<(), ApiError> {
        if self.state != State::Started {
            return Ok(());
        }
        let config = &work.app.config;
        let lifetime = if session.signed_in { config.confirmation_lifetime } else { config.guest_confirmation_lifetime };
        let until = work.moment.plus(SignedDuration::try_from(lifetime).map_err(ApiError::internal)?)?;
        replace(work, &self.customer, self.step, State::Passed)?;
        work.tx
            .prepare_cached(
                "UPDATE checks SET state = 'passed', code_hash = NULL, passed_ms = ?3, until_ms = ?4 WHERE tenant_id = ?1 AND check_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.id.as_str(), work.moment.ms(), until.as_millisecond()])?;
        let passed = IdentityCheckPassed {
            check: self.id.to_string(),
            customer: self.customer.to_string(),
            kind: self.step.code().to_owned(),
            provider_ref: self.provider_ref.clone(),
            counts_until: crate::clock::wire(until),
        };
        append(work, &self.id, &self.session, 1, passed)
    }

    /// It is not confirmed; nothing happens to one that no longer waits
    pub fn fail(&self, work: &Work<'_>, cause: CheckFailure) -> Result<(), ApiError> {
        if self.state != State::Started {
            return Ok(());
        }
        let state = if cause == CheckFailure::Cancelled { State::Cancelled } else { State::Failed };
        work.tx
            .prepare_cached("UPDATE checks SET state = ?3, code_hash = NULL WHERE tenant_id = ?1 AND check_id = ?2")?
            .execute(params![work.tenant.as_str(), self.id.as_str(), state.code()])?;
        let failed = IdentityCheckFailed {
            check: self.id.to_string(),
            customer: self.customer.to_string(),
            kind: self.step.code().to_owned(),
            provider_ref: self.provider_ref.clone(),
            cause,
        };
        append(work, &self.id, &self.session, 1, failed)
    }

    /// A code was wrong; with the last attempt the check has failed
    pub fn wrong(&self, work: &Work<'_>) -> Result<(), ApiError> {
        let left = self.attempts_left.saturating_sub(1);
        work.tx.prepare_cached("UPDATE checks SET attempts_left = ?3 WHERE tenant_id = ?1 AND check_id = ?2")?.execute(params![
            work.tenant.as_str(),
            self.id.as_str(),
            left
        ])?;
        if left == 0 { self.fail(work, CheckFailure::WrongCode) } else { Ok(()) }
    }

    /// Writes down what became known of it
    pub fn keep(&self, work: &Work<'_>, session: &Session, details: &Details, provider_ref: Option<&str>) -> Result<(), ApiError> {
        let sealed = session.key.seal(&Place::Check(self.id.clone()), &serde_json::to_vec(details)?)?;
        work.tx
            .prepare_cached("UPDATE checks SET sealed_details = ?3, provider_ref = ?4 WHERE tenant_id = ?1 AND check_id = ?2")?
            .execute(params![work.tenant.as_str(), self.id.as_str(), sealed, provider_ref])?;
        Ok(())
    }
}

/// A row, before what is personal in it has been opened
struct Columns {
    id: String,
    customer: String,
    session: String,
    step: String,
    state: String,
    code_hash: Option<Vec<u8>>,
    attempts_left: u8,
    sealed: Vec<u8>,
    provider_ref: Option<String>,
    expires_ms: i64,
}

impl Columns {
    fn read(row: &Row<'_>) -> Result<Self, ApiError> {
        Ok(Self {
            id: row.get(0)?,
            customer: row.get(1)?,
            session: row.get(2)?,
            step: row.get(3)?,
            state: row.get(4)?,
            code_hash: row.get(5)?,
            attempts_left: row.get(6)?,
            sealed: row.get(7)?,
            provider_ref: row.get(8)?,
            expires_ms: row.get(9)?,
        })
    }

    fn opened(self, key: &DataKey) -> Result<Check, ApiError> {
        let id = ids::stored(&self.id, CheckId::parse)?;
        Ok(Check {
            details: serde_json::from_slice(&key.open(&Place::Check(id.clone()), &self.sealed)?)?,
            id,
            customer: ids::stored(&self.customer, CustomerId::parse)?,
            session: ids::stored(&self.session, SessionId::parse)?,
            step: ids::stored(&self.step, Step::from_code)?,
            state: ids::stored(&self.state, |code| State::ALL.into_iter().find(|state| state.code() == code))?,
            code_hash: self.code_hash,
            attempts_left: self.attempts_left,
            provider_ref: self.provider_ref,
            expires_ms: self.expires_ms,
        })
    }
}

/// What is answered of a check that does not exist, or whose person was erased
pub fn unknown() -> ApiError {
    ApiError::unknown("check.unknown", "check")
}
