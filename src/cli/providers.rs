//! Who takes money for `tresen serve`, and the provider to practise with.

use crate::failure::{Failure, PROBLEMS};
use crate::output;
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tresen_provider::Keys;
use tresen_service::{Config, Mollie, PayPal, SandboxProvider, Stripe};

#[derive(Debug, Args)]
#[command(next_help_heading = "Who takes money")]
pub(crate) struct Providers {
    /// The file with Stripe's secret key; Stripe takes cards
    #[arg(long, value_name = "FILE", requires = "stripe_webhook_secret_file")]
    stripe_key_file: Option<PathBuf>,
    /// The file with the secret of the webhook's endpoint at Stripe: `whsec_…`
    #[arg(long, value_name = "FILE", requires = "stripe_key_file")]
    stripe_webhook_secret_file: Option<PathBuf>,
    /// The file with Mollie's key: `live_…` or `test_…`; Mollie takes cards
    #[arg(long, value_name = "FILE")]
    mollie_key_file: Option<PathBuf>,
    /// The file with PayPal's client: `id:secret`
    #[arg(long, value_name = "FILE", requires = "paypal_webhook")]
    paypal_client_file: Option<PathBuf>,
    /// The id of the webhook at PayPal
    #[arg(long, value_name = "ID", requires = "paypal_client_file")]
    paypal_webhook: Option<String>,
    /// Ask PayPal's own sandbox
    #[arg(long, requires = "paypal_client_file")]
    paypal_sandbox: bool,
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
        let read = |file: &Path| std::fs::read_to_string(file).map_err(|error| Failure::reading(file, &error));
        if let (Some(key), Some(secret)) = (self.stripe_key_file, self.stripe_webhook_secret_file) {
            let stripe = Stripe::new("https://api.stripe.com", &read(&key)?, &read(&secret)?);
            config.providers.insert("stripe".to_owned(), Arc::new(stripe));
        }
        if let Some(key) = self.mollie_key_file {
            config.providers.insert("mollie".to_owned(), Arc::new(Mollie::new("https://api.mollie.com", &read(&key)?)));
        }
        if let (Some(client), Some(webhook)) = (self.paypal_client_file, self.paypal_webhook) {
            let url = if self.paypal_sandbox { "https://api-m.sandbox.paypal.com" } else { "https://api-m.paypal.com" };
            let paypal = PayPal::new(url, &read(&client)?, &webhook).map_err(unusable("paypal.unusable"))?;
            config.providers.insert("paypal".to_owned(), Arc::new(paypal));
        }
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
    tresen_provider::serve(config, |address| output::line(&format!("listening on http://{address}"))).map_err(refused)?;
    Ok(ExitCode::SUCCESS)
}
