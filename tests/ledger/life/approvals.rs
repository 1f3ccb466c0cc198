//! The merchant's people: each may do so much alone, and for the rest somebody else has to agree.

use super::{Life, Seen};
use crate::names;
use tresen_core::receivable::{Approved, Event, Mandate, Refused, Weighty};
use tresen_tests::chance::Chance;

const PEOPLE: [&str; 3] = ["key_anna", "key_bert", "key_cora"];

/// The limits of a merchant
pub fn mandate(seed: u64) -> Mandate {
    let mut chance = Chance::new(seed ^ 0x4e9e5);
    Mandate::of(Weighty::ALL.into_iter().filter_map(|act| Some((act, chance.pick(&[None, Some(0), Some(5_000), Some(15_000)])?))))
}

impl Life {
    /// Whether these events may happen, each after the one before, once somebody else was asked where that is needed
    pub(super) fn is_permitted(&mut self, events: &[Event], seen: Seen<'_>) -> bool {
        // What falls away because a payment crossed it is nobody's act.
        let by_law = events.len() > 1 && events.iter().any(|event| matches!(event, Event::CostWaived(_)));
        // What the account refuses anyway is found there.
        let Ok(Some(weight)) = self.mandate.needs(&self.account, self.today, events) else { return true };
        if by_law {
            return true;
        }
        self.refused.push(Refused::NeedsSecond.code());
        if self.chance.once_in(6) {
            return false;
        }
        let less = i64::from(self.chance.once_in(8));
        let approved = Approved {
            approval: names::approval(self.new_number()),
            weight: tresen_core::receivable::Weight { minor: weight.minor - less, ..weight },
            proposed_by: self.chance.pick(&PEOPLE).to_owned(),
            approved_by: self.chance.pick(&PEOPLE).to_owned(),
        };
        let alone = approved.proposed_by == approved.approved_by;
        let before = self.account.clone();
        let event = Event::ActApproved(approved);
        match self.account.apply(self.today, &event) {
            Ok(()) => {
                assert!(!alone, "{event:?}");
                self.log.push((self.today, event.clone()));
                seen(self, &event);
            }
            Err(refused) => {
                assert!(self.account == before && (alone || refused != Refused::SamePerson), "{event:?}: {refused:?}");
                self.refused.push(refused.code());
            }
        }
        // With an approval that is not enough for it, it may not happen either.
        !matches!(self.mandate.needs(&self.account, self.today, events), Ok(Some(_)))
    }
}
