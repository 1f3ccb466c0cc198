//! Where money goes: which claims get how much of it, and which of their parts.
//!
//! The browser asks this of what it was told as the ledger asks it of its account: there is one answer.
//!
//! **Invariant:** no part gets more than is open of it, and all parts together no more than there is money.

use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::allocation::{Debt, Kind, Regime, allocate, between};
use crate::receivable::account::Account;
use crate::receivable::claim::Holder;
use crate::receivable::event::Allocation;
use crate::receivable::item::ItemKind;
use alloc::vec::Vec;

/// A claim, as far as it matters to where money goes
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    /// Which
    pub receivable: ReceivableId,
    /// In which order its parts are paid
    pub regime: Regime,
    /// What is open of it, part by part, in minor units above zero
    pub items: Vec<(ItemKind, i64)>,
    /// Whether something of it is due
    pub due: bool,
    /// What the customer objects to, in minor units
    pub disputed: i64,
    /// Whether the customer is in default with it
    pub in_default: bool,
    /// Whether an agency has it
    pub elsewhere: bool,
    /// The day by which it is to be paid, or on which it came to be
    pub since: Date,
}

impl Owing {
    /// What is open of it in all, in minor units
    #[must_use]
    pub fn open(&self) -> i64 {
        self.items.iter().map(|(_, minor)| *minor).fold(0, i64::saturating_add)
    }

    /// What is open of it and nobody objects to, in minor units
    #[must_use]
    pub fn undisputed(&self) -> i64 {
        self.open().saturating_sub(self.disputed).max(0)
    }

    /// What each of its parts gets of so much, in the order of its regime
    #[must_use]
    pub fn within(&self, minor: i64) -> Vec<Allocation> {
        let items: Vec<(Kind, i64)> = self.items.iter().map(|(item, minor)| (item.kind(), *minor)).collect();
        let part = |place: usize| self.items.get(place).map(|(item, _)| *item);
        let paid = allocate(self.regime, &items, minor).lines.into_iter();
        let line = |item, minor| Allocation { receivable: self.receivable.clone(), item, minor };
        paid.filter_map(|paid| Some(line(part(paid.place)?, paid.minor))).collect()
    }

    /// What is open of it that the customer objects to, or does not, as a debt of its own
    fn debt(&self, is_disputed: bool) -> Debt {
        let undisputed = self.undisputed();
        let open_minor = if is_disputed { self.open().saturating_sub(undisputed) } else { undisputed };
        // With an agency it costs the customer most, in default next.
        let burden = u32::from(self.elsewhere).saturating_mul(2).saturating_add(self.in_default.into());
        Debt { open_minor, is_due: self.due, security: 0, burden, since: self.since }
    }
}

/// A claim on a day; nothing for one that is not there
#[must_use]
pub fn owing(account: &Account, receivable: &ReceivableId, on: Date) -> Option<Owing> {
    let claim = account.receivable(receivable)?;
    Some(Owing {
        receivable: receivable.clone(),
        regime: claim.regime,
        items: account.book().open(receivable).collect(),
        due: account.due(receivable, on) > 0,
        disputed: account.disputed(receivable),
        in_default: claim.default_since.is_some(),
        elsewhere: claim.holder != Holder::Merchant,
        since: account.cycle(receivable).unwrap_or(claim.created_on),
    })
}

/// A claim that is a buyer's, as far as money for it is concerned that reaches the seller; nothing for any other
#[must_use]
pub fn owed_to_buyer(account: &Account, receivable: &ReceivableId, on: Date) -> Option<Owing> {
    let sold = account.receivable(receivable)?.sold()?;
    // In the order of the parts, as with a claim of one's own.
    let items = ItemKind::ALL.into_iter().map(|item| (item, sold.left_of(item))).filter(|(_, minor)| *minor > 0).collect();
    Some(Owing { items, ..owing(account, receivable, on)? })
}

/// How much each claim gets: those that the payer named, the first first (BGB section 366(1)), then the others by subsection 2
///
/// Nobody means what they object to: of those that were named, and then of the others, that part gets what is left.
#[must_use]
pub fn shared<'a>(claims: &'a [Owing], minor: i64, named: &[ReceivableId]) -> Vec<(&'a Owing, i64)> {
    let mut left = minor;
    let mut got: Vec<(&Owing, i64)> = Vec::new();
    let add = |got: &mut Vec<(&'a Owing, i64)>, claim: &'a Owing| {
        if !got.iter().any(|(other, _)| core::ptr::eq(*other, claim)) {
            got.push((claim, 0));
        }
    };
    named.iter().filter_map(|name| claims.iter().find(|claim| claim.receivable == *name)).for_each(|claim| add(&mut got, claim));
    let chosen = got.len();
    claims.iter().for_each(|claim| add(&mut got, claim));
    let mut pay = |group: &mut [(&Owing, i64)], is_disputed: bool| {
        let debts: Vec<Debt> = group.iter().map(|(claim, _)| claim.debt(is_disputed)).collect();
        let paid = between(&debts, left, None);
        left = paid.left_minor;
        group.iter_mut().zip(paid.minor).for_each(|((_, got), minor)| *got = got.saturating_add(minor));
    };
    if let Some((first, others)) = got.split_at_mut_checked(chosen) {
        for is_disputed in [false, true] {
            first.chunks_mut(1).for_each(|one| pay(one, is_disputed));
        }
        for is_disputed in [false, true] {
            pay(others, is_disputed);
        }
    }
    got.retain(|(_, minor)| *minor > 0);
    got
}
