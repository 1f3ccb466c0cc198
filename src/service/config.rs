//! What the service is started with.

use crate::bureau::Bureau;
use crate::clock::{Clock, SystemClock};
use crate::collect::Transport;
use crate::consent::{ConsentTexts, HouseTexts};
use crate::providers::Provider;
use crate::steps::Adapters;
use crate::store::WatchSql;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What the service is started with
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one
    pub listen: SocketAddr,
    /// The SQLite file
    pub database: PathBuf,
    /// The file with the master key: base64 of 32 bytes, mode 0600
    pub master_key_file: PathBuf,
    /// Whether the sandbox is on: test keys, the sandbox payment provider, the time machine, and a master key and a
    /// tenant `demo` made at the first start
    pub sandbox: bool,
    /// What time it is for the tenant `demo` at its first start; without it, what the clock says
    pub sandbox_start: Option<Timestamp>,
    /// Where the keys of the tenant `demo` are written at its first start: `{"tenant", "publishable", "secret"}`, mode 0600
    pub sandbox_keys_file: Option<PathBuf>,
    /// Address under which browsers reach the service, for links out of it; empty for links relative to the base of the interface
    pub public_url: String,
    /// How long a session lives
    pub session_lifetime: Duration,
    /// How long a decision token counts
    pub token_lifetime: Duration,
    /// How long a payment may wait for its provider; after that it is given up and what it reserved is free again
    pub payment_lifetime: Duration,
    /// How long a pay link leads to what is open
    pub paylink_lifetime: Duration,
    /// How long an access to an account counts, unless the shop says another time
    pub access_lifetime: Duration,
    /// How long a request may take
    pub request_timeout: Duration,
    /// How long a file may take to come, over a slow line
    pub upload_timeout: Duration,
    /// How many days what customers sent beside a request is kept after the claim is settled
    pub proofs_kept_days: u16,
    /// How long what a customer has confirmed counts; a customer is somebody whom the shop has authenticated
    pub confirmation_lifetime: Duration,
    /// How long what a guest has confirmed counts; it never counts beyond the visit, which the shop names by `guest_reference`
    pub guest_confirmation_lifetime: Duration,
    /// Whoever sends messages and checks addresses and identities; in the sandbox its own where there is none
    pub adapters: Adapters,
    /// Whoever carries messages about what customers owe; in the sandbox its own mailbox where there is nobody
    pub transport: Option<Arc<dyn Transport>>,
    /// How often it is looked whether somebody has to be reminded, or thanked; nothing where another instance does it
    pub run_every: Option<Duration>,
    /// How often it is looked whether a webhook is due; nothing where another instance does it
    pub deliver_every: Option<Duration>,
    /// How long a receiver of webhooks may take
    pub webhook_patience: Duration,
    /// Says what time it is
    pub clock: Arc<dyn Clock>,
    /// The credit bureaus that policies may name; the sandbox brings `sandbox` along
    pub bureaus: BTreeMap<String, Arc<dyn Bureau>>,
    /// Whoever takes money for claims, by the names that payments have from then on
    pub providers: BTreeMap<String, Arc<dyn Provider>>,
    /// The texts that shoppers agree to
    pub consent_texts: Arc<dyn ConsentTexts>,
    /// Called after each SQL statement
    pub watch_sql: Option<WatchSql>,
}

impl Config {
    /// The defaults, around a database and a master key, with the sandbox off
    #[must_use]
    pub fn new(database: PathBuf, master_key_file: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8788)),
            database,
            master_key_file,
            sandbox: false,
            sandbox_start: None,
            sandbox_keys_file: None,
            public_url: String::new(),
            session_lifetime: Duration::from_secs(60 * 60),
            token_lifetime: Duration::from_secs(60 * 60),
            payment_lifetime: Duration::from_secs(30 * 60),
            paylink_lifetime: Duration::from_secs(45 * 24 * 60 * 60),
            access_lifetime: Duration::from_secs(60 * 60),
            request_timeout: Duration::from_secs(15),
            upload_timeout: Duration::from_secs(180),
            proofs_kept_days: 90,
            confirmation_lifetime: Duration::from_secs(365 * 24 * 60 * 60),
            guest_confirmation_lifetime: Duration::from_secs(24 * 60 * 60),
            adapters: Adapters::default(),
            transport: None,
            run_every: Some(Duration::from_secs(5)),
            deliver_every: Some(Duration::from_millis(500)),
            webhook_patience: Duration::from_secs(15),
            clock: Arc::new(SystemClock),
            bureaus: BTreeMap::new(),
            providers: BTreeMap::new(),
            consent_texts: Arc::new(HouseTexts),
            watch_sql: None,
        }
    }
}
