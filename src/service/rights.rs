//! What one person may ask of their data (GDPR Articles 15, 17 and 20): all of it as a file, and that it goes.

mod erase;
mod export;

pub use erase::erase;
pub use export::export;

use crate::app::Work;
use crate::customers::Kind;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::CustomerId;

/// How the shop names a person
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person<'a> {
    /// By the shop's number of a customer whom it has authenticated
    Customer(&'a str),
    /// By the shop's number of a guest's own visit
    Guest(&'a str),
}

impl Person<'_> {
    fn parts(self) -> (Kind, &'static str, String) {
        match self {
            Self::Customer(reference) => (Kind::Customer, "customer", reference.to_owned()),
            Self::Guest(reference) => (Kind::Guest, "guest", reference.to_owned()),
        }
    }

    /// The keyed hash under which the person is found: it says who is meant without saying who it is
    pub fn index(self, work: &Work<'_>) -> [u8; 32] {
        let (kind, _, reference) = self.parts();
        work.index_of(kind, &reference)
    }

    /// The service's own id of the person
    pub fn id(self, work: &Work<'_>) -> Result<CustomerId, ApiError> {
        let (_, kind, _) = self.parts();
        let id: Option<String> = work
            .tx
            .prepare_cached("SELECT customer_id FROM customers WHERE tenant_id = ?1 AND kind = ?2 AND reference_index = ?3")?
            .query_row(params![work.tenant.as_str(), kind, self.index(work)], |row| row.get(0))
            .optional()?;
        ids::stored(&id.ok_or_else(unknown)?, CustomerId::parse)
    }

    /// The keys under which their data lie, as they are stored: none of whoever is not known, or not any more
    pub fn keys(self, work: &Work<'_>) -> Result<Vec<Vec<u8>>, ApiError> {
        let (_, kind, _) = self.parts();
        let mut keys = Vec::new();
        for sql in [
            "SELECT wrapped_key FROM customers WHERE tenant_id = ?1 AND kind = ?2 AND reference_index = ?3 AND wrapped_key IS NOT NULL",
            "SELECT wrapped_key FROM incoming_payments WHERE tenant_id = ?1 AND ?2 = 'customer' AND awaited_customer = ?3 AND wrapped_key IS NOT NULL",
        ] {
            let mut found = work.tx.prepare_cached(sql)?;
            for key in found.query_map(params![work.tenant.as_str(), kind, self.index(work)], |row| row.get(0))? {
                keys.push(key?);
            }
        }
        Ok(keys)
    }
}

/// Whoever was never known and whoever is erased are answered alike: nothing is left that could tell them apart
fn unknown() -> ApiError {
    ApiError::unknown("customer.unknown", "customer")
}
