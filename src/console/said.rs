//! What the module says: JSON in its own memory, up to a zero.

use std::sync::Mutex;
use tresen_wire::http::{ErrorBody, ErrorDetail};

/// What was said last, which the next answer is written over
static SAID: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Says an answer or what stands in its way, and answers where; 0 for nothing
pub(crate) fn said(answer: Result<Option<String>, ErrorDetail>) -> u32 {
    let mut text = match answer {
        Ok(None) => return 0,
        Ok(Some(answer)) => answer.into_bytes(),
        Err(error) => serde_json::to_vec(&ErrorBody { error }).unwrap_or_default(),
    };
    text.push(0);
    // Nothing waits for the lock: a module has one thread.
    SAID.try_lock().map_or(0, |mut said| {
        *said = text;
        address(said.as_ptr())
    })
}

pub(crate) fn error(code: &str, message: String, help: &str) -> ErrorDetail {
    ErrorDetail { code: code.to_owned(), message, help: help.to_owned(), at: None, diagnostics: Vec::new() }
}

/// An address as JavaScript indexes the memory; wasm32 has no larger ones
fn address<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(0)
}
