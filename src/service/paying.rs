//! Customers who are sent to a provider's page to pay what they owe, and what comes of it.
//!
//! Whoever is on their way is a row, a session, which holds the claims that are paid: nobody else is sent for one of them, and nothing may be charged
//! for it by itself. What else the customer owes can be paid beside it. It is written and committed before the provider is asked, and the provider is asked under its id: a crash in between is
//! made good by asking again under the same id, never by a second payment.
//!
//! **Invariant:** the page of a provider is told to nobody before it is written down; a session without one can be paid by nobody.
//! **Invariant:** a session that holds claims is let go when the provider says that it is paid or can no longer be paid, or when its time is up and
//! nobody there has answered for long.
//! **Invariant:** money is booked whatever has become of its session: what is owed no longer is the customer's own.

mod ask;
mod back;
mod book;
mod held;
mod notice;
mod refunds;
mod row;
mod start;
mod sweep;

pub use back::came_back;
pub use book::book;
pub use held::Held;
pub use notice::notice;
pub use row::{Session, State};
pub use start::{Payer, start};
pub use sweep::{of_tenant, sweep};

use crate::app::{App, Work};
use crate::collect::{CaseFile, moment};
use crate::error::ApiError;
use crate::ledger::Ledger;
use crate::providers::Provider;
use rusqlite::{OptionalExtension as _, params};
use std::sync::Arc;
use tresen_core::facts::Facts;
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId};
use tresen_core::policy::PaymentMethod;
use tresen_wire::http::{LastPayment, PayMethod};
use tresen_wire::money::Money;

/// The ways to pay that a customer is offered beside the transfer: those that the policy offers to a case such as theirs, of the providers that the
/// service has
///
/// A policy that names none leaves it to the providers: one for each method.
pub fn methods(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Vec<PayMethod>, ApiError> {
    if address_of(work.app).is_none() {
        return Ok(Vec::new());
    }
    let policy = work.active_policy()?;
    let settlement = policy.settlement();
    if settlement.methods.is_empty() {
        return Ok(of_the_providers(work));
    }
    let facts = case_facts(work, customer, currency)?;
    let takes = |provider: &str, id: &str| work.app.config.providers.get(provider).is_some_and(|provider| provider.methods().contains(&id));
    let mut methods: Vec<PayMethod> = Vec::new();
    for method in settlement.methods_for(&facts).filter(|method| takes(&method.provider, &method.id)) {
        // Of two providers of one method the first takes it.
        if methods.iter().all(|known| known.id != method.id) {
            methods.push(PayMethod { id: method.id.clone(), provider: method.provider.clone() });
        }
    }
    Ok(methods)
}

/// Whether the policy names that method of whoever takes it for a case such as theirs
pub fn is_offered(work: &Work<'_>, customer: &CustomerId, currency: &str, method: &str, provider: &str) -> Result<bool, ApiError> {
    let settlement = work.active_policy()?.settlement();
    let is_it = |named: &PaymentMethod| named.id == method && named.provider == provider;
    if !settlement.methods.iter().any(is_it) {
        return Ok(false);
    }
    let facts = case_facts(work, customer, currency)?;
    Ok(settlement.methods_for(&facts).any(is_it))
}

fn case_facts(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Facts, ApiError> {
    let case = CaseFile::of(work, customer, currency, None)?;
    Ok(case.facts(&moment(work, &*work.active_policy()?, work.moment.now)?))
}

fn of_the_providers(work: &Work<'_>) -> Vec<PayMethod> {
    let mut methods: Vec<PayMethod> = Vec::new();
    for (name, provider) in &work.app.config.providers {
        for id in provider.methods() {
            if methods.iter().all(|known| known.id != *id) {
                methods.push(PayMethod { id: (*id).to_owned(), provider: name.clone() });
            }
        }
    }
    methods
}

/// The address by which browsers and providers reach the service, without a slash at its end; in the sandbox its own where nobody named one
fn address_of(app: &App) -> Option<String> {
    let named = app.config.public_url.trim_end_matches('/');
    if named.starts_with("https://") || named.starts_with("http://") {
        return Some(named.to_owned());
    }
    app.address.get().filter(|_| app.config.sandbox).map(|address| format!("http://{address}"))
}

/// The origins of the pages that whoever pays may be led to
pub fn origins(app: &App) -> Vec<String> {
    app.config.providers.values().flat_map(|provider| provider.origins()).collect()
}

/// Who takes a method, with the name of the provider
type Taker = (String, Arc<dyn Provider>);

/// Who takes a method, if a case such as the payer's is offered it
fn provider_of(work: &Work<'_>, payer: &Payer, method: &str) -> Result<Option<Taker>, ApiError> {
    let offered = methods(work, &payer.customer, &payer.currency)?.into_iter().find(|offered| offered.id == method);
    Ok(offered.and_then(|offered| {
        let provider = work.app.config.providers.get(&offered.provider)?;
        Some((offered.provider, Arc::clone(provider)))
    }))
}

/// How it stands with the newest payment of these claims by a provider, while that is of interest to whoever looks
pub fn last(work: &Work<'_>, customer: &CustomerId, currency: &str, claims: &[ReceivableId]) -> Result<Option<LastPayment>, ApiError> {
    let Some(session) = Session::last_of(work, customer, currency, claims)? else { return Ok(None) };
    // Of what is long over nobody has to be told at the place where they pay.
    const SHOWN_MS: i64 = 24 * 60 * 60 * 1_000;
    let is_over = session.changed_ms.saturating_add(SHOWN_MS) < work.moment.ms() && !session.state.holds();
    Ok((!is_over).then(|| LastPayment {
        payment: session.payment.to_string(),
        method: session.method.clone(),
        amount: session.amount.clone(),
        state: session.state.code().to_owned(),
        why: session.why.clone(),
    }))
}

/// How it stands with the newest payment that was begun by a pay link, once its payer has paid: which, and whether the money has come
pub fn by_link(work: &Work<'_>, payer: (&CustomerId, &str), link: (&str, i64)) -> Result<Option<(PaymentId, bool)>, ApiError> {
    let found = row::Session::paid_by_link(work, payer, link)?;
    Ok(found.map(|session| (session.payment, session.state == row::State::Paid)))
}

/// What a payment by a provider costs the merchant
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fees {
    /// What the provider kept, where it says so
    pub kept: Option<Money>,
    /// What the policy said that the method costs, when the payment was begun
    pub expected: Option<Money>,
}

/// What a payment costs the merchant; nothing of one for which nobody was sent to a provider
pub fn fees(work: &Work<'_>, payment: &PaymentId) -> Result<Fees, ApiError> {
    let found: Option<(String, Option<i64>, Option<i64>)> = work
        .tx
        .prepare_cached("SELECT currency, fee_minor, expected_fee_minor FROM pay_sessions WHERE tenant_id = ?1 AND payment_id = ?2")?
        .query_row(params![work.tenant.as_str(), payment.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((currency, kept, expected)) = found else { return Ok(Fees::default()) };
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, &currency));
    Ok(Fees { kept: money(kept), expected: money(expected) })
}

/// Money has come, perhaps what somebody is on their way to pay: who is sent for more than is left is asked about at once
pub fn look_again(work: &Work<'_>, ledger: &Ledger<'_>) -> Result<(), ApiError> {
    for session in Session::open_of(work, ledger.customer(), ledger.currency())? {
        if session.left(ledger.account()) < session.amount.minor {
            work.tx
                .prepare_cached(
                    "UPDATE pay_sessions SET lease_until_ms = min(lease_until_ms, ?3) WHERE tenant_id = ?1 AND payment_id = ?2 AND lease_until_ms IS NOT NULL",
                )?
                .execute(params![work.tenant.as_str(), session.payment.as_str(), work.moment.ms()])?;
        }
    }
    Ok(())
}
