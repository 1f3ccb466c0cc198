//! Whoever does outside of the service what a step needs: sends mails and messages, knows addresses, checks identities.
//!
//! **Invariant:** none of them is asked inside a transaction, and none before what it is asked for has been committed.

use crate::app::App;
use crate::mail::Correspondent;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use std::sync::Arc;
use tresen_core::steps::{Step, Steps};
use tresen_wire::http::{AddressForm, PostalAddress};

/// A mail or a message to a telephone
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The service's own id, for an adapter that can keep a second one back
    pub id: String,
    /// In whose name
    #[serde(default)]
    pub sender: Correspondent,
    /// Address or number
    pub recipient: String,
    /// Empty for a message to a telephone
    pub subject: String,
    /// What it says
    pub text: String,
    /// Language of the shopper
    pub locale: String,
    /// How the shopper is spoken to
    pub tone: AddressForm,
}

/// It could not be done; the cause goes to the log
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterProblem(pub String);

/// Sends mails
pub trait Mailer: Debug + Send + Sync {
    /// Sends one
    ///
    /// # Errors
    ///
    /// Where it surely has not left.
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem>;
}

/// Sends messages to telephones
pub trait Texter: Debug + Send + Sync {
    /// Sends one
    ///
    /// # Errors
    ///
    /// Where it surely has not left.
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem>;
}

/// What is known of an address
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFound {
    /// It is there, as it was written
    Exact,
    /// Another one is there that is probably meant
    Suggestion(PostalAddress),
    /// There is no such address
    Unknown,
}

/// Knows which addresses there are
pub trait AddressCheck: Debug + Send + Sync {
    /// Looks one up
    ///
    /// # Errors
    ///
    /// Where it cannot be looked up now.
    fn check(&self, address: &PostalAddress) -> Result<AddressFound, AdapterProblem>;
}

/// An identity check that is to begin
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityQuestion {
    /// The service's own id of the check, which nobody guesses
    pub check: String,
    /// Address under which browsers reach the service
    pub public_url: String,
    /// Where the shopper comes back to
    pub return_url: Option<String>,
    /// Language of the shopper
    pub locale: String,
}

/// An identity check that has begun
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityStarted {
    /// Where the shopper is checked
    pub url: String,
    /// What whoever checks calls it
    pub provider_ref: String,
}

/// What came of an identity check
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityResult {
    /// It is this person
    Passed,
    /// It is not, or cannot be seen
    Failed,
    /// The person broke it off
    Cancelled,
}

/// Checks identities
pub trait IdentityCheck: Debug + Send + Sync {
    /// Begins a check
    ///
    /// # Errors
    ///
    /// Where none can be begun now.
    fn start(&self, question: &IdentityQuestion) -> Result<IdentityStarted, AdapterProblem>;

    /// What came of it; nothing where it is not known yet, or where whoever checks calls back by themselves
    ///
    /// # Errors
    ///
    /// Where they cannot be asked now.
    fn result(&self, provider_ref: &str) -> Result<Option<IdentityResult>, AdapterProblem>;
}

/// The adapters that are connected
#[derive(Debug, Clone, Default)]
pub struct Adapters {
    /// Sends mails
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Sends messages to telephones
    pub texter: Option<Arc<dyn Texter>>,
    /// Knows addresses
    pub address_check: Option<Arc<dyn AddressCheck>>,
    /// Checks identities
    pub identity_check: Option<Arc<dyn IdentityCheck>>,
}

impl App {
    /// The adapters of the configuration; in the sandbox its own in place of those that are missing
    pub fn adapters(&self) -> Adapters {
        let configured = self.config.adapters.clone();
        if !self.config.sandbox {
            return configured;
        }
        Adapters {
            mailer: configured.mailer.or_else(|| Some(Arc::new(super::sandbox::Mailbox))),
            texter: configured.texter.or_else(|| Some(Arc::new(super::sandbox::Mailbox))),
            address_check: configured.address_check.or_else(|| Some(Arc::new(super::sandbox::Addresses))),
            identity_check: configured.identity_check.or_else(|| Some(Arc::new(super::sandbox::Identities))),
        }
    }

    /// The steps that can be done here
    pub fn possible_steps(&self) -> Steps {
        let Adapters { mailer, texter, address_check, identity_check } = self.adapters();
        let connected = |step: &Step| match step {
            Step::BirthDate => true,
            Step::Email => mailer.is_some(),
            Step::Phone => texter.is_some(),
            Step::Address => address_check.is_some(),
            Step::Identity => identity_check.is_some(),
        };
        Step::ALL.into_iter().filter(connected).collect()
    }
}
