//! Why a command could not do what was asked, told to the merchant.

use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The input has problems
pub(crate) const PROBLEMS: u8 = 1;
/// The input cannot be read at all
pub(crate) const UNREADABLE: u8 = 2;

/// Why a command could not do what was asked
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Line and column in the input, where there is one
    pub(crate) place: Option<(usize, usize)>,
    exit: u8,
}

impl Failure {
    pub(crate) fn new(exit: u8, code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), place: None, exit }
    }

    pub(crate) fn at(self, line: usize, column: usize) -> Self {
        Self { place: Some((line, column)), ..self }
    }

    pub(crate) fn reading(path: &Path, error: &io::Error) -> Self {
        let message = format!("`{}` cannot be read: {error}", path.display());
        Self::new(UNREADABLE, "file.unreadable", message, "check the path and whether you may read the file")
    }

    pub(crate) fn writing(what: &str, error: &io::Error) -> Self {
        let message = format!("{what} cannot be written: {error}");
        Self::new(PROBLEMS, "file.unwritable", message, "check the path, the rights and the space left")
    }

    /// Tells it on standard error; answers the exit code
    pub(crate) fn report(&self) -> ExitCode {
        eprintln!("{}\n  help   {}\n  code   {}", self.message, self.help, self.code);
        ExitCode::from(self.exit)
    }
}
