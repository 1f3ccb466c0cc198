//! `tresen law`: the dated figures of a market.

use crate::decide::{date, utc_today};
use crate::failure::Failure;
use clap::Args;
use std::process::ExitCode;
use tresen_core::date::Date;
use tresen_wire::law::law;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The country whose law is asked for, such as `NL`
    #[arg(value_parser = market)]
    market: [u8; 2],
    /// The day, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    on: Option<Date>,
}

fn market(text: &str) -> Result<[u8; 2], String> {
    let code = text.as_bytes().try_into().ok().filter(|code: &[u8; 2]| code.iter().all(u8::is_ascii_uppercase));
    code.ok_or_else(|| "write the two capitals of ISO 3166-1, such as `DE`".to_owned())
}

/// What was not read is `null`: whoever needs it asks counsel.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let on = arguments.on.map_or_else(utc_today, Ok)?;
    let text = serde_json::to_string_pretty(&law(arguments.market, on)).map_err(|error| Failure::writing("the answer", &error.into()))?;
    println!("{text}");
    Ok(ExitCode::SUCCESS)
}
