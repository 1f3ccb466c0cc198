//! `tresen bounce`: hands a mail that came back to the service, as a mail server pipes it.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use crate::output;
use clap::Args;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// What mail servers read as "try again later" (`EX_TEMPFAIL` of sysexits.h)
const LATER: u8 = 75;

#[derive(Debug, Args)]
pub(crate) struct Bounce {
    /// Where the service is
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8788")]
    api: String,
    /// The file with the merchant's secret key, readable by its owner alone
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
}

/// What the service answered, and how the mail server reads it
pub(crate) fn bounce(arguments: Bounce) -> Result<ExitCode, Failure> {
    let key = std::fs::read_to_string(&arguments.key_file).map_err(|error| Failure::reading(&arguments.key_file, &error))?;
    let mut mail = Vec::new();
    let unread =
        |error: std::io::Error| Failure::new(UNREADABLE, "mail.unreadable", format!("the mail cannot be read: {error}"), "pipe it in");
    std::io::stdin().lock().read_to_end(&mut mail).map_err(unread)?;
    let config =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(30))).max_redirects(0).http_status_as_error(false).build();
    let answer = ureq::Agent::new_with_config(config)
        .post(format!("{}/v1/mail", arguments.api.trim_end_matches('/')))
        .header("authorization", format!("Bearer {}", key.trim()))
        .header("content-type", "message/rfc822")
        .send(mail.as_slice());
    let later = |message: String| Failure::new(LATER, "service.unreachable", message, "the mail server tries again by itself");
    let mut answer = answer.map_err(|problem| later(format!("the service cannot be reached: {problem}")))?;
    let said = answer.body_mut().read_to_string().unwrap_or_default();
    match answer.status().as_u16() {
        200 => {
            output::line(said.trim());
            Ok(ExitCode::SUCCESS)
        }
        // A wrong key is mended by somebody while the mail waits.
        status @ (401 | 403 | 408 | 429 | 500..) => Err(later(format!("the service answered {status}"))),
        status => Err(Failure::new(PROBLEMS, "mail.refused", format!("the service answered {status}: {}", said.trim()), "see the answer")),
    }
}
