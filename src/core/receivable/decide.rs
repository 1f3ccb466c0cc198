//! What follows from a wish or from news: the events, each of which may happen after the one before.
//!
//! Nothing is changed here. The host writes the events down and lets them happen, all or none.
//!
//! **Invariant:** news that is known already has no events; the same news with another amount is refused.

mod credit;
mod delivered;
mod interest;
mod money;
mod passing;
mod sell;
mod share;

pub use credit::{cancel, credit};
pub use delivered::{FromDelivery, delivered};
pub use interest::{AtRate, Grows, InterestTerms, by_rate, grown, interest};
pub use money::{Incoming, net, received, refund_credit, within};
pub use passing::passing;
pub use sell::{PaidToBuyer, repurchase, transfer};
pub use share::{Owing, owed_to_buyer, owing, shared};

use super::account::Account;
use super::event::{Allocation, Event};
use super::item::ItemKind;
use super::refused::Refused;
use crate::date::Date;
use crate::ident::{PaymentId, ReceivableId};
use alloc::vec::Vec;

/// An account as it would be, and the events that make it so
struct Draft {
    account: Account,
    on: Date,
    events: Vec<Event>,
}

impl Draft {
    fn of(account: &Account, on: Date) -> Self {
        Self { account: account.clone(), on, events: Vec::new() }
    }

    fn then(&mut self, event: Event) -> Result<(), Refused> {
        self.account.apply(self.on, &event)?;
        self.events.push(event);
        Ok(())
    }

    /// Takes payments off a part of a claim until so much of it is open, those that came last first
    fn make_open(&mut self, receivable: &ReceivableId, item: ItemKind, minor: i64) -> Result<(), Refused> {
        let mut missing = minor.saturating_sub(self.account.owed_item(receivable, item));
        let about = |line: &&Allocation| line.receivable == *receivable && line.item == item;
        let paid: Vec<(PaymentId, Allocation)> = self
            .account
            .payments_by_day()
            .into_iter()
            .flat_map(|(id, payment)| payment.lines.iter().filter(about).map(|line| (id.clone(), line.clone())))
            .collect();
        for (payment, line) in paid.into_iter().rev() {
            let taken = line.minor.min(missing);
            if taken > 0 {
                missing = missing.saturating_sub(taken);
                self.then(Event::AllocationReversed { payment, lines: Vec::from([Allocation { minor: taken, ..line }]) })?;
            }
        }
        if missing > 0 { Err(Refused::MoreThanThere) } else { Ok(()) }
    }
}
