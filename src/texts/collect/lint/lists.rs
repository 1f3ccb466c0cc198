//! The words that the lint looks for, as data.

use super::reading::words;
use crate::bundled::Language;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// The lists of one language, and the common words of all
#[derive(Debug)]
pub(super) struct Lists {
    own: Map<String, Value>,
    languages: Map<String, Value>,
}

impl Lists {
    pub(super) fn of(language: Language) -> Option<Self> {
        let own = match language {
            Language::German | Language::GermanDu => include_str!("de.json"),
            Language::English => include_str!("en.json"),
            Language::French | Language::Italian | Language::Dutch => return None,
        };
        Some(Self { own: serde_json::from_str(own).ok()?, languages: serde_json::from_str(include_str!("languages.json")).ok()? })
    }

    /// The first entry of a list that the words hold
    pub(super) fn found(&self, list: &str, among: &[String]) -> Option<&str> {
        entries(&self.own, list).find(|entry| holds(among, entry))
    }

    /// Every entry of a list that the words hold
    pub(super) fn all_found<'a>(&'a self, list: &str, among: &'a [String]) -> impl Iterator<Item = &'a str> {
        entries(&self.own, list).filter(|entry| holds(among, entry))
    }

    /// The entries of a list
    pub(super) fn entries(&self, list: &str) -> impl Iterator<Item = &str> {
        entries(&self.own, list)
    }

    /// The first common word of another language
    pub(super) fn foreign(&self, language: Language, among: &[String]) -> Option<(&str, &str)> {
        let own = language.name().get(..2).unwrap_or_default();
        let others = self.languages.iter().filter(|(name, _)| *name != own);
        let among: BTreeSet<&str> = among.iter().map(String::as_str).collect();
        let mut found = others.flat_map(|(name, _)| entries(&self.languages, name).map(move |word| (name.as_str(), word)));
        found.find(|(_, word)| among.contains(word))
    }
}

fn entries<'a>(lists: &'a Map<String, Value>, list: &str) -> impl Iterator<Item = &'a str> {
    lists.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Whether words hold an entry: one or more words in a row, each with a star where it may go on
fn holds(among: &[String], entry: &str) -> bool {
    if !entry.contains(' ') {
        let pattern = Pattern::of(entry);
        return among.iter().any(|word| pattern.matches(word));
    }
    let entry: Vec<Pattern<'_>> = entry.split(' ').map(Pattern::of).collect();
    among.windows(entry.len()).any(|row| row.iter().zip(&entry).all(|(word, pattern)| pattern.matches(word)))
}

/// A word of an entry
enum Pattern<'a> {
    Within(&'a str),
    End(&'a str),
    Start(&'a str),
    Whole(&'a str),
}

impl<'a> Pattern<'a> {
    fn of(word: &'a str) -> Self {
        match (word.strip_prefix('*'), word.strip_suffix('*')) {
            (Some(inner), Some(_)) => Self::Within(inner.trim_end_matches('*')),
            (Some(end), None) => Self::End(end),
            (None, Some(start)) => Self::Start(start),
            (None, None) => Self::Whole(word),
        }
    }

    fn matches(&self, word: &str) -> bool {
        match self {
            Self::Within(inner) => word.contains(inner),
            Self::End(end) => word.ends_with(end),
            Self::Start(start) => word.starts_with(start),
            Self::Whole(whole) => word == *whole,
        }
    }
}

/// Whether a text holds an entry
pub(super) fn text_holds(text: &str, entry: &str) -> bool {
    let among: Vec<String> = words(text).map(str::to_lowercase).collect();
    holds(&among, entry)
}
