//! JSON read strictly: valid UTF-8, no key twice, and a place in the text for every JSON pointer.

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

/// Why a text is not JSON
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// `json.malformed` or `json.not_utf8`
    pub code: &'static str,
    /// What is wrong
    pub message: String,
    /// The line, from 1
    pub line: usize,
    /// The column in bytes, from 1
    pub column: usize,
}

impl Malformed {
    /// What to do
    #[must_use]
    pub fn help(&self) -> &'static str {
        if self.code == "json.not_utf8" {
            "save the file as UTF-8"
        } else {
            "write JSON: keys in double quotes, no comma after the last entry, no comments"
        }
    }

    fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let before = bytes.get(..valid).unwrap_or(bytes);
        let (line, column) = place_of(before);
        Self { code: "json.not_utf8", message: "the text is not UTF-8 from here on".into(), line, column }
    }

    fn from_parser(error: &serde_json::Error) -> Self {
        let whole = error.to_string();
        let message = whole.split(" at line ").next().unwrap_or_default().to_owned();
        Self { code: "json.malformed", message, line: error.line(), column: error.column() }
    }
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
    let value = read.and_then(|value| parser.end().map(|()| value)).map_err(|error| Malformed::from_parser(&error))?;
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

/// Line and column behind some bytes, both from 1
fn place_of(before: &[u8]) -> (usize, usize) {
    let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count().saturating_add(1);
    (line, column)
}

/// Line and column (from 1, in bytes) of what a JSON pointer names in a text that [`parse`] has read
///
/// A pointer to something that is not there gives the place of the nearest thing around it.
#[must_use]
pub fn locate(text: &str, pointer: &str) -> (usize, usize) {
    let mut scan = Scan { bytes: text.as_bytes(), place: if text.starts_with('\u{feff}') { 3 } else { 0 } };
    let mut found = scan.skip_to_value();
    for segment in pointer.split('/').skip(1) {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        match scan.enter(&segment) {
            Some(place) => found = place,
            None => break,
        }
    }
    place_of(scan.bytes.get(..found).unwrap_or(scan.bytes))
}

/// Walks through valid JSON without building it
struct Scan<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.place).copied()
    }

    fn step(&mut self) {
        self.place = self.place.saturating_add(1);
    }

    /// Passes over white space, commas and colons; answers the place of the value there
    fn skip_to_value(&mut self) -> usize {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.step();
        }
        self.place
    }

    /// Goes into the object or list at the present place, to the entry of that name; answers where the entry (with its key) begins
    fn enter(&mut self, segment: &str) -> Option<usize> {
        let mut found = None;
        match self.peek()? {
            b'{' => {
                self.step();
                loop {
                    let start = self.skip_to_value();
                    if self.peek()? == b'}' {
                        break;
                    }
                    self.pass_text();
                    let key: Option<String> = serde_json::from_slice(self.bytes.get(start..self.place)?).ok();
                    let value = self.skip_to_value();
                    if key.as_deref() == Some(segment) {
                        // A key that stands twice is meant where it stands the last time.
                        found = Some((start, value));
                    }
                    self.pass();
                }
            }
            b'[' => {
                self.step();
                let wanted: usize = segment.parse().ok()?;
                let mut number = 0_usize;
                loop {
                    let start = self.skip_to_value();
                    if self.peek()? == b']' {
                        break;
                    }
                    if number == wanted {
                        found = Some((start, start));
                    }
                    number = number.saturating_add(1);
                    self.pass();
                }
            }
            _ => {}
        }
        let (start, value) = found?;
        self.place = value;
        Some(start)
    }

    fn pass_text(&mut self) {
        self.step();
        while let Some(byte) = self.peek() {
            self.step();
            match byte {
                b'\\' => self.step(),
                b'"' => return,
                _ => {}
            }
        }
    }

    fn pass(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.pass_text();
                    if depth == 0 {
                        return;
                    }
                    continue;
                }
                b'{' | b'[' => depth = depth.saturating_add(1),
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.step();
                        return;
                    }
                }
                b',' if depth == 0 => return,
                _ => {}
            }
            self.step();
        }
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

    #[test]
    fn what_is_not_json_is_placed() {
        let place = |bytes: &[u8]| parse(bytes).map_err(|problem| (problem.code, problem.line, problem.column));
        assert_eq!(place(b"{\n \"a\": \xff}").unwrap_err(), ("json.not_utf8", 2, 7));
        assert_eq!(place(b"{\n \"a\" 1}").unwrap_err(), ("json.malformed", 2, 6));
        assert_eq!(place(b"{} {}").unwrap_err(), ("json.malformed", 1, 4));
        assert_eq!(place(b"").unwrap_err().0, "json.malformed");
        assert_eq!(place(&b"[".repeat(100_000)).unwrap_err().0, "json.malformed");
        assert!(place("\u{feff}{}".as_bytes()).is_ok());
    }

    #[test]
    fn pointers_are_found_in_the_text() {
        let text = "{\n  \"a\": [1, {\"x\\\"y\": \"]},\"}],\n  \"b\": {\"c\": null}\n}";
        assert_eq!(locate(text, ""), (1, 1));
        assert_eq!(locate(text, "/a/0"), (2, 9));
        assert_eq!(locate(text, "/a/1/x\"y"), (2, 13));
        assert_eq!(locate(text, "/b/c"), (3, 9));
        assert_eq!(locate(text, "/b/missing"), (3, 3));
    }
}
