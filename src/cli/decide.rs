//! `tresen decide`: facts in, decisions out, one a line, in bounded memory.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use crate::input;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::offer::decide;
use tresen_core::policy::Policy;
use tresen_core::program::Program;
use tresen_wire::decision::{Decision, hash, hex, to_wire};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::order::{self, Line};

/// No set of facts is longer
const LINE_MAX: u64 = 1 << 20;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy, as JSON or compiled
    #[arg(long)]
    policy: PathBuf,
    /// One JSON object a line: facts, or `{"facts": {…}, "today": "2026-11-21"}`; `-` for standard input
    #[arg(long)]
    facts: PathBuf,
    /// The day of the decision, such as 2026-11-21; without it today (UTC)
    #[arg(long, value_parser = date)]
    today: Option<Date>,
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write year, month and day as `2026-11-21`, from 1900 to 2199".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let policy = input::policy(&arguments.policy)?;
    let today = arguments.today.map_or_else(utc_today, Ok)?;
    let decider = Decider { hash: hex(&hash(&policy.to_bytes())), program: policy.program(), policy, today };
    let stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if arguments.facts == Path::new("-") {
        return decider.run(io::stdin().lock(), stdout, &progress(None));
    }
    let file = File::open(&arguments.facts).map_err(|error| Failure::reading(&arguments.facts, &error))?;
    let bytes = file.metadata().ok().map(|metadata| metadata.len());
    decider.run(BufReader::with_capacity(1 << 16, file), stdout, &progress(bytes))
}

/// The day of this machine's clock
pub(crate) fn utc_today() -> Result<Date, Failure> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let days = seconds.and_then(|since| i32::try_from(since.as_secs().div_euclid(86_400)).ok());
    days.and_then(Date::from_days).ok_or_else(|| {
        Failure::new(UNREADABLE, "clock.unusable", "the clock of this machine shows no usable date", "name the day yourself")
    })
}

/// A bar on a terminal, nothing anywhere else
fn progress(bytes: Option<u64>) -> ProgressBar {
    let bar = bytes.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let template = if bytes.is_some() { "{wide_bar} {percent} %  {msg} decisions  {eta} left" } else { "{spinner} {msg} decisions" };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

struct Decider {
    policy: Policy,
    program: Program,
    hash: String,
    today: Date,
}

impl Decider {
    fn run(&self, mut lines: impl BufRead, mut out: impl Write, bar: &ProgressBar) -> Result<ExitCode, Failure> {
        let mut line = Vec::new();
        let (mut number, mut wrong) = (0_u64, 0_u64);
        loop {
            line.clear();
            let read = (&mut lines)
                .take(LINE_MAX)
                .read_until(b'\n', &mut line)
                .map_err(|error| Failure::reading(Path::new("the facts"), &error))?;
            if read == 0 {
                break;
            }
            number = number.saturating_add(1);
            let mut length = u64::try_from(read).unwrap_or(LINE_MAX);
            let too_long = length == LINE_MAX && !line.ends_with(b"\n");
            if too_long {
                let skipped = lines.skip_until(b'\n').map_err(|error| Failure::reading(Path::new("the facts"), &error))?;
                length = length.saturating_add(u64::try_from(skipped).unwrap_or(0));
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let answer = if too_long { Err(line_too_long()) } else { self.answer(&line) };
            wrong = wrong.saturating_add(answer.is_err().into());
            match write_answer(&mut out, number, &answer) {
                // Whoever reads has seen enough.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
                Err(error) => return Err(Failure::writing("the decision", &error)),
                Ok(()) => {}
            }
            bar.inc(length);
            if number.is_multiple_of(1_000) {
                bar.set_message(number.to_string());
            }
        }
        bar.finish_and_clear();
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
        let read = read_object(&self.policy, line.facts, Who::Server, today);
        let mut facts = read.map_err(|problems| problems.into_iter().map(|problem| line.below(problem)).collect::<Vec<_>>())?;
        let answer = decide(&self.program, &mut facts, today);
        Ok(to_wire((&self.policy, &self.program), &facts, &answer, &self.hash, None))
    }
}

fn line_too_long() -> Vec<Diagnostic> {
    vec![Diagnostic::error("json.too_long", "", format!("the line has more than {LINE_MAX} bytes"), "write one set of facts a line")]
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
