//! The sentences of one language, and a merchant's own in their place.
//!
//! A sentence may hold `{blanks}`, `*strong words*` and `[words](way)` that lead to a way of the customer's, such as `plan`. What is filled
//! into a blank is never read as any of these.

use super::blocks::{Line, Span};
use crate::bundled::Language;
use crate::table::Texts;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};
use tresen_core::diag::Diagnostic;

/// The ways that words of a sentence may lead
const WAYS: [&str; 4] = ["plan", "promise", "dispute", "preferences"];

/// The sentences of one language
#[derive(Debug, Clone)]
pub struct Sentences {
    language: Language,
    all: Map<String, Value>,
    /// What every part of the house says alike: months, days of the week
    texts: Texts,
}

impl Sentences {
    /// The sentences of a language; nothing for one that has none, a draft: write in the language of the order or of the shop then
    #[must_use]
    pub fn of(language: Language) -> Option<Self> {
        let (base, over) = match language {
            Language::German => (include_str!("de.json"), "{}"),
            Language::GermanDu => (include_str!("de.json"), include_str!("de-du.json")),
            Language::English => (include_str!("en.json"), "{}"),
            Language::French | Language::Italian | Language::Dutch => return None,
        };
        let mut all: Map<String, Value> = serde_json::from_str(base).ok()?;
        all.append(&mut serde_json::from_str(over).ok()?);
        Some(Self { language, all, texts: language.texts()? })
    }

    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The language
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same with the merchant's own wording in place of some sentences; what it makes of a message, [`lint`](super::lint()) judges
    ///
    /// # Errors
    ///
    /// Every mistake at once: a sentence that there is not, a blank or a way that it does not have, markup that does not end.
    pub fn with(mut self, own: &Map<String, Value>) -> Result<Self, Vec<Diagnostic>> {
        let mistakes: Vec<Diagnostic> = own.iter().flat_map(|(key, sentence)| self.unusable(key, sentence)).collect();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        self.all.append(&mut own.clone());
        Ok(self)
    }

    fn unusable(&self, key: &str, sentence: &Value) -> Vec<Diagnostic> {
        let at = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        let Some(standard) = self.get(key) else {
            let message = format!("there is no sentence `{key}`");
            return alloc::vec![Diagnostic::error("wording.key.unknown", at, message, "name one of those of the language's file")];
        };
        let Some(sentence) = sentence.as_str() else {
            let help = "write it between quotation marks";
            return alloc::vec![Diagnostic::error("wording.sentence.malformed", at, format!("sentence `{key}` is not a text"), help)];
        };
        let Some(parsed) = parse(sentence) else {
            let message = format!("a brace, a star or a bracket of sentence `{key}` has no other end");
            let help = "write `{blank}`, `*strong*` and `[words](plan)`, and none of these signs otherwise";
            return alloc::vec![Diagnostic::error("wording.sentence.malformed", at, message, help)];
        };
        let known = blanks(&parse(standard).unwrap_or_default());
        let unknown_blank = |blank: &&str| !known.contains(blank);
        let blank_mistakes = blanks(&parsed).into_iter().filter(unknown_blank).map(|blank| {
            let named: Vec<String> = known.iter().map(|known| format!("`{{{known}}}`")).collect();
            let help = if named.is_empty() { "it has none".into() } else { format!("it has {}", named.join(", ")) };
            Diagnostic::error("wording.blank.unknown", at.as_str(), format!("sentence `{key}` has no blank `{{{blank}}}`"), help)
        });
        let ways = parsed.iter().filter_map(|piece| if let Piece::Link(_, way) = piece { Some(*way) } else { None });
        let way_mistakes = ways.filter(|way| !WAYS.contains(way)).map(|way| {
            let message = format!("sentence `{key}` leads to `{way}`, which is no way of a customer's");
            Diagnostic::error("wording.way.unknown", at.as_str(), message, "lead to `plan`, `promise`, `dispute` or `preferences`")
        });
        blank_mistakes.chain(way_mistakes).collect()
    }

    /// The names of all sentences
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// A sentence as it is written
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.all.get(key)?.as_str()
    }

    /// A sentence with what stands in its blanks; `way` says where the words of a link lead, and a way that there is not leaves the words
    pub(super) fn line<'a>(&self, key: &str, value: impl Fn(&str) -> Option<&'a str>, way: impl Fn(&str) -> Option<&'a str>) -> Line {
        let sentence = self.get(key).and_then(parse).unwrap_or_default();
        let filled = |pieces: &[Text<'_>]| -> String {
            let piece = |text: &Text<'_>| match text {
                Text::Words(words) => String::from(*words),
                Text::Blank(name) => value(name).unwrap_or_default().into(),
            };
            pieces.iter().map(piece).collect()
        };
        let span = |piece: &Piece<'_>| match piece {
            Piece::Plain(text) => Span::Plain(filled(text)),
            Piece::Strong(text) => Span::Strong(filled(text)),
            Piece::Link(text, to) => match way(to) {
                Some(to) => Span::Link { words: filled(text), to: to.into() },
                None => Span::Plain(filled(text)),
            },
        };
        Line(sentence.iter().map(span).collect())
    }
}

/// Words or a blank
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text<'a> {
    Words(&'a str),
    Blank(&'a str),
}

/// Text that looks alike
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<'a> {
    Plain(Vec<Text<'a>>),
    Strong(Vec<Text<'a>>),
    Link(Vec<Text<'a>>, &'a str),
}

fn blanks<'a>(pieces: &[Piece<'a>]) -> BTreeSet<&'a str> {
    let texts = pieces.iter().flat_map(|piece| match piece {
        Piece::Plain(text) | Piece::Strong(text) | Piece::Link(text, _) => text,
    });
    texts.filter_map(|text| if let Text::Blank(name) = text { Some(*name) } else { None }).collect()
}

/// A sentence taken apart; nothing if a sign in it has no other end
fn parse(sentence: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some(at) = rest.find(['*', '[']) {
        let (before, marked) = rest.split_at_checked(at)?;
        if !before.is_empty() {
            pieces.push(Piece::Plain(texts(before)?));
        }
        let (piece, after) = match marked.strip_prefix('*') {
            Some(marked) => {
                let (strong, after) = marked.split_once('*')?;
                (Piece::Strong(texts(strong)?), after)
            }
            None => {
                let (words, after) = marked.strip_prefix('[')?.split_once("](")?;
                let (way, after) = after.split_once(')')?;
                (Piece::Link(texts(words)?, way), after)
            }
        };
        pieces.push(piece);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(texts(rest)?));
    }
    Some(pieces)
}

fn texts(words: &str) -> Option<Vec<Text<'_>>> {
    let mut texts = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (blank, after) = after.split_once('}')?;
        if !before.is_empty() {
            texts.push(Text::Words(before));
        }
        texts.push(Text::Blank(blank));
        rest = after;
    }
    if !rest.is_empty() {
        texts.push(Text::Words(rest));
    }
    (!words.replace(['{', '}'], "").contains(['*', '[', ']']) && !rest.contains('}')).then_some(texts)
}
