//! The `tresen` command

mod decide;
mod failure;
mod input;
mod policy;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

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
    /// Check and compile policies
    #[command(subcommand)]
    Policy(policy::Command),
    /// Serve the HTTP interface under /v1
    Serve(serve::Serve),
    /// Bring customers with a past into the service's database
    Seed(serve::Seed),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Policy(command) => policy::run(&command),
        Command::Serve(arguments) => serve::serve(arguments),
        Command::Seed(arguments) => serve::seed(arguments),
    };
    done.unwrap_or_else(|failure| failure.report())
}
