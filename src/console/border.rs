//! The module as JavaScript sees it: bytes go in, numbers and addresses come out.

use crate::backtest::Run;
use serde::Serialize;
use std::sync::Mutex;
use tresen_wire::http::{ErrorBody, ErrorDetail};
use wasm_bindgen::prelude::wasm_bindgen;

/// The run of this instance, and what was said last, which the next answer is written over
static STATE: Mutex<State> = Mutex::new(State { run: Run::new(), said: Vec::new() });

#[derive(Debug)]
struct State {
    run: Run,
    said: Vec<u8>,
}

/// Takes a policy, compiled or as JSON; of two the old one comes first
///
/// Answers 0, or where it says up to a zero what stands in the way: `{"error": {"code": …, "message": …, "help": …}}`.
#[wasm_bindgen]
pub fn policy(bytes: &[u8], is_compiled: bool) -> u32 {
    answer(|run| run.policy(bytes, is_compiled).map(|()| None))
}

/// Begins to try the policies on orders; `options` is JSON: `{"today": "2026-11-21", "assume": "invoice", "complete": true, "examples": 3}`, of which
/// only the day must be there
///
/// Answers as [`policy`] does.
#[wasm_bindgen]
pub fn begin(options: &[u8]) -> u32 {
    answer(|run| run.begin(options).map(|()| None))
}

/// Takes a piece of JSON lines, cut anywhere, and answers how many lines have ended so far, empty ones not counted
#[wasm_bindgen]
#[expect(clippy::cast_precision_loss, reason = "nobody has that many orders")]
pub fn take(piece: &[u8]) -> f64 {
    // Nothing waits for the lock: a module has one thread.
    STATE.try_lock().map_or(0.0, |mut state| state.run.take(piece) as f64)
}

/// Ends the run; answers where it says up to a zero what came of it, `{"lines": 7, "report": {…}}`, or what stands in the way
#[wasm_bindgen]
pub fn end() -> u32 {
    answer(|run| run.end().map(Some))
}

/// Says what there is to say, and answers where; 0 for nothing
fn answer(ask: impl FnOnce(&mut Run) -> Result<Option<String>, ErrorDetail>) -> u32 {
    STATE.try_lock().map_or(0, |mut state| {
        let said = match ask(&mut state.run) {
            Ok(None) => return 0,
            Ok(Some(report)) => report.into_bytes(),
            Err(error) => json(&ErrorBody { error }),
        };
        state.said = said;
        state.said.push(0);
        address(state.said.as_ptr())
    })
}

fn json(said: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(said).unwrap_or_default()
}

/// An address as JavaScript indexes the memory; wasm32 has no larger ones
fn address<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(0)
}
