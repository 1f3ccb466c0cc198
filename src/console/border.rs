//! The module as JavaScript sees it: bytes go in, numbers and addresses come out.

use crate::backtest::Run;
use crate::said::said;
use std::sync::Mutex;
use tresen_wire::http::ErrorDetail;
use wasm_bindgen::prelude::wasm_bindgen;

/// The run of this instance
static RUN: Mutex<Run> = Mutex::new(Run::new());

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
    RUN.try_lock().map_or(0.0, |mut run| run.take(piece) as f64)
}

/// Ends the run; answers where it says up to a zero what came of it, `{"lines": 7, "report": {…}}`, or what stands in the way
#[wasm_bindgen]
pub fn end() -> u32 {
    answer(|run| run.end().map(Some))
}

/// Says what there is to say, and answers where; 0 for nothing
fn answer(ask: impl FnOnce(&mut Run) -> Result<Option<String>, ErrorDetail>) -> u32 {
    RUN.try_lock().map_or(0, |mut run| said(ask(&mut run)))
}
