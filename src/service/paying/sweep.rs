//! Sessions whose time is up are asked about, and let go.

use super::ask;
use super::book::Seen;
use super::refunds;
use super::row::{Session, State};
use crate::app::{App, Caller};
use crate::debits;
use crate::error::ApiError;
use crate::ids;
use crate::providers::Reply;
use jiff::SignedDuration;
use tresen_core::debit::PROVIDER;
use tresen_core::ident::TenantId;

/// Asked about in one round
const MOST: u16 = 32;

/// Where somebody pays at the very moment it is looked again so much later
const AGAIN: SignedDuration = SignedDuration::from_mins(15);

/// Where the money is still on its way, so much later
const STILL: SignedDuration = SignedDuration::from_hours(24);

/// After so long without an answer nobody is kept from paying any more: what comes all the same is booked
const LET_GO_MS: i64 = 60 * 60 * 1_000;

/// Looks after the sessions of every tenant whose time is up; returns how many there were
pub fn sweep(app: &App) -> Result<usize, ApiError> {
    let tenants: Vec<String> = app.store.read(|tx| {
        // Whose time is up is judged by each tenant's own time below; this only says who has anybody on their way,
        // or anything to give back.
        let mut statement = tx.prepare_cached(
            "SELECT tenant_id FROM tenants WHERE EXISTS (SELECT 1 FROM pay_sessions WHERE tenant_id = tenants.tenant_id AND lease_until_ms > 0) \
             OR EXISTS (SELECT 1 FROM refunds WHERE tenant_id = tenants.tenant_id AND state = 'granted' LIMIT 1)",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(rows)
    })?;
    let mut looked: usize = 0;
    for tenant in tenants {
        looked = looked.saturating_add(of_tenant(app, &ids::stored(&tenant, TenantId::parse)?)?);
    }
    Ok(looked)
}

/// Looks after those of one tenant whose time is up, and pays out what was granted
pub fn of_tenant(app: &App, tenant: &TenantId) -> Result<usize, ApiError> {
    refunds::pay_out(app, tenant)?;
    let due = app.read_now(Caller::system(tenant.clone()), |work| Session::due(work, MOST))?;
    for session in &due {
        if let Err(problem) = over(app, tenant, session) {
            // The others are not kept waiting; the next round tries again.
            tracing::warn!(code = problem.code, "a payment of which it is not known how it stands");
        }
    }
    Ok(due.len())
}

fn over(app: &App, tenant: &TenantId, session: &Session) -> Result<(), ApiError> {
    if session.provider == PROVIDER {
        return ask::with(app, tenant, session, debits::due);
    }
    let mut session = session.clone();
    if session.state == State::Intended {
        // Under its own key: what was begun before a crash is found, and what was not can be paid by nobody.
        let (reply, now) = ask::begin(app, tenant, &session)?;
        if !matches!(reply, Reply::Done(())) {
            return waits_no_longer(app, tenant, &now);
        }
        session = now;
    }
    match ask::look(app, tenant, &session)? {
        Seen::Over => Ok(()),
        Seen::Open if ask::close(app, tenant, &session, "expired")? => Ok(()),
        seen @ (Seen::Open | Seen::Pending) => ask::with(app, tenant, &session, |work, mut now| {
            let again = work.moment.plus(if seen == Seen::Pending { STILL } else { AGAIN })?.as_millisecond();
            if now.state.holds() && now.lease_until_ms.is_some_and(|until| until <= work.moment.ms()) {
                let state = now.state;
                now.becomes(work, state, Some(again))?;
            }
            Ok(())
        }),
        Seen::Unanswered => waits_no_longer(app, tenant, &session),
    }
}

/// Nobody answers: what is owed is not held for ever
fn waits_no_longer(app: &App, tenant: &TenantId, session: &Session) -> Result<(), ApiError> {
    ask::with(app, tenant, session, |work, mut now| {
        let since = now.lease_until_ms.filter(|_| now.state != State::Pending);
        let is_long = since.is_some_and(|since| since.saturating_add(LET_GO_MS) <= work.moment.ms());
        if now.state == State::Intended || is_long {
            now.close(work, "unanswered")?;
        }
        Ok(())
    })
}
