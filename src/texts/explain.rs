//! The sentences that explain a decision to the person whom it is about: for the service alone.
//!
//! They are found by their names, for which of them a decision needs follows from its facts: `fact.cart.total`, `choice.home`. Where debt
//! advice is to be had stands with the texts about credit.

use alloc::string::String;

use crate::bundled::Language;

/// The sentences in one language
#[derive(Debug, Clone)]
pub struct Explaining(serde_json::Map<String, serde_json::Value>);

impl Explaining {
    /// The sentences of a language; `None` only if its file in this build is damaged, which a test rules out
    #[must_use]
    pub fn of(language: Language) -> Option<Self> {
        let (base, over) = match language {
            Language::German => (include_str!("explain/de.json"), "{}"),
            Language::GermanDu => (include_str!("explain/de.json"), include_str!("explain/de-du.json")),
            Language::English => (include_str!("explain/en.json"), "{}"),
            Language::French => (include_str!("explain/fr.json"), "{}"),
            Language::Italian => (include_str!("explain/it.json"), "{}"),
            Language::Dutch => (include_str!("explain/nl.json"), "{}"),
        };
        Some(Self::read(base)?.with(Self::read(over)?))
    }

    /// These sentences, and in place of some of them others
    pub(crate) fn with(mut self, mut over: Self) -> Self {
        self.0.append(&mut over.0);
        self
    }

    /// A sentence as it stands in its file
    #[cfg(test)]
    pub(crate) fn source(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// The sentences of a file
    pub(crate) fn read(source: &str) -> Option<Self> {
        serde_json::from_str(source).ok().map(Self)
    }

    /// The sentence of that name, if there is one, with what stands in its blanks
    #[must_use]
    pub fn say(&self, name: &str, blanks: &[(&str, &str)]) -> Option<String> {
        let mut rest = self.0.get(name)?.as_str()?;
        let mut said = String::with_capacity(rest.len());
        // Blank by blank, so that what was filled in is not looked through for blanks.
        while let Some((before, blank)) = rest.split_once('{') {
            let (blank, behind) = blank.split_once('}')?;
            said.push_str(before);
            said.push_str(blanks.iter().find(|(name, _)| *name == blank)?.1);
            rest = behind;
        }
        said.push_str(rest);
        Some(said)
    }

    /// The names of all sentences
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    use alloc::vec::Vec;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        text.split(|letter: char| !letter.is_alphanumeric()).collect()
    }

    fn all() -> Vec<(Language, Explaining)> {
        Language::ALL.into_iter().map(|language| (language, Explaining::of(language).unwrap())).collect()
    }

    #[test]
    fn every_language_has_the_same_sentences_with_the_same_blanks() {
        let german = Explaining::of(Language::German).unwrap();
        assert!(german.0.len() > 100, "{}", german.0.len());
        for (language, texts) in all() {
            assert!(texts.names().eq(german.names()), "{language:?}");
            for (name, text) in &texts.0 {
                let (text, german) = (text.as_str().unwrap(), german.0[name].as_str().unwrap());
                assert!(!text.trim().is_empty() && text.trim() == text && !text.contains(['*', '\n']), "{language:?}: {name}");
                assert_eq!(placeholders(text), placeholders(german), "{language:?}: {name}");
            }
        }
        let du: serde_json::Map<String, serde_json::Value> = serde_json::from_str(include_str!("explain/de-du.json")).unwrap();
        assert!(du.iter().all(|(name, text)| german.0[name] != *text), "de-du.json says what de.json says");
    }

    #[test]
    fn each_language_speaks_to_a_person_in_one_way() {
        for (language, texts) in all() {
            let others: &[&str] = match language {
                Language::German => &["du", "dich", "dir", "dein", "deine", "deiner", "deinem", "deinen"],
                Language::GermanDu => &["Sie", "Ihnen", "Ihr", "Ihre", "Ihrer", "Ihrem", "Ihren"],
                Language::French => &["tu", "toi", "ton", "ta", "tes"],
                Language::Italian => &["tu", "te", "tuo", "tua", "tuoi"],
                Language::Dutch => &["je", "jij", "jou", "jouw"],
                Language::English => &[],
            };
            for (name, text) in &texts.0 {
                let found = words(text.as_str().unwrap()).into_iter().find(|word| others.contains(word));
                assert_eq!(found, None, "{language:?}: {name}");
            }
        }
    }

    #[test]
    fn nothing_shames_and_nothing_names_debts() {
        let avoided = [
            "schuld",
            "rückstand",
            "säumig",
            "mahnung",
            "abgelehnt",
            "ablehnung",
            "bonität",
            "leider",
            "limit",
            "debt",
            "arrears",
            "declined",
            "rejected",
            "unfortunately",
            "dette",
            "endett",
            "refusé",
            "rejeté",
            "malheureusement",
            "debit",
            "rifiutat",
            "respint",
            "purtroppo",
            "geweigerd",
            "afgewezen",
            "helaas",
        ];
        for (language, texts) in all() {
            for (name, text) in &texts.0 {
                let spoken = text.as_str().unwrap().to_lowercase();
                assert!(avoided.iter().all(|word| !spoken.contains(word)), "{language:?}: {name}: {spoken}");
            }
        }
    }

    #[test]
    fn blanks_are_filled_once_and_a_blank_without_a_value_is_noticed() {
        let texts = Explaining::of(Language::English).unwrap();
        assert_eq!(texts.say("source.shop", &[("merchant", "{name}")]).unwrap(), "from {name}");
        assert_eq!(texts.say("source.shop", &[]), None);
        assert_eq!(texts.say("source.nobody", &[]), None);
    }
}
