//! Collection: what to do now about what customers owe, and the messages that follow.
//!
//! [`CaseFile`] gathers what `core::collect::due` looks at. [`open_claims`] tells the merchant what comes next of every claim, and why nothing is
//! done where nothing is. [`tick`] is the run: it looks at whoever has to be looked at, plans messages, and sends those that are still right.
//!
//! **Invariant:** nobody is written to about a debt before the merchant's policy says who writes.
//! **Invariant:** the intent to send is committed before anything is sent; what a crash leaves unknown becomes a task, never a second message.

mod ahead;
mod answers;
mod attempts;
mod case;
mod charges;
mod compose;
mod contact;
mod delivery;
mod known;
mod ladder;
mod list;
mod parts;
mod person;
mod run;
mod send;
mod tasks;
mod transport;
mod voice;
mod warnings;
mod when;
mod words;

pub use ahead::Ahead;
pub use case::CaseFile;
pub use contact::{Contact, id as message_id};
pub use delivery::{
    Form, came_back, export as export_messages, form, mailbox, opt_out, opt_outs, read as message, tell as tell_delivery, visited,
};
pub use list::{case as customer_case, open_claims, page};
pub use person::{
    Reach, change as change_contact, check_order as check_contact, export as export_contact, learn as learn_contact, opt_outs_stay,
    put as put_contact, voice,
};
pub use run::{Ran, all as run, in_turn, next_moment, tick};
pub use tasks::{Asked, ask, finish as finish_task, list as tasks, over as task_over};
pub use transport::{Handed, Parcel, Transport};
pub use when::{calendar, moment, start_of};

pub use voice::Voice;
pub use words::languages;

/// What is forgotten about a person who is erased
pub const FORGOTTEN: &[&str] = &[
    "DELETE FROM contact_details WHERE tenant_id = ?1 AND customer_id = ?2",
    "DELETE FROM contact_texts WHERE tenant_id = ?1 AND position IN (SELECT position FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2)",
];
