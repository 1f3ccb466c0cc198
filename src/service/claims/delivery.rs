//! The goods have arrived.

use super::ledger;
use super::record::happened;
use crate::app::Work;
use crate::collect::calendar;
use crate::error::ApiError;
use crate::ledger::{Ledger, Occasion, day, refusal};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::receivable::Event;
use tresen_core::receivable::decide::{self, FromDelivery};
use tresen_wire::events::{Body, DueDateSet, Terms};
use tresen_wire::http::TellGoodsDelivered;

/// The last of the goods arrived on a day; the same day again, or an earlier one, changes nothing
///
/// # Errors
///
/// `delivery.malformed` and `delivery.in_future` for a day that is none or has not come.
pub fn delivered(work: &Work<'_>, id: &ReceivableId, request: &TellGoodsDelivered) -> Result<(), ApiError> {
    let on = Date::parse(&request.on)
        .ok_or_else(|| ApiError::invalid("delivery.malformed", "/on", "that is no day", "write it as `2026-12-24`"))?;
    let today = day(work.moment.today)?;
    if on > today {
        let message = format!("{} has not come yet: today is {}", on.to_iso(), today.to_iso());
        return Err(ApiError::invalid("delivery.in_future", "/on", message, "tell of a delivery once the goods have arrived"));
    }
    let mut ledger = ledger(work, id)?;
    let policy = work.active_policy()?;
    let days = terms(work, &ledger, id)?.filter(|terms| terms.from == "delivery").map(|terms| terms.days);
    let term = days.map(|days| FromDelivery { days, calendar: calendar(&policy) });
    let events = decide::delivered(ledger.account(), today, id, on, term).map_err(refusal::told)?;
    let due = events.iter().find_map(|event| if let Event::DueDateSet { date, .. } = event { Some(*date) } else { None });
    let full = due.map(|date| {
        Body::from(DueDateSet {
            receivable: id.to_string(),
            date: date.to_iso(),
            rule: "delivery".to_owned(),
            calendar: policy.market(),
            zone: work.moment.zone.clone(),
        })
    });
    let occasion = Occasion::now(id.as_str());
    ledger.happen_decided(&occasion, full, &events)?;
    ledger.pass(&occasion)
}

/// The time to pay that was agreed with the order
fn terms(work: &Work<'_>, ledger: &Ledger<'_>, id: &ReceivableId) -> Result<Option<Terms>, ApiError> {
    let happened = happened(work, ledger, id)?;
    Ok(happened.into_iter().find_map(|(event, _)| if let Body::ReceivableCreated(created) = event.data { created.terms } else { None }))
}
