//! The customer's own money goes back.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, Scope, day, refund_state, refusal};
use crate::places::Place;
use rusqlite::OptionalExtension as _;
use tresen_core::ident::{PaymentId, RefundId};
use tresen_core::receivable::decide;
use tresen_wire::events::{Body, RefundFailed, RefundSettled};
use tresen_wire::http::{GrantRefund, Refund, RefundOutcome, TellRefund};
use tresen_wire::money::Money;

/// Reads the id of a refund; what is none is answered as a refund that does not exist
pub fn id(text: &str) -> Result<RefundId, ApiError> {
    RefundId::parse(text).ok_or_else(unknown)
}

fn unknown() -> ApiError {
    ApiError::unknown("refund.unknown", "refund")
}

/// Grants a refund of what a payment has left
pub fn grant(work: &Work<'_>, request: &GrantRefund) -> Result<Refund, ApiError> {
    let unknown = || ApiError { at: Some("/payment".to_owned()), ..ApiError::unknown("payment.unknown", "payment") };
    let payment = PaymentId::parse(&request.payment).ok_or_else(unknown)?;
    let mut ledger = of_payment(work, &payment)?.ok_or_else(unknown)?;
    if request.amount.currency != ledger.currency() {
        let help = "write the amount in the payment's currency";
        return Err(ApiError::invalid("amount.currency", "/amount", "the amount is in another currency than the payment", help));
    }
    let refund = ids::by_time(work.moment.now, RefundId::from_bytes)?;
    let decided = decide::refund_credit(ledger.account(), day(work.moment.today)?, &refund, &payment, request.amount.minor);
    ledger.happen_decided(&Occasion::now(refund.as_str()), None, &decided.map_err(refusal::told)?)?;
    state(&ledger, &refund)
}

/// What became of it
pub fn tell(work: &Work<'_>, refund: &RefundId, request: &TellRefund) -> Result<Refund, ApiError> {
    let payment: Option<String> = work
        .tx
        .prepare_cached("SELECT payment_id FROM refunds WHERE tenant_id = ?1 AND refund_id = ?2")?
        .query_row([work.tenant.as_str(), refund.as_str()], |row| row.get(0))
        .optional()?;
    let payment = ids::stored(&payment.ok_or_else(unknown)?, PaymentId::parse)?;
    let mut ledger = of_payment(work, &payment)?.ok_or_else(unknown)?;
    let body: Body = match request.outcome {
        RefundOutcome::Settled => RefundSettled { refund: refund.to_string() }.into(),
        RefundOutcome::Failed => RefundFailed { refund: refund.to_string() }.into(),
    };
    ledger.happen(&Occasion::now(refund.as_str()), vec![body])?;
    state(&ledger, refund)
}

fn of_payment<'a>(work: &'a Work<'a>, payment: &PaymentId) -> Result<Option<Ledger<'a>>, ApiError> {
    let scope = Scope::of_stream(work.tx, &work.tenant, &Place::Payment(payment.clone()))?;
    scope.map(|Scope { customer, currency }| Ledger::of(work, &customer, &currency)).transpose()
}

fn state(ledger: &Ledger<'_>, id: &RefundId) -> Result<Refund, ApiError> {
    let (_, refund) = ledger.account().refunds().find(|(other, _)| *other == id).ok_or_else(unknown)?;
    Ok(Refund {
        refund: id.to_string(),
        payment: refund.payment.to_string(),
        amount: Money::new(refund.minor, ledger.currency()),
        state: refund_state(refund.state).to_owned(),
    })
}
