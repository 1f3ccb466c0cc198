use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::*;
use crate::legal::{Consent, Particulars};
use crate::render::Day;

type File = BTreeMap<String, String>;

fn files() -> [(&'static str, File); 6] {
    [
        ("de", include_str!("../de.json")),
        ("de-du", include_str!("../de-du.json")),
        ("en", include_str!("../en.json")),
        ("fr", include_str!("../fr.json")),
        ("it", include_str!("../it.json")),
        ("nl", include_str!("../nl.json")),
    ]
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
    let [(_, de), (_, du), others @ ..] = files();
    for (language, file) in &others {
        assert!(de.keys().eq(file.keys()), "{language}");
    }
    for (language, file) in others.iter().chain(&[("de-du", du.clone())]) {
        for (name, text) in file {
            let german = de.get(name).unwrap_or_else(|| panic!("{language}: {name} is not in de.json"));
            assert_eq!(placeholders(text), placeholders(german), "{language}: {name}");
        }
        let parts = |name: &str| file.get(name).map_or(0, |list| list.split('|').count());
        assert!(*language == "de-du" || [parts("date.weekdays"), parts("date.months")] == [7, 12], "{language}");
    }
    for (name, text) in &du {
        assert_ne!(Some(text), de.get(name), "de-du.json: {name} says the same as de.json");
    }
}

#[test]
fn nothing_is_empty_and_nothing_is_shouted() {
    for (language, file) in files() {
        for (name, text) in &file {
            assert!(!text.trim().is_empty(), "{language}: {name}");
            assert_eq!(text.trim(), text, "{language}: {name}");
            assert!(!text.contains('!'), "{language}: {name}");
            assert!(!text.contains(['~', '<', '>']), "{language}: {name}");
            assert_eq!(text.matches('*').count() % 2, 0, "{language}: {name}");
        }
    }
}

#[test]
fn a_person_is_addressed_in_one_way() {
    let [(_, de), (_, du), ..] = files();
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

/// Every file of a draft, the questions aside: there people speak as they like
fn drafts() -> Vec<(&'static str, &'static str)> {
    let of = |language: &'static str, files: &[&'static str]| files.iter().map(|file| (language, *file)).collect::<Vec<_>>();
    macro_rules! files {
        ($language:literal) => {
            [
                include_str!(concat!("../", $language, ".json")),
                include_str!(concat!("../account/", $language, ".json")),
                include_str!(concat!("../credit/", $language, ".json")),
                include_str!(concat!("../explain/", $language, ".json")),
                include_str!(concat!("../hint/", $language, ".json")),
                include_str!(concat!("../hours/", $language, ".json")),
                include_str!(concat!("../mail/", $language, ".json")),
                include_str!(concat!("../settle/", $language, ".json")),
                include_str!(concat!("../steps/", $language, ".json")),
            ]
        };
    }
    [of("fr", &files!("fr")), of("it", &files!("it")), of("nl", &files!("nl"))].concat()
}

#[test]
fn a_draft_addresses_a_person_formally() {
    for (language, file) in drafts() {
        let familiar: &[&str] = match language {
            "fr" => &["tu", "toi", "ton", "ta", "tes"],
            "it" => &["tu", "ti", "te", "tuo", "tua", "tuoi", "tue", "puoi", "hai", "vuoi", "devi"],
            _ => &["je", "jij", "jou", "jouw", "jullie"],
        };
        let file: File = serde_json::from_str(file).unwrap();
        for (name, text) in &file {
            let found = words(text).find(|word| familiar.contains(&word.to_lowercase().as_str()));
            assert_eq!(found, None, "{language}: {name}: {text}");
        }
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
    let french = [
        "dette",
        "arriéré",
        "impayé",
        "mise en demeure",
        "sommation",
        "immédiatement",
        "sans délai",
        "gratuit",
        "refusé",
        "rejeté",
        "éligible",
        "limite",
        "réclamation",
        "litige",
        "ticket",
        "support",
        "invalide",
        "malheureusement",
        "insolvab",
    ];
    let italian = [
        "indebit",
        "arretrat",
        "moros",
        "sollecit",
        "diffida",
        "immediatamente",
        "gratis",
        "gratuit",
        "rifiutat",
        "respint",
        "idone",
        "limite",
        "verifica",
        "reclamo",
        "contestazione",
        "ticket",
        "non valid",
        "purtroppo",
        "insolven",
    ];
    let dutch = [
        "schuld",
        "achterstand",
        "aanmaning",
        "sommatie",
        "onmiddellijk",
        "onverwijld",
        "gratis",
        "geweigerd",
        "afgewezen",
        "afgekeurd",
        "limiet",
        "verificatie",
        "klacht",
        "geschil",
        "ticket",
        "ongeldig",
        "helaas",
    ];
    for (language, file) in files() {
        let avoided: &[&str] = match language {
            "en" => &english,
            "fr" => &french,
            "it" => &italian,
            "nl" => &dutch,
            _ => &german,
        };
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
    assert_eq!(Language::choose("fr-BE", "du"), Language::French);
    assert_eq!(Language::choose("IT", "sie"), Language::Italian);
    assert_eq!(Language::choose("nl_BE", "sie"), Language::Dutch);
    assert_eq!(Language::choose("pl", "sie"), Language::English);
    assert_eq!(Language::choose("nld", "sie"), Language::English);
    assert_eq!(Language::choose("den", "sie"), Language::English);
}

fn particulars() -> Particulars<'static> {
    Particulars {
        merchant: "Musterladen GmbH",
        creditor: None,
        bureau: None,
        amount: "168,40\u{a0}€",
        fee: None,
        due: Some(Day { year: 2026, month: 12, day: 7, weekday: 0 }),
        days: Some(14),
    }
}

#[test]
fn whoever_asks_a_credit_bureau_names_it_and_whoever_does_not_says_so() {
    for language in Language::ALL {
        let texts = language.texts().unwrap();
        for consent in [Consent::Invoice, Consent::PayLater] {
            let said = |bureau| Wording::new(&texts, consent, &Particulars { bureau, ..particulars() }).text;
            let (asked, not) = (said(Some("Auskunft Muster")), said(None));
            assert!(asked.ends_with("Auskunft Muster.") && !not.contains("Auskunft Muster") && asked != not, "{asked}");
        }
    }
    let german = Language::German.texts().unwrap();
    assert!(Wording::new(&german, Consent::Invoice, &particulars()).text.ends_with("bisherige Bestellungen, ohne Auskunftei."));
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
        .filter(|language| !language.is_draft())
        .flat_map(|language| {
            let texts = language.texts().unwrap();
            Consent::ALL.map(|consent| text_hash(&Wording::new(&texts, consent, &particulars()))[..8].to_string())
        })
        .collect();
    assert_eq!(hashes.join(" "), "5db70b58 df6f9249 25978f23 9b720568 915ad9c6 e81a6cd5 370a9b78 331dbc4a 1a4a101c");
}

#[test]
fn what_is_agreed_to_in_a_draft_is_told_by_its_version() {
    for language in Language::ALL {
        let texts = language.texts().unwrap();
        for consent in Consent::ALL {
            let version = Wording::new(&texts, consent, &particulars()).version;
            assert_eq!(version.ends_with("-draft"), language.is_draft(), "{language:?}: {consent:?} {version}");
        }
    }
}

/// How the words, the date and the amount of each language stand together in one sentence.
#[test]
fn a_sentence_in_each_language() {
    let paid = |language: Language, amount: &str| {
        let wording = Wording::new(&language.texts().unwrap(), Consent::Invoice, &Particulars { amount, ..particulars() });
        String::from(wording.text.split_inclusive('.').next().unwrap())
    };
    assert_eq!(
        paid(Language::French, "1\u{202f}234,50\u{a0}€"),
        "Je souhaite acheter sur facture et je paierai 1\u{202f}234,50\u{a0}€ au plus tard le lundi 7\u{a0}décembre 2026 à Musterladen GmbH."
    );
    assert_eq!(
        paid(Language::Italian, "1234,50\u{a0}€"),
        "Desidero acquistare con fattura e pagherò 1234,50\u{a0}€ entro lunedì 7\u{a0}dicembre 2026 a Musterladen GmbH."
    );
    assert_eq!(
        paid(Language::Dutch, "€\u{a0}1234,50"),
        "Ik wil op rekening kopen en betaal €\u{a0}1234,50 uiterlijk maandag 7\u{a0}december 2026 aan Musterladen GmbH."
    );
}
