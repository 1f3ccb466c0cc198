//! Who carries messages for `tresen serve` and `tresen run`.

use crate::failure::{Failure, PROBLEMS};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tresen_service::{Config, Letters, Smtp, SmtpConfig, TextMessages};

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
    /// Where text messages are posted to as signed JSON; a bridge of the merchant's hands them to a gateway
    #[arg(long, value_name = "URL", requires = "text_messages_secret_file")]
    text_messages: Option<String>,
    /// The file with the secret that signs them: `whsec_` and the base64 of 24 bytes or more
    #[arg(long, value_name = "FILE", requires = "text_messages")]
    text_messages_secret_file: Option<PathBuf>,
    /// The folder into which letters are put: a PDF each, and a JSON with what its envelope needs
    #[arg(long, value_name = "FOLDER")]
    letters: Option<PathBuf>,
}

impl Carriers {
    /// The configuration with whoever was named
    pub(crate) fn connect(self, mut config: Config) -> Result<Config, Failure> {
        let Self { smtp, smtp_ca, mail_from, bounces_to, text_messages, text_messages_secret_file, letters } = self;
        let read = |file: &Path| std::fs::read(file).map_err(|error| Failure::reading(file, &error));
        let refused = |code: &'static str| move |problem: String| Failure::new(PROBLEMS, code, problem, "see `tresen serve --help`");
        let mut carriers = tresen_service::Carriers::default();
        if let Some(url) = smtp {
            let authority = smtp_ca.as_deref().map(read).transpose()?;
            let named = named(|name| std::env::var(name).ok());
            let server = SmtpConfig { url, named, authority, from: mail_from, bounces: bounces_to };
            let server = Smtp::new(&server).map_err(refused("smtp.unusable"))?;
            config.adapters.mailer = Some(Arc::new(server.clone()));
            carriers.email = Some(Arc::new(server));
        }
        if let (Some(url), Some(file)) = (text_messages, text_messages_secret_file) {
            let secret = String::from_utf8(read(&file)?).unwrap_or_default();
            let gateway = TextMessages::new(&url, &secret).map_err(refused("text_messages.unusable"))?;
            config.adapters.texter = Some(Arc::new(gateway.clone()));
            carriers.text_message = Some(Arc::new(gateway));
        }
        if let Some(folder) = letters {
            carriers.letter = Some(Arc::new(Letters::new(folder).map_err(refused("letters.unusable"))?));
        }
        if [&carriers.email, &carriers.text_message, &carriers.letter].iter().any(|carrier| carrier.is_some()) {
            config.transport = Some(Arc::new(carriers));
        }
        Ok(config)
    }
}

/// Name and password of the environment
fn named(variable: impl Fn(&str) -> Option<String>) -> Option<(String, String)> {
    let user = variable("TRESEN_SMTP_USER").filter(|user| !user.is_empty())?;
    Some((user, variable("TRESEN_SMTP_PASSWORD").unwrap_or_default()))
}
