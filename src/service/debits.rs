//! SEPA direct debits: a customer signs a mandate for one debit and is told its day; the merchant hands it to their bank as a file, and tells
//! what the bank says of it.
//!
//! A debit is a session (see [`crate::paying`]) whose provider is the merchant's own bank: it holds its claims until it is settled, comes back, or
//! is called off, and nobody else is sent to pay the same.
//!
//! **Invariant:** what is in a batch is in no other; what was taken back is in none.
//! **Invariant:** news of a debit, however often and in whatever order, leave the same money.

mod batch;
mod due;
mod latin;
mod outcome;
mod pain;
mod row;

pub use batch::{file, hand_in};
pub use due::due;
pub use latin::latin;
pub use outcome::{batch_settled, tell};
pub use row::{CURRENCY, Debit};

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, day};
use crate::paying::{self, Session, State};
use jiff::SignedDuration;
use tresen_core::date::Date;
use tresen_core::debit::{METHOD, NOTICE_DAYS, PROVIDER, Window};
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId, RequestId};
use tresen_wire::events::{PaymentFailed, PaymentFailure, PaymentPending};
use tresen_wire::http::{DebitState, Debits};
use tresen_wire::money::Money;

/// Debits that are listed
const LISTED_MAX: u32 = 500;

/// A direct debit that can be had, and who takes it
#[derive(Debug, Clone)]
pub struct Offer {
    /// When the account would be debited
    pub window: Window,
    /// Who collects
    pub creditor: Creditor,
}

/// Who collects, as it stands in a mandate
#[derive(Debug, Clone)]
pub struct Creditor {
    /// The name
    pub name: String,
    /// The creditor identifier
    pub id: String,
}

/// What a customer is offered who owes in a currency; nothing where the policy does not offer it to them
pub fn offer(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Option<Offer>, ApiError> {
    if currency != CURRENCY || !paying::is_offered(work, customer, currency, METHOD, PROVIDER)? {
        return Ok(None);
    }
    let policy = work.active_policy()?;
    let merchant = policy.merchant();
    let (Some(id), Some(account)) = (&merchant.creditor_id, &merchant.account) else { return Ok(None) };
    let window = Window::announced(day(work.moment.today)?, merchant.debit_notice_days.unwrap_or(NOTICE_DAYS));
    Ok(Some(Offer { window, creditor: Creditor { name: account.holder.clone(), id: id.clone() } }))
}

/// A mandate was signed: the debit holds its claims, and nobody is reminded while it is on its way; its name
pub fn announce(
    work: &Work<'_>,
    ledger: &mut Ledger<'_>,
    request: &RequestId,
    window: Window,
    (minor, receivables): (i64, Vec<ReceivableId>),
) -> Result<String, ApiError> {
    let payment = ids::secret(PaymentId::from_bytes)?;
    let id = ids::signs().map(|signs| format!("TD{}", signs.to_ascii_uppercase()))?;
    let amount = Money::new(minor, CURRENCY);
    let pending = PaymentPending {
        payment: payment.to_string(),
        customer: ledger.customer().to_string(),
        amount: amount.clone(),
        receivables: receivables.iter().map(ToString::to_string).collect(),
        until: window.news_until().to_iso(),
    };
    let session = Session {
        payment: payment.clone(),
        customer: ledger.customer().clone(),
        amount,
        receivables,
        method: METHOD.to_owned(),
        provider: PROVIDER.to_owned(),
        reference: Some(id.clone()),
        state: State::Open,
        why: None,
        opened_ms: work.moment.ms(),
        changed_ms: work.moment.ms(),
        lease_until_ms: Some(after(work, window.last)?),
        details: None,
    };
    session.write(work)?;
    let debit = Debit {
        id: id.clone(),
        payment: payment.clone(),
        customer: ledger.customer().clone(),
        request: request.clone(),
        minor,
        signed_on: day(work.moment.today)?,
        window,
        state: DebitState::Announced,
        reason: None,
        handed_in: None,
    };
    debit.write(work)?;
    ledger.happen(&Occasion::now(payment.as_str()), vec![pending.into()])?;
    Ok(id)
}

/// The instant at which a local day is over
fn after(work: &Work<'_>, day: Date) -> Result<i64, ApiError> {
    let last: jiff::civil::Date = day.to_iso().parse().map_err(ApiError::internal)?;
    let over = work.moment.start_of(last)?.checked_add(SignedDuration::from_hours(24));
    over.map(|over| over.as_millisecond()).map_err(ApiError::internal)
}

/// What takes a debit back by an event; nothing once the bank has it
pub fn way_back(work: &Work<'_>, id: &str) -> Result<Option<PaymentFailed>, ApiError> {
    let debit = Debit::find(work, id)?.filter(|debit| debit.state == DebitState::Announced);
    Ok(debit.map(|debit| PaymentFailed { payment: debit.payment.to_string(), code: PaymentFailure::Declined }))
}

/// It is not collected, as its account knows already
pub fn called_off(work: &Work<'_>, id: &str, why: &str) -> Result<(), ApiError> {
    let mut debit = Debit::find(work, id)?.ok_or_else(unknown)?;
    debit.becomes(work, DebitState::Cancelled, Some(why))?;
    debit.session(work)?.close(work, why)
}

/// It is not collected
fn call_off(work: &Work<'_>, debit: &Debit, why: &str) -> Result<(), ApiError> {
    if let Some(failed) = way_back(work, &debit.id)? {
        let mut ledger = Ledger::of(work, &debit.customer, CURRENCY)?;
        ledger.happen(&Occasion::now(debit.payment.as_str()), vec![failed.into()])?;
    }
    called_off(work, &debit.id, why)
}

/// Those that are not over
pub fn list(work: &Work<'_>) -> Result<Debits, ApiError> {
    Ok(Debits { debits: Debit::open(work, LISTED_MAX)?.iter().map(Debit::seen).collect() })
}

fn unknown() -> ApiError {
    ApiError::unknown("debit.unknown", "debit")
}
