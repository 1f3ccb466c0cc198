//! The rows that follow from an account: one a claim, one a rate that is open, one for the whole.
//!
//! **Invariant:** nothing is added or taken away here: every number is the account's.

use super::person::person;
use crate::error::ApiError;
use rusqlite::{Transaction, params};
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, ReceivableId, TenantId};
use tresen_core::receivable::{Account, Ending, PaymentState, Plan, PlanState, RefundState};
use tresen_wire::events::ReceivableCreated;

/// What changes about a claim
#[derive(Debug, PartialEq, Eq)]
struct ClaimRow {
    agreed: i64,
    open: i64,
    due: Option<Date>,
    settled: Option<Date>,
    ending: Option<&'static str>,
    rates: Vec<OpenRate>,
}

/// What is open of a rate, as far as one claim bears it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OpenRate {
    number: i64,
    due: Date,
    open: i64,
}

impl ClaimRow {
    fn of(account: &Account, id: &ReceivableId) -> Option<Self> {
        let claim = account.receivable(id)?;
        let rates = open_rates(account, id);
        let last_of = |plan: &Plan| plan.rates.last().map(|rate| rate.due);
        let planned = account.plans().filter(|(_, plan)| plan.receivables.contains(id)).last().map(|(_, plan)| plan);
        let due = match planned {
            Some(plan) if plan.state == PlanState::Active => rates.first().map(|rate| rate.due).or_else(|| last_of(plan)),
            // Of a claim that was paid by a plan it stays the last.
            Some(plan) => claim.due.or_else(|| last_of(plan)),
            None => claim.due,
        };
        let settled = (claim.ending == Some(Ending::Paid)).then(|| settled(account, id)).flatten();
        Some(Self { agreed: claim.agreed, open: account.open(id), due, settled, ending: claim.ending.map(Ending::code), rates })
    }
}

/// The day on which the last of the money came that a claim was paid with
fn settled(account: &Account, id: &ReceivableId) -> Option<Date> {
    let paid = account.payments().filter(|(_, payment)| payment.lines.iter().any(|line| line.receivable == *id));
    paid.filter_map(|(_, payment)| match payment.state {
        PaymentState::Settled { value_date } => Some(value_date),
        PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => None,
    })
    .max()
}

/// What is open of the rates of a claim's plan; of a plan over several claims the older ones bear the earlier rates, as [`Account::due`] says it
fn open_rates(account: &Account, id: &ReceivableId) -> Vec<OpenRate> {
    let Some((_, plan)) = account.plan_of(id) else { return Vec::new() };
    let before = plan.receivables.iter().take_while(|other| *other != id).map(|other| account.open(other)).fold(0, i64::saturating_add);
    let from = plan.paid.saturating_add(before);
    let until = from.saturating_add(account.open(id));
    let mut running = 0_i64;
    let mut rates = Vec::new();
    for (rate, number) in plan.rates.iter().zip(1_i64..) {
        let begin = running;
        running = running.saturating_add(rate.minor);
        let open = running.min(until).saturating_sub(begin.max(from));
        if open > 0 {
            rates.push(OpenRate { number, due: rate.due, open });
        }
    }
    rates
}

/// The row of a claim that has come to be; what changes about it follows
pub fn opened(tx: &Transaction<'_>, tenant: &TenantId, on: &str, body: &ReceivableCreated) -> Result<(), ApiError> {
    let currency = body.items.first().map(|item| &item.amount.currency);
    tx.prepare_cached(
        "INSERT INTO receivables (tenant_id, receivable_id, customer_id, order_ref, method, currency, amount_minor, balance_minor, reference, created_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, ?8)",
    )?
    .execute(params![tenant.as_str(), body.receivable, body.debtor, body.order_ref, body.method, currency, body.reference, on])?;
    Ok(())
}

/// Brings the rows from one account to what it has become
pub fn follow(
    tx: &Transaction<'_>,
    tenant: &TenantId,
    (customer, currency): (&CustomerId, &str),
    before: &Account,
    after: &Account,
) -> Result<(), ApiError> {
    for (id, _) in after.receivables() {
        let (was, is) = (ClaimRow::of(before, id), ClaimRow::of(after, id));
        if let Some(is) = is.filter(|is| was.as_ref() != Some(is)) {
            write(tx, tenant, id, &is)?;
        }
    }
    for (id, refund) in after.refunds() {
        let was = before.refunds().find(|(other, _)| *other == id);
        if was.is_none_or(|(_, was)| was != refund) {
            tx.prepare_cached(
                "INSERT INTO refunds (tenant_id, refund_id, payment_id, currency, amount_minor, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT (tenant_id, refund_id) DO UPDATE SET state = excluded.state",
            )?
            .execute(params![
                tenant.as_str(),
                id.as_str(),
                refund.payment.as_str(),
                currency,
                refund.minor,
                state(refund.state)
            ])?;
        }
    }
    let whole = |account: &Account| {
        let is_empty = account.receivables().next().is_none() && account.payments().next().is_none();
        (!is_empty).then(|| (open(account), account.credit()))
    };
    match whole(after) {
        Some(is) if whole(before) != Some(is) => {
            tx.prepare_cached(
                "INSERT INTO accounts (tenant_id, customer_id, currency, open_minor, credit_minor) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (tenant_id, customer_id, currency) DO UPDATE SET open_minor = excluded.open_minor, credit_minor = excluded.credit_minor",
            )?
            .execute(params![tenant.as_str(), customer.as_str(), currency, is.0, is.1])?;
        }
        Some(_) | None => {}
    }
    look_again(tx, tenant, customer)
}

/// What is to be done about a customer may have changed: the next run looks
pub fn look_again(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId) -> Result<(), ApiError> {
    // What happens to one reference of a person's may change what is to be done about the others.
    for one in person(tx, tenant, customer)? {
        tx.prepare_cached("UPDATE accounts SET look_ms = 0 WHERE tenant_id = ?1 AND customer_id = ?2")?
            .execute(params![tenant.as_str(), one.as_str()])?;
    }
    Ok(())
}

/// The word for where a refund stands
pub fn state(state: RefundState) -> &'static str {
    match state {
        RefundState::Granted => "granted",
        RefundState::Settled => "settled",
        RefundState::Failed => "failed",
    }
}

/// What the customer owes, due or not, without what is the customer's own
fn open(account: &Account) -> i64 {
    account.receivables().map(|(id, _)| account.open(id)).fold(0, i64::saturating_add)
}

fn write(tx: &Transaction<'_>, tenant: &TenantId, id: &ReceivableId, row: &ClaimRow) -> Result<(), ApiError> {
    let ClaimRow { agreed, open, due, settled, ending, rates } = row;
    let day = |day: &Option<Date>| day.map(Date::to_iso);
    tx.prepare_cached(
        "UPDATE receivables SET amount_minor = ?3, balance_minor = ?4, due_date = ?5, settled_on = ?6, ending = ?7 \
         WHERE tenant_id = ?1 AND receivable_id = ?2",
    )?
    .execute(params![tenant.as_str(), id.as_str(), agreed, open, day(due), day(settled), ending])?;
    tx.prepare_cached("DELETE FROM instalments WHERE tenant_id = ?1 AND receivable_id = ?2")?.execute([tenant.as_str(), id.as_str()])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO instalments (tenant_id, receivable_id, number, due_date, open_minor) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for OpenRate { number, due, open } in rates {
        insert.execute(params![tenant.as_str(), id.as_str(), number, due.to_iso(), open])?;
    }
    Ok(())
}
