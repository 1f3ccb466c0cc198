//! `tresen apr` and `tresen instalments`: JSON in, JSON out.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use clap::Args;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tresen_core::diag::Diagnostic;
use tresen_wire::credit;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A JSON file; `-` for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// The effective annual rate
pub(crate) fn apr(arguments: &Arguments) -> Result<ExitCode, Failure> {
    answer(&arguments.file, credit::rate)
}

/// A plan with its rates
pub(crate) fn instalments(arguments: &Arguments) -> Result<ExitCode, Failure> {
    answer(&arguments.file, credit::plan)
}

fn answer<Q: DeserializeOwned, A: Serialize>(path: &Path, reckon: fn(&Q) -> Result<A, Vec<Diagnostic>>) -> Result<ExitCode, Failure> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|error| Failure::reading(path, &error))?;
    let question: Q = serde_json::from_slice(&bytes).map_err(|error| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        Failure::new(UNREADABLE, "credit.json", message, "`tresen apr --help` and `tresen instalments --help` show what is expected")
    })?;
    match reckon(&question) {
        Ok(answer) => {
            let text = serde_json::to_string_pretty(&answer).map_err(|error| Failure::writing("the answer", &error.into()))?;
            println!("{text}");
            Ok(ExitCode::SUCCESS)
        }
        Err(mistakes) => {
            for mistake in &mistakes {
                let at = if mistake.at.is_empty() { "the whole" } else { &mistake.at };
                eprintln!("{}\n  help   {}\n  code   {}     at   {at}\n", mistake.message, mistake.help, mistake.code);
            }
            Ok(ExitCode::from(PROBLEMS))
        }
    }
}
