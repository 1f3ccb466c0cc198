//! Customers and guests, and the key under which what is personal about them lies.
//!
//! **Invariant:** a guest is found by the shop's own number of the visit and by nothing else. No e-mail that a visitor types
//! leads to anything that an answer depends on.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::vault::DataKey;
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use tresen_core::ident::CustomerId;

/// Whether the shop has authenticated the person
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It has
    Customer,
    /// It has not
    Guest,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Guest => "guest",
        }
    }
}

/// A customer or guest, with the key to what is personal
#[derive(Debug)]
pub struct Customer {
    /// The service's own id
    pub id: CustomerId,
    /// The key
    pub key: DataKey,
}

/// What is personal about a customer
#[derive(Debug, Serialize, Deserialize)]
struct Personal {
    reference: String,
    email: Option<String>,
}

impl Work<'_> {
    /// The customer or guest of that number, new if need be; a customer's e-mail is kept, a guest's is not kept here
    pub fn customer(&self, kind: Kind, reference: &str, email: Option<&str>) -> Result<Customer, ApiError> {
        type Columns = (String, Option<Vec<u8>>, Option<Vec<u8>>);
        let email = if kind == Kind::Customer { email } else { None };
        let index = self.index_of(kind, reference);
        let email_index = email.map(|email| self.email_index(email));
        let personal = serde_json::to_vec(&Personal { reference: reference.to_owned(), email: email.map(str::to_owned) })?;
        let found: Option<Columns> = self
            .tx
            .prepare_cached(
                "SELECT customer_id, wrapped_key, email_index FROM customers WHERE tenant_id = ?1 AND kind = ?2 AND reference_index = ?3",
            )?
            .query_row(params![self.tenant.as_str(), kind.code(), index], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        if let Some((id, Some(wrapped), known_email)) = found {
            let id = ids::stored(&id, CustomerId::parse)?;
            let key = self.app.vault.data_key(&self.owner(&id), &wrapped)?;
            if email_index.is_some() && known_email.as_deref() != email_index.as_ref().map(<[u8; 32]>::as_slice) {
                self.tx
                    .prepare_cached(
                        "UPDATE customers SET email_index = ?3, sealed_personal = ?4 WHERE tenant_id = ?1 AND customer_id = ?2",
                    )?
                    .execute(params![self.tenant.as_str(), id.as_str(), email_index, key.seal(&Place::Customer(id.clone()), &personal)?])?;
                crate::ledger::look_again(self.tx, &self.tenant, &id)?;
            }
            return Ok(Customer { id, key });
        }
        let id = ids::by_time(self.moment.now, CustomerId::from_bytes)?;
        let (key, wrapped) = self.app.vault.new_data_key(&self.owner(&id))?;
        self.tx
            .prepare_cached(
                "INSERT INTO customers (tenant_id, customer_id, kind, reference_index, email_index, wrapped_key, sealed_personal, created_ms) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                self.tenant.as_str(),
                id.as_str(),
                kind.code(),
                index,
                email_index,
                wrapped,
                key.seal(&Place::Customer(id.clone()), &personal)?,
                self.moment.ms()
            ])?;
        Ok(Customer { id, key })
    }

    /// A customer's e-mail, as the shop said it; a guest's lies with the session
    pub fn email_of(&self, id: &CustomerId, key: &DataKey) -> Result<Option<String>, ApiError> {
        let sealed: Vec<u8> = self
            .tx
            .prepare_cached("SELECT sealed_personal FROM customers WHERE tenant_id = ?1 AND customer_id = ?2")?
            .query_row(params![self.tenant.as_str(), id.as_str()], |row| row.get(0))?;
        let personal: Personal = serde_json::from_slice(&key.open(&Place::Customer(id.clone()), &sealed)?)?;
        Ok(personal.email)
    }

    /// The service's own id of the customer with that number of the shop's
    pub fn customer_id(&self, reference: &str) -> Result<Option<CustomerId>, ApiError> {
        let id: Option<String> = self
            .tx
            .prepare_cached("SELECT customer_id FROM customers WHERE tenant_id = ?1 AND kind = 'customer' AND reference_index = ?2")?
            .query_row(params![self.tenant.as_str(), self.app.vault.index(&self.tenant, Kind::Customer.code(), reference)], |row| {
                row.get(0)
            })
            .optional()?;
        id.map(|id| ids::stored(&id, CustomerId::parse)).transpose()
    }

    /// The keyed hash under which a person is found by the shop's number
    pub fn index_of(&self, kind: Kind, reference: &str) -> [u8; 32] {
        self.app.vault.index(&self.tenant, kind.code(), reference)
    }

    /// The shop's number of a customer or guest, and a customer's e-mail; nothing when the person has been erased
    pub fn personal(&self, customer: &CustomerId) -> Result<Option<(String, Option<String>)>, ApiError> {
        Ok(self.known(customer)?.map(|(_, reference, email)| (reference, email)))
    }

    /// [`Work::personal`], with the key under which everything else of theirs lies
    pub fn known(&self, customer: &CustomerId) -> Result<Option<(DataKey, String, Option<String>)>, ApiError> {
        let found: Option<(Option<Vec<u8>>, Vec<u8>)> = self
            .tx
            .prepare_cached("SELECT wrapped_key, sealed_personal FROM customers WHERE tenant_id = ?1 AND customer_id = ?2")?
            .query_row(params![self.tenant.as_str(), customer.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((Some(wrapped), sealed)) = found else { return Ok(None) };
        let key = self.app.vault.data_key(&self.owner(customer), &wrapped)?;
        let Personal { reference, email } = serde_json::from_slice(&key.open(&Place::Customer(customer.clone()), &sealed)?)?;
        Ok(Some((key, reference, email)))
    }

    /// The key of a customer; nothing when the person has been erased
    pub fn key_of(&self, customer: &CustomerId) -> Result<Option<DataKey>, ApiError> {
        let wrapped: Option<Vec<u8>> = self
            .tx
            .prepare_cached("SELECT wrapped_key FROM customers WHERE tenant_id = ?1 AND customer_id = ?2")?
            .query_row(params![self.tenant.as_str(), customer.as_str()], |row| row.get(0))
            .optional()?
            .flatten();
        wrapped.map(|wrapped| self.app.vault.data_key(&self.owner(customer), &wrapped)).transpose()
    }

    /// Whether a customer of the shop's has that e-mail; asked after the decision, for the shop's own people only
    ///
    /// Also asked, of a text that nobody has, where no e-mail was typed: the work is the same.
    pub fn email_is_a_customers(&self, email: Option<&str>) -> Result<bool, ApiError> {
        Ok(self
            .tx
            .prepare_cached("SELECT count(*) > 0 FROM customers WHERE tenant_id = ?1 AND email_index = ?2")?
            .query_row(params![self.tenant.as_str(), self.email_index(email.unwrap_or(""))], |row| row.get(0))?)
    }

    fn email_index(&self, email: &str) -> [u8; 32] {
        self.app.vault.index(&self.tenant, "email", &email.trim().to_lowercase())
    }

    fn owner(&self, id: &CustomerId) -> String {
        format!("{}/{id}", self.tenant)
    }
}
