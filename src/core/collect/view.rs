//! What a customer is shown of what they owe, on the day on which they look.
//!
//! **Invariant:** nothing is asked for that the account does not owe today, or that is not the merchant's to ask for.

use crate::date::Date;
use crate::ident::ReceivableId;
use crate::receivable::{Account, HoldReason, Holder, PaymentState};
use alloc::vec::Vec;

/// How it stands with some claims of a customer
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Something is to be paid
    Open(Asked),
    /// Nothing is open
    Settled {
        /// What was paid in all, in minor units
        paid: i64,
        /// The day that counts for the last payment; nothing where nothing was paid
        on: Option<Date>,
    },
    /// A human looks at it first; nothing is asked for
    Clarifying,
    /// An agency has the claims, or a buyer: no money is taken here
    Elsewhere,
}

/// What is asked for
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The claims that it is about
    pub claims: Vec<ReceivableId>,
    /// How much, in minor units: of a plan, what is to be paid next
    pub minor: i64,
    /// What of it default has brought, in minor units
    pub extra: i64,
    /// What can be paid of these claims in all, in minor units
    pub whole: i64,
    /// What is open of all that was asked about, to which the customer objects and which nobody asks for, in minor units
    pub disputed: i64,
    /// The last day on which it is in time
    pub due: Option<Date>,
    /// Whether that day has passed
    pub late: bool,
    /// Whether a payment is on its way
    pub under_way: bool,
}

/// How it stands with these claims today
#[must_use]
pub fn standing(account: &Account, claims: &[ReceivableId], today: Date) -> Standing {
    let open: Vec<&ReceivableId> = claims.iter().filter(|id| account.open(id) > 0).collect();
    // What is the customer's own already counts, before anybody has put it against a claim.
    if open.is_empty() || account.balance() <= 0 {
        let is_sold = claims.iter().any(|id| account.open(id) == 0 && account.owed(id) > 0);
        return if is_sold { Standing::Elsewhere } else { settled(account, claims) };
    }
    let ours = |id: &&&ReceivableId| account.receivable(id).is_some_and(|claim| claim.holder == Holder::Merchant);
    let asked: Vec<ReceivableId> = open.iter().filter(ours).filter(|id| account.asked(id, today) > 0).map(|id| (**id).clone()).collect();
    if asked.is_empty() {
        return if open.iter().any(|id| ours(&id)) { Standing::Clarifying } else { Standing::Elsewhere };
    }
    let disputed = open.iter().filter(ours).map(|id| account.disputed(id).min(account.open(id))).fold(0, i64::saturating_add);
    Standing::Open(ask(account, (asked, disputed), today))
}

fn ask(account: &Account, (claims, disputed): (Vec<ReceivableId>, i64), today: Date) -> Asked {
    let sum = |minor: &dyn Fn(&ReceivableId) -> i64| claims.iter().map(minor).fold(0, i64::saturating_add);
    let whole = sum(&|id| account.asked(id, today)).min(account.balance());
    let minor = sum(&|id| now(account, id, today)).min(whole);
    let extra =
        sum(&|id| account.book().open(id).filter(|(item, _)| !item.is_agreed()).map(|(_, minor)| minor).fold(0, i64::saturating_add));
    let due = claims.iter().filter_map(|id| account.cycle(id)).min();
    let under_way = account.holds(today).any(|hold| hold.reason == HoldReason::PaymentPending && claims.iter().any(|id| hold.concerns(id)));
    Asked { minor, extra: extra.min(minor), whole, disputed, due, late: due.is_some_and(|due| due < today), under_way, claims }
}

/// What is to be paid of a claim now: all of it, or the rates until the next one that is due
fn now(account: &Account, id: &ReceivableId, today: Date) -> i64 {
    match (account.plan_of(id), account.cycle(id)) {
        (Some(_), Some(cycle)) => account.due(id, cycle.max(today)).min(account.asked(id, today)),
        (Some(_) | None, _) => account.asked(id, today),
    }
}

fn settled(account: &Account, claims: &[ReceivableId]) -> Standing {
    let (mut paid, mut on) = (0_i64, None);
    for (_, payment) in account.payments() {
        let PaymentState::Settled { value_date } = payment.state else { continue };
        let lines = payment.lines.iter().filter(|line| claims.contains(&line.receivable));
        let minor = lines.map(|line| line.minor).fold(0, i64::saturating_add);
        if minor > 0 {
            paid = paid.saturating_add(minor);
            on = on.max(Some(value_date));
        }
    }
    Standing::Settled { paid, on }
}

#[cfg(test)]
mod tests;
