//! What is sold, asked of the log alone: by an auditor that reckons prices and what lies with whom by itself.

use crate::auditor::lived;
use crate::life::Life;
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::ident::{ReceivableId, SaleId};
use tresen_core::receivable::{Account, Agreed, Event, ItemKind, Place};

/// So many lives of merchants who sell
const LIVES: u64 = 600;

/// A claim that is sold, by its log
struct Title {
    agreed: Agreed,
    face: BTreeMap<ItemKind, i64>,
}

impl Title {
    /// Half up, in whole numbers of another kind
    fn price(&self) -> i64 {
        let face: i64 = self.face.values().sum();
        let doubled = i128::from(face) * i128::from(self.agreed.rate.ppm()) * 2 + 1_000_000;
        i64::try_from(doubled.div_euclid(2_000_000)).unwrap()
    }
}

/// Whose the claims are, by their log
#[derive(Default)]
struct Titles {
    agreed: BTreeMap<ReceivableId, Agreed>,
    sold: BTreeMap<ReceivableId, Title>,
    used: BTreeMap<(SaleId, ReceivableId), usize>,
}

impl Titles {
    fn happens(&mut self, on: Date, event: &Event, life: &Life) {
        match event {
            Event::SaleAgreed { receivable, agreed } => {
                let sheet = &life.sheets[&agreed.sheet];
                assert_eq!(agreed.class, life.classes[receivable], "{event:?}: not the class of the order");
                let written: BTreeMap<&str, u32> = sheet.rates().map(|(class, rate)| (class, rate.ppm())).collect();
                assert_eq!(written[life.classes[receivable]], agreed.rate.ppm(), "{event:?}: not what the sheet gives");
                assert!(sheet.valid().0 <= on && agreed.until == sheet.valid().1, "{event:?}: not in the time of the sheet");
                assert_eq!((agreed.recourse, agreed.buyer.as_str()), (sheet.recourse(), sheet.buyer()));
                assert!(!self.sold.contains_key(receivable), "{event:?}: it is sold");
                assert!(self.agreed.insert(receivable.clone(), agreed.clone()).is_none(), "{event:?}: it is promised to somebody");
                assert!(on <= agreed.until, "{event:?}: the sheet is over");
            }
            Event::SaleCancelled { receivable } => drop(self.agreed.remove(receivable).unwrap()),
            Event::TitleTransferred { receivable, sale, items, price } => {
                let agreed = self.agreed.remove(receivable).unwrap();
                assert!(agreed.sale == *sale && on <= agreed.until, "{event:?}: another sale, or too late");
                let title = Title { agreed, face: items.iter().map(|line| (line.item, line.minor)).collect() };
                assert_eq!(title.price(), *price, "{event:?}");
                assert!(self.sold.insert(receivable.clone(), title).is_none(), "{event:?}: sold twice");
                *self.used.entry((sale.clone(), receivable.clone())).or_insert(0) += 1;
            }
            Event::Repurchased { receivable, .. } => drop(self.sold.remove(receivable).unwrap()),
            _ => {}
        }
    }
}

/// The claim that a seller's act is about, where it is one that only who owns the claim may do
fn owners_act(event: &Event) -> Option<&ReceivableId> {
    match event {
        Event::LevelRaised { receivable, .. }
        | Event::CostCharged { receivable, .. }
        | Event::InterestAccrued { receivable, .. }
        | Event::DefaultStarted { receivable, .. }
        | Event::DueDateSet { receivable, .. }
        | Event::DeferralGranted { receivable, .. }
        | Event::Placed { receivable, .. } => Some(receivable),
        Event::DebtWaived(reduced) | Event::SmallBalanceCleared(reduced) | Event::WrittenOff(reduced) => Some(&reduced.receivable),
        _ => None,
    }
}

#[test]
fn what_is_sold_is_owed_to_the_buyer_and_the_seller_does_nothing_about_it() {
    let (mut transfers, mut later, mut back, mut credited, mut revived) = (0, 0, 0, 0, 0);
    for life in (2_000..2_000 + LIVES).map(|seed| lived(Life::selling(seed))) {
        let (mut account, mut titles) = (Account::default(), Titles::default());
        for (on, event) in &life.log {
            let before = account.clone();
            account.apply(*on, event).unwrap();
            if let Some(claim) = owners_act(event) {
                assert!(!titles.sold.contains_key(claim), "{event:?} about a claim that is sold");
            }
            if let Event::PlanAccepted(accepted) = event {
                assert!(!accepted.receivables.iter().any(|id| titles.sold.contains_key(id)), "{event:?}");
            }
            titles.happens(*on, event, &life);
            transfers += usize::from(matches!(event, Event::TitleTransferred { .. }));
            back += usize::from(matches!(event, Event::Repurchased { .. }));
            let at = |account: &Account, place: Place| account.book().at(&place);
            for (id, title) in &titles.sold {
                assert_eq!(account.open(id), 0, "{event:?}: the seller's ledger is at zero");
                if before.receivable(id).is_none_or(|claim| claim.sold().is_none()) {
                    continue;
                }
                // What the customer owes less moves with what the buyer is owed, or with the price, and with nothing else.
                let clearing = at(&account, Place::Clearing(id.clone())) - at(&before, Place::Clearing(id.clone()));
                match event {
                    Event::PaymentAllocated { lines, .. } | Event::AllocationReversed { lines, .. } => {
                        let sign = if matches!(event, Event::PaymentAllocated { .. }) { -1 } else { 1 };
                        let moved: i64 = lines.iter().filter(|line| line.receivable == *id).map(|line| line.minor * sign).sum();
                        assert_eq!(clearing, moved, "{event:?}");
                        assert_eq!(account.owed(id) - before.owed(id), moved, "{event:?}");
                        later += usize::from(moved < 0);
                    }
                    Event::ChargebackOpened { .. } | Event::ChargebackWon { .. } | Event::PaymentReversed { .. } => {
                        assert_eq!(clearing, account.owed(id) - before.owed(id), "{event:?}");
                        revived += usize::from(clearing > 0);
                    }
                    Event::MisdirectedPaymentForwarded { receivable, minor } if receivable == id => assert_eq!(clearing, *minor),
                    Event::CreditNoteIssued(note) if note.reduced.receivable == *id => {
                        let total: i64 = note.reduced.lines.iter().map(|line| line.minor).sum();
                        assert_eq!(before.owed(id) - account.owed(id), total, "{event:?}");
                        credited += 1;
                    }
                    Event::CostWaived(reduced) if reduced.receivable == *id => {}
                    _ => assert_eq!((clearing, account.owed(id)), (0, before.owed(id)), "{event:?}: nothing of it is lost or comes back"),
                }
                // Whatever class the customer has by now, the price is that of the order.
                let sold = account.receivable(id).unwrap().sold().unwrap();
                assert_eq!(sold.agreed, title.agreed, "{event:?}");
                let now = Title { agreed: title.agreed.clone(), face: BTreeMap::from([(ItemKind::Principal, sold.face())]) };
                assert_eq!(sold.price(), now.price(), "{event:?}");
                assert!(sold.price() <= title.price(), "{event:?}: a price only falls, with what is credited");
                assert!(sold.face() <= title.face.values().sum(), "{event:?}");
            }
        }
        assert!(titles.used.values().all(|times| *times == 1), "one sale, one title");
    }
    let seen = [transfers, later, back, credited, revived];
    assert!(transfers > 250 && later > 350 && back > 200 && credited > 25 && revived > 15, "{seen:?}");
}
