//! Walking a JSON policy by hand, so that every mistake is found, each with its place.

use super::repair;
use crate::json::{printable, push_key};
use crate::suggest;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::facts::FactIndex;
use tresen_core::policy::{Conditions, Kind, Policy, is_free_of_separators};

/// A value and its place
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    pub(super) value: &'a Value,
    /// JSON pointer
    pub(super) at: String,
}

impl<'a> Spot<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { value, at: String::new() }
    }

    fn child(&self, key: &str, value: &'a Value) -> Self {
        let mut at = self.at.clone();
        push_key(&mut at, key);
        Self { value, at }
    }

    /// The entries of a list; none if it is something else
    pub(super) fn entries(&self) -> Vec<Self> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().map(|(place, item)| self.child(&place.to_string(), item)).collect()
    }

    /// A text as it stands, for what is only read if it is right
    pub(super) fn str(&self) -> Option<&'a str> {
        self.value.as_str()
    }
}

/// An object whose keys have been looked at
#[derive(Debug, Clone)]
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    at: String,
    /// Keys that others were surely meant to be, which has been said
    meant: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn get(&self, key: &str) -> Option<Spot<'a>> {
        self.object.get(key).map(|value| Spot { value: &Value::Null, at: self.at.clone() }.child(key, value))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
    }

    /// Whether a key neither stands here nor was surely meant by another
    pub(super) fn lacks(&self, key: &str) -> bool {
        !self.has(key) && !self.meant.iter().any(|meant| meant == key)
    }

    /// Whether a key stands here that does not belong here
    pub(super) fn has_strangers(&self, known: &[&str]) -> bool {
        self.object.keys().any(|key| !known.contains(&key.as_str()))
    }

    pub(super) fn at(&self) -> &str {
        &self.at
    }

    /// Where a key stands or would stand
    pub(super) fn at_key(&self, key: &str) -> String {
        let mut at = self.at.clone();
        push_key(&mut at, key);
        at
    }
}

/// What has been read so far, and what was wrong with it
#[derive(Debug)]
pub(super) struct Reader {
    /// What is built; complete only if nothing is `broken`
    pub(super) policy: Policy,
    /// Whether the currency could be read, so that amounts can be held against it
    pub(super) currency_known: bool,
    pub(super) class_ids: Vec<String>,
    pub(super) value_class_ids: Vec<String>,
    pub(super) method_ids: Vec<(String, Kind)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Declared facts whose type could not be read
    pub(super) untyped: Vec<FactIndex>,
    /// Whether all attributes of the scorecards could be read
    pub(super) scores_whole: bool,
    /// Whether no policy can be built from what was read
    pub(super) broken: bool,
    /// Where the nodes of conditions stand
    node_places: BTreeMap<u16, String>,
    /// Where those stand that are numbered apart, by their room
    apart_places: [BTreeMap<u16, String>; 2],
    /// What is being read, such as ``rule `minors` ``
    label: String,
}

/// Where conditions are numbered apart from those of an order
#[derive(Debug, Clone, Copy)]
pub(super) enum Room {
    /// Those of segments
    Collection,
    /// Those of the methods by which what is owed is paid
    Settlement,
}

impl Reader {
    pub(super) fn new(policy: Policy) -> Self {
        Self {
            policy,
            currency_known: false,
            class_ids: Vec::new(),
            value_class_ids: Vec::new(),
            method_ids: Vec::new(),
            diagnostics: Vec::new(),
            untyped: Vec::new(),
            scores_whole: true,
            broken: false,
            node_places: BTreeMap::new(),
            apart_places: [BTreeMap::new(), BTreeMap::new()],
            label: String::new(),
        }
    }

    /// Names what is read from here on, in front of every message; an empty name for nothing in particular
    pub(super) fn label(&mut self, label: String) {
        self.label = label;
    }

    /// Says where the next node of a condition stands
    pub(super) fn next_node_at(&mut self, at: &str) {
        self.node_places.insert(self.policy.conditions.next(), at.to_owned());
    }

    /// Reads the conditions of a room, which lie apart from the others, and answers them
    pub(super) fn apart(&mut self, room: Room, read: impl FnOnce(&mut Self)) -> Conditions {
        let others = std::mem::take(&mut self.policy.conditions);
        self.inside(room, read);
        std::mem::replace(&mut self.policy.conditions, others)
    }

    /// Does something with the nodes of a room in place of the others
    pub(super) fn inside(&mut self, room: Room, act: impl FnOnce(&mut Self)) {
        self.swap_places(room);
        act(self);
        self.swap_places(room);
    }

    fn swap_places(&mut self, room: Room) {
        let [collection, settlement] = &mut self.apart_places;
        let places = match room {
            Room::Collection => collection,
            Room::Settlement => settlement,
        };
        std::mem::swap(&mut self.node_places, places);
    }

    /// Where a node of a condition stands
    pub(super) fn place_of(&self, node: u16) -> String {
        self.node_places.get(&node).cloned().unwrap_or_default()
    }

    /// How many errors there are so far
    pub(super) fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    fn tell(&mut self, severity: Severity, code: &'static str, at: &str, message: &str, help: impl Into<String>) {
        let message = if self.label.is_empty() { message.to_owned() } else { format!("{}: {message}", self.label) };
        let (message, help) = (printable(message), printable(help.into()).into());
        self.diagnostics.push(Diagnostic { code, severity, message, help, at: at.to_owned() });
    }

    /// A mistake without whose mending there is no policy
    pub(super) fn error(&mut self, code: &'static str, at: &str, message: impl AsRef<str>, help: impl Into<String>) {
        self.broken = true;
        self.tell(Severity::Error, code, at, message.as_ref(), help);
    }

    /// A mistake that leaves a policy which surely is not what the merchant meant
    pub(super) fn problem(&mut self, code: &'static str, at: &str, message: impl AsRef<str>, help: impl Into<String>) {
        self.tell(Severity::Error, code, at, message.as_ref(), help);
    }

    pub(super) fn warning(&mut self, code: &'static str, at: &str, message: impl AsRef<str>, help: impl Into<String>) {
        self.tell(Severity::Warning, code, at, message.as_ref(), help);
    }

    /// What follows from the policy, which its author may not have seen
    pub(super) fn note(&mut self, code: &'static str, at: &str, message: impl AsRef<str>, help: impl Into<String>) {
        self.tell(Severity::Note, code, at, message.as_ref(), help);
    }

    fn wrong_type(&mut self, spot: &Spot<'_>, wanted: &str, help: impl Into<String>) {
        let message = format!("{} stands where {wanted} belongs", shown(spot.value));
        let help = if spot.value.is_null() { "leave the key out instead of giving it `null`".into() } else { help.into() };
        self.error("policy.type", &spot.at, message, help);
    }

    /// An object with no keys but these
    pub(super) fn object<'a>(&mut self, spot: &Spot<'a>, known: &[&str]) -> Option<Fields<'a>> {
        let Some(object) = spot.value.as_object() else {
            self.wrong_type(spot, "an object", object_help(known));
            return None;
        };
        let mut meant = Vec::new();
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let mut at = spot.at.clone();
            push_key(&mut at, key);
            let absent = known.iter().copied().filter(|known| !object.contains_key(*known));
            let nearest = suggest::nearest(key, absent);
            let help = match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("remove it; known here: {}", suggest::listed(known.iter().copied())),
            };
            meant.extend(nearest.map(str::to_owned));
            self.error("policy.key.unknown", &at, format!("unknown key `{}`", shortened(key)), help);
        }
        Some(Fields { object, at: spot.at.clone(), meant })
    }

    /// The value of a key that has to be there
    pub(super) fn required<'a>(&mut self, fields: &Fields<'a>, key: &str, help: &str) -> Option<Spot<'a>> {
        let found = fields.get(key);
        if fields.lacks(key) {
            self.error("policy.key.missing", fields.at(), format!("`{key}` is missing"), help);
        }
        found
    }

    /// The entries of a list of at most `most`
    pub(super) fn list<'a>(&mut self, spot: &Spot<'a>, most: usize) -> Option<Vec<Spot<'a>>> {
        let Some(items) = spot.value.as_array() else {
            let help = match spot.value {
                Value::Object(_) => "write `[{ … }]`".into(),
                single => format!("write `[{}]`", plain(single)),
            };
            self.wrong_type(spot, "a list", help);
            return None;
        };
        if items.len() > most {
            self.error(
                "policy.list.too_long",
                &spot.at,
                format!("{} entries are too many", items.len()),
                format!("at most {most} are possible"),
            );
            return None;
        }
        Some(spot.entries())
    }

    /// A text with something in it
    pub(super) fn text<'a>(&mut self, spot: &Spot<'a>) -> Option<&'a str> {
        match spot.value.as_str() {
            Some(text) if text.trim().is_empty() => {
                self.error("policy.text.empty", &spot.at, "the text is empty", "write something, or leave the key out");
                None
            }
            Some(text) if text.len() > 200 => {
                self.error("policy.text.too_long", &spot.at, format!("the text has {} bytes", text.len()), "at most 200 are possible");
                None
            }
            Some(text) if !is_free_of_separators(text) => {
                let message = format!("the text `{}` holds the control character U+001E or U+001F", text.escape_default());
                self.error("policy.text.separator", &spot.at, message, "write the text without these two control characters");
                None
            }
            Some(text) => Some(text),
            None => {
                self.wrong_type(spot, "a text", "write it in double quotes");
                None
            }
        }
    }

    /// A name of the merchant's own choice
    pub(super) fn id<'a>(&mut self, spot: &Spot<'a>) -> Option<&'a str> {
        let id = self.text(spot)?;
        if id.len() > 64 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
            let help = "use at most 64 letters (a to z), digits, `_` and `-`";
            self.error("policy.id.malformed", &spot.at, format!("`{id}` is not a name"), help);
            return None;
        }
        Some(id)
    }

    /// A name that none of the others in its list has
    pub(super) fn new_id<'a>(&mut self, spot: &Spot<'a>, taken: &[String]) -> Option<&'a str> {
        let id = self.id(spot)?;
        if taken.iter().any(|other| other == id) {
            self.error("policy.id.duplicate", &spot.at, format!("`{id}` stands twice"), "give each entry a name of its own");
        }
        Some(id)
    }

    /// One of some words for something, as its place among them
    pub(super) fn word(&mut self, spot: &Spot<'_>, what: &str, known: &[&str]) -> Option<usize> {
        let word = self.text(spot)?;
        let place = known.iter().position(|candidate| *candidate == word);
        if place.is_none() {
            let help = suggest::help(word, known.iter().copied(), || format!("write one of {}", suggest::listed(known.iter().copied())));
            self.error("policy.word.unknown", &spot.at, format!("unknown {what} `{word}`"), help);
        }
        place
    }

    pub(super) fn boolean(&mut self, spot: &Spot<'_>) -> Option<bool> {
        let found = spot.value.as_bool();
        if found.is_none() {
            self.wrong_type(spot, "`true` or `false`", "write it without quotes");
        }
        found
    }

    /// A whole number between two bounds
    pub(super) fn integer(&mut self, spot: &Spot<'_>, least: i64, most: i64) -> Option<i64> {
        let Some(number) = spot.value.as_number() else {
            self.wrong_type(spot, "a whole number", "write it in digits, without quotes");
            return None;
        };
        let found = number.as_i64().filter(|value| (least..=most).contains(value));
        if found.is_none() {
            let whole = number.to_string();
            let (message, help) = match whole.strip_suffix(".0") {
                Some(whole) => (format!("`{number}` has a fraction"), format!("write `{whole}`")),
                None if number.is_f64() => (format!("`{number}` is not a whole number"), "write a number without a fraction".into()),
                None => (format!("`{number}` lies outside {least} to {most}"), "write a number in that range".into()),
            };
            self.error("policy.number.range", &spot.at, message, help);
        }
        found
    }

    pub(super) fn small(&mut self, spot: &Spot<'_>, least: i32, most: i32) -> Option<i32> {
        self.integer(spot, least.into(), most.into()).and_then(|value| i32::try_from(value).ok())
    }

    pub(super) fn date(&mut self, spot: &Spot<'_>) -> Option<Date> {
        let Some(text) = spot.str() else {
            self.wrong_type(spot, "a date", "write it as `\"2026-11-21\"`");
            return None;
        };
        let found = Date::parse(text);
        if found.is_none() {
            let help = match repair::date(text) {
                Some(date) => format!("write `{}`", date.to_iso()),
                None => "write year, month and day as `2026-11-21`, from 1900 to 2199".into(),
            };
            let is_day = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            let message = if is_day { format!("`{text}` is not a day of the calendar") } else { format!("`{text}` is not a date") };
            self.error("policy.date.malformed", &spot.at, message, help);
        }
        found
    }
}

/// A JSON value for a message, shortened
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".into(),
        Value::Array(_) => "a list".into(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            format!("`{}`", plain(value))
        }
    }
}

/// A JSON value as it stands, shortened
pub(super) fn plain(value: &Value) -> String {
    shortened(&value.to_string())
}

/// The beginning of a text that may be long
fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// What an object with these keys looks like
fn object_help(known: &[&str]) -> String {
    let more = if known.len() > 4 { " …" } else { "" };
    match known {
        [] => "write `{ … }`".into(),
        known => format!("write `{{ … }}` with {}{more}", suggest::listed(known.iter().copied().filter(|key| *key != "$schema").take(4))),
    }
}
