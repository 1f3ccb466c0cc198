//! `tresen policy diff`: what another policy would have done instead.

use super::{Orders, difference_text, failure};
use crate::failure::Failure;
use crate::input;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_wire::backtest::{Differ, Pair};

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The policy as it is, as JSON or compiled
    old: PathBuf,
    /// The policy as it may become
    new: PathBuf,
    #[command(flatten)]
    orders: Orders,
    /// Show the first so many orders to which other methods are offered
    #[arg(long, value_name = "N", default_value_t = 0)]
    examples: u16,
}

pub(crate) fn diff(arguments: &Diff) -> Result<ExitCode, Failure> {
    let pair = Pair::new(input::policy(&arguments.old)?, input::policy(&arguments.new)?).map_err(failure)?;
    let (assumption, today) = (arguments.orders.assumption(&pair.policies())?, arguments.orders.today()?);
    let differ = arguments.orders.lines()?.all(|| Differ::new(&pair, &assumption, today, arguments.examples.into()))?;
    let report = differ.report().map_err(failure)?;
    arguments.orders.tell(&report, &report.refused, || difference_text::text(&report, &arguments.old, &arguments.new))
}
