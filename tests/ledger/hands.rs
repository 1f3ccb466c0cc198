//! Four eyes, asked of the log alone: whatever goes beyond what one person may do was agreed to by another.

use crate::auditor::lived;
use crate::life::Life;
use std::collections::BTreeMap;
use tresen_core::ident::ReceivableId;
use tresen_core::receivable::{Account, Event, ItemAmount, Reduction, Weighty};

const LIVES: u64 = 200;

fn sum(lines: &[ItemAmount]) -> i64 {
    lines.iter().map(|line| line.minor).sum()
}

#[test]
fn nobody_gives_up_hands_over_or_sells_alone_more_than_they_may() {
    let (mut approved, mut acts, mut up_to) = (0, BTreeMap::<Weighty, usize>::new(), 0);
    for seed in 3_000..3_000 + LIVES {
        let life = lived(if seed % 2 == 0 { Life::selling(seed) } else { Life::new(seed) });
        let mut account = Account::default();
        // What one person did alone, and what two have agreed to and is not done
        let (mut alone, mut open) = (BTreeMap::<(ReceivableId, Weighty), i64>::new(), BTreeMap::<(ReceivableId, Weighty), i64>::new());
        for (on, event) in &life.log {
            let act = match event {
                Event::ActApproved(by) => {
                    assert_ne!(by.proposed_by, by.approved_by, "{event:?}");
                    open.insert((by.weight.receivable.clone(), by.weight.act), by.weight.minor);
                    approved += 1;
                    None
                }
                Event::DebtWaived(reduced) => Some((Weighty::Waive, &reduced.receivable, sum(&reduced.lines))),
                Event::CostWaived(reduced) => {
                    open.remove(&(reduced.receivable.clone(), Weighty::Waive));
                    None
                }
                Event::WrittenOff(reduced) | Event::SmallBalanceCleared(reduced) => {
                    Some((Weighty::WriteOff, &reduced.receivable, sum(&reduced.lines)))
                }
                Event::CreditNoteIssued(note) if note.reduced.reduction == Reduction::Goodwill => {
                    Some((Weighty::Settle, &note.reduced.receivable, sum(&note.reduced.lines)))
                }
                Event::Placed { receivable, .. } => Some((Weighty::HandOver, receivable, account.open(receivable))),
                Event::SaleAgreed { receivable, .. } => Some((Weighty::Sell, receivable, account.open(receivable))),
                _ => None,
            };
            if let Some((act, claim, minor)) = act {
                let key = (claim.clone(), act);
                let by_two = open.remove(&key).unwrap_or(0).min(minor);
                let by_one = minor - by_two;
                let before = if matches!(act, Weighty::HandOver | Weighty::Sell) { 0 } else { alone.get(&key).copied().unwrap_or(0) };
                let limit = life.mandate.limit(act).unwrap_or(i64::MAX);
                assert!(by_one == 0 || by_one + before <= limit, "{event:?}: {by_one} after {before} alone, above {limit}");
                up_to += usize::from(by_one > 0 && life.mandate.limit(act).is_some());
                *alone.entry(key).or_insert(0) += by_one;
                *acts.entry(act).or_insert(0) += 1;
            }
            account.apply(*on, event).unwrap();
        }
    }
    assert!(approved > 150 && up_to > 50 && acts.len() == 5 && acts.values().all(|times| *times > 20), "{approved}, {up_to}, {acts:?}");
}
