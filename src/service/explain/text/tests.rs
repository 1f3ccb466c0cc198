use super::*;
use crate::engine::Policy;
use serde_json::{Value, json};
use tresen_core::facts::{FactIndex, known};
use tresen_wire::http::Facts;

const SCORED: &str = include_str!("../../../../examples/policies/de-scorecard.json");

fn explanation(source: &Value, method: &str, said: Value) -> Explanation {
    let (policy, _) = Policy::compile(&source.to_string()).unwrap();
    let Value::Object(facts): Value = said else { panic!() };
    let facts: Facts = facts;
    let today = "2026-11-21".parse().unwrap();
    policy.explain(source, &facts, &|name| name.starts_with("account."), today, method).unwrap().unwrap()
}

fn source() -> Value {
    serde_json::from_str(SCORED).unwrap()
}

fn eur(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

fn regular() -> Value {
    json!({
        "cart.total": eur(45_000), "shipping.same_as_billing": false, "shipping.country": "AT", "billing.country": "DE", "customer.birth_date": "1980-01-01",
        "customer.signed_in": true, "customer.known": true, "history.orders_paid": 4, "history.paid_on_time": 3, "history.dunning_level_max": 2,
        "account.open_balance": eur(10_000), "account.overdue_balance": eur(10_000), "account.overdue_count": 1, "order.origin_channel": "instagram"
    })
}

#[test]
fn a_refusal_is_explained_in_german_as_a_person_would() {
    let text =
        explanation_text(&explanation(&source(), "invoice", regular()), "Kiesel & Lein", Language::German, Some("refused"), Reader::Person)
            .unwrap();
    assert_eq!(text.title, "Wie es zu dieser Entscheidung kam: Rechnung");
    let has = |sentence: &str| assert!(text.plain.contains(sentence), "{sentence}\n\n{}", text.plain);
    has("Am 21. November 2026 wurde geprüft, ob Sie Ihre Bestellung bei Kiesel & Lein");
    has("Entschieden hat ein Programm");
    has("- Rechnungen, deren Zahltag vorbei war: 1 (aus Ihren bisherigen Käufen bei Kiesel & Lein)\n");
    has("- Höchste Stufe einer Zahlungserinnerung: 2 (von Kiesel & Lein; sprach dagegen)\n");
    has("- Pünktlich bezahlte Rechnungen: 3 (von Kiesel & Lein; sprach dafür)\n");
    has("Bekannt, für diese Zahlart aber nicht verwendet:");
    has("Was nie zählt: Geschlecht");
    has("von einem Menschen bei Kiesel & Lein prüfen lassen");
    for hidden in ["overdue", "too_risky", "account.", "history.", "medium", "ppm", "{", "}", "*", "Schuldner"] {
        assert!(!text.plain.contains(hidden), "{hidden}\n\n{}", text.plain);
    }
}

#[test]
fn what_is_told_of_a_history_depends_on_who_stands_there() {
    let mut guest = regular();
    guest["customer.signed_in"] = json!(false);
    let text = |said: Value| {
        explanation_text(&explanation(&source(), "invoice", said), "Kiesel & Lein", Language::German, Some("refused"), Reader::Person)
            .unwrap()
            .plain
    };
    let (known, unknown) = (text(regular()), text(guest));
    assert!(known.contains("die offene Zahlung von 100,00\u{a0}€") || known.contains("Rechnungen, deren Zahltag vorbei war: 1"), "{known}");
    assert!(!unknown.contains("100,00") && !unknown.contains("vorbei war: 1"), "{unknown}");
    assert!(unknown.contains("Rechnungen, deren Zahltag vorbei war (aus"), "that it counted is told all the same: {unknown}");
}

/// The same person, on a page: what counted is named, what only servers know is not, and no word of the shop's own about it
#[test]
fn on_a_page_no_value_of_a_history_is_told_nor_which_way_it_spoke() {
    let mut custom = source();
    custom["facts"]["custom.watch"] = json!({"type": "boolean", "visibility": "server", "description": "auf der Beobachtungsliste"});
    custom["rules"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "watched", "when": {"fact": "custom.watch", "operator": "equal", "value": true},
        "withhold": ["invoice"], "reason": "general", "private": true}));
    let mut said = regular();
    said["custom.watch"] = json!(true);
    let found = explanation(&custom, "invoice", said);
    let text = |reader| explanation_text(&found, "Kiesel & Lein", Language::German, None, reader).unwrap().plain;
    let (person, page) = (text(Reader::Person), text(Reader::Browser));
    for hidden in ["vorbei war: 1", "Zahlungserinnerung: 2", "Rechnungen: 3", "sprach da", "Beobachtungsliste", "zu einer Summe"] {
        assert!(person.contains(hidden), "{hidden}\n\n{person}");
        assert!(!page.contains(hidden), "{hidden}\n\n{page}");
    }
    for told in [
        "Betrag der Bestellung: 450,00\u{a0}€ (aus Ihrer Bestellung)",
        "- Pünktlich bezahlte Rechnungen (von Kiesel & Lein)",
        "- Angabe, die Kiesel & Lein selbst führt",
    ] {
        assert!(page.contains(told), "{told}\n\n{page}");
    }
}

#[test]
fn debt_advice_stands_where_consumer_credit_was_withheld_and_nowhere_else() {
    let mut credit = source();
    credit["methods"][0]["term"]["days"] = json!(60);
    let advice = |source: &Value, method: &str, total: i64| {
        let mut said = regular();
        said["cart.total"] = eur(total);
        said["account.overdue_count"] = json!(0);
        said["shipping.same_as_billing"] = json!(true);
        said["history.dunning_level_max"] = json!(0);
        let found = explanation(source, method, said);
        let text = explanation_text(&found, "Kiesel & Lein", Language::German, None, Reader::Person).unwrap().plain;
        (
            found.state,
            text.contains("Bei Geldsorgen hilft kostenlos: Schuldnerberatung, www.meine-schulden.de"),
            text.contains("Richtlinie (EU) 2023/2225"),
        )
    };
    assert_eq!(advice(&credit, "invoice", 45_000), ("withheld".to_owned(), true, true));
    assert_eq!(advice(&credit, "invoice", 5_000), ("offered".to_owned(), false, true));
    assert_eq!(advice(&source(), "invoice", 45_000), ("withheld".to_owned(), false, false));
    assert!(!advice(&source(), "card", 45_000).1);
}

#[test]
fn an_order_that_failed_for_another_reason_says_so() {
    let mut said = regular();
    said["cart.total"] = eur(5_000);
    let found = explanation(&source(), "prepayment", said);
    let text = |outcome| explanation_text(&found, "Kiesel & Lein", Language::GermanDu, outcome, Reader::Person).unwrap().plain;
    assert!(text(Some("refused")).contains("Mit dir als Mensch hatte das nichts zu tun."));
    assert!(!text(Some("confirmed")).contains("kam trotzdem nicht zustande") && !text(None).contains("kam trotzdem nicht zustande"));
}

/// Every fact, choice, reason and state in every language: no sentence is missing, no blank stays open
#[test]
fn everything_that_can_be_explained_has_its_words_in_every_language() {
    for language in Language::ALL {
        let texts = Explaining::of(language).unwrap();
        for fact in (0..known::COUNT).map(|number| FactIndex(u8::try_from(number).unwrap())) {
            let derived = fact.visibility() == Some(tresen_core::facts::Visibility::Derived);
            let name = fact.name().unwrap();
            assert!(derived || texts.say(&format!("fact.{name}"), &[("merchant", "M")]).is_some(), "{language:?}: {name} has no words");
            for choice in fact.choices().iter().filter(|_| !derived) {
                assert!(texts.say(&format!("choice.{choice}"), &[]).is_some(), "{language:?}: {choice} has no words");
            }
        }
        let mut found = explanation(&source(), "invoice", regular());
        for reason in Reason::ALL {
            found.reasons[0].told = reason.code().to_owned();
            for state in ["offered", "incomplete", "withheld"] {
                found.state = state.to_owned();
                for regime in ["free_deferral", "consumer_credit"] {
                    found.regime = regime.to_owned();
                    let text = explanation_text(&found, "Kiesel & Lein", language, Some("refused"), Reader::Person).unwrap();
                    assert!(!text.plain.contains(['{', '}', '\u{2}', '*']) && !text.plain.contains("  "), "{language:?}: {}", text.plain);
                }
            }
        }
        for kind in tresen_core::policy::Kind::ALL {
            found.kind = kind.code().to_owned();
            assert!(explanation_text(&found, "M", language, None, Reader::Person).is_some(), "{language:?}: {kind:?}");
        }
    }
}
