//! The `tresen` command

mod backtest;
mod credit;
mod decide;
mod explain;
mod failure;
mod hint;
mod input;
mod law;
mod lines;
mod person;
mod policy;
mod reach;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

const APR: &str = r#"Expects, with `every` one of week, month, year:
  {"every": "month",
   "draws":    [{"date": "2026-11-21", "amount": {"minor": 30000, "currency": "EUR"}}],
   "payments": [{"date": "2026-12-21", "amount": {"minor": 30300, "currency": "EUR"}}]}"#;

const INSTALMENTS: &str = r#"Expects, with `charge` of kind free, fee (`amount`) or interest (`rate`, such as 0.119), and `region` a German state or nothing:
  {"principal": {"minor": 30000, "currency": "EUR"}, "start": "2026-11-21", "first": "2026-12-21", "rates": 6,
   "charge": {"kind": "fee", "amount": {"minor": 900, "currency": "EUR"}}, "region": "BE"}"#;

/// Decides which payment methods a shop offers, and looks after the policies it decides by
#[derive(Debug, Parser)]
#[command(name = "tresen", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Decide on facts, one JSON object a line; prints one JSON decision a line
    Decide(decide::Arguments),
    /// Say why a method is decided on as it is: for the merchant as JSON, for the person as text
    Explain(explain::Arguments),
    /// Check and compile policies
    #[command(subcommand)]
    Policy(policy::Command),
    /// The effective annual rate of a credit: JSON in, JSON out
    #[command(after_help = APR)]
    Apr(credit::Arguments),
    /// A purchase in instalments, dated and exact: JSON in, JSON out
    #[command(after_help = INSTALMENTS)]
    Instalments(credit::Arguments),
    /// What the law of a market says on a day, as far as it was read: JSON out, each figure with its source
    Law(law::Arguments),
    /// Serve the HTTP interface under /v1
    Serve(serve::Serve),
    /// What the service's database holds about one person, and that it goes
    #[command(subcommand)]
    Person(person::Command),
    /// Bring customers with a past into the service's database
    Seed(serve::Seed),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Policy(command) => policy::run(&command),
        Command::Apr(arguments) => credit::apr(&arguments),
        Command::Instalments(arguments) => credit::instalments(&arguments),
        Command::Law(arguments) => law::run(&arguments),
        Command::Serve(arguments) => serve::serve(arguments),
        Command::Person(command) => person::run(command),
        Command::Seed(arguments) => serve::seed(arguments),
    };
    done.unwrap_or_else(|failure| failure.report())
}
