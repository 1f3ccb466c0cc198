//! `tresen decide`: facts in, decisions out, one a line, in bounded memory.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use crate::input;
use crate::lines::Lines;
use clap::Args;
use serde_json::{Value, json};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::offer::decide;
use tresen_core::policy::Policy;
use tresen_core::program::Program;
use tresen_core::steps::Steps;
use tresen_wire::credit::complete;
use tresen_wire::decision::{Decision, hash, hex, to_wire};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::lines::too_long;
use tresen_wire::order::{self, Line};
use tresen_wire::policy::Merchant;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy, as JSON or compiled
    #[arg(long)]
    policy: PathBuf,
    /// One JSON object a line: facts, or `{"facts": {…}, "today": "2026-11-21"}`; `-` for standard input
    #[arg(long)]
    facts: PathBuf,
    /// Add what time to pay is to the law, and the plans of instalments: needs the policy as JSON, which says who sells
    #[arg(long)]
    credit: bool,
    /// The day of the decision, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    today: Option<Date>,
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write year, month and day as `2026-11-21`, from 1900 to 2199".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (policy, merchant) = input::policy_and_merchant(&arguments.policy)?;
    if arguments.credit && merchant.is_none() {
        let message = format!("`{}` is compiled and does not say who sells", arguments.policy.display());
        return Err(Failure::new(UNREADABLE, "file.compiled", message, "give the JSON that it was built from"));
    }
    let merchant = merchant.filter(|_| arguments.credit);
    let today = arguments.today.map_or_else(utc_today, Ok)?;
    let decider = Decider { hash: hex(&hash(&policy.to_bytes())), program: policy.program(), policy, merchant, today };
    let stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    decider.run(Lines::open(&arguments.facts, "decisions")?, stdout)
}

/// The day of this machine's clock
pub(crate) fn utc_today() -> Result<Date, Failure> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let days = seconds.and_then(|since| i32::try_from(since.as_secs().div_euclid(86_400)).ok());
    days.and_then(Date::from_days).ok_or_else(|| {
        Failure::new(UNREADABLE, "clock.unusable", "the clock of this machine shows no usable date", "name the day yourself")
    })
}

struct Decider {
    policy: Policy,
    /// Who sells, where credit is asked for
    merchant: Option<Merchant>,
    program: Program,
    hash: String,
    today: Date,
}

impl Decider {
    fn run(&self, mut lines: Lines, mut out: impl Write) -> Result<ExitCode, Failure> {
        let mut bytes = Vec::new();
        let mut wrong = 0_u64;
        while let Some(line) = lines.next(&mut bytes)? {
            let answer = if line.too_long { Err(too_long()) } else { self.answer(&bytes) };
            wrong = wrong.saturating_add(answer.is_err().into());
            match write_answer(&mut out, line.number, &answer) {
                // Whoever reads has seen enough.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
                Err(error) => return Err(Failure::writing("the decision", &error)),
                Ok(()) => {}
            }
            bytes.clear();
        }
        match out.flush() {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(Failure::writing("the decision", &error)),
            Err(_) | Ok(()) => {}
        }
        Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
    }

    fn answer(&self, line: &[u8]) -> Result<Decision, Vec<Diagnostic>> {
        let document = order::parse(line)?;
        let line = Line::of(&document, &["today"])?;
        let today = line.day(self.today)?;
        let read = read_object(&self.policy, line.facts, Who::Service, today);
        let mut facts = read.map_err(|problems| problems.into_iter().map(|problem| line.below(problem)).collect::<Vec<_>>())?;
        let answer = decide(&self.program, &mut facts, today);
        let mut decision = to_wire((&self.policy, &self.program), &facts, &answer, &self.hash, None, Steps::ALL);
        if let Some(merchant) = &self.merchant {
            complete(&mut decision, &self.policy, merchant, &facts, &answer);
        }
        Ok(decision)
    }
}

fn write_answer(out: &mut impl Write, line: u64, answer: &Result<Decision, Vec<Diagnostic>>) -> io::Result<()> {
    match answer {
        Ok(decision) => serde_json::to_writer(&mut *out, decision)?,
        Err(problems) => serde_json::to_writer(&mut *out, &error(line, problems))?,
    }
    out.write_all(b"\n")
}

fn error(line: u64, problems: &[Diagnostic]) -> Value {
    let diagnostics: Vec<Value> = problems
        .iter()
        .map(|problem| json!({ "code": problem.code, "message": problem.message, "help": problem.help, "at": problem.at }))
        .collect();
    json!({ "error": {
        "code": "facts.invalid",
        "message": format!("nothing is decided on line {line}"),
        "help": "mend what the diagnostics name",
        "diagnostics": diagnostics,
    } })
}
