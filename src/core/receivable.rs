//! What one customer owes one merchant in one currency, from the invoice to the last cent.
//!
//! An [`Account`] is what its [`Event`]s have made of it. An event that may not happen is [`Refused`], and then nothing has changed. What
//! follows from a wish of somebody's (a payment that came in, a credit note) is worked out in [`decide`] and is itself events.
//!
//! **Invariant:** money moves by postings alone, those of an event sum to zero, and a balance is the sum of its postings: [`Book`].
//! **Invariant:** nothing is edited. What was wrong is put right by another event; the same events give the same account, bit by bit.
//! **Invariant:** the balance, the dunning level, the holds and who has the claim are four things that are told apart: a disputed claim
//! that is half paid and one level up is all three of them.

mod account;
mod agreement;
mod apply;
pub mod audit;
mod book;
mod claim;
pub mod decide;
mod dispute;
mod event;
mod hold;
mod item;
mod mandate;
mod payment;
mod plan;
mod refused;
pub mod sheet;
mod sums;
mod title;

pub use account::Account;
pub use agreement::{Promise, PromiseEnd};
pub use book::{Book, Place, Posting, Reduction};
pub use claim::{Ending, Holder, Interest, Invoice, Level, Receivable};
pub use dispute::{Dispute, DisputeEnd};
pub use event::{Allocation, Created, CreditNoteIssued, Event, ItemAmount, LevelReset, PlanAccepted, PlanEnd, Reduced, Scope};
pub use hold::{Act, Hold, HoldReason};
pub use item::ItemKind;
pub use mandate::{Approved, Mandate, Weight, Weighty, weighs};
pub use payment::{Chargeback, Payment, PaymentState, Refund, RefundState};
pub use plan::{Plan, PlanState, Rate};
pub use refused::Refused;
pub use sheet::{NotPriced, PriceSheet};
pub use sums::Sums;
pub use title::{Agreed, Ground, Sold, SoldPart};
