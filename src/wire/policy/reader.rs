//! Walking a JSON policy by hand, so that every mistake is found, each with its place.

use crate::json::push_key;
use crate::suggest;
use serde_json::{Map, Value};
use tresen_core::date::Date;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::money::{MINOR_MAX, Money, MoneyError};
use tresen_core::policy::{Kind, Policy};

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
}

impl<'a> Fields<'a> {
    pub(super) fn get(&self, key: &str) -> Option<Spot<'a>> {
        self.object.get(key).map(|value| Spot { value: &Value::Null, at: self.at.clone() }.child(key, value))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
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
    /// Whether all attributes of the scorecards could be read
    pub(super) scores_whole: bool,
    /// Whether no policy can be built from what was read
    pub(super) broken: bool,
    /// What is being read, such as ``rule `minors` ``
    label: String,
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
            scores_whole: true,
            broken: false,
            label: String::new(),
        }
    }

    /// Names what is read from here on, in front of every message; an empty name for nothing in particular
    pub(super) fn label(&mut self, label: String) {
        self.label = label;
    }

    /// How many errors there are so far
    pub(super) fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    fn tell(&mut self, severity: Severity, code: &'static str, at: &str, message: &str, help: impl Into<String>) {
        let message = if self.label.is_empty() { message.to_owned() } else { format!("{}: {message}", self.label) };
        self.diagnostics.push(Diagnostic { code, severity, message, help: help.into().into(), at: at.to_owned() });
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

    fn wrong_type(&mut self, spot: &Spot<'_>, wanted: &str, help: &str) {
        let message = format!("{} stands where {wanted} belongs", shown(spot.value));
        let help = if spot.value.is_null() { "leave the key out instead of giving it `null`" } else { help };
        self.error("policy.type", &spot.at, message, help);
    }

    /// An object with no keys but these
    pub(super) fn object<'a>(&mut self, spot: &Spot<'a>, known: &[&str]) -> Option<Fields<'a>> {
        let Some(object) = spot.value.as_object() else {
            self.wrong_type(spot, "an object", "write `{ … }`");
            return None;
        };
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let mut at = spot.at.clone();
            push_key(&mut at, key);
            let help =
                suggest::help(key, known.iter().copied(), || format!("remove it; known here: {}", suggest::listed(known.iter().copied())));
            self.error("policy.key.unknown", &at, format!("unknown key `{key}`"), help);
        }
        Some(Fields { object, at: spot.at.clone() })
    }

    /// The value of a key that has to be there
    pub(super) fn required<'a>(&mut self, fields: &Fields<'a>, key: &str, help: &str) -> Option<Spot<'a>> {
        let found = fields.get(key);
        if found.is_none() {
            self.error("policy.key.missing", fields.at(), format!("`{key}` is missing"), help);
        }
        found
    }

    /// The entries of a list of at most `most`
    pub(super) fn list<'a>(&mut self, spot: &Spot<'a>, most: usize) -> Option<Vec<Spot<'a>>> {
        let Some(items) = spot.value.as_array() else {
            self.wrong_type(spot, "a list", "write `[ … ]`");
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
        Some(items.iter().enumerate().map(|(place, item)| spot.child(&place.to_string(), item)).collect())
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

    /// One of some words, as its place among them
    pub(super) fn word(&mut self, spot: &Spot<'_>, known: &[&str]) -> Option<usize> {
        let word = self.text(spot)?;
        let place = known.iter().position(|candidate| *candidate == word);
        if place.is_none() {
            let help = suggest::help(word, known.iter().copied(), || format!("write one of {}", suggest::listed(known.iter().copied())));
            self.error("policy.word.unknown", &spot.at, format!("`{word}` is not known here"), help);
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
            let message = format!("`{number}` is not a whole number from {least} to {most}");
            self.error("policy.number.range", &spot.at, message, "write a number in that range, without a fraction");
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
            let help = "write year, month and day as `2026-11-21`, from 1900 to 2199";
            self.error("policy.date.malformed", &spot.at, format!("`{text}` is not a date"), help);
        }
        found
    }

    /// An amount of the policy's currency, in minor units
    pub(super) fn amount(&mut self, spot: &Spot<'_>) -> Option<i64> {
        let currency = self.policy.currency;
        let code = currency.code();
        let Some(text) = spot.str() else {
            let help = amount_help(spot.value, code);
            self.error("policy.amount.malformed", &spot.at, format!("{} is not an amount", shown(spot.value)), help);
            return None;
        };
        let amount = match Money::parse(text) {
            Ok(amount) => amount,
            Err(problem) => {
                let (kind, message, help) = amount_problem(text, problem, code);
                self.error(kind, &spot.at, message, help);
                return None;
            }
        };
        if amount.currency() != currency {
            if self.currency_known {
                let message = format!("`{text}` is not in the policy's currency {code}");
                let digits = usize::from(currency.digits());
                let help = format!("write an amount in {code}, such as `{}`", example(digits, code));
                self.error("policy.amount.currency", &spot.at, message, help);
            }
            return None;
        }
        if amount.minor() < 0 {
            self.error("policy.amount.out_of_range", &spot.at, format!("`{text}` is below zero"), "amounts of a policy begin at zero");
            return None;
        }
        Some(amount.minor())
    }
}

fn example(digits: usize, code: &str) -> String {
    if digits == 0 { format!("250 {code}") } else { format!("250.{} {code}", "0".repeat(digits)) }
}

fn amount_help(value: &Value, code: &str) -> String {
    match value {
        Value::Number(number) => format!("write the currency too, in quotes: `\"{number} {code}\"`"),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            format!("write the amount as a text with its currency: `\"12.50 {code}\"`")
        }
    }
}

fn amount_problem(text: &str, problem: MoneyError, code: &str) -> (&'static str, String, String) {
    match problem {
        MoneyError::TooPrecise { digits } => (
            "policy.amount.too_precise",
            format!("`{text}` has more digits after the point than the currency"),
            format!("write at most {digits} digits after the point"),
        ),
        MoneyError::UnknownCurrency => (
            "policy.amount.currency",
            format!("`{text}` has a currency that ISO 4217 does not know"),
            format!("write the amount in {code}"),
        ),
        MoneyError::OutOfRange => {
            ("policy.amount.out_of_range", format!("`{text}` is too large"), format!("amounts end at {MINOR_MAX} minor units"))
        }
        _ => {
            let help = match repaired(text, code) {
                Some(repaired) => format!("write the amount with a point: `{repaired}`"),
                None => format!("write the amount with a point, a space and the currency: `12.50 {code}`"),
            };
            ("policy.amount.malformed", format!("`{text}` is not an amount"), help)
        }
    }
}

/// What a slightly wrong amount was surely meant to be
fn repaired(text: &str, code: &str) -> Option<String> {
    let number: String = text.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',')).collect();
    let number = number.replace(',', ".");
    let candidate = format!("{number} {code}");
    Money::parse(&candidate).ok().map(|_| candidate)
}

/// A JSON value for a message, shortened
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".into(),
        Value::Array(_) => "a list".into(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let text = value.to_string();
            let short: String = text.chars().take(60).collect();
            if short.len() < text.len() { format!("`{short}…`") } else { format!("`{short}`") }
        }
    }
}
