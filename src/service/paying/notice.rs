//! A provider tells that something has happened: it is asked what.

use super::ask;
use super::book::Seen;
use super::row::Session;
use crate::app::{App, Caller, tenant_time};
use crate::error::ApiError;
use crate::providers::{About, Reply};
use axum::http::HeaderMap;
use std::sync::Arc;
use tresen_core::ident::TenantId;

/// Takes a notice of a provider about a payment of a tenant's; what is known, or about nothing of ours, changes nothing
///
/// # Errors
///
/// `provider.unknown`; `provider.notice_forged` for one that the provider did not sign; `provider.unanswered` where it does not say what it means: it
/// tells again.
pub fn notice(app: &App, (name, tenant): (&str, &str), headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
    let unknown = || ApiError::unknown("provider.unknown", "provider");
    let provider = app.config.providers.get(name).map(Arc::clone).ok_or_else(unknown)?;
    let tenant = TenantId::parse(tenant).ok_or_else(unknown)?;
    app.store.read(|tx| tenant_time(tx, &tenant))?.ok_or_else(unknown)?;
    let about = match provider.notice(headers, body) {
        Reply::Done(Some(about)) => about,
        Reply::Done(None) => return Ok(()),
        Reply::Refused(_) => {
            app.limiter.take(&format!("forged/{name}"))?;
            return Err(ApiError::new(
                401,
                "provider.notice_forged",
                "the notice is not signed by the provider",
                "check the secret that the service was started with against the one that the provider shows for this address",
            ));
        }
        Reply::NotNow(_) | Reply::Unknown(_) => return Err(unanswered()),
    };
    let session = app.read_now(Caller::system(tenant.clone()), |work| match &about {
        About::Checkout(reference) => Session::named(work, name, reference),
        About::Money(reference) => Session::of_money(work, name, reference),
    })?;
    // A session whose page nobody was told, which can be paid by nobody; or money that is not of ours.
    let Some(session) = session else { return Ok(()) };
    app.limiter.take(&format!("notice/{}", session.payment))?;
    match ask::look(app, &tenant, &session)? {
        Seen::Open | Seen::Pending | Seen::Over => Ok(()),
        Seen::Unanswered => Err(unanswered()),
    }
}

fn unanswered() -> ApiError {
    ApiError {
        retry_after: Some(5),
        ..ApiError::new(
            503,
            "provider.unanswered",
            "the provider does not say how the payment stands",
            "tell it again: nothing was taken down",
        )
    }
}
