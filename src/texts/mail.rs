//! What the service writes to a person: mails and messages to a telephone.
//!
//! **Invariant:** a subject says nothing about why somebody is written to, for it stands on a lock screen, and no code stands in it.

use alloc::string::{String, ToString as _};

use crate::bundled::Language;

/// What a code is typed for
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFor {
    /// To confirm something at the checkout
    Checkout,
    /// To see what one has ordered and paid
    Account,
}

impl CodeFor {
    /// The name of the sentences of the mail
    fn mail(self) -> &'static str {
        match self {
            Self::Checkout => "code.mail",
            Self::Account => "code.account",
        }
    }
}

/// A code that a person types back
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeMessage {
    /// The mail's subject
    pub subject: String,
    /// The mail
    pub mail: String,
    /// The message to a telephone
    pub text: String,
}

impl CodeMessage {
    /// The message in a language; `None` only if a language file of this build is damaged, which a test rules out
    #[must_use]
    pub fn new(language: Language, what_for: CodeFor, shop: &str, code: &str, minutes: u8) -> Option<Self> {
        let sentences: serde_json::Map<String, serde_json::Value> = serde_json::from_str(source(language)).ok()?;
        // In one pass, so that a shop whose name holds braces changes nothing but its name.
        let written = |key: &str| {
            let mut out = String::new();
            let mut rest = sentences.get(key)?.as_str()?;
            while let Some((before, blank)) = rest.split_once('{') {
                let (name, after) = blank.split_once('}')?;
                out.push_str(before);
                match name {
                    "shop" => out.push_str(shop),
                    "code" => out.push_str(code),
                    "minutes" => out.push_str(&minutes.to_string()),
                    _ => return None,
                }
                rest = after;
            }
            out.push_str(rest);
            Some(out)
        };
        Some(Self { subject: written("code.subject")?, mail: written(what_for.mail())?, text: written("code.text")? })
    }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("mail/de.json"),
        Language::GermanDu => include_str!("mail/de-du.json"),
        Language::English => include_str!("mail/en.json"),
        Language::French => include_str!("mail/fr.json"),
        Language::Italian => include_str!("mail/it.json"),
        Language::Dutch => include_str!("mail/nl.json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [CodeFor; 2] = [CodeFor::Checkout, CodeFor::Account];

    #[test]
    fn every_language_says_the_shop_the_code_and_how_long_it_holds() {
        for (language, what_for) in Language::ALL.into_iter().flat_map(|language| BOTH.map(|what_for| (language, what_for))) {
            let CodeMessage { subject, mail, text } = CodeMessage::new(language, what_for, "Kiesel & {Lein}", "042137", 10).unwrap();
            assert!(subject.contains("Kiesel & {Lein}") && !subject.contains("042137"), "{subject}");
            for sentence in [&mail, &text] {
                assert!(
                    sentence.contains("Kiesel & {Lein}") && sentence.contains("042137") && sentence.to_lowercase().contains("10 min"),
                    "{sentence}"
                );
            }
            assert_eq!(text.matches("042137").count(), 1);
        }
    }

    #[test]
    fn whoever_is_told_du_is_never_told_sie() {
        let of = |language| BOTH.map(|what_for| CodeMessage::new(language, what_for, "S", "1", 10).unwrap());
        let sentences = |messages: [CodeMessage; 2]| messages.into_iter().flat_map(|one| [one.subject, one.mail, one.text]);
        for sentence in sentences(of(Language::GermanDu)) {
            assert!(
                !["Sie", "Ihr", "Ihnen"].iter().any(|word| sentence.split(|c: char| !c.is_alphabetic()).any(|found| found == *word)),
                "{sentence}"
            );
        }
        for sentence in sentences(of(Language::German)) {
            assert!(
                !["du", "dein", "Dein", "dich"].iter().any(|word| sentence.split(|c: char| !c.is_alphabetic()).any(|found| found == *word)),
                "{sentence}"
            );
        }
    }
}
