//! What whoever holds a link is told.

use super::human::answered;
use super::transfer::transfer;
use super::{Link, situation};
use crate::accounts::code;
use crate::app::Work;
use crate::collect::{Ahead, CaseFile};
use crate::error::ApiError;
use crate::ledger::{day, today};
use crate::paying::{self, Held};
use tresen_core::collect::{Asked, Standing, standing};
use tresen_core::date::Date;
use tresen_core::receivable::{Account, PaymentState};
use tresen_core::settle::Told;
use tresen_core::settle::promise::{NoPromise, PATIENCE};
use tresen_wire::decision::hex;
use tresen_wire::http::{Paylink, PaylinkShop, PaylinkState, PromiseStanding, Receipt};
use tresen_wire::money::Money;

/// How it stands today
///
/// Who holds a link that was replaced or is too old learns where today's amount is, what was paid by it, and nothing about anybody.
pub fn view(work: &Work<'_>, link: &Link) -> Result<Paylink, ApiError> {
    let mut view = nothing(work, link)?;
    let account = today(work, &link.customer, &link.currency)?;
    if link.superseded || link.is_expired(work) {
        over(work, link, &account, &mut view)?;
        return Ok(view);
    }
    view.codes = code::ways(work, &link.customer)?;
    view.payment = paying::last(work, &link.customer, &link.currency, &link.receivables)?;
    let held = Held::of(work, &link.customer, &link.currency)?;
    match held.standing(work, &account, &link.receivables)? {
        Standing::Open(asked) => open(work, link, (&account, &held), &asked, &mut view)?,
        Standing::Settled { paid, on } => {
            view.state = PaylinkState::Paid;
            view.receipt = on.map(|on| Receipt { amount: Money::new(paid, &link.currency), on: on.to_iso() });
        }
        Standing::Clarifying => view.state = PaylinkState::InClarification,
        Standing::Elsewhere => view.state = PaylinkState::Elsewhere,
    }
    Ok(view)
}

/// A link that is over: whoever has paid by it meanwhile comes back to it, and sees that the money is there
fn over(work: &Work<'_>, link: &Link, account: &Account, view: &mut Paylink) -> Result<(), ApiError> {
    view.state = if link.superseded { PaylinkState::Superseded } else { PaylinkState::Expired };
    let hash = hex(&link.hash);
    let paid = paying::by_link(work, (&link.customer, &link.currency), (&hash, link.issued_ms))?;
    view.under_way = paid.as_ref().is_some_and(|(_, has_come)| !has_come);
    let receipt = |minor, on: Date| Receipt { amount: Money::new(minor, &link.currency), on: on.to_iso() };
    let by_it = paid.filter(|(_, has_come)| *has_come).and_then(|(id, _)| {
        let payment =
            account.payment(&id).filter(|payment| payment.chargeback.as_ref().is_none_or(|chargeback| chargeback.lost == Some(false)))?;
        if let PaymentState::Settled { value_date } = payment.state { Some(receipt(payment.minor, value_date)) } else { None }
    });
    view.receipt = match by_it {
        Some(receipt) => Some(receipt),
        // What an old link was about is told to nobody who has not paid by it.
        None if link.is_expired(work) => None,
        None => match standing(account, &link.receivables, day(work.moment.today)?) {
            Standing::Settled { paid, on: Some(on) } => Some(receipt(paid, on)),
            Standing::Settled { on: None, .. } | Standing::Open(_) | Standing::Clarifying | Standing::Elsewhere => None,
        },
    };
    Ok(())
}

fn open(work: &Work<'_>, link: &Link, (account, held): (&Account, &Held), asked: &Asked, view: &mut Paylink) -> Result<(), ApiError> {
    let money = |minor: i64| Money::new(minor, &link.currency);
    let amount = money(asked.minor);
    view.state = PaylinkState::Open;
    view.extra = (asked.extra > 0).then(|| money(asked.extra));
    view.whole = (asked.whole != asked.minor).then(|| money(asked.whole));
    view.due_date = asked.due.map(Date::to_iso);
    view.late = asked.late;
    view.under_way = asked.under_way;
    view.next = Ahead::of(work, CaseFile::of(work, &link.customer, &link.currency, None)?)?.told(work, &asked.claims)?;
    view.transfer = transfer(work, asked, &amount)?;
    let beside = held.beside(account, &link.receivables, asked);
    view.beside = (beside > 0).then(|| money(beside));
    view.disputed = (asked.disputed > 0).then(|| money(asked.disputed));
    // One who came to a provider for what is under way would be sent back.
    if !held.is_under_way(&asked.claims) {
        view.methods = paying::methods(work, &link.customer, &link.currency)?;
    }
    view.amount = Some(amount);
    view.promise = match PATIENCE.until(&situation(work, account, &asked.claims, |_| Told::default())?) {
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
    Ok(Paylink {
        state: PaylinkState::Expired,
        today: work.moment.today.to_string(),
        locale: link.locale.clone(),
        address_form: link.form,
        shop: shop(work)?,
        amount: None,
        extra: None,
        whole: None,
        due_date: None,
        late: false,
        under_way: false,
        beside: None,
        disputed: None,
        next: None,
        transfer: None,
        methods: Vec::new(),
        payment: None,
        promise: PromiseStanding { until: None, why_not: None, made: None },
        codes: Vec::new(),
        receipt: None,
    })
}

/// Whom to pay and to talk to
pub fn shop(work: &Work<'_>) -> Result<PaylinkShop, ApiError> {
    let policy = work.active_policy()?;
    let merchant = policy.merchant();
    let of = |pick: fn(&tresen_wire::policy::Imprint) -> Option<String>| merchant.imprint.as_ref().and_then(pick);
    let hours = merchant.imprint.as_ref().and_then(|imprint| imprint.hours.as_ref());
    Ok(PaylinkShop {
        name: merchant.name.clone(),
        creditor: of(|imprint| Some(imprint.creditor.clone())),
        website: of(|imprint| Some(imprint.website.clone())),
        email: of(|imprint| Some(imprint.email.clone())),
        phone: of(|imprint| imprint.phone.clone()),
        hours: hours.map(|hours| answered(work, &policy, hours)).transpose()?,
    })
}
