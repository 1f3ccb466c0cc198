//! The sentences that tell what has happened to a claim: for the merchant's file, in German and English.
//!
//! They are found by their names: `event.PaymentAllocated`, `actor.shop`, `hold.dispute`.

use crate::bundled::Language;
use crate::explain::Explaining;

/// The sentences of a language, which is English where it is neither; `None` only if a file of this build is damaged, which a test rules out
#[must_use]
pub fn history(language: Language) -> Option<Explaining> {
    Explaining::read(match language {
        Language::German | Language::GermanDu => include_str!("history/de.json"),
        Language::English | Language::French | Language::Italian | Language::Dutch => include_str!("history/en.json"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn both_languages_say_the_same_things() {
        let names = |language| history(language).unwrap().names().map(alloc::string::String::from).collect::<BTreeSet<_>>();
        assert_eq!(names(Language::German), names(Language::English));
    }
}
