//! What the law of a market allows and asks for, as dated figures with their sources.
//!
//! **Invariant:** no figure stands anywhere else, and each carries the day from which it holds. Where a market or a day has no figure the
//! answer says so, and takes the side that costs the customer nothing.

pub mod base_rate;
pub mod due_day;
pub mod half_years;
pub mod interest;
pub mod late_interest;
pub mod regime;
