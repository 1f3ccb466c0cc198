use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;
use crate::legal::{Consent, Particulars};
use crate::render::Day;

type File = BTreeMap<String, String>;

fn files() -> [(&'static str, File); 3] {
    [("de", include_str!("../de.json")), ("de-du", include_str!("../de-du.json")), ("en", include_str!("../en.json"))]
        .map(|(name, json)| (name, serde_json::from_str(json).unwrap()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn the_keys_are_those_of_the_german_file_in_its_order() {
    let mut order: Vec<(usize, &str)> = Vec::new();
    for (index, (key, name)) in NAMES.into_iter().enumerate() {
        assert_eq!(key as usize, index);
        let quoted = alloc::format!("\n  \"{name}\": ");
        order.push((include_str!("../de.json").find(&quoted).unwrap(), name));
    }
    assert!(order.is_sorted(), "keys.rs is out of step with de.json: run node js/build/texts.mjs");
    assert_eq!(files()[0].1.len(), NAMES.len());
    let names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
    let digest: String = Sha256::digest([&names[..], &BLANK_NAMES].concat().join("\n").as_bytes())
        .iter()
        .take(4)
        .map(|b| alloc::format!("{b:02x}"))
        .collect();
    assert_eq!(digest, FINGERPRINT);
}

#[test]
fn every_language_has_the_same_keys_and_placeholders() {
    let [(_, de), (_, du), (_, en)] = files();
    assert!(de.keys().eq(en.keys()));
    for (name, text) in du.iter().chain(&en) {
        let german = de.get(name).unwrap_or_else(|| panic!("de-du.json: {name} is not in de.json"));
        assert_eq!(placeholders(text), placeholders(german), "{name}");
    }
    for (name, text) in &du {
        assert_ne!(Some(text), de.get(name), "de-du.json: {name} says the same as de.json");
    }
}

#[test]
fn nothing_is_empty_and_nothing_is_shouted() {
    // The law words this one (Directive (EU) 2023/2225, article 8(1)).
    let prescribed = ["body.instalments"];
    for (language, file) in files() {
        for (name, text) in &file {
            assert!(!text.trim().is_empty(), "{language}: {name}");
            assert_eq!(text.trim(), text, "{language}: {name}");
            assert!(!text.contains('!') || prescribed.contains(&name.as_str()), "{language}: {name}");
            assert!(!text.contains(['~', '<', '>']), "{language}: {name}");
            assert_eq!(text.matches('*').count() % 2, 0, "{language}: {name}");
        }
    }
}

#[test]
fn a_person_is_addressed_in_one_way() {
    let [(_, de), (_, du), _] = files();
    let formal = |word: &str| ["Sie", "Ihnen"].contains(&word) || word.starts_with("Ihr");
    let familiar = |word: &str| {
        let word = word.to_lowercase();
        ["du", "dich", "dir"].contains(&word.as_str()) || (word.starts_with("dein") && word.len() <= 7)
    };
    for (name, text) in &de {
        assert!(!words(text).any(familiar), "de: {name}: {text}");
        let spoken = du.get(name).unwrap_or(text);
        assert!(!words(spoken).any(formal), "de-du: {name}: {spoken}");
    }
}

#[test]
fn words_to_avoid_are_avoided() {
    let german = [
        "schulden",
        "rückstand",
        "säumig",
        "mahnung",
        "zahlungsaufforderung",
        "umgehend",
        "unverzüglich",
        "letztmalig",
        "gratis",
        "abgelehnt",
        "ablehnung",
        "nicht berechtigt",
        "limit",
        "verifizierung",
        "reklamation",
        "einspruch",
        "zahlungsunfähig",
        "härtefall",
        "ticket",
        "support",
        "ungültig",
        "zeitnah",
        "bonität",
        "leider",
    ];
    let english = [
        "debt",
        "arrears",
        "delinquent",
        "dunning",
        "demand",
        "final warning",
        "immediately",
        "without delay",
        "declined",
        "rejected",
        "ineligible",
        "limit",
        "verification",
        "dispute",
        "hardship",
        "ticket",
        "invalid",
        "unfortunately",
    ];
    for (language, file) in files() {
        let avoided: &[&str] = if language == "en" { &english } else { &german };
        for (name, text) in &file {
            let spoken = text.replace("{limit}", "").to_lowercase();
            for word in avoided {
                assert!(!spoken.contains(word), "{language}: {name} says `{word}`");
            }
        }
    }
}

#[test]
fn a_language_is_chosen_along_the_tag() {
    assert_eq!(Language::choose("de-CH", "sie"), Language::German);
    assert_eq!(Language::choose("DE", "du"), Language::GermanDu);
    assert_eq!(Language::choose("en-GB", "du"), Language::English);
    assert_eq!(Language::choose("fr", "sie"), Language::English);
    assert_eq!(Language::choose("den", "sie"), Language::English);
}

fn particulars() -> Particulars<'static> {
    Particulars {
        merchant: "Musterladen GmbH",
        creditor: None,
        amount: "168,40\u{a0}€",
        fee: None,
        due: Some(Day { year: 2026, month: 12, day: 7, weekday: 0 }),
        days: Some(14),
    }
}

#[test]
fn a_consent_text_is_complete_in_every_language() {
    for language in Language::ALL {
        let texts = language.texts().unwrap();
        for consent in Consent::ALL {
            assert_eq!(Consent::from_id(consent.id()), Some(consent));
            for order in [
                particulars(),
                Particulars { due: None, ..particulars() },
                Particulars { due: None, days: None, fee: Some("1,50 €"), creditor: Some("DE98ZZZ09999999999"), ..particulars() },
            ] {
                let wording = Wording::new(&texts, consent, &order);
                assert!(!wording.exact().contains(['{', '}', '*']), "{}", wording.exact());
                assert!(!wording.exact().contains("  "), "{}", wording.exact());
                assert!(wording.text.contains("168,40") && wording.text.contains("Musterladen"));
            }
        }
    }
}

/// The bytes of a legal text are what a stored consent points to: whoever changes one raises its version.
#[test]
fn the_wording_of_version_1() {
    let texts = Language::German.texts().unwrap();
    let wording = Wording::new(&texts, Consent::Invoice, &particulars());
    assert_eq!(
        wording.text,
        "Ich möchte auf Rechnung kaufen und zahle 168,40\u{a0}€ bis Montag, 7.\u{a0}Dezember 2026 an Musterladen GmbH. Die Bedingungen des \
         Rechnungskaufs habe ich gelesen. Musterladen GmbH prüft dafür automatisch Warenkorb, Adresse und bisherige Bestellungen, ohne \
         Auskunftei."
    );
    assert_eq!(wording.version, "1");
    let hashes: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            let texts = language.texts().unwrap();
            Consent::ALL.map(|consent| text_hash(&Wording::new(&texts, consent, &particulars()))[..8].to_string())
        })
        .collect();
    assert_eq!(hashes.join(" "), "5db70b58 df6f9249 25978f23 9b720568 915ad9c6 e81a6cd5 370a9b78 331dbc4a 1a4a101c");
}
