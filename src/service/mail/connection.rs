//! Connections that are kept: a greeting and a handshake are paid once for many mails.

use super::relay::{Line, Relay, Unreached};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many are kept at most
const KEPT: usize = 16;

/// Servers hang up on who says nothing for a while, five minutes by the standard
const IDLE: Duration = Duration::from_secs(60);

/// After so many mails a server may have had enough
const MAILS: u16 = 500;

/// A connection, and what it has carried
pub struct Kept {
    /// The connection
    pub line: Line,
    /// Whether somebody has used it before: then the server may have hung up meanwhile
    pub used: bool,
    mails: u16,
    since: Instant,
}

/// The connections to one server
#[derive(Default)]
pub struct Connections(Mutex<Vec<Kept>>);

impl std::fmt::Debug for Connections {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Connections")
    }
}

impl Connections {
    /// One that was kept, or a new one
    pub fn take(&self, relay: &Relay, patience: Duration) -> Result<Kept, Unreached> {
        let kept = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.retain(|kept| kept.since.elapsed() < IDLE);
            all.pop()
        };
        kept.map_or_else(|| Self::open(relay, patience), Ok)
    }

    /// A new one, where a kept one has turned out to be dead
    pub fn open(relay: &Relay, patience: Duration) -> Result<Kept, Unreached> {
        Ok(Kept { line: relay.connect(patience)?, used: false, mails: 0, since: Instant::now() })
    }

    /// Keeps one that can carry more
    pub fn keep(&self, kept: Kept) {
        let mails = kept.mails.saturating_add(1);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mails < MAILS && all.len() < KEPT {
            all.push(Kept { mails, used: true, since: Instant::now(), ..kept });
        }
    }
}
