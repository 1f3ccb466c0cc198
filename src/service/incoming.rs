//! Money that banks and providers tell of: put against claims, or kept until somebody knows whose it is.
//!
//! **Invariant:** a provider's own number is one payment, however often and in whatever order it is told of. Another amount under the same number
//! changes nothing: it is refused, and a human is told.
//! **Invariant:** what a payer wrote lies sealed, and only until it is known whose money it is.

mod back;
mod list;
mod owner;
mod row;
mod shape;

pub use back::{charge_back, reverse};
pub use list::{find, list};
pub use shape::check as check_shape;

use crate::app::Work;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::ids;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion, day, interest_terms, refusal};
use crate::paying;
use crate::places::Place;
use owner::Owner;
use row::Row;
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId};
use tresen_core::receivable::Event;
use tresen_core::receivable::decide::{self, Incoming};
use tresen_wire::events::{PaymentSettled, PaymentUnallocated, Unallocated};
use tresen_wire::http::{MatchPayment, ReceivePayment};

/// Takes down that money has come; told again, the payment as it stands
pub fn receive(work: &Work<'_>, request: &ReceivePayment) -> Result<Answer, ApiError> {
    if let Some(known) = Row::told(work, &request.provider, &request.reference)? {
        if known.amount == request.amount {
            return Answer::json(200, &find(work, &known.payment)?);
        }
        known.told_otherwise(work, &request.amount)?;
        return Answer::refusal(differs());
    }
    let payment = ids::secret(PaymentId::from_bytes)?;
    let row = Row::new(payment, request);
    match owner::of(work, request)? {
        Owner::Known { customer, named } => {
            row.write(work, Ok(&customer))?;
            settle(work, &row, &customer, named)?;
        }
        Owner::Unknown { why, references } => {
            row.write(work, Err(why))?;
            row.wait(work, &references, request)?;
            unallocated(work, &row, why)?;
        }
    }
    Answer::json(201, &find(work, &row.payment)?)
}

/// Takes down money of a customer whom we have sent to the provider ourselves, as that payment; which payment it is then
///
/// Told before with another amount, nothing changes but that a human is told.
pub fn receive_of(
    work: &Work<'_>,
    (payment, customer): (PaymentId, &CustomerId),
    named: Vec<ReceivableId>,
    told: &ReceivePayment,
) -> Result<PaymentId, ApiError> {
    let row = match Row::told(work, &told.provider, &told.reference)? {
        Some(known) if known.amount != told.amount => {
            known.told_otherwise(work, &told.amount)?;
            return Ok(known.payment);
        }
        Some(known) if known.customer.is_some() => return Ok(known.payment),
        // The shop told of it, and did not know whose it is.
        Some(known) => {
            known.belongs_to(work, customer)?;
            known
        }
        None => {
            let row = Row::new(payment, told);
            row.write(work, Ok(customer))?;
            row
        }
    };
    settle(work, &row, customer, named)?;
    Ok(row.payment)
}

/// The payment that has a provider's number
pub fn of_reference(work: &Work<'_>, provider: &str, reference: &str) -> Result<Option<PaymentId>, ApiError> {
    Ok(Row::told(work, provider, reference)?.map(|row| row.payment))
}

fn differs() -> ApiError {
    ApiError::new(
        409,
        "payment.differs",
        "the provider's number is known with another amount",
        "nothing was changed; the payment is in the list of those that somebody has to look at",
    )
}

/// A human knows whose money it is
pub fn match_up(work: &Work<'_>, id: &PaymentId, request: &MatchPayment) -> Result<(), ApiError> {
    let row = Row::of(work, id)?;
    if row.customer.is_some() {
        return Err(ApiError::new(
            409,
            "payment.matched",
            "it is known already whose money it is",
            "reverse the payment if that was wrong, and take it down anew",
        ));
    }
    match owner::said(work, request.customer.as_deref(), &request.designated, &row.amount.currency)? {
        Owner::Known { customer, named } => {
            row.belongs_to(work, &customer)?;
            settle(work, &row, &customer, named)
        }
        Owner::Unknown { why, .. } => Err(not_said(why)),
    }
}

fn not_said(why: Unallocated) -> ApiError {
    let (code, message) = match why {
        Unallocated::NothingNamed => ("payment.nothing_named", "neither a customer nor a claim is named"),
        Unallocated::UnknownReference => ("customer.unknown", "there is no such customer"),
        Unallocated::SeveralCustomers => ("payment.several_customers", "what is named belongs to several customers"),
        Unallocated::OtherCurrency => ("payment.other_currency", "the claim is in another currency than the payment"),
    };
    ApiError::new(422, code, message, "name the customer, or claims of one customer in the payment's currency")
}

/// Matches the payments that were waiting for a claim that has come to be
pub fn claim_is_there(work: &Work<'_>, customer: &CustomerId, claim: &ReceivableId, reference: &str) -> Result<(), ApiError> {
    for row in Row::waiting_for(work, customer, reference)? {
        let Some(request) = row.as_it_was_told(work)? else { continue };
        if let Owner::Known { customer, mut named } = owner::of(work, &request)? {
            if named.is_empty() {
                named.push(claim.clone());
            }
            row.belongs_to(work, &customer)?;
            settle(&work.as_system(), &row, &customer, named)?;
        }
    }
    Ok(())
}

/// Puts a payment against the claims of whoever it is from
fn settle(work: &Work<'_>, row: &Row, customer: &CustomerId, named: Vec<ReceivableId>) -> Result<(), ApiError> {
    let mut ledger = Ledger::of(work, customer, &row.amount.currency)?;
    let (today, value_date) = (day(work.moment.today)?, row.value_date()?);
    let incoming = Incoming { payment: row.payment.clone(), minor: row.amount.minor, value_date, named };
    // None is reckoned where no policy says by which law.
    let terms = work.active_policy().ok().map(|policy| interest_terms(&policy));
    let decided = decide::received(ledger.account(), today, &incoming, terms.as_ref()).map_err(refusal::told)?;
    row.gives_back(work, given_back(&decided))?;
    let settled = PaymentSettled {
        payment: row.payment.to_string(),
        customer: customer.to_string(),
        provider: row.provider.clone(),
        provider_ref: row.provider_ref.clone(),
        amount: row.amount.clone(),
        value_date: row.value_date.clone(),
    };
    let occasion = Occasion::now(row.payment.as_str());
    ledger.happen_decided(&occasion, Some(settled.into()), &decided)?;
    ledger.pass(&occasion)?;
    // Somebody may be on their way to pay the same once more.
    paying::look_again(work, &ledger)
}

/// What was charged after the day on which a payment counts, and is taken back with it
fn given_back(decided: &[Event]) -> i64 {
    let lines = decided.iter().filter_map(|event| if let Event::CostWaived(waived) = event { Some(&waived.lines) } else { None });
    lines.flatten().map(|line| line.minor).fold(0, i64::saturating_add)
}

fn unallocated(work: &Work<'_>, row: &Row, reason: Unallocated) -> Result<(), ApiError> {
    let stream = Place::Payment(row.payment.clone());
    let body = PaymentUnallocated {
        payment: row.payment.to_string(),
        provider: row.provider.clone(),
        provider_ref: row.provider_ref.clone(),
        amount: row.amount.clone(),
        value_date: row.value_date.clone(),
        reason,
    };
    work.append(&Draft::opens(&stream, row.payment.as_str()), body).map(|_| ())
}
