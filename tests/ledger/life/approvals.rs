//! The merchant's people give up what is owed: each may do so much alone, and for the rest somebody else has to agree.

use super::{Life, Seen};
use crate::names;
use tresen_core::receivable::{Approved, Event, ItemAmount, Mandate, Reduced, Reduction, Refused, Weight, Weighty};
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
            weight: Weight { minor: weight.minor - less, ..weight },
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

    pub(super) fn is_forgiven(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let lines: Vec<ItemAmount> = self.account.book().open(&receivable).map(|(item, minor)| ItemAmount { item, minor }).collect();
        let reduced = |lines, reduction| Reduced { receivable: receivable.clone(), lines, reduction };
        // Bit by bit, or at once
        let share = self.chance.pick(&[1, 1, 3_i64]);
        let some =
            |lines: Vec<ItemAmount>| lines.into_iter().map(|line| ItemAmount { minor: (line.minor / share).max(1), ..line }).collect();
        let costs: Vec<ItemAmount> = lines.iter().copied().filter(|line| !line.item.is_agreed() || self.chance.once_in(9)).collect();
        let event = match self.chance.below(8) {
            0 => Event::DebtWaived(reduced(some(lines), Reduction::DebtWaived)),
            1 => Event::WrittenOff(reduced(some(lines), Reduction::WrittenOff)),
            2 | 3 => {
                Event::SmallBalanceCleared(reduced(lines.into_iter().filter(|line| line.minor < 300).collect(), Reduction::SmallBalance))
            }
            _ => Event::CostWaived(reduced(costs, Reduction::CostWaived)),
        };
        self.tried(event, seen);
    }
}
