//! What a customer gets back for something that they asked for in their account: in text form, to keep.
//!
//! In the languages in which there are messages at all; found by their names: `dispute`, `name.plan`.

use crate::bundled::Language;
use crate::explain::Explaining;

/// The sentences of a language; in English where it is a draft. `None` only if a file of this build is damaged, which a test rules out
#[must_use]
pub fn receipts(language: Language) -> Option<Explaining> {
    let (base, over) = match language {
        Language::German => (include_str!("receipt/de.json"), "{}"),
        Language::GermanDu => (include_str!("receipt/de.json"), include_str!("receipt/de-du.json")),
        Language::English | Language::French | Language::Italian | Language::Dutch => (include_str!("receipt/en.json"), "{}"),
    };
    Some(Explaining::read(base)?.with(Explaining::read(over)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    use alloc::string::String;

    fn names(language: Language) -> BTreeSet<String> {
        receipts(language).unwrap().names().map(String::from).collect()
    }

    /// The blanks of a sentence
    fn blanks(language: Language, name: &str) -> BTreeSet<String> {
        let sentences = receipts(language).unwrap();
        let source = sentences.source(name).unwrap();
        source.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().into()).collect()
    }

    #[test]
    fn all_languages_say_the_same_things_of_the_same_blanks() {
        for language in [Language::GermanDu, Language::English] {
            assert_eq!(names(language), names(Language::German));
            for name in names(language) {
                assert_eq!(blanks(language, &name), blanks(Language::German, &name), "{name}");
            }
        }
    }

    #[test]
    fn nobody_who_is_told_du_is_told_sie_and_no_subject_shames() {
        let words = |text: &str| text.split(|letter: char| !letter.is_alphabetic()).map(String::from).collect::<BTreeSet<_>>();
        let (du, sie) = (receipts(Language::GermanDu).unwrap(), receipts(Language::German).unwrap());
        for name in names(Language::German) {
            let familiar = words(du.source(&name).unwrap());
            for formal in ["Sie", "Ihr", "Ihre", "Ihnen", "Ihrem", "Ihren"] {
                assert!(!familiar.contains(formal), "{name}");
            }
            let formal = words(sie.source(&name).unwrap());
            for familiar in ["du", "Du", "dein", "deine", "dir", "dich", "deinem"] {
                assert!(!formal.contains(familiar), "{name}");
            }
        }
        for language in [Language::German, Language::GermanDu, Language::English] {
            let subject = receipts(language).unwrap().source("subject").unwrap().to_lowercase();
            for shaming in ["mahn", "forderung", "schuld", "rate", "debt", "remind", "instalment"] {
                assert!(!subject.contains(shaming), "{subject}");
            }
        }
    }
}
