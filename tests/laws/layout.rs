//! What decides nothing about a policy does not move its hash: key order, white space, escapes, descriptions.

use crate::policies;
use serde_json::Value;
use tresen_tests::chance::Chance;

/// The same JSON value, written some other way
fn written(value: &Value, chance: &mut Chance, text: &mut String) {
    let blank = |chance: &mut Chance, text: &mut String| text.push_str(["", " ", "\n", "\t \r\n"][chance.below(4)]);
    blank(chance, text);
    match value {
        Value::Object(object) => {
            let mut keys: Vec<&String> = object.keys().collect();
            for place in (1..keys.len()).rev() {
                keys.swap(place, chance.below(place + 1));
            }
            text.push('{');
            for (place, key) in keys.into_iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "," });
                blank(chance, text);
                string(key, chance, text);
                blank(chance, text);
                text.push(':');
                written(&object[key], chance, text);
            }
            text.push('}');
        }
        Value::Array(list) => {
            text.push('[');
            for (place, item) in list.iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "," });
                written(item, chance, text);
            }
            text.push(']');
        }
        Value::String(word) => string(word, chance, text),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
    blank(chance, text);
}

/// A text, some of its letters as escapes
fn string(word: &str, chance: &mut Chance, text: &mut String) {
    text.push('"');
    for letter in word.chars() {
        let code = u32::from(letter);
        if code < 0x20 || matches!(letter, '"' | '\\') || code < 0xffff && chance.below(5) == 0 {
            text.push_str(&format!("\\u{code:04x}"));
        } else {
            text.push(letter);
        }
    }
    text.push('"');
}

/// Takes out every description, or puts another in its place
fn redescribed(value: &mut Value, chance: &mut Chance) {
    match value {
        Value::Object(object) => {
            if object.contains_key("description") {
                if chance.below(2) == 0 {
                    object.remove("description");
                } else {
                    object.insert("description".into(), format!("another {}", chance.below(1_000)).into());
                }
            }
            object.values_mut().for_each(|value| redescribed(value, chance));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| redescribed(value, chance)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn key_order_white_space_and_descriptions_do_not_move_the_hash() {
    for (name, json, policy) in policies::all() {
        let bytes = policy.to_bytes();
        assert_eq!(policies::read(&json).to_bytes(), bytes, "{name}: compiled twice");
        let value: Value = serde_json::from_str(&json).unwrap();
        for seed in 0..40 {
            let mut chance = Chance::new(seed);
            let mut value = value.clone();
            redescribed(&mut value, &mut chance);
            let mut text = String::new();
            written(&value, &mut chance, &mut text);
            assert_eq!(policies::read(&text).to_bytes(), bytes, "{name}, seed {seed}: {text}");
        }
    }
}

#[test]
fn what_decides_anything_moves_the_hash() {
    for (name, json, policy) in policies::all() {
        let bytes = policy.to_bytes();
        let value: Value = serde_json::from_str(&json).unwrap();
        let moves = |what: &str, changed: Value| {
            assert_ne!(policies::read(&changed.to_string()).to_bytes(), bytes, "{name}: {what}");
        };
        for (place, rule) in value["rules"].as_array().into_iter().flatten().enumerate() {
            let mut value = value.clone();
            value["rules"][place]["id"] = format!("{}_", rule["id"].as_str().unwrap()).into();
            moves("another name of a rule", value);
        }
        let with = |key: &str, content: Value| {
            let mut value = value.clone();
            value["methods"][0][key] = content;
            value
        };
        moves("another consent", with("consent", "another".into()));
        moves("another provider", with("provider", "another".into()));
        moves("another term", with("term", serde_json::json!({ "days": 77, "from": "delivery" })));
    }
}
