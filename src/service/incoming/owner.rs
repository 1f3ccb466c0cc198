//! Whose money it is: what the payer wrote names claims, or the shop names the customer.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, ReceivableId};
use tresen_wire::events::Unallocated;
use tresen_wire::http::ReceivePayment;
use tresen_wire::reference::references_in;

/// Whose money it is
pub enum Owner {
    /// One customer's; the claims that were named, the first first
    Known {
        /// The service's own id
        customer: CustomerId,
        /// Ids of claims
        named: Vec<ReceivableId>,
    },
    /// Nobody knows
    Unknown {
        /// Why
        why: Unallocated,
        /// What it names that may be there later
        references: Vec<String>,
    },
}

struct Claim {
    id: ReceivableId,
    customer: CustomerId,
    currency: String,
}

/// Whose a payment is that a provider tells of
pub fn of(work: &Work<'_>, request: &ReceivePayment) -> Result<Owner, ApiError> {
    let references = request.remittance.as_deref().map(references_in).unwrap_or_default();
    let mut named = designated(work, &request.designated)?;
    for reference in &references {
        named.extend(by(
            work,
            "SELECT receivable_id, customer_id, currency FROM receivables WHERE tenant_id = ?1 AND reference = ?2",
            reference,
        )?);
    }
    let said = match &request.customer {
        Some(reference) => Some(work.customer_id(reference)?),
        None => None,
    };
    Ok(match one(named, said.flatten().as_ref(), &request.amount.currency) {
        // A customer was named whom nobody knows, or references that may be another's: not nobody's.
        Err(Unallocated::NothingNamed) if request.customer.is_some() || !references.is_empty() => {
            Owner::Unknown { why: Unallocated::UnknownReference, references }
        }
        Err(why) => Owner::Unknown { why, references },
        Ok(known) => known,
    })
}

/// Whose a payment is according to a human
pub fn said(work: &Work<'_>, customer: Option<&str>, claims: &[String], currency: &str) -> Result<Owner, ApiError> {
    let known = customer.map(|reference| work.customer_id(reference)).transpose()?;
    if known == Some(None) {
        return Err(ApiError::unknown("customer.unknown", "customer"));
    }
    let found = one(designated(work, claims)?, known.flatten().as_ref(), currency);
    Ok(found.unwrap_or_else(|why| Owner::Unknown { why, references: Vec::new() }))
}

/// The one customer to whom all that is named belongs
fn one(named: Vec<Claim>, said: Option<&CustomerId>, currency: &str) -> Result<Owner, Unallocated> {
    let customer = said.or_else(|| named.first().map(|claim| &claim.customer)).cloned().ok_or(Unallocated::NothingNamed)?;
    if named.iter().any(|claim| claim.customer != customer) {
        return Err(Unallocated::SeveralCustomers);
    }
    if named.iter().any(|claim| claim.currency != currency) {
        return Err(Unallocated::OtherCurrency);
    }
    Ok(Owner::Known { customer, named: named.into_iter().map(|claim| claim.id).collect() })
}

fn designated(work: &Work<'_>, claims: &[String]) -> Result<Vec<Claim>, ApiError> {
    let mut named = Vec::new();
    for (place, id) in claims.iter().enumerate() {
        let found =
            by(work, "SELECT receivable_id, customer_id, currency FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2", id)?;
        let unknown = || ApiError { at: Some(format!("/designated/{place}")), ..ApiError::unknown("receivable.unknown", "claim") };
        named.push(found.ok_or_else(unknown)?);
    }
    Ok(named)
}

fn by(work: &Work<'_>, sql: &'static str, text: &str) -> Result<Option<Claim>, ApiError> {
    let found: Option<(String, String, String)> = work
        .tx
        .prepare_cached(sql)?
        .query_row(params![work.tenant.as_str(), text], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let claim = |(id, customer, currency): (String, String, String)| {
        Ok(Claim { id: ids::stored(&id, ReceivableId::parse)?, customer: ids::stored(&customer, CustomerId::parse)?, currency })
    };
    found.map(claim).transpose()
}
