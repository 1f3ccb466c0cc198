//! What it means that somebody outside did not answer.

use std::io::ErrorKind;
use ureq::{Error, Timeout};

/// Whether the connection was never made, so that surely nothing was taken; else nobody knows
pub fn never_arrived(problem: &Error) -> bool {
    match problem {
        Error::HostNotFound | Error::ConnectionFailed | Error::BadUri(_) | Error::Tls(_) | Error::Rustls(_) => true,
        Error::Timeout(which) => matches!(which, Timeout::Connect | Timeout::Resolve),
        Error::Io(problem) => problem.kind() == ErrorKind::ConnectionRefused,
        _ => false,
    }
}
