//! Default interest as the policy in force wants it, and accounts as a day has made them though nobody has written that down.

use super::{Ledger, day, refusal};
use crate::app::Work;
use crate::engine::Policy;
use crate::error::ApiError;
use tresen_core::ident::CustomerId;
use tresen_core::law::interest::Convention;
use tresen_core::receivable::decide::{self, Grows, InterestTerms, grown};
use tresen_core::receivable::{Account, Event};

/// By which law default interest is reckoned, and of which claims
///
/// What a customer was told holds until the term that they were given has passed: who pays in time pays what was written.
pub fn interest_terms(policy: &Policy) -> InterestTerms {
    let grows = if policy.collection().ladder.interest { Grows::AfterTerm } else { Grows::Never };
    InterestTerms { market: policy.law(), convention: Convention::default(), grows }
}

/// An account with the interest of today
pub fn as_of_today(work: &Work<'_>, account: &Account) -> Result<Account, ApiError> {
    let today = day(work.moment.today)?;
    let Ok(policy) = work.active_policy() else { return Ok(account.clone()) };
    let events = grown(account, today, &interest_terms(&policy)).map_err(refusal::told)?;
    with(account, today, &events)
}

/// A customer's account as the day has made it, though nobody has written that down yet
pub fn today(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Account, ApiError> {
    let account = Ledger::of(work, customer, currency)?.account().clone();
    let today = day(work.moment.today)?;
    let passing = decide::passing(&account, today).map_err(refusal::told)?;
    as_of_today(work, &with(&account, today, &passing)?)
}

/// An account as events of a day would make it
pub fn with(account: &Account, on: tresen_core::date::Date, events: &[Event]) -> Result<Account, ApiError> {
    let mut account = account.clone();
    events.iter().try_for_each(|event| account.apply(on, event)).map_err(refusal::told)?;
    Ok(account)
}
