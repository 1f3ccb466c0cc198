//! A bureau that is asked over HTTP: one JSON document there, one back.
//!
//! `POST` of `{"inquiry", "legal_basis", "person": {…}}` with a bearer key if there is one; the answer is `{"inquiry", "outcome": "found" or
//! "not_found", "score", "negative", "reference"}`. Bureaus that speak otherwise get an adapter in front that speaks this.

use super::{Bureau, Inquiry, NoAnswer, Outcome, Report};
use serde::Deserialize;
use std::time::Duration;
use ureq::Agent;

/// An answer is a few hundred bytes.
const ANSWER_MAX: u64 = 16_384;

/// Largest score on any scale
const SCORE_MAX: i64 = 100_000;

/// A bureau behind an address
#[derive(Debug, Clone)]
pub struct HttpBureau {
    url: String,
    key: Option<String>,
}

/// An answer as it is written
#[derive(Debug, Deserialize)]
struct Answer {
    inquiry: String,
    outcome: Outcome,
    #[serde(default)]
    score: Option<i64>,
    #[serde(default)]
    negative: bool,
    #[serde(default)]
    reference: Option<String>,
}

impl HttpBureau {
    /// One behind that address, with the key that it wants
    #[must_use]
    pub fn new(url: String, key: Option<String>) -> Self {
        Self { url, key }
    }
}

impl Bureau for HttpBureau {
    fn ask(&self, inquiry: &Inquiry, patience: Duration) -> Result<Report, NoAnswer> {
        // An answer of another status than success is none; a redirect would carry the person's data elsewhere.
        let config = Agent::config_builder().timeout_global(Some(patience)).max_redirects(0).build();
        let mut request = Agent::new_with_config(config).post(&self.url).header("idempotency-key", &inquiry.inquiry);
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let mut response = request.send_json(inquiry).map_err(no_answer)?;
        let answer: Answer = response.body_mut().with_config().limit(ANSWER_MAX).read_json().map_err(no_answer)?;
        if answer.inquiry != inquiry.inquiry || answer.score.is_some_and(|score| !(0..=SCORE_MAX).contains(&score)) {
            return Err(NoAnswer::Wrong);
        }
        Ok(Report { outcome: answer.outcome, score: answer.score, negative: answer.negative, reference: answer.reference })
    }
}

fn no_answer(problem: ureq::Error) -> NoAnswer {
    match problem {
        ureq::Error::Timeout(_) => NoAnswer::TooSlow,
        ureq::Error::Io(problem) if problem.kind() == std::io::ErrorKind::TimedOut => NoAnswer::TooSlow,
        ureq::Error::Json(_) | ureq::Error::BodyExceedsLimit(_) => NoAnswer::Wrong,
        _ => NoAnswer::Down,
    }
}
