//! Default interest, reckoned from the first day of default on what was owed on each day.

use super::Draft;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::interest::{Accrual, Convention, Exact, accrue};
use crate::law::late_interest::Claim;
use crate::rate::Rate;
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
    /// Which claims bear more of it than was reckoned
    pub grows: Grows,
}

/// Which claims bear more default interest than was reckoned; what was reckoned for too long is taken back of all of them
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grows {
    /// All that are in default
    All,
    /// Those whose customer was told of it, once the term has passed until which what they were told holds
    AfterTerm,
    /// None
    Never,
}

impl Grows {
    fn lets(self, claim: &Receivable, until: Date) -> bool {
        let level = if claim.level.number > 0 { &claim.level } else { &claim.level_before };
        match self {
            Self::All => true,
            Self::AfterTerm => claim.interest.until.is_some() && level.term_until.is_some_and(|term| until > term),
            Self::Never => false,
        }
    }
}

/// Interest at one rate
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtRate {
    /// The first day that bears it
    pub from: Date,
    /// The last day that does
    pub to: Date,
    /// How much a year
    pub rate: Rate,
    /// What it comes to, in minor units: all of them together are rounded once
    pub minor: i64,
}

/// What default interest consists of, reckoned up to the end of a day; and whether a day among it has no figure, and so costs nothing
#[must_use]
pub fn by_rate(claim: &Receivable, until: Date, terms: &InterestTerms) -> (Vec<AtRate>, bool) {
    let Some(since) = claim.default_since else { return (Vec::new(), false) };
    let accrual = since_default(claim, since, until, terms);
    let mut rates: Vec<AtRate> = Vec::new();
    let (mut exact, mut told) = (claim.interest.earlier, claim.interest.earlier.minor());
    for segment in accrual.segments.iter().filter(|segment| segment.exact > Exact::ZERO) {
        exact = exact.plus(segment.exact);
        let minor = exact.minor().saturating_sub(told);
        told = exact.minor();
        match rates.last_mut() {
            Some(last) if last.rate == segment.interest.rate => {
                (last.to, last.minor) = (segment.to, last.minor.saturating_add(minor));
            }
            _ => rates.push(AtRate { from: segment.from, to: segment.to, rate: segment.interest.rate, minor }),
        }
    }
    (rates, !accrual.without_figure.is_empty())
}

/// What default interest has become by the end of a day: events that nobody has written down yet
///
/// # Errors
///
/// None that an account of this engine has.
pub fn grown(account: &Account, on: Date, terms: &InterestTerms) -> Result<Vec<Event>, Refused> {
    let mut draft = Draft::of(account, on);
    let open: Vec<ReceivableId> = account.receivables().filter(|(_, claim)| claim.ending.is_none()).map(|(id, _)| id.clone()).collect();
    for id in &open {
        up_to(&mut draft, id, on, terms)?;
    }
    Ok(draft.events)
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
    // Who withdrew owes none, for earlier days neither; what was charged has fallen away with the claim. Of what is sold it is the buyer's.
    if claim.withdrawn || claim.sold().is_some() {
        return Ok(());
    }
    let Some(since) = claim.default_since else { return Ok(()) };
    let whole = claim.interest.earlier.plus(since_default(claim, since, until, terms).exact);
    let more = Exact::from_parts(whole.parts().saturating_sub(claim.interest.exact.parts()));
    let is_new = claim.interest.until.is_none_or(|reckoned| until > reckoned);
    let may_grow = is_new && terms.grows.lets(claim, until);
    if more == Exact::ZERO || (more > Exact::ZERO && (!may_grow || draft.account.blocked(Act::Interest, receivable, draft.on).is_some())) {
        return Ok(());
    }
    let minor = claim.interest.due(more);
    if minor < 0 {
        draft.make_open(receivable, ItemKind::DefaultInterest, minor.saturating_neg())?;
    }
    draft.then(Event::InterestAccrued { receivable: receivable.clone(), until, exact: more, minor })
}

/// Interest from the first day of default to a day, both counted, on what bore it on each day
fn since_default(claim: &Receivable, since: Date, until: Date, terms: &InterestTerms) -> Accrual {
    let mut changes: Vec<(Date, i64)> = claim.bearing.clone();
    changes.sort_by_key(|(on, _)| *on);
    let (mut bearing, mut from, mut sum) = (0_i64, since, Accrual::default());
    for (on, minor) in changes {
        // What changes on a day does so at its end: the day of the payment counts.
        let to = on.min(until);
        if to >= from {
            bears(&mut sum, claim, bearing, from, to, terms);
            from = to.plus_days(1);
        }
        bearing = bearing.saturating_add(minor);
    }
    bears(&mut sum, claim, bearing, from, until, terms);
    sum
}

/// Interest on one amount, of each day by the law of whoever owed it on that day
fn bears(sum: &mut Accrual, claim: &Receivable, bearing: i64, from: Date, to: Date, terms: &InterestTerms) {
    let mut from = from;
    let law = |party| Claim { market: terms.market, party, made: claim.created_on };
    for (end, party) in &claim.taken_for {
        let last = end.plus_days(-1).min(to);
        if last >= from {
            sum.append(accrue(law(*party), bearing, from, last, terms.convention));
            from = *end;
        }
    }
    sum.append(accrue(law(claim.party), bearing, from, to, terms.convention));
}
