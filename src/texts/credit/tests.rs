use super::*;
use crate::legal::Consent;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString as _;

type File = BTreeMap<String, String>;

fn file(language: &str) -> File {
    let json = match language {
        "de" => include_str!("de.json"),
        "de-du" => include_str!("de-du.json"),
        "en" => include_str!("en.json"),
        "fr" => include_str!("fr.json"),
        "it" => include_str!("it.json"),
        _ => include_str!("nl.json"),
    };
    serde_json::from_str(json).unwrap()
}

fn blanks(text: &str) -> BTreeSet<String> {
    core::iter::successors(next_blank(text), |(_, _, after)| next_blank(after)).map(|(_, blank, _)| blank.to_string()).collect()
}

#[test]
fn every_language_says_everything_with_the_same_blanks() {
    let german = file("de");
    for language in ["en", "fr", "it", "nl"] {
        let other = file(language);
        assert!(german.keys().eq(other.keys()), "{language}");
        for (key, text) in &other {
            assert_eq!(blanks(text), blanks(&german[key]), "{language}: {key}");
        }
    }
    for (key, text) in file("de-du") {
        assert_eq!(blanks(&text), blanks(&german[&key]), "de-du: {key}");
        assert_ne!(text, german[&key], "de-du: {key} says the same as de.json");
    }
}

/// The widget's own texts say of a bureau the same, but are not loaded with these
#[test]
fn of_a_credit_bureau_both_files_say_the_same() {
    let widgets: [(&str, &str); 5] = [
        ("de", include_str!("../de.json")),
        ("en", include_str!("../en.json")),
        ("fr", include_str!("../fr.json")),
        ("it", include_str!("../it.json")),
        ("nl", include_str!("../nl.json")),
    ];
    for (language, json) in widgets {
        let widget: File = serde_json::from_str(json).unwrap();
        for key in ["bureau.none", "bureau.asked"] {
            assert_eq!(file(language)[key], widget[key], "{language}: {key}");
        }
    }
}

#[test]
fn nobody_is_shouted_at_but_by_the_law_and_drafts_say_so() {
    // Directive (EU) 2023/2225, Article 8(1), words the warning.
    let prescribed = ["credit.warning", "consent.instalments.terms", "consent.deferral.terms"];
    for language in Language::ALL {
        let texts = file(language.name());
        for (key, text) in &texts {
            assert!(!text.contains('!') || prescribed.contains(&key.as_str()), "{}: {key}", language.name());
            assert!(!text.contains(['~', '<', '>', '\u{1f}']) && text.trim() == text && !text.is_empty(), "{}: {key}", language.name());
        }
        if let Some(warning) = texts.get("credit.warning") {
            for consent in CreditConsent::ALL.map(CreditConsent::name) {
                assert!(texts[&format!("consent.{consent}.terms")].starts_with(warning.as_str()), "{}: {consent}", language.name());
                assert_eq!(
                    texts[&format!("consent.{consent}.version")].ends_with("-draft"),
                    language.is_draft(),
                    "{}: {consent}",
                    language.name()
                );
            }
        }
    }
}

#[test]
fn a_person_is_addressed_in_one_way() {
    let words = |text: &str| -> Vec<String> { text.split(|c: char| !c.is_alphanumeric()).map(str::to_string).collect() };
    let (german, du) = (file("de"), file("de-du"));
    for (key, text) in &german {
        assert!(!words(text).iter().any(|word| ["du", "dich", "dir"].contains(&word.as_str()) || word.starts_with("dein")), "de: {key}");
        let spoken = du.get(key).unwrap_or(text);
        assert!(!words(spoken).iter().any(|word| ["Sie", "Ihnen"].contains(&word.as_str()) || word.starts_with("Ihr")), "de-du: {key}");
    }
}

fn plan(texts: &CreditTexts) -> Wording {
    let day = |month, day| Day { year: 2027, month, day, weekday: 0 };
    let schedule = [("28,86 €".to_string(), day(1, 20)), ("28,85 €".to_string(), day(2, 22))];
    let plan = PlanParticulars {
        merchant: "Kiesel & {Lein}",
        bureau: None,
        amount: "57,00 €",
        total: "57,71 €",
        cost: "0,71 €",
        interest: "9,48",
        annual_rate: "9,89",
        schedule: &schedule,
    };
    texts.wording(CreditConsent::Instalments, &plan).unwrap()
}

/// Both go under the id of the method's consent, so the version says which of them was agreed to
#[test]
fn what_is_told_of_a_deferral_as_credit_has_a_version_of_its_own() {
    for language in Language::ALL {
        let deferral = &file(if language == Language::GermanDu { "de" } else { language.name() })["consent.deferral.version"];
        for free in [Consent::Invoice, Consent::PayLater] {
            let [version, ..] = free.keys();
            assert_ne!(language.texts().unwrap().get(version), deferral.as_bytes(), "{}", language.name());
        }
    }
}

#[test]
fn a_deferral_is_agreed_to_with_all_its_figures() {
    let schedule = [("102,50 €".to_string(), Day { year: 2027, month: 2, day: 19, weekday: 4 })];
    let deferral = PlanParticulars {
        merchant: "Kiesel & Lein",
        bureau: None,
        amount: "100,00 €",
        total: "102,50 €",
        cost: "2,50 €",
        interest: "0,00",
        annual_rate: "10,54",
        schedule: &schedule,
    };
    let wording = CreditTexts::of(Language::GermanDu).unwrap().wording(CreditConsent::Deferral, &deferral).unwrap();
    assert_eq!((wording.version.as_str(), wording.title.as_str()), ("credit-1", "Bedingungen des Zahlungsaufschubs"));
    assert!(
        wording.text.starts_with("Ich möchte später zahlen, und zwar 102,50 € am 19. Februar 2027 an Kiesel & Lein."),
        "{}",
        wording.text
    );
    for said in
        ["Achtung! ", "auf einmal: 102,50 € am 19. Februar 2027.", "davon Kosten 2,50 €", "Jahreszins 10,54 %", "innerhalb von 14 Tagen"]
    {
        assert!(wording.terms.contains(said), "{said}: {}", wording.terms);
    }
}

#[test]
fn a_plan_is_agreed_to_with_all_its_figures() {
    let wording = plan(&CreditTexts::of(Language::German).unwrap());
    assert_eq!(
        wording.text,
        "Ich möchte in 2 Raten zahlen, zusammen 57,71 € an Kiesel & {Lein}, die erste am 20. Januar 2027. Die Kreditinformationen habe ich \
         erhalten und gelesen. Kiesel & {Lein} prüft dafür automatisch Warenkorb, Adresse und bisherige Bestellungen, ohne Auskunftei."
    );
    let figures = ["28,86 € am 20. Januar 2027, 28,85 € am 22. Februar 2027", "57,71 €", "0,71 €", "9,48 %", "9,89 %", "57,00 €"];
    assert!(figures.iter().all(|figure| wording.terms.contains(figure)), "{}", wording.terms);
    for language in Language::ALL {
        let said = plan(&CreditTexts::of(language).unwrap());
        assert!(said.terms.contains("9,89") && said.terms.contains("2027") && said.text.contains("{Lein}"), "{}", language.name());
    }
}

#[test]
fn debt_advice_is_said_as_the_browser_says_it() {
    let german = CreditTexts::of(Language::German).unwrap();
    assert_eq!(german.advice("DE").as_deref(), Some("Bei Geldsorgen hilft kostenlos: Schuldnerberatung, www.meine-schulden.de"));
    assert_eq!(german.advice("XX").as_deref(), Some("Bei Geldsorgen hilft kostenlos: eine anerkannte Schuldnerberatung in Ihrer Nähe"));
    let dutch = CreditTexts::of(Language::Dutch).unwrap();
    assert_eq!(dutch.advice("NL").as_deref(), Some("Bij geldzorgen is er gratis hulp: Geldfit, geldfit.nl, 0800-8115"));
}

#[test]
fn what_there_is_not_is_not_said() {
    let texts = CreditTexts::of(Language::English).unwrap();
    assert_eq!(texts.sentence("plan.nothing", &[]), None);
    assert_eq!(texts.sentence("plan.each", &[]).as_deref(), Some(" each"), "a blank that nobody fills stays empty");
    let nothing =
        PlanParticulars { merchant: "", bureau: None, amount: "", total: "", cost: "", interest: "", annual_rate: "", schedule: &[] };
    assert!(CreditConsent::ALL.iter().all(|consent| texts.wording(*consent, &nothing).is_none()));
}
