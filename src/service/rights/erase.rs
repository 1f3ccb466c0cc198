//! One person's data go, and the sums stay.
//!
//! What goes: the key under which everything personal lies, and with it what was sealed by it; the keyed hashes by which the person was found;
//! addresses to return to. What stays, under the service's own id, which means nothing outside of it: claims and payments, which the merchant
//! has to keep for the tax and the books (GDPR Art. 17(3)(b); HGB section 257, AO section 147: invoices and entries 8 to 10 years); which
//! decision was made, by which policy and with which consents, for the defence of legal claims (Art. 17(3)(e)), without the facts that it was
//! made on; and the chain of events, which names nobody.
//!
//! **Invariant:** erasing a person changes no projection: neither what is owed in all nor anything that replaying the events gives.

use super::Person;
use crate::app::Work;
use crate::clock::wire;
use crate::collect;
use crate::error::ApiError;
use crate::journal::Draft;
use crate::merges;
use crate::places::Place;
use rusqlite::params;
use tresen_core::ident::CustomerId;
use tresen_wire::events::CustomerErased;
use tresen_wire::http::{ErasePerson, Kept, PersonErased};

/// Erases a person; afterwards the store has to be scrubbed, for a database keeps what it overwrites
pub fn erase(work: &Work<'_>, person: Person<'_>, request: ErasePerson) -> Result<PersonErased, ApiError> {
    let customer = person.id(work)?;
    if !request.despite_open && is_open(work, &customer)? {
        return Err(ApiError::new(
            409,
            "erasure.something_open",
            "the person still owes something, or a payment of theirs is under way",
            "the law lets you keep what an open claim needs (GDPR Art. 17(3)(e)): settle it first, or send `despite_open` to keep it under the \
             service's own id alone, where it no longer counts against the person",
        ));
    }
    collect::opt_outs_stay(work, &customer)?;
    let same_person = merges::same_person(work, &customer)?;
    for forgotten in [
        // Before the hash goes by which a payment without an owner could be found to be theirs.
        "UPDATE incoming_payments SET awaited_customer = NULL, sealed_remittance = NULL, wrapped_key = NULL WHERE tenant_id = ?1 \
         AND awaited_customer = (SELECT reference_index FROM customers WHERE tenant_id = ?1 AND customer_id = ?2)",
        "UPDATE customers SET wrapped_key = NULL, reference_index = NULL, email_index = NULL, sealed_personal = x'' WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE sessions SET sealed_details = x'', return_url = NULL WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE decisions SET sealed_facts = x'', sealed_cart = NULL, browser_record = NULL, response = x'' WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE checks SET sealed_details = x'', code_hash = NULL WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE messages SET sealed_message = NULL WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE pay_sessions SET sealed_details = NULL WHERE tenant_id = ?1 AND customer_id = ?2",
        "DELETE FROM paylinks WHERE tenant_id = ?1 AND customer_id = ?2",
        "DELETE FROM proofs WHERE tenant_id = ?1 AND customer_id = ?2",
        "DELETE FROM requests WHERE tenant_id = ?1 AND customer_id = ?2",
        "DELETE FROM accesses WHERE tenant_id = ?1 AND customer_id = ?2",
        "DELETE FROM access_codes WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE inquiries SET sealed_report = NULL WHERE tenant_id = ?1 AND customer_id = ?2",
        "UPDATE reviews SET sealed_words = x'' WHERE tenant_id = ?1 AND customer_id = ?2",
    ]
    .iter()
    .chain(collect::FORGOTTEN)
    {
        work.tx.prepare_cached(forgotten)?.execute(params![work.tenant.as_str(), customer.as_str()])?;
    }
    let stream = Place::Customer(customer.clone());
    let after = work.length(&stream)?;
    work.append(&Draft { after, ..Draft::opens(&stream, "erasure") }, CustomerErased { customer: customer.to_string() })?;
    let count = |sql: &str| -> Result<u64, ApiError> {
        let found: i64 = work.tx.prepare_cached(sql)?.query_row(params![work.tenant.as_str(), customer.as_str()], |row| row.get(0))?;
        Ok(u64::try_from(found).unwrap_or(0))
    };
    Ok(PersonErased {
        customer: customer.to_string(),
        erased_at: wire(work.moment.now),
        same_person,
        kept: Kept {
            receivables: count("SELECT count(*) FROM receivables WHERE tenant_id = ?1 AND customer_id = ?2")?,
            payments: count(
                "SELECT (SELECT count(*) FROM payments WHERE tenant_id = ?1 AND customer_id = ?2) \
                 + (SELECT count(*) FROM incoming_payments WHERE tenant_id = ?1 AND customer_id = ?2)",
            )?,
            decisions: count("SELECT count(*) FROM decisions WHERE tenant_id = ?1 AND customer_id = ?2")?,
        },
    })
}

/// Whether money is still on its way between the person and the shop, either way
fn is_open(work: &Work<'_>, customer: &CustomerId) -> Result<bool, ApiError> {
    Ok(work
        .tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM pay_sessions WHERE tenant_id = ?1 AND customer_id = ?2 AND lease_until_ms IS NOT NULL) \
             OR EXISTS (SELECT 1 FROM receivables WHERE tenant_id = ?1 AND customer_id = ?2 AND balance_minor <> 0) \
             OR EXISTS (SELECT 1 FROM accounts WHERE tenant_id = ?1 AND customer_id = ?2 AND credit_minor <> 0) \
             OR EXISTS (SELECT 1 FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'initiated' AND expires_ms > ?3)",
        )?
        .query_row(params![work.tenant.as_str(), customer.as_str(), work.moment.ms()], |row| row.get(0))?)
}
