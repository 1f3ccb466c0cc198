//! Another reference turns out to be the same person, or another one after all.

use super::{Life, Seen};
use crate::names;
use tresen_core::receivable::{Account, Event, Scope};

impl Life {
    pub(super) fn is_one_with_another(&mut self, seen: Seen<'_>) {
        let other = names::customer(u64::try_from(self.chance.below(2)).unwrap());
        let is_one = self.account.others().any(|one| *one == other) != self.chance.once_in(9);
        let event = if is_one { Event::CustomerUnmerged { other } } else { Event::CustomerMerged { other } };
        self.tried(event, seen);
    }

    /// All that the customer owes, here or because of what is so at another reference, or a claim
    pub(super) fn a_scope(&mut self) -> Scope {
        match self.chance.below(6) {
            0 | 1 => Scope::Account,
            2 if self.account.others().next().is_some() => Scope::Beside(names::customer(u64::try_from(self.chance.below(2)).unwrap())),
            _ => Scope::Receivable(self.a_claim()),
        }
    }

    /// Without a merge and all that came of one, the account is the same
    pub fn is_as_without_merges(&self) {
        let mut unmerged = self.account.clone();
        for other in self.account.others() {
            unmerged.apply(self.today, &Event::CustomerUnmerged { other: other.clone() }).unwrap();
        }
        let mut without = Account::default();
        for (on, event) in &self.log {
            let comes_of_merges = match event {
                Event::CustomerMerged { .. } | Event::CustomerUnmerged { .. } => true,
                Event::HoldPlaced { scope, .. } => matches!(scope, Scope::Beside(_)),
                Event::HoldReleased { hold } => without.hold(hold).is_none(),
                _ => false,
            };
            if !comes_of_merges {
                without.apply(*on, event).unwrap();
            }
        }
        assert_eq!(unmerged, without);
    }
}
