//! The `tresen` command

mod backtest;
mod bounce;
mod carriers;
mod collect;
mod decide;
mod explain;
mod failure;
mod hint;
mod input;
mod law;
mod lines;
mod output;
mod person;
mod policy;
mod providers;
mod question;
mod reach;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tresen_wire::credit;
use tresen_wire::iban::{IbanAsked, iban};
use tresen_wire::reference::reference;

const APR: &str = r#"Expects, with `every` one of week, month, year:
  {"every": "month",
   "draws":    [{"date": "2026-11-21", "amount": {"minor": 30000, "currency": "EUR"}}],
   "payments": [{"date": "2026-12-21", "amount": {"minor": 30300, "currency": "EUR"}}]}"#;

const INSTALMENTS: &str = r#"Expects, with `charge` of kind free, fee (`amount`) or interest (`rate`, such as 0.119), and `region` a German state or nothing:
  {"principal": {"minor": 30000, "currency": "EUR"}, "start": "2026-11-21", "first": "2026-12-21", "rates": 6,
   "charge": {"kind": "fee", "amount": {"minor": 900, "currency": "EUR"}}, "region": "BE"}"#;

const IBAN: &str = r#"Expects an account number as somebody typed it; the answer says why it can be none:
  {"iban": "DE89 3704 0044 0532 0130 00"}"#;

const REFERENCE: &str = r#"Expects a reference to check,
  {"reference": "RF18 5390 0754 7034"}
or a body of 1 to 21 letters and digits to make one of:
  {"body": "539007547034"}"#;

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
    Apr(question::Arguments),
    /// A purchase in instalments, dated and exact: JSON in, JSON out
    #[command(after_help = INSTALMENTS)]
    Instalments(question::Arguments),
    /// What the law of a market says, as far as it was read, and what follows from it: JSON in, JSON out
    #[command(subcommand)]
    Law(law::Command),
    /// Whether an account number can be one (ISO 13616): JSON in, JSON out
    #[command(after_help = IBAN)]
    Iban(question::Arguments),
    /// Whether a reference is one (ISO 11649), or one of a body: JSON in, JSON out
    #[command(after_help = REFERENCE)]
    Reference(question::Arguments),
    /// The payments that a bank statement tells of, camt.053 or CSV: each `payment` is a body for `POST /v1/payments`
    Statement(question::Arguments),
    /// What is written to a customer who has something to pay
    #[command(subcommand)]
    Collect(collect::Command),
    /// Serve the HTTP interface under /v1
    Serve(Box<serve::Serve>),
    /// Remind everybody whose moment has come, and end: what `serve` does every few seconds, for whoever has a scheduler of their own
    Run(Box<serve::Run>),
    /// A payment provider to practise with, as a process of its own: no money moves there
    SandboxProvider(providers::SandboxProviderServe),
    /// Hand a mail that came back (standard input) to the service, as a mail server pipes it
    Bounce(bounce::Bounce),
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
        Command::Apr(asked) => asked.answer("credit.json", credit::rate),
        Command::Instalments(asked) => asked.answer("credit.json", credit::plan),
        Command::Law(command) => law::run(&command),
        Command::Iban(asked) => asked.answer("iban.json", |asked: &IbanAsked| Ok(iban(asked))),
        Command::Reference(asked) => asked.answer("reference.json", reference),
        Command::Statement(asked) => asked.contents(tresen_statements::read),
        Command::Collect(command) => collect::run(&command),
        Command::Serve(arguments) => serve::serve(*arguments),
        Command::Run(arguments) => serve::run(*arguments),
        Command::SandboxProvider(arguments) => providers::serve_sandbox(arguments),
        Command::Bounce(arguments) => bounce::bounce(arguments),
        Command::Person(command) => person::run(command),
        Command::Seed(arguments) => serve::seed(arguments),
    };
    done.unwrap_or_else(|failure| failure.report())
}
