//! What stops the reminders without paying: an objection, a return, a withdrawal, need.

use super::plan::{self, PlanBounds};
use super::why::{NoDispute, NoHardship, NoReturn, NoWithdrawal};
use super::{Claim, Situation};
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::regime::Party;
use crate::law::withdrawal::withdrawal;
use crate::policy::Settlement;
use crate::receivable::HoldReason;
use alloc::vec::Vec;

/// How much of a claim may be objected to
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputable {
    /// Which claim
    pub receivable: ReceivableId,
    /// All of it, in minor units
    pub to: i64,
}

/// Some pieces of a line of the order
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pieces {
    /// What the whole line costs, in minor units
    pub line: i64,
    /// How many pieces are meant
    pub pieces: u32,
    /// Of how many in the line
    pub of: u32,
}

/// What would come of an objection
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objected {
    /// How much of the claim it is about, in minor units
    pub minor: i64,
    /// What stays asked for meanwhile, of other claims, in minor units
    pub asked: i64,
}

/// A contract from which the customer may withdraw
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocable {
    /// Which claim
    pub receivable: ReceivableId,
    /// The last day; nothing while nobody knows that the goods have arrived, for then the time has not begun (BGB section 356(2))
    pub until: Option<Date>,
}

/// What is done for who says that money is tight
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// The last day on which nobody reminds firmly and nothing is added
    pub pause_until: Date,
    /// Which plans may be chosen then, if any
    pub plan: Option<PlanBounds>,
}

/// What may be objected to; where nothing may, why the first claim may not
pub(super) fn disputable(situation: &Situation) -> Result<Vec<Disputable>, NoDispute> {
    let (mut all, mut first) = (Vec::new(), None);
    for claim in situation.open() {
        match objection(claim) {
            Ok(to) => all.push(Disputable { receivable: claim.owing.receivable.clone(), to }),
            Err(why) => first = first.or(Some(why)),
        }
    }
    if all.is_empty() { Err(first.unwrap_or(NoDispute::NothingOpen)) } else { Ok(all) }
}

impl Pieces {
    /// What they cost, in minor units: their share of the line, rounded up, so that no cent of what is objected to stays asked for
    #[must_use]
    pub fn minor(&self) -> i64 {
        let of = i64::from(self.of.max(1));
        // What does not go up in whole pieces is below the number of pieces, so that its product is whole in 64 bits.
        let (each, rest) = (self.line.div_euclid(of), self.line.rem_euclid(of).unsigned_abs());
        let rest = rest.saturating_mul(self.pieces.into()).div_ceil(of.unsigned_abs());
        each.saturating_mul(self.pieces.into()).saturating_add(i64::try_from(rest).unwrap_or(i64::MAX))
    }
}

/// What would come of an objection to some pieces of what was ordered, or to all that is open where none is named
///
/// It is about no more than is open and not objected to; a discount on the whole order lowers no piece of it. Nobody reminds of the claim meanwhile; the
/// rest of it can be paid.
///
/// # Errors
///
/// As [`dispute`].
pub fn object(situation: &Situation, receivable: &ReceivableId, pieces: &[Pieces]) -> Result<Objected, NoDispute> {
    let claim = situation.claim(receivable).ok_or(NoDispute::Unknown)?;
    let whole = claim.owing.undisputed();
    let named = pieces.iter().map(Pieces::minor).fold(0, i64::saturating_add).min(whole);
    let minor = if pieces.is_empty() { whole } else { named };
    dispute(situation, receivable, minor)?;
    let asked = situation.payable().map(Claim::asked).fold(0, i64::saturating_add);
    Ok(Objected { minor, asked: asked.saturating_sub(minor.min(claim.asked())) })
}

/// Whether so much of a claim may be objected to
///
/// # Errors
///
/// Why it may not, the first that applies in the order of [`NoDispute`].
pub fn dispute(situation: &Situation, receivable: &ReceivableId, minor: i64) -> Result<(), NoDispute> {
    let claim = situation.claim(receivable).ok_or(NoDispute::Unknown)?;
    if situation.open().all(|open| open.owing.receivable != *receivable) {
        return Err(NoDispute::NothingOpen);
    }
    if (1..=objection(claim)?).contains(&minor) { Ok(()) } else { Err(NoDispute::Amount) }
}

/// How much of a claim may be objected to, in minor units
///
/// What an agency has may be objected to as well: the merchant looks at it, and takes it back if need be.
fn objection(claim: &Claim) -> Result<i64, NoDispute> {
    let to = claim.owing.undisputed();
    match to {
        _ if claim.withdrawn || claim.is_held(HoldReason::silences) => Err(NoDispute::Held),
        1.. => Ok(to),
        _ => Err(NoDispute::Raised),
    }
}

/// What may be announced to be sent back
pub(super) fn returnable(situation: &Situation) -> Result<Vec<ReceivableId>, NoReturn> {
    let forbids = |reason: HoldReason| reason.silences() || matches!(reason, HoldReason::WithdrawalOpen | HoldReason::ChargebackReview);
    let may = |claim: &&Claim| !claim.owing.elsewhere && !claim.is_held(forbids);
    let all: Vec<ReceivableId> = situation.open().filter(may).map(|claim| claim.owing.receivable.clone()).collect();
    match all.first() {
        Some(_) => Ok(all),
        None if situation.open().next().is_none() => Err(NoReturn::NothingOpen),
        None => Err(NoReturn::Held),
    }
}

/// From which contracts the customer may withdraw, whether they have paid or not; nothing that is in force takes the right away
pub(super) fn revocable(situation: &Situation) -> Result<Vec<Revocable>, NoWithdrawal> {
    let (mut all, mut why) = (Vec::new(), NoWithdrawal::NoRight);
    let rule = withdrawal(situation.terms.market).ok_or(why)?;
    let has_right = |claim: &&Claim| claim.meant && claim.revocable && claim.party == Party::Consumer;
    for claim in situation.claims.iter().filter(has_right) {
        let until = claim.delivered.map(|arrived| rule.until(arrived, situation.terms.calendar));
        if claim.withdrawn {
            why = why.max(NoWithdrawal::Made);
        } else if until.is_some_and(|until| until < situation.today) {
            why = why.max(NoWithdrawal::Over);
        } else {
            all.push(Revocable { receivable: claim.owing.receivable.clone(), until });
        }
    }
    if all.is_empty() { Err(why) } else { Ok(all) }
}

/// What is done for who says that money is tight
pub(super) fn quiet(situation: &Situation, settlement: &Settlement) -> Result<Quiet, NoHardship> {
    let hardship = settlement.hardship.ok_or(NoHardship::NotAllowed)?;
    if situation.open().next().is_none() {
        return Err(NoHardship::NothingOpen);
    }
    if situation.open().any(|claim| claim.holds.contains(&HoldReason::Hardship)) {
        return Err(NoHardship::Told);
    }
    if situation.open().all(|claim| claim.owing.elsewhere || claim.is_held(HoldReason::silences)) {
        return Err(NoHardship::Held);
    }
    let pause_until = situation.today.plus_days(hardship.pause_days.into());
    Ok(Quiet { pause_until, plan: plan::bounds(situation, hardship.plan.or(settlement.plan)).ok() })
}
