//! The JSON at every border of the service, and what else a policy is written as

#![warn(missing_docs)]

pub mod backtest;
pub mod code;
pub mod credit;
pub mod decision;
pub mod epc;
pub mod events;
pub mod explain;
pub mod facts;
pub mod hint;
pub mod hours;
pub mod http;
pub mod iban;
pub mod json;
pub mod law;
pub mod lines;
pub mod message;
pub mod mod97;
pub mod money;
pub mod order;
pub mod policy;
pub mod reach;
pub mod reference;
mod suggest;
pub mod treatment;
