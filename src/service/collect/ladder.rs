//! How the merchant reminds.

use super::CaseFile;
use crate::engine::Policy;
use tresen_core::collect::{Channel, Ladder, Step, Tone};
use tresen_core::law::contact::HOUSE;

/// The ladder for a case: a word three days before, a friendly reminder three days after the due date, a second one, and a final notice with ten days;
/// as long as a policy says nothing else
pub fn of(_policy: &Policy, _case: &CaseFile) -> Ladder {
    let step = |after_days, term_days, tone, channels: &[Channel]| Step { after_days, term_days, tone, channels: channels.to_vec() };
    Ladder {
        note_days: Some(3),
        steps: vec![
            step(3, 7, Tone::Friendly, &[Channel::Email, Channel::TextMessage, Channel::Letter]),
            step(1, 7, Tone::Neutral, &[Channel::Email, Channel::TextMessage, Channel::Letter]),
            step(1, 10, Tone::Firm, &[Channel::Letter, Channel::Email]),
        ],
        propose_placement: true,
        tolerance_minor: 300,
        micro_minor: 5_000,
        house: HOUSE,
        stopped: false,
    }
}
