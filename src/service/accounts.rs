//! Accounts of customers: what is open and paid, behind a token of its own. This is stage two of a pay link, where names and orders stand.
//!
//! **Invariant:** a token is stored as its hash only. It ends with its time, with the person, and with the pay link that it came from.

mod access;
mod act;
mod claim;
pub mod code;
mod credited;
mod debit;
mod documents;
mod ended;
mod menu;
mod payer;
mod plan;
mod reach;
mod receipt;
mod request;
mod statement;
pub mod transfer;
mod undo;
mod view;

pub use access::{Access, check_minutes, grant, opened, with_order};
pub use debit::debit_returned;
pub use documents::{language as language_of, read as document};
pub use ended::ended;
pub use payer::payer;
pub use receipt::failed;
pub use request::{Answered, Made, export, make, words};
pub use view::view;
