//! What follows when a day has come, and nothing else has happened.

use super::Draft;
use crate::date::Date;
use crate::ident::{PlanId, PromiseId};
use crate::receivable::account::Account;
use crate::receivable::agreement::{Promise, PromiseEnd};
use crate::receivable::event::{Event, PlanEnd};
use crate::receivable::plan::PlanState;
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

/// Promises that were kept, or whose last day has passed; plans that are paid
///
/// Asked day by day, or once after a week: the same events in the end.
///
/// # Errors
///
/// None that an account of this engine has.
pub fn passing(account: &Account, on: Date) -> Result<Vec<Event>, Refused> {
    let mut draft = Draft::of(account, on);
    let promises: Vec<(PromiseId, PromiseEnd)> =
        account.promises().filter_map(|(id, promise)| Some((id.clone(), ended(promise, on)?))).collect();
    for (promise, end) in promises {
        draft.then(Event::PromiseEnded { promise, end })?;
    }
    let plans: Vec<PlanId> =
        account.plans().filter(|(_, plan)| plan.state == PlanState::Active && plan.is_paid()).map(|(id, _)| id.clone()).collect();
    for plan in plans {
        draft.then(Event::PlanEnded { plan, end: PlanEnd::Completed, notice: false })?;
    }
    Ok(draft.events)
}

fn ended(promise: &Promise, on: Date) -> Option<PromiseEnd> {
    if promise.end.is_some() {
        return None;
    }
    if promise.paid >= promise.minor {
        return Some(PromiseEnd::Kept);
    }
    (on > promise.grace_until).then_some(if promise.paid > 0 { PromiseEnd::PartlyKept } else { PromiseEnd::Broken })
}
