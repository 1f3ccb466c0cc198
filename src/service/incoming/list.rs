//! A payment as it stands, and those that a human has to look at.

use super::row::Row;
use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::ledger;
use crate::paying;
use tresen_core::ident::PaymentId;
use tresen_core::receivable::{Chargeback, Payment, PaymentState};
use tresen_wire::http::{ChargebackState, PaidLine, ReceivedPayment, UnmatchedPayment, UnmatchedPayments};
use tresen_wire::money::Money;

const MOST: u16 = 200;

/// A payment as it stands
pub fn find(work: &Work<'_>, id: &PaymentId) -> Result<ReceivedPayment, ApiError> {
    let row = Row::of(work, id)?;
    let currency = row.amount.currency.clone();
    let money = |minor: i64| Money::new(minor, &currency);
    let fees = paying::fees(work, id)?;
    let mut found = ReceivedPayment {
        id: id.to_string(),
        state: "unmatched".to_owned(),
        provider: row.provider,
        reference: row.provider_ref,
        left: row.amount.clone(),
        amount: row.amount,
        value_date: row.value_date,
        lines: Vec::new(),
        fee: fees.kept,
        expected_fee: fees.expected,
        refunded: money(0),
        chargeback: None,
        why: row.why,
    };
    let Some(customer) = row.customer else { return Ok(found) };
    let account = ledger::replay(work.tx, &work.tenant, &customer, &currency)?;
    let payment = account.payment(id).ok_or_else(|| ApiError::internal("a payment that is known and never came"))?;
    found.state = state(payment)?.to_owned();
    found.left = money(account.held(id));
    found.refunded = money(payment.refunded);
    let line = |line: &tresen_core::receivable::Allocation| PaidLine {
        receivable: line.receivable.to_string(),
        item: line.item.into(),
        amount: money(line.minor),
    };
    found.lines = payment.lines.iter().map(line).collect();
    found.chargeback = payment.chargeback.as_ref().map(|Chargeback { minor, until, lost, .. }| ChargebackState {
        state: match lost {
            None => "opened",
            Some(true) => "lost",
            Some(false) => "won",
        }
        .to_owned(),
        amount: money(*minor),
        until: until.to_iso(),
    });
    Ok(found)
}

fn state(payment: &Payment) -> Result<&'static str, ApiError> {
    match payment.state {
        PaymentState::Settled { .. } => Ok("received"),
        PaymentState::Reversed => Ok("reversed"),
        PaymentState::Pending { .. } | PaymentState::Failed => Err(ApiError::internal("money that was taken down before it came")),
    }
}

/// What a human has to look at
pub fn list(work: &Work<'_>) -> Result<UnmatchedPayments, ApiError> {
    let mut payments = Vec::new();
    for row in Row::to_look_at(work, MOST)? {
        let remittance = row.as_it_was_told(work)?.and_then(|told| told.remittance);
        payments.push(UnmatchedPayment {
            id: row.payment.to_string(),
            provider: row.provider,
            reference: row.provider_ref,
            told_otherwise: row.told_minor.map(|minor| Money::new(minor, &row.amount.currency)),
            amount: row.amount,
            value_date: row.value_date,
            received_at: instant(row.received_ms)?,
            why: row.why,
            remittance,
        });
    }
    Ok(UnmatchedPayments { payments })
}
