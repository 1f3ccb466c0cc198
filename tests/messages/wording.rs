//! A merchant's own sentences.

use serde_json::{Map, Value, json};
use tresen_texts::Language;
use tresen_texts::collect::Sentences;

fn refused(own: &Value) -> Vec<String> {
    let own: Map<String, Value> = own.as_object().unwrap().clone();
    let mistakes = Sentences::of(Language::German).unwrap().with(&own).err().unwrap_or_default();
    mistakes.iter().map(|mistake| format!("{} {}", mistake.code, mistake.at)).collect()
}

#[test]
fn a_sentence_that_cannot_be_used_says_why_and_all_of_them_do_at_once() {
    assert_eq!(refused(&json!({"sign": "Bis bald", "preview": "Neues von {shop}"})), ["wording.blank.unknown /preview"]);
    for (own, expected) in [
        (json!({"sign": "Bis bald"}), None),
        (json!({"line.genuine": "Siehe {website}"}), None),
        (json!({"signs": "Bis bald"}), Some("wording.key.unknown /signs")),
        (json!({"a/b~c": "x"}), Some("wording.key.unknown /a~1b~0c")),
        (json!({"sign": 3}), Some("wording.sentence.malformed /sign")),
        (json!({"sign": "Bis {bald"}), Some("wording.sentence.malformed /sign")),
        (json!({"sign": "Bis bald}"}), Some("wording.sentence.malformed /sign")),
        (json!({"sign": "Bis *bald"}), Some("wording.sentence.malformed /sign")),
        (json!({"sign": "Bis [bald](plan"}), Some("wording.sentence.malformed /sign")),
        (json!({"sign": "Bis [bald](nirgends)"}), Some("wording.way.unknown /sign")),
        (json!({"sign": "Bis [bald](https://anders.example)"}), Some("wording.way.unknown /sign")),
    ] {
        assert_eq!(refused(&own), expected.map(str::to_owned).as_slice(), "{own}");
    }
    assert_eq!(refused(&json!({"sign": "{a", "nobody": "", "text": "{b}"})).len(), 3);
}

#[test]
fn languages_that_nobody_has_read_have_no_messages() {
    let some = |language| Sentences::of(language).is_some();
    assert_eq!(Language::ALL.map(some), Language::ALL.map(|language| !language.is_draft()));
}

#[test]
fn german_with_du_differs_from_german_where_it_says_so_and_names_nothing_new() {
    let (sie, du) = (Sentences::of(Language::German).unwrap(), Sentences::of(Language::GermanDu).unwrap());
    let over: Map<String, Value> = serde_json::from_str(include_str!("../../src/texts/collect/de-du.json")).unwrap();
    assert!(over.keys().all(|key| sie.get(key).is_some_and(|sentence| Some(sentence) != du.get(key))));
}

#[test]
fn every_language_has_every_sentence_with_the_same_blanks() {
    let (german, english) = (Sentences::of(Language::German).unwrap(), Sentences::of(Language::English).unwrap());
    assert!(german.keys().eq(english.keys()));
    // A language may leave a blank of another one out, but has none that the other does not have: else nobody fills it.
    let own: Map<String, Value> = english.keys().map(|key| (key.to_owned(), Value::from(english.get(key).unwrap()))).collect();
    assert_eq!(refused(&Value::Object(own)), [""; 0]);
}
