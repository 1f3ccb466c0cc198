//! Who carries messages for `tresen serve` and `tresen run`.

use crate::failure::{Failure, PROBLEMS};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use tresen_service::{Config, Smtp, SmtpConfig};

#[derive(Debug, Args)]
#[command(next_help_heading = "Who carries messages")]
pub(crate) struct Carriers {
    /// The server that takes on mails: `smtps://host` or `smtp://host:587` (STARTTLS); `?tls=none` where the network is yours. Name and password stand
    /// in the address, or better in TRESEN_SMTP_USER and TRESEN_SMTP_PASSWORD, which no list of processes shows
    #[arg(long, value_name = "URL")]
    smtp: Option<String>,
    /// The certificate of whoever vouches for that server, as PEM, where browsers do not know them
    #[arg(long, value_name = "FILE", requires = "smtp")]
    smtp_ca: Option<PathBuf>,
    /// The address from which all mails go; answers go to the merchant's. Without it each goes from the address in its merchant's imprint
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    mail_from: Option<String>,
    /// Where bounces go, such as bounces@shop.example: a mail's own is bounces+msg_…@shop.example, so that its bounce says which it was
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    bounces_to: Option<String>,
}

impl Carriers {
    /// The configuration with whoever was named
    pub(crate) fn connect(self, mut config: Config) -> Result<Config, Failure> {
        let Self { smtp, smtp_ca, mail_from, bounces_to } = self;
        if let Some(url) = smtp {
            let authority = smtp_ca.map(|file| std::fs::read(&file).map_err(|error| Failure::reading(&file, &error))).transpose()?;
            let named = named(|name| std::env::var(name).ok());
            let refused = |problem: String| Failure::new(PROBLEMS, "smtp.unusable", problem, "see `tresen serve --help`");
            let server = Smtp::new(&SmtpConfig { url, named, authority, from: mail_from, bounces: bounces_to }).map_err(refused)?;
            config.adapters.mailer = Some(Arc::new(server.clone()));
            config.transport = Some(Arc::new(server));
        }
        Ok(config)
    }
}

/// Name and password of the environment
fn named(variable: impl Fn(&str) -> Option<String>) -> Option<(String, String)> {
    let user = variable("TRESEN_SMTP_USER").filter(|user| !user.is_empty())?;
    Some((user, variable("TRESEN_SMTP_PASSWORD").unwrap_or_default()))
}
