//! Payments that a provider takes: begun, settled, declined, or given up when nobody says anything in time.
//!
//! **Invariant:** a payment leaves the state `initiated` once.

use crate::app::{App, Caller, Work};
use crate::clock::{instant, wire};
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use rusqlite::{OptionalExtension as _, params};
use tresen_wire::events::{PaymentFailed, PaymentFailure, PaymentSettled};
use tresen_wire::http::PaymentState;
use tresen_wire::money::Money;

/// A payment as it stands
#[derive(Debug)]
pub struct Payment {
    /// As the shop sees it
    pub seen: PaymentState,
    /// The service's own id of the customer
    pub customer: String,
    /// The session it came from
    pub session: String,
    /// When it is given up
    pub expires_ms: i64,
}

/// Where the shopper goes to pay
pub fn page_of(app: &App, payment: &str) -> String {
    format!("{}/sandbox/pay/{payment}", app.config.public_url.trim_end_matches('/'))
}

/// The tenant's payment of that id
pub fn find(work: &Work<'_>, id: &str) -> Result<Payment, ApiError> {
    let found: Option<Payment> = work
        .tx
        .prepare_cached(
            "SELECT customer_id, session_id, order_ref, method, provider, currency, amount_minor, state, expires_ms FROM payments \
             WHERE tenant_id = ?1 AND payment_id = ?2",
        )?
        .query_row(params![work.tenant, id], |row| {
            let currency: String = row.get("currency")?;
            let seen = PaymentState {
                id: id.to_owned(),
                state: row.get("state")?,
                order: row.get("order_ref")?,
                method: row.get("method")?,
                provider: row.get("provider")?,
                amount: Money { minor: row.get("amount_minor")?, currency },
                expires_at: String::new(),
            };
            Ok(Payment { seen, customer: row.get("customer_id")?, session: row.get("session_id")?, expires_ms: row.get("expires_ms")? })
        })
        .optional()?;
    let mut payment = found.ok_or_else(|| ApiError::unknown("payment.unknown", "payment"))?;
    payment.seen.expires_at = instant(payment.expires_ms)?;
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
pub fn tenant_of(app: &App, id: &str) -> Result<String, ApiError> {
    app.store
        .read(|tx| {
            Ok(tx.prepare_cached("SELECT tenant_id FROM payments WHERE payment_id = ?1")?.query_row([id], |row| row.get(0)).optional()?)
        })?
        .ok_or_else(|| ApiError::unknown("payment.unknown", "payment"))
}

/// The provider has the money; nothing happens to a payment that no longer waits
pub fn settle(work: &Work<'_>, id: &str) -> Result<Payment, ApiError> {
    let payment = find(work, id)?;
    if payment.is_waiting() {
        let body = PaymentSettled {
            payment: id.to_owned(),
            customer: payment.customer.clone(),
            provider_ref: ids::id("sbx", work.moment.now)?,
            amount: payment.seen.amount.clone(),
            value_date: work.moment.today.to_string(),
        };
        append(work, id, &payment.session, body)?;
    }
    find(work, id)
}

/// The provider or the payer said no; nothing happens to a payment that no longer waits
pub fn decline(work: &Work<'_>, id: &str) -> Result<Payment, ApiError> {
    let payment = find(work, id)?;
    if payment.is_waiting() {
        append(work, id, &payment.session, PaymentFailed { payment: id.to_owned(), code: PaymentFailure::Declined })?;
    }
    find(work, id)
}

fn append(work: &Work<'_>, id: &str, session: &str, body: impl Into<tresen_wire::events::Body>) -> Result<String, ApiError> {
    let stream = format!("payment/{id}");
    let after = work.length(&stream)?;
    work.append(&Draft { after, ..Draft::opens(&stream, session) }, body)
}

/// Gives up the customer's payments whose time has passed, so that their orders may be placed again
pub fn give_up_expired(work: &Work<'_>, customer: &str) -> Result<(), ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT payment_id, session_id FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'initiated' AND expires_ms <= ?3",
    )?;
    let expired = statement
        .query_map(params![work.tenant, customer, work.moment.ms()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, String)>, _>>()?;
    for (id, session) in expired {
        append(&work.as_system(), &id, &session, PaymentFailed { payment: id.clone(), code: PaymentFailure::Expired })?;
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
        let is_due = app.read_now(Caller::system(&tenant), |work| {
            Ok(work
                .tx
                .prepare_cached(
                    "SELECT count(*) > 0 FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'initiated' AND expires_ms <= ?3",
                )?
                .query_row(params![work.tenant, customer, work.moment.ms()], |row| row.get(0))?)
        })?;
        if is_due {
            app.write_now(Caller::system(&tenant), |work| give_up_expired(work, &customer))?;
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
