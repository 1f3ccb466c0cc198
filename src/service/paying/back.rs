//! The way back from a provider's page, in whichever browser: the address itself says whose payment it is, sealed, and where the payer goes on.

use super::ask;
use super::row::{Session, State};
use crate::app::{App, Caller, Work};
use crate::error::ApiError;
use crate::ids;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use tresen_core::ident::{PaymentId, TenantId};

/// Whose secret it is
const OWNER: &str = "pay return";

#[derive(Debug, Serialize, Deserialize)]
struct Way {
    tenant: String,
    payment: String,
    /// From `/pay/return/`, or a whole address
    back: String,
}

/// Where the provider sends the payer of a payment
pub fn address(work: &Work<'_>, base: &str, payment: &PaymentId, back: &str) -> Result<String, ApiError> {
    let way = Way { tenant: work.tenant.to_string(), payment: payment.to_string(), back: back.to_owned() };
    let sealed = work.app.vault.wrap(OWNER, &serde_json::to_vec(&way)?)?;
    Ok(format!("{base}/pay/return/{}", URL_SAFE_NO_PAD.encode(sealed)))
}

/// Somebody comes back: the provider is asked how it stands; where they go on
///
/// # Errors
///
/// `payment.unknown` for what this service did not write, or long ago.
pub fn came_back(app: &App, sealed: &str) -> Result<String, ApiError> {
    let unknown = || ApiError::unknown("payment.unknown", "payment");
    let way = URL_SAFE_NO_PAD.decode(sealed).ok().and_then(|sealed| app.vault.unwrap_brought(OWNER, &sealed));
    let way: Way = way.and_then(|way| serde_json::from_slice(&way).ok()).ok_or_else(unknown)?;
    let (tenant, payment) = (ids::stored(&way.tenant, TenantId::parse)?, ids::stored(&way.payment, PaymentId::parse)?);
    app.limiter.take(payment.as_str())?;
    let session = app.read_now(Caller::system(tenant.clone()), |work| Session::of(work, &payment))?.ok_or_else(unknown)?;
    match session.state {
        // Where nobody answers, the page says what is known.
        State::Open | State::Pending => drop(ask::look(app, &tenant, &session)?),
        State::Intended | State::Paid | State::Closed => {}
    }
    if way.back.starts_with("../") {
        return Ok(way.back);
    }
    Ok(format!("{}{}payment={payment}", way.back, if way.back.contains('?') { '&' } else { '?' }))
}
