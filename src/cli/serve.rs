//! `tresen serve` and `tresen seed`: the service, and customers with a past for it.

use crate::failure::{Failure, PROBLEMS};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_service::{App, Config, DEMO_TENANT, Timestamp};

/// Where the service keeps what it knows
#[derive(Debug, Args)]
pub(crate) struct Store {
    /// The SQLite file; made if it is missing
    #[arg(long, default_value = "tresen.sqlite")]
    database: PathBuf,
    /// The file with the master key: base64 of 32 bytes, readable by its owner alone
    #[arg(long, default_value = "tresen.key")]
    master_key_file: PathBuf,
    /// Turn the sandbox on: test keys, the sandbox payment provider, the time machine, keys made at the first start
    #[arg(long)]
    sandbox: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    store: Store,
    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8788")]
    listen: SocketAddr,
    /// Where the sandbox writes the keys of the tenant `demo` at its first start
    #[arg(long)]
    sandbox_keys_file: Option<PathBuf>,
    /// What time it is in the sandbox at its first start, such as 2026-11-21T12:00:00Z; without it, now
    #[arg(long)]
    sandbox_start: Option<Timestamp>,
    /// Address under which browsers reach the service, for links out of it
    #[arg(long, default_value = "")]
    public_url: String,
}

#[derive(Debug, Args)]
pub(crate) struct Seed {
    /// The file with customers and their past
    file: PathBuf,
    #[command(flatten)]
    store: Store,
    /// Whose customers they are
    #[arg(long, default_value = DEMO_TENANT)]
    tenant: String,
}

impl Store {
    /// The configuration of a service over it
    pub(crate) fn config(self) -> Config {
        Config { sandbox: self.sandbox, ..Config::new(self.database, self.master_key_file) }
    }
}

pub(crate) fn serve(arguments: Serve) -> Result<ExitCode, Failure> {
    let Serve { store, listen, sandbox_start, sandbox_keys_file, public_url } = arguments;
    tresen_service::log_to_stderr();
    let config = Config { listen, sandbox_start, sandbox_keys_file, public_url, ..store.config() };
    tresen_service::serve(config, |address| println!("listening on http://{address}"))
        .map_err(|problem| Failure::new(PROBLEMS, "service.stopped", problem, "check the address, the database and the master key file"))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn seed(arguments: Seed) -> Result<ExitCode, Failure> {
    let file = std::fs::read_to_string(&arguments.file).map_err(|error| Failure::reading(&arguments.file, &error))?;
    let failed = |problem| Failure::new(PROBLEMS, "seed.refused", problem, "nothing was brought in: mend the file and run this again");
    let seeded = App::open(arguments.store.config()).and_then(|app| app.seed(&arguments.tenant, &file)).map_err(failed)?;
    println!("{} customers with {} claims, {} known before", seeded.customers, seeded.receivables, seeded.known);
    Ok(ExitCode::SUCCESS)
}
