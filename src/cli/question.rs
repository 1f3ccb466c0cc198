//! A question in JSON, its answer in JSON, and every mistake on standard error.

use crate::failure::{Failure, PROBLEMS, UNREADABLE};
use crate::output;
use clap::Args;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tresen_core::diag::Diagnostic;
use tresen_wire::json::printable;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file to read; `-` for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

impl Arguments {
    /// Reads the question and prints the answer; `code` names a question that cannot be read
    pub(crate) fn answer<Q: DeserializeOwned, A: Serialize>(
        &self,
        code: &'static str,
        reckon: fn(&Q) -> Result<A, Vec<Diagnostic>>,
    ) -> Result<ExitCode, Failure> {
        let path = self.file.as_path();
        let bytes = read(path).map_err(|error| Failure::reading(path, &error))?;
        let question: Q = serde_json::from_slice(&bytes).map_err(|error| {
            let message = printable(format!("`{}` cannot be read: {error}", path.display()));
            Failure::new(UNREADABLE, code, message, "`--help` shows what the command expects")
        })?;
        told(reckon(&question))
    }

    /// Reads a file that is not JSON and prints what is in it
    pub(crate) fn contents<A: Serialize>(&self, reads: fn(&[u8]) -> Result<A, Vec<Diagnostic>>) -> Result<ExitCode, Failure> {
        let path = self.file.as_path();
        told(reads(&read(path).map_err(|error| Failure::reading(path, &error))?))
    }
}

/// Prints an answer, or every mistake
fn told<A: Serialize>(answer: Result<A, Vec<Diagnostic>>) -> Result<ExitCode, Failure> {
    match answer {
        Ok(answer) => {
            output::json("the answer", &answer)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(mistakes) => {
            for mistake in &mistakes {
                let at = if mistake.at.is_empty() { "the whole" } else { &mistake.at };
                let message = printable(mistake.message.clone());
                eprintln!("{message}\n  help   {}\n  code   {}     at   {at}\n", mistake.help, mistake.code);
            }
            Ok(ExitCode::from(PROBLEMS))
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
}
