//! What the law lays down in figures, against published examples and against an oracle that shares no code with the core.

#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a broken promise in a test should stop the test")]

mod annual_rate;
mod calendar;
