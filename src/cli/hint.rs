//! `tresen policy hint`: the public part of a policy, for shops whose pages are files.

use crate::decide::{date, utc_today};
use crate::failure::Failure;
use crate::{input, output, policy};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_core::date::Date;
use tresen_core::facts::known;
use tresen_core::hint::Channel;
use tresen_wire::hint::to_wire;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy, as JSON or compiled
    file: PathBuf,
    /// Where to write it; without this, to standard output
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Where the guests come from, as in `order.origin_channel`, such as `instagram`
    #[arg(long, default_value = "web_shop", value_parser = channel)]
    channel: Channel,
    /// The day from which it is shown, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    today: Option<Date>,
}

fn channel(word: &str) -> Result<Channel, String> {
    let choices = || known::ORDER_ORIGIN_CHANNEL.choices().join(", ");
    Channel::from_word(word).ok_or_else(|| format!("there is no such channel; there are {}", choices()))
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let today = arguments.today.map_or_else(utc_today, Ok)?;
    let hint = to_wire(&input::policy(&arguments.file)?, arguments.channel, today);
    let json = serde_json::to_vec(&hint).map_err(|error| Failure::writing("the hint", &error.into()))?;
    match &arguments.output {
        Some(file) => policy::write(file, &json)?,
        None => output::say("the hint", &json)?,
    }
    Ok(ExitCode::SUCCESS)
}
