//! "Have a person look at it": the wish is kept, the merchant's people see it, and one of them answers.

mod answer;
pub mod grants;

pub use answer::{answer, check_answer};

use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::places::Place;
use crate::records;
use crate::sessions::{Session, check_text};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use tresen_core::ident::{CustomerId, DecisionId, ReviewId, SessionId};
use tresen_wire::events::DecisionContested;
use tresen_wire::http::{AskReview, OwnGrant, OwnReview, Review, ReviewAnswer, ReviewAsked, Reviews};

/// Wishes of one session; a person needs one, a page in a loop gets no further
const PER_SESSION_MAX: i64 = 10;

/// How long a person is reminded of what they asked: as long as a grant may count, and some time to ask in
const LATELY_MS: i64 = 120 * 24 * 60 * 60 * 1_000;

/// What the person said and what a human answered, under the customer's key
#[derive(Debug, Default, Serialize, Deserialize)]
struct Words {
    message: Option<String>,
    contact: Option<String>,
    /// To the person
    #[serde(default)]
    answer: Option<String>,
    /// For the shop's own people
    #[serde(default)]
    why: Option<String>,
}

/// Refuses words that nobody can keep, before anything is looked up
pub fn check_words(request: &AskReview) -> Result<(), ApiError> {
    check_text("/message", request.message.as_deref(), 2_000)?;
    check_text("/contact", request.contact.as_deref(), 254)
}

/// Keeps a wish for a review whose words have been checked
pub fn ask(work: &Work<'_>, session: &SessionId, request: &AskReview) -> Result<ReviewAsked, ApiError> {
    let session = Session::load(work, session)?;
    if !session.policy.has_method(&request.method) {
        return Err(ApiError::invalid(
            "method.unknown",
            "/method",
            "the policy has no such method",
            "pass the id of a method of this session",
        ));
    }
    check_count(work, &session.id)?;
    let review = ids::by_time(work.moment.now, ReviewId::from_bytes)?;
    let stream = Place::Review(review.clone());
    let words = serde_json::to_vec(&Words { message: request.message.clone(), contact: request.contact.clone(), ..Words::default() })?;
    work.tx
        .prepare_cached(
            "INSERT INTO reviews (tenant_id, review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7, ?8)",
        )?
        .execute(params![
            work.tenant.as_str(),
            review.as_str(),
            session.customer.as_str(),
            session.id.as_str(),
            records::last_of_session(work, &session.id)?.as_ref().map(DecisionId::as_str),
            request.method,
            session.key.seal(&stream, &words)?,
            work.moment.ms()
        ])?;
    work.append(
        &Draft { policy: Some(session.policy.hash()), ..Draft::opens(&stream, session.id.as_str()) },
        DecisionContested { review: review.to_string(), customer: session.customer.to_string(), method: request.method.clone() },
    )?;
    Ok(ReviewAsked { review: review.to_string(), state: "open".to_owned() })
}

fn check_count(work: &Work<'_>, session: &SessionId) -> Result<(), ApiError> {
    let asked: i64 = work
        .tx
        .prepare_cached("SELECT count(*) FROM reviews WHERE tenant_id = ?1 AND session_id = ?2")?
        .query_row(params![work.tenant.as_str(), session.as_str()], |row| row.get(0))?;
    if asked < PER_SESSION_MAX {
        return Ok(());
    }
    Err(ApiError::new(
        409,
        "review.too_many",
        "this session has asked often enough",
        "somebody at the shop looks at what was asked; wait for them",
    ))
}

/// The wishes, the newest first
pub fn list(work: &Work<'_>) -> Result<Reviews, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms, answered_ms, answered_by FROM reviews \
         WHERE tenant_id = ?1 ORDER BY review_id DESC LIMIT 200",
    )?;
    let mut rows = statement.query([work.tenant.as_str()])?;
    let mut reviews = Vec::new();
    while let Some(row) = rows.next()? {
        reviews.push(from_row(work, row)?);
    }
    Ok(Reviews { reviews })
}

/// One wish
pub fn find(work: &Work<'_>, id: &ReviewId) -> Result<Review, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms, answered_ms, answered_by FROM reviews \
         WHERE tenant_id = ?1 AND review_id = ?2",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), id.as_str()])?;
    from_row(work, rows.next()?.ok_or_else(unknown)?)
}

/// What somebody asked lately, as they see it: a customer wherever they come back, a guest in their own visit (ADR 3)
pub fn own(work: &Work<'_>, session: &Session) -> Result<Vec<OwnReview>, ApiError> {
    let since = work.moment.ms().saturating_sub(LATELY_MS);
    let mut statement = work.tx.prepare_cached(
        "SELECT review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms, answered_ms, answered_by FROM reviews \
         WHERE tenant_id = ?1 AND customer_id = ?2 AND asked_ms >= ?3 ORDER BY review_id DESC LIMIT 20",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), session.customer.as_str(), since])?;
    let mut reviews = Vec::new();
    while let Some(row) = rows.next()? {
        let Review { review, method, state, asked_at, answer, .. } = from_row(work, row)?;
        let (answered_at, words) = answer.map_or((None, None), |answer| (Some(answer.answered_at), answer.words));
        let open = grants::open(work, &session.customer, &method)?.into_iter().find(|grant| grant.review.as_str() == review);
        let granted = open.map(|grants::Open { amount, until, .. }| OwnGrant { amount, until });
        // What a human writes may speak of a history, which is told to nobody but a person who is signed in.
        reviews.push(OwnReview { review, method, state, asked_at, answered_at, words: words.filter(|_| session.signed_in), granted });
    }
    Ok(reviews)
}

fn from_row(work: &Work<'_>, row: &Row<'_>) -> Result<Review, ApiError> {
    let review = ids::stored(&row.get::<_, String>("review_id")?, ReviewId::parse)?;
    let sealed: Vec<u8> = row.get("sealed_words")?;
    let customer = ids::stored(&row.get::<_, String>("customer_id")?, CustomerId::parse)?;
    let words: Words = match work.key_of(&customer)? {
        Some(key) => serde_json::from_slice(&key.open(&Place::Review(review.clone()), &sealed)?)?,
        None => Words::default(),
    };
    let state: String = row.get("state")?;
    let answer = match (row.get::<_, Option<i64>>("answered_ms")?, row.get("answered_by")?) {
        (Some(answered), Some(by)) => Some(ReviewAnswer {
            outcome: state.clone(),
            by,
            words: words.answer,
            why: words.why,
            answered_at: instant(answered)?,
            grant: grants::of(work, &review)?,
            used_by: grants::used_by(work, &review)?,
        }),
        _ => None,
    };
    Ok(Review {
        session: row.get("session_id")?,
        decision_id: row.get("decision_id")?,
        method: row.get("method")?,
        state,
        message: words.message,
        contact: words.contact,
        asked_at: instant(row.get("asked_ms")?)?,
        answer,
        review: review.to_string(),
    })
}

/// Reads the id of a review; what is none is answered as a review that does not exist
pub fn id(text: &str) -> Result<ReviewId, ApiError> {
    ReviewId::parse(text).ok_or_else(unknown)
}

fn unknown() -> ApiError {
    ApiError::unknown("review.unknown", "review")
}
