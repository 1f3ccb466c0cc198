//! What a customer may do about what is open, and what comes of it: pay a part, name a day, move the due date, pay by rates, object, send back,
//! withdraw, say that money is tight.
//!
//! Browser and server ask the same functions of the same [`Situation`]: the browser to show, the server to decide. What binds is an event of
//! [`crate::receivable`], which the server writes.
//!
//! **Invariant:** the answer depends only on the situation and the settlement that are handed in.
//! **Invariant:** whatever the [`Menu`] names, its bounds included, the preview gives and the ledger takes on that day; one cent, day or rate
//! beyond is refused under a code.
//! **Invariant:** nothing here costs the customer anything. Where the law would make credit of it, it is not offered.

mod deferral;
mod menu;
mod object;
mod part;
mod plan;
pub mod promise;
mod situation;
mod why;
pub mod written;

pub use deferral::{Deferrable, Deferred, deferral};
pub use menu::{Menu, menu};
pub use object::{Disputable, Objected, Pieces, Quiet, Revocable, dispute, object};
pub use part::{Paid, Part, part};
pub use plan::{PlanBounds, Planned, plan};
pub use situation::{Claim, PlanBefore, Situation, Terms, Told};
pub use why::{NoDeferral, NoDispute, NoHardship, NoPart, NoPlan, NoReturn, NoWithdrawal};

#[cfg(test)]
mod tests;
