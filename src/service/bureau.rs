//! Asking a credit bureau before a session opens, and what its answers are as facts.
//!
//! **Invariant:** a bureau is asked only about a customer whom the shop has authenticated, only where the answer can change what is
//! offered, and never twice while an answer counts. Somebody who types another person's name learns nothing about them.
//! **Invariant:** that it is going to be asked is written down before it is asked, with the legal basis; an answer that is lost on
//! the way counts as none, and who gets none is treated as the policy says for that case.
//! **Invariant:** no answer reaches a browser: it is folded away with the server's other facts.

mod http;
mod simulator;
mod trial;

pub use http::HttpBureau;
pub use simulator::{Behaviour, INQUIRIES, answer as simulate, state as simulated, turn as turn_simulator};

use crate::app::{App, Caller, Work, blocking};
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::sessions::{self, Session};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tresen_core::ident::{CustomerId, InquiryId};
use tresen_wire::http::{Facts, OpenSession, Person};

/// How long nobody is asked again after no answer came
const PAUSE: SignedDuration = SignedDuration::from_mins(2);

/// A credit bureau: something that is asked about a person and answers in time, or does not
pub trait Bureau: Send + Sync + std::fmt::Debug {
    /// Asks, and waits no longer than that
    ///
    /// The same inquiry may be asked again after a crash: its id says that it is the same.
    ///
    /// # Errors
    ///
    /// [`NoAnswer`], for whatever reason nothing usable came.
    fn ask(&self, inquiry: &Inquiry, patience: Duration) -> Result<Report, NoAnswer>;
}

/// What is asked
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// Names it for ever
    pub inquiry: String,
    /// Why the law allows it
    pub legal_basis: String,
    /// About whom
    pub person: Person,
}

/// What a bureau answers
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What came of it
    pub outcome: Outcome,
    /// On the bureau's own scale, where it has one
    pub score: Option<i64>,
    /// Whether it knows of debts unpaid for long, insolvency or the like
    pub negative: bool,
    /// The bureau's own name for the answer
    pub reference: Option<String>,
}

/// What came of asking
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The person is known there
    Found,
    /// The person is not
    NotFound,
}

/// Why there is no answer
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// It took too long
    TooSlow,
    /// Nobody is there, or nobody who will
    Down,
    /// What came is no answer to this inquiry
    Wrong,
}

impl NoAnswer {
    /// The word for it in the log and in the record
    pub fn code(self) -> &'static str {
        match self {
            Self::TooSlow => "too_slow",
            Self::Down => "down",
            Self::Wrong => "wrong",
        }
    }
}

/// An inquiry that was written down and is to be made
struct Planned {
    id: InquiryId,
    customer: CustomerId,
    bureau: Arc<dyn Bureau>,
    inquiry: Inquiry,
    patience: Duration,
    valid: SignedDuration,
}

/// Asks about the customer of a session that is about to open, where the policy wants it and it can change anything
pub async fn before_opening(app: &Arc<App>, caller: &Caller, request: &OpenSession) -> Result<(), ApiError> {
    let Some(person) = request.customer.person.clone().filter(|_| request.customer.signed_in) else { return Ok(()) };
    let request = request.clone();
    let Some(planned) = app.write(caller.clone(), move |work| plan(work, request, person)).await? else { return Ok(()) };
    let (bureau, inquiry, patience) = (Arc::clone(&planned.bureau), planned.inquiry.clone(), planned.patience);
    let answer = blocking(move || Ok(bureau.ask(&inquiry, patience))).await?;
    if let Err(problem) = &answer {
        tracing::warn!(inquiry = planned.id.as_str(), problem = problem.code(), "no answer from the bureau");
    }
    app.write(caller.clone(), move |work| note(work, &planned, answer)).await
}

/// Writes down that a bureau is going to be asked, or finds that nobody is to be asked
fn plan(work: &Work<'_>, request: OpenSession, person: Person) -> Result<Option<Planned>, ApiError> {
    let policy = work.active_policy()?;
    let Some(terms) = policy.merchant().bureau.clone() else { return Ok(None) };
    // What is wrong with the request is told when the session opens.
    let Ok(session) = sessions::draft(work, request) else { return Ok(None) };
    if found(work, &session.customer, work.moment.now)?.is_some() || !trial::matters(work, &session)? {
        return Ok(None);
    }
    let Some(bureau) = work.app.bureau(&terms.adapter) else {
        tracing::warn!(adapter = terms.adapter, "the policy asks a bureau that this service does not have");
        return Ok(None);
    };
    let id = ids::by_time(work.moment.now, InquiryId::from_bytes)?;
    let valid = SignedDuration::from_hours(i64::from(terms.valid_days).saturating_mul(24));
    work.tx
        .prepare_cached(
            "INSERT INTO inquiries (tenant_id, inquiry_id, customer_id, adapter, bureau, legal_basis, policy_hash, asked_ms, expires_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            session.customer.as_str(),
            terms.adapter,
            terms.name,
            terms.legal_basis,
            policy.hash().as_str(),
            work.moment.ms(),
            work.moment.plus(PAUSE)?.as_millisecond()
        ])?;
    Ok(Some(Planned {
        inquiry: Inquiry { inquiry: id.to_string(), legal_basis: terms.legal_basis, person },
        patience: Duration::from_millis(terms.timeout_ms.into()),
        customer: session.customer,
        bureau,
        valid,
        id,
    }))
}

/// Writes down what came of it: an answer with its expiry, or why there is none
fn note(work: &Work<'_>, planned: &Planned, answer: Result<Report, NoAnswer>) -> Result<(), ApiError> {
    // Whoever was erased in the meantime has no key, and nothing is kept about them.
    let Some(key) = work.key_of(&planned.customer)? else { return Ok(()) };
    let (sealed, problem, expires) = match answer {
        Ok(report) => {
            let sealed = key.seal(&Place::Inquiry(planned.id.clone()), &serde_json::to_vec(&report)?)?;
            (Some(sealed), None, work.moment.plus(planned.valid)?)
        }
        Err(problem) => (None, Some(problem.code()), work.moment.plus(PAUSE)?),
    };
    work.tx
        .prepare_cached(
            "UPDATE inquiries SET answered_ms = ?3, expires_ms = ?4, sealed_report = ?5, problem = ?6 \
             WHERE tenant_id = ?1 AND inquiry_id = ?2 AND answered_ms IS NULL",
        )?
        .execute(params![work.tenant.as_str(), planned.id.as_str(), work.moment.ms(), expires.as_millisecond(), sealed, problem])?;
    Ok(())
}

/// The newest inquiry about a customer that counted at an instant, and its report if one came
fn found(work: &Work<'_>, customer: &CustomerId, at: Timestamp) -> Result<Option<Option<Report>>, ApiError> {
    let row: Option<(String, Option<Vec<u8>>)> = work
        .tx
        .prepare_cached(
            "SELECT inquiry_id, sealed_report FROM inquiries WHERE tenant_id = ?1 AND customer_id = ?2 AND asked_ms <= ?3 AND expires_ms > ?3 \
             ORDER BY asked_ms DESC, inquiry_id DESC LIMIT 1",
        )?
        .query_row(params![work.tenant.as_str(), customer.as_str(), at.as_millisecond()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, sealed)) = row else { return Ok(None) };
    let Some(sealed) = sealed else { return Ok(Some(None)) };
    let Some(key) = work.key_of(customer)? else { return Ok(None) };
    let place = Place::Inquiry(ids::stored(&id, InquiryId::parse)?);
    Ok(Some(Some(serde_json::from_slice(&key.open(&place, &sealed)?)?)))
}

/// Adds what a bureau said about the session's customer; what counted when the session opened counts to its end
pub fn add_facts(work: &Work<'_>, session: &Session, facts: &mut Facts) -> Result<(), ApiError> {
    if !session.signed_in || session.policy.merchant().bureau.is_none() {
        return Ok(());
    }
    if let Some(report) = found(work, &session.customer, session.opened)? {
        put(facts, report.as_ref());
    }
    Ok(())
}

/// The name of the bureau that was asked about the session's customer, answer or none; of everybody else nothing is said
pub fn asked(work: &Work<'_>, session: &Session) -> Result<Option<String>, ApiError> {
    let Some(bureau) = session.policy.merchant().bureau.as_ref().filter(|_| session.signed_in) else { return Ok(None) };
    Ok(found(work, &session.customer, session.opened)?.map(|_| bureau.name.clone()))
}

/// An answer as facts; without one only that it is unavailable
fn put(facts: &mut Facts, report: Option<&Report>) {
    facts.retain(|name, _| !name.starts_with("bureau."));
    let Some(report) = report else {
        facts.insert("bureau.outcome".to_owned(), json!("unavailable"));
        return;
    };
    facts.insert("bureau.outcome".to_owned(), json!(report.outcome));
    if report.outcome == Outcome::Found {
        facts.insert("bureau.negative".to_owned(), json!(report.negative));
        if let Some(score) = report.score {
            facts.insert("bureau.score".to_owned(), json!(score));
        }
    }
}

/// Everything that was asked about a customer and answered, opened, for the person's own file
pub fn export(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<Value>, ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(Vec::new()) };
    let mut statement = work.tx.prepare_cached(
        "SELECT inquiry_id, bureau, legal_basis, policy_hash, asked_ms, answered_ms, expires_ms, sealed_report, problem FROM inquiries \
         WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY asked_ms, inquiry_id",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), customer.as_str()])?;
    let mut inquiries = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get("inquiry_id")?;
        let report: Option<Report> = match row.get::<_, Option<Vec<u8>>>("sealed_report")? {
            Some(sealed) => Some(serde_json::from_slice(&key.open(&Place::Inquiry(ids::stored(&id, InquiryId::parse)?), &sealed)?)?),
            None => None,
        };
        inquiries.push(json!({
            "inquiry": id,
            "bureau": row.get::<_, String>("bureau")?,
            "legal_basis": row.get::<_, String>("legal_basis")?,
            "policy_hash": row.get::<_, String>("policy_hash")?,
            "asked_at": instant(row.get("asked_ms")?)?,
            "answered_at": row.get::<_, Option<i64>>("answered_ms")?.map(instant).transpose()?,
            "counts_until": instant(row.get("expires_ms")?)?,
            "report": report,
            "problem": row.get::<_, Option<String>>("problem")?,
        }));
    }
    Ok(inquiries)
}
