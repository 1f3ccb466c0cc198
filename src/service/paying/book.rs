//! What a provider says of a session is taken down: money comes, is on its way, goes back, or does not come.
//!
//! **Invariant:** whatever is said, however often and in whatever order, leaves the same: each is compared with what is known and adds what is new.

use super::row::{Session, State};
use crate::app::Work;
use crate::clock::zone;
use crate::error::ApiError;
use crate::holds;
use crate::ids;
use crate::incoming;
use crate::ledger::{Ledger, Occasion, Scope};
use crate::places::Place;
use crate::providers::{Dispute, Looked, Paid};
use jiff::{SignedDuration, Timestamp};
use tresen_core::ident::{PaymentId, RefundId};
use tresen_core::receivable::{Allocation, PaymentState};
use tresen_wire::events::{
    AllocationLine, AllocationReversed, Body, PaymentFailed, PaymentFailure, PaymentPending, RefundGranted, RefundSettled,
};
use tresen_wire::http::{ChargebackNews, ReceivePayment, TellChargeback};
use tresen_wire::money::Money;

/// For how long money that is on its way is waited for before anybody is reminded again
const ON_ITS_WAY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was found of a session
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It can be paid
    Open,
    /// Money is on its way
    Pending,
    /// It is over: paid, or not to be paid any more
    Over,
    /// Nobody said anything
    Unanswered,
}

/// Takes down what the provider says
pub fn book(work: &Work<'_>, mut session: Session, looked: &Looked) -> Result<Seen, ApiError> {
    match looked {
        Looked::Paid(paid) => {
            let payment = received(work, &session, paid)?;
            if session.state != State::Paid {
                session.becomes(work, State::Paid, None)?;
            }
            session.paid_by(work, &paid.reference, paid.fee.as_ref())?;
            went_back(work, &payment, paid.returned)?;
            match paid.dispute.as_ref().map_or(Ok(()), |dispute| disputed(work, &payment, &session.amount.currency, dispute)) {
                // It does not fit what was told here by hand: the rest stands.
                Err(problem) if problem.status < 500 => tracing::warn!(code = problem.code, "a chargeback that cannot be taken down"),
                taken => taken?,
            }
            Ok(Seen::Over)
        }
        // An answer that was on its way while another was taken down is old.
        Looked::Open | Looked::Pending | Looked::Closed(_) if !session.state.holds() => Ok(Seen::Over),
        Looked::Open => Ok(Seen::Open),
        Looked::Pending => {
            if session.state != State::Pending {
                on_its_way(work, &session)?;
                let until = work.moment.plus(ON_ITS_WAY)?.as_millisecond();
                session.becomes(work, State::Pending, Some(until))?;
            }
            Ok(Seen::Pending)
        }
        Looked::Closed(why) => {
            let mut ledger = Ledger::of(work, &session.customer, &session.amount.currency)?;
            not_coming(&mut ledger, &session.payment)?;
            session.close(work, why.code())?;
            Ok(Seen::Over)
        }
    }
}

fn on_its_way(work: &Work<'_>, session: &Session) -> Result<(), ApiError> {
    let mut ledger = Ledger::of(work, &session.customer, &session.amount.currency)?;
    if ledger.account().payment(&session.payment).is_some() {
        return Ok(());
    }
    let until = work.moment.plus(ON_ITS_WAY)?.to_zoned(zone(&work.moment.zone)?).date();
    let pending = PaymentPending {
        payment: session.payment.to_string(),
        customer: session.customer.to_string(),
        amount: session.amount.clone(),
        receivables: session.receivables.iter().map(ToString::to_string).collect(),
        until: until.to_string(),
    };
    ledger.happen(&Occasion::now(session.payment.as_str()), vec![pending.into()]).map(|_| ())
}

/// Of money that was on its way
fn not_coming(ledger: &mut Ledger<'_>, payment: &PaymentId) -> Result<(), ApiError> {
    let waits = ledger.account().payment(payment).is_some_and(|known| matches!(known.state, PaymentState::Pending { .. }));
    if waits {
        let failed = PaymentFailed { payment: payment.to_string(), code: PaymentFailure::Declined };
        ledger.happen(&Occasion::now(payment.as_str()), vec![failed.into()])?;
    }
    Ok(())
}

/// The money has come: once, whatever has become of the session
fn received(work: &Work<'_>, session: &Session, paid: &Paid) -> Result<PaymentId, ApiError> {
    if let Some(known) = incoming::of_reference(work, &session.provider, &paid.reference)? {
        let is_whose = Scope::of_stream(work.tx, &work.tenant, &Place::Payment(known.clone()))?.is_some();
        if is_whose && incoming::find(work, &known)?.amount == paid.amount {
            return Ok(known);
        }
    }
    if paid.amount != session.amount {
        tracing::warn!(provider = session.provider, "another amount was paid than was asked for");
    }
    let mut ledger = Ledger::of(work, &session.customer, &session.amount.currency)?;
    // What was on its way and came otherwise did not come.
    let came_otherwise = |known: &tresen_core::receivable::Payment| known.minor != paid.amount.minor;
    if ledger.account().payment(&session.payment).is_some_and(came_otherwise) {
        not_coming(&mut ledger, &session.payment)?;
    }
    let is_free = match ledger.account().payment(&session.payment).map(|known| &known.state) {
        None | Some(PaymentState::Pending { .. }) => true,
        Some(PaymentState::Settled { .. } | PaymentState::Failed | PaymentState::Reversed) => false,
    };
    let payment = if is_free { session.payment.clone() } else { ids::secret(PaymentId::from_bytes)? };
    let told = ReceivePayment {
        provider: session.provider.clone(),
        reference: paid.reference.clone(),
        amount: paid.amount.clone(),
        value_date: value_date(work, session, paid.at)?,
        remittance: None,
        customer: None,
        designated: Vec::new(),
    };
    let named = if paid.amount.currency == session.amount.currency { session.receivables.clone() } else { Vec::new() };
    incoming::receive_of(work, (payment, &session.customer), named, &told)
}

/// The local day on which it was paid: not before the payer was sent there, for a shop's time may be ahead of the world's, and not after today
fn value_date(work: &Work<'_>, session: &Session, at: i64) -> Result<String, ApiError> {
    let day = |at: Timestamp| Ok::<_, ApiError>(at.to_zoned(zone(&work.moment.zone)?).date());
    let opened = day(Timestamp::from_millisecond(session.opened_ms).map_err(ApiError::internal)?)?;
    let paid = Timestamp::from_second(at).map(day).unwrap_or(Ok(work.moment.today))?;
    Ok(paid.max(opened).min(work.moment.today).to_string())
}

/// So much of it went back at the provider in all: what is not known of it yet is taken down
///
/// What the customer has of their own in it goes first; what was put against claims comes off them, and somebody has to look before anybody is reminded.
fn went_back(work: &Work<'_>, payment: &PaymentId, returned: i64) -> Result<(), ApiError> {
    let Some(Scope { customer, currency }) = Scope::of_stream(work.tx, &work.tenant, &Place::Payment(payment.clone()))? else {
        return Ok(());
    };
    let mut ledger = Ledger::of(work, &customer, &currency)?;
    let Some(known) = ledger.account().payment(payment) else { return Ok(()) };
    let minor = returned.saturating_sub(known.refunded).min(known.kept());
    if minor <= 0 {
        return Ok(());
    }
    let mut left = minor.saturating_sub(ledger.account().held(payment));
    let mut lines: Vec<Allocation> = Vec::new();
    for line in known.lines.iter().rev() {
        let taken = line.minor.min(left);
        if taken > 0 {
            left = left.saturating_sub(taken);
            lines.push(Allocation { minor: taken, ..line.clone() });
        }
    }
    let refund = ids::by_time(work.moment.now, RefundId::from_bytes)?.to_string();
    let written = |line: &Allocation| AllocationLine {
        receivable: line.receivable.to_string(),
        item: Some(line.item.into()),
        amount: Money::new(line.minor, &currency),
    };
    let mut bodies: Vec<Body> = Vec::new();
    if !lines.is_empty() {
        bodies.push(AllocationReversed { payment: payment.to_string(), lines: lines.iter().map(written).collect() }.into());
    }
    bodies.push(RefundGranted { refund: refund.clone(), payment: payment.to_string(), amount: Money::new(minor, &currency) }.into());
    bodies.push(RefundSettled { refund }.into());
    let mut claims: Vec<_> = lines.into_iter().map(|line| line.receivable).collect();
    claims.dedup();
    for claim in &claims {
        bodies.push(holds::pause(work, claim)?);
    }
    ledger.happen(&Occasion::now(payment.as_str()), bodies).map(|_| ())
}

/// What the payer's bank took back, and what became of that
fn disputed(work: &Work<'_>, payment: &PaymentId, currency: &str, dispute: &Dispute) -> Result<(), ApiError> {
    let known = incoming::find(work, payment)?.chargeback;
    if known.is_none() {
        // Where nobody says until when, it is now.
        let until = dispute.until.clone().filter(|until| *until >= work.moment.today.to_string());
        let opened = TellChargeback {
            state: ChargebackNews::Opened,
            amount: Some(Money::new(dispute.minor, currency)),
            until: Some(until.unwrap_or_else(|| work.moment.today.to_string())),
        };
        incoming::charge_back(work, payment, &opened)?;
    }
    let is_decided = known.is_some_and(|known| known.state != "opened");
    match dispute.won {
        Some(won) if !is_decided => {
            let state = if won { ChargebackNews::Won } else { ChargebackNews::Lost };
            incoming::charge_back(work, payment, &TellChargeback { state, amount: None, until: None })
        }
        Some(_) | None => Ok(()),
    }
}
