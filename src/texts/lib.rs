//! Every sentence a person reads, and the legal texts that a person agrees to.
//!
//! The sentences are data: `de.json` (formal), `de-du.json` (what differs when the shop says "du") and `en.json`; `fr.json`, `it.json` and
//! `nl.json` are drafts that a native speaker and counsel have yet to read, which the version of each consent text in them says. A sentence
//! may hold `{blanks}` and, around what must catch the eye, `*stars*`; nothing else is markup. Both sides read a compiled form,
//! in which a blank is a brace and one letter.
//!
//! **Invariant:** a legal text is the same bytes in the browser and in the service, because both render it here, with amounts
//! that `core` has formatted and dates that this crate writes; no browser's locale data has a part in it.

#![no_std]
#![warn(missing_docs)]

extern crate alloc;

#[cfg(feature = "account")]
pub mod account;
mod keys;
mod legal;
mod render;
mod table;

#[cfg(feature = "bundled")]
mod bundled;
#[cfg(feature = "bundled")]
pub mod collect;
#[cfg(feature = "bundled")]
mod credit;
#[cfg(feature = "bundled")]
mod explain;
#[cfg(feature = "bundled")]
mod history;
#[cfg(feature = "bundled")]
mod hours;
#[cfg(feature = "bundled")]
mod mail;
#[cfg(feature = "bundled")]
mod names;
#[cfg(feature = "bundled")]
mod receipt;

pub use keys::{BLANKS, Blank, COUNT, FINGERPRINT, Key};
pub use legal::Consent;
pub use render::{Blanks, Day, STRONG, fill, month, push_number};
pub use table::{Texts, nth};

#[cfg(feature = "bundled")]
pub use bundled::{Language, key_names, text_hash};
#[cfg(feature = "bundled")]
pub use credit::{Advice, CreditConsent, CreditTexts, PlanParticulars, advice_in};
#[cfg(feature = "bundled")]
pub use explain::Explaining;
#[cfg(feature = "bundled")]
pub use history::history;
#[cfg(feature = "bundled")]
pub use hours::{hours, hours_now};
#[cfg(feature = "bundled")]
pub use legal::{Particulars, Wording};
#[cfg(feature = "bundled")]
pub use mail::{CodeFor, CodeMessage};
#[cfg(feature = "bundled")]
pub use receipt::receipts;
