//! Mails: how they are written, and how they are handed to a server that takes them on.
//!
//! [`Smtp`] hands messages about debts and confirmation codes to a mail server. [`write`](compose::write) makes the mail: text and page side by side,
//! under a name of our own that stays the same however often it is handed over. [`take_in`] reads what comes back.
//!
//! **Invariant:** a mail of which it is unknown whether the server has taken it is not handed over a second time.
//! **Invariant:** what goes to the log or the journal about a mail is a number that the server answered: its words hold addresses.

mod address;
mod compose;
mod connection;
mod deliver;
mod intake;
mod relay;
mod report;
mod smtp;

pub use intake::take_in;
pub use smtp::{Smtp, SmtpConfig};

use serde::{Deserialize, Serialize};
use tresen_wire::policy::Merchant;

/// In whose name a mail goes out
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Correspondent {
    /// The name that customers know
    pub name: String,
    /// Where an answer is read; a merchant without an imprint has not said so
    pub email: Option<String>,
}

impl From<&Merchant> for Correspondent {
    fn from(merchant: &Merchant) -> Self {
        Self { name: merchant.name.clone(), email: merchant.imprint.as_ref().map(|imprint| imprint.email.clone()) }
    }
}

/// Whether it is a status as RFC 3463 has them
fn is_status(word: &str) -> bool {
    let numbers: Vec<&str> = word.split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|number| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))
}
