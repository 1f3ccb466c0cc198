//! A text as it is read: without tricks, and with the facts in it set aside.

use alloc::string::String;
use alloc::vec::Vec;

/// Stands for a fact that was set aside
const ASIDE: char = '\u{fffc}';

/// A text as it is read
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// Where it stands in the message
    pub(super) at: &'a str,
    /// All of it, blanks of one kind
    pub(super) whole: String,
    /// Without what the facts say
    pub(super) said: String,
}

impl<'a> Reading<'a> {
    pub(super) fn new(at: &'a str, text: &str, facts: &[String]) -> Self {
        let whole = normal(text);
        let said = facts.iter().fold(whole.clone(), |said, fact| set_aside(&said, fact));
        Self { at, whole, said }
    }

    /// The words that are not facts, in small letters
    pub(super) fn words(&self) -> Vec<String> {
        words(&self.said).map(str::to_lowercase).collect()
    }
}

/// The words of a text; what was set aside is one by itself, so that words before and after it do not meet
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |character: char| !character.is_alphanumeric() && character != ASIDE;
    text.split(is_end).filter(|word| !word.is_empty())
}

/// One kind of blank, one kind of minus, and nothing that is not seen
pub(super) fn normal(text: &str) -> String {
    let seen = text.chars().filter(|character| !is_unseen(*character));
    seen.map(|character| if matches!(character, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { character }).collect()
}

/// Soft hyphens, joiners, marks of direction: a word with one of them in it reads like the word
pub(super) fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text without a fact, where it stands by itself and not inside a word or a number
fn set_aside(text: &str, fact: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(fact) {
        let joins_before =
            before.chars().next_back().or_else(|| out.chars().next_back()).is_some_and(|one| joins(one, fact.chars().next()));
        let joins_after = after.chars().next().is_some_and(|one| joins(one, fact.chars().next_back()));
        let continues = fact.chars().all(|one| one.is_ascii_digit()) && starts_fraction(after);
        out.push_str(before);
        if joins_before || joins_after || continues {
            out.push_str(fact);
        } else {
            out.push(ASIDE);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn joins(one: char, edge: Option<char>) -> bool {
    one.is_alphanumeric() && edge.is_some_and(char::is_alphanumeric)
}

/// Whether a number goes on behind a fact of digits
fn starts_fraction(after: &str) -> bool {
    let mut characters = after.chars();
    matches!(characters.next(), Some(',' | '.')) && characters.next().is_some_and(|one| one.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, fact: &str) -> String {
        Reading::new("", text, &[fact.into()]).said
    }

    #[test]
    fn a_fact_is_set_aside_where_it_stands_by_itself() {
        assert_eq!(said("Mahn & Söhne mahnt", "Mahn & Söhne"), "\u{fffc} mahnt");
        assert_eq!(said("Rechnung 5 über 59,00", "5"), "Rechnung \u{fffc} über 59,00");
        assert_eq!(said("5,00 und 15 und 5.", "5"), "5,00 und 15 und \u{fffc}.");
        assert_eq!(said("aus Rom", "Ro"), "aus Rom");
    }

    #[test]
    fn what_is_not_seen_is_not_read() {
        assert_eq!(Reading::new("", "Pfän\u{ad}dung\u{200b}", &[]).words(), ["pfändung"]);
        assert_eq!(normal("4.\u{a0}Dezember"), "4. Dezember");
    }
}
