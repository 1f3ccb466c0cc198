//! What whoever holds an access sees: what the ledger, the journal and the policy know, and nothing that nobody said.

use super::{Access, claim, debit, documents, menu, reach, request, statement};
use crate::app::Work;
use crate::collect;
use crate::debits::Debit;
use crate::error::ApiError;
use crate::ledger::{Ledger, today};
use crate::paying::{self, Held};
use crate::paylinks;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::params;
use tresen_core::collect::Standing;
use tresen_core::date::Date;
use tresen_core::ident::{PaymentId, ReceivableId};
use tresen_core::receivable::{Account, Chargeback, Payment, PaymentState};
use tresen_core::settle::promise::{NoPromise, PATIENCE};
use tresen_core::settle::written;
use tresen_wire::http::{AccountBeside, AccountPayment, AccountPaymentState, AccountView, Human, Menu};
use tresen_wire::money::Money;

/// Payments that are shown, the newest
const PAYMENTS_MAX: usize = 50;

/// The account as it stands today
///
/// # Errors
///
/// `account.over`, as [`Access::check`].
pub fn view(work: &Work<'_>, access: &Access) -> Result<AccountView, ApiError> {
    access.check(work)?;
    let account = today(work, &access.customer, &access.currency)?;
    let held = Held::of(work, &access.customer, &access.currency)?;
    let all: Vec<ReceivableId> = account.receivables().map(|(id, _)| id.clone()).collect();
    let asked = match held.standing(work, &account, &all)? {
        Standing::Open(asked) => Some(asked),
        Standing::Settled { .. } | Standing::Clarifying | Standing::Elsewhere => None,
    };
    // One who came to a provider for what is under way would be sent back.
    let is_waited_for = asked.as_ref().is_some_and(|asked| held.is_under_way(&asked.claims));
    let (situation, settlement) = (menu::situation(work, access, &account)?, menu::settlement(work)?);
    let money = |minor: i64| Money::new(minor, &access.currency);
    let (shop, voice) = (paylinks::shop(work)?, collect::voice(work, &access.customer)?);
    let asked_now = money(asked.as_ref().map_or(0, |asked| asked.minor));
    Ok(AccountView {
        today: work.moment.today.to_string(),
        locale: voice.locale,
        address_form: voice.form,
        receivable: access.receivable.as_ref().map(ToString::to_string),
        owed: money(account.balance().max(0)),
        same_person: access.same_person(work)?.into_iter().map(|(token, minor)| AccountBeside { token, owed: money(minor) }).collect(),
        claims: claim::all(work, access, &account, &held)?,
        payments: payments(work, access, &account)?,
        payment: paying::last(work, &access.customer, &access.currency, &all)?,
        transfer: match &asked {
            Some(asked) => paylinks::transfer(work, asked, &asked_now)?,
            None => None,
        },
        asked: asked_now,
        menu: Menu {
            methods: if is_waited_for { Vec::new() } else { paying::methods(work, &access.customer, &access.currency)? },
            debit: match &asked {
                Some(asked) => debit::room(work, access, (asked, &held))?,
                None => None,
            },
            ..menu::menu(access, &situation, &settlement, menu::advice(work)?)
        },
        promised: match PATIENCE.until(&situation) {
            Err(NoPromise::Made { date }) => Some(date.to_iso()),
            Ok(_) | Err(_) => None,
        },
        situation: STANDARD.encode(written::write(&situation, &settlement)),
        requests: request::list(work, access, &Ledger::of(work, &access.customer, &access.currency)?)?,
        documents: documents::all(work, access, &account)?,
        reach: reach::reach(work, access)?,
        human: Human { phone: shop.phone.clone(), email: shop.email.clone(), hours: shop.hours.clone() },
        shop,
    })
}

fn payments(work: &Work<'_>, access: &Access, account: &Account) -> Result<Vec<AccountPayment>, ApiError> {
    let mut shown = Vec::new();
    // Those that have not come stand last there, whatever their day is.
    for (id, payment) in account.payments_by_day().into_iter().rev().take(PAYMENTS_MAX) {
        if let Some((state, on)) = stands(payment) {
            // Of a debit the customer was told between which days it is taken; news of it are waited for longer.
            let debit = if state == AccountPaymentState::Pending { Debit::by_payment(work, id)? } else { None };
            let taken = payment.chargeback.as_ref().map_or(0, Chargeback::taken);
            let money = |minor: i64| Money::new(minor, &access.currency);
            shown.push(AccountPayment {
                payment: id.to_string(),
                amount: money(payment.minor),
                gone: money(payment.refunded.saturating_add(taken)),
                held: money(account.held(id)),
                on: debit.as_ref().map_or(on, |debit| debit.window.last).to_iso(),
                state,
                method: method(work, id)?,
            });
        }
    }
    Ok(shown)
}

/// Where a payment stands, and the day that counts for it; nothing of one that was booked in error, or that has no day any more
fn stands(payment: &Payment) -> Option<(AccountPaymentState, Date)> {
    match &payment.state {
        PaymentState::Pending { until, .. } => Some((AccountPaymentState::Pending, *until)),
        PaymentState::Settled { value_date } => {
            let is_here = statement::received_on(payment).is_some();
            Some((if is_here { AccountPaymentState::Received } else { AccountPaymentState::TakenBack }, *value_date))
        }
        PaymentState::Failed | PaymentState::Reversed => None,
    }
}

/// The way that the customer chose here; of what was only told of, whoever told
fn method(work: &Work<'_>, id: &PaymentId) -> Result<Option<String>, ApiError> {
    let sql = "SELECT coalesce((SELECT method FROM pay_sessions WHERE tenant_id = ?1 AND payment_id = ?2), \
               (SELECT provider FROM incoming_payments WHERE tenant_id = ?1 AND payment_id = ?2))";
    Ok(work.tx.prepare_cached(sql)?.query_row(params![work.tenant.as_str(), id.as_str()], |row| row.get(0))?)
}
