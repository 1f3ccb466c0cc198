//! The counter's mind: decides which payment methods are offered, and why the others are not
//!
//! Pure: no clock, no IO, no floats, no JSON. The host hands in the policy, the facts and today's date and gets a value
//! back, the same bits in a browser, in the service and on the command line. What a decision means is written in
//! `docs/semantics.md`.
//!
//! From the ground up, each floor knowing only those below: the vocabulary ([`money`], [`rate`], [`date`], [`calendar`], [`hours`],
//! [`colour`], [`diag`], [`facts`]), what the market's law allows ([`law`]), what the merchant wants ([`policy`], with a [`ladder`] of reminders) and what the engine
//! runs of it ([`program`]), who the customer is ([`qualify`]), which methods follow
//! ([`offer`]), what would bring a method back ([`change`], [`steps`]), what the browser may know ([`fold`]), over which totals a method
//! is offered at all ([`reach`]) to typical [`people`], what anybody may know ([`hint`]), and what is kept ([`record`]). After the order: what
//! is owed ([`receivable`]) by the [`law`] of the market, what to do now about it ([`collect`]), what the customer may do ([`settle`]), and when
//! it may be taken from their account ([`debit`]).

#![no_std]
#![warn(missing_docs)]

extern crate alloc;

pub mod annual_rate;
pub mod calendar;
pub mod change;
pub mod collect;
pub mod colour;
pub mod date;
pub mod debit;
pub mod diag;
pub mod facts;
mod fixed;
pub mod fold;
pub mod grant;
pub mod hint;
pub mod hours;
pub mod ident;
pub mod instalments;
pub mod ladder;
pub mod law;
pub mod money;
pub mod offer;
pub mod people;
pub mod policy;
pub mod program;
pub mod qualify;
pub mod rate;
pub mod reach;
pub mod receivable;
pub mod record;
pub mod settle;
pub mod steps;

/// Names what a decision means; raised whenever the same policy and facts would give another answer
pub const SEMANTICS_VERSION: u16 = 1;
