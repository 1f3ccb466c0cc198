//! The time machine of the sandbox: a tenant's time may be moved forward, never back.
//!
//! **Invariant:** whatever would have happened on the way happens, in its order: time goes from one moment at which there is something to do to the next.

use crate::app::{App, Caller, Work, tenant_time};
use crate::clock::{Moment, TenantTime, wire};
use crate::collect;
use crate::error::ApiError;
use crate::paying;
use rusqlite::params;
use std::sync::PoisonError;
use tresen_wire::http::{ClockState, MoveClock};

const DAY_SECONDS: i64 = 86_400;
/// Ten years, so that no date leaves the calendar
const AHEAD_MAX: i64 = 3_650 * DAY_SECONDS;

/// What time it is for the tenant
pub fn state(work: &Work<'_>) -> Result<ClockState, ApiError> {
    let time = time(work)?;
    let moment = Moment::checked(work.app.config.clock.as_ref(), &time)?;
    Ok(ClockState { now: wire(moment.now), today: moment.today.to_string(), zone: time.zone, ahead_seconds: time.ahead_seconds })
}

fn time(work: &Work<'_>) -> Result<TenantTime, ApiError> {
    tenant_time(work.tx, &work.tenant)?.ok_or_else(|| ApiError::internal("a tenant without time"))
}

/// Moves the tenant's time forward by days of 24 hours, and lets happen what happens on the way
pub fn advance(app: &App, caller: &Caller, request: &MoveClock) -> Result<ClockState, ApiError> {
    let target = app.read_now(caller.clone(), |work| target(work, request))?;
    let _round = app.rounds.lock().unwrap_or_else(PoisonError::into_inner);
    // Who has not been looked at has no next moment yet.
    collect::tick(app, &caller.tenant)?;
    while let Some(ahead) = app.write_now(caller.clone(), |work| next(work, target))? {
        app.write_now(caller.clone(), |work| set(work, ahead))?;
        collect::tick(app, &caller.tenant)?;
    }
    app.write_now(caller.clone(), |work| set(work, target.max(time(work)?.ahead_seconds)))?;
    paying::of_tenant(app, &caller.tenant)?;
    collect::tick(app, &caller.tenant)?;
    app.read_now(caller.clone(), state)
}

/// How far ahead the time is to be in the end
fn target(work: &Work<'_>, request: &MoveClock) -> Result<i64, ApiError> {
    let ahead = i64::from(request.advance_days).checked_mul(DAY_SECONDS).and_then(|more| more.checked_add(time(work).ok()?.ahead_seconds));
    ahead.filter(|ahead| *ahead <= AHEAD_MAX).ok_or_else(|| {
        ApiError::invalid(
            "clock.too_far",
            "/advance_days",
            "the time machine goes ten years forward and no further",
            "start with an empty database to begin again",
        )
    })
}

/// How far ahead the time has to be for the next thing to happen; nothing where that is beyond the target
fn next(work: &Work<'_>, target: i64) -> Result<Option<i64>, ApiError> {
    let Some(at) = collect::next_moment(work)? else { return Ok(None) };
    let missing = at.saturating_sub(work.moment.ms()).saturating_add(999).div_euclid(1_000);
    let ahead = time(work)?.ahead_seconds.saturating_add(missing);
    Ok((ahead <= target).then_some(ahead))
}

fn set(work: &Work<'_>, ahead: i64) -> Result<(), ApiError> {
    work.tx.prepare_cached("UPDATE tenants SET ahead_seconds = ?2 WHERE tenant_id = ?1")?.execute(params![work.tenant.as_str(), ahead])?;
    Ok(())
}
