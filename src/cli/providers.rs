//! Who takes money for `tresen serve`, and the provider to practise with.

use crate::failure::{Failure, PROBLEMS};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tresen_provider::Keys;
use tresen_service::{Config, SandboxProvider};

#[derive(Debug, Args)]
#[command(next_help_heading = "Who takes money")]
pub(crate) struct Providers {
    /// The address of the provider to practise with (`tresen sandbox-provider`): no money moves there
    #[arg(long, value_name = "URL", requires = "sandbox_provider_keys_file")]
    sandbox_provider: Option<String>,
    /// The file with its keys, which it writes at its first start
    #[arg(long, value_name = "FILE", requires = "sandbox_provider")]
    sandbox_provider_keys_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SandboxProviderServe {
    /// Where to listen on this machine; 0 takes a free port
    #[arg(long, default_value_t = 8790)]
    port: u16,
    /// Address under which browsers reach it
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The file with its keys; made if it is missing
    #[arg(long, value_name = "FILE", default_value = "sandbox-provider.keys.json")]
    keys_file: PathBuf,
    /// The file that it keeps its state in; made if it is missing
    #[arg(long, value_name = "FILE", default_value = "sandbox-provider.json")]
    state: PathBuf,
    /// After so many seconds money comes that comes late
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    late_after: u64,
}

fn unusable(code: &'static str) -> impl Fn(String) -> Failure {
    move |problem| Failure::new(PROBLEMS, code, problem, "see `tresen serve --help`")
}

impl Providers {
    /// The configuration with whoever was named
    pub(crate) fn connect(self, mut config: Config) -> Result<Config, Failure> {
        if let (Some(url), Some(file)) = (self.sandbox_provider, self.sandbox_provider_keys_file) {
            let refused = unusable("sandbox_provider.unusable");
            let keys = Keys::from_file(&file).map_err(&refused)?;
            let provider = SandboxProvider::new(&url, &keys.key, &keys.webhook_secret).map_err(refused)?;
            config.providers.insert("sandbox".to_owned(), Arc::new(provider));
        }
        Ok(config)
    }
}

pub(crate) fn serve_sandbox(arguments: SandboxProviderServe) -> Result<ExitCode, Failure> {
    let SandboxProviderServe { port, public_url, keys_file, state, late_after } = arguments;
    let refused = |problem| Failure::new(PROBLEMS, "sandbox_provider.stopped", problem, "check the port and the files");
    let config = tresen_provider::Config {
        listen: SocketAddr::from(([127, 0, 0, 1], port)),
        public_url,
        state: Some(state),
        keys: Keys::from_file(&keys_file).map_err(refused)?,
        late_after: Some(Duration::from_secs(late_after)),
    };
    tresen_provider::serve(config, |address| println!("listening on http://{address}")).map_err(refused)?;
    Ok(ExitCode::SUCCESS)
}
