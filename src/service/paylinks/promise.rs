//! A day that the customer names: it pauses the reminders.

use super::{Link, situation};
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, day};
use tresen_core::collect::{Asked, Standing, standing};
use tresen_core::date::Date;
use tresen_core::ident::{PromiseId, ReceivableId};
use tresen_core::receivable::{Account, HoldReason};
use tresen_core::settle::Told;
use tresen_core::settle::promise::{NoPromise, PATIENCE};
use tresen_wire::events::PromiseMade;
use tresen_wire::http::NameDay;
use tresen_wire::money::Money;

/// The customer names a day; the same day again changes nothing
///
/// # Errors
///
/// Why that day cannot be named, and what can be done instead.
pub fn promise(work: &Work<'_>, link: &Link, request: &NameDay) -> Result<(), ApiError> {
    let date = Date::parse(&request.date)
        .ok_or_else(|| ApiError::invalid("promise.malformed", "/date", "that is no day", "write it as `2026-12-24`"))?;
    link.check(work)?;
    let mut ledger = Ledger::of(work, &link.customer, &link.currency)?;
    let occasion = Occasion::now("promise");
    ledger.pass(&occasion)?;
    let today = day(work.moment.today)?;
    let asked = asked(&ledger, link, today);
    let claims = asked.as_ref().map(|asked| asked.claims.as_slice()).unwrap_or_default();
    let grace_until = match PATIENCE.named(&situation(work, ledger.account(), claims, |_| Told::default())?, date) {
        Ok(grace_until) => grace_until,
        Err(NoPromise::Made { date: made }) if made == date => return Ok(()),
        Err(why) => return Err(refused(why, today)),
    };
    let minor = asked.map(|asked| asked.minor).unwrap_or_default();
    let made = PromiseMade {
        promise: ids::by_time(work.moment.now, PromiseId::from_bytes)?.to_string(),
        amount: Money::new(minor, &link.currency),
        date: date.to_iso(),
        grace_until: grace_until.to_iso(),
    };
    ledger.happen(&occasion, vec![made.into()]).map(|_| ())
}

/// What is asked for of some claims today, in minor units
pub fn asked_of(work: &Work<'_>, account: &Account, claims: &[ReceivableId]) -> Result<i64, ApiError> {
    Ok(match standing(account, claims, day(work.moment.today)?) {
        Standing::Open(asked) => asked.minor,
        Standing::Settled { .. } | Standing::Clarifying | Standing::Elsewhere => 0,
    })
}

fn asked(ledger: &Ledger<'_>, link: &Link, today: Date) -> Option<Asked> {
    match standing(ledger.account(), &link.receivables, today) {
        Standing::Open(asked) => Some(asked),
        Standing::Settled { .. } | Standing::Clarifying | Standing::Elsewhere => None,
    }
}

fn refused(why: NoPromise, today: Date) -> ApiError {
    let (message, help) = match why {
        NoPromise::Day { until } => {
            let message = format!("a day from {} to {} can be named", today.to_iso(), until.to_iso());
            return ApiError::invalid("promise.day", "/date", message, "name one of these days, or talk to the shop about more time");
        }
        NoPromise::NothingOpen => ("nothing is open here", "nothing is to be done: look at the link once more"),
        NoPromise::Made { .. } => ("another day is named already", "pay by the day that is named, or talk to the shop about another one"),
        NoPromise::Plan => ("a plan says when what is paid", "pay by the plan, or talk to the shop about another one"),
        NoPromise::Held(reason) => ("nobody reminds at present, so no day has to be named", way_forward(reason)),
        NoPromise::Broken => ("earlier days have passed", "pay a part today, or talk to the shop: there are other ways"),
    };
    ApiError::new(409, why.code(), message, help)
}

/// What can be done while something else is waited for
fn way_forward(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::PaymentPending => "a payment is on its way: nothing is to be done until it has come",
        HoldReason::DeferralActive => "pay by the day that was agreed, or any day before, to the account that is shown",
        HoldReason::PromisePending | HoldReason::PlanActive => "pay as it was agreed; talk to the shop if that cannot be kept",
        HoldReason::Dispute | HoldReason::ComplaintReview | HoldReason::WithdrawalOpen | HoldReason::ChargebackReview => {
            "the shop looks at it and answers; what is not in question can be paid any day to the account that is shown"
        }
        HoldReason::Hardship | HoldReason::ManualPause | HoldReason::NoAddress => {
            "pay any day, also in parts, to the account that is shown, or write to the shop: somebody answers"
        }
        HoldReason::Insolvency
        | HoldReason::Deceased
        | HoldReason::CapacityUnknown
        | HoldReason::NotMyDebt
        | HoldReason::Representative => "write to the shop: a human answers, and until then nobody asks for anything",
    }
}
