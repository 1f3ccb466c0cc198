//! The adapters of the sandbox: they need no account anywhere, and every outcome can be had.

use super::adapters::{
    AdapterProblem, AddressCheck, AddressFound, IdentityCheck, IdentityQuestion, IdentityResult, IdentityStarted, Mailer, Outgoing, Texter,
};
use tresen_wire::http::PostalAddress;

/// Sends nothing anywhere: what the service planned to send lies in its store, and the sandbox's mailbox shows it
#[derive(Debug, Clone, Copy)]
pub struct Mailbox;

impl Mailer for Mailbox {
    fn send(&self, _message: &Outgoing) -> Result<(), AdapterProblem> {
        Ok(())
    }
}

impl Texter for Mailbox {
    fn send(&self, _message: &Outgoing) -> Result<(), AdapterProblem> {
        Ok(())
    }
}

/// Knows every address, but for two: house number `404` is nowhere, and `Musterweg` is written `Musterstraße`
#[derive(Debug, Clone, Copy)]
pub struct Addresses;

impl AddressCheck for Addresses {
    fn check(&self, address: &PostalAddress) -> Result<AddressFound, AdapterProblem> {
        Ok(if address.house_number.trim() == "404" {
            AddressFound::Unknown
        } else if address.street.trim() == "Musterweg" {
            AddressFound::Suggestion(PostalAddress { street: "Musterstraße".to_owned(), ..address.clone() })
        } else {
            AddressFound::Exact
        })
    }
}

/// A page on which one chooses what comes of the check; it calls back by itself
#[derive(Debug, Clone, Copy)]
pub struct Identities;

impl IdentityCheck for Identities {
    fn start(&self, question: &IdentityQuestion) -> Result<IdentityStarted, AdapterProblem> {
        Ok(IdentityStarted {
            url: format!("{}/sandbox/identity/{}", question.public_url.trim_end_matches('/'), question.check),
            provider_ref: format!("sbx_{}", question.check.trim_start_matches("chk_").get(..16).unwrap_or_default()),
        })
    }

    fn result(&self, _provider_ref: &str) -> Result<Option<IdentityResult>, AdapterProblem> {
        Ok(None)
    }
}
