//! Random lives written down by the ledger: the rows say what the account says, and deriving them anew changes nothing.

#![expect(clippy::arithmetic_side_effects, reason = "a test")]

#[path = "../../../tests/chance.rs"]
#[allow(dead_code, reason = "the laws use the rest")]
mod chance;
mod life;
mod older;

use super::{About, Ledger, day, facts, replay};
use crate::app::{App, Caller, Work};
use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::customers::Kind;
use jiff::{Timestamp, ToSpan as _};
use life::Life;
use rusqlite::types::Value;
use rusqlite::{Transaction, params};
use std::sync::Arc;
use tempfile::TempDir;
use tresen_core::ident::{CustomerId, TenantId};
use tresen_core::receivable::Account;
use tresen_wire::events::ActorKind;

const LIVES: u64 = 24;
const DAYS: i32 = 60;
const CURRENCIES: [&str; 2] = ["EUR", "CHF"];

#[derive(Debug)]
struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }
}

/// A sandbox with a database of its own
struct Counter {
    app: Arc<App>,
    tenant: TenantId,
    _folder: TempDir,
}

impl Counter {
    fn new() -> Self {
        Self::open(tempfile::tempdir().unwrap())
    }

    fn open(folder: TempDir) -> Self {
        let mut config = Config::new(folder.path().join("tresen.sqlite"), folder.path().join("master.key"));
        config.sandbox = true;
        config.clock = Arc::new(Noon);
        Self { app: App::open(config).unwrap(), tenant: TenantId::parse("demo").unwrap(), _folder: folder }
    }

    fn write<T>(&self, work: impl FnOnce(&Work<'_>) -> T) -> T {
        let caller = Caller::of(self.tenant.clone(), ActorKind::Shop, "test", "test");
        self.app.write_now(caller, |now| Ok(work(now))).unwrap()
    }

    fn customer(&self, reference: &str) -> CustomerId {
        self.write(|work| work.customer(Kind::Customer, reference, None).unwrap().id)
    }
}

/// All rows of the projections
fn rows(tx: &Transaction<'_>) -> Vec<String> {
    let mut rows = Vec::new();
    for table in ["account_events", "accounts", "receivables", "refunds", "instalments"] {
        let mut statement = tx.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3, 4")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            rows.push(format!("{table} {:?}", (0..columns).map(|column| row.get::<_, Value>(column).unwrap()).collect::<Vec<_>>()));
        }
    }
    rows
}

/// Holds what the rows say of an account on a day against what the account says
fn the_rows_are_the_accounts(work: &Work<'_>, customer: &CustomerId, currency: &str, account: &Account, on: jiff::civil::Date) {
    let today = day(on).unwrap();
    let open: i64 = account.receivables().map(|(id, _)| account.open(id)).sum();
    let late: Vec<_> = account.receivables().filter(|(id, _)| account.overdue(id, today) > 0).collect();
    let overdue: i64 = late.iter().map(|(id, _)| account.overdue(id, today)).sum();
    let about = About { tenant: &work.tenant, customer, currency, signed_in: false };
    let moment = Moment { now: work.moment.now, today: on, zone: "UTC".to_owned() };
    let said = facts(work.tx, about, &moment).unwrap();
    assert_eq!(said["account.open_balance"]["minor"], open);
    assert_eq!(
        (&said["account.overdue_balance"]["minor"], &said["account.overdue_count"]),
        (&overdue.into(), &late.len().into()),
        "{today:?}"
    );
    let credit = "SELECT coalesce(sum(credit_minor), 0) FROM accounts WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3";
    let credit: i64 = work.tx.query_row(credit, params![work.tenant.as_str(), customer.as_str(), currency], |row| row.get(0)).unwrap();
    assert_eq!(credit, account.credit());
    for (id, claim) in account.receivables() {
        let row: (i64, i64, Option<String>, String) = work
            .tx
            .query_row(
                "SELECT amount_minor, balance_minor, ending, customer_id FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2",
                params![work.tenant.as_str(), id.as_str()],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .unwrap();
        let ending = claim.ending.map(|ending| ending.code().to_owned());
        assert_eq!(row, (claim.agreed, account.open(id), ending, customer.to_string()));
    }
}

#[test]
fn whatever_happens_the_rows_are_the_accounts_and_deriving_them_anew_changes_nothing() {
    let counter = Counter::new();
    let (mut happened, mut refused) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut overdue_by_rates = 0;
    for seed in 0..LIVES {
        let customer = counter.customer(&format!("cus_{seed}"));
        let begin: jiff::civil::Date = "2026-01-05".parse().unwrap();
        counter.write(|work| {
            let mut life = Life::new(seed);
            for days in 0..DAYS {
                let on = begin.checked_add(days.days()).unwrap();
                let currency = CURRENCIES[life.chance.below(4) / 3];
                let mut ledger = Ledger::of(work, &customer, currency).unwrap();
                life.day(&mut ledger, on);
                let account = replay(work.tx, &work.tenant, &customer, currency).unwrap();
                assert_eq!(&account, ledger.account(), "seed {seed}, {on}");
                assert!(account.violations(day(on).unwrap()).is_empty(), "seed {seed}, {on}");
                for ahead in [0, 20, 90] {
                    the_rows_are_the_accounts(work, &customer, currency, &account, on.checked_add(ahead.days()).unwrap());
                }
                overdue_by_rates +=
                    i64::from(account.plans().any(|(_, plan)| plan.receivables.len() > 1 && plan.behind(day(on).unwrap()) > 0));
            }
            happened.extend(life.happened);
            refused.extend(life.refused);
        });
    }
    counter.write(|work| {
        let before = rows(work.tx);
        super::rebuild(work.tx, &work.tenant).unwrap();
        let after = rows(work.tx);
        assert!(before.len() > 1_000, "{}", before.len());
        assert_eq!(before.iter().zip(&after).find(|(before, after)| before != after), None);
        assert_eq!(before.len(), after.len());
        assert_eq!(crate::journal::first_break(work.tx, &work.tenant).unwrap(), None);
    });
    assert!(overdue_by_rates > 20, "{overdue_by_rates}");
    assert!(happened.len() >= 28, "hardly anything happened: {happened:?}");
    assert!(refused.len() >= 12, "hardly anything was refused: {refused:?}");
}

#[test]
fn a_hold_on_everything_is_in_force_in_every_currency() {
    let counter = Counter::new();
    let customer = counter.customer("cus_1");
    counter.write(|work| {
        let mut life = Life::new(1);
        for currency in CURRENCIES {
            life.buys(&mut Ledger::of(work, &customer, currency).unwrap(), work.moment.today);
        }
        life.is_insolvent(&mut Ledger::of(work, &customer, "EUR").unwrap(), work.moment.today);
        let today = day(work.moment.today).unwrap();
        for currency in CURRENCIES {
            let account = replay(work.tx, &work.tenant, &customer, currency).unwrap();
            assert_eq!(account.receivables().count(), 1);
            assert_eq!(account.holds(today).count(), 1, "{currency}");
        }
        let stream: String = work.tx.query_row("SELECT stream FROM events WHERE type = 'HoldPlaced'", [], |row| row.get(0)).unwrap();
        assert_eq!(stream, format!("case/{customer}"));
    });
}

#[test]
fn what_is_refused_is_not_written() {
    let counter = Counter::new();
    let customer = counter.customer("cus_1");
    let before = counter.write(|work| {
        Life::new(1).buys(&mut Ledger::of(work, &customer, "EUR").unwrap(), work.moment.today);
        (rows(work.tx), crate::journal::all(work.tx, &work.tenant).unwrap().len())
    });
    let caller = Caller::of(counter.tenant.clone(), ActorKind::Shop, "test", "test");
    let told = counter.app.write_now(caller, |work| {
        let mut ledger = Ledger::of(work, &customer, "EUR")?;
        let mut life = Life::new(2);
        life.is_insolvent(&mut ledger, work.moment.today);
        life.releases_what_is_not_held(&mut ledger, work.moment.today)
    });
    assert_eq!(told.unwrap_err().code, "hold.unknown");
    let after = counter.write(|work| (rows(work.tx), crate::journal::all(work.tx, &work.tenant).unwrap().len()));
    assert_eq!(before, after, "neither the one before it");
}
