//! Money that goes back: booked in error, or taken back by the payer's bank.

use super::row::Row;
use crate::app::Work;
use crate::clock::named_day;
use crate::error::ApiError;
use crate::ledger::{Ledger, Occasion, refusal};
use tresen_core::ident::PaymentId;
use tresen_core::receivable::{Payment, Refused};
use tresen_wire::events::{Body, ChargebackLost, ChargebackOpened, ChargebackWon, PaymentReversed};
use tresen_wire::http::{ChargebackNews, TellChargeback};
use tresen_wire::money::Money;

/// The payment was booked in error
pub fn reverse(work: &Work<'_>, id: &PaymentId) -> Result<(), ApiError> {
    let row = Row::of(work, id)?;
    happens(work, &row, PaymentReversed { payment: id.to_string() }.into())?;
    row.looked_at(work)
}

/// What the payer's bank says
pub fn charge_back(work: &Work<'_>, id: &PaymentId, news: &TellChargeback) -> Result<(), ApiError> {
    let row = Row::of(work, id)?;
    let payment = id.to_string();
    let body = match news.state {
        ChargebackNews::Opened => opened(work, &row, news)?.into(),
        ChargebackNews::Won => Body::from(ChargebackWon { payment }),
        ChargebackNews::Lost => Body::from(ChargebackLost { payment }),
    };
    happens(work, &row, body)
}

fn opened(work: &Work<'_>, row: &Row, news: &TellChargeback) -> Result<ChargebackOpened, ApiError> {
    let until = news.until.as_deref().and_then(named_day);
    let Some(until) = until.filter(|until| *until >= work.moment.today) else {
        let help = "pass the last day on which evidence may be sent, such as `2026-12-07`";
        return Err(ApiError::invalid("chargeback.until", "/until", "no day to come says by when evidence is to be sent", help));
    };
    let whole = || -> Result<Money, ApiError> {
        let kept = ledger(work, row)?.account().payment(&row.payment).map_or(0, Payment::kept);
        Ok(Money::new(kept, &row.amount.currency))
    };
    let amount = news.amount.clone().map_or_else(whole, Ok)?;
    if amount.currency != row.amount.currency {
        let help = "write the amount in the payment's currency";
        return Err(ApiError::invalid("amount.currency", "/amount", "the amount is in another currency than the payment", help));
    }
    Ok(ChargebackOpened { payment: row.payment.to_string(), amount, until: until.to_string() })
}

fn ledger<'a>(work: &'a Work<'a>, row: &Row) -> Result<Ledger<'a>, ApiError> {
    let customer = row.customer.as_ref().ok_or_else(|| refusal::told(Refused::PaymentState))?;
    Ledger::of(work, customer, &row.amount.currency)
}

fn happens(work: &Work<'_>, row: &Row, body: Body) -> Result<(), ApiError> {
    let mut ledger = ledger(work, row)?;
    let occasion = Occasion::now(row.payment.as_str());
    ledger.happen(&occasion, vec![body])?;
    ledger.pass(&occasion)
}
