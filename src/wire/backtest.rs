//! Before and after: what a policy would have done with the orders of the past, and what another would have done instead.
//!
//! Orders are counted one by one, by several threads if there are several, and what each has counted is put together in the end.
//!
//! **Invariant:** a report depends on the policies, the orders and what is assumed, not on who counted which order.
//! **Invariant:** amounts are added exactly, in millionths of a minor unit, and rounded once, half up; parts sum to their whole.

mod amounts;
mod comparison;
mod credit;
mod difference;
mod looker;
mod movement;
mod observed;
mod reason;
mod refused;
mod report;
mod trial;
mod tried;

pub use comparison::{
    ClassChange, ClassMove, Comparison, CreditChange, CreditSide, Example, ExampleReason, Exposure, MethodChange, Owed, ReasonChange,
    Sides, StateCounts,
};
pub use credit::Assumption;
pub use difference::{Decided, Difference};
pub use looker::{Differ, Looker, Tester};
pub use observed::Observed;
pub use refused::{Refused, RefusedBecause, RefusedLine, RefusedTally};
pub use report::{ClassReport, CreditReport, MarginReport, MethodReport, OrdersReport, ReasonReport, Share, TrialReport, ValueClassReport};
pub use trial::Trial;
pub use tried::{BacktestError, Pair, Tried};

/// One more
fn count(number: &mut u64) {
    add(number, 1);
}

/// That many more
fn add(number: &mut u64, more: u64) {
    *number = number.saturating_add(more);
}
