//! `tresen policy`: check, compile, and try on the orders of the past.

use crate::backtest;
use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use crate::hint;
use crate::input::{self, counted, places, problems, text};
use crate::output;
use crate::reach;
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_wire::decision::{hash, hex};
use tresen_wire::policy::Examined;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report every mistake at once; exit 0 clean, 1 problems, 2 unreadable
    Check {
        /// Policies as JSON
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How to report
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Compile a policy to the bytes that engines read, named by their hash
    Build {
        /// The policy as JSON
        file: PathBuf,
        /// A folder for `<first 16 digits of the hash>.tresen`, or a file
        #[arg(short, long, default_value = ".")]
        output: PathBuf,
        /// Write the policy as WebAssembly as well, to this file: `tresen/engine` decides about many orders nearly twice as fast with it
        #[arg(long, value_name = "FILE")]
        code: Option<PathBuf>,
    },
    /// What a policy would have done with the orders of the past; exit 0 clean, 1 some lines were no orders, 2 unreadable
    #[command(after_help = backtest::ORDERS)]
    Test(backtest::Test),
    /// What another policy would have done instead; exit 0 clean, 1 some lines were no orders, 2 unreadable
    #[command(after_help = backtest::ORDERS)]
    Diff(backtest::Diff),
    /// What a policy can ever do: for typical people, at which cart totals each method is offered, and where never, why
    Reach(reach::Arguments),
    /// Write what a shop may say to everybody, for `<tresen-hint src="…">`
    Hint(hint::Arguments),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Check { files, format } => check(files, *format),
        Command::Build { file, output, code } => build(file, output, code.as_deref()),
        Command::Test(arguments) => backtest::test(arguments),
        Command::Diff(arguments) => backtest::diff(arguments),
        Command::Reach(arguments) => reach::run(arguments),
        Command::Hint(arguments) => hint::run(arguments),
    }
}

fn check(files: &[PathBuf], format: Format) -> Result<ExitCode, Failure> {
    let mut exit = 0;
    let mut reports = Vec::new();
    for file in files {
        let found = check_file(file);
        exit = exit.max(found.exit);
        match format {
            Format::Text => output::say("the report", &found.text)?,
            Format::Json => reports.push(found.json),
        }
    }
    if format == Format::Json {
        output::json("the report", &json!({ "files": reports }))?;
    }
    Ok(ExitCode::from(exit))
}

struct Report {
    exit: u8,
    text: String,
    json: Value,
}

fn check_file(path: &Path) -> Report {
    match fs::read(path).map_err(|error| Failure::reading(path, &error)).and_then(|bytes| Ok((input::json(path, &bytes)?, bytes))) {
        Ok((examined, bytes)) => examined_report(path, &examined, &String::from_utf8_lossy(&bytes)),
        Err(failure) => unreadable_report(path, &failure),
    }
}

fn unreadable_report(path: &Path, failure: &Failure) -> Report {
    let name = path.display().to_string();
    let (code, message, help) = (failure.code, &failure.message, &failure.help);
    let (line, column) = failure.place.unzip();
    Report {
        exit: UNREADABLE,
        text: format!("{message}\n  help   {help}\n  code   {code}\n\n{name}: unreadable\n"),
        json: json!({ "file": name, "outcome": "unreadable", "diagnostics": [
            { "code": code, "severity": "error", "message": message, "help": help, "at": "", "line": line, "column": column }
        ] }),
    }
}

fn examined_report(path: &Path, examined: &Examined, policy: &str) -> Report {
    let name = path.display().to_string();
    let of = |severity| examined.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    let clean = examined.is_clean();
    let mut summary = match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (errors, warnings) => format!("{}, {}", counted(errors, "problem"), counted(warnings, "warning")),
    };
    if notes > 0 {
        summary = format!("{summary}, {}", counted(notes, "note"));
    }
    let places = places(&examined.diagnostics, policy);
    let diagnostics: Vec<Value> = examined.diagnostics.iter().zip(places).map(|(diagnostic, place)| placed(diagnostic, place)).collect();
    Report {
        exit: if clean { 0 } else { PROBLEMS },
        text: format!("{}{name}: {summary}\n", text(&examined.diagnostics, policy)),
        json: json!({ "file": name, "outcome": if clean { "clean" } else { "problems" }, "diagnostics": diagnostics }),
    }
}

fn placed(diagnostic: &Diagnostic, (line, column): (usize, usize)) -> Value {
    json!({
        "code": diagnostic.code, "severity": diagnostic.severity.code(), "message": diagnostic.message, "help": diagnostic.help,
        "at": diagnostic.at, "line": line, "column": column,
    })
}

fn build(path: &Path, output: &Path, code: Option<&Path>) -> Result<ExitCode, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let examined = input::json(path, &bytes)?;
    eprint!("{}", text(&examined.diagnostics, &String::from_utf8_lossy(&bytes)));
    let clean = examined.is_clean();
    let Some((policy, _, _)) = examined.built.filter(|_| clean) else { return Err(problems(path, &examined.diagnostics)) };
    let compiled = policy.to_bytes();
    let name = hex(&hash(&compiled));
    let into_folder = output.is_dir() || output.to_string_lossy().ends_with(std::path::MAIN_SEPARATOR);
    let file = if into_folder { output.join(format!("{}.tresen", name.get(..16).unwrap_or(&name))) } else { output.to_path_buf() };
    write(&file, &compiled)?;
    if let Some(code) = code {
        write(code, &tresen_wire::code::module(&policy, &compiled))?;
    }
    output::say("the hash", format!("{name}  {}  {} bytes\n", file.display(), compiled.len())).map(|()| ExitCode::SUCCESS)
}

pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, bytes));
    written.map_err(|error| Failure::writing(&format!("`{}`", file.display()), &error))
}
