//! Where an event of an account lies, and whose account it is about.

use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use rusqlite::{OptionalExtension as _, Transaction, params};
use tresen_core::ident::{CustomerId, PaymentId, PlanId, ReceivableId, TenantId};
use tresen_core::receivable::{Account, Event, PlanAccepted, Scope as About};
use tresen_wire::events::Body;

/// The stream in which an event lies that happens to an account
///
/// A claim's with the claim, a payment's with the payment; what is about several claims with the customer's case, and what is about all that the
/// customer owes in whichever currency with the case of all.
pub fn of(event: &Event, account: &Account, customer: &CustomerId, currency: &str) -> Place {
    let claim = |receivable: &ReceivableId| Place::Receivable(receivable.clone());
    let paid = |payment: &PaymentId| Place::Payment(payment.clone());
    let case = || Place::Case(customer.clone(), Some(currency.to_owned()));
    let about = |scope: &About| match scope {
        About::Account | About::Beside(_) => Place::Case(customer.clone(), None),
        About::Receivable(receivable) => claim(receivable),
    };
    let of_plan = |receivables: &[ReceivableId]| match receivables {
        [receivable] => claim(receivable),
        _ => case(),
    };
    let planned = |plan: &PlanId| {
        let found = account.plans().find(|(id, _)| *id == plan);
        found.map_or_else(case, |(_, plan)| of_plan(&plan.receivables))
    };
    match event {
        Event::ReceivableCreated(created) => claim(&created.receivable),
        Event::CostWaived(reduced) | Event::DebtWaived(reduced) | Event::SmallBalanceCleared(reduced) | Event::WrittenOff(reduced) => {
            claim(&reduced.receivable)
        }
        Event::CreditNoteIssued(issued) => claim(&issued.reduced.receivable),
        Event::InvoiceDelivered { receivable, .. }
        | Event::GoodsDelivered { receivable, .. }
        | Event::PartyChanged { receivable, .. }
        | Event::DueDateSet { receivable, .. }
        | Event::DefaultStarted { receivable, .. }
        | Event::InterestAccrued { receivable, .. }
        | Event::CostCharged { receivable, .. }
        | Event::WithdrawalReceived { receivable }
        | Event::DeferralGranted { receivable, .. }
        | Event::DisputeRaised { receivable, .. }
        | Event::LevelRaised { receivable, .. }
        | Event::NoticeArrived { receivable, .. }
        | Event::LevelReset { receivable, .. }
        | Event::Placed { receivable, .. }
        | Event::PlacementRecalled { receivable }
        | Event::ReturnedUncollectible { receivable }
        | Event::SaleAgreed { receivable, .. }
        | Event::SaleCancelled { receivable }
        | Event::TitleTransferred { receivable, .. }
        | Event::PurchasePricePaid { receivable, .. }
        | Event::MisdirectedPaymentForwarded { receivable, .. }
        | Event::Repurchased { receivable, .. } => claim(receivable),
        Event::ActApproved(approved) => claim(&approved.weight.receivable),
        Event::PaymentPending { payment, .. }
        | Event::PaymentSettled { payment, .. }
        | Event::PaymentFailed { payment }
        | Event::PaymentAllocated { payment, .. }
        | Event::AllocationReversed { payment, .. }
        | Event::PaymentReversed { payment }
        | Event::ChargebackOpened { payment, .. }
        | Event::ChargebackWon { payment }
        | Event::ChargebackLost { payment }
        | Event::RefundGranted { payment, .. } => paid(payment),
        Event::RefundSettled { refund } | Event::RefundFailed { refund } => {
            account.refunds().find(|(id, _)| *id == refund).map_or_else(case, |(_, refund)| paid(&refund.payment))
        }
        Event::HoldPlaced { scope, .. } => about(scope),
        Event::HoldReleased { hold } => account.hold(hold).map_or_else(case, |hold| about(&hold.scope)),
        Event::CustomerMerged { .. } | Event::CustomerUnmerged { .. } => about(&About::Account),
        Event::PromiseMade { .. } | Event::PromiseEnded { .. } => case(),
        Event::PlanAccepted(PlanAccepted { receivables, .. }) => of_plan(receivables),
        Event::PlanRescheduled { plan, .. } | Event::PlanEnded { plan, .. } => planned(plan),
        Event::DisputeEnded { dispute, .. } | Event::DisputeReopened { dispute } => {
            account.disputes().find(|(id, _)| *id == dispute).map_or_else(case, |(_, dispute)| claim(&dispute.receivable))
        }
    }
}

/// Whose account it is about, and in which currency
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The service's own id of the customer
    pub customer: CustomerId,
    /// Empty: whichever
    pub currency: String,
}

impl Scope {
    /// One account
    pub fn new(customer: &CustomerId, currency: &str) -> Self {
        Self { customer: customer.clone(), currency: currency.to_owned() }
    }

    /// As the stream says it; only a case's does
    pub fn of_place(place: &Place) -> Option<Self> {
        match place {
            Place::Case(customer, currency) => Some(Self::new(customer, currency.as_deref().unwrap_or(""))),
            Place::Check(_)
            | Place::Customer(_)
            | Place::Decision(_)
            | Place::Inquiry(_)
            | Place::Message(_)
            | Place::Payment(_)
            | Place::Proof(_)
            | Place::Receivable(_)
            | Place::Request(_)
            | Place::Review(_)
            | Place::Session(_)
            | Place::Task(_) => None,
        }
    }

    /// As an event that was written says it, or the events before it in its stream; nothing for one that is about no account
    ///
    /// Money that an order was paid with at once is about none: there is no claim.
    pub fn of_written(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place, body: &Body) -> Result<Option<Self>, ApiError> {
        if let Some(scope) = Self::of_place(stream) {
            return Ok(Some(scope));
        }
        match body {
            Body::ReceivableCreated(created) => {
                let currency = created.items.first().map(|item| item.amount.currency.as_str());
                let currency = currency.ok_or_else(|| ApiError::internal("a claim of nothing"))?;
                Ok(Some(Self::new(&ids::stored(&created.debtor, CustomerId::parse)?, currency)))
            }
            Body::PaymentPending(pending) => {
                Ok(Some(Self::new(&ids::stored(&pending.customer, CustomerId::parse)?, &pending.amount.currency)))
            }
            Body::PaymentSettled(settled) if !is_at_once(tx, tenant, &settled.payment)? => {
                Ok(Some(Self::new(&ids::stored(&settled.customer, CustomerId::parse)?, &settled.amount.currency)))
            }
            _ => Self::of_stream(tx, tenant, stream),
        }
    }

    /// As the first event of a stream that is about an account says it
    pub fn of_stream(tx: &Transaction<'_>, tenant: &TenantId, stream: &Place) -> Result<Option<Self>, ApiError> {
        let found: Option<(String, String)> = tx
            .prepare_cached(
                "SELECT a.customer_id, a.currency FROM events e JOIN account_events a ON a.position = e.position \
                 WHERE e.tenant_id = ?1 AND e.stream = ?2 ORDER BY e.seq LIMIT 1",
            )?
            .query_row(params![tenant.as_str(), stream.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(customer, currency)| Ok(Self { customer: ids::stored(&customer, CustomerId::parse)?, currency })).transpose()
    }

    /// Notes that an event is about it
    pub fn index(&self, tx: &Transaction<'_>, tenant: &TenantId, position: i64) -> Result<(), ApiError> {
        tx.prepare_cached("INSERT INTO account_events (tenant_id, customer_id, currency, position) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![tenant.as_str(), self.customer.as_str(), self.currency, position])?;
        Ok(())
    }
}

/// Whether a payment was begun with an order, at a provider
pub fn is_at_once(tx: &Transaction<'_>, tenant: &TenantId, payment: &str) -> Result<bool, ApiError> {
    Ok(tx
        .prepare_cached("SELECT count(*) > 0 FROM payments WHERE tenant_id = ?1 AND payment_id = ?2")?
        .query_row(params![tenant.as_str(), payment], |row| row.get(0))?)
}
