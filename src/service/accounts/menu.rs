//! What the customer may do, as `core::settle` finds it, and how it stands for that.

use super::Access;
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::paylinks;
use rusqlite::params;
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::policy::Settlement;
use tresen_core::receivable::Account;
use tresen_core::settle::{self, PlanBounds, Situation, Told};
use tresen_texts::{Advice, advice_in};
use tresen_wire::http::{
    Adviser, AmountRange, CountRange, DayRange, DeferralRoom, HardshipRoom, LastDay, Menu, PlanRoom, ReturnRoom, WithdrawalRoom,
    WithdrawalUntil,
};
use tresen_wire::money::Money;

/// How it stands with everything that a customer owes, for what they may do about it
pub fn situation(work: &Work<'_>, access: &Access, account: &Account) -> Result<Situation, ApiError> {
    let told = told(work, access)?;
    let all: Vec<ReceivableId> = account.receivables().map(|(id, _)| id.clone()).collect();
    paylinks::situation(work, account, &all, |id| told.get(id).copied().unwrap_or_default())
}

/// What the merchant allows
pub fn settlement(work: &Work<'_>) -> Result<Settlement, ApiError> {
    Ok(work.active_policy()?.settlement())
}

/// What is known of the claims beside the account: an order was confirmed at a distance, and nobody here knows what was in it
///
/// So whoever bought at a distance may withdraw, without an end until the shop has told of the delivery: a statement about goods that the law excepts
/// is answered by a human, one that could not be made is the shop's fault (BGB section 356a).
fn told(work: &Work<'_>, access: &Access) -> Result<BTreeMap<ReceivableId, Told>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT r.receivable_id, o.ordered_on FROM receivables r JOIN orders o ON o.tenant_id = r.tenant_id AND o.order_ref = r.order_ref \
         WHERE r.tenant_id = ?1 AND r.customer_id = ?2",
    )?;
    let mut found = statement.query(params![work.tenant.as_str(), access.customer.as_str()])?;
    let mut all = BTreeMap::new();
    while let Some(row) = found.next()? {
        let (id, on): (String, String) = (row.get(0)?, row.get(1)?);
        let told = Told { ordered_on: Date::parse(&on), delivered_on: None, revocable: true };
        all.insert(ids::stored(&id, ReceivableId::parse)?, told);
    }
    Ok(all)
}

/// Who advises for free: whom the merchant names, else whoever is known in the market
pub fn advice(work: &Work<'_>) -> Result<Vec<Adviser>, ApiError> {
    let policy = work.active_policy()?;
    let named = policy.merchant().debt_advice.iter();
    let named: Vec<Adviser> = named.map(|one| Adviser { name: one.name.clone(), url: one.url.clone(), phone: one.phone.clone() }).collect();
    if !named.is_empty() {
        return Ok(named);
    }
    let known = advice_in(&policy.market());
    Ok(known.map(|Advice { name, web, phone }| Adviser { name, url: web, phone }).into_iter().collect())
}

/// The menu as it goes over the wire
pub fn menu(access: &Access, situation: &Situation, settlement: &Settlement, advice: Vec<Adviser>) -> Menu {
    let found = settle::menu(situation, settlement);
    let money = |minor: i64| Money::new(minor, &access.currency);
    let why_not = found.why_not().into_iter().map(|(wish, code)| (wish.to_owned(), code.to_owned())).collect();
    let plan = |bounds: PlanBounds| PlanRoom {
        receivables: bounds.receivables.iter().map(ToString::to_string).collect(),
        total: money(bounds.total),
        rates: CountRange { from: bounds.rates_from.into(), to: bounds.rates_to.into() },
        rate_minimum: money(bounds.rate_minimum),
        first: DayRange { from: bounds.first_from.to_iso(), until: bounds.first_until.to_iso() },
    };
    // Of several the one that the access points at; one is moved at a time.
    let deferral = found.deferral.ok().and_then(|all| {
        let pointed = all.iter().position(|one| access.receivable.as_ref() == Some(&one.receivable)).unwrap_or(0);
        all.into_iter().nth(pointed)
    });
    Menu {
        part: found.part.ok().map(|part| AmountRange { from: money(part.from), to: money(part.to) }),
        promise: found.promise.ok().map(|until| LastDay { until: until.to_iso() }),
        deferral: deferral.map(|one| DeferralRoom {
            receivable: one.receivable.to_string(),
            from: one.from.to_iso(),
            until: one.until.to_iso(),
        }),
        plan: found.plan.ok().map(plan),
        dispute: found.dispute.is_ok(),
        give_back: found.returns.ok().map(|all| ReturnRoom { receivables: all.iter().map(ToString::to_string).collect() }),
        withdrawal: found.withdrawal.ok().map(|all| WithdrawalRoom {
            receivables: all
                .into_iter()
                .map(|one| WithdrawalUntil { receivable: one.receivable.to_string(), until: one.until.map(Date::to_iso) })
                .collect(),
        }),
        hardship: found.hardship.ok().map(|quiet| HardshipRoom {
            pause_until: quiet.pause_until.to_iso(),
            plan: quiet.plan.map(plan),
            advice,
        }),
        methods: Vec::new(),
        debit: None,
        why_not,
    }
}
