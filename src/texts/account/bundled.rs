//! The languages inside, for the page that needs no script.

use super::Words;
use super::keys::{BLANK_NAMES, FINGERPRINT, NAMES};
use crate::bundled::Language;
use crate::render::FIRST;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

impl Words {
    /// The sentences of a language. `None` only if a file of this build is damaged
    #[must_use]
    pub fn of(language: Language) -> Option<Self> {
        let (days, own, over) = match language {
            Language::German => (include_str!("../de.json"), include_str!("de.json"), "{}"),
            Language::GermanDu => (include_str!("../de.json"), include_str!("de.json"), include_str!("de-du.json")),
            Language::English => (include_str!("../en.json"), include_str!("en.json"), "{}"),
            Language::French => (include_str!("../fr.json"), include_str!("fr.json"), "{}"),
            Language::Italian => (include_str!("../it.json"), include_str!("it.json"), "{}"),
            Language::Dutch => (include_str!("../nl.json"), include_str!("nl.json"), "{}"),
        };
        let mut parts = Vec::from([String::from(FINGERPRINT)]);
        let files: Vec<Map<String, Value>> = [over, own, days].into_iter().map(serde_json::from_str).collect::<Result<_, _>>().ok()?;
        for name in NAMES {
            let sentence = files.iter().find_map(|file| file.get(name))?.as_str()?;
            parts.push(BLANK_NAMES.iter().zip(FIRST..).fold(String::from(sentence), |sentence, (name, letter)| {
                sentence.replace(&["{", name, "}"].concat(), &["{", char::from(letter).encode_utf8(&mut [0; 4])].concat())
            }));
        }
        Self::from_compiled(parts.join("~").into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, Happens, Look, Shown, State, show};
    use super::*;
    use crate::render::Day;

    const DAY: Day = Day { year: 2026, month: 12, day: 4, weekday: 4 };

    fn facts(state: State) -> Facts<'static> {
        Facts {
            state,
            merchant: b"Musterladen",
            website: b"musterladen.example",
            amount: "59,95\u{a0}€".as_bytes(),
            extra: b"",
            whole: b"",
            day: Some(DAY),
            late: false,
            under_way: false,
            beside: b"",
            disputed: b"",
            next: None,
            until: None,
            promised: None,
        }
    }

    fn shown(language: Language, facts: &Facts<'_>) -> Shown {
        show(&mut Words::of(language).unwrap(), facts)
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap().replace('\u{2}', "*")
    }

    #[test]
    fn every_language_says_all_there_is_to_say_and_leaves_no_blank() {
        for language in Language::ALL {
            for state in [State::Open, State::Paid, State::Superseded, State::Expired, State::Clarifying, State::Elsewhere, State::Unknown]
            {
                let all = Facts {
                    extra: b"0,95",
                    whole: b"100",
                    beside: b"5",
                    until: Some(DAY),
                    next: Some((Happens::HandOver, DAY)),
                    ..facts(state)
                };
                let Shown { title, note, lines, next, day, hint, genuine, .. } = shown(language, &all);
                let sentences = [title, note, next, day, hint, genuine].into_iter().chain(lines);
                for sentence in sentences {
                    assert!(!sentence.is_empty() && !sentence.contains(&b'{') && !sentence.contains(&b'}'), "{}", text(&sentence));
                }
            }
        }
    }

    #[test]
    fn a_link_that_is_over_shows_what_was_paid_by_it_or_where_to_look() {
        for state in [State::Superseded, State::Expired] {
            let paid = shown(Language::German, &facts(state));
            assert_eq!(
                (text(&paid.title), text(&paid.note), paid.look),
                ("Bezahlt bei Musterladen".into(), "*Ihre Zahlung ist da.* Vielen Dank.".into(), Look::Good)
            );
            let lines: Vec<String> = paid.lines.iter().map(|line| text(line)).collect();
            let newer = "Ob noch etwas offen ist, sehen Sie in der neuesten Nachricht von Musterladen.";
            assert_eq!(lines, ["Eingegangen am Freitag, 4.\u{a0}Dezember", newer]);
            let unpaid = Facts { amount: b"", day: None, ..facts(state) };
            let over = shown(Language::German, &unpaid);
            assert_eq!((over.look, over.lines.is_empty(), text(&over.title).contains("Bezahlt")), (Look::Due, true, false));
            let waited = shown(Language::German, &Facts { under_way: true, ..unpaid });
            assert_eq!(text(&waited.lines.concat()), "Eine Zahlung ist schon unterwegs. Wir warten, bis sie da ist.");
        }
    }

    #[test]
    fn the_note_says_the_first_thing_that_is_so() {
        let note = |facts: Facts<'_>| {
            let shown = shown(Language::German, &facts);
            (text(&shown.note), shown.look)
        };
        let open = facts(State::Open);
        assert_eq!(note(open), ("Ohne Zusatzkosten bis *Freitag, 4.\u{a0}Dezember*".into(), Look::Good));
        let late = Facts { late: true, ..open };
        assert_eq!(note(late).1, Look::Due);
        let promised = Facts { promised: Some(Day { day: 11, ..DAY }), ..late };
        assert_eq!(note(promised).0, "Sie haben *Freitag, 11.\u{a0}Dezember* genannt. Bis dahin erinnert Sie niemand.");
        assert!(note(Facts { under_way: true, ..promised }).0.contains("unterwegs"));
        assert!(note(Facts { day: None, ..open }).0.contains("sobald die Rechnung"));
    }

    #[test]
    fn whoever_is_told_du_is_never_told_sie_and_nobody_is_shamed() {
        for (language, wrong) in [
            (Language::GermanDu, ["Sie", "Ihr", "Ihre", "Ihnen"].as_slice()),
            (Language::German, ["du", "dein", "deine", "dir", "dich"].as_slice()),
            (Language::English, ["debt", "overdue", "dunning", "demand"].as_slice()),
            (Language::French, ["tu", "toi", "ton", "tes", "dette", "retard"].as_slice()),
            (Language::Italian, ["tu", "tuo", "tua", "tuoi", "debito", "mora"].as_slice()),
            (Language::Dutch, ["je", "jij", "jouw", "jullie", "schuld", "aanmaning"].as_slice()),
        ] {
            let all = Words::of(language).unwrap().all;
            let all = text(&all);
            let found = all.split(|letter: char| !letter.is_alphabetic()).find(|word| wrong.contains(word));
            assert_eq!(found, None, "{}", language.name());
            for shaming in ["Mahnung", "säumig", "Schulden", "umgehend", "!"] {
                assert!(!all.contains(shaming), "{}: {shaming}", language.name());
            }
        }
    }
}
