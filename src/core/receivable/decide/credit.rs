//! The merchant gives credit, or the customer withdraws.

use super::Draft;
use crate::date::Date;
use crate::ident::{CreditNoteId, ReceivableId};
use crate::receivable::account::Account;
use crate::receivable::book::Reduction;
use crate::receivable::event::{CreditNoteIssued, Event, ItemAmount, Reduced};
use crate::receivable::item::ItemKind;
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

/// What follows from a credit note: it takes off the price, then off fees and agreed interest; what was paid for that is the customer's money
/// again
///
/// # Errors
///
/// [`Refused::OverPrincipal`] where more would be credited than was agreed, [`Refused::Exists`] for a note that is known.
pub fn credit(
    account: &Account,
    on: Date,
    note: &CreditNoteId,
    receivable: &ReceivableId,
    minor: i64,
    reduction: Reduction,
) -> Result<Vec<Event>, Refused> {
    let mut draft = Draft::of(account, on);
    give(&mut draft, note, receivable, minor, reduction)?;
    Ok(draft.events)
}

/// What follows when the customer withdraws from the contract (BGB sections 355 and 357): everything agreed is credited, and what default brought
/// falls away with it
///
/// # Errors
///
/// As [`credit`].
pub fn cancel(account: &Account, on: Date, note: &CreditNoteId, receivable: &ReceivableId) -> Result<Vec<Event>, Refused> {
    let claim = account.receivable(receivable).ok_or(Refused::UnknownReceivable)?;
    // What was written off or waived of it is not there to be credited.
    let left = account.sums(receivable).map_or(0, |sums| sums.agreed.saturating_sub(sums.credited).saturating_sub(sums.let_go));
    let mut draft = Draft::of(account, on);
    if !claim.withdrawn {
        draft.then(Event::WithdrawalReceived { receivable: receivable.clone() })?;
    }
    if left > 0 {
        give(&mut draft, note, receivable, left, Reduction::Withdrawal)?;
    }
    waive_default(&mut draft, receivable)?;
    Ok(draft.events)
}

/// What default brought falls away, and what was paid of it is the customer's money again
pub(super) fn waive_default(draft: &mut Draft, receivable: &ReceivableId) -> Result<(), Refused> {
    for item in ItemKind::ALL.into_iter().filter(|item| !item.is_agreed()) {
        let paid = paid(&draft.account, receivable, item);
        let whole = draft.account.owed_item(receivable, item).saturating_add(paid);
        if whole > 0 {
            draft.make_open(receivable, item, whole)?;
            let lines = Vec::from([ItemAmount { item, minor: whole }]);
            draft.then(Event::CostWaived(Reduced { receivable: receivable.clone(), lines, reduction: Reduction::CostWaived }))?;
        }
    }
    Ok(())
}

fn give(draft: &mut Draft, note: &CreditNoteId, receivable: &ReceivableId, minor: i64, reduction: Reduction) -> Result<(), Refused> {
    let mut left = minor;
    let mut lines = Vec::new();
    for item in ItemKind::ALL.into_iter().filter(|item| item.is_agreed()) {
        let there = draft.account.owed_item(receivable, item).saturating_add(paid(&draft.account, receivable, item));
        let taken = there.min(left);
        if taken > 0 {
            left = left.saturating_sub(taken);
            lines.push(ItemAmount { item, minor: taken });
        }
    }
    if left > 0 {
        return Err(Refused::OverPrincipal);
    }
    for line in &lines {
        draft.make_open(receivable, line.item, line.minor)?;
    }
    let reduced = Reduced { receivable: receivable.clone(), lines, reduction };
    draft.then(Event::CreditNoteIssued(CreditNoteIssued { note: note.clone(), reduced }))
}

/// What was paid on a part of a claim, in minor units
fn paid(account: &Account, receivable: &ReceivableId, item: ItemKind) -> i64 {
    let lines = account.payments().flat_map(|(_, payment)| &payment.lines);
    lines.filter(|line| line.receivable == *receivable && line.item == item).map(|line| line.minor).fold(0, i64::saturating_add)
}
