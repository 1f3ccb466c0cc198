//! How a text sounds: threats, shame, hurry, selling, shouting; one language, one form of address; nothing private outside.

use super::lists::Lists;
use super::reading::{Reading, words};
use crate::bundled::Language;
use alloc::format;
use alloc::vec::Vec;
use tresen_core::collect::message::{Occasion, Particulars};
use tresen_core::diag::Diagnostic;

/// Lists, what finding one of them is called, and what to do then
const TONES: [(&str, &str, &str); 4] = [
    ("threat", "collect.tone.threat", "say what follows as a fact, with its day and its cost, or leave it out"),
    (
        "shame",
        "collect.tone.shame",
        "say what is open and what to do, nothing about the person; a word that belongs to a name goes into the facts",
    ),
    ("hurry", "collect.tone.hurry", "name the last day instead"),
    ("promotion", "collect.tone.promotion", "sell elsewhere: nobody has agreed to advertising here (UWG section 7)"),
];

/// Capitals in a row that shout
const SHOUT_LETTERS: usize = 5;

pub(super) fn check(reading: &Reading<'_>, lists: &Lists, particulars: &Particulars, found: &mut Vec<Diagnostic>) {
    let words = reading.words();
    for (list, code, help) in TONES {
        found.extend(
            lists
                .all_found(list, &words)
                .map(|entry| Diagnostic::error(code, reading.at, format!("`{}` has no place in a message", shown(entry)), help)),
        );
    }
    let is_settled = matches!(particulars.occasion, Occasion::Reminder { hand_over: Some(_), .. });
    if let Some(entry) = lists.found("agency", &words).filter(|_| !is_settled) {
        let message = format!("`{}` is a threat where no hand-over is settled", shown(entry));
        found.push(Diagnostic::error("collect.tone.threat", reading.at, message, "name a hand-over in the final notice, with its day"));
    }
    shouting(reading, found);
}

fn shouting(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let mut shouts = |what: &str, help: &'static str| {
        found.push(Diagnostic::error("collect.tone.shouting", reading.at, format!("`{what}` shouts"), help));
    };
    if reading.said.contains('!') {
        shouts("!", "end the sentence with a full stop");
    }
    let is_loud = |word: &&str| word.chars().count() >= SHOUT_LETTERS && word.chars().all(char::is_uppercase);
    if let Some(word) = words(&reading.said).find(is_loud) {
        shouts(word, "write it in small letters");
    }
}

/// What everybody may see: neither what it is about, nor how much
pub(super) fn outside(reading: &Reading<'_>, lists: &Lists, found: &mut Vec<Diagnostic>) {
    let words = reading.words();
    found.extend(lists.all_found("private", &words).map(|entry| {
        let message = format!("`{}` is read on a lock screen", shown(entry));
        let help = "say that there is a message about the order, and everything else inside; a link says nothing either";
        Diagnostic::error("collect.outside.private", reading.at, message, help)
    }));
    if reading.whole.trim().is_empty() {
        let help = "say that there is a message about the order";
        found.push(Diagnostic::error("collect.outside.empty", reading.at, "nothing stands there", help));
    }
}

/// One language and, in German, one form of address
pub(super) fn language(reading: &Reading<'_>, lists: &Lists, language: Language, found: &mut Vec<Diagnostic>) {
    if let Some((other, word)) = lists.foreign(language, &reading.words()) {
        let message = format!("`{word}` belongs to `{other}`, and the message is in `{}`", language.name());
        found.push(Diagnostic::error("collect.language.mixed", reading.at, message, "write all of it in one language"));
    }
    let wrong = match language {
        Language::GermanDu => words(&reading.said).find(|word| lists.entries("sie").any(|entry| entry == *word)),
        Language::German => words(&reading.said).find(|word| {
            let small = word.to_lowercase();
            lists.entries("du").any(|entry| entry == small)
        }),
        Language::English | Language::French | Language::Italian | Language::Dutch => None,
    };
    if let Some(word) = wrong {
        let message = format!("`{word}` speaks to the person in another way than the rest");
        found.push(Diagnostic::error("collect.address.mixed", reading.at, message, "say Sie throughout, or du"));
    }
}

/// An entry of a list as a person reads it
fn shown(entry: &str) -> &str {
    entry.trim_matches('*')
}
