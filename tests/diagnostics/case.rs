//! A case of `corpus/diagnostics`: a clean policy and what spoils it, or a text as somebody wrote it.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tresen_tests::catalogue::root;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    /// A file in `policies/`
    policy: Option<String>,
    /// The policy itself, in place of a file
    text: Option<String>,
    /// Blanks behind the text
    #[serde(default)]
    pad: usize,
    /// The text as bytes in hexadecimal
    hex: Option<String>,
    /// JSON pointers of what is taken out, in turn
    #[serde(default)]
    remove: Vec<String>,
    /// What is put where; `-` is behind the last entry of a list
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    repeat: BTreeMap<String, Repeat>,
    #[serde(default)]
    nest: BTreeMap<String, Nest>,
    /// What is said, all of it and in this order
    pub expect: Vec<Value>,
}

/// A list of the same entry, in whose texts `#` is the number of the entry
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    times: usize,
    of: Value,
}

/// Puts what stands there into lists of that key, one in the other
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nest {
    times: usize,
    r#in: String,
}

/// Every case with its file and line
pub fn all() -> Vec<(String, Case)> {
    let folder = root().join("tests/corpus/diagnostics");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let place = format!("{file}:{}", number + 1);
            cases.push((place.clone(), serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"))));
        }
    }
    cases
}

impl Case {
    /// Whether line and column are the case's own affair
    pub fn is_as_written(&self) -> bool {
        self.policy.is_none()
    }

    /// The text that is examined
    pub fn text(&self) -> Vec<u8> {
        match (&self.hex, &self.text, &self.policy) {
            (Some(hex), None, None) => {
                let digits: Vec<char> = hex.chars().collect();
                digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
            }
            (None, Some(text), None) => format!("{text}{}", " ".repeat(self.pad)).into_bytes(),
            (None, None, Some(policy)) => self.spoiled(policy).to_string().into_bytes(),
            _ => panic!("`{}` says either `policy`, `text` or `hex`", self.name),
        }
    }

    fn spoiled(&self, policy: &str) -> Value {
        let path = root().join(format!("tests/corpus/diagnostics/policies/{policy}.json"));
        let mut policy: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for pointer in &self.remove {
            let (parent, key) = parent(&mut policy, pointer);
            let gone = match parent {
                Value::Array(list) => Some(list.remove(key.parse().unwrap())),
                parent => parent.as_object_mut().unwrap().remove(&key),
            };
            assert!(gone.is_some(), "{}: nothing to remove at {pointer}", self.name);
        }
        for (pointer, value) in &self.set {
            put(&mut policy, pointer, value.clone());
        }
        for (pointer, Repeat { times, of }) in &self.repeat {
            put(&mut policy, pointer, (0..*times).map(|number| numbered(of, number)).collect());
        }
        for (pointer, Nest { times, r#in }) in &self.nest {
            let inner = policy.pointer(pointer).unwrap().clone();
            let nested = (0..*times).fold(inner, |inner, _| serde_json::json!({ r#in: [inner] }));
            put(&mut policy, pointer, nested);
        }
        policy
    }
}

fn parent<'a>(policy: &'a mut Value, pointer: &str) -> (&'a mut Value, String) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    (policy.pointer_mut(parent).unwrap(), key.replace("~1", "/").replace("~0", "~"))
}

fn put(policy: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = parent(policy, pointer);
    match parent {
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        parent => parent[&key] = value,
    }
}

fn numbered(value: &Value, number: usize) -> Value {
    match value {
        Value::String(text) => text.replace('#', &number.to_string()).into(),
        Value::Array(list) => list.iter().map(|item| numbered(item, number)).collect(),
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), numbered(value, number))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}
