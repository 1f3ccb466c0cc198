//! Payments that a provider takes: begun, settled, declined, or given up when nobody says anything in time.
//!
//! **Invariant:** a payment leaves the state `initiated` once.

use crate::app::{App, Caller, Work};
use crate::clock::{instant, wire};
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::places::Place;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, PaymentId, SessionId, TenantId};
use tresen_wire::decision::hex;
use tresen_wire::events::{PaymentFailed, PaymentFailure, PaymentSettled};
use tresen_wire::http::PaymentState;
use tresen_wire::money::Money;

/// A payment as it stands
#[derive(Debug)]
pub struct Payment {
    /// As the shop sees it
    pub seen: PaymentState,
    /// The service's own id of the customer
    pub customer: CustomerId,
    /// The session it came from
    pub session: SessionId,
    /// When it is given up
    pub expires_ms: i64,
}

/// Reads the id of a payment; what is none is answered as a payment that does not exist
pub fn id(text: &str) -> Result<PaymentId, ApiError> {
    PaymentId::parse(text).ok_or_else(unknown)
}

fn unknown() -> ApiError {
    ApiError::unknown("payment.unknown", "payment")
}

/// Where the shopper goes to pay
pub fn page_of(app: &App, payment: &PaymentId) -> String {
    format!("{}/sandbox/pay/{payment}", app.config.public_url.trim_end_matches('/'))
}

/// Whether an order was to be paid with it at once, at a provider; other payments are put against claims
pub fn is_at_once(work: &Work<'_>, id: &PaymentId) -> Result<bool, ApiError> {
    crate::ledger::is_at_once(work.tx, &work.tenant, id.as_str())
}

/// The tenant's payment of that id
pub fn find(work: &Work<'_>, id: &PaymentId) -> Result<Payment, ApiError> {
    let found: Option<(PaymentState, String, String, i64)> = work
        .tx
        .prepare_cached(
            "SELECT customer_id, session_id, order_ref, method, provider, currency, amount_minor, state, expires_ms FROM payments \
             WHERE tenant_id = ?1 AND payment_id = ?2",
        )?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| {
            let currency: String = row.get("currency")?;
            let seen = PaymentState {
                id: id.to_string(),
                state: row.get("state")?,
                order: row.get("order_ref")?,
                method: row.get("method")?,
                provider: row.get("provider")?,
                amount: Money { minor: row.get("amount_minor")?, currency },
                expires_at: String::new(),
            };
            Ok((seen, row.get("customer_id")?, row.get("session_id")?, row.get("expires_ms")?))
        })
        .optional()?;
    let (seen, customer, session, expires_ms) = found.ok_or_else(unknown)?;
    let mut payment = Payment {
        seen: PaymentState { expires_at: instant(expires_ms)?, ..seen },
        customer: ids::stored(&customer, CustomerId::parse)?,
        session: ids::stored(&session, SessionId::parse)?,
        expires_ms,
    };
    if payment.is_waiting() && payment.expires_ms <= work.moment.ms() {
        payment.seen.state = "expired".to_owned();
    }
    Ok(payment)
}

impl Payment {
    /// Whether the provider has yet to say something
    pub fn is_waiting(&self) -> bool {
        self.seen.state == "initiated"
    }
}

/// Whose payment it is; asked where the payment's unguessable id is all that a visitor has
pub fn tenant_of(app: &App, id: &PaymentId) -> Result<TenantId, ApiError> {
    let tenant: Option<String> = app.store.read(|tx| {
        let mut statement = tx.prepare_cached("SELECT tenant_id FROM payments WHERE payment_id = ?1")?;
        Ok(statement.query_row([id.as_str()], |row| row.get(0)).optional()?)
    })?;
    ids::stored(&tenant.ok_or_else(unknown)?, TenantId::parse)
}

/// The provider has the money; nothing happens to a payment that no longer waits
pub fn settle(work: &Work<'_>, id: &PaymentId) -> Result<Payment, ApiError> {
    let payment = find(work, id)?;
    if payment.is_waiting() {
        let body = PaymentSettled {
            payment: id.to_string(),
            customer: payment.customer.to_string(),
            provider: payment.seen.provider.clone(),
            provider_ref: ids::by_time(work.moment.now, |bytes| format!("sbx_{}", hex(&bytes)))?,
            amount: payment.seen.amount.clone(),
            value_date: work.moment.today.to_string(),
        };
        append(work, id, &payment.session, body)?;
    }
    find(work, id)
}

/// The provider or the payer said no; nothing happens to a payment that no longer waits
pub fn decline(work: &Work<'_>, id: &PaymentId) -> Result<Payment, ApiError> {
    let payment = find(work, id)?;
    if payment.is_waiting() {
        append(work, id, &payment.session, PaymentFailed { payment: id.to_string(), code: PaymentFailure::Declined })?;
    }
    find(work, id)
}

fn append(work: &Work<'_>, id: &PaymentId, session: &SessionId, body: impl Into<tresen_wire::events::Body>) -> Result<String, ApiError> {
    let stream = Place::Payment(id.clone());
    let after = work.length(&stream)?;
    work.append(&Draft { after, ..Draft::opens(&stream, session.as_str()) }, body)
}

/// Gives up the customer's payments whose time has passed, so that their orders may be placed again
pub fn give_up_expired(work: &Work<'_>, customer: &CustomerId) -> Result<(), ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT payment_id, session_id FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'initiated' AND expires_ms <= ?3",
    )?;
    let expired = statement
        .query_map(params![work.tenant.as_str(), customer.as_str(), work.moment.ms()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, String)>, _>>()?;
    for (id, session) in expired {
        let (payment, session) = (ids::stored(&id, PaymentId::parse)?, ids::stored(&session, SessionId::parse)?);
        append(&work.as_system(), &payment, &session, PaymentFailed { payment: id, code: PaymentFailure::Expired })?;
    }
    Ok(())
}

/// Gives up every payment whose time has passed, tenant by tenant; returns how many customers it concerned
pub fn sweep(app: &App) -> Result<usize, ApiError> {
    let waiting: Vec<(String, String)> = app.store.read(|tx| {
        // Whose time has passed is judged by each tenant's own time below; this only says who has anything waiting.
        let mut statement = tx.prepare_cached("SELECT DISTINCT tenant_id, customer_id FROM payments WHERE state = 'initiated'")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(rows)
    })?;
    let mut concerned: usize = 0;
    for (tenant, customer) in waiting {
        let (tenant, customer) = (ids::stored(&tenant, TenantId::parse)?, ids::stored(&customer, CustomerId::parse)?);
        let is_due = app.read_now(Caller::system(tenant.clone()), |work| {
            Ok(work
                .tx
                .prepare_cached(
                    "SELECT count(*) > 0 FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'initiated' AND expires_ms <= ?3",
                )?
                .query_row(params![work.tenant.as_str(), customer.as_str(), work.moment.ms()], |row| row.get(0))?)
        })?;
        if is_due {
            app.write_now(Caller::system(tenant), |work| give_up_expired(work, &customer))?;
            concerned = concerned.saturating_add(1);
        }
    }
    Ok(concerned)
}

/// When a payment begun now is given up
pub fn expiry(work: &Work<'_>) -> Result<String, ApiError> {
    let lifetime = jiff::SignedDuration::try_from(work.app.config.payment_lifetime).map_err(ApiError::internal)?;
    Ok(wire(work.moment.plus(lifetime)?))
}
