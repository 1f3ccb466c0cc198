//! The ledger: accounts that are replayed from the events, and the rows that follow from them.
//!
//! **Invariant:** [`apply`] and [`Ledger::happen`] are the only code that writes to the projections, so that replaying the events gives the same
//! rows.

mod account;
mod checkout_payments;
mod facts;
mod grants;
mod person;
mod place;
mod reference;
pub mod refusal;
mod rows;
mod terms;

pub use account::{Ledger, Occasion, day, replay};
pub use facts::{About, beside, facts, owed, reserved_minor};
pub use person::{merged_into, person};
pub use place::{Scope, is_at_once};
pub use reference::creditor_reference;
pub use rows::{look_again, state as refund_state};
pub use terms::{as_of_today, interest_terms, today, with};

use crate::error::ApiError;
use crate::ids;
use crate::journal;
use crate::places::Place;
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;
use tresen_core::ident::{CustomerId, TenantId};
use tresen_core::receivable::Account;
use tresen_wire::events::{Body, DecisionBound, HistoryImported};

/// Brings the projections up to an event that is about no account
pub fn apply(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, on: &str, body: &Body) -> Result<(), ApiError> {
    match body {
        Body::ContactPlanned(_)
        | Body::ContactSuppressed(_)
        | Body::ContactSent(_)
        | Body::ContactDelivered(_)
        | Body::ContactBounced(_)
        | Body::ContactFailed(_)
        | Body::ContactOpened(_)
        | Body::ContactCrossed(_)
        | Body::OptedOut(_)
        | Body::TaskCreated(_)
        | Body::TaskDone(_)
        | Body::RequestMade(_)
        | Body::RequestTakenBack(_)
        | Body::QualificationRequested(_)
        | Body::QualificationDecided(_)
        | Body::DecisionContested(_)
        | Body::IdentityCheckRequired(_)
        | Body::IdentityCheckPassed(_)
        | Body::IdentityCheckFailed(_)
        | Body::CustomerErased(_)
        | Body::PaymentUnallocated(_) => Ok(()),
        Body::DecisionReviewed(body) => grants::reviewed(tx, tenant, body),
        Body::GrantUsed(body) => grants::used(tx, tenant, body),
        Body::DecisionBound(body) => bound(tx, tenant, stream, on, body),
        Body::HistoryImported(body) => imported(tx, tenant, body),
        Body::PaymentInitiated(body) => checkout_payments::initiated(tx, tenant, on, body),
        Body::PaymentSettled(body) => checkout_payments::settled(tx, tenant, on, body),
        Body::PaymentFailed(body) => checkout_payments::failed(tx, tenant, on, body),
        Body::ReceivableCreated(_)
        | Body::InvoiceDelivered(_)
        | Body::GoodsDelivered(_)
        | Body::PartyChanged(_)
        | Body::DueDateSet(_)
        | Body::DefaultStarted(_)
        | Body::InterestAccrued(_)
        | Body::CostCharged(_)
        | Body::CostWaived(_)
        | Body::CreditNoteIssued(_)
        | Body::WithdrawalReceived(_)
        | Body::DebtWaived(_)
        | Body::SmallBalanceCleared(_)
        | Body::WrittenOff(_)
        | Body::PaymentPending(_)
        | Body::PaymentAllocated(_)
        | Body::AllocationReversed(_)
        | Body::PaymentReversed(_)
        | Body::ChargebackOpened(_)
        | Body::ChargebackWon(_)
        | Body::ChargebackLost(_)
        | Body::RefundGranted(_)
        | Body::RefundSettled(_)
        | Body::RefundFailed(_)
        | Body::HoldPlaced(_)
        | Body::HoldReleased(_)
        | Body::CustomerMerged(_)
        | Body::CustomerUnmerged(_)
        | Body::PromiseMade(_)
        | Body::PromiseEnded(_)
        | Body::DeferralGranted(_)
        | Body::PlanAccepted(_)
        | Body::PlanRescheduled(_)
        | Body::PlanEnded(_)
        | Body::DisputeRaised(_)
        | Body::DisputeEnded(_)
        | Body::DisputeReopened(_)
        | Body::LevelRaised(_)
        | Body::NoticeArrived(_)
        | Body::LevelReset(_)
        | Body::Placed(_)
        | Body::PlacementRecalled(_)
        | Body::ReturnedUncollectible(_)
        | Body::ActApproved(_)
        | Body::SaleAgreed(_)
        | Body::SaleCancelled(_)
        | Body::TitleTransferred(_)
        | Body::PurchasePricePaid(_)
        | Body::MisdirectedPaymentForwarded(_)
        | Body::Repurchased(_) => Err(astray()),
    }
}

/// Throws the projections of a tenant away and derives them anew
pub fn rebuild(tx: &Transaction<'_>, tenant: &TenantId) -> Result<(), ApiError> {
    for emptied in [
        "DELETE FROM account_events WHERE tenant_id = ?1",
        "DELETE FROM accounts WHERE tenant_id = ?1",
        "DELETE FROM grants WHERE tenant_id = ?1",
        "DELETE FROM grant_uses WHERE tenant_id = ?1",
        "DELETE FROM histories WHERE tenant_id = ?1",
        "DELETE FROM orders WHERE tenant_id = ?1",
        "DELETE FROM instalments WHERE tenant_id = ?1",
        "DELETE FROM merges WHERE tenant_id = ?1",
        "DELETE FROM receivables WHERE tenant_id = ?1",
        "DELETE FROM refunds WHERE tenant_id = ?1",
        "DELETE FROM payments WHERE tenant_id = ?1",
    ] {
        tx.execute(emptied, [tenant.as_str()])?;
    }
    let mut accounts: BTreeSet<(CustomerId, String)> = BTreeSet::new();
    for (position, event) in journal::all(tx, tenant)? {
        let stream = ids::stored(&event.stream, Place::parse)?;
        match Scope::of_written(tx, tenant, &stream, &event.data)? {
            None => apply(tx, tenant, &stream, &event.effective_date, &event.data)?,
            Some(scope) => {
                scope.index(tx, tenant, position)?;
                if let Body::ReceivableCreated(created) = &event.data {
                    rows::opened(tx, tenant, &event.effective_date, created)?;
                }
                person::follow(tx, tenant, &scope.customer, &event.data)?;
                accounts.insert((scope.customer, scope.currency));
            }
        }
    }
    for (customer, currency) in accounts.iter().filter(|(_, currency)| !currency.is_empty()) {
        rows::follow(tx, tenant, (customer, currency), &Account::default(), &replay(tx, tenant, customer, currency)?)?;
    }
    Ok(())
}

fn astray() -> ApiError {
    ApiError::internal("an event that is written in another way")
}

fn bound(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, on: &str, body: &DecisionBound) -> Result<(), ApiError> {
    let Place::Decision(decision) = stream else { return Err(astray()) };
    // An order that a failed payment has released may be bound again; one that stands may not, and the key refuses it.
    tx.prepare_cached("DELETE FROM orders WHERE tenant_id = ?1 AND order_ref = ?2 AND state = 'released'")?
        .execute(params![tenant.as_str(), body.order_ref])?;
    tx.prepare_cached(
        "INSERT INTO orders (tenant_id, order_ref, session_id, customer_id, decision_id, currency, amount_minor, ordered_on, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'bound')",
    )?
    .execute(params![
        tenant.as_str(),
        body.order_ref,
        body.session,
        body.customer,
        decision.as_str(),
        body.amount.currency,
        body.amount.minor,
        on
    ])?;
    Ok(())
}

fn imported(tx: &Transaction<'_>, tenant: &TenantId, body: &HistoryImported) -> Result<(), ApiError> {
    tx.prepare_cached(
        "INSERT INTO histories (tenant_id, customer_id, facts) VALUES (?1, ?2, ?3) ON CONFLICT (tenant_id, customer_id) DO UPDATE SET facts = excluded.facts",
    )?
    .execute(params![tenant.as_str(), body.customer, serde_json::to_string(&body.facts)?])?;
    Ok(())
}

#[cfg(test)]
mod tests;
