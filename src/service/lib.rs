//! The service: HTTP under `/v1`, one SQLite file, the clock, the sandbox's payment provider
//!
//! A shop's server opens a session with what it knows; the browser gets the part of the policy that it may know and decides
//! by it; before an order counts, the shop's server has it confirmed here, where the decision is made again on what the
//! server knows, and signed.
//!
//! From the ground up: [`clock`], [`ids`] and [`places`], the [`vault`] for what is personal, the [`store`]; the [`journal`] of events and
//! the [`ledger`] that follows from it; customers, sessions, policies, payments, keys; [`confirm`]; and on top the [`api`].

#![warn(missing_docs)]

mod accounts;
mod admin;
mod api;
mod api_keys;
mod app;
mod approvals;
mod bureau;
mod carriers;
mod claims;
mod clock;
mod collect;
mod config;
mod confirm;
mod consent;
mod customers;
mod debits;
mod engine;
mod error;
mod explain;
mod holds;
mod idempotency;
mod ids;
mod incoming;
mod items;
mod journal;
mod ledger;
mod limiter;
mod mail;
mod merges;
mod openapi;
mod outside;
mod paying;
mod paylinks;
mod payments;
mod places;
mod policies;
mod proofs;
mod providers;
mod records;
mod refunds;
mod reviews;
mod rights;
mod sandbox;
mod seed;
mod serve;
mod sessions;
mod shadow;
mod signing;
mod steps;
mod store;
mod tenants;
mod timemachine;
mod token;
mod vault;
mod webhooks;

pub use api::{Route, router, routes};
pub use app::App;
pub use bureau::{Bureau, HttpBureau, Inquiry, NoAnswer, Outcome, Report};
pub use carriers::{Carriers, Letters, TextMessages};
pub use clock::{Clock, SystemClock};
pub use collect::{Handed, Parcel, Ran, Transport};
pub use config::Config;
pub use consent::{ConsentQuestion, ConsentText, ConsentTexts, HouseTexts};
pub use explain::{Reader, explanation_text};
pub use jiff::Timestamp;
pub use mail::{Correspondent, Smtp, SmtpConfig};
pub use openapi::document as openapi_document;
pub use providers::{
    About, Checkout, Dispute, Known, Looked, Mollie, Paid, PayPal, Provider, RefundStanding, Refunding, Reply, SandboxProvider, Started,
    Stripe, WhyClosed,
};
pub use rights::Person;
pub use seed::Seeded;
pub use serve::{log_to_stderr, run, serve, serve_until};
pub use steps::{
    AdapterProblem, Adapters, AddressCheck, AddressFound, IdentityCheck, IdentityQuestion, IdentityResult, IdentityStarted, Mailer,
    Outgoing, Texter,
};
pub use store::WatchSql;
pub use tenants::{DEMO as DEMO_TENANT, NewTenant};
