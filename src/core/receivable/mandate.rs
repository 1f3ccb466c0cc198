//! What one person may do alone with the merchant's claims, and from which amount on a second has to agree.
//!
//! **Invariant:** whoever agrees is somebody else than whoever proposed it; the account refuses an approval of one person by themselves.
//! **Invariant:** an approval is good for one act about one claim, and for no more than was approved.
//! **Invariant:** what is given up of a claim bit by bit weighs as much as at once.

use super::account::Account;
use super::book::Reduction;
use super::event::{Event, ItemAmount};
use super::refused::Refused;
use crate::date::Date;
use crate::ident::{ApprovalId, ReceivableId};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;

/// An act that may need a second person
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weighty {
    /// Forgiving a debt, or what default brought
    Waive,
    /// Taking less than is owed: goodwill
    Settle,
    /// Giving up what is not expected any more
    WriteOff,
    /// Handing a claim over to an agency
    HandOver,
    /// Selling it
    Sell,
}

impl Weighty {
    /// All of them
    pub const ALL: [Self; 5] = [Self::Waive, Self::Settle, Self::WriteOff, Self::HandOver, Self::Sell];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waive => "waive",
            Self::Settle => "settle",
            Self::WriteOff => "write_off",
            Self::HandOver => "hand_over",
            Self::Sell => "sell",
        }
    }

    /// Whether several of them about one claim add up: each gives up another part of it
    fn adds_up(self) -> bool {
        match self {
            Self::Waive | Self::Settle | Self::WriteOff => true,
            Self::HandOver | Self::Sell => false,
        }
    }
}

/// Up to which amounts one person may act alone, in minor units
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mandate(BTreeMap<Weighty, i64>);

/// How much an act about a claim is
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Which act
    pub act: Weighty,
    /// About which claim
    pub receivable: ReceivableId,
    /// How much of it, in minor units
    pub minor: i64,
}

/// A second person agreed to an act
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// Which approval
    pub approval: ApprovalId,
    /// What was agreed to, and for how much at most
    pub weight: Weight,
    /// Who proposed it, by the host's name for them
    pub proposed_by: String,
    /// Who agreed, by the host's name for them
    pub approved_by: String,
}

/// What two persons have agreed to, and what one has done alone
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hands {
    approvals: BTreeSet<ApprovalId>,
    /// What is approved and not done yet
    granted: BTreeMap<(ReceivableId, Weighty), i64>,
    /// What was given up without a second person
    alone: BTreeMap<(ReceivableId, Weighty), i64>,
}

impl Mandate {
    /// The limits that are said; an act without one needs nobody else
    #[must_use]
    pub fn of(limits: impl IntoIterator<Item = (Weighty, i64)>) -> Self {
        Self(limits.into_iter().collect())
    }

    /// Up to which amount one person may do it alone, in minor units; nothing where any amount is
    #[must_use]
    pub fn limit(&self, act: Weighty) -> Option<i64> {
        self.0.get(&act).copied()
    }

    /// Whether an event may happen to an account at somebody's wish, by what was approved so far
    ///
    /// # Errors
    ///
    /// [`Refused::NeedsSecond`].
    pub fn permits(&self, account: &Account, event: &Event) -> Result<(), Refused> {
        let Some(weight) = weighs(account, event) else { return Ok(()) };
        let Some(limit) = self.limit(weight.act) else { return Ok(()) };
        let alone = account.hands.unapproved(&weight);
        let before = if weight.act.adds_up() { account.hands.alone(&weight) } else { 0 };
        if alone > 0 && alone.saturating_add(before) > limit { Err(Refused::NeedsSecond) } else { Ok(()) }
    }

    /// The first act among events, each after the one before, for which a second person is needed
    ///
    /// # Errors
    ///
    /// The first refusal of the account.
    pub fn needs(&self, account: &Account, on: Date, events: &[Event]) -> Result<Option<Weight>, Refused> {
        let mut account = account.clone();
        for event in events {
            if self.permits(&account, event).is_err() {
                return Ok(weighs(&account, event));
            }
            account.apply(on, event)?;
        }
        Ok(None)
    }
}

/// Which act an event is, and how much; nothing where it never needs a second person
#[must_use]
pub fn weighs(account: &Account, event: &Event) -> Option<Weight> {
    let sum = |lines: &[ItemAmount]| lines.iter().map(|line| line.minor).fold(0, i64::saturating_add);
    let weight = |act, receivable: &ReceivableId, minor| Some(Weight { act, receivable: receivable.clone(), minor });
    match event {
        Event::DebtWaived(reduced) | Event::CostWaived(reduced) => weight(Weighty::Waive, &reduced.receivable, sum(&reduced.lines)),
        Event::WrittenOff(reduced) | Event::SmallBalanceCleared(reduced) => {
            weight(Weighty::WriteOff, &reduced.receivable, sum(&reduced.lines))
        }
        // What was returned, wrong or rightly objected to is nobody's gift.
        Event::CreditNoteIssued(note) if note.reduced.reduction == Reduction::Goodwill => {
            weight(Weighty::Settle, &note.reduced.receivable, sum(&note.reduced.lines))
        }
        Event::Placed { receivable, .. } => weight(Weighty::HandOver, receivable, account.open(receivable)),
        Event::SaleAgreed { receivable, .. } => weight(Weighty::Sell, receivable, account.open(receivable)),
        _ => None,
    }
}

impl Hands {
    /// Somebody agrees
    pub(super) fn approve(&mut self, approved: &Approved) -> Result<(), Refused> {
        let Approved { approval, weight, proposed_by, approved_by } = approved;
        if weight.minor <= 0 {
            return Err(Refused::NotPositive);
        }
        if proposed_by == approved_by || approved_by.is_empty() || proposed_by.is_empty() {
            return Err(Refused::SamePerson);
        }
        if !self.approvals.insert(approval.clone()) {
            return Err(Refused::Exists);
        }
        self.granted.insert((weight.receivable.clone(), weight.act), weight.minor);
        Ok(())
    }

    /// An act is done: an approval for it is used up, and what goes beyond it was done alone
    pub(super) fn done(&mut self, weight: Weight, is_by_law: bool) {
        let alone = self.unapproved(&weight);
        let key = (weight.receivable, weight.act);
        self.granted.remove(&key);
        if alone > 0 && key.1.adds_up() && !is_by_law {
            let sum = self.alone.entry(key).or_insert(0);
            *sum = sum.saturating_add(alone);
        }
    }

    /// What of an act nobody else has agreed to, in minor units
    fn unapproved(&self, weight: &Weight) -> i64 {
        let granted = self.granted.get(&(weight.receivable.clone(), weight.act)).copied().unwrap_or(0);
        weight.minor.saturating_sub(granted).max(0)
    }

    fn alone(&self, weight: &Weight) -> i64 {
        self.alone.get(&(weight.receivable.clone(), weight.act)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::allocation::Regime;
    use crate::law::regime::Party;
    use crate::receivable::{Created, ItemKind, Reduced};

    const LIMIT: i64 = 10_000;

    fn claim() -> ReceivableId {
        ReceivableId::from_bytes([1; 16])
    }

    fn day() -> Date {
        Date::parse("2026-11-26").unwrap()
    }

    fn mandate() -> Mandate {
        Mandate::of(Weighty::ALL.map(|act| (act, LIMIT)))
    }

    fn reduced(minor: i64, reduction: Reduction) -> Reduced {
        Reduced { receivable: claim(), lines: [ItemAmount { item: ItemKind::Principal, minor }].into(), reduction }
    }

    fn waived(minor: i64) -> Event {
        Event::DebtWaived(reduced(minor, Reduction::DebtWaived))
    }

    fn approval(number: u8, minor: i64, (one, other): (&str, &str)) -> Event {
        let weight = Weight { act: Weighty::Waive, receivable: claim(), minor };
        Event::ActApproved(Approved {
            approval: ApprovalId::from_bytes([number; 16]),
            weight,
            proposed_by: one.into(),
            approved_by: other.into(),
        })
    }

    /// A claim of 500.00, after those events
    fn account(events: &[Event]) -> Account {
        let items = [ItemAmount { item: ItemKind::Principal, minor: 50_000 }].into();
        let created = Created { receivable: claim(), party: Party::Consumer, regime: Regime::Bgb367, items };
        let mut account = Account::default();
        account.apply(day(), &Event::ReceivableCreated(created)).unwrap();
        events.iter().for_each(|event| account.apply(day(), event).unwrap());
        account
    }

    fn permits(before: &[Event], event: &Event) -> bool {
        mandate().permits(&account(before), event).is_ok()
    }

    #[test]
    fn one_person_alone_may_do_what_the_limit_says_and_not_a_cent_more() {
        for (minor, may) in [(LIMIT - 1, true), (LIMIT, true), (LIMIT + 1, false)] {
            assert_eq!(permits(&[], &waived(minor)), may, "waive {minor}");
            assert_eq!(permits(&[], &Event::WrittenOff(reduced(minor, Reduction::WrittenOff))), may, "write off {minor}");
        }
        assert!(Mandate::default().permits(&account(&[]), &waived(50_000)).is_ok(), "nothing is said");
        assert!(Mandate::of([(Weighty::Waive, 0)]).permits(&account(&[]), &waived(1)).is_err(), "nothing alone");
        assert!(!permits(&[], &Event::Placed { receivable: claim(), agency: "agency".into() }), "500.00 to an agency");
    }

    #[test]
    fn bit_by_bit_is_no_more_than_at_once() {
        assert!(permits(&[waived(6_000)], &waived(4_000)));
        assert!(!permits(&[waived(6_000)], &waived(4_001)));
        assert!(permits(&[waived(6_000)], &Event::WrittenOff(reduced(LIMIT, Reduction::WrittenOff))), "another act, another limit");
    }

    #[test]
    fn an_approval_is_of_two_persons_and_good_once_and_for_what_was_approved() {
        let approved = approval(1, 20_000, ("anna", "bert"));
        assert!(permits(core::slice::from_ref(&approved), &waived(20_000)));
        assert!(permits(core::slice::from_ref(&approved), &waived(30_000)), "10.00 beyond it are within the limit");
        assert!(!permits(core::slice::from_ref(&approved), &waived(30_001)));
        assert!(!permits(&[approved.clone(), waived(20_000)], &waived(LIMIT + 1)), "it is used up");
        assert!(permits(&[approved.clone(), waived(20_000)], &waived(LIMIT)), "what two agreed to counts for nobody alone");
        let refused = |event: &Event| account(core::slice::from_ref(&approved)).apply(day(), event);
        assert_eq!(refused(&approval(2, 1, ("anna", "anna"))), Err(Refused::SamePerson));
        assert_eq!(refused(&approval(2, 1, ("anna", ""))), Err(Refused::SamePerson));
        assert_eq!(refused(&approval(1, 1, ("anna", "bert"))), Err(Refused::Exists));
        assert_eq!(refused(&approval(2, 0, ("anna", "bert"))), Err(Refused::NotPositive));
    }

    #[test]
    fn the_first_act_that_is_too_much_is_named() {
        let needed = mandate().needs(&account(&[]), day(), &[waived(LIMIT), waived(1)]);
        assert_eq!(needed, Ok(Some(Weight { act: Weighty::Waive, receivable: claim(), minor: 1 })));
        assert_eq!(mandate().needs(&account(&[]), day(), &[waived(LIMIT)]), Ok(None));
        assert_eq!(
            mandate().needs(&account(&[]), day(), &[waived(1), waived(60_000)]).map(|_| ()),
            Ok(()),
            "which the account would refuse anyway"
        );
    }
}
