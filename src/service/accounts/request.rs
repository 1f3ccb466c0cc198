//! What a customer asks for in their account: it is done at once, taken down with their words, and acknowledged in text form.
//!
//! **Invariant:** the request, its events, its task and the intent to acknowledge it are one transaction; under the same key they happen once.

use super::act::{self, Came};
use super::{Access, credited, debit, receipt, undo};
use crate::app::Work;
use crate::collect::{self, Asked};
use crate::error::ApiError;
use crate::idempotency::{Answer, fingerprint, once};
use crate::ids;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion};
use crate::places::Place;
use crate::proofs;
use crate::sessions::check_text;
use crate::steps::mail_address;
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use tresen_core::ident::{MessageId, ReceivableId, RequestId};
use tresen_wire::decision::hex;
use tresen_wire::events::RequestMade;
use tresen_wire::http::{AccountRequest, AskAccount, RequestOutcome};
use tresen_wire::money::Money;

/// Requests of a customer within an hour
const MOST: u32 = 20;
const HOUR_MS: i64 = 60 * 60 * 1_000;
/// Requests that are shown, the newest
const SHOWN_MAX: u32 = 30;

/// What is kept of an answer: nothing that is personal
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Id of the request
    pub request: String,
    /// What came of it
    pub outcome: RequestOutcome,
    /// Why it cannot be
    pub why: Option<String>,
}

/// A request that was answered, and the message that is to be sent about it
#[derive(Debug)]
pub struct Made {
    /// The answer
    pub answered: Answered,
    /// The acknowledgement, the first time
    pub message: Option<MessageId>,
}

/// A request as it is stored
#[derive(Debug)]
pub struct Stored {
    /// Its id
    pub id: RequestId,
    /// What was asked
    pub kind: String,
    /// When
    pub asked_ms: i64,
    /// About which claim
    pub receivable: Option<ReceivableId>,
    /// What came of it
    pub outcome: RequestOutcome,
    /// The thing that it brought about: a hold, a promise, a dispute, a plan
    pub bond: Option<String>,
}

/// Does what is asked, once for the caller's key
///
/// # Errors
///
/// `account.over`; `account.too_many_requests`; a request that cannot be read. What cannot be done is no error, but an answer.
pub fn make(work: &Work<'_>, access: &Access, request: &AskAccount) -> Result<Made, ApiError> {
    access.check(work)?;
    check(request)?;
    let route = "POST /v1/accounts/{access}/requests";
    // Keyed, for it holds the customer's own words.
    let asked = work.app.vault.index(&work.tenant, "request", &serde_json::to_string(request)?);
    let mut message = None;
    let answer = once(work, fingerprint(route, access.customer.as_str(), &hex(&asked))?, || {
        let (answered, planned) = first(work, access, request)?;
        message = planned;
        Answer::json(200, &answered)
    })?;
    Ok(Made { answered: serde_json::from_slice(&answer.body)?, message })
}

fn first(work: &Work<'_>, access: &Access, request: &AskAccount) -> Result<(Answered, Option<MessageId>), ApiError> {
    let made: u32 = work
        .tx
        .prepare_cached("SELECT count(*) FROM requests WHERE tenant_id = ?1 AND customer_id = ?2 AND asked_ms > ?3")?
        .query_row(params![work.tenant.as_str(), access.customer.as_str(), work.moment.ms().saturating_sub(HOUR_MS)], |row| row.get(0))?;
    if made >= MOST {
        let message = format!("{MOST} requests have been made within an hour");
        return Err(ApiError::new(429, "account.too_many_requests", message, "wait a while, or talk to the shop"));
    }
    let id = ids::by_time(work.moment.now, RequestId::from_bytes)?;
    // Where it goes is read before it is done: whoever changes an address is told at the one before.
    let envelope = receipt::Envelope::of(work, access, request)?;
    let came = {
        let mut ledger = Ledger::of(work, &access.customer, &access.currency)?;
        ledger.pass(&Occasion::now(id.as_str()))?;
        match request {
            AskAccount::TakeBack { request } => undo::take_back(work, access, &mut ledger, request)?,
            _ => act::act(work, access, &mut ledger, &id, request)?,
        }
    };
    let text = if came.outcome == RequestOutcome::Refused {
        None
    } else {
        Some(receipt::text(work, access, (&id, request), &came, envelope.as_ref())?)
    };
    keep(work, access, &id, request, &came, text.as_deref())?;
    if came.outcome != RequestOutcome::Refused {
        proofs::belong(work, &access.customer, &id, request.proofs())?;
    }
    let about = came.receivable.as_ref();
    let happened = RequestMade {
        request: id.to_string(),
        customer: access.customer.to_string(),
        kind: request.kind().to_owned(),
        receivable: about.map(ToString::to_string),
        outcome: came.outcome,
        why: came.why.map(str::to_owned),
    };
    work.append(&Draft::opens(&Place::Request(id.clone()), access.customer.as_str()), happened)?;
    if let Some(reason) = came.task {
        let kind = request.kind();
        let asked = Asked { kind, about: id.as_str(), customer: &access.customer, receivable: about, message: None, reason };
        collect::ask(work, asked)?;
    }
    let planned = match (&text, &envelope) {
        (Some(text), Some(envelope)) => Some(envelope.plan(work, &access.customer, &id, text)?),
        (Some(_), None) | (None, _) => None,
    };
    if planned.is_none() && came.is_owed_a_receipt {
        receipt::undelivered(work, &access.customer, &id, "no_address")?;
    }
    let why = came.why.map(str::to_owned);
    Ok((Answered { request: id.to_string(), outcome: came.outcome, why }, planned))
}

/// Refuses what is too long to be read, or is no day
fn check(request: &AskAccount) -> Result<(), ApiError> {
    check_text("/text", request.text(), 2_000)?;
    proofs::check(request.proofs())?;
    match request {
        AskAccount::Withdrawal { name, email, .. } => {
            check_text("/name", name.as_deref(), 100)?;
            email.as_deref().map_or(Ok(()), |email| mail_address(email).map(|_| ()))
        }
        AskAccount::PaidAlready { reference, on, .. } => {
            on.as_deref().map_or(Ok(()), |on| act::day_at("/on", on).map(|_| ()))?;
            check_text("/reference", reference.as_deref(), 200)
        }
        AskAccount::Representative { name, contact, .. } => {
            check_text("/name", Some(name), 200)?;
            check_text("/contact", Some(contact), 500)
        }
        AskAccount::Message { phone, .. } => check_text("/phone", phone.as_deref(), 30),
        AskAccount::Debit { holder, iban, .. } => debit::check(holder, iban),
        AskAccount::Promise { .. }
        | AskAccount::Deferral { .. }
        | AskAccount::Plan { .. }
        | AskAccount::Dispute { .. }
        | AskAccount::Return { .. }
        | AskAccount::Hardship { .. }
        | AskAccount::NotMine { .. }
        | AskAccount::Contact { .. }
        | AskAccount::OptOut { .. }
        | AskAccount::TakeBack { .. } => Ok(()),
    }
}

fn keep(
    work: &Work<'_>,
    access: &Access,
    id: &RequestId,
    request: &AskAccount,
    came: &Came,
    receipt: Option<&str>,
) -> Result<(), ApiError> {
    let key = work.key_of(&access.customer)?.ok_or_else(|| ApiError::internal("an access of nobody"))?;
    let seal = |bytes: &[u8]| key.seal(&Place::Request(id.clone()), bytes);
    work.tx
        .prepare_cached(
            "INSERT INTO requests (tenant_id, request_id, customer_id, currency, kind, receivable_id, outcome, why, bond, sealed_words, sealed_receipt, \
             asked_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            access.customer.as_str(),
            access.currency,
            request.kind(),
            came.receivable.as_ref().map(ReceivableId::as_str),
            word(came.outcome)?,
            came.why,
            came.bond,
            seal(&serde_json::to_vec(request)?)?,
            receipt.map(|text| seal(text.as_bytes())).transpose()?,
            work.moment.ms()
        ])?;
    Ok(())
}

fn word(outcome: RequestOutcome) -> Result<String, ApiError> {
    let word = serde_json::to_value(outcome)?;
    word.as_str().map(str::to_owned).ok_or_else(|| ApiError::internal("an outcome without a word"))
}

impl Stored {
    fn of(row: &rusqlite::Row<'_>) -> Result<Self, ApiError> {
        let (id, outcome): (String, String) = (row.get("request_id")?, row.get("outcome")?);
        let receivable: Option<String> = row.get("receivable_id")?;
        Ok(Self {
            id: ids::stored(&id, RequestId::parse)?,
            kind: row.get("kind")?,
            asked_ms: row.get("asked_ms")?,
            receivable: receivable.map(|id| ids::stored(&id, ReceivableId::parse)).transpose()?,
            outcome: serde_json::from_value(outcome.into())?,
            bond: row.get("bond")?,
        })
    }

    /// The request of that id, if it is the customer's
    pub fn find(work: &Work<'_>, access: &Access, id: &RequestId) -> Result<Option<Self>, ApiError> {
        let mut statement = work
            .tx
            .prepare_cached("SELECT * FROM requests WHERE tenant_id = ?1 AND request_id = ?2 AND customer_id = ?3 AND currency = ?4")?;
        let mut rows = statement.query(params![work.tenant.as_str(), id.as_str(), access.customer.as_str(), access.currency])?;
        rows.next()?.map(Self::of).transpose()
    }

    /// The requests of a customer, the newest first
    pub fn all(work: &Work<'_>, access: &Access) -> Result<Vec<Self>, ApiError> {
        let mut statement = work.tx.prepare_cached(
            "SELECT * FROM requests WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 ORDER BY asked_ms DESC, request_id DESC LIMIT ?4",
        )?;
        let mut rows = statement.query(params![work.tenant.as_str(), access.customer.as_str(), access.currency, SHOWN_MAX])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Self::of(row)?);
        }
        Ok(found)
    }

    /// Whether the same was asked about the same claim since, and stands
    pub fn is_told(
        work: &Work<'_>,
        access: &Access,
        kind: &str,
        receivable: Option<&ReceivableId>,
        since_ms: i64,
    ) -> Result<bool, ApiError> {
        Ok(work
            .tx
            .prepare_cached(
                "SELECT count(*) > 0 FROM requests WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND kind = ?4 \
                 AND receivable_id IS ?5 AND asked_ms > ?6 AND outcome IN ('granted', 'noted')",
            )?
            .query_row(
                params![
                    work.tenant.as_str(),
                    access.customer.as_str(),
                    access.currency,
                    kind,
                    receivable.map(ReceivableId::as_str),
                    since_ms
                ],
                |row| row.get(0),
            )?)
    }

    /// It was taken back
    pub fn is_taken_back(&self, work: &Work<'_>) -> Result<(), ApiError> {
        work.tx
            .prepare_cached("UPDATE requests SET outcome = 'taken_back' WHERE tenant_id = ?1 AND request_id = ?2")?
            .execute([work.tenant.as_str(), self.id.as_str()])?;
        Ok(())
    }
}

/// The requests of a customer as they see them
pub fn list(work: &Work<'_>, access: &Access, ledger: &Ledger<'_>) -> Result<Vec<AccountRequest>, ApiError> {
    let all = Stored::all(work, access)?;
    let credited = credited::by_request(work, &all)?;
    let mut shown = Vec::new();
    for stored in &all {
        shown.push(AccountRequest {
            request: stored.id.to_string(),
            kind: stored.kind.clone(),
            on: receipt::local(work, stored.asked_ms)?.date().to_string(),
            receivable: stored.receivable.as_ref().map(ToString::to_string),
            outcome: stored.outcome,
            credited: credited.get(&stored.id).map(|minor| Money::new(*minor, &access.currency)),
            take_back: undo::way(work, ledger, stored)?.is_some(),
        });
    }
    Ok(shown)
}

/// What was asked for in a request; nothing of a person who is erased
pub fn words(work: &Work<'_>, id: &RequestId) -> Result<Option<AskAccount>, ApiError> {
    let found: Option<(String, Vec<u8>)> = work
        .tx
        .prepare_cached("SELECT customer_id, sealed_words FROM requests WHERE tenant_id = ?1 AND request_id = ?2")?
        .query_row([work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((customer, sealed)) = found else { return Ok(None) };
    let Some(key) = work.key_of(&ids::stored(&customer, tresen_core::ident::CustomerId::parse)?)? else { return Ok(None) };
    Ok(Some(serde_json::from_slice(&key.open(&Place::Request(id.clone()), &sealed)?)?))
}

/// Everything that a person asked for, for their file
pub fn export(work: &Work<'_>, customer: &tresen_core::ident::CustomerId) -> Result<Vec<AskAccount>, ApiError> {
    let mut statement = work
        .tx
        .prepare_cached("SELECT request_id FROM requests WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY asked_ms, request_id")?;
    let ids: Vec<String> = statement.query_map([work.tenant.as_str(), customer.as_str()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut said = Vec::new();
    for id in ids {
        said.extend(words(work, &crate::ids::stored(&id, RequestId::parse)?)?);
    }
    Ok(said)
}
