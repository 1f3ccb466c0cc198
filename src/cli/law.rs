//! `tresen law`: what the law of a market says, and what follows from it, to check by hand.

use crate::decide::{date, utc_today};
use crate::failure::Failure;
use crate::{output, question};
use clap::{Args, Subcommand};
use std::process::ExitCode;
use tresen_core::date::Date;
use tresen_wire::law::{allocate, bureau_report, costs, default_start, due_date, interest, law, limitation};

const INTEREST: &str = r#"Expects, with `party` consumer or business, `made` the day of the contract, `convention` act_act (a leap year has 366 days) or act_365, and
in each stretch the first and the last day that count:
  {"market": "DE", "party": "consumer", "made": "2026-05-01", "convention": "act_act",
   "stretches": [{"principal": {"minor": 100000, "currency": "EUR"}, "from": "2026-06-16", "to": "2026-07-14"}]}"#;

const COSTS: &str = r#"Expects a reminder of the seller's own,
  {"of": "own_reminder", "market": "DE", "on": "2026-11-25", "by_letter": true, "in_default": true, "proven": {"minor": 95, "currency": "EUR"}}
or a collector, with `effort` one of letter, simple, ordinary, extensive:
  {"of": "collection", "market": "DE", "on": "2026-11-25", "claim": {"minor": 10000, "currency": "EUR"}, "effort": "simple",
   "payment_plan": false, "deducts_tax": true}"#;

const ALLOCATE: &str = r#"Expects one debt, `by` bgb_367 or, for consumer credit in default, bgb_497, with items of kind legal_costs, costs, interest,
default_interest, principal,
  {"by": "bgb_367", "payment": {"minor": 10000, "currency": "EUR"},
   "items": [{"kind": "principal", "open": {"minor": 10000, "currency": "EUR"}}, {"kind": "costs", "open": {"minor": 500, "currency": "EUR"}}]}
or several, with `named` the place of the one that the payer named, or nothing:
  {"by": "bgb_366", "payment": {"minor": 10000, "currency": "EUR"}, "named": null,
   "debts": [{"open": {"minor": 9000, "currency": "EUR"}, "is_due": true, "security": 0, "burden": 0, "since": "2026-10-01"},
             {"open": {"minor": 9000, "currency": "EUR"}, "is_due": true, "security": 0, "burden": 0, "since": "2026-09-01"}]}"#;

const DUE_DATE: &str = r#"Expects, with `region` a German state or nothing:
  {"market": "DE", "region": "BE", "date": "2026-10-03"}"#;

const DEFAULT: &str = r#"Expects, with anything that did not happen left out:
  {"market": "DE", "region": "BE", "party": "consumer", "due": "2026-10-03", "agreed_by_calendar": false,
   "invoice_received": "2026-09-20", "notice_included": true, "reminder": {"received": "2026-10-12", "pay_by": "2026-10-19"}, "refused": null}"#;

const LIMITATION: &str = r#"Expects, with `ground` one of negotiation, court, agreement, consumer_credit:
  {"market": "DE", "arose": "2026-11-25", "acknowledged": ["2028-05-10"],
   "suspensions": [{"ground": "negotiation", "from": "2027-03-01", "until": "2027-03-10"}]}"#;

const REPORT: &str = r#"Expects the days on which written reminders reached the debtor, and the one on which they were told that a bureau may take the claim into account:
  {"market": "DE", "on": "2026-04-06", "due": "2026-03-01", "reminders": ["2026-03-09", "2026-03-16"], "told": "2026-03-16", "disputed": false}"#;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The dated figures of a market, each with its source; what was not read is `null`
    Show(Show),
    /// Interest on a late payment, by half-year and exact until it is rounded once
    #[command(after_help = INTEREST)]
    Interest(question::Arguments),
    /// What a reminder or a collector may cost the debtor
    #[command(after_help = COSTS)]
    Costs(question::Arguments),
    /// What a payment pays off
    #[command(after_help = ALLOCATE)]
    Allocate(question::Arguments),
    /// The day on which a debt is due, moved where nobody works
    #[command(after_help = DUE_DATE)]
    DueDate(question::Arguments),
    /// When a debtor is in default, and on what ground
    #[command(after_help = DEFAULT)]
    Default(question::Arguments),
    /// Until when a claim can be enforced
    #[command(after_help = LIMITATION)]
    Limitation(question::Arguments),
    /// Whether a claim may be told to a credit bureau, and what is missing
    #[command(after_help = REPORT)]
    Report(question::Arguments),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The country whose law is asked for, such as `NL`
    #[arg(value_parser = market)]
    market: [u8; 2],
    /// The day, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    on: Option<Date>,
    /// Add the base rate of every half-year that was read
    #[arg(long)]
    base_rates: bool,
}

fn market(text: &str) -> Result<[u8; 2], String> {
    let code = text.as_bytes().try_into().ok().filter(|code: &[u8; 2]| code.iter().all(u8::is_ascii_uppercase));
    code.ok_or_else(|| "write the two capitals of ISO 3166-1, such as `DE`".to_owned())
}

pub(crate) fn run(command: &Command) -> Result<ExitCode, Failure> {
    const CODE: &str = "law.json";
    match command {
        Command::Show(show) => {
            let on = show.on.map_or_else(utc_today, Ok)?;
            output::json("the figures", &law(show.market, on, show.base_rates)).map(|()| ExitCode::SUCCESS)
        }
        Command::Interest(asked) => asked.answer(CODE, interest),
        Command::Costs(asked) => asked.answer(CODE, costs),
        Command::Allocate(asked) => asked.answer(CODE, allocate),
        Command::DueDate(asked) => asked.answer(CODE, due_date),
        Command::Default(asked) => asked.answer(CODE, default_start),
        Command::Limitation(asked) => asked.answer(CODE, limitation),
        Command::Report(asked) => asked.answer(CODE, bureau_report),
    }
}
