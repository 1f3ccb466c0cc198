//! A session as it is stored.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::providers::{Checkout, Known, Started};
use rusqlite::types::ToSql;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use tresen_core::debit::PROVIDER;
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId};
use tresen_core::receivable::Account;
use tresen_wire::money::Money;

/// How a session stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is going to be begun, or was: nobody has been told where
    Intended,
    /// The payer can pay
    Open,
    /// The payer has paid, and the money is on its way
    Pending,
    /// The money has come
    Paid,
    /// It will not
    Closed,
}

impl State {
    /// The word for it
    pub fn code(self) -> &'static str {
        match self {
            Self::Intended => "intended",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Closed => "closed",
        }
    }

    fn parse(word: &str) -> Result<Self, ApiError> {
        let known = [Self::Intended, Self::Open, Self::Pending, Self::Paid, Self::Closed].into_iter().find(|state| state.code() == word);
        known.ok_or_else(|| ApiError::internal("a session in a state that there is not"))
    }

    /// Whether it holds its claims
    pub fn holds(self) -> bool {
        match self {
            Self::Intended | Self::Open | Self::Pending => true,
            Self::Paid | Self::Closed => false,
        }
    }
}

/// What lies under the customer's key
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What the provider is told
    pub checkout: Checkout,
    /// Where its page is, once it is known
    pub redirect: Option<String>,
    /// The pay link by which the payer came, as its hash is written; nothing where they came by their account
    #[serde(default)]
    pub paylink: Option<String>,
}

/// A session as it is stored
#[derive(Debug, Clone)]
pub struct Session {
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub amount: Money,
    pub receivables: Vec<ReceivableId>,
    pub method: String,
    pub provider: String,
    pub reference: Option<String>,
    pub state: State,
    pub why: Option<String>,
    pub opened_ms: i64,
    pub changed_ms: i64,
    pub lease_until_ms: Option<i64>,
    /// Nothing of a person who was erased
    pub details: Option<Details>,
}

/// The ids of claims as they are stored
fn names(claims: &[ReceivableId]) -> Result<String, ApiError> {
    let names: Vec<&str> = claims.iter().map(ReceivableId::as_str).collect();
    Ok(serde_json::to_string(&names)?)
}

impl Session {
    fn from_row(work: &Work<'_>, row: &Row<'_>) -> Result<Self, ApiError> {
        let (payment, customer, receivables): (String, String, String) =
            (row.get("payment_id")?, row.get("customer_id")?, row.get("receivables")?);
        let (currency, state): (String, String) = (row.get("currency")?, row.get("state")?);
        let (payment, customer) = (ids::stored(&payment, PaymentId::parse)?, ids::stored(&customer, CustomerId::parse)?);
        let names: Vec<String> = serde_json::from_str(&receivables)?;
        let sealed: Option<Vec<u8>> = row.get("sealed_details")?;
        let details = match (sealed, work.key_of(&customer)?) {
            (Some(sealed), Some(key)) => Some(serde_json::from_slice(&key.open(&Place::Payment(payment.clone()), &sealed)?)?),
            (Some(_) | None, _) => None,
        };
        Ok(Self {
            payment,
            customer,
            amount: Money::new(row.get("amount_minor")?, &currency),
            receivables: names.iter().map(|name| ids::stored(name, ReceivableId::parse)).collect::<Result<_, _>>()?,
            method: row.get("method")?,
            provider: row.get("provider")?,
            reference: row.get("provider_ref")?,
            state: State::parse(&state)?,
            why: row.get("why")?,
            opened_ms: row.get("opened_ms")?,
            changed_ms: row.get("changed_ms")?,
            lease_until_ms: row.get("lease_until_ms")?,
            details,
        })
    }

    fn all(work: &Work<'_>, sql: &str, given: &[&dyn ToSql]) -> Result<Vec<Self>, ApiError> {
        let mut statement = work.tx.prepare_cached(sql)?;
        let mut found = statement.query(given)?;
        let mut sessions = Vec::new();
        while let Some(row) = found.next()? {
            sessions.push(Self::from_row(work, row)?);
        }
        Ok(sessions)
    }

    /// The session of a payment
    pub fn of(work: &Work<'_>, payment: &PaymentId) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND payment_id = ?2";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &payment.as_str()])?.pop())
    }

    /// The session that a provider has that name for
    pub fn named(work: &Work<'_>, provider: &str, reference: &str) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND provider = ?2 AND provider_ref = ?3";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &provider, &reference])?.pop())
    }

    /// The session by which money came that has that number at a provider
    pub fn of_money(work: &Work<'_>, provider: &str, reference: &str) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND provider = ?2 AND money_ref = ?3";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &provider, &reference])?.pop())
    }

    /// The sessions that hold claims of a customer in a currency
    pub fn open_of(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Vec<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND lease_until_ms IS NOT NULL";
        Self::all(work, sql, &[&work.tenant.as_str(), &customer.as_str(), &currency])
    }

    /// The newest session of a customer in a currency that is for one of these claims
    pub fn last_of(work: &Work<'_>, customer: &CustomerId, currency: &str, claims: &[ReceivableId]) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 \
                   AND EXISTS (SELECT 1 FROM json_each(receivables) WHERE value IN (SELECT value FROM json_each(?4))) ORDER BY number DESC LIMIT 1";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &customer.as_str(), &currency, &names(claims)?])?.pop())
    }

    /// The newest session that was begun by a pay link since it was issued, and has been paid
    pub fn paid_by_link(work: &Work<'_>, payer: (&CustomerId, &str), (hash, issued_ms): (&str, i64)) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND state IN ('pending', 'paid') \
                   AND opened_ms >= ?4 ORDER BY number DESC LIMIT 20";
        let all = Self::all(work, sql, &[&work.tenant.as_str(), &payer.0.as_str(), &payer.1, &issued_ms])?;
        let is_by_it = |session: &Self| session.details.as_ref().is_some_and(|details| details.paylink.as_deref() == Some(hash));
        Ok(all.into_iter().find(is_by_it))
    }

    /// The sessions whose time is up, the oldest first
    pub fn due(work: &Work<'_>, most: u16) -> Result<Vec<Self>, ApiError> {
        let sql = "SELECT * FROM pay_sessions WHERE tenant_id = ?1 AND lease_until_ms <= ?2 ORDER BY lease_until_ms LIMIT ?3";
        Self::all(work, sql, &[&work.tenant.as_str(), &work.moment.ms(), &most])
    }

    /// As the provider is asked about it; nothing while its name of it is not known
    pub fn known(&self) -> Option<Known> {
        Some(Known { reference: self.reference.clone()?, key: self.payment.to_string(), wanted: self.state.holds() })
    }

    /// Whether it is for one of these claims
    pub fn is_about(&self, claims: &[ReceivableId]) -> bool {
        self.receivables.iter().any(|id| claims.contains(id))
    }

    /// What is open of its claims, in minor units
    pub fn left(&self, account: &Account) -> i64 {
        self.receivables.iter().map(|id| account.open(id)).fold(0, i64::saturating_add)
    }

    /// Whether money is on its way, be it by a direct debit or by a provider who has said yes: then it is let go for nothing else
    pub fn is_under_way(&self) -> bool {
        self.provider == PROVIDER || self.state == State::Pending
    }

    /// Whether it is for just that
    pub fn is_for(&self, other: &Self) -> bool {
        (&self.provider, &self.method, &self.amount, &self.receivables)
            == (&other.provider, &other.method, &other.amount, &other.receivables)
    }

    /// Writes down what is going to be begun: its claims are held from now on, and were by nobody else
    pub fn write(&self, work: &Work<'_>) -> Result<(), ApiError> {
        work.tx
            .prepare_cached(
                "INSERT INTO pay_sessions (tenant_id, payment_id, customer_id, currency, amount_minor, receivables, method, provider, state, sealed_details, \
                 opened_ms, changed_ms, lease_until_ms, expected_fee_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                work.tenant.as_str(),
                self.payment.as_str(),
                self.customer.as_str(),
                self.amount.currency,
                self.amount.minor,
                names(&self.receivables)?,
                self.method,
                self.provider,
                self.state.code(),
                self.sealed(work)?,
                self.opened_ms,
                self.changed_ms,
                self.lease_until_ms,
                self.expected_fee(work)?,
            ])?;
        let mut holds = work.tx.prepare_cached("INSERT INTO pay_leases (tenant_id, receivable_id, payment_id) VALUES (?1, ?2, ?3)")?;
        for claim in &self.receivables {
            holds.execute([work.tenant.as_str(), claim.as_str(), self.payment.as_str()])?;
        }
        Ok(())
    }

    /// Its claims are held by nobody any more
    fn lets_go(&self, work: &Work<'_>) -> Result<(), ApiError> {
        work.tx
            .prepare_cached("DELETE FROM pay_leases WHERE tenant_id = ?1 AND payment_id = ?2")?
            .execute([work.tenant.as_str(), self.payment.as_str()])?;
        Ok(())
    }

    /// What the merchant's policy says that the method costs them, in minor units; nothing where it does not name it
    fn expected_fee(&self, work: &Work<'_>) -> Result<Option<i64>, ApiError> {
        let policy = work.active_policy()?;
        let methods = policy.settlement().methods;
        let method = methods.iter().find(|method| method.id == self.method && method.provider == self.provider);
        Ok(method.filter(|_| policy.currency() == self.amount.currency).map(|method| method.fee.on(self.amount.minor)))
    }

    fn sealed(&self, work: &Work<'_>) -> Result<Option<Vec<u8>>, ApiError> {
        let (Some(details), Some(key)) = (&self.details, work.key_of(&self.customer)?) else { return Ok(None) };
        Ok(Some(key.seal(&Place::Payment(self.payment.clone()), &serde_json::to_vec(details)?)?))
    }

    /// The provider has begun it, whatever has become of it here
    pub fn begun(&mut self, work: &Work<'_>, started: &Started) -> Result<(), ApiError> {
        self.reference = Some(started.reference.clone());
        if let Some(details) = &mut self.details {
            details.redirect = Some(started.redirect.clone());
        }
        work.tx
            .prepare_cached("UPDATE pay_sessions SET provider_ref = ?3, sealed_details = ?4 WHERE tenant_id = ?1 AND payment_id = ?2")?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), self.reference, self.sealed(work)?])?;
        if self.state == State::Intended { self.becomes(work, State::Open, self.lease_until_ms) } else { Ok(()) }
    }

    /// It stands otherwise; what it holds, it holds until then
    pub fn becomes(&mut self, work: &Work<'_>, state: State, lease_until_ms: Option<i64>) -> Result<(), ApiError> {
        (self.state, self.lease_until_ms, self.changed_ms) = (state, lease_until_ms, work.moment.ms());
        work.tx
            .prepare_cached(
                "UPDATE pay_sessions SET state = ?3, lease_until_ms = ?4, changed_ms = ?5, why = NULL WHERE tenant_id = ?1 AND payment_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), state.code(), lease_until_ms, self.changed_ms])?;
        if state.holds() { Ok(()) } else { self.lets_go(work) }
    }

    /// By which money it was paid, and what the provider keeps of it, once that is known
    pub fn paid_by(&self, work: &Work<'_>, reference: &str, fee: Option<&Money>) -> Result<(), ApiError> {
        let fee = fee.filter(|fee| fee.currency == self.amount.currency).map(|fee| fee.minor);
        work.tx
            .prepare_cached(
                "UPDATE pay_sessions SET money_ref = ?3, fee_minor = coalesce(?4, fee_minor) WHERE tenant_id = ?1 AND payment_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), reference, fee])?;
        Ok(())
    }

    /// It holds nothing any more
    pub fn close(&mut self, work: &Work<'_>, why: &str) -> Result<(), ApiError> {
        (self.state, self.lease_until_ms, self.why) = (State::Closed, None, Some(why.to_owned()));
        work.tx
            .prepare_cached(
                "UPDATE pay_sessions SET state = 'closed', lease_until_ms = NULL, changed_ms = ?3, why = ?4 WHERE tenant_id = ?1 AND payment_id = ?2",
            )?
            .execute(params![work.tenant.as_str(), self.payment.as_str(), work.moment.ms(), why])?;
        self.lets_go(work)
    }
}
