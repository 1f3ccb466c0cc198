//! Whether a finished message may go out: what it must not say, what it must, and whether it is true.
//!
//! A merchant may word a message as they like; this is what lets it. It reads the message as the customer does, finished, and knows the
//! particulars, so that it tells an amount of the claim from one that somebody typed. What the facts themselves say, a name such as
//! `Mahn & Söhne`, is not held against the words.
//!
//! **Invariant:** every mistake is found at once, each with its code and where it is.

mod figures;
mod lists;
mod names;
mod parts;
mod reading;
mod tone;

use super::message::Message;
use super::values::Writer;
use super::{Sentences, values};
use crate::bundled::Language;
use alloc::string::String;
use alloc::vec::Vec;
use lists::Lists;
use reading::{Reading, normal};
use tresen_core::collect::message::Particulars;
use tresen_core::diag::Diagnostic;

/// What stands against a message; nothing if it may go out, warnings aside
///
/// A language without sentences of its own has no lists either, and no message of it may go out.
#[must_use]
pub fn lint(message: &Message, particulars: &Particulars) -> Vec<Diagnostic> {
    Proof::of(message.language).map_or_else(|| alloc::vec![unread(message.language)], |proof| proof.read(message, particulars))
}

/// Reads messages of one language over: made once for many
#[derive(Debug)]
pub struct Proof {
    language: Language,
    lists: Lists,
    sentences: Sentences,
}

impl Proof {
    /// Of a language; nothing for one that has no lists
    #[must_use]
    pub fn of(language: Language) -> Option<Self> {
        Some(Self { language, lists: Lists::of(language)?, sentences: Sentences::of(language)? })
    }

    /// What [`lint`] finds
    #[must_use]
    pub fn read(&self, message: &Message, particulars: &Particulars) -> Vec<Diagnostic> {
        if message.language != self.language {
            return alloc::vec![unread(message.language)];
        }
        found(self, message, particulars)
    }
}

fn found(Proof { language, lists, sentences }: &Proof, message: &Message, particulars: &Particulars) -> Vec<Diagnostic> {
    let Some(writer) = Writer::new(sentences, particulars.today) else { return alloc::vec![unread(*language)] };
    let facts = facts(&writer, particulars);
    let links: Vec<String> = particulars.ways.pay.iter().flat_map(|pay| [normal(pay), normal(values::typed(pay))]).collect();
    // What shows on a lock screen shows with its link, so only there the link is read like everything else.
    let public: Vec<String> = facts.iter().filter(|fact| !links.contains(fact)).cloned().collect();
    let tokens: Vec<&str> = particulars.ways.pay.iter().filter_map(|pay| token(pay)).collect();
    let outside = [
        Reading::new("/subject", &message.subject, &public),
        Reading::new("/preview", &message.preview, &public),
        Reading::new("/text", &message.text.text, &public),
    ];
    let mail = Reading::new("/plain", &message.plain, &facts);
    let mut found = Vec::new();
    names::check(particulars, &mut found);
    for reading in &outside {
        tone::outside(reading, lists, &mut found);
    }
    for reading in outside.iter().chain([&mail]) {
        tone::check(reading, lists, particulars, &mut found);
        tone::language(reading, lists, *language, &mut found);
    }
    for reading in &outside {
        figures::none(reading, &tokens, &mut found);
    }
    figures::check(&mail, &writer, particulars, &mut found);
    parts::check(&mail, &writer, lists, particulars, &mut found);
    if message.text.segments > 1 {
        let text = alloc::format!("the text message is sent and charged as {}", message.text.segments);
        let help = "stay within 160 characters of the GSM alphabet: shorten the sentence, or the link";
        found.push(Diagnostic::warning("collect.text.long", "/text", text, help));
    }
    found
}

/// What was drawn by chance for a link: its last part, where that is too long for a word
fn token(link: &str) -> Option<&str> {
    const LETTERS_MIN: usize = 12;
    let last = link.rsplit('/').next()?;
    (last.len() >= LETTERS_MIN && last.bytes().all(|one| one.is_ascii_alphanumeric())).then_some(last)
}

fn unread(language: Language) -> Diagnostic {
    let message = alloc::format!("nobody has written and read messages in `{}` yet", language.name());
    Diagnostic::error("collect.language.unread", "", message, "write in the language of the order or of the shop")
}

/// Everything that a message takes over as it is, the longest first
fn facts(writer: &Writer<'_>, particulars: &Particulars) -> Vec<String> {
    let Particulars { sender, person, claims, ways, .. } = particulars;
    let mut all: Vec<&str> =
        alloc::vec![&sender.shop, &sender.creditor, &sender.street, &sender.postcode, &sender.city, &sender.website, &sender.email,];
    all.extend([&sender.register, &sender.phone, &sender.contact].into_iter().flatten().map(String::as_str));
    all.extend(person.name.iter().flat_map(|name| [name.given.as_str(), name.family.as_str()]));
    all.extend(claims.iter().flat_map(|claim| [claim.order.number.as_str(), claim.invoice.number.as_str()]));
    all.extend(claims.iter().filter_map(|claim| claim.goods.as_deref()));
    let links = [&ways.pay, &ways.code, &ways.plan, &ways.promise, &ways.dispute, &ways.preferences, &ways.advice];
    all.extend(links.into_iter().flatten().map(String::as_str));
    let mut facts: Vec<String> = all.into_iter().map(normal).collect();
    facts.extend(writer.hours(sender).map(|hours| normal(&hours)));
    facts.extend(ways.pay.iter().map(|pay| normal(values::typed(pay))));
    facts.extend(
        ways.transfer
            .iter()
            .flat_map(|transfer| [normal(&transfer.holder), values::grouped(&transfer.iban), values::grouped(&transfer.reference)]),
    );
    facts.retain(|fact| !fact.trim().is_empty());
    facts.sort_by_key(|fact| core::cmp::Reverse(fact.len()));
    facts
}
