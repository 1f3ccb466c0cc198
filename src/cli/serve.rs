//! `tresen serve` and `tresen seed`: the service, and customers with a past for it.

use crate::carriers::Carriers;
use crate::failure::{Failure, PROBLEMS};
use crate::output;
use crate::providers::Providers;
use clap::Args;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tresen_service::{App, Bureau, Config, DEMO_TENANT, HttpBureau, Timestamp};

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
    /// A credit bureau that policies may name, as `NAME=URL`; may be given more than once
    #[arg(long = "bureau", value_name = "NAME=URL", value_parser = named)]
    bureaus: Vec<(String, String)>,
    /// The file with the key of one of them, as `NAME=FILE`
    #[arg(long = "bureau-key-file", value_name = "NAME=FILE", value_parser = named)]
    bureau_keys: Vec<(String, String)>,
    /// How many days what customers sent beside a request is kept after the claim is settled
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    proofs_kept: u16,
    #[command(flatten)]
    carriers: Carriers,
    #[command(flatten)]
    providers: Providers,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    store: Store,
    /// Address under which customers reach the service, for the pay links in messages
    #[arg(long, default_value = "")]
    public_url: String,
    #[command(flatten)]
    carriers: Carriers,
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

fn named(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write a name, an equals sign and what it stands for".to_owned()),
    }
}

/// The bureaus with their keys
fn bureaus(bureaus: Vec<(String, String)>, keys: &[(String, String)]) -> Result<BTreeMap<String, Arc<dyn Bureau>>, Failure> {
    if let Some((name, _)) = keys.iter().find(|(name, _)| bureaus.iter().all(|(known, _)| known != name)) {
        let problem = format!("there is a key for the credit bureau `{name}`, and no address");
        return Err(Failure::new(PROBLEMS, "bureau.unknown", problem, "give `--bureau` the same name"));
    }
    let mut known: BTreeMap<String, Arc<dyn Bureau>> = BTreeMap::new();
    for (name, url) in bureaus {
        let file = keys.iter().find(|(of, _)| *of == name).map(|(_, file)| PathBuf::from(file));
        let key = file.map(|file| std::fs::read_to_string(&file).map_err(|error| Failure::reading(&file, &error))).transpose()?;
        known.insert(name, Arc::new(HttpBureau::new(url, key.map(|key| key.trim().to_owned()))));
    }
    Ok(known)
}

impl Store {
    /// The configuration of a service over it
    pub(crate) fn config(self) -> Config {
        Config { sandbox: self.sandbox, ..Config::new(self.database, self.master_key_file) }
    }
}

pub(crate) fn serve(arguments: Serve) -> Result<ExitCode, Failure> {
    let Serve { store, listen, sandbox_start, sandbox_keys_file, public_url, bureaus: urls, bureau_keys, proofs_kept, carriers, providers } =
        arguments;
    let bureaus = bureaus(urls, &bureau_keys)?;
    tresen_service::log_to_stderr();
    let config = Config { listen, sandbox_start, sandbox_keys_file, public_url, bureaus, proofs_kept_days: proofs_kept, ..store.config() };
    let config = providers.connect(carriers.connect(config)?)?;
    tresen_service::serve(config, |address| output::line(&format!("listening on http://{address}")))
        .map_err(|problem| Failure::new(PROBLEMS, "service.stopped", problem, "check the address, the database and the master key file"))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn run(arguments: Run) -> Result<ExitCode, Failure> {
    tresen_service::log_to_stderr();
    let config = arguments.carriers.connect(Config { public_url: arguments.public_url, ..arguments.store.config() })?;
    let help = "look into the log; whoever was not reached is looked at by the next run";
    let ran = tresen_service::run(config).map_err(|problem| Failure::new(PROBLEMS, "run.stopped", problem, help))?;
    output::line(&format!("{} looks at customers, {} messages", ran.looks, ran.messages));
    if ran.broken > 0 {
        return Err(Failure::new(PROBLEMS, "run.broken", format!("the run of {} tenants broke off", ran.broken), help));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn seed(arguments: Seed) -> Result<ExitCode, Failure> {
    let file = std::fs::read_to_string(&arguments.file).map_err(|error| Failure::reading(&arguments.file, &error))?;
    let failed = |problem| Failure::new(PROBLEMS, "seed.refused", problem, "nothing was brought in: mend the file and run this again");
    let seeded = App::open(arguments.store.config()).and_then(|app| app.seed(&arguments.tenant, &file)).map_err(failed)?;
    output::line(&format!("{} customers with {} claims, {} known before", seeded.customers, seeded.receivables, seeded.known));
    Ok(ExitCode::SUCCESS)
}
