//! Two of a merchant's references turn out to be one person, or not to be after all. The merchant says it; nobody is merged by themselves.
//!
//! Nothing is mixed: each reference keeps its claims, payments and events. As long as they are one person, what protects the person counts for all of
//! them, and what is owed counts together.
//!
//! **Invariant:** of one person one reference leads, and the others were merged into it: there are no chains.
//! **Invariant:** afterwards each is as if they had never been one, but for what has happened meanwhile.

use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::{Ledger, Occasion, merged_into, person};
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, HoldId};
use tresen_core::receivable::Hold;
use tresen_wire::events::{Body, CustomerMerged, CustomerUnmerged, HoldPlaced};
use tresen_wire::http::{MergeCustomer, MergedCustomer};

/// References of one person at most: each knows of each other
const MERGED_MAX: usize = 9;

/// The references are one person from now on; said again it changes nothing
///
/// # Errors
///
/// `customer.unknown`; `merge.itself`; `merge.elsewhere`, `merge.leads` and `merge.chain` where a chain would come of it; `merge.too_many`.
pub fn merge(work: &Work<'_>, reference: &str, request: &MergeCustomer) -> Result<MergedCustomer, ApiError> {
    let customer = id(work, reference)?;
    let into = id(work, &request.into).map_err(|unknown| ApiError { at: Some("/into".to_owned()), ..unknown })?;
    if customer == into {
        let help = "pass the number of the customer who stays";
        return Err(ApiError::invalid("merge.itself", "/into", "a customer is not merged into themselves", help));
    }
    match merged_into(work.tx, &work.tenant, &customer)? {
        Some(known) if known == into => return state(work, reference),
        Some(_) => {
            let help = "take that back first, or merge both into the one that leads";
            return Err(ApiError::new(409, "merge.elsewhere", "the customer is merged into another one", help));
        }
        None => {}
    }
    if merged_into(work.tx, &work.tenant, &into)?.is_some() {
        let help = "merge into the one that leads";
        return Err(ApiError::new(409, "merge.chain", "whom to merge into is merged into another one", help));
    }
    if others(work, &customer)?.next().is_some() {
        let help = "merge the other way round, or take those back first";
        return Err(ApiError::new(409, "merge.leads", "others are merged into this customer", help));
    }
    let known = person(work.tx, &work.tenant, &into)?;
    if known.len() >= MERGED_MAX {
        let help = "look whether they really are one person";
        return Err(ApiError::new(409, "merge.too_many", format!("more than {MERGED_MAX} references would be one person"), help));
    }
    let mut own = ledger(work, &customer)?;
    for other in known {
        let mut beside = ledger(work, &other)?;
        let (here, there) = (held(&own, &customer), held(&beside, &other));
        let occasion = Occasion::now(customer.as_str());
        let merged = |other: &CustomerId| Body::from(CustomerMerged { other: other.to_string(), into: into.to_string() });
        own.happen(&occasion, [merged(&other)].into_iter().chain(there).collect())?;
        beside.happen(&occasion, [merged(&customer)].into_iter().chain(here).collect())?;
    }
    state(work, reference)
}

/// They are two persons after all; said again it changes nothing
///
/// # Errors
///
/// `customer.unknown`; `merge.leads` where others were merged into this one.
pub fn unmerge(work: &Work<'_>, reference: &str) -> Result<MergedCustomer, ApiError> {
    let customer = id(work, reference)?;
    if merged_into(work.tx, &work.tenant, &customer)?.is_none() {
        if others(work, &customer)?.next().is_none() {
            return state(work, reference);
        }
        let help = "take back each of them";
        return Err(ApiError::new(409, "merge.leads", "others are merged into this customer", help));
    }
    let mut own = ledger(work, &customer)?;
    for other in others(work, &customer)? {
        let occasion = Occasion::now(customer.as_str());
        let unmerged = |other: &CustomerId| Body::from(CustomerUnmerged { other: other.to_string() });
        own.happen(&occasion, vec![unmerged(&other)])?;
        ledger(work, &other)?.happen(&occasion, vec![unmerged(&customer)])?;
    }
    state(work, reference)
}

/// Which references are the same person
pub fn state(work: &Work<'_>, reference: &str) -> Result<MergedCustomer, ApiError> {
    let customer = id(work, reference)?;
    let named = |customer: &CustomerId| Ok::<_, ApiError>(work.personal(customer)?.map(|(reference, _)| reference));
    let into = merged_into(work.tx, &work.tenant, &customer)?;
    let into = into.as_ref().map(named).transpose()?.flatten();
    Ok(MergedCustomer { reference: reference.to_owned(), into, same_person: same_person(work, &customer)? })
}

/// The shop's numbers of the other references of a person's; who was erased has none
pub fn same_person(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<String>, ApiError> {
    let mut named = Vec::new();
    for other in others(work, customer)? {
        named.extend(work.personal(&other)?.map(|(reference, _)| reference));
    }
    Ok(named)
}

/// The other references of a person's
fn others(work: &Work<'_>, customer: &CustomerId) -> Result<impl Iterator<Item = CustomerId> + use<>, ApiError> {
    Ok(person(work.tx, &work.tenant, customer)?.into_iter().skip(1))
}

/// What is in force about the person at one reference, as it counts at the others
fn held(ledger: &Ledger<'_>, at: &CustomerId) -> Vec<Body> {
    let hold = |(id, hold): (&HoldId, &Hold)| HoldPlaced {
        hold: id.to_string(),
        reason: hold.reason.into(),
        receivable: None,
        until: hold.until.map(Date::to_iso),
        beside: Some(at.to_string()),
    };
    ledger.account().holds_of_person().map(|held| hold(held).into()).collect()
}

/// What is about all that a customer owes stands in every currency alike
fn ledger<'a>(work: &'a Work<'_>, customer: &CustomerId) -> Result<Ledger<'a>, ApiError> {
    Ledger::of(work, customer, work.active_policy()?.currency())
}

fn id(work: &Work<'_>, reference: &str) -> Result<CustomerId, ApiError> {
    work.customer_id(reference)?.ok_or_else(|| ApiError::unknown("customer.unknown", "customer"))
}
