//! Why a decision came out as it did, for whoever asks: made again from its record.
//!
//! **Invariant:** what is explained is the decision on record: it is made again first, and if the bytes of the answer are not the
//! recorded ones, nothing is explained.

mod text;

pub use text::{Reader, explanation_text};

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::policies;
use crate::records;
use crate::sessions::Session;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use tresen_core::ident::{DecisionId, PolicyHash, SessionId};
use tresen_core::steps::Steps;
use tresen_texts::Language;
use tresen_wire::http::{
    AddressForm, EXPLANATION_KIND, ExplainMethod, Explained, ExplainedDecision, ExplanationFile, Facts, OwnExplanation, Replay,
};

/// In which words an explanation is wanted; what is not said is as the session has it
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Language of the person
    pub locale: Option<String>,
    /// How the person is spoken to
    pub address_form: Option<AddressForm>,
}

/// The explanation of a recorded decision
pub fn decision(work: &Work<'_>, id: &DecisionId, wanted: &Wanted) -> Result<Explained, ApiError> {
    let record = records::decision(work, id)?;
    let facts = record.facts.ok_or_else(erased)?;
    let session = Session::load(work, &ids::stored(&record.session, SessionId::parse)?)?;
    // Not the session's: the decision is explained by the policy that made it.
    let hash = ids::stored(&record.policy_hash, PolicyHash::parse)?;
    let (policy, source) = (work.policy(&hash)?, policies::source(work, &hash)?);
    let today: Date = record.today.parse().map_err(ApiError::internal)?;
    let again = policy.decide(&facts, &ids::stored(&record.residual_hash, PolicyHash::parse)?, today, Steps::NONE)?;
    if STANDARD.encode(&again.answer) != record.answer {
        return Err(not_replayable());
    }
    let source = serde_json::from_str(&source)?;
    let is_of_the_ledger = |name: &str| is_of_the_ledger(&session.details.facts, &facts, name);
    let explanation = policy.explain(&source, &facts, &is_of_the_ledger, today, &record.method)?.ok_or_else(no_method)?;
    let locale = wanted.locale.as_deref().unwrap_or(&session.locale);
    let language = Language::choose(locale, wanted.address_form.unwrap_or(session.address_form).code());
    let text = explanation_text(&explanation, &policy.merchant().name, language, Some(&record.outcome), Reader::Person)
        .ok_or_else(|| ApiError::internal("a sentence of an explanation is missing"))?;
    let decision = ExplainedDecision {
        decision_id: record.decision_id,
        session: record.session,
        order: record.order,
        outcome: record.outcome,
        reasons: record.reasons,
        decided_at: record.decided_at,
    };
    let replay = Replay { policy: source, facts, today: record.today };
    Ok(Explained { text, file: ExplanationFile { kind: EXPLANATION_KIND.to_owned(), decision: Some(decision), explanation, replay } })
}

/// Why a method is decided on as it is in a session, as far as a browser may know
///
/// Of somebody who is not signed in nothing is told: who stands there only the shop can find out.
pub fn before_order(work: &Work<'_>, id: &SessionId, asked: &ExplainMethod) -> Result<OwnExplanation, ApiError> {
    let session = Session::current(work, id)?;
    if !session.policy.has_method(&asked.method) {
        return Err(ApiError::invalid(
            "method.unknown",
            "/method",
            "the policy has no such method",
            "pass the id of a method of this session",
        ));
    }
    let facts = session.facts_with(work, &asked.facts)?;
    let method = asked.method.clone();
    if !session.signed_in {
        return Ok(OwnExplanation { method, text: None });
    }
    let policy = &session.policy;
    let source = serde_json::from_str(&policies::source(work, policy.hash())?)?;
    let is_of_the_ledger = |name: &str| is_of_the_ledger(&session.details.facts, &facts, name);
    let explanation = policy.explain(&source, &facts, &is_of_the_ledger, work.moment.today, &method)?.ok_or_else(no_method)?;
    let language = Language::choose(&session.locale, session.address_form.code());
    let text = explanation_text(&explanation, &policy.merchant().name, language, None, Reader::Browser)
        .ok_or_else(|| ApiError::internal("a sentence of an explanation is missing"))?;
    Ok(OwnExplanation { method, text: Some(text) })
}

/// Whether a server fact is the ledger's own: the shop said nothing of it, or something that did not count
fn is_of_the_ledger(said: &Facts, decided: &Facts, name: &str) -> bool {
    !matches!(name, "customer.signed_in" | "shop.providers") && said.get(name) != decided.get(name)
}

/// That the person's data are gone, and with them what could be explained
fn erased() -> ApiError {
    ApiError::new(
        410,
        "person.erased",
        "the person's data were erased, so there is nothing left to explain",
        "the record of the decision is kept without them",
    )
}

fn not_replayable() -> ApiError {
    ApiError::new(
        409,
        "explanation.not_replayable",
        "the decision cannot be made again by this version, so nothing can be said about it for sure",
        "explain it with the version that made it; the record names its semantics version",
    )
}

fn no_method() -> ApiError {
    ApiError::new(
        409,
        "explanation.no_method",
        "the order asked for a method that the policy does not have, so nothing was decided about it",
        "see the reasons of the record",
    )
}
