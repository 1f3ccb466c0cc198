//! `tresen policy test`: what a policy would have done.

use super::{Orders, failure, trial_text};
use crate::failure::Failure;
use crate::input;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_wire::backtest::{Tester, Tried};

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// The policy, as JSON or compiled
    policy: PathBuf,
    #[command(flatten)]
    orders: Orders,
}

pub(crate) fn test(arguments: &Test) -> Result<ExitCode, Failure> {
    let tried = Tried::new(input::policy(&arguments.policy)?);
    let (assumption, today) = (arguments.orders.assumption(&[&tried.policy])?, arguments.orders.today()?);
    let tester = arguments.orders.lines()?.all(|| Tester::new(&tried, &assumption, today))?;
    let report = tester.report().map_err(failure)?;
    arguments.orders.tell(&report, &report.refused, || trial_text::text(&report, &arguments.policy))
}
