//! A direct debit as it is stored.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::paying::Session;
use rusqlite::types::ToSql;
use rusqlite::{Row, params};
use tresen_core::date::Date;
use tresen_core::debit::Window;
use tresen_core::ident::{CustomerId, PaymentId, RequestId};
use tresen_wire::http::{Debit as Seen, DebitState};
use tresen_wire::money::Money;

/// The only currency of the scheme
pub const CURRENCY: &str = "EUR";

/// A direct debit as it is stored
#[derive(Debug, Clone)]
pub struct Debit {
    pub id: String,
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub request: RequestId,
    /// As it was announced
    pub minor: i64,
    pub signed_on: Date,
    pub window: Window,
    pub state: DebitState,
    pub reason: Option<String>,
    pub handed_in: Option<HandedIn>,
}

/// What the bank was told of it
#[derive(Debug, Clone)]
pub struct HandedIn {
    pub batch: String,
    pub on: Date,
    pub minor: i64,
}

fn word(state: DebitState) -> &'static str {
    match state {
        DebitState::Announced => "announced",
        DebitState::Submitted => "submitted",
        DebitState::Settled => "settled",
        DebitState::Returned => "returned",
        DebitState::Cancelled => "cancelled",
    }
}

fn stored_day(text: &str) -> Result<Date, ApiError> {
    ids::stored(text, Date::parse)
}

impl Debit {
    fn from_row(row: &Row<'_>) -> Result<Self, ApiError> {
        let text = |name: &str| row.get::<_, String>(name);
        let state: String = text("state")?;
        let batch: Option<String> = row.get("batch_id")?;
        let handed_in = match (batch, row.get::<_, Option<String>>("collected_on")?, row.get("collected_minor")?) {
            (Some(batch), Some(on), Some(minor)) => Some(HandedIn { batch, on: stored_day(&on)?, minor }),
            _ => None,
        };
        Ok(Self {
            id: text("debit_id")?,
            payment: ids::stored(&text("payment_id")?, PaymentId::parse)?,
            customer: ids::stored(&text("customer_id")?, CustomerId::parse)?,
            request: ids::stored(&text("request_id")?, RequestId::parse)?,
            minor: row.get("amount_minor")?,
            signed_on: stored_day(&text("signed_on")?)?,
            window: Window { first: stored_day(&text("first_day")?)?, last: stored_day(&text("last_day")?)? },
            state: serde_json::from_value(state.into())?,
            reason: row.get("reason")?,
            handed_in,
        })
    }

    fn all(work: &Work<'_>, sql: &str, given: &[&dyn ToSql]) -> Result<Vec<Self>, ApiError> {
        let mut statement = work.tx.prepare_cached(sql)?;
        let mut rows = statement.query(given)?;
        let mut debits = Vec::new();
        while let Some(row) = rows.next()? {
            debits.push(Self::from_row(row)?);
        }
        Ok(debits)
    }

    /// The debit of that name
    pub fn find(work: &Work<'_>, id: &str) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM debits WHERE tenant_id = ?1 AND debit_id = ?2";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &id])?.pop())
    }

    /// The debit by which a payment comes, if it comes by one
    pub fn by_payment(work: &Work<'_>, payment: &PaymentId) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM debits WHERE tenant_id = ?1 AND payment_id = ?2";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &payment.as_str()])?.pop())
    }

    /// Those that are not over, the earliest first
    pub fn open(work: &Work<'_>, most: u32) -> Result<Vec<Self>, ApiError> {
        let sql = "SELECT * FROM debits WHERE tenant_id = ?1 AND state IN ('announced', 'submitted') ORDER BY first_day, debit_id LIMIT ?2";
        Self::all(work, sql, &[&work.tenant.as_str(), &most])
    }

    /// Those that are announced for a day or an earlier one
    pub fn announced_for(work: &Work<'_>, until: Date, most: u32) -> Result<Vec<Self>, ApiError> {
        let sql = "SELECT * FROM debits WHERE tenant_id = ?1 AND state = 'announced' AND state IN ('announced', 'submitted') AND first_day <= ?2 \
                   ORDER BY first_day, debit_id LIMIT ?3";
        Self::all(work, sql, &[&work.tenant.as_str(), &until.to_iso(), &most])
    }

    /// Those of a batch
    pub fn of_batch(work: &Work<'_>, batch: &str) -> Result<Vec<Self>, ApiError> {
        let sql = "SELECT * FROM debits WHERE tenant_id = ?1 AND batch_id = ?2 ORDER BY debit_id";
        Self::all(work, sql, &[&work.tenant.as_str(), &batch])
    }

    /// Writes down what was announced
    pub fn write(&self, work: &Work<'_>) -> Result<(), ApiError> {
        work.tx
            .prepare_cached(
                "INSERT INTO debits (tenant_id, debit_id, payment_id, customer_id, request_id, amount_minor, signed_on, first_day, last_day, state) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                work.tenant.as_str(),
                self.id,
                self.payment.as_str(),
                self.customer.as_str(),
                self.request.as_str(),
                self.minor,
                self.signed_on.to_iso(),
                self.window.first.to_iso(),
                self.window.last.to_iso(),
                word(self.state)
            ])?;
        Ok(())
    }

    /// It stands otherwise from now on
    pub fn becomes(&mut self, work: &Work<'_>, state: DebitState, reason: Option<&str>) -> Result<(), ApiError> {
        (self.state, self.reason) = (state, reason.map(str::to_owned));
        work.tx.prepare_cached("UPDATE debits SET state = ?3, reason = ?4 WHERE tenant_id = ?1 AND debit_id = ?2")?.execute(params![
            work.tenant.as_str(),
            self.id,
            word(state),
            reason
        ])?;
        Ok(())
    }

    /// The bank has it
    pub fn is_handed_in(&mut self, work: &Work<'_>, handed_in: HandedIn) -> Result<(), ApiError> {
        work.tx
            .prepare_cached(
                "UPDATE debits SET state = 'submitted', batch_id = ?3, collected_on = ?4, collected_minor = ?5 WHERE tenant_id = ?1 AND debit_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.id, handed_in.batch, handed_in.on.to_iso(), handed_in.minor])?;
        (self.state, self.handed_in) = (DebitState::Submitted, Some(handed_in));
        Ok(())
    }

    /// What holds what its customer owes for it
    pub fn session(&self, work: &Work<'_>) -> Result<Session, ApiError> {
        Session::of(work, &self.payment)?.ok_or_else(|| ApiError::internal("a debit without a session"))
    }

    /// As the merchant sees it
    pub fn seen(&self) -> Seen {
        let minor = self.handed_in.as_ref().map_or(self.minor, |handed_in| handed_in.minor);
        Seen {
            debit: self.id.clone(),
            payment: self.payment.to_string(),
            state: self.state,
            amount: Money::new(minor, CURRENCY),
            from: self.window.first.to_iso(),
            until: self.window.last.to_iso(),
            batch: self.handed_in.as_ref().map(|handed_in| handed_in.batch.clone()),
            collected_on: self.handed_in.as_ref().map(|handed_in| handed_in.on.to_iso()),
            reason: self.reason.clone(),
        }
    }
}
