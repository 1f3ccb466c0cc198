//! What a command prints.

use crate::failure::Failure;
use serde::Serialize;
use std::io::{self, ErrorKind, Write as _};

/// Prints what was found; `what` names it where it cannot be written
///
/// Whoever has seen enough, as `head` has, and reads no further is no mistake.
pub(crate) fn say(what: &str, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::writing(what, &error)),
        _ => Ok(()),
    }
}

/// Prints what was found for people and machines
pub(crate) fn json(what: &str, found: &impl Serialize) -> Result<(), Failure> {
    say(what, pretty(what, found)? + "\n")
}

/// What was found, a member a line
pub(crate) fn pretty(what: &str, found: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(found).map_err(|error| Failure::writing(what, &error.into()))
}

/// Prints a line while a command goes on; that nobody reads it stops nothing
pub(crate) fn line(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}
