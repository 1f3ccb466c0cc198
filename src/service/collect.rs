//! Collection: what to do now about what customers owe, and the messages that follow.
//!
//! [`CaseFile`] gathers what `core::collect::due` looks at. [`open_claims`] tells the merchant what comes next of every claim, and why nothing is
//! done where nothing is.
//!
//! **Invariant:** nobody is written to about a debt before the merchant's policy says who writes.

mod attempts;
mod case;
mod ladder;
mod list;
mod person;
mod when;

pub use case::CaseFile;
pub use list::{case as customer_case, open_claims, page};
pub use person::{export as export_contact, put as put_contact};

/// What of a contact goes and what stays when a person is erased
pub const FORGOTTEN: &[&str] = &[
    "DELETE FROM contact_details WHERE tenant_id = ?1 AND customer_id = ?2",
    "UPDATE contacts SET sealed_message = NULL WHERE tenant_id = ?1 AND customer_id = ?2",
];
