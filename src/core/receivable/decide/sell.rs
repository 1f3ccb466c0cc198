//! The title passes to a buyer, or comes back.

use super::Draft;
use super::share::owed_to_buyer;
use crate::date::Date;
use crate::ident::{PaymentId, ReceivableId};
use crate::receivable::account::Account;
use crate::receivable::event::{Event, ItemAmount};
use crate::receivable::refused::Refused;
use crate::receivable::title::Ground;
use alloc::vec::Vec;

/// What follows when the title passes: all that is open is sold at the agreed rate
///
/// # Errors
///
/// [`Refused::NoSale`] where none is agreed; whatever keeps a claim from being sold: a hold, a dispute, an agency, an end, a sheet that is over.
pub fn transfer(account: &Account, on: Date, receivable: &ReceivableId) -> Result<Vec<Event>, Refused> {
    let claim = account.receivable(receivable).ok_or(Refused::UnknownReceivable)?;
    if claim.sold().is_some() {
        return Err(Refused::Sold);
    }
    let agreed = claim.agreed_sale.as_ref().ok_or(Refused::NoSale)?;
    let items: Vec<ItemAmount> = account.book().open(receivable).map(|(item, minor)| ItemAmount { item, minor }).collect();
    let price = agreed.rate.of(account.open(receivable));
    let mut draft = Draft::of(account, on);
    draft.then(Event::TitleTransferred { receivable: receivable.clone(), sale: agreed.sale.clone(), items, price })?;
    Ok(draft.events)
}

/// What the customer has paid to the buyer
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidToBuyer {
    /// The payment as which it is kept
    pub payment: PaymentId,
    /// How much, in minor units
    pub minor: i64,
    /// The day on which it counts for the customer
    pub value_date: Date,
}

/// What follows when a claim comes back from its buyer: what the customer has paid to the buyer counts, and the buyer owes it
///
/// # Errors
///
/// [`Refused::NotSold`]; [`Refused::NoRecourse`] where the buyer was not promised that; [`Refused::MoreThanThere`] where more was paid to the buyer than
/// is left of the claim.
pub fn repurchase(
    account: &Account,
    on: Date,
    receivable: &ReceivableId,
    ground: Ground,
    paid: Option<&PaidToBuyer>,
) -> Result<Vec<Event>, Refused> {
    let mut draft = Draft::of(account, on);
    if let Some(PaidToBuyer { payment, minor, value_date }) = paid {
        let owing = owed_to_buyer(account, receivable, on).ok_or(Refused::NotSold)?;
        if *minor > owing.open() {
            return Err(Refused::MoreThanThere);
        }
        draft.then(Event::PaymentSettled { payment: payment.clone(), minor: *minor, value_date: *value_date })?;
        draft.then(Event::PaymentAllocated { payment: payment.clone(), lines: owing.within(*minor), designated: true })?;
        // It never came here: the buyer has it already. What the buyer owes anyway is not passed on.
        draft.then(Event::MisdirectedPaymentForwarded { receivable: receivable.clone(), minor: *minor })?;
    }
    draft.then(Event::Repurchased { receivable: receivable.clone(), ground })?;
    Ok(draft.events)
}
