//! Money has come: what it is put against, and what it puts right that was said too late.

use super::interest::InterestTerms;
use super::share::{Owing, owed_to_buyer, owing, shared};
use super::{Draft, interest};
use crate::date::Date;
use crate::ident::{PaymentId, ReceivableId, RefundId};
use crate::receivable::account::Account;
use crate::receivable::book::Reduction;
use crate::receivable::event::{Allocation, Event, ItemAmount, LevelReset, Reduced};
use crate::receivable::item::ItemKind;
use crate::receivable::payment::PaymentState;
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

/// A payment that has come
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Which
    pub payment: PaymentId,
    /// How much, in minor units
    pub minor: i64,
    /// The day on which it counts for the payer
    pub value_date: Date,
    /// The claims that the payer named, the first first (BGB section 366(1)); none where nothing was said
    pub named: Vec<ReceivableId>,
}

/// What follows from a payment that has come
///
/// It is put against the claims that the payer named, then against the others in the order of BGB section 366(2), and within a claim in the
/// order of its regime; then it is for claims that were sold, which the customer may not know (BGB section 407(1)); what is left is the customer's money. Reminders and costs that crossed it are taken back first, for on the day that
/// counts the customer had paid.
///
/// # Errors
///
/// [`Refused::PaymentDiffers`] for a payment that is known with another amount, [`Refused::PaymentState`] for one that had failed.
pub fn received(account: &Account, on: Date, incoming: &Incoming, terms: Option<&InterestTerms>) -> Result<Vec<Event>, Refused> {
    let known = account.payment(&incoming.payment);
    let known = known.filter(|known| !matches!(known.state, PaymentState::Pending { .. } | PaymentState::Failed));
    if let Some(known) = known {
        return if known.minor == incoming.minor { Ok(Vec::new()) } else { Err(Refused::PaymentDiffers) };
    }
    let mut draft = Draft::of(account, on);
    let Incoming { payment, minor, value_date, named } = incoming;
    draft.then(Event::PaymentSettled { payment: payment.clone(), minor: *minor, value_date: *value_date })?;
    let planned = shares(&draft.account, on, *minor, named);
    // What was said about a claim that is sold, and what it bears, is the buyer's.
    let is_own = |id: &ReceivableId| account.receivable(id).is_some_and(|claim| claim.sold().is_none());
    for (receivable, _) in planned.iter().filter(|(id, _)| is_own(id)) {
        crossed(&mut draft, receivable, *value_date)?;
        if let Some(terms) = terms {
            interest::up_to(&mut draft, receivable, *value_date, terms)?;
        }
    }
    let shares = shares(&draft.account, on, *minor, named);
    put(&mut draft, payment, &shares, !named.is_empty())?;
    Ok(draft.events)
}

/// What follows when the customer's own money is to be put against what is due now
///
/// # Errors
///
/// [`Refused::Held`] where a claim that is open is one of an insolvency.
pub fn net(account: &Account, on: Date) -> Result<Vec<Event>, Refused> {
    if account.receivables().any(|(id, claim)| claim.ending.is_none() && account.is_insolvent(id, on)) {
        return Err(Refused::Held);
    }
    let mut draft = Draft::of(account, on);
    let payments: Vec<PaymentId> = account.payments_by_day().into_iter().map(|(id, _)| id.clone()).collect();
    for payment in payments {
        let shares = among(&own(&draft.account, on), draft.account.held(&payment), &[]);
        put(&mut draft, &payment, &shares, false)?;
    }
    Ok(draft.events)
}

/// What follows when the customer's own money of a payment is to go back
///
/// # Errors
///
/// [`Refused::MoreThanThere`] where less of the payment is the customer's own.
pub fn refund_credit(account: &Account, on: Date, refund: &RefundId, payment: &PaymentId, minor: i64) -> Result<Vec<Event>, Refused> {
    let mut draft = Draft::of(account, on);
    draft.then(Event::RefundGranted { refund: refund.clone(), payment: payment.clone(), minor })?;
    Ok(draft.events)
}

/// Puts what is left of a payment against claims, so much against each
fn put(draft: &mut Draft, payment: &PaymentId, shares: &[(ReceivableId, i64)], designated: bool) -> Result<(), Refused> {
    let mut lines = Vec::new();
    for (receivable, minor) in shares {
        lines.extend(within(&draft.account, receivable, *minor));
    }
    if lines.is_empty() {
        return Ok(());
    }
    draft.then(Event::PaymentAllocated { payment: payment.clone(), lines, designated })
}

/// How much each claim gets: those that were named first, then the merchant's own, then those that were sold
fn shares(account: &Account, on: Date, minor: i64, named: &[ReceivableId]) -> Vec<(ReceivableId, i64)> {
    let sold: Vec<Owing> = account.receivables().filter_map(|(id, _)| owed_to_buyer(account, id, on)).collect();
    let is_named = |claim: &&Owing| named.contains(&claim.receivable);
    let meant: Vec<Owing> = sold.iter().filter(is_named).cloned().collect();
    let mut claims = own(account, on);
    claims.extend(meant);
    let mut shares = among(&claims, minor, named);
    let left = shares.iter().map(|(_, minor)| *minor).fold(minor, i64::saturating_sub);
    let others: Vec<Owing> = sold.into_iter().filter(|claim| !is_named(&claim)).collect();
    shares.extend(among(&others, left, &[]));
    shares
}

/// The merchant's own claims of which something is open
fn own(account: &Account, on: Date) -> Vec<Owing> {
    let open = account.receivables().filter(|(_, claim)| claim.ending.is_none());
    open.filter_map(|(id, _)| owing(account, id, on)).collect()
}

fn among(claims: &[Owing], minor: i64, named: &[ReceivableId]) -> Vec<(ReceivableId, i64)> {
    shared(claims, minor, named).into_iter().map(|(claim, minor)| (claim.receivable.clone(), minor)).collect()
}

/// How much each part of a claim gets of so much, in the order of its regime
#[must_use]
pub fn within(account: &Account, receivable: &ReceivableId, minor: i64) -> Vec<Allocation> {
    // Which part comes first does not depend on the day.
    let owing = owed_to_buyer(account, receivable, Date::MIN).or_else(|| owing(account, receivable, Date::MIN));
    owing.map(|claim| claim.within(minor)).unwrap_or_default()
}

/// Takes back what was said and charged after the day on which a payment counts: the customer had paid
fn crossed(draft: &mut Draft, receivable: &ReceivableId, value_date: Date) -> Result<(), Refused> {
    let Some(claim) = draft.account.receivable(receivable) else { return Ok(()) };
    let level = claim.level.clone();
    let late: Vec<ItemAmount> = claim.costs.iter().filter(|(on, _)| *on > value_date).map(|(_, cost)| *cost).collect();
    for item in ItemKind::ALL {
        let charged = late.iter().filter(|cost| cost.item == item).map(|cost| cost.minor).fold(0, i64::saturating_add);
        let minor = charged.min(draft.account.open_item(receivable, item));
        if minor > 0 {
            let lines = Vec::from([ItemAmount { item, minor }]);
            draft.then(Event::CostWaived(Reduced { receivable: receivable.clone(), lines, reduction: Reduction::CostWaived }))?;
        }
    }
    if level.number > 0 && level.since.is_some_and(|since| since > value_date) {
        let to = level.number.saturating_sub(1);
        draft.then(Event::LevelReset { receivable: receivable.clone(), to, why: LevelReset::Crossed })?;
    }
    Ok(())
}
