//! A human answers a review.
//!
//! **Invariant:** a review leaves the state `open` once.

use super::{Words, unknown};
use crate::app::Work;
use crate::clock::wire;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::places::Place;
use crate::sessions::check_text;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, PolicyHash, ReviewId};
use tresen_wire::events::{DecisionReviewed, Granted};
use tresen_wire::http::{AnswerReview, ReviewAnswered, ReviewGrant, ReviewOutcome};

/// How long a grant may count: what a human knows of a person goes stale
const GRANT_DAYS_MAX: i32 = 90;

/// Refuses an answer that is none, before anything is looked up
pub fn check_answer(request: &AnswerReview) -> Result<(), ApiError> {
    let AnswerReview { outcome, by, words, why, grant } = request;
    if by.trim().is_empty() {
        return Err(ApiError::invalid("text.empty", "/by", "nobody is named who looked at it", "pass the shop's own sign for that person"));
    }
    check_text("/by", Some(by), 100)?;
    check_text("/words", words.as_deref(), 4_000)?;
    check_text("/why", why.as_deref(), 4_000)?;
    if *outcome != ReviewOutcome::Withdrawn && words.as_ref().is_none_or(|words| words.trim().is_empty()) {
        return Err(ApiError::invalid(
            "review.no_words",
            "/words",
            "the person gets no answer",
            "say in plain words what was found and why; the law wants an explanation, not a verdict",
        ));
    }
    if *outcome != ReviewOutcome::Changed && grant.is_some() {
        return Err(ApiError::invalid(
            "grant.not_changed",
            "/grant",
            "something is granted though the decision was not changed",
            "answer with `changed`, or leave `grant` out",
        ));
    }
    if grant.as_ref().is_some_and(|grant| grant.amount.minor <= 0) {
        return Err(ApiError::invalid(
            "grant.amount",
            "/grant/amount",
            "nothing is granted",
            "pass an amount above zero, or leave `grant` out",
        ));
    }
    Ok(())
}

/// Keeps the answer, whose shape has been checked
pub fn answer(work: &Work<'_>, id: &ReviewId, request: &AnswerReview) -> Result<ReviewAnswered, ApiError> {
    let asked = Asked::load(work, id)?;
    if asked.state != "open" {
        return Err(ApiError::new(
            409,
            "review.answered",
            "this review has been answered before",
            "read it with GET /v1/reviews/{review}; the person can ask again",
        ));
    }
    let key = work.key_of(&asked.customer)?.ok_or_else(erased)?;
    let grant = request.grant.as_ref().map(|grant| granted(work, &asked, grant)).transpose()?;
    let stream = Place::Review(id.clone());
    let words: Words = serde_json::from_slice(&key.open(&stream, &asked.sealed)?)?;
    let words = Words { answer: request.words.clone(), why: request.why.clone(), ..words };
    work.tx
        .prepare_cached(
            "UPDATE reviews SET state = ?3, sealed_words = ?4, answered_ms = ?5, answered_by = ?6 WHERE tenant_id = ?1 AND review_id = ?2",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            request.outcome.code(),
            key.seal(&stream, &serde_json::to_vec(&words)?)?,
            work.moment.ms(),
            request.by
        ])?;
    let after = work.length(&stream)?;
    work.append(
        &Draft { after, policy: Some(&asked.policy), ..Draft::opens(&stream, &asked.session) },
        DecisionReviewed {
            review: id.to_string(),
            customer: asked.customer.to_string(),
            method: asked.method,
            outcome: request.outcome.code().to_owned(),
            by: request.by.clone(),
            grant,
        },
    )?;
    Ok(ReviewAnswered { review: id.to_string(), state: request.outcome.code().to_owned(), answered_at: wire(work.moment.now) })
}

/// What an answer is about
struct Asked {
    customer: CustomerId,
    session: String,
    method: String,
    state: String,
    sealed: Vec<u8>,
    policy: PolicyHash,
}

impl Asked {
    fn load(work: &Work<'_>, id: &ReviewId) -> Result<Self, ApiError> {
        type Columns = (String, String, String, String, Vec<u8>, String);
        let columns: Option<Columns> = work
            .tx
            .prepare_cached(
                "SELECT r.customer_id, r.session_id, r.method, r.state, r.sealed_words, s.policy_hash FROM reviews r \
                 JOIN sessions s ON s.tenant_id = r.tenant_id AND s.session_id = r.session_id WHERE r.tenant_id = ?1 AND r.review_id = ?2",
            )?
            .query_row(params![work.tenant.as_str(), id.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            })
            .optional()?;
        let (customer, session, method, state, sealed, policy) = columns.ok_or_else(unknown)?;
        Ok(Self {
            customer: ids::stored(&customer, CustomerId::parse)?,
            session,
            method,
            state,
            sealed,
            policy: ids::stored(&policy, PolicyHash::parse)?,
        })
    }
}

fn granted(work: &Work<'_>, asked: &Asked, grant: &ReviewGrant) -> Result<Granted, ApiError> {
    let policy = work.policy(&asked.policy)?;
    if grant.amount.currency != policy.currency() {
        return Err(ApiError::invalid(
            "currency.foreign",
            "/grant/amount/currency",
            "the amount is in another currency than the policy",
            format!("grant an amount in {}", policy.currency()),
        ));
    }
    let last = work.moment.today.checked_add(GRANT_DAYS_MAX.days()).map_err(ApiError::internal)?;
    match grant.until.parse::<Date>() {
        Ok(until) if until >= work.moment.today && until <= last && until.to_string() == grant.until => {}
        Ok(_) | Err(_) => {
            return Err(ApiError::invalid(
                "grant.until",
                "/grant/until",
                format!("the grant does not end between today and {GRANT_DAYS_MAX} days from now"),
                format!("write a day from {} to {last}", work.moment.today),
            ));
        }
    }
    Ok(Granted { amount: grant.amount.clone(), until: grant.until.clone(), beyond_exposure: grant.beyond_exposure })
}

fn erased() -> ApiError {
    ApiError::new(410, "person.erased", "the person's data were erased, and their words with them", "there is nobody left to answer")
}
