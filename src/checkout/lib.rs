//! Decide and choose: the first WebAssembly module
//!
//! The border is narrow on purpose: a policy comes in as bytes, facts are written by JavaScript straight into numbered slots,
//! a decision goes out as one number with two bits a method, and everything else is asked for when it is needed. `UI.md` has
//! the price of anything wider.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

#[cfg(target_arch = "wasm32")]
mod bare;
pub mod engine;
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "widget")]
mod widget;
