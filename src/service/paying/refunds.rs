//! Refunds that were granted of money that came by a provider are paid out there.
//!
//! It is committed that the provider is going to be asked, and it is asked under the refund's id. Where nobody knows whether it has done it, it is asked again under the
//! same id while providers remember one; after that it stands as granted, and whoever works there tells what became of it.

use crate::app::{App, Caller, Work};
use crate::clock::{Clock as _, SystemClock};
use crate::error::ApiError;
use crate::ids;
use crate::providers::{RefundStanding, Refunding, Reply};
use crate::refunds;
use rusqlite::params;
use tresen_core::ident::{RefundId, TenantId};
use tresen_wire::events::ActorKind;
use tresen_wire::http::{RefundOutcome, TellRefund};
use tresen_wire::money::Money;

/// Paid out in one round
const MOST: u16 = 32;

/// Providers remember a key for an hour at least
const REMEMBERED_MS: i64 = 50 * 60 * 1_000;

struct Due {
    refund: RefundId,
    provider: String,
    asked: Refunding,
}

/// Pays out what was granted and has not been asked for
pub fn pay_out(app: &App, tenant: &TenantId) -> Result<(), ApiError> {
    for due in app.read_now(Caller::system(tenant.clone()), due)? {
        let Some(provider) = app.config.providers.get(&due.provider) else { continue };
        let caller = Caller::of(tenant.clone(), ActorKind::Provider, &due.provider, "provider");
        if app.write_now(caller.clone(), |work| intend(work, &due.refund))? {
            let reply = provider.refund(&due.asked);
            app.write_now(caller, |work| note(work, &due, reply))?;
        }
    }
    Ok(())
}

fn due(work: &Work<'_>) -> Result<Vec<Due>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT r.refund_id, r.amount_minor, r.currency, i.provider, i.provider_ref FROM refunds r \
         JOIN incoming_payments i ON i.tenant_id = r.tenant_id AND i.payment_id = r.payment_id \
         JOIN pay_sessions p ON p.tenant_id = i.tenant_id AND p.provider = i.provider AND p.money_ref = i.provider_ref \
         WHERE r.tenant_id = ?1 AND r.state = 'granted' \
           AND NOT EXISTS (SELECT 1 FROM pay_refunds a WHERE a.tenant_id = r.tenant_id AND a.refund_id = r.refund_id AND a.until_ms <= ?2) LIMIT ?3",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), SystemClock.now().as_millisecond(), MOST])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        let (refund, currency): (String, String) = (row.get(0)?, row.get(2)?);
        let asked = Refunding { key: refund.clone(), amount: Money::new(row.get(1)?, &currency), reference: row.get(4)? };
        due.push(Due { refund: ids::stored(&refund, RefundId::parse)?, provider: row.get(3)?, asked });
    }
    Ok(due)
}

/// Writes down that the provider is going to be asked; whether it still is to be
fn intend(work: &Work<'_>, refund: &RefundId) -> Result<bool, ApiError> {
    let until = SystemClock.now().as_millisecond().saturating_add(REMEMBERED_MS);
    work.tx
        .prepare_cached("INSERT INTO pay_refunds (tenant_id, refund_id, until_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute(params![work.tenant.as_str(), refund.as_str(), until])?;
    let is_granted = "SELECT count(*) > 0 FROM refunds WHERE tenant_id = ?1 AND refund_id = ?2 AND state = 'granted'";
    Ok(work.tx.prepare_cached(is_granted)?.query_row([work.tenant.as_str(), refund.as_str()], |row| row.get(0))?)
}

fn note(work: &Work<'_>, due: &Due, reply: Reply<RefundStanding>) -> Result<(), ApiError> {
    let tells = |outcome| match refunds::tell(work, &due.refund, &TellRefund { outcome }) {
        // Somebody has told it by hand meanwhile.
        Err(problem) if problem.status < 500 => Ok(()),
        told => told.map(|_| ()),
    };
    match reply {
        Reply::Done(RefundStanding::Settled) => tells(RefundOutcome::Settled),
        Reply::Done(RefundStanding::Failed) => tells(RefundOutcome::Failed),
        Reply::Refused(why) => {
            tracing::warn!(provider = due.provider, why, "a refund that the provider does not pay out");
            tells(RefundOutcome::Failed)
        }
        // It is on its way, and nobody has to ask for it again.
        Reply::Done(RefundStanding::Pending) => {
            work.tx
                .prepare_cached("UPDATE pay_refunds SET until_ms = 0 WHERE tenant_id = ?1 AND refund_id = ?2")?
                .execute([work.tenant.as_str(), due.refund.as_str()])?;
            Ok(())
        }
        // Surely nothing was done: it may be asked as if it never had been.
        Reply::NotNow(_) => {
            work.tx
                .prepare_cached("DELETE FROM pay_refunds WHERE tenant_id = ?1 AND refund_id = ?2")?
                .execute([work.tenant.as_str(), due.refund.as_str()])?;
            Ok(())
        }
        Reply::Unknown(why) => {
            tracing::warn!(provider = due.provider, why, "a refund of which nobody knows whether it was paid out");
            Ok(())
        }
    }
}
