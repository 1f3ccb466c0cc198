//! A service on a free port of this machine with a database of its own, and a plain HTTP client for it.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(unreachable_pub, reason = "shared by several test files")]

pub mod books;
#[path = "../../../../tests/chance.rs"]
pub mod chance;
pub mod child;
mod client;
pub mod collection;
pub mod lives;
pub mod money;
pub mod provider;
pub mod published;
pub mod receiver;
pub mod shop;
pub mod smtp;
pub mod steps;

pub use client::{Answer, Client};

use jiff::{SignedDuration, Timestamp};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tresen_service::{Clock, Config};

/// Everything that is asked of the store is seen, and nothing is done unasked
pub fn watched_by(config: &mut Config, watch: fn(rusqlite::trace::TraceEvent<'_>)) {
    config.watch_sql = Some(watch);
    (config.run_every, config.deliver_every) = (None, None);
}

/// A clock that goes when it is told to
#[derive(Debug)]
pub struct HandClock(Mutex<Timestamp>);

impl HandClock {
    pub fn at(now: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(now.parse().unwrap())))
    }

    pub fn go(&self, duration: SignedDuration) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(duration).unwrap();
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A running service
pub struct Service {
    pub folder: Arc<TempDir>,
    pub clock: Arc<HandClock>,
    pub client: Client,
    pub address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// The day on which these tests play
pub const NOON: &str = "2026-11-21T12:00:00Z";

impl Service {
    pub fn start() -> Self {
        Self::start_with(|_| {})
    }

    pub fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().unwrap()), HandClock::at(NOON), change)
    }

    pub fn start_in(folder: Arc<TempDir>, clock: Arc<HandClock>, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(&folder);
        config.clock = Arc::<HandClock>::clone(&clock);
        change(&mut config);
        let keys = config.sandbox_keys_file.clone().unwrap();
        let (told, address) = std::sync::mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            let until = async move {
                let _ = stopped.await;
            };
            runtime.block_on(tresen_service::serve_until(config, |address| told.send(address).unwrap(), until)).unwrap();
        });
        let address = address.recv_timeout(Duration::from_secs(30)).unwrap();
        let client = Client::new(address, &keys);
        let service = Self { folder, clock, client, address, stop: Some(stop), thread: Some(thread) };
        assert_eq!(service.client.post("/v1/policies", shop::POLICY).status, 201);
        service
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("tresen.sqlite")
    }

    pub fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.database()).unwrap()
    }

    pub fn count(&self, sql: &str) -> i64 {
        self.sql().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Stops it as an operator would
    pub fn stop(mut self) -> Arc<TempDir> {
        self.halt();
        Arc::clone(&self.folder)
    }

    fn halt(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.halt();
    }
}

/// A sandbox in that folder
pub fn config(folder: &TempDir) -> Config {
    let mut config = Config::new(folder.path().join("tresen.sqlite"), folder.path().join("master.key"));
    config.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    config.sandbox = true;
    config.sandbox_keys_file = Some(folder.path().join("keys.json"));
    config
}
