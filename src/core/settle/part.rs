//! A part of what is open is paid.
//!
//! BGB section 266 lets a creditor refuse a part; the merchants here do not. The minimum is what the form begins with: less is taken as well.

use super::why::NoPart;
use super::{Claim, Situation};
use crate::ident::ReceivableId;
use crate::policy::Settlement;
use crate::receivable::Allocation;
use crate::receivable::decide::{Owing, shared};
use alloc::vec::Vec;

/// How much may be paid
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The least that is offered, in minor units
    pub from: i64,
    /// All of it, in minor units
    pub to: i64,
}

/// What so much money would pay
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// What each part of each claim gets, in the order in which the ledger puts it there
    pub lines: Vec<Allocation>,
    /// What stays open of all that can be paid here, in minor units
    pub rest: i64,
}

/// How much may be paid of what is asked for, beside what is on its way
pub(super) fn bounds(situation: &Situation, settlement: &Settlement) -> Result<Part, NoPart> {
    let to = payable(situation, &[])?;
    Ok(Part { from: settlement.part_minimum.min(to), to })
}

/// What so much money would pay that came today; `named` are the claims that the payer chose, the first first, or none
///
/// # Errors
///
/// [`NoPart::Amount`] for nothing and for more than is open; else why nothing is taken here.
pub fn part(situation: &Situation, minor: i64, named: &[ReceivableId]) -> Result<Paid, NoPart> {
    let payable = payable(situation, named)?;
    if !(1..=payable).contains(&minor) {
        return Err(NoPart::Amount);
    }
    let claims: Vec<Owing> = situation.claims.iter().map(|claim| claim.owing.clone()).collect();
    let lines = shared(&claims, minor, named).into_iter().flat_map(|(claim, minor)| claim.within(minor)).collect();
    Ok(Paid { lines, rest: payable.saturating_sub(minor) })
}

/// All that is offered to who names these claims, in minor units above zero
fn payable(situation: &Situation, named: &[ReceivableId]) -> Result<i64, NoPart> {
    let minor = situation.offered(named).map(Claim::asked).fold(0, i64::saturating_add).min(situation.balance());
    let elsewhere = |claim: &Claim| claim.owing.elsewhere;
    match minor {
        1.. => Ok(minor),
        _ if situation.open().next().is_none() => Err(NoPart::NothingOpen),
        _ if situation.open().all(elsewhere) => Err(NoPart::Elsewhere),
        _ => Err(NoPart::Held),
    }
}
