//! What a merchant's people need in a browser: the third WebAssembly module
//!
//! So far it tries policies on the orders of the past. Whole pieces of a file go in; they are split, read, decided and counted by the very
//! code of `tresen policy test` and `tresen policy diff`, so that one report is the other by construction. See
//! `docs/adr/0019-the-back-test-is-the-command-s-own-code.md`.
//!
//! A module of its own, by the feature `draft`, says what is wrong with a policy while it is being written, and folds it for one order as the
//! service would for a session.
//!
//! **Invariant:** an instance of the module is for one run. What it holds lies there until the instance is given up.

#![warn(missing_docs)]

#[cfg(feature = "backtest")]
mod backtest;
#[cfg(feature = "backtest")]
pub mod border;
#[cfg(feature = "draft")]
pub mod draft;
mod said;
