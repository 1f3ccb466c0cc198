//! Facts as JSON: one flat object, the same at every border.

pub(crate) mod direct;
mod value;

use crate::json::{self, printable, push_key};
use crate::suggest;
use serde_json::{Map, Value};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::{FactIndex, FactKind, Facts, LIST_MAX, Visibility, case, known};
use tresen_core::money::Money;
use tresen_core::policy::Policy;
use value::{Texts, choice, country, range};

pub(crate) use value::{is_birth_date, range as value_range};

/// Who says what the facts are
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The browser: client facts only
    Client,
    /// The shop's server: client and server facts
    Server,
    /// The service, or whoever decides about orders that are over: all facts but the derived
    Service,
    /// Whoever says what is known of a case: the same, and the facts of a case
    Case,
}

/// Reads facts from a JSON text
///
/// # Errors
///
/// As [`read`]; also `json.…` for what is not JSON, and `json.duplicate_key`.
pub fn read_str(policy: &Policy, text: &str, who: Who, today: Date) -> Result<Facts, Vec<Diagnostic>> {
    let document = json::parse(text.as_bytes()).map_err(|problem| {
        let message = format!("{} at line {} column {}", problem.message, problem.line, problem.column);
        vec![Diagnostic::error(problem.code, "", message, problem.help())]
    })?;
    let facts = read(policy, &document.value, who, today);
    if document.duplicates.is_empty() {
        return facts;
    }
    let twice = |at: &String| Diagnostic::error("json.duplicate_key", at.as_str(), "the key stands twice", "remove one of the two");
    Err(document.duplicates.iter().map(twice).chain(facts.err().unwrap_or_default()).collect())
}

/// Reads facts
///
/// Texts that the policy does not mention get numbers of their own, the same number for the same text.
///
/// # Errors
///
/// All mistakes at once, by the code `fact.…`; the pointers begin at the facts object. Then no fact is taken.
pub fn read(policy: &Policy, facts: &Value, who: Who, today: Date) -> Result<Facts, Vec<Diagnostic>> {
    match facts.as_object() {
        Some(object) => read_object(policy, object, who, today),
        None => Err(vec![Diagnostic::error("fact.type", "", "the facts are not an object", "write `{\"cart.total\": …}`")]),
    }
}

/// Reads facts that are an object already
///
/// # Errors
///
/// As [`read`].
pub fn read_object(policy: &Policy, object: &Map<String, Value>, who: Who, today: Date) -> Result<Facts, Vec<Diagnostic>> {
    let mut reader = Reader { policy, today, facts: Facts::new(), texts: Texts::of(policy), problems: Vec::new() };
    for (name, value) in object {
        reader.fact(name, value, who);
    }
    if reader.problems.is_empty() { Ok(reader.facts) } else { Err(reader.problems) }
}

struct Reader<'a> {
    policy: &'a Policy,
    today: Date,
    facts: Facts,
    texts: Texts<'a, 'a>,
    problems: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn tell(&mut self, code: &'static str, at: String, message: String, help: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, at, printable(message), printable(help.into())));
    }

    fn fact(&mut self, name: &str, value: &'a Value, who: Who) {
        let mut at = String::new();
        push_key(&mut at, name);
        let of_case = FactIndex::of_case_by_name(name).filter(|_| who == Who::Case);
        let Some(fact) = self.policy.fact_by_name(name).or(of_case) else {
            let more = if who == Who::Case { &case::NAMES[..] } else { &[] };
            let own = self.policy.custom.iter().map(|custom| custom.name.as_str()).chain(more.iter().copied());
            let help = suggest::help(name, known::NAMES.into_iter().chain(own), || {
                "see the catalogue of facts, or declare it in the policy".into()
            });
            return self.tell("fact.unknown", at, format!("unknown fact `{name}`"), help);
        };
        match (self.policy.visibility_of(fact), who) {
            (Some(Visibility::Client), _)
            | (Some(Visibility::Server), Who::Server | Who::Service | Who::Case)
            | (Some(Visibility::Recorded), Who::Service | Who::Case) => {}
            (None, Who::Case) if of_case.is_some() => {}
            (Some(Visibility::Server), Who::Client) => {
                let help = "let the shop's server say it when it opens the session";
                return self.tell("fact.server_only", at, format!("`{name}` is not for the browser to say"), help);
            }
            (Some(Visibility::Recorded), Who::Client | Who::Server) => {
                let help = "leave it out: the service records it when the customer has done the step";
                return self.tell("fact.recorded_only", at, format!("`{name}` is not for a shop or a browser to say"), help);
            }
            (Some(Visibility::Derived) | None, _) => {
                return self.tell("fact.derived", at, format!("`{name}` is computed, not given"), "leave it out");
            }
        }
        if value.is_null() {
            return self.tell("fact.type", at, format!("`{name}` is `null`"), "leave a fact out that is not known");
        }
        match self.policy.kind_of(fact) {
            None => {}
            Some(FactKind::Boolean) => match value.as_bool() {
                Some(value) => self.facts.set(fact, value.into()),
                None => self.wrong_type(at, name, value, "true or false"),
            },
            Some(FactKind::Integer) => self.integer(fact, name, value, at),
            Some(FactKind::Amount) => self.amount(fact, name, value, at),
            Some(FactKind::Date) => self.date(fact, name, value, at),
            Some(FactKind::Choice) => self.choice(fact, name, value, at),
            Some(FactKind::Country) => self.country(fact, name, value, at),
            Some(FactKind::Text) => match value.as_str() {
                Some(text) => {
                    let text = self.texts.number(text);
                    self.facts.set(fact, text.0.into());
                }
                None => self.wrong_type(at, name, value, "a text"),
            },
            Some(FactKind::Texts) => self.texts(fact, name, value, at),
        }
    }

    fn wrong_type(&mut self, at: String, name: &str, value: &Value, wanted: &str) {
        let found = match value {
            Value::Null => "`null`",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.tell("fact.type", at, format!("`{name}` is {found}, not {wanted}"), format!("write {wanted}"));
    }

    /// A whole number within the fact's range
    fn whole(&mut self, fact: FactIndex, name: &str, value: &Value, at: String, fraction: &'static str) -> Option<i64> {
        let Some(number) = value.as_number() else {
            self.wrong_type(at, name, value, "a whole number");
            return None;
        };
        // Whole numbers beyond 64 bits come as floats too.
        if number.as_f64().is_some_and(|float| number.is_f64() && float.abs() < 9e15) {
            self.tell(fraction, at, format!("`{name}` is `{number}`, not a whole number"), "write a whole number, without a point");
            return None;
        }
        let (least, most) = range(fact);
        let found = number.as_i64().filter(|found| (least..=most).contains(found));
        if found.is_none() {
            let message = format!("`{name}` is `{number}`, which lies outside {least} to {most}");
            self.tell("fact.range", at, message, "write a value in that range");
        }
        found
    }

    fn integer(&mut self, fact: FactIndex, name: &str, value: &Value, at: String) {
        if let Some(value) = self.whole(fact, name, value, at, "fact.type") {
            self.facts.set(fact, value);
        }
    }

    fn amount(&mut self, fact: FactIndex, name: &str, value: &Value, at: String) {
        let code = self.policy.currency;
        let Some(object) = value.as_object() else {
            let minor = value.as_str().and_then(|text| Money::parse(text).ok()).map_or(1_250, Money::minor);
            let help = format!("write `{{\"minor\": {minor}, \"currency\": \"{}\"}}`", code.code());
            return self.tell("fact.type", at, format!("`{name}` is not an amount in minor units"), help);
        };
        let shape = object.len() == 2 && object.contains_key("minor") && object.contains_key("currency");
        let currency = object.get("currency").and_then(Value::as_str);
        let (Some(currency), true) = (currency, shape) else {
            let help = format!("write `{{\"minor\": 1250, \"currency\": \"{}\"}}` and nothing else", code.code());
            return self.tell("fact.type", at, format!("`{name}` is not an amount in minor units"), help);
        };
        let minor = self.whole(fact, name, object.get("minor").unwrap_or(&Value::Null), format!("{at}/minor"), "fact.precision");
        if currency != code.code() {
            let message = format!("`{name}` is in `{currency}`, and the policy in {}", code.code());
            return self.tell("fact.currency", format!("{at}/currency"), message, format!("write the amount in {}", code.code()));
        }
        if let Some(minor) = minor {
            self.facts.set(fact, minor);
        }
    }

    fn date(&mut self, fact: FactIndex, name: &str, value: &Value, at: String) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(at, name, value, "a date such as `2026-11-21`");
        };
        match Date::parse(text) {
            None if is_date_of_another_time(text) => {
                self.tell("fact.range", at, format!("`{name}` is `{text}`, which lies outside 1900 to 2199"), "write a date in that range");
            }
            None => {
                let message = format!("`{name}` is `{text}`, which is not a day of the calendar");
                self.tell("fact.date_malformed", at, message, "write year, month and day as `2026-11-21`");
            }
            Some(date) if fact == known::CUSTOMER_BIRTH_DATE && !is_birth_date(date, self.today) => {
                let message = format!("`{name}` is `{text}`, which nobody alive on {} can have", self.today.to_iso());
                self.tell("fact.range", at, message, "write a date of the last 130 years");
            }
            Some(date) => self.facts.set(fact, date.days().into()),
        }
    }

    fn choice(&mut self, fact: FactIndex, name: &str, value: &Value, at: String) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(at, name, value, "a text");
        };
        match choice(fact, text) {
            Some(place) => self.facts.set(fact, place),
            None => {
                let all = || fact.choices().iter().copied();
                let help = suggest::help(text, all(), || format!("write one of {}", suggest::listed(all())));
                self.tell("fact.choice_unknown", at, format!("`{name}` is `{text}`, which is no choice"), help);
            }
        }
    }

    fn country(&mut self, fact: FactIndex, name: &str, value: &Value, at: String) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(at, name, value, "a country code such as `DE`");
        };
        match country(text) {
            Some(code) => self.facts.set(fact, code),
            None => {
                let help = "write the two capitals of ISO 3166-1, such as `DE`";
                self.tell("fact.country_malformed", at, format!("`{name}` is `{text}`, which is not a country code"), help);
            }
        }
    }

    fn texts(&mut self, fact: FactIndex, name: &str, value: &'a Value, at: String) {
        let Some(items) = value.as_array() else {
            return self.wrong_type(at, name, value, "a list of texts");
        };
        let mut texts = Vec::with_capacity(items.len().min(LIST_MAX));
        for (place, item) in items.iter().enumerate().take(LIST_MAX) {
            match item.as_str() {
                Some(text) => texts.push(self.texts.number(text)),
                None => return self.wrong_type(format!("{at}/{place}"), name, item, "a list of texts"),
            }
        }
        if items.len() > LIST_MAX || !self.facts.set_list(fact, &texts) {
            let message = format!("`{name}` has {} texts, more than there is room for", items.len());
            self.tell("fact.list_too_long", at, message, format!("give at most {LIST_MAX} texts a list, and 512 in all"));
        }
    }
}

/// Four digits, two digits, two digits: a date, though not one that can be named
fn is_date_of_another_time(text: &str) -> bool {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| if place == 4 || place == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    // The year 2000 has every day that any year has.
    shape
        && !("1900".."2200").contains(&text.get(..4).unwrap_or_default())
        && Date::parse(&format!("2000{}", text.get(4..).unwrap_or_default())).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_another_time_is_told_from_one_that_does_not_exist() {
        assert!(is_date_of_another_time("1850-01-31") && is_date_of_another_time("2200-01-01"));
        assert!(!is_date_of_another_time("1850-13-31") && !is_date_of_another_time("2026-02-30") && !is_date_of_another_time("1850-1-31"));
    }
}
