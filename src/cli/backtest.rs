//! `tresen policy test` and `tresen policy diff`: policies tried on the orders of the past.

mod diff;
mod difference_text;
mod table;
mod test;
pub(crate) mod told;
mod trial_text;

pub(crate) use diff::{Diff, diff};
pub(crate) use test::{Test, test};

use crate::failure::{Failure, PROBLEMS};
use crate::lines::Lines;
use crate::output;
use crate::policy::Format;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_core::date::Date;
use tresen_core::policy::Policy;
use tresen_wire::backtest::{Assumption, BacktestError, Refused};

/// What the files hold
pub(crate) const ORDERS: &str = r#"Expects one order a line; of what stands beside `facts`, anything may be missing:
  {"today": "2026-03-02", "facts": {"cart.total": {"minor": 12590, "currency": "EUR"}},
   "outcome": {"method": "invoice", "paid": "on_time"}, "margin": "0.35"}
`paid` is on_time, late or unpaid; `lost` beside it is what was lost in the end. `margin` is a share of the total or an amount.

The expected loss is the probability of default of an order's class times what the customer would owe: the total and the
method's fee. It is reckoned as if everybody who may buy with credit risk did, with the first such method in the order of display.
Policies are tried as if they were valid on every day."#;

/// What is said of the orders and of customers
#[derive(Debug, Args)]
pub(crate) struct Orders {
    /// One order of the past a line, as JSON; `-` for standard input
    orders: PathBuf,
    /// The day of orders that name none, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = crate::decide::date)]
    today: Option<Date>,
    /// Customers take this method with credit risk and no other
    #[arg(long, value_name = "METHOD")]
    assume: Option<String>,
    /// Customers tell what a method still wants to know: incomplete counts as offered
    #[arg(long)]
    complete: bool,
    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Orders {
    fn today(&self) -> Result<Date, Failure> {
        self.today.map_or_else(crate::decide::utc_today, Ok)
    }

    fn assumption(&self, policies: &[&Policy]) -> Result<Assumption, Failure> {
        Assumption::among(self.assume.clone(), self.complete, policies).map_err(failure)
    }

    fn lines(&self) -> Result<Lines, Failure> {
        Lines::open(&self.orders, "orders")
    }

    /// Prints a report; the exit code says whether every line was an order
    fn tell(&self, report: &impl Serialize, refused: &Refused, text: impl FnOnce() -> String) -> Result<ExitCode, Failure> {
        let told = match self.format {
            Format::Text => told::refused(&self.orders, refused) + &text(),
            Format::Json => output::pretty("the report", report)? + "\n",
        };
        output::say("the report", told)?;
        Ok(if refused.lines == 0 { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
    }
}

fn failure(error: BacktestError) -> Failure {
    Failure::new(PROBLEMS, error.code(), error.to_string(), error.help())
}
