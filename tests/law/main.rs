//! What the law lays down in figures, against published examples and against an oracle that shares no code with the core.

#![expect(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a broken promise in a test should stop the test")]

mod allocation_laws;
mod annual_rate;
mod calendar;
mod costs;
mod figures;
mod identifiers;
mod instalments;
mod interest;
mod periods;
