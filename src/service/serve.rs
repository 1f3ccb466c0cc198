//! Starting and stopping.

use crate::app::App;
use crate::collect::Ran;
use crate::config::Config;
use crate::{api, collect, paying, payments, steps, webhooks};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tresen_core::ladder::Channel;

/// How often payments and messages are looked for whose time has passed
const SWEEP_EVERY: Duration = Duration::from_secs(30);

/// Serves until the process is asked to stop (SIGTERM, SIGINT), then finishes what has begun; `ready` is told the address
///
/// # Errors
///
/// A sentence for whoever starts the service: the database, the master key or the address cannot be used.
pub fn serve(config: Config, ready: impl FnOnce(SocketAddr)) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|problem| format!("the service cannot start: {problem}"))?;
    runtime.block_on(serve_until(config, ready, asked_to_stop()))
}

/// [`serve`], until `stop` is done
///
/// # Errors
///
/// As [`serve`].
pub async fn serve_until(
    config: Config,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    let listen = config.listen;
    let app = App::open(config)?;
    let listener = TcpListener::bind(listen).await.map_err(|problem| format!("the service cannot listen on {listen}: {problem}"))?;
    let address = listener.local_addr().map_err(|problem| problem.to_string())?;
    // Nobody has asked for it before: this is the first time that the address is known.
    let _ = app.address.set(address);
    tell_who_carries(&app);
    let sweeper = tokio::spawn(sweep(Arc::clone(&app)));
    let runner = tokio::spawn(run_ever_again(Arc::clone(&app)));
    let deliverer = tokio::spawn(webhooks::deliver(Arc::clone(&app)));
    ready(address);
    let served = axum::serve(listener, api::router(app)).with_graceful_shutdown(stop).await;
    sweeper.abort();
    runner.abort();
    deliverer.abort();
    served.map_err(|problem| format!("the service stopped: {problem}"))
}

/// Reminds everybody whose moment has come, for every tenant, as the service does by itself; ends when nothing is left to do now
///
/// # Errors
///
/// A sentence for whoever starts it: the database or the master key cannot be used.
pub fn run(config: Config) -> Result<Ran, String> {
    collect::run(App::open(config)?.as_ref()).map_err(|problem| problem.to_string())
}

/// Says by which ways nobody is written to, for nothing else would tell
fn tell_who_carries(app: &App) {
    for channel in [Channel::Email, Channel::TextMessage, Channel::Letter] {
        if !app.transport().is_some_and(|transport| transport.carries(channel)) {
            tracing::warn!(channel = channel.code(), "nobody carries messages this way: customers are not written to by it");
        }
    }
}

async fn sweep(app: Arc<App>) {
    let mut every = tokio::time::interval(SWEEP_EVERY);
    loop {
        every.tick().await;
        let app = Arc::clone(&app);
        // A failure is in the log already; the next round tries again.
        let (payments, sessions) = (Arc::clone(&app), Arc::clone(&app));
        let _ = crate::app::blocking(move || payments::sweep(&payments)).await;
        let _ = crate::app::blocking(move || steps::sweep(&app)).await;
        // Last: it waits for others.
        let _ = crate::app::blocking(move || paying::sweep(&sessions)).await;
    }
}

async fn run_ever_again(app: Arc<App>) {
    let Some(run_every) = app.config.run_every else { return };
    let mut every = tokio::time::interval(run_every);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let app = Arc::clone(&app);
        // A failure is in the log already; the next round goes on where this one ended.
        let _ = crate::app::blocking(move || collect::run(&app)).await;
    }
}

async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<Option<()>>();
    tokio::select! {
        () = interrupt => {}
        _ = terminate => {}
    }
}

/// Writes the log to standard error: one line a request, nothing personal in it
pub fn log_to_stderr() {
    // Somebody who has set up a log of their own keeps it.
    let _ = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_target(false)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .try_init();
}
