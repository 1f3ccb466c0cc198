//! What was asked for is taken back, as long as nothing else was built on it.

use super::Access;
use super::act::Came;
use super::request::Stored;
use crate::app::Work;
use crate::collect;
use crate::debits;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion, day};
use crate::places::Place;
use tresen_core::date::Date;
use tresen_core::ident::{HoldId, PlanId, RequestId};
use tresen_core::receivable::PlanState;
use tresen_wire::events::{
    Body, DisputeEnded, DisputeOutcome, DueDateSet, HoldReleased, PlanEnded, PlanOutcome, PromiseEnded, PromiseOutcome, RequestTakenBack,
};
use tresen_wire::http::RequestOutcome;

/// By which event a request can be taken back today; nothing where it cannot
pub fn way(work: &Work<'_>, ledger: &Ledger<'_>, stored: &Stored) -> Result<Option<Body>, ApiError> {
    let today = day(work.moment.today)?;
    let Some(bond) = stored.bond.as_deref().filter(|_| matches!(stored.outcome, RequestOutcome::Granted | RequestOutcome::Noted)) else {
        return Ok(None);
    };
    let account = ledger.account();
    Ok(match stored.kind.as_str() {
        "dispute" => {
            let is_open = account.disputes().any(|(id, dispute)| id.as_str() == bond && dispute.end.is_none());
            let ended = DisputeEnded { dispute: bond.to_owned(), outcome: DisputeOutcome::TakenBack, amount: None, reasoned: false };
            is_open.then(|| ended.into())
        }
        "promise" => {
            let is_open = account.promises().any(|(id, promise)| id.as_str() == bond && promise.end.is_none());
            is_open.then(|| PromiseEnded { promise: bond.to_owned(), outcome: PromiseOutcome::Invalidated }.into())
        }
        "plan" => {
            let id = ids::stored(bond, PlanId::parse)?;
            let found = account.plans().find(|(other, _)| **other == id).map(|(_, plan)| plan);
            let is_new = found.is_some_and(|plan| {
                plan.state == PlanState::Active && plan.paid == 0 && plan.rates.first().is_some_and(|rate| today <= rate.due)
            });
            is_new.then(|| PlanEnded { plan: bond.to_owned(), outcome: PlanOutcome::Cancelled, notice: false }.into())
        }
        "debit" => debits::way_back(work, bond)?.map(Body::from),
        // The bond is the due date before. It cannot be late already: that would turn the clock against the customer.
        "deferral" => {
            let (Some(id), Some(before)) = (&stored.receivable, Date::parse(bond)) else { return Ok(None) };
            let claim = account.receivable(id).filter(|claim| claim.ending.is_none() && claim.deferred_until == claim.due);
            let is_free = claim.is_some() && account.plan_of(id).is_none() && today <= before;
            let set = DueDateSet {
                receivable: id.to_string(),
                date: before.to_iso(),
                rule: "deferral_taken_back".to_owned(),
                calendar: work.active_policy()?.market(),
                zone: work.moment.zone.clone(),
            };
            is_free.then(|| set.into())
        }
        "return" | "paid_already" | "hardship" | "not_mine" | "representative" => {
            let found = account.hold(&ids::stored(bond, HoldId::parse)?);
            let is_in_force = found.is_some_and(|hold| hold.until.is_none_or(|until| today <= until));
            is_in_force.then(|| HoldReleased { hold: bond.to_owned() }.into())
        }
        _ => None,
    })
}

/// Takes a request back
pub fn take_back(work: &Work<'_>, access: &Access, ledger: &mut Ledger<'_>, text: &str) -> Result<Came, ApiError> {
    let unknown = || ApiError { at: Some("/request".to_owned()), ..ApiError::unknown("request.unknown", "request") };
    let id = RequestId::parse(text).ok_or_else(unknown)?;
    let stored = Stored::find(work, access, &id)?.ok_or_else(unknown)?;
    if stored.outcome == RequestOutcome::TakenBack {
        return Ok(Came::cannot("take_back.done"));
    }
    let Some(body) = way(work, ledger, &stored)? else { return Ok(Came::cannot("take_back.over")) };
    ledger.happen(&Occasion::now(id.as_str()), vec![body])?;
    if let ("debit", Some(bond)) = (stored.kind.as_str(), &stored.bond) {
        debits::called_off(work, bond, "taken_back")?;
    }
    stored.is_taken_back(work)?;
    let stream = Place::Request(id.clone());
    let draft = Draft { after: work.length(&stream)?, ..Draft::opens(&stream, access.customer.as_str()) };
    work.append(&draft, RequestTakenBack { request: id.to_string() })?;
    collect::task_over(work, &stored.kind, id.as_str(), "taken_back")?;
    Ok(Came { receivable: stored.receivable.clone(), undone: Some(stored), ..Came::granted() })
}
