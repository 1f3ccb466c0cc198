//! The time machine of the sandbox: a tenant's time may be moved forward, never back.

use crate::app::{Work, tenant_time};
use crate::clock::{Moment, wire};
use crate::error::ApiError;
use rusqlite::params;
use tresen_wire::http::{ClockState, MoveClock};

const DAY_SECONDS: i64 = 86_400;
/// Ten years, so that no date leaves the calendar
const AHEAD_MAX: i64 = 3_650 * DAY_SECONDS;

/// What time it is for the tenant
pub fn state(work: &Work<'_>) -> Result<ClockState, ApiError> {
    let time = tenant_time(work.tx, &work.tenant)?.ok_or_else(|| ApiError::internal("a tenant without time"))?;
    let moment = Moment::checked(work.app.config.clock.as_ref(), &time)?;
    Ok(ClockState { now: wire(moment.now), today: moment.today.to_string(), zone: time.zone, ahead_seconds: time.ahead_seconds })
}

/// Moves the tenant's time forward by days of 24 hours
pub fn advance(work: &Work<'_>, request: &MoveClock) -> Result<ClockState, ApiError> {
    let time = tenant_time(work.tx, &work.tenant)?.ok_or_else(|| ApiError::internal("a tenant without time"))?;
    let ahead = i64::from(request.advance_days).checked_mul(DAY_SECONDS).and_then(|more| more.checked_add(time.ahead_seconds));
    let ahead = ahead.filter(|ahead| *ahead <= AHEAD_MAX).ok_or_else(|| {
        ApiError::invalid(
            "clock.too_far",
            "/advance_days",
            "the time machine goes ten years forward and no further",
            "start with an empty database to begin again",
        )
    })?;
    work.tx.prepare_cached("UPDATE tenants SET ahead_seconds = ?2 WHERE tenant_id = ?1")?.execute(params![work.tenant.as_str(), ahead])?;
    state(work)
}
