//! What to do now about what a customer owes, and why nothing is done where nothing is.
//!
//! [`due`] looks at the whole case of a customer: one message says everything that there is to say. It is asked when a run plans, and again
//! at the moment of sending, with what is known then.
//!
//! **Invariant:** the answer depends only on the case, the ladder and the moment that are handed in.
//! **Invariant:** for every claim there is either something to do or the gate that stops it: "why did this customer get nothing?" is one call.
//! **Invariant:** asked again at the same moment after what it said was done, it says nothing more.

mod case;
mod due;
mod experiment;
mod extra;
mod facts;
mod gate;
pub mod message;
mod view;

pub use crate::ladder::{Channel, Ladder, Step, Tone};
pub use case::{Attempt, Case, Now, Outcome, Person, Subject, Way};
pub use due::{About, Action, Due, Reminder, due};
pub use experiment::{ARMS_MAX, Arm, Experiment, Recorded, Weaker, weaker};
pub use extra::{Charge, Charged, Extra, extra};
pub use facts::{learn, learned, segmented};
pub use gate::Gate;
pub use view::{Asked, Standing, standing};
