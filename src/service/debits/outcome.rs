//! What became of a debit, as the merchant's bank says: the money is there, or the payer's bank sent it back, before that or after.

use super::batch::unknown_batch;
use super::row::{CURRENCY, Debit, HandedIn};
use super::unknown;
use crate::accounts;
use crate::app::Work;
use crate::error::ApiError;
use crate::holds;
use crate::ledger::{Ledger, Occasion, day};
use crate::paying::book;
use crate::providers::{Dispute, Looked, Paid, WhyClosed};
use tresen_core::date::Date;
use tresen_core::debit::{Returned, is_reason};
use tresen_core::ident::MessageId;
use tresen_wire::http::{DebitBatch, DebitState, TellDebit};
use tresen_wire::money::Money;

/// Takes down what became of a debit, and plans what its customer is told; told again, nothing happens
///
/// # Errors
///
/// `debit.unknown`; `debit.not_submitted` of one that no bank has; `debit.reason`, `debit.day`.
pub fn tell(work: &Work<'_>, id: &str, news: &TellDebit) -> Result<(Debit, Option<MessageId>), ApiError> {
    let mut debit = Debit::find(work, id)?.ok_or_else(unknown)?;
    let Some(handed_in) = debit.handed_in.clone() else { return Err(not_submitted()) };
    let message = match news {
        TellDebit::Settled { on } => {
            settled(work, &mut debit, &handed_in, on.as_deref().map(|on| told_day(work, on)).transpose()?)?;
            None
        }
        TellDebit::Returned { reason } => returned(work, &mut debit, &handed_in, reason)?,
    };
    Ok((debit, message))
}

/// The bank has credited a batch: everything in it that has not come back by itself
///
/// # Errors
///
/// `debit.batch_unknown`; `debit.day`.
pub fn batch_settled(work: &Work<'_>, batch: &str, on: Option<&str>) -> Result<DebitBatch, ApiError> {
    let on = on.map(|on| told_day(work, on)).transpose()?;
    let mut debits = Debit::of_batch(work, batch)?;
    if debits.is_empty() {
        return Err(unknown_batch());
    }
    let mut total: i64 = 0;
    for debit in &mut debits {
        let Some(handed_in) = debit.handed_in.clone() else { continue };
        settled(work, debit, &handed_in, on)?;
        total = total.saturating_add(handed_in.minor);
    }
    let seen = debits.iter().map(Debit::seen).collect();
    Ok(DebitBatch { batch: Some(batch.to_owned()), total: Money::new(total, CURRENCY), debits: seen })
}

fn told_day(work: &Work<'_>, text: &str) -> Result<Date, ApiError> {
    let today = day(work.moment.today)?;
    Date::parse(text).filter(|day| *day <= today).ok_or_else(|| {
        let help = "pass the day of the bank's statement, such as `2026-12-15`, or none";
        ApiError::invalid("debit.day", "/on", "that is no day, or one to come", help)
    })
}

/// What came back before stays back, whenever the bank's credit of the whole batch is told
fn settled(work: &Work<'_>, debit: &mut Debit, handed_in: &HandedIn, on: Option<Date>) -> Result<(), ApiError> {
    if debit.state != DebitState::Submitted {
        return Ok(());
    }
    book(work, debit.session(work)?, &paid(work, debit, (handed_in, on), None)?)?;
    debit.becomes(work, DebitState::Settled, None)
}

fn returned(work: &Work<'_>, debit: &mut Debit, handed_in: &HandedIn, reason: &str) -> Result<Option<MessageId>, ApiError> {
    if !is_reason(reason) {
        let help = "pass the bank's reason for the return, such as `AC04`";
        return Err(ApiError::invalid("debit.reason", "/reason", "that is no reason of a bank's", help));
    }
    match debit.state {
        DebitState::Submitted => {
            book(work, debit.session(work)?, &Looked::Closed(WhyClosed::Declined))?;
        }
        DebitState::Settled => {
            let lost = Dispute { minor: handed_in.minor, until: None, won: Some(false) };
            book(work, debit.session(work)?, &paid(work, debit, (handed_in, None), Some(lost))?)?;
        }
        DebitState::Returned | DebitState::Announced | DebitState::Cancelled => return Ok(None),
    }
    debit.becomes(work, DebitState::Returned, Some(reason))?;
    let why = Returned::of(reason);
    if why == Returned::Objected {
        look_first(work, debit)?;
    }
    accounts::debit_returned(work, debit, why)
}

/// Who wanted their money back is not asked for it again before somebody has looked
fn look_first(work: &Work<'_>, debit: &Debit) -> Result<(), ApiError> {
    let mut ledger = Ledger::of(work, &debit.customer, CURRENCY)?;
    let claims = debit.session(work)?.receivables;
    let open = claims.iter().filter(|id| ledger.account().open(id) > 0);
    let holds = open.map(|id| holds::pause(work, id)).collect::<Result<Vec<_>, _>>()?;
    if holds.is_empty() {
        return Ok(());
    }
    ledger.happen(&Occasion::now(debit.payment.as_str()), holds).map(|_| ())
}

/// The money as a provider would tell of it
fn paid(work: &Work<'_>, debit: &Debit, (handed_in, on): (&HandedIn, Option<Date>), dispute: Option<Dispute>) -> Result<Looked, ApiError> {
    /// Noon: the same day wherever it is looked at
    const NOON: u16 = 12 * 60;
    let on = on.unwrap_or(handed_in.on).to_iso().parse().map_err(ApiError::internal)?;
    Ok(Looked::Paid(Paid {
        reference: debit.id.clone(),
        amount: Money::new(handed_in.minor, CURRENCY),
        fee: None,
        at: work.moment.at(on, NOON)?.as_second(),
        returned: 0,
        dispute,
    }))
}

fn not_submitted() -> ApiError {
    ApiError::new(
        409,
        "debit.not_submitted",
        "no bank has this debit",
        "tell what became of a debit after it was handed in by `POST /v1/debits/batches`",
    )
}
