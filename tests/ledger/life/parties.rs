//! A customer turns out to be a business, or a consumer after all.

use super::{Life, Seen};
use tresen_core::law::regime::Party;
use tresen_core::receivable::Event;

impl Life {
    /// What was charged to one party stays whatever the customer turns out to be
    pub(super) fn turns_out(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let before = self.account.clone();
        let party = self.chance.pick(&[Party::Consumer, Party::Business]);
        self.tried(Event::PartyChanged { receivable: receivable.clone(), party }, seen);
        assert_eq!(self.account.owed(&receivable), before.owed(&receivable), "who owes it changes nothing of what is owed");
        if let (Some(was), Some(is)) = (before.receivable(&receivable), self.account.receivable(&receivable)) {
            assert_eq!(is.party_on(self.today.plus_days(-1)), was.party_on(self.today.plus_days(-1)), "what has been is as it was");
            assert_eq!((is.party, is.party_on(self.today)), (party, party));
        }
    }
}
