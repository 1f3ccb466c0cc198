//! The bureau of the sandbox: it is asked over HTTP as a real one is, and can be slow, wrong or down.
//!
//! What it says depends on the last name: `Negativ` has debts, `Mittel` a score of 500, `Unbekannt` nobody knows; about `Langsam` it takes
//! ten seconds, about `Falsch` it answers nonsense, about `Vertauscht` with the answer to another inquiry, about `Ausfall` not at all;
//! everybody else has 900. One switch makes it slow, wrong or down for everybody.

use super::{Inquiry, Outcome};
use crate::api::Strict;
use crate::app::{App, Work};
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::sessions::{check_person, check_text};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use rusqlite::params;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use tresen_wire::http::{BureauBehaviour, BureauSimulator};

/// Where it is asked
pub const INQUIRIES: &str = "/sandbox/bureau/inquiries";

/// Longer than any policy waits
const SLOW: Duration = Duration::from_secs(10);

/// How it behaves towards everybody
#[derive(Debug, Default)]
pub struct Behaviour(AtomicU8);

const BEHAVIOURS: [BureauBehaviour; 4] = [BureauBehaviour::Normal, BureauBehaviour::Slow, BureauBehaviour::Wrong, BureauBehaviour::Down];

impl Behaviour {
    fn now(&self) -> BureauBehaviour {
        BEHAVIOURS.get(usize::from(self.0.load(Ordering::Relaxed))).copied().unwrap_or(BureauBehaviour::Normal)
    }

    fn set(&self, behaviour: BureauBehaviour) {
        let place = BEHAVIOURS.iter().zip(0..).find(|(known, _)| **known == behaviour);
        self.0.store(place.map_or(0, |(_, place)| place), Ordering::Relaxed);
    }
}

/// How the simulator behaves
pub fn state(app: &App) -> BureauSimulator {
    BureauSimulator { behaviour: app.bureau_behaviour.now() }
}

/// Changes how the simulator behaves; what it has said to the shop counts for no session that opens from now on, so that the change shows
pub fn turn(work: &Work<'_>, wanted: &BureauSimulator) -> Result<BureauSimulator, ApiError> {
    work.tx
        .prepare_cached("UPDATE inquiries SET expires_ms = min(expires_ms, ?2) WHERE tenant_id = ?1")?
        .execute(params![work.tenant.as_str(), work.moment.ms()])?;
    work.app.bureau_behaviour.set(wanted.behaviour);
    Ok(state(work.app))
}

/// Answers an inquiry
pub async fn answer(State(app): State<Arc<App>>, Strict(inquiry): Strict<Inquiry>) -> Result<Response, ApiError> {
    check_text("/inquiry", Some(&inquiry.inquiry), 100)?;
    check_text("/legal_basis", Some(&inquiry.legal_basis), 200)?;
    check_person("/person", Some(&inquiry.person))?;
    let named = match inquiry.person.last_name.as_str() {
        "Langsam" => BureauBehaviour::Slow,
        "Falsch" => BureauBehaviour::Wrong,
        "Ausfall" => BureauBehaviour::Down,
        _ => BureauBehaviour::Normal,
    };
    let behaviour = match app.bureau_behaviour.now() {
        BureauBehaviour::Normal => named,
        switched => switched,
    };
    match behaviour {
        BureauBehaviour::Slow => tokio::time::sleep(SLOW).await,
        BureauBehaviour::Wrong => return said(&json!({"inquiry": inquiry.inquiry, "outcome": "perhaps", "score": "good"})),
        BureauBehaviour::Down => return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()),
        BureauBehaviour::Normal => {}
    }
    let (outcome, score, negative) = match inquiry.person.last_name.as_str() {
        "Negativ" => (Outcome::Found, Some(100), true),
        "Mittel" => (Outcome::Found, Some(500), false),
        "Unbekannt" => (Outcome::NotFound, None, false),
        _ => (Outcome::Found, Some(900), false),
    };
    let answered = if inquiry.person.last_name == "Vertauscht" { "inq_of_somebody_else" } else { inquiry.inquiry.as_str() };
    said(&json!({"inquiry": answered, "outcome": outcome, "score": score, "negative": negative, "reference": "sandbox"}))
}

fn said(answer: &serde_json::Value) -> Result<Response, ApiError> {
    Ok(Answer::json(200, answer)?.into_response())
}
