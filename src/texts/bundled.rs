//! All languages inside: for the service, which checks what a person agreed to.

use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::keys::{FINGERPRINT, Key};
use crate::legal::Wording;
use crate::names::{BLANK_NAMES, NAMES};
use crate::render::FIRST;
use crate::table::Texts;

/// A language and the way it addresses a person
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// German, "Sie"
    German,
    /// German, "du"
    GermanDu,
    /// English
    English,
    /// French, "vous"; a draft
    French,
    /// Italian, "Lei"; a draft
    Italian,
    /// Dutch, "u"; a draft
    Dutch,
}

impl Language {
    /// All of them
    pub const ALL: [Self; 6] = [Self::German, Self::GermanDu, Self::English, Self::French, Self::Italian, Self::Dutch];

    /// The language for a BCP 47 tag and an address form (`sie` or `du`); English where there is none for the tag
    ///
    /// `pickLanguage` of the widget chooses alike: else nobody could agree to the text that was shown.
    #[must_use]
    pub fn choose(locale: &str, address_form: &str) -> Self {
        let primary = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "de" if address_form == "du" => Self::GermanDu,
            "de" => Self::German,
            "fr" => Self::French,
            "it" => Self::Italian,
            "nl" => Self::Dutch,
            _ => Self::English,
        }
    }

    /// Whether no native speaker and no counsel has read it yet
    ///
    /// The version of each of its consent texts says so too, and stays with whatever was agreed to.
    #[must_use]
    pub const fn is_draft(self) -> bool {
        match self {
            Self::German | Self::GermanDu | Self::English => false,
            Self::French | Self::Italian | Self::Dutch => true,
        }
    }

    /// The name of its file
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::GermanDu => "de-du",
            Self::English => "en",
            Self::French => "fr",
            Self::Italian => "it",
            Self::Dutch => "nl",
        }
    }

    /// Its sentences; `None` only if a language file of this build is damaged, which a test rules out
    #[must_use]
    pub fn texts(self) -> Option<Texts> {
        let base = match self {
            Self::German | Self::GermanDu => include_str!("de.json"),
            Self::English => include_str!("en.json"),
            Self::French => include_str!("fr.json"),
            Self::Italian => include_str!("it.json"),
            Self::Dutch => include_str!("nl.json"),
        };
        let over = match self {
            Self::GermanDu => include_str!("de-du.json"),
            Self::German | Self::English | Self::French | Self::Italian | Self::Dutch => "{}",
        };
        let base: serde_json::Map<String, serde_json::Value> = serde_json::from_str(base).ok()?;
        let over: serde_json::Map<String, serde_json::Value> = serde_json::from_str(over).ok()?;
        let mut parts = Vec::with_capacity(NAMES.len());
        parts.push(String::from(FINGERPRINT));
        for (_, name) in NAMES {
            parts.push(compiled(over.get(name).or_else(|| base.get(name))?.as_str()?));
        }
        Texts::from_compiled(parts.join("~").into_bytes())
    }
}

/// A sentence as the browser gets it: a blank is a brace and the letter of its place
fn compiled(sentence: &str) -> String {
    BLANK_NAMES.iter().zip(FIRST..).fold(String::from(sentence), |sentence, (name, letter)| {
        sentence.replace(&["{", name, "}"].concat(), &["{", char::from(letter).encode_utf8(&mut [0; 4])].concat())
    })
}

/// Every key with its name in the language files, in their order
pub fn key_names() -> impl Iterator<Item = (Key, &'static str)> {
    NAMES.into_iter()
}

/// SHA-256 of the exact text of a consent, in lower-case hexadecimal
#[must_use]
pub fn text_hash(wording: &Wording) -> String {
    let digest = Sha256::digest(wording.exact().as_bytes());
    let mut out = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(nibble), 16).unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests;
