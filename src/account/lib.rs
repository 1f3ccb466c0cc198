//! What a customer owes, and what they can do about it: loaded where a page has a `<tresen-account>`
//!
//! As at the counter ([`tresen_ui`]): JavaScript owns the document, the network and the clock; it says what happened, and gets what is to be shown
//! and what follows. Amounts and days are written by `core` and `texts`; nothing here asks a browser how a language writes them.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

// What a module brings because it does without std, as the checkout does.
#[cfg(target_arch = "wasm32")]
#[path = "../checkout/bare.rs"]
mod bare;
#[cfg(feature = "page")]
mod desk;
mod room;
#[cfg(feature = "settle")]
mod settle;
#[cfg(feature = "page")]
mod slots;
#[cfg(feature = "page")]
mod told;
#[cfg(feature = "page")]
mod view;
