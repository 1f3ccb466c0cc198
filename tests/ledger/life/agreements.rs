//! What the customer says about paying, and what comes of it.

use super::{Life, Seen};
use crate::names;
use tresen_core::ident::{PlanId, PromiseId, ReceivableId};
use tresen_core::receivable::{Event, PlanAccepted, PlanEnd, PlanState, PromiseEnd, Rate};

impl Life {
    pub(super) fn promises(&mut self, seen: Seen<'_>) {
        let open: Vec<PromiseId> = self.account.promises().filter(|(_, promise)| promise.end.is_none()).map(|(id, _)| id.clone()).collect();
        let event = if !open.is_empty() && self.chance.once_in(2) {
            let end = self.chance.pick(&[PromiseEnd::Kept, PromiseEnd::Invalidated, PromiseEnd::Broken]);
            Event::PromiseEnded { promise: self.chance.pick(&open), end }
        } else {
            let minor = self.account.balance() + self.chance.pick(&[0, 0, -1, 1_i64]);
            let date = self.later(10);
            Event::PromiseMade { promise: names::promise(self.new_number()), minor, date, grace_until: date.plus_days(2) }
        };
        self.tried(event, seen);
    }

    pub(super) fn plans(&mut self, seen: Seen<'_>) {
        let active: Vec<PlanId> =
            self.account.plans().filter(|(_, plan)| plan.state == PlanState::Active).map(|(id, _)| id.clone()).collect();
        let document = (!self.chance.once_in(12)).then_some([7; 32]);
        if !active.is_empty() && self.chance.once_in(2) {
            let plan = self.chance.pick(&active);
            let receivables = self.account.plans().find(|(id, _)| **id == plan).unwrap().1.receivables.clone();
            let event = if self.chance.once_in(2) {
                let end = self.chance.pick(&[PlanEnd::Cancelled, PlanEnd::Accelerated, PlanEnd::Completed]);
                Event::PlanEnded { plan, end, notice: !self.chance.once_in(4) }
            } else {
                Event::PlanRescheduled { plan, rates: self.rates(&receivables), document }
            };
            return self.tried(event, seen);
        }
        let mut receivables = vec![self.a_claim(), self.a_claim()];
        receivables.sort();
        receivables.dedup();
        let rates = self.rates(&receivables);
        let plan = names::plan(self.new_number());
        self.tried(Event::PlanAccepted(PlanAccepted { plan, receivables, rates, document }), seen);
    }

    fn rates(&mut self, receivables: &[ReceivableId]) -> Vec<Rate> {
        let open: i64 = receivables.iter().map(|id| self.account.open(id)).sum();
        let count = i64::try_from(self.chance.below(4) + 1).unwrap();
        let first = self.later(20);
        let each = open / count;
        let month = if self.chance.once_in(20) { 0 } else { 1 };
        let off = if self.chance.once_in(20) { 1 } else { 0 };
        (0..count)
            .map(|place| Rate {
                due: first.plus_months(i32::try_from(place).unwrap() * month),
                minor: if place == 0 { open - each * (count - 1) + off } else { each },
            })
            .filter(|rate| rate.minor != 0)
            .collect()
    }
}
