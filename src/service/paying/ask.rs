//! The provider is asked, outside of any transaction, and what it says is taken down in one.

use super::book::{self, Seen};
use super::row::{Session, State};
use crate::app::{App, Caller, Work};
use crate::error::ApiError;
use crate::providers::{Provider, Reply};
use std::sync::Arc;
use tresen_core::ident::{PaymentId, TenantId};
use tresen_wire::events::ActorKind;

/// The provider of a session
pub fn provider(app: &App, session: &Session) -> Option<Arc<dyn Provider>> {
    app.config.providers.get(&session.provider).map(Arc::clone)
}

/// Whoever speaks for the provider
fn caller(tenant: &TenantId, provider: &str) -> Caller {
    Caller::of(tenant.clone(), ActorKind::Provider, provider, "provider")
}

/// Does something about a session as it stands now; nothing where it is gone
pub fn with<T>(
    app: &App,
    tenant: &TenantId,
    session: &Session,
    does: impl FnOnce(&Work<'_>, Session) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    app.write_now(caller(tenant, &session.provider), |work| does(work, current(work, &session.payment)?))
}

fn current(work: &Work<'_>, payment: &PaymentId) -> Result<Session, ApiError> {
    Session::of(work, payment)?.ok_or_else(|| ApiError::unknown("payment.unknown", "payment"))
}

/// Begins a session at its provider, under its id: whatever was begun before is the same
pub fn begin(app: &App, tenant: &TenantId, session: &Session) -> Result<(Reply<()>, Session), ApiError> {
    let (Some(provider), Some(details)) = (provider(app, session), &session.details) else {
        return Ok((Reply::Refused("nobody takes it".to_owned()), session.clone()));
    };
    let reply = provider.start(&details.checkout);
    with(app, tenant, session, |work, mut now| {
        let reply = match reply {
            Reply::Done(started) => {
                now.begun(work, &started)?;
                Reply::Done(())
            }
            // It was refused, or surely never came to be; a session that somebody else has begun meanwhile is theirs.
            Reply::Refused(why) => {
                if now.state == State::Intended {
                    now.close(work, "refused")?;
                }
                Reply::Refused(why)
            }
            Reply::NotNow(why) => {
                if now.state == State::Intended {
                    now.close(work, "not_now")?;
                }
                Reply::NotNow(why)
            }
            Reply::Unknown(why) => Reply::Unknown(why),
        };
        Ok((reply, now))
    })
}

/// Looks at a session, and takes down what the provider says
pub fn look(app: &App, tenant: &TenantId, session: &Session) -> Result<Seen, ApiError> {
    let (Some(provider), Some(known)) = (provider(app, session), session.known()) else { return Ok(Seen::Unanswered) };
    match provider.look(&known) {
        Reply::Done(looked) => with(app, tenant, session, |work, now| book::book(work, now, &looked)),
        Reply::Refused(_) | Reply::NotNow(_) | Reply::Unknown(_) => Ok(Seen::Unanswered),
    }
}

/// Makes a session unpayable, and lets go what it holds; whether that was done
pub fn close(app: &App, tenant: &TenantId, session: &Session, why: &str) -> Result<bool, ApiError> {
    let (Some(provider), Some(known)) = (provider(app, session), session.known()) else { return Ok(false) };
    match provider.close(&known) {
        Reply::Done(()) => with(app, tenant, session, |work, mut now| {
            if now.state.holds() {
                now.close(work, why)?;
            }
            Ok(true)
        }),
        Reply::Refused(_) | Reply::NotNow(_) | Reply::Unknown(_) => Ok(false),
    }
}
