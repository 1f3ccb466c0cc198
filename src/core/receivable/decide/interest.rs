//! Default interest, reckoned from the first day of default on what was owed on each day.

use super::Draft;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::interest::{Convention, Exact, accrue};
use crate::law::late_interest::Claim;
use crate::receivable::account::Account;
use crate::receivable::claim::Receivable;
use crate::receivable::event::Event;
use crate::receivable::hold::Act;
use crate::receivable::item::ItemKind;
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

/// By which law and in which way interest is reckoned
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterestTerms {
    /// Country code of the market
    pub market: [u8; 2],
    /// How days are counted
    pub convention: Convention,
}

/// What follows when default interest is reckoned up to the end of a day: nothing for a claim that is not in default
///
/// # Errors
///
/// [`Refused::UnknownReceivable`].
pub fn interest(account: &Account, on: Date, receivable: &ReceivableId, until: Date, terms: &InterestTerms) -> Result<Vec<Event>, Refused> {
    let mut draft = Draft::of(account, on);
    up_to(&mut draft, receivable, until, terms)?;
    Ok(draft.events)
}

/// Reckons interest up to the end of a day; what was reckoned for later days is taken back
pub(super) fn up_to(draft: &mut Draft, receivable: &ReceivableId, until: Date, terms: &InterestTerms) -> Result<(), Refused> {
    let claim = draft.account.receivable(receivable).ok_or(Refused::UnknownReceivable)?;
    // Who withdrew owes none, for earlier days neither; what was charged has fallen away with the claim.
    if claim.withdrawn {
        return Ok(());
    }
    let Some(since) = claim.default_since else { return Ok(()) };
    let whole = claim.interest.earlier.plus(since_default(claim, since, until, terms));
    let more = Exact::from_parts(whole.parts().saturating_sub(claim.interest.exact.parts()));
    let is_new = claim.interest.until.is_none_or(|reckoned| until > reckoned);
    if more == Exact::ZERO || (more > Exact::ZERO && (!is_new || draft.account.blocked(Act::Interest, receivable, draft.on).is_some())) {
        return Ok(());
    }
    let minor = claim.interest.due(more);
    if minor < 0 {
        draft.make_open(receivable, ItemKind::DefaultInterest, minor.saturating_neg())?;
    }
    draft.then(Event::InterestAccrued { receivable: receivable.clone(), until, exact: more, minor })
}

/// Interest from the first day of default to a day, both counted, on what bore it on each day
fn since_default(claim: &Receivable, since: Date, until: Date, terms: &InterestTerms) -> Exact {
    let law = Claim { market: terms.market, party: claim.party, made: claim.created_on };
    let mut changes: Vec<(Date, i64)> = claim.bearing.clone();
    changes.sort_by_key(|(on, _)| *on);
    let (mut bearing, mut from, mut sum) = (0_i64, since, Exact::ZERO);
    for (on, minor) in changes {
        // What changes on a day does so at its end: the day of the payment counts.
        let to = on.min(until);
        if to >= from {
            sum = sum.plus(accrue(law, bearing, from, to, terms.convention).exact);
            from = to.plus_days(1);
        }
        bearing = bearing.saturating_add(minor);
    }
    sum.plus(accrue(law, bearing, from, until, terms.convention).exact)
}
