//! Whoever carries messages to customers.
//!
//! **Invariant:** none is asked inside a transaction, and none before it has been committed that the message is on its way.

use crate::app::App;
use crate::mail::Correspondent;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use std::sync::Arc;
use tresen_core::ladder::Channel;

/// A message as it is handed over, and as it is kept under the customer's key
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The service's own id: whoever is handed the same twice carries it once
    pub id: String,
    /// In whose name; messages that were written before it was kept have none
    #[serde(default)]
    pub sender: Correspondent,
    /// Address, number, or the lines on an envelope
    pub recipient: String,
    /// Language of the customer
    pub locale: String,
    /// What stands in a list of mails
    pub subject: String,
    /// What stands beside it
    pub preview: String,
    /// The mail as text
    pub text: String,
    /// The mail as a page
    pub html: String,
    /// The message to a telephone
    pub text_message: String,
    /// The letter as PDF, in base64
    pub letter: Option<String>,
    /// What stands for the merchant's name, imprint and account as they were; messages that were written before it was kept have none
    #[serde(default)]
    pub letterhead: String,
}

impl Parcel {
    /// The letter as PDF
    #[must_use]
    pub fn pdf(&self) -> Option<Vec<u8>> {
        STANDARD.decode(self.letter.as_ref()?).ok()
    }

    pub(super) fn with_letter(self, pdf: Option<&[u8]>) -> Self {
        Self { letter: pdf.map(|pdf| STANDARD.encode(pdf)), ..self }
    }
}

/// What whoever carries messages answers
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// It has taken the message over
    Sent {
        /// What it calls it
        provider_ref: Option<String>,
    },
    /// It will never take this message: another way is tried
    Refused(String),
    /// It has surely not taken it, and may later
    NotNow(String),
    /// Nobody knows whether it has taken it
    Unknown(String),
}

/// Carries messages; reasons name nobody, for they go into the journal
pub trait Transport: Debug + Send + Sync {
    /// Hands one over
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed;

    /// Whether it carries messages that way; a way that nobody carries by is closed
    fn carries(&self, _channel: Channel) -> bool {
        true
    }
}

/// Carries nothing anywhere: what the service has sent lies in its store, and the sandbox's mailbox shows it
#[derive(Debug, Clone, Copy)]
struct Mailbox;

impl Transport for Mailbox {
    fn send(&self, _channel: Channel, _parcel: &Parcel) -> Handed {
        Handed::Sent { provider_ref: None }
    }
}

/// In the sandbox, what nobody carries goes to the mailbox
#[derive(Debug)]
struct OrMailbox(Arc<dyn Transport>);

impl Transport for OrMailbox {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        if self.0.carries(channel) { self.0.send(channel, parcel) } else { Mailbox.send(channel, parcel) }
    }
}

impl App {
    /// Whoever carries messages about debts; in the sandbox its own mailbox for what nobody else carries
    pub(crate) fn transport(&self) -> Option<Arc<dyn Transport>> {
        match (self.config.transport.clone(), self.config.sandbox) {
            (Some(transport), true) => Some(Arc::new(OrMailbox(transport))),
            (None, true) => Some(Arc::new(Mailbox)),
            (transport, false) => transport,
        }
    }
}
