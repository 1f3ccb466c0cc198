//! Everything that is known of a customer when it is decided what to do.

use super::person::Reach;
use super::{attempts, known, ladder};
use crate::app::Work;
use crate::engine::Policy;
use crate::error::ApiError;
use crate::ledger::{self, Ledger};
use std::sync::Arc;
use tresen_core::collect::{Attempt, Case, Due, Now, Person, Way, due, learned};
use tresen_core::facts::Facts;
use tresen_core::ident::CustomerId;
use tresen_core::ladder::Ladder;
use tresen_core::policy::Persona;
use tresen_core::receivable::Account;

/// A customer's account in one currency, how they can be reached, and what was tried so far
#[derive(Debug)]
pub struct CaseFile {
    /// The service's own id
    pub customer: CustomerId,
    /// In which currency
    pub currency: String,
    /// What is owed, replayed
    pub account: Account,
    /// How they can be reached; nothing of a person who was erased
    pub reach: Option<Reach>,
    /// What was tried so far
    pub attempts: Vec<Attempt>,
    /// What is known of the customer and of the order beside the case, where a segment asks about it
    pub known: Facts,
    /// The policy in force
    pub policy: Arc<Policy>,
}

/// Nobody is there
const NOBODY: Person = Person { ways: [Way::NoAddress; 4], prefers: None };

impl CaseFile {
    /// The case of a customer, as it stands in this transaction; `without` a message that is about to be sent
    pub fn of(work: &Work<'_>, customer: &CustomerId, currency: &str, without: Option<&str>) -> Result<Self, ApiError> {
        Self::around(work, customer, currency, ledger::replay(work.tx, &work.tenant, customer, currency)?, without)
    }

    /// The case of a customer whose account somebody holds already
    pub fn beside(work: &Work<'_>, ledger: &Ledger<'_>) -> Result<Self, ApiError> {
        Self::around(work, ledger.customer(), ledger.currency(), ledger.account().clone(), None)
    }

    fn around(work: &Work<'_>, customer: &CustomerId, currency: &str, account: Account, without: Option<&str>) -> Result<Self, ApiError> {
        let (reach, policy) = (Reach::of(work, customer)?, work.active_policy()?);
        Ok(Self {
            customer: customer.clone(),
            currency: currency.to_owned(),
            known: known::of(work, customer, &account, &policy, reach.as_ref().map(|reach| &reach.key))?,
            account,
            reach,
            attempts: attempts::of(work, customer, without)?,
            policy,
        })
    }

    /// As the core looks at it
    pub fn core(&self) -> Case<'_> {
        let person = self.reach.as_ref().map_or(&NOBODY, |reach| &reach.person);
        Case { account: &self.account, person, attempts: &self.attempts }
    }

    /// How the merchant reminds this customer at a moment
    pub fn ladder(&self, now: &Now) -> Ladder {
        ladder::of(self, now).ladder
    }

    /// How the merchant speaks to this customer at a moment
    pub fn persona(&self, now: &Now) -> Persona {
        ladder::of(self, now).persona
    }

    /// All that is known of the case at a moment
    pub fn facts(&self, now: &Now) -> Facts {
        learned(&self.core(), &self.known, now)
    }

    /// What is due at a moment, and what is not
    pub fn due(&self, ladder: &Ladder, now: &Now) -> Due {
        due(&self.core(), ladder, now)
    }
}
