//! `tresen policy reach`: what a policy can ever do, for typical people and every cart total.

use crate::backtest::told::amount;
use crate::decide::{date, utc_today};
use crate::failure::Failure;
use crate::policy::Format;
use crate::{input, output};
use clap::Args;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tresen_core::date::Date;
use tresen_wire::decision::{hash, hex};
use tresen_wire::money::Money;
use tresen_wire::reach::{Against, Different, Outlook, Report, Totals, to_wire};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy, as JSON or compiled
    file: PathBuf,
    /// The day on which it is tried, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    today: Option<Date>,
    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let today = arguments.today.map_or_else(utc_today, Ok)?;
    let policy = input::policy(&arguments.file)?;
    let report = to_wire(&policy, &hex(&hash(&policy.to_bytes())), today);
    let told = match arguments.format {
        Format::Text => text(&report, &arguments.file),
        Format::Json => output::pretty("the report", &report)? + "\n",
    };
    output::say("the report", told).map(|()| ExitCode::SUCCESS)
}

fn text(report: &Report, file: &Path) -> String {
    let mut text = format!("{} on {}, with every payment provider connected\n", file.display(), report.today);
    let width = report.people.iter().map(|who| who.id.len()).max().unwrap_or(0);
    for method in &report.methods {
        let _ = writeln!(text, "\n{}", method.id);
        let same = method.people.iter().all(|outlook| lines(outlook) == method.people.first().map(lines).unwrap_or_default());
        for outlook in method.people.iter().take(if same { 1 } else { method.people.len() }) {
            let mut id = if same { "everybody" } else { outlook.person };
            for line in lines(outlook) {
                let _ = writeln!(text, "  {id:<width$}  {line}");
                id = "";
            }
        }
    }
    text.push_str("\nWhere a method is never offered, the reasons that stand at every total are named, and what would bring it back.\n");
    for who in &report.people {
        let _ = writeln!(text, "  {:<width$}  {}", who.id, who.words);
    }
    text
}

/// Where it is offered, or why it never is and what would bring it back
fn lines(outlook: &Outlook) -> Vec<String> {
    if !outlook.offered.is_empty() {
        return vec![listed(&outlook.offered)];
    }
    let always: Vec<String> = outlook.withheld.iter().filter(|against| against.always).map(reason).collect();
    let parts = || outlook.withheld.iter().map(|against| format!("{} {}", reason(against), listed(&against.totals)));
    // Where no reason stands everywhere, several take turns.
    let why = if always.is_empty() { parts().collect() } else { always };
    let never = format!("never: {}", why.join(", "));
    std::iter::once(never).chain(outlook.different.iter().map(different)).collect()
}

fn reason(against: &Against) -> String {
    against.rule.as_ref().map_or_else(|| against.code.to_owned(), |rule| format!("{} (rule {rule})", against.code))
}

fn different(different: &Different) -> String {
    let facts: Vec<String> = different.facts.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect();
    format!("  with {}: {}", facts.join(", "), listed(&different.offered))
}

/// A fact's value as people read it
fn plain(value: &Value) -> String {
    match (value, serde_json::from_value::<Money>(value.clone())) {
        (_, Ok(money)) => amount(&money),
        (Value::String(text), Err(_)) => text.clone(),
        (Value::Array(list), Err(_)) if list.is_empty() => "empty".to_owned(),
        (Value::Array(list), Err(_)) => list.iter().map(plain).collect::<Vec<_>>().join(" and "),
        (value, Err(_)) => value.to_string(),
    }
}

/// `10.00 EUR to 250.00 EUR, from 300.00 EUR`
fn listed(totals: &[Totals]) -> String {
    let run = |totals: &Totals| match (totals.smallest.minor, &totals.largest) {
        (..=1, None) => "at every total".to_owned(),
        (_, None) => format!("from {}", amount(&totals.smallest)),
        (..=1, Some(largest)) => format!("up to {}", amount(largest)),
        (smallest, Some(largest)) if smallest == largest.minor => format!("at {}", amount(largest)),
        (_, Some(largest)) => format!("{} to {}", amount(&totals.smallest), amount(largest)),
    };
    totals.iter().map(run).collect::<Vec<_>>().join(", ")
}
