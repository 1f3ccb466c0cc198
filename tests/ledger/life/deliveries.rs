//! The goods arrive, and a term may run from that day; whatever else has happened, nobody is worse off for it.

use super::{Life, Seen};
use tresen_core::calendar::Calendar;
use tresen_core::receivable::decide::{self, FromDelivery};

impl Life {
    pub(super) fn arrives(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let delivered_on = self.later(4);
        let days = self.chance.pick(&[0, 5, 14]);
        let term = self.chance.once_in(2).then_some(FromDelivery { days, calendar: Calendar::GermanyNationwide });
        let events = decide::delivered(&self.account, self.today, &receivable, delivered_on, term);
        let before = self.account.clone();
        self.all(events, seen);
        let (Some(was), Some(is)) = (before.receivable(&receivable), self.account.receivable(&receivable)) else { return };
        assert!(self.account.open(&receivable) <= before.open(&receivable), "a delivery makes nothing dearer");
        assert!(is.delivered_on >= was.delivered_on && is.delivered_on.is_none_or(|on| on <= self.today));
        assert!(is.due >= was.due, "nobody has less time than they were told");
        if is.due != was.due {
            assert!(is.due >= Some(self.today).min(was.due) && is.default_since.is_none() && is.level.number == 0);
            assert!(term.is_some() && was.deferred_until.is_none() && was.ending.is_none() && before.plan_of(&receivable).is_none());
            assert!(was.due.is_some() || is.due >= Some(self.today), "no day that nobody knew of has passed");
        }
    }
}
