//! What must be so of the books whatever has happened: read from the store, replayed apart from the service, and audited by the core.

use super::collection::Written;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::path::Path;
use std::sync::Arc;
use tresen_core::date::Date;
use tresen_core::receivable::Account;
use tresen_service::{App, Clock, Config, DEMO_TENANT};
use tresen_wire::events::{Body, to_core};

/// Something that must not be: its name, and where it is
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub &'static str, pub String);

pub type Sound = Result<(), Broken>;

/// Refuses what is not so
pub fn holds(so: bool, name: &'static str, place: impl FnOnce() -> String) -> Sound {
    if so { Ok(()) } else { Err(Broken(name, place())) }
}

/// An event of an account as it is stored or told
#[derive(Debug, Clone)]
pub struct Happened {
    pub stream: String,
    pub kind: String,
    pub v: u16,
    pub data: String,
    pub on: String,
}

/// The account that events have made
pub fn replay(events: impl IntoIterator<Item = Happened>, currency: &str) -> Result<Account, Broken> {
    let mut account = Account::default();
    for Happened { stream, kind, v, data, on } in events {
        let broken = |why: String| Broken("replay", format!("{kind} in {stream}: {why}"));
        let body = Body::from_stored(&kind, v, &stream, &data).map_err(|why| broken(why.to_string()))?;
        let on = Date::parse(&on).ok_or_else(|| broken("no day".into()))?;
        if let Some(event) = to_core(&body, currency, &account).map_err(|why| broken(why.to_string()))? {
            account.apply(on, &event).map_err(|why| broken(why.to_string()))?;
        }
    }
    Ok(account)
}

/// The account of a customer, replayed
pub fn account(sql: &Connection, customer: &str, currency: &str) -> Result<Account, Broken> {
    let mut statement = sql
        .prepare_cached(
            "SELECT e.stream, e.type, e.v, e.data, e.effective_date FROM account_events a JOIN events e ON e.position = a.position \
             WHERE a.tenant_id = 'demo' AND a.customer_id = ?1 AND a.currency IN (?2, '') ORDER BY a.position",
        )
        .unwrap();
    let rows = statement.query_map(params![customer, currency], |row| {
        Ok(Happened { stream: row.get(0)?, kind: row.get(1)?, v: row.get(2)?, data: row.get(3)?, on: row.get(4)? })
    });
    replay(rows.unwrap().map(Result::unwrap), currency)
}

/// The accounts to which something has happened behind a position: customer and currency
pub fn accounts(sql: &Connection, since: i64) -> Vec<(String, String)> {
    let mut statement = sql
        .prepare_cached(
            "SELECT customer_id, currency FROM accounts a WHERE EXISTS (SELECT 1 FROM account_events e WHERE e.customer_id = a.customer_id \
             AND e.currency IN (a.currency, '') AND e.position > ?1) ORDER BY 1, 2",
        )
        .unwrap();
    let rows = statement.query_map([since], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The rows say what the events say, and the core finds nothing wrong with any account to which something has happened behind a position
pub fn accounts_are_sound(sql: &Connection, today: Date, since: i64) -> Sound {
    for (customer, currency) in accounts(sql, since) {
        let account = account(sql, &customer, &currency)?;
        let found = account.violations(today);
        holds(found.is_empty(), "violations", || format!("{customer}: {found:?}"))?;
        rows_are_the_accounts(sql, &customer, &currency, &account)?;
    }
    Ok(())
}

fn rows_are_the_accounts(sql: &Connection, customer: &str, currency: &str, account: &Account) -> Sound {
    let open: i64 = account.receivables().map(|(id, _)| account.open(id)).sum();
    let kept: (i64, i64) = sql
        .prepare_cached("SELECT open_minor, credit_minor FROM accounts WHERE customer_id = ?1 AND currency = ?2")
        .unwrap()
        .query_row([customer, currency], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    holds(kept == (open, account.credit()), "rows", || format!("{customer}: {kept:?}, replayed {open} and {}", account.credit()))?;
    for (id, claim) in account.receivables() {
        let row: Option<(i64, i64, Option<String>)> = sql
            .prepare_cached("SELECT amount_minor, balance_minor, ending FROM receivables WHERE receivable_id = ?1 AND customer_id = ?2")
            .unwrap()
            .query_row([id.as_str(), customer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .ok();
        let said = (claim.agreed, account.open(id), claim.ending.map(|ending| ending.code().to_owned()));
        holds(row.as_ref() == Some(&said), "rows", || format!("{id}: {row:?}, replayed {said:?}"))?;
    }
    let came: i64 =
        count(sql, "SELECT count(*) FROM incoming_payments WHERE customer_id = ?1 AND currency = ?2", params![customer, currency]);
    let here = account.payments().filter(|(id, _)| is_told(sql, id.as_str())).count();
    holds(usize::try_from(came) == Ok(here), "payments", || format!("{customer}: {came} told, {here} in the account"))
}

fn is_told(sql: &Connection, payment: &str) -> bool {
    count(sql, "SELECT count(*) FROM incoming_payments WHERE payment_id = ?1", [payment]) == 1
}

pub fn count(sql: &Connection, question: &str, given: impl rusqlite::Params) -> i64 {
    sql.prepare_cached(question).unwrap().query_row(given, |row| row.get(0)).unwrap()
}

/// What may be there once, and the question that finds what is there twice
const ONCE: [(&str, &str); 6] = [
    (
        "a payment doubled",
        "SELECT json_extract(data, '$.provider_ref') FROM events WHERE type IN ('PaymentSettled', 'PaymentUnallocated') \
         GROUP BY type, json_extract(data, '$.provider'), 1 HAVING count(*) > 1",
    ),
    ("an order doubled", "SELECT order_ref FROM receivables GROUP BY order_ref HAVING count(*) > 1"),
    // Each level once for a due date, and once more after each time that it was taken back.
    (
        "a level raised twice",
        "SELECT r.stream FROM events r WHERE r.type = 'LevelRaised' \
         GROUP BY r.stream, json_extract(r.data, '$.to'), json_extract(r.data, '$.due_date') \
         HAVING count(*) > 1 + (SELECT count(*) FROM events b WHERE b.stream = r.stream AND b.type = 'LevelReset')",
    ),
    (
        "a claim told twice of one thing",
        "SELECT json_extract(said.value, '$.receivable') FROM contacts c, json_each(c.about) said \
         WHERE c.occasion IN ('note', 'reminder') AND c.state NOT IN ('suppressed', 'failed', 'bounced') \
         GROUP BY 1, json_extract(said.value, '$.level'), json_extract(said.value, '$.due_date') \
         HAVING count(*) > 1 + (SELECT count(*) FROM events b WHERE b.stream = 'receivable/' || json_extract(said.value, '$.receivable') \
           AND b.type = 'LevelReset')",
    ),
    (
        "a payment answered twice",
        "SELECT payment_id FROM contacts WHERE payment_id IS NOT NULL AND state NOT IN ('suppressed', 'failed', 'bounced') GROUP BY payment_id HAVING count(*) > 1",
    ),
    (
        "an unknown message without a task",
        "SELECT message_id FROM contacts c WHERE state = 'unknown' \
         AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.kind = 'unknown_delivery' AND t.message_id = c.message_id)",
    ),
];

/// Nothing is there twice, and what is unknown has a task
pub fn nothing_is_twice(sql: &Connection) -> Sound {
    none_is_found(sql, &ONCE)
}

/// What open payments hold: each claim is held by one at most
const HELD: [(&str, &str); 3] = [
    (
        "two open payments for a claim",
        "SELECT value FROM pay_sessions, json_each(receivables) WHERE lease_until_ms IS NOT NULL GROUP BY tenant_id, value HAVING count(*) > 1",
    ),
    (
        "held by nobody",
        "SELECT receivable_id FROM (SELECT tenant_id, receivable_id, payment_id FROM pay_leases \
         EXCEPT SELECT tenant_id, value, payment_id FROM pay_sessions, json_each(receivables) WHERE lease_until_ms IS NOT NULL)",
    ),
    (
        "open and not held",
        "SELECT value FROM (SELECT tenant_id, value, payment_id FROM pay_sessions, json_each(receivables) WHERE lease_until_ms IS NOT NULL \
         EXCEPT SELECT tenant_id, receivable_id, payment_id FROM pay_leases)",
    ),
];

/// At most one payment is open for a claim
pub fn one_payment_is_open_for_a_claim(sql: &Connection) -> Sound {
    none_is_found(sql, &HELD)
}

fn none_is_found(sql: &Connection, questions: &[(&'static str, &str)]) -> Sound {
    for (name, question) in questions {
        let found: Option<String> = sql.prepare_cached(question).unwrap().query_row([], |row| row.get(0)).optional().unwrap();
        holds(found.is_none(), name, || found.clone().unwrap_or_default())?;
    }
    Ok(())
}

/// What no message may have charged, and the question that finds it
const CHARGED: [(&str, &str); 4] = [
    (
        "charged by what never left",
        "SELECT c.message_id FROM contacts c JOIN events e ON e.correlation_id = c.message_id WHERE e.type IN ('CostCharged', 'InterestAccrued') \
         AND c.state IN ('intended', 'sending', 'suppressed', 'failed', 'unknown')",
    ),
    (
        "charged twice by one message",
        "SELECT correlation_id FROM events WHERE type IN ('CostCharged', 'InterestAccrued') AND correlation_id IN (SELECT message_id FROM contacts) \
         GROUP BY correlation_id, stream, type, json_extract(data, '$.kind') HAVING count(*) > 1",
    ),
    (
        "charged and not written",
        "SELECT c.message_id FROM contacts c JOIN events e ON e.correlation_id = c.message_id WHERE e.type IN ('CostCharged', 'InterestAccrued') \
         AND NOT EXISTS (SELECT 1 FROM json_each(c.charges) said WHERE e.stream = 'receivable/' || json_extract(said.value, '$.receivable') \
           AND (json_extract(said.value, '$.cost.minor') = json_extract(e.data, '$.amount.minor') \
             OR json_extract(said.value, '$.until') = json_extract(e.data, '$.until')))",
    ),
    ("a consumer owes a lump sum", "SELECT stream FROM events WHERE type = 'CostCharged' AND json_extract(data, '$.kind') = 'lump_sum'"),
];

/// What is charged stands in a message that has left, once
pub fn what_is_charged_was_written(sql: &Connection) -> Sound {
    none_is_found(sql, &CHARGED)
}

/// No claim more than once and no customer more than twice in any seven days, on working days between eight and eight
pub fn nobody_is_pestered(written: &[Written]) -> Result<usize, Broken> {
    const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
    let reached: Vec<(&Written, i64)> = written
        .iter()
        .filter(|one| matches!(one.occasion.as_str(), "note" | "reminder") && matches!(one.state.as_str(), "sent" | "delivered"))
        .map(|one| (one, one.sent_ms.unwrap_or(one.planned_ms)))
        .collect();
    for (place, (one, ms)) in reached.iter().enumerate() {
        holds(is_in_hours(*ms), "hours", || format!("{one:?}"))?;
        let week: Vec<&Written> = reached[..place]
            .iter()
            .filter(|(other, at)| other.customer == one.customer && ms - at < WEEK_MS)
            .map(|(other, _)| *other)
            .collect();
        holds(week.len() < 2, "three in a week", || format!("{week:#?} {one:?}"))?;
        let mine = one.claims();
        let fresh = week.iter().all(|other| other.claims().iter().all(|claim| !mine.contains(claim)));
        holds(fresh, "one claim twice in a week", || format!("{week:#?} {one:?}"))?;
    }
    Ok(reached.len())
}

/// Whether it is a working day between eight and eight where the merchant is
pub fn is_in_hours(ms: i64) -> bool {
    let local = Timestamp::from_millisecond(ms).unwrap().in_tz("Europe/Berlin").unwrap();
    let day = Date::parse(&local.date().to_string()).unwrap();
    let calendar = tresen_core::calendar::Calendar::of(tresen_core::facts::country_value(*b"DE"), true, None, None);
    (8..20).contains(&local.hour()) && local.weekday() != jiff::civil::Weekday::Sunday && !calendar.is_holiday(day)
}

/// The tables that follow from the events, without what a run has noted in them
const PROJECTIONS: [&str; 11] = [
    "SELECT * FROM account_events ORDER BY 1, 2, 3, 4",
    "SELECT customer_id, currency, open_minor, credit_minor FROM accounts ORDER BY 1, 2",
    "SELECT * FROM receivables ORDER BY 1, 2",
    "SELECT * FROM instalments ORDER BY 1, 2, 3",
    "SELECT * FROM refunds ORDER BY 1, 2",
    "SELECT * FROM orders ORDER BY 1, 2",
    "SELECT * FROM payments ORDER BY 1, 2",
    "SELECT * FROM grants ORDER BY 1, 2",
    "SELECT * FROM grant_uses ORDER BY 1, 2",
    "SELECT * FROM histories ORDER BY 1, 2",
    "SELECT * FROM merges ORDER BY 1, 2",
];

/// All rows of the projections
fn rows(path: &Path) -> Vec<String> {
    let sql = Connection::open(path).unwrap();
    let mut all = Vec::new();
    for question in PROJECTIONS {
        let mut statement = sql.prepare(question).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column).unwrap()).collect::<Vec<_>>();
            all.push(format!("{} {values:?}", &question[14..30]));
        }
    }
    all
}

/// The chain is whole, and deriving the rows anew, in a copy of the database, changes nothing
pub fn the_books_are_whole(folder: &Path, clock: Arc<dyn Clock>) -> Sound {
    let copy = folder.join("copy.sqlite");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("copy.sqlite{suffix}")));
    }
    let sql = Connection::open(folder.join("tresen.sqlite")).unwrap();
    sql.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    let before = rows(&copy);
    let mut config = Config::new(copy.clone(), folder.join("master.key"));
    config.sandbox = true;
    config.clock = clock;
    let app = App::open(config).unwrap();
    let broken = app.first_broken_event(DEMO_TENANT).unwrap();
    holds(broken.is_none(), "chain", || format!("{broken:?}"))?;
    app.rebuild(DEMO_TENANT).map_err(|why| Broken("rebuild", why))?;
    let after = rows(&copy);
    let differs = before.iter().zip(&after).find(|(before, after)| before != after);
    holds(differs.is_none() && before.len() == after.len(), "rebuilt", || format!("{differs:?}, {} {}", before.len(), after.len()))
}

impl Written {
    /// The claims that it is about
    pub fn claims(&self) -> Vec<String> {
        let about: Vec<serde_json::Value> = serde_json::from_str(&self.about).unwrap();
        about.iter().map(|said| said["receivable"].as_str().unwrap().to_owned()).collect()
    }
}

/// The merchant's now, where the time machine was used
pub fn now_ms(sql: &Connection, clock: &dyn Clock) -> i64 {
    clock.now().as_millisecond() + 1_000 * count(sql, "SELECT ahead_seconds FROM tenants WHERE tenant_id = 'demo'", [])
}
