//! What events do to the account of a customer: the stored facts and the events of the core, there and back.
//!
//! **Invariant:** what [`from_core`] makes of an event of the core, [`to_core`] makes that event of again.

mod read;
mod write;

pub use read::to_core;
pub use write::from_core;
