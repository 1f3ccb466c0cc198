//! Four eyes, asked of the log alone: whatever goes beyond what one person may do was agreed to by another.

use crate::auditor::lived;
use crate::life::Life;
use crate::names;
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;

use tresen_core::receivable::{Account, Event, ItemAmount, ItemKind, Mandate, Reduced, Reduction, Weighty};
use tresen_tests::chance::Chance;

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

#[test]
fn bit_by_bit_one_person_gives_up_exactly_what_the_limit_lets_them() {
    let day = Date::parse("2026-11-26").unwrap();
    let (mut let_through, mut stopped) = (0, 0);
    for seed in 0..200 {
        let mut chance = Chance::new(seed);
        let claim = names::receivable(1);
        let mut account = Account::default();
        crate::life::order(&mut account, day, &claim, 1_000_000, day);
        let limit = chance.amount();
        let act = chance.pick(&[Weighty::Waive, Weighty::WriteOff]);
        let mandate = Mandate::of([(act, limit)]);
        let mut given = 0;
        for _ in 0..30 {
            let minor = 1 + chance.amount() / 7;
            let lines = vec![ItemAmount { item: ItemKind::Principal, minor }];
            let reduced = |reduction| Reduced { receivable: claim.clone(), lines, reduction };
            let event = match act {
                Weighty::Waive => Event::DebtWaived(reduced(Reduction::DebtWaived)),
                _ => Event::WrittenOff(reduced(Reduction::WrittenOff)),
            };
            let may = mandate.permits(&account, &event).is_ok();
            assert_eq!(may, given + minor <= limit, "seed {seed}: {minor} after {given} of {limit}");
            if may {
                account.apply(day, &event).unwrap();
                given += minor;
                let_through += 1;
            } else {
                stopped += 1;
            }
        }
    }
    assert!(let_through > 300 && stopped > 1_000, "{let_through}, {stopped}");
}
