//! What whoever holds a link is told.

use super::transfer::transfer;
use super::{Link, ladder};
use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::day;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::collect::promise::{NoPromise, PATIENCE};
use tresen_core::collect::{Asked, Standing, standing};
use tresen_core::date::Date;
use tresen_core::receivable::Account;
use tresen_wire::http::{AddressForm, NextStep, Paylink, PaylinkShop, PaylinkState, PromiseStanding, Receipt};
use tresen_wire::money::Money;

/// How it stands today
///
/// Who holds a link that was replaced or is too old learns where today's amount is, and nothing about anybody.
pub fn view(work: &Work<'_>, link: &Link) -> Result<Paylink, ApiError> {
    let mut view = nothing(work, link)?;
    if link.superseded || link.is_expired(work) {
        view.state = if link.superseded { PaylinkState::Superseded } else { PaylinkState::Expired };
        return Ok(view);
    }
    let account = link.account(work)?;
    match standing(&account, &link.receivables, &ladder(work)?, day(work.moment.today)?) {
        Standing::Open(asked) => open(work, link, &account, &asked, &mut view)?,
        Standing::Settled { paid, on } => {
            view.state = PaylinkState::Paid;
            view.receipt = on.map(|on| Receipt { amount: Money::new(paid, &link.currency), on: on.to_iso() });
        }
        Standing::Clarifying => view.state = PaylinkState::InClarification,
        Standing::Elsewhere => view.state = PaylinkState::Elsewhere,
    }
    Ok(view)
}

fn open(work: &Work<'_>, link: &Link, account: &Account, asked: &Asked, view: &mut Paylink) -> Result<(), ApiError> {
    let money = |minor: i64| Money::new(minor, &link.currency);
    let amount = money(asked.minor);
    view.state = PaylinkState::Open;
    view.extra = (asked.extra > 0).then(|| money(asked.extra));
    view.whole = (asked.whole != asked.minor).then(|| money(asked.whole));
    view.due_date = asked.due.map(Date::to_iso);
    view.late = asked.late;
    view.under_way = asked.under_way;
    view.next = asked.next.map(|next| NextStep { what: next.what.code().to_owned(), from: next.from.to_iso() });
    view.transfer = transfer(work, asked, &amount)?;
    view.amount = Some(amount);
    view.promise = match PATIENCE.until(account, &asked.claims, day(work.moment.today)?) {
        Ok(until) => PromiseStanding { until: Some(until.to_iso()), why_not: None, made: None },
        Err(why) => {
            let made = if let NoPromise::Made { date } = why { Some(date.to_iso()) } else { None };
            PromiseStanding { until: None, why_not: Some(why.code().to_owned()), made }
        }
    };
    Ok(())
}

/// What may be said to anybody who holds a link
fn nothing(work: &Work<'_>, link: &Link) -> Result<Paylink, ApiError> {
    let (locale, address_form) = language(work, link)?;
    let policy = work.active_policy()?;
    let merchant = policy.merchant();
    let of = |pick: fn(&tresen_wire::policy::Imprint) -> Option<String>| merchant.imprint.as_ref().and_then(pick);
    Ok(Paylink {
        state: PaylinkState::Expired,
        today: work.moment.today.to_string(),
        locale,
        address_form,
        shop: PaylinkShop {
            name: merchant.name.clone(),
            creditor: of(|imprint| Some(imprint.creditor.clone())),
            website: of(|imprint| Some(imprint.website.clone())),
            email: of(|imprint| Some(imprint.email.clone())),
            phone: of(|imprint| imprint.phone.clone()),
            hours: of(|imprint| imprint.hours.clone()),
        },
        amount: None,
        extra: None,
        whole: None,
        due_date: None,
        late: false,
        under_way: false,
        next: None,
        transfer: None,
        promise: PromiseStanding { until: None, why_not: None, made: None },
        receipt: None,
    })
}

/// As the customer was spoken to when they were last in the shop
fn language(work: &Work<'_>, link: &Link) -> Result<(String, AddressForm), ApiError> {
    let found: Option<(String, String)> = work
        .tx
        .prepare_cached(
            "SELECT locale, address_form FROM sessions WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY opened_ms DESC, session_id DESC LIMIT 1",
        )?
        .query_row(params![work.tenant.as_str(), link.customer.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (locale, form) = found.unwrap_or_else(|| ("de".to_owned(), AddressForm::Sie.code().to_owned()));
    Ok((locale, if form == AddressForm::Du.code() { AddressForm::Du } else { AddressForm::Sie }))
}
