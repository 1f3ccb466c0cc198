//! What the ledger says about a customer, as facts.
//!
//! **Invariant:** `account.…` comes from here and from nowhere else.
//! **Invariant:** every question is asked by the service's own id of the customer, never by anything a visitor has typed.

use super::person::known;
use crate::clock::Moment;
use crate::error::ApiError;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde_json::{Value, json};
use tresen_core::ident::{CustomerId, TenantId};
use tresen_wire::http::Facts;

/// What the facts are about
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Whose ledger
    pub tenant: &'a TenantId,
    /// The service's own id of the customer
    pub customer: &'a CustomerId,
    /// Only what is owed in this currency counts
    pub currency: &'a str,
    /// Whether the person is signed in: only then there is a history
    pub signed_in: bool,
}

/// What is owed under one reference, in one currency
#[derive(Debug, Default)]
pub struct Owed {
    /// All of it and what payments hold, in minor units
    pub minor: i64,
    /// What should have been paid by yesterday, in minor units
    pub overdue: i64,
    overdue_count: i64,
    oldest: Option<String>,
}

/// The facts of a customer at a moment: all that the person owes and has paid, under whichever of their references
pub fn facts(tx: &Transaction<'_>, about: About<'_>, moment: &Moment) -> Result<Facts, ApiError> {
    let person = known(tx, about.tenant, about.customer)?;
    let mut facts = Facts::new();
    let mut all = Owed::default();
    for customer in &person {
        let Owed { minor, overdue, overdue_count, oldest } = owed(tx, About { customer, ..about }, moment)?;
        all = Owed {
            minor: all.minor.checked_add(minor).ok_or_else(beyond)?,
            overdue: all.overdue.saturating_add(overdue),
            overdue_count: all.overdue_count.saturating_add(overdue_count),
            oldest: all.oldest.into_iter().chain(oldest).min(),
        };
    }
    account(about, moment, &all, &mut facts)?;
    if about.signed_in {
        for customer in &person {
            history(tx, About { customer, ..about }, moment, &mut facts)?;
        }
    }
    Ok(facts)
}

fn beyond() -> ApiError {
    ApiError::internal("a balance beyond what can be counted")
}

/// What is owed under one reference at a moment, whoever else is the same person
pub fn owed(tx: &Transaction<'_>, about: About<'_>, moment: &Moment) -> Result<Owed, ApiError> {
    let open: i64 = tx
        .prepare_cached("SELECT open_minor FROM accounts WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3")?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), about.currency], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let minor = open.checked_add(reserved_minor(tx, about, moment)?).ok_or_else(beyond)?;
    let (overdue, overdue_count, oldest): (i64, i64, Option<String>) = tx
        .prepare_cached(
            "SELECT coalesce(sum(coalesce((SELECT sum(i.open_minor) FROM instalments i WHERE i.tenant_id = r.tenant_id \
             AND i.receivable_id = r.receivable_id AND i.due_date < ?4), r.balance_minor)), 0), count(*), \
             min(due_date) FROM receivables r WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND balance_minor > 0 AND due_date < ?4",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), about.currency, moment.today.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    Ok(Owed { minor, overdue, overdue_count, oldest })
}

fn account(about: About<'_>, moment: &Moment, owed: &Owed, facts: &mut Facts) -> Result<(), ApiError> {
    let days = match &owed.oldest {
        Some(oldest) => days_since(oldest, moment.today)?,
        None => 0,
    };
    // A balance below nothing is the customer's money: it lowers no limit and raises none.
    put(facts, "account.open_balance", money(owed.minor.max(0), about.currency));
    put(facts, "account.overdue_balance", money(owed.overdue, about.currency));
    put(facts, "account.overdue_count", json!(owed.overdue_count));
    put(facts, "account.overdue_days_max", json!(days));
    Ok(())
}

/// What payments hold that no provider has confirmed yet and that have not expired
pub fn reserved_minor(tx: &Transaction<'_>, about: About<'_>, moment: &Moment) -> Result<i64, ApiError> {
    Ok(tx
        .prepare_cached(
            "SELECT coalesce(sum(amount_minor), 0) FROM payments \
             WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'initiated' AND currency = ?3 AND reserves = 1 AND expires_ms > ?4",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), about.currency, moment.ms()], |row| row.get(0))?)
}

fn history(tx: &Transaction<'_>, about: About<'_>, moment: &Moment, facts: &mut Facts) -> Result<(), ApiError> {
    let brought: Option<String> = tx
        .prepare_cached("SELECT facts FROM histories WHERE tenant_id = ?1 AND customer_id = ?2")?
        .query_row(params![about.tenant.as_str(), about.customer.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(brought) = brought {
        let brought: Facts = serde_json::from_str(&brought)?;
        brought.into_iter().for_each(|(name, value)| together(facts, &name, value, about.currency));
    }
    let (first, since): (Option<String>, String) = (first_order(tx, about)?, days_before(moment.today, 6.days())?);
    if let Some(first) = first {
        put(facts, "customer.known", json!(true));
        earlier(facts, "customer.since", &first);
    }
    let (paid, in_time, total): (i64, i64, i64) = tx
        .prepare_cached(
            "SELECT count(*), coalesce(sum(due_date IS NULL OR settled_on <= due_date), 0), coalesce(sum(amount_minor), 0) FROM receivables \
             WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND settled_on IS NOT NULL",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), about.currency], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let (settled, settled_total): (i64, i64) = tx
        .prepare_cached(
            "SELECT count(*), coalesce(sum(amount_minor), 0) FROM payments \
             WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'settled' AND currency = ?3",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), about.currency], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let declines: i64 = tx
        .prepare_cached(
            "SELECT count(*) FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'declined' AND changed_on >= ?3",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), days_before(moment.today, 29.days())?], |row| row.get(0))?;
    let (orders, ordered): (i64, i64) = tx
        .prepare_cached(
            "SELECT count(*), coalesce(sum(CASE WHEN currency = ?3 THEN amount_minor ELSE 0 END), 0) FROM orders \
             WHERE tenant_id = ?1 AND customer_id = ?2 AND ordered_on >= ?4 AND state = 'bound'",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str(), about.currency, since], |row| Ok((row.get(0)?, row.get(1)?)))?;
    add(facts, "history.orders_paid", paid.saturating_add(settled));
    add(facts, "history.paid_on_time", in_time);
    add_money(facts, "history.paid_total", total.saturating_add(settled_total), about.currency);
    add(facts, "history.declines_30_days", declines);
    add(facts, "history.orders_7_days", orders);
    add_money(facts, "history.amount_7_days", ordered, about.currency);
    Ok(())
}

fn first_order(tx: &Transaction<'_>, about: About<'_>) -> Result<Option<String>, ApiError> {
    Ok(tx
        .prepare_cached(
            "SELECT min(day) FROM (SELECT min(ordered_on) AS day FROM orders WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'bound' \
             UNION ALL SELECT min(created_on) FROM receivables WHERE tenant_id = ?1 AND customer_id = ?2)",
        )?
        .query_row(params![about.tenant.as_str(), about.customer.as_str()], |row| row.get(0))?)
}

/// What the shop says in a session beside what is known here: of counts and sums the larger, of days the worse
///
/// A shop may know of orders that never came past this counter; it cannot make known ones disappear.
pub fn beside(facts: &mut Facts, name: &str, said: Value) {
    let kept = match (facts.get(name), &said) {
        (Some(Value::Number(known)), Value::Number(said)) => known.as_i64() > said.as_i64(),
        (Some(Value::Object(known)), Value::Object(said)) => minor(known) > minor(said),
        (Some(Value::Bool(known)), Value::Bool(_)) => *known,
        (Some(Value::String(known)), Value::String(said)) if name == "customer.since" => known < said,
        (Some(Value::String(known)), Value::String(said)) => known > said,
        _ => false,
    };
    if !kept {
        put(facts, name, said);
    }
}

/// What was brought in under one of a person's references with what is known under the others: counts and sums add up, of levels and days the worse
fn together(facts: &mut Facts, name: &str, brought: Value, currency: &str) {
    match (&brought, brought.as_object().and_then(minor)) {
        (_, Some(minor)) if facts.contains_key(name) => add_money(facts, name, minor, currency),
        (Value::Number(count), _) if facts.contains_key(name) && name != "history.dunning_level_max" => {
            add(facts, name, count.as_i64().unwrap_or(0))
        }
        _ => beside(facts, name, brought),
    }
}

fn minor(money: &Facts) -> Option<i64> {
    money.get("minor").and_then(Value::as_i64)
}

fn put(facts: &mut Facts, name: &str, value: Value) {
    facts.insert(name.to_owned(), value);
}

fn money(minor: i64, currency: &str) -> Value {
    json!({"minor": minor, "currency": currency})
}

/// What was brought in from before counts on
fn add(facts: &mut Facts, name: &str, count: i64) {
    let before = facts.get(name).and_then(Value::as_i64).unwrap_or(0);
    put(facts, name, json!(before.saturating_add(count)));
}

fn add_money(facts: &mut Facts, name: &str, minor: i64, currency: &str) {
    let before = facts.get(name).and_then(|money| money.get("minor")).and_then(Value::as_i64).unwrap_or(0);
    put(facts, name, money(before.saturating_add(minor), currency));
}

fn earlier(facts: &mut Facts, name: &str, day: &str) {
    if facts.get(name).and_then(Value::as_str).is_none_or(|known| day < known) {
        put(facts, name, json!(day));
    }
}

fn days_before(day: Date, span: Span) -> Result<String, ApiError> {
    Ok(day.checked_sub(span).map_err(ApiError::internal)?.to_string())
}

fn days_since(day: &str, today: Date) -> Result<i32, ApiError> {
    let day: Date = day.parse().map_err(ApiError::internal)?;
    Ok(today.since((jiff::Unit::Day, day)).map_err(ApiError::internal)?.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_can_add_to_what_is_known_and_not_hide_it() {
        let known =
            json!({"history.orders_7_days": 3, "customer.since": "2025-01-01", "history.amount_7_days": {"minor": 500, "currency": "EUR"}});
        let Value::Object(mut facts) = known else { panic!() };
        beside(&mut facts, "history.orders_7_days", json!(1));
        beside(&mut facts, "customer.since", json!("2026-01-01"));
        beside(&mut facts, "history.amount_7_days", money(900, "EUR"));
        beside(&mut facts, "history.address_changed_on", json!("2026-11-01"));
        assert_eq!(
            Value::Object(facts),
            json!({"history.orders_7_days": 3, "customer.since": "2025-01-01", "history.amount_7_days": {"minor": 900, "currency": "EUR"},
                   "history.address_changed_on": "2026-11-01"})
        );
    }
}
