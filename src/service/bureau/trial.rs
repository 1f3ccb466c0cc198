//! Whether an answer can change what is offered: found by trying, so that nobody is asked about for nothing.

use super::{Outcome, Report, put};
use crate::app::Work;
use crate::error::ApiError;
use crate::sessions::Session;
use serde_json::Value;
use tresen_core::steps::Steps;

/// The answers between which every other lies: the worst, the best, none of them
fn answers() -> [Option<Report>; 5] {
    let found = |score, negative| Some(Report { outcome: Outcome::Found, score, negative, reference: None });
    let not_found = Some(Report { outcome: Outcome::NotFound, score: None, negative: false, reference: None });
    [found(Some(0), true), found(Some(0), false), found(Some(100_000), false), not_found, None]
}

/// Whether two answers lead to different offers, for the cart that the shop has named
///
/// A policy may treat scores between the ends otherwise than both ends alike; such a one is not asked for. Without a cart total nothing can be
/// tried, and an answer may matter.
pub(super) fn matters(work: &Work<'_>, session: &Session) -> Result<bool, ApiError> {
    let mut facts = session.server_facts(work)?;
    facts.extend(session.told_facts(work)?);
    if !facts.contains_key("cart.total") {
        return Ok(true);
    }
    let mut offers: Vec<Value> = Vec::new();
    for answer in answers() {
        put(&mut facts, answer.as_ref());
        let decided = session.policy.decide(&facts, session.policy.hash(), work.moment.today, Steps::NONE)?;
        let methods = decided.decision.methods.iter().map(|method| (&method.id, &method.state, &method.limit, method.rank));
        offers.push(serde_json::to_value(methods.collect::<Vec<_>>())?);
    }
    Ok(offers.iter().any(|offer| Some(offer) != offers.first()))
}
