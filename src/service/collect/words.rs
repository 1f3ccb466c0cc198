//! The words of messages, read once for all of them.

use std::sync::LazyLock;
use tresen_texts::Language;
use tresen_texts::collect::{Proof, Sentences};

/// What messages of a language are written with, and read over by
#[derive(Debug)]
pub struct Words {
    /// Its sentences
    pub sentences: Sentences,
    /// Judges what became of them
    pub proof: Proof,
}

static ALL: LazyLock<Vec<(Language, Words)>> = LazyLock::new(|| {
    let words = |language| Some((language, Words { sentences: Sentences::of(language)?, proof: Proof::of(language)? }));
    Language::ALL.into_iter().filter_map(words).collect()
});

/// The languages in which messages go out
pub fn languages() -> impl Iterator<Item = Language> {
    ALL.iter().map(|(language, _)| *language)
}

/// The words of a language; nothing for a draft, in which no message may go out
pub fn of(language: Language) -> Option<&'static Words> {
    ALL.iter().find(|(known, _)| *known == language).map(|(_, words)| words)
}
