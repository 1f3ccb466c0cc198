//! A payment provider to practise with: a process of its own with its own state, a page for whoever pays, and signed notices. No money moves.
//!
//! Its interface is shaped like those of real ones: `POST /v1/checkouts` under a bearer key and an `Idempotency-Key`, `GET` of it, `expire`,
//! `POST /v1/refunds`; and it does to whoever asks what real ones do: it says yes and tells it twice, or late, or with another amount, and dies at the
//! moment at which it has taken the money.
//!
//! **Invariant:** what is answered was written down before, so that a provider that was killed knows what it took.

#![warn(missing_docs)]

mod api;
mod keys;
mod notices;
mod page;
mod state;

pub use keys::Keys;

use notices::Notices;
use state::Store;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// What it is started with
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one
    pub listen: SocketAddr,
    /// Address under which browsers reach it; its own where nobody names one
    pub public_url: Option<String>,
    /// The file that it keeps its state in; nothing to forget everything at the end
    pub state: Option<PathBuf>,
    /// Who may ask, and who tells
    pub keys: Keys,
    /// After so long money comes that comes late; nothing where somebody says so (`POST /v1/checkouts/{id}/finish`)
    pub late_after: Option<Duration>,
}

/// A provider that runs
#[derive(Debug)]
struct Desk {
    config: Config,
    url: String,
    store: Store,
    notices: Notices,
}

/// Serves until `stop` is done; `ready` is told the address
///
/// # Errors
///
/// A sentence for whoever starts it.
pub async fn serve_until(
    config: Config,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await.map_err(|problem| format!("the provider cannot listen on {listen}: {problem}"))?;
    let address = listener.local_addr().map_err(|problem| problem.to_string())?;
    let url = config.public_url.as_deref().map_or_else(|| format!("http://{address}"), |url| url.trim_end_matches('/').to_owned());
    let store = Store::open(config.state.clone())?;
    let notices = Notices::new(config.keys.webhook_secret.clone());
    let desk = Arc::new(Desk { config, url, store, notices });
    ready(address);
    axum::serve(listener, api::router(desk))
        .with_graceful_shutdown(stop)
        .await
        .map_err(|problem| format!("the provider stopped: {problem}"))
}

/// Serves until the process is asked to stop
///
/// # Errors
///
/// As [`serve_until`].
pub fn serve(config: Config, ready: impl FnOnce(SocketAddr)) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|problem| format!("the provider cannot start: {problem}"))?;
    runtime.block_on(serve_until(config, ready, async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }))
}
