//! What was told of one payment, as it is stored.

use crate::app::Work;
use crate::customers::Kind;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use rusqlite::{Row as Found, params};
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, PaymentId};
use tresen_wire::events::Unallocated;
use tresen_wire::http::ReceivePayment;
use tresen_wire::money::Money;

/// What was told of one payment
#[derive(Debug, Clone)]
pub struct Row {
    pub payment: PaymentId,
    pub provider: String,
    pub provider_ref: String,
    pub amount: Money,
    pub value_date: String,
    pub received_ms: i64,
    pub customer: Option<CustomerId>,
    pub why: Option<Unallocated>,
    pub told_minor: Option<i64>,
}

impl Row {
    /// Of a payment that is told of for the first time
    pub fn new(payment: PaymentId, request: &ReceivePayment) -> Self {
        let ReceivePayment { provider, reference, amount, value_date, .. } = request.clone();
        Self { payment, provider, provider_ref: reference, amount, value_date, received_ms: 0, customer: None, why: None, told_minor: None }
    }

    fn from_row(row: &Found<'_>) -> Result<Self, ApiError> {
        let (payment, customer, why): (String, Option<String>, Option<String>) =
            (row.get("payment_id")?, row.get("customer_id")?, row.get("why")?);
        let currency: String = row.get("currency")?;
        Ok(Self {
            payment: ids::stored(&payment, PaymentId::parse)?,
            provider: row.get("provider")?,
            provider_ref: row.get("provider_ref")?,
            amount: Money::new(row.get("amount_minor")?, &currency),
            value_date: row.get("value_date")?,
            received_ms: row.get("received_ms")?,
            customer: customer.map(|id| ids::stored(&id, CustomerId::parse)).transpose()?,
            why: why.map(|why| serde_json::from_value(why.into())).transpose()?,
            told_minor: row.get("told_minor")?,
        })
    }

    fn all(work: &Work<'_>, sql: &str, given: &[&dyn rusqlite::ToSql]) -> Result<Vec<Self>, ApiError> {
        let mut statement = work.tx.prepare_cached(sql)?;
        let mut found = statement.query(given)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(Self::from_row(row)?);
        }
        Ok(rows)
    }

    /// What is known under a provider's number
    pub fn told(work: &Work<'_>, provider: &str, provider_ref: &str) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM incoming_payments WHERE tenant_id = ?1 AND provider = ?2 AND provider_ref = ?3";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &provider, &provider_ref])?.pop())
    }

    /// What was told of a payment
    pub fn of(work: &Work<'_>, payment: &PaymentId) -> Result<Self, ApiError> {
        let sql = "SELECT * FROM incoming_payments WHERE tenant_id = ?1 AND payment_id = ?2";
        let found = Self::all(work, sql, &[&work.tenant.as_str(), &payment.as_str()])?.pop();
        found.ok_or_else(|| ApiError::unknown("payment.unknown", "payment"))
    }

    /// Everything that a human has to look at, the oldest first
    pub fn to_look_at(work: &Work<'_>, most: u16) -> Result<Vec<Self>, ApiError> {
        let sql = "SELECT * FROM incoming_payments WHERE tenant_id = ?1 AND (customer_id IS NULL OR told_minor IS NOT NULL) \
                   ORDER BY received_ms, payment_id LIMIT ?2";
        Self::all(work, sql, &[&work.tenant.as_str(), &most])
    }

    /// The payments that wait for a claim of that reference, or for the customer
    pub fn waiting_for(work: &Work<'_>, customer: &CustomerId, reference: &str) -> Result<Vec<Self>, ApiError> {
        let named = "SELECT i.* FROM awaited_references a JOIN incoming_payments i ON i.tenant_id = a.tenant_id AND i.payment_id = a.payment_id \
                     WHERE a.tenant_id = ?1 AND a.reference = ?2";
        let mut waiting = Self::all(work, named, &[&work.tenant.as_str(), &reference])?;
        let said = "SELECT i.* FROM customers c JOIN incoming_payments i ON i.tenant_id = c.tenant_id AND i.awaited_customer = c.reference_index \
                    WHERE c.tenant_id = ?1 AND c.customer_id = ?2 AND c.kind = 'customer'";
        for row in Self::all(work, said, &[&work.tenant.as_str(), &customer.as_str()])? {
            if waiting.iter().all(|known| known.payment != row.payment) {
                waiting.push(row);
            }
        }
        Ok(waiting)
    }

    /// Writes it down: whose it is, or why nobody knows
    pub fn write(&self, work: &Work<'_>, owner: Result<&CustomerId, Unallocated>) -> Result<(), ApiError> {
        let (customer, why) = match owner {
            Ok(customer) => (Some(customer.as_str()), None),
            Err(why) => (None, Some(word(why)?)),
        };
        work.tx
            .prepare_cached(
                "INSERT INTO incoming_payments (tenant_id, provider, provider_ref, payment_id, currency, amount_minor, value_date, received_ms, \
                 customer_id, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                work.tenant.as_str(),
                self.provider,
                self.provider_ref,
                self.payment.as_str(),
                self.amount.currency,
                self.amount.minor,
                self.value_date,
                work.moment.ms(),
                customer,
                why
            ])?;
        Ok(())
    }

    /// Keeps what it waits for, and what the payer wrote, sealed
    pub fn wait(&self, work: &Work<'_>, references: &[String], request: &ReceivePayment) -> Result<(), ApiError> {
        let awaited = request.customer.as_deref().map(|reference| work.index_of(Kind::Customer, reference));
        let (key, wrapped) = work.app.vault.new_data_key(&self.owner(work))?;
        let sealed = key.seal(&Place::Payment(self.payment.clone()), &serde_json::to_vec(request)?)?;
        work.tx
            .prepare_cached(
                "UPDATE incoming_payments SET awaited_customer = ?3, sealed_remittance = ?4, wrapped_key = ?5 WHERE tenant_id = ?1 AND payment_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), awaited, sealed, wrapped])?;
        let mut insert = work.tx.prepare_cached("INSERT INTO awaited_references (tenant_id, reference, payment_id) VALUES (?1, ?2, ?3)")?;
        for reference in references {
            insert.execute(params![work.tenant.as_str(), reference, self.payment.as_str()])?;
        }
        Ok(())
    }

    /// What was told, while nobody knows whose it is; nothing when whoever it was said to be from was erased
    pub fn as_it_was_told(&self, work: &Work<'_>) -> Result<Option<ReceivePayment>, ApiError> {
        let (sealed, wrapped): (Option<Vec<u8>>, Option<Vec<u8>>) = work
            .tx
            .prepare_cached("SELECT sealed_remittance, wrapped_key FROM incoming_payments WHERE tenant_id = ?1 AND payment_id = ?2")?
            .query_row(params![work.tenant.as_str(), self.payment.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(sealed), Some(wrapped)) = (sealed, wrapped) else { return Ok(None) };
        let key = work.app.vault.data_key(&self.owner(work), &wrapped)?;
        Ok(Some(serde_json::from_slice(&key.open(&Place::Payment(self.payment.clone()), &sealed)?)?))
    }

    /// Whose it is; what the payer wrote goes
    pub fn belongs_to(&self, work: &Work<'_>, customer: &CustomerId) -> Result<(), ApiError> {
        work.tx
            .prepare_cached(
                "UPDATE incoming_payments SET customer_id = ?3, why = NULL, awaited_customer = NULL, sealed_remittance = NULL, wrapped_key = NULL \
                 WHERE tenant_id = ?1 AND payment_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), customer.as_str()])?;
        work.tx
            .prepare_cached("DELETE FROM awaited_references WHERE tenant_id = ?1 AND payment_id = ?2")?
            .execute([work.tenant.as_str(), self.payment.as_str()])?;
        Ok(())
    }

    /// So much that was charged too late was taken back with it
    pub fn gives_back(&self, work: &Work<'_>, minor: i64) -> Result<(), ApiError> {
        work.tx
            .prepare_cached("UPDATE incoming_payments SET given_back_minor = ?3 WHERE tenant_id = ?1 AND payment_id = ?2")?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), minor])?;
        Ok(())
    }

    /// The provider told another amount under the same number
    pub fn told_otherwise(&self, work: &Work<'_>, amount: &Money) -> Result<(), ApiError> {
        work.tx
            .prepare_cached("UPDATE incoming_payments SET told_minor = ?3 WHERE tenant_id = ?1 AND payment_id = ?2")?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), amount.minor])?;
        Ok(())
    }

    /// Nobody has to look at it any more
    pub fn looked_at(&self, work: &Work<'_>) -> Result<(), ApiError> {
        work.tx
            .prepare_cached("UPDATE incoming_payments SET told_minor = NULL WHERE tenant_id = ?1 AND payment_id = ?2")?
            .execute([work.tenant.as_str(), self.payment.as_str()])?;
        Ok(())
    }

    /// The day on which it counts for the payer
    pub fn value_date(&self) -> Result<Date, ApiError> {
        Date::parse(&self.value_date).ok_or_else(|| ApiError::internal("a payment of no day"))
    }

    fn owner(&self, work: &Work<'_>) -> String {
        format!("{}/{}", work.tenant, self.payment)
    }
}

fn word(why: Unallocated) -> Result<String, ApiError> {
    serde_json::to_value(why)?.as_str().map(str::to_owned).ok_or_else(|| ApiError::internal("a word that is none"))
}
