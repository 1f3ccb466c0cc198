//! JSON read strictly: valid UTF-8, no key twice, and a place in the text for every JSON pointer.

mod malformed;
mod place;

pub use malformed::Malformed;
pub use place::locate;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// A JSON document
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it says; of a key that stands twice, the last
    pub value: Value,
    /// JSON pointers of the keys that stand twice
    pub duplicates: Vec<String>,
}

/// Reads a JSON document; a byte order mark in front of it is passed over
///
/// # Errors
///
/// [`Malformed`] for anything that is not exactly one JSON value in UTF-8.
pub fn parse(bytes: &[u8]) -> Result<Document, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|error| Malformed::not_utf8(bytes, error.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut duplicates = Vec::new();
    let mut at = String::new();
    let mut parser = serde_json::Deserializer::from_str(text);
    let read = parser.deserialize_any(Tree { at: &mut at, duplicates: &mut duplicates });
    let value = read.and_then(|value| parser.end().map(|()| value)).map_err(|error| Malformed::from_parser(&error, text))?;
    Ok(Document { value, duplicates })
}

/// Appends a key to a JSON pointer
pub fn push_key(at: &mut String, key: &str) {
    at.push('/');
    if key.contains(['~', '/']) {
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        at.push_str(key);
    }
}

/// A sentence in one line and without what a terminal would obey: control characters of the reader's own text stand as escapes
#[must_use]
pub fn printable(sentence: String) -> String {
    if !sentence.contains(char::is_control) {
        return sentence;
    }
    let escaped = |letter: char| if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() };
    sentence.chars().map(escaped).collect()
}

struct Tree<'a> {
    at: &'a mut String,
    duplicates: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        let length = self.at.len();
        loop {
            push_key(self.at, &list.len().to_string());
            let item = items.next_element_seed(Tree { at: self.at, duplicates: self.duplicates })?;
            self.at.truncate(length);
            match item {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let length = self.at.len();
        while let Some(key) = entries.next_key::<String>()? {
            push_key(self.at, &key);
            if object.contains_key(&key) {
                self.duplicates.push(self.at.clone());
            }
            let value = entries.next_value_seed(Tree { at: self.at, duplicates: self.duplicates })?;
            self.at.truncate(length);
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_stand_twice_are_named_by_their_pointer() {
        let document = parse(br#"{"a": [{"b": 1, "b": 2}], "c/d": 1, "c/d": 1}"#).unwrap();
        assert_eq!(document.duplicates, ["/a/0/b", "/c~1d"]);
    }
}
