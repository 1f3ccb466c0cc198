//! Four eyes: what is too much for one key alone waits until another decides.
//!
//! **Invariant:** before another key has agreed nothing of it has happened; whoever proposed it cannot agree to it.
//! **Invariant:** what happens is worked out anew when somebody agrees: it is no more than was proposed, or it is proposed again.

use crate::app::Work;
use crate::claims::{self, Ask};
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, day, refusal, with};
use jiff::ToSpan as _;
use rusqlite::{OptionalExtension as _, Row, params};
use tresen_core::ident::{ApprovalId, ReceivableId};
use tresen_core::receivable::{Approved, Event, Mandate, Refused, Weight, Weighty};
use tresen_wire::events::WeightyAct;
use tresen_wire::http::{Approval, ApprovalOutcome, ApprovalState, Approvals};
use tresen_wire::money::Money;

/// How many hours something is proposed
const HOURS: i64 = 14 * 24;

/// The most that are listed
const LISTED: i64 = 200;

const COLUMNS: &str =
    "approval_id, receivable_id, act, currency, amount_minor, proposed_by, proposed_ms, expires_ms, state, decided_by, request";

/// What of some events needs a second person, by the policy in force
pub fn needed(work: &Work<'_>, ledger: &Ledger<'_>, events: &[Event]) -> Result<Option<Weight>, ApiError> {
    mandate(work).needs(ledger.account(), day(work.moment.today)?, events).map_err(refusal::told)
}

/// Up to what one key may act alone; without a policy nobody has said
fn mandate(work: &Work<'_>) -> Mandate {
    work.active_policy().map(|policy| policy.merchant().mandate.clone()).unwrap_or_default()
}

/// Keeps what was asked for until another key decides
pub fn propose(work: &Work<'_>, ledger: &Ledger<'_>, weight: &Weight, ask: &Ask) -> Result<Approval, ApiError> {
    let id = ids::by_time(work.moment.now, ApprovalId::from_bytes)?;
    let expires = work.moment.now.checked_add(HOURS.hours()).map_err(ApiError::internal)?;
    work.tx
        .prepare_cached(
            "INSERT INTO approvals (tenant_id, approval_id, receivable_id, act, currency, amount_minor, request, proposed_by, proposed_ms, \
             expires_ms, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'open')",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            weight.receivable.as_str(),
            weight.act.code(),
            ledger.currency(),
            weight.minor,
            serde_json::to_string(ask)?,
            work.actor.id,
            work.moment.ms(),
            expires.as_millisecond()
        ])?;
    find(work, &id).map(|(approval, _)| approval)
}

/// What waits for a second person, the oldest first
pub fn list(work: &Work<'_>) -> Result<Approvals, ApiError> {
    let mut statement = work.tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM approvals WHERE tenant_id = ?1 AND state = 'open' ORDER BY approval_id LIMIT {LISTED}"
    ))?;
    let mut rows = statement.query([work.tenant.as_str()])?;
    let mut approvals = Vec::new();
    while let Some(row) = rows.next()? {
        let (approval, _) = from_row(work, row)?;
        if approval.state == ApprovalState::Open {
            approvals.push(approval);
        }
    }
    Ok(Approvals { approvals })
}

/// Somebody decides
///
/// # Errors
///
/// `approval.unknown`, `approval.decided` and `approval.expired`; `approval.same_person` for whoever proposed it; `approval.changed` where it would be
/// more by now; and whatever the claim refuses.
pub fn decide(work: &Work<'_>, id: &str, outcome: ApprovalOutcome) -> Result<Approval, ApiError> {
    let id = ApprovalId::parse(id).ok_or_else(unknown)?;
    let (approval, request) = find(work, &id)?;
    match approval.state {
        ApprovalState::Open => {}
        ApprovalState::Approved | ApprovalState::Rejected => {
            return Err(ApiError::new(409, "approval.decided", "somebody has decided already", "read how the claim stands"));
        }
        ApprovalState::Expired => {
            return Err(ApiError::new(409, "approval.expired", "nobody decided in time", "propose it again"));
        }
    }
    let state = match outcome {
        ApprovalOutcome::Reject => "rejected",
        ApprovalOutcome::Approve => {
            approve(work, &id, &approval, &request)?;
            "approved"
        }
    };
    work.tx
        .prepare_cached("UPDATE approvals SET state = ?3, decided_by = ?4 WHERE tenant_id = ?1 AND approval_id = ?2 AND state = 'open'")?
        .execute(params![work.tenant.as_str(), id.as_str(), state, work.actor.id])?;
    find(work, &id).map(|(approval, _)| approval)
}

fn approve(work: &Work<'_>, id: &ApprovalId, approval: &Approval, request: &str) -> Result<(), ApiError> {
    if approval.proposed_by == work.actor.id {
        return Err(refusal::told(Refused::SamePerson));
    }
    let claim = ids::stored(&approval.receivable, ReceivableId::parse)?;
    let ask: Ask = serde_json::from_str(request)?;
    let mut ledger = claims::ledger(work, &claim)?;
    let mut events = claims::events(work, &ledger, &claim, &ask)?;
    if let Some(weight) = needed(work, &ledger, &events)? {
        if weight.minor > approval.amount.minor {
            let message = "it would be more by now than was proposed";
            return Err(ApiError::new(409, "approval.changed", message, "reject it, and propose it again"));
        }
        let (proposed_by, approved_by) = (approval.proposed_by.clone(), work.actor.id.clone());
        let approved = Event::ActApproved(Approved { approval: id.clone(), weight, proposed_by, approved_by });
        let after = with(ledger.account(), day(work.moment.today)?, std::slice::from_ref(&approved))?;
        if mandate(work).needs(&after, day(work.moment.today)?, &events).map_err(refusal::told)?.is_some() {
            return Err(ApiError::internal("an approval that is not enough for what was approved"));
        }
        events.insert(0, approved);
    }
    ledger.happen_decided(&Occasion::now(claim.as_str()), None, &events)?;
    ledger.pass(&Occasion::now(claim.as_str()))
}

fn unknown() -> ApiError {
    ApiError::unknown("approval.unknown", "approval")
}

fn find(work: &Work<'_>, id: &ApprovalId) -> Result<(Approval, String), ApiError> {
    work.tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM approvals WHERE tenant_id = ?1 AND approval_id = ?2"))?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| Ok(from_row(work, row)))
        .optional()?
        .ok_or_else(unknown)?
}

/// An approval, and what was asked for
fn from_row(work: &Work<'_>, row: &Row<'_>) -> Result<(Approval, String), ApiError> {
    let (act, state): (String, String) = (row.get(2)?, row.get(8)?);
    let instant = |ms: i64| jiff::Timestamp::from_millisecond(ms).map(|at| at.to_string()).map_err(ApiError::internal);
    let (currency, expires): (String, i64) = (row.get(3)?, row.get(7)?);
    let act = Weighty::ALL.into_iter().find(|one| one.code() == act).ok_or_else(|| ApiError::internal("an act without a name"))?;
    let approval = Approval {
        id: row.get(0)?,
        receivable: row.get(1)?,
        act: WeightyAct::from(act),
        amount: Money::new(row.get(4)?, &currency),
        state: match state.as_str() {
            "approved" => ApprovalState::Approved,
            "rejected" => ApprovalState::Rejected,
            _ if work.moment.ms() >= expires => ApprovalState::Expired,
            _ => ApprovalState::Open,
        },
        proposed_by: row.get(5)?,
        proposed_at: instant(row.get(6)?)?,
        expires_at: instant(expires)?,
        decided_by: row.get(9)?,
    };
    Ok((approval, row.get(10)?))
}
