//! The database: one SQLite file.
//!
//! **Invariant:** everything that a request writes is written in one transaction, which holds the write lock from its first
//! statement on. Whoever reads within it reads what will still hold when it commits.

mod scrub;

use crate::error::ApiError;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Applied in this order, each once
const MIGRATIONS: &[&str] = &[
    include_str!("store/0001_counter.sql"),
    include_str!("store/0002_merchants_and_browsers.sql"),
    include_str!("store/0003_by_customer.sql"),
    include_str!("store/0004_shadow.sql"),
    include_str!("store/0005_rights.sql"),
    include_str!("store/0006_steps.sql"),
    include_str!("store/0007_plans.sql"),
    include_str!("store/0008_bureau.sql"),
    include_str!("store/0011_account.sql"),
    include_str!("store/0012_collection.sql"),
    include_str!("store/0013_paylinks.sql"),
    include_str!("store/0014_webhooks.sql"),
    include_str!("store/0015_terms.sql"),
    include_str!("store/0016_visits.sql"),
    include_str!("store/0017_contact_texts.sql"),
    include_str!("store/0018_accounts.sql"),
    include_str!("store/0019_pay_sessions.sql"),
    include_str!("store/0020_debits.sql"),
    include_str!("store/0022_order_items.sql"),
    include_str!("store/0023_expected_fees.sql"),
    include_str!("store/0024_approvals.sql"),
    include_str!("store/0025_leases.sql"),
    include_str!("store/0026_merges.sql"),
    include_str!("store/0028_proofs.sql"),
];

/// How often a writer looks whether another process has finished: often, so that one that writes all night leaves room for one that asks once
const BUSY_POLL: Duration = Duration::from_micros(500);

/// How often it looks before it gives up: five seconds at least
const BUSY_POLLS: i32 = 10_000;

/// Readers kept open between requests
const READERS_MAX: usize = 4;

/// Called after each SQL statement that was run; tests count the work that an answer took
pub type WatchSql = fn(TraceEvent<'_>);

/// An open database
pub struct Store {
    path: PathBuf,
    watch: Option<WatchSql>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens or creates the database and brings it up to date
    pub fn open(path: &Path, watch: Option<WatchSql>) -> Result<Self, String> {
        let name = path.display();
        let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, watch)
            .map_err(|problem| format!("the database `{name}` cannot be opened: {problem}"))?;
        migrate(&mut writer).map_err(|problem| format!("the database `{name}` cannot be brought up to date: {problem}"))?;
        Ok(Self { path: path.to_owned(), watch, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// Runs `work` on one unchanging picture of the database
    pub fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY, self.watch)?,
        };
        let answer = work(&reader.transaction_with_behavior(TransactionBehavior::Deferred)?);
        let mut readers = lock(&self.readers);
        if readers.len() < READERS_MAX {
            readers.push(reader);
        }
        answer
    }

    /// Runs `work` with the write lock; an error leaves nothing behind
    pub fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }
}

/// A panic in another request rolled its transaction back: the connection is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wait_for_another(times: i32) -> bool {
    std::thread::sleep(BUSY_POLL);
    times < BUSY_POLLS
}

fn connect(path: &Path, flags: OpenFlags, watch: Option<WatchSql>) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_handler(Some(wait_for_another))?;
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A confirmed order is a claim: it must survive a power cut, not only a crash of this process.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted or overwritten is a person's key at times: it must not lie on in a free corner of a page.
        connection.pragma_update(None, "secure_delete", "ON")?;
    }
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.set_prepared_statement_cache_capacity(128);
    if watch.is_some() {
        connection.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, watch);
    }
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len().max(done))?;
    transaction.commit()
}

/// A database as it was before the migration that has that word in it
#[cfg(test)]
pub fn write_older(path: &Path, before: &str, fill: impl FnOnce(&Connection)) {
    let old = Connection::open(path).unwrap();
    let done: Vec<_> = MIGRATIONS.iter().take_while(|migration| !migration.contains(before)).collect();
    assert!(done.len() >= 3 && done.len() < MIGRATIONS.len());
    done.iter().for_each(|migration| old.execute_batch(migration).unwrap());
    fill(&old);
    old.pragma_update(None, "user_version", done.len()).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_of_an_older_database_is_still_open_and_can_be_answered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.sqlite");
        write_older(&path, "reviews_answered", |old| {
            old.execute_batch(
                "INSERT INTO tenants (tenant_id, zone) VALUES ('t', 'UTC');
                 INSERT INTO reviews (tenant_id, review_id, customer_id, session_id, decision_id, method, state, sealed_words, asked_ms)
                 VALUES ('t', 'r', 'c', 's', NULL, 'invoice', 'open', x'01', 7);",
            )
            .unwrap();
        });
        let store = Store::open(&path, None).unwrap();
        let count = |sql: &str| store.read(|tx| Ok(tx.query_row(sql, [], |row| row.get::<_, i64>(0))?)).unwrap();
        assert_eq!(
            count("SELECT count(*) FROM reviews WHERE state = 'open' AND sealed_words = x'01' AND asked_ms = 7 AND answered_ms IS NULL"),
            1
        );
        let write = |sql: &str| store.write(|tx| Ok(tx.execute(sql, [])?)).is_ok();
        assert!(!write("UPDATE reviews SET state = 'upheld'"), "by nobody and at no time");
        assert!(!write("UPDATE reviews SET state = 'closed', answered_ms = 8, answered_by = 'mk'"), "no such state");
        assert!(write("UPDATE reviews SET state = 'upheld', answered_ms = 8, answered_by = 'mk'"));
    }
}
