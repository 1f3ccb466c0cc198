//! The service from outside, over HTTP and through its store: one program, because each is linked for seconds.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test")]

mod access_codes;
mod account_transfer;
mod accounts;
mod bad_input;
mod browser;
mod bureau;
mod carriers;
mod claims;
mod collection;
mod common;
mod confirm;
mod crash;
mod delivery;
mod disputes;
mod explain;
mod exposure;
mod guests;
mod hint;
mod incoming;
mod instalments;
mod keys;
mod ledger;
mod mail;
mod merchants;
mod paylink_page;
mod paylinks;
mod payments;
mod plans;
mod requests;
mod requests_crash;
mod reviews;
mod rights;
mod run;
mod run_crash;
mod run_shown;
mod segments;
mod shadow;
mod smtp;
mod steps;
mod steps_crash;
mod steps_elsewhere;
mod tenants;
mod terms;
mod webhooks;
