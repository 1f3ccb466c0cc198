//! The database: one SQLite file.
//!
//! **Invariant:** everything that a request writes is written in one transaction, which holds the write lock from its first
//! statement on. Whoever reads within it reads what will still hold when it commits.

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
    include_str!("store/0006_steps.sql"),
];

/// How long a writer waits for another process
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

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

fn connect(path: &Path, flags: OpenFlags, watch: Option<WatchSql>) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A confirmed order is a claim: it must survive a power cut, not only a crash of this process.
        connection.pragma_update(None, "synchronous", "FULL")?;
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
