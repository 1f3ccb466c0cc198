//! What a letter has beside the message: the window, the column at its side, what stands next to the code to scan.

use super::blocks::Line;
use super::compose::Composer;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use tresen_core::collect::message::{Name, Particulars};

/// What a letter has beside the message
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The sender in one line, above the address in the window
    pub back: String,
    /// The address
    pub address: Vec<String>,
    /// The column at the side: what, and its value
    pub side: Vec<(String, String)>,
    /// What stands next to the code to scan: the account, where one pays otherwise; nothing where there is no account
    pub account: Vec<Line>,
    /// What the code to scan is, for who hears the letter
    pub code: String,
    page: String,
}

impl Paper {
    pub(super) fn new(composer: &Composer<'_>, particulars: &Particulars) -> Self {
        let Particulars { sender, person, ways, claims, .. } = particulars;
        let name = person.name.as_ref().map(|Name { given, family }| format!("{given} {family}"));
        let mut side = alloc::vec![(composer.say("letter.date"), composer.date(particulars.today))];
        if let [claim] = claims.as_slice() {
            side.push((composer.say("letter.invoice"), claim.invoice.number.clone()));
            side.push((composer.say("letter.order"), claim.order.number.clone()));
        }
        // Each in a line of its own: the column is narrow.
        let write = sender.email.clone();
        let labels = core::iter::once(composer.say("letter.contact")).chain(core::iter::repeat(String::new()));
        side.extend(labels.zip(composer.answers().into_iter().chain(sender.phone.is_none().then_some(write))));
        let mut account = Vec::new();
        if let Some(transfer) = ways.transfer.as_ref().filter(|_| particulars.occasion.asks()) {
            account.push(composer.line("letter.scan"));
            account.push(Line::of(transfer.holder.clone()));
            account.extend(["letter.iban", "letter.reference"].map(|key| composer.line(key)));
            if ways.pay.is_some() {
                account.push(composer.line(if ways.code.is_some() { "letter.web.code" } else { "letter.web" }));
            }
        }
        Self {
            back: format!("{} · {} · {} {}", sender.creditor, sender.street, sender.postcode, sender.city),
            address: name.into_iter().chain(person.address.iter().cloned()).collect(),
            side,
            account,
            code: composer.say("letter.qr"),
            page: composer.open("letter.page"),
        }
    }

    /// What stands below a page of several
    #[must_use]
    pub fn page(&self, number: usize, of: usize) -> String {
        self.page.replace("{number}", &number.to_string()).replace("{of}", &of.to_string())
    }
}
