//! Why something is not done about a customer for the time being, where a human says so. Other holds follow from what else is so.

use crate::app::Work;
use crate::claims;
use crate::clock::named_day;
use crate::customers::Kind;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion};
use tresen_core::ident::{CustomerId, HoldId, ReceivableId};
use tresen_core::receivable::Scope;
use tresen_wire::decision::hex;
use tresen_wire::events::{Body, HoldPlaced, HoldReason, HoldReleased};
use tresen_wire::http::{HoldState, PlaceHold};

/// Reads the id of a hold; what is none is answered as a hold that does not exist
pub fn id(text: &str) -> Result<HoldId, ApiError> {
    HoldId::parse(text).ok_or_else(|| ApiError::unknown("hold.unknown", "hold"))
}

/// Who a request is about, without saying who it is
pub fn subject(work: &Work<'_>, reference: &str) -> String {
    hex(&work.index_of(Kind::Customer, reference))
}

/// Places a hold on a claim, or on all that a customer owes in whichever currency
pub fn place(work: &Work<'_>, reference: &str, request: &PlaceHold) -> Result<HoldState, ApiError> {
    let customer = customer(work, reference)?;
    check(work, request)?;
    let mut ledger = match &request.receivable {
        Some(claim) => claims::ledger(work, &claims::id(claim)?)?,
        None => Ledger::of(work, &customer, work.active_policy()?.currency())?,
    };
    if *ledger.customer() != customer {
        return Err(ApiError { at: Some("/receivable".to_owned()), ..ApiError::unknown("receivable.unknown", "claim") });
    }
    let hold = ids::by_time(work.moment.now, HoldId::from_bytes)?;
    let placed = HoldPlaced {
        hold: hold.to_string(),
        reason: request.reason,
        receivable: request.receivable.clone(),
        until: request.until.clone(),
        beside: None,
    };
    ledger.happen(&Occasion::now(hold.as_str()), vec![placed.into()])?;
    Ok(HoldState { hold: hold.to_string(), state: "in_force".to_owned() })
}

/// Nobody asks for a claim until somebody has looked at it
pub fn pause(work: &Work<'_>, claim: &ReceivableId) -> Result<Body, ApiError> {
    let hold = ids::by_time(work.moment.now, HoldId::from_bytes)?.to_string();
    Ok(HoldPlaced { hold, reason: HoldReason::ManualPause, receivable: Some(claim.to_string()), until: None, beside: None }.into())
}

/// Releases a hold
pub fn release(work: &Work<'_>, reference: &str, hold: &HoldId) -> Result<HoldState, ApiError> {
    let customer = customer(work, reference)?;
    for currency in currencies(work, &customer)? {
        let mut ledger = Ledger::of(work, &customer, &currency)?;
        if let Some(found) = ledger.account().hold(hold) {
            // What is so at another reference of the person's ends there, and with it here.
            if let Scope::Beside(other) = found.scope.clone() {
                ledger = Ledger::of(work, &other, &currency)?;
            }
            ledger.happen(&Occasion::now(hold.as_str()), vec![HoldReleased { hold: hold.to_string() }.into()])?;
            return Ok(HoldState { hold: hold.to_string(), state: "released".to_owned() });
        }
    }
    Err(ApiError::unknown("hold.unknown", "hold"))
}

/// The currencies in which there is an account of a customer; that of the policy at least
fn currencies(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<String>, ApiError> {
    let mut statement = work.tx.prepare_cached("SELECT currency FROM accounts WHERE tenant_id = ?1 AND customer_id = ?2")?;
    let found = statement.query_map([work.tenant.as_str(), customer.as_str()], |row| row.get(0))?;
    let mut currencies = found.collect::<Result<Vec<String>, _>>()?;
    currencies.push(work.active_policy()?.currency().to_owned());
    Ok(currencies)
}

fn customer(work: &Work<'_>, reference: &str) -> Result<CustomerId, ApiError> {
    work.customer_id(reference)?.ok_or_else(|| ApiError::unknown("customer.unknown", "customer"))
}

fn check(work: &Work<'_>, request: &PlaceHold) -> Result<(), ApiError> {
    match request.reason {
        HoldReason::Hardship
        | HoldReason::Insolvency
        | HoldReason::Deceased
        | HoldReason::CapacityUnknown
        | HoldReason::NotMyDebt
        | HoldReason::Representative
        | HoldReason::ManualPause
        | HoldReason::NoAddress
        | HoldReason::ComplaintReview => {}
        HoldReason::Dispute
        | HoldReason::PromisePending
        | HoldReason::DeferralActive
        | HoldReason::PlanActive
        | HoldReason::PaymentPending
        | HoldReason::ChargebackReview
        | HoldReason::WithdrawalOpen => {
            let help = "it is in force by itself as long as the dispute, plan, payment or the like is";
            return Err(ApiError::invalid("hold.derived", "/reason", "a hold for that reason is not placed by hand", help));
        }
    }
    let Some(until) = &request.until else { return Ok(()) };
    if named_day(until).is_some_and(|day| day >= work.moment.today) {
        return Ok(());
    }
    Err(ApiError::invalid(
        "hold.until",
        "/until",
        "the hold ends on no day from today to 2199-12-31",
        "pass a day that is not past, such as `2026-12-24`, or none",
    ))
}
