//! What the law of a market allows and asks for, as dated figures with their sources.
//!
//! **Invariant:** no figure stands anywhere else, and each carries the day from which it holds. Where a market or a day has no figure the
//! answer says so, and takes the side that costs the customer nothing.
//!
//! A market is added as data: its base rates, its series of interest, and an arm in each rule that was read for it. Nothing is taken from one
//! market for another.

pub mod allocation;
pub mod base_rate;
pub mod bureau_report;
pub mod collection_cost;
pub mod contact;
mod dated;
pub mod default_start;
pub mod due_day;
pub mod dunning_cost;
pub mod existing_debt;
pub mod half_years;
pub mod interest;
pub mod late_interest;
pub mod limitation;
pub mod regime;
pub mod withdrawal;
