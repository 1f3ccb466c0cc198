//! A line read by way of its JSON, so that every mistake is told with its place.

use super::{BESIDE_FACTS, Line, Margin, Order, Outcome, Paid, Reader, parse};
use crate::facts::{Who, read_object};
use crate::json::{printable, push_key};
use crate::suggest;
use serde_json::{Map, Value};
use std::borrow::Cow;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::Facts;
use tresen_core::money::MINOR_MAX;
use tresen_core::rate::Rate;

impl Reader<'_> {
    pub(super) fn thorough(&self, line: &[u8], facts: &mut Facts) -> Result<Order, Vec<Diagnostic>> {
        let document = parse(line)?;
        let line = Line::of(&document, &BESIDE_FACTS)?;
        let today = line.day(self.today)?;
        let mut mistakes = Mistakes { currency: self.policy.currency.code(), found: Vec::new() };
        let beside = |key| if line.at.is_empty() { None } else { line.whole.get(key) };
        let outcome = beside("outcome").and_then(|outcome| self.outcome(outcome, &mut mistakes));
        let margin = beside("margin").and_then(|margin| mistakes.margin(margin));
        match read_object(self.policy, &self.looked_at(line.facts), Who::Service, today) {
            Ok(read) if mistakes.found.is_empty() => {
                *facts = read;
                Ok(Order { today, outcome, margin })
            }
            Ok(_) => Err(mistakes.found),
            Err(problems) => Err(problems.into_iter().map(|problem| line.below(problem)).chain(mistakes.found).collect()),
        }
    }

    fn looked_at<'a>(&self, facts: &'a Map<String, Value>) -> Cow<'a, Map<String, Value>> {
        if self.passed_over.is_empty() {
            return Cow::Borrowed(facts);
        }
        let own = facts.iter().filter(|(name, _)| !self.passed_over.contains(name));
        Cow::Owned(own.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    fn outcome(&self, outcome: &Value, mistakes: &mut Mistakes<'_>) -> Option<Outcome> {
        let Some(object) = outcome.as_object() else {
            mistakes.tell("order.type", "/outcome", "`outcome` is not an object".into(), "write `{\"paid\": \"on_time\"}`");
            return None;
        };
        for key in object.keys().filter(|key| !matches!(key.as_str(), "method" | "paid" | "lost")) {
            let mut at = "/outcome".to_owned();
            push_key(&mut at, key);
            mistakes.tell("json.key_unknown", &at, format!("unknown key `{key}`"), "an outcome has `paid`, `method` and `lost`");
        }
        let paid = mistakes.paid(object.get("paid"));
        let method = object.get("method").map(Value::as_str);
        if method == Some(None) {
            let help = "write the id of the method it was bought with";
            mistakes.tell("order.type", "/outcome/method", "`method` is not a text".into(), help);
        }
        let lost = object.get("lost").and_then(|lost| mistakes.amount(lost, "/outcome/lost", "lost"));
        if lost.is_some_and(|lost| lost < 0) {
            let help = "write what was lost as a positive amount, or leave it out";
            mistakes.tell("order.lost.negative", "/outcome/lost/minor", "`lost` is below zero".into(), help);
        }
        let paid = paid?;
        if paid == Paid::OnTime && object.contains_key("lost") {
            let help = "leave `lost` out, or say that it was paid `late` or is `unpaid`";
            mistakes.tell("order.lost.unexpected", "/outcome/lost", "something was lost though it was paid `on_time`".into(), help);
        }
        Some(Outcome { bought: method.flatten().map_or(super::Bought::WithCreditRisk, |method| self.bought(method)), paid, lost })
    }
}

/// Collects what is wrong beside the facts
struct Mistakes<'a> {
    currency: &'a str,
    found: Vec<Diagnostic>,
}

impl Mistakes<'_> {
    fn tell(&mut self, code: &'static str, at: &str, message: String, help: impl Into<String>) {
        self.found.push(Diagnostic::error(code, at, printable(message), printable(help.into())));
    }

    fn paid(&mut self, paid: Option<&Value>) -> Option<Paid> {
        let words = || Paid::ALL.into_iter().map(Paid::code);
        let listed = || format!("write one of {}", suggest::listed(words()));
        let Some(paid) = paid else {
            self.tell("order.paid.missing", "/outcome", "the outcome does not say how it was `paid`".into(), listed());
            return None;
        };
        let Some(word) = paid.as_str() else {
            self.tell("order.type", "/outcome/paid", "`paid` is not a text".into(), listed());
            return None;
        };
        let found = Paid::from_code(word);
        if found.is_none() {
            self.tell("order.paid.unknown", "/outcome/paid", format!("`paid` is `{word}`"), suggest::help(word, words(), listed));
        }
        found
    }

    fn margin(&mut self, margin: &Value) -> Option<Margin> {
        if margin.is_object() {
            return self.amount(margin, "/margin", "margin").map(Margin::Amount);
        }
        let share = margin.as_str().and_then(Rate::parse);
        if share.is_none() {
            let help = format!("write `{{\"minor\": 1250, \"currency\": \"{}\"}}`, or a share of the total, `\"0.35\"`", self.currency);
            self.tell("order.margin", "/margin", "`margin` is neither an amount nor a share between 0 and 1".into(), help);
        }
        share.map(Margin::Share)
    }

    /// An amount of the policy's currency
    fn amount(&mut self, value: &Value, at: &str, name: &str) -> Option<i64> {
        let code = self.currency;
        let object = value.as_object().filter(|object| object.len() == 2);
        let minor = object.and_then(|object| object.get("minor")?.as_i64()).filter(|minor| (-MINOR_MAX..=MINOR_MAX).contains(minor));
        let currency = object.and_then(|object| object.get("currency")?.as_str());
        let (Some(minor), Some(currency)) = (minor, currency) else {
            let help = format!("write `{{\"minor\": 1250, \"currency\": \"{code}\"}}` and nothing else");
            self.tell("order.amount", at, format!("`{name}` is not an amount in minor units"), help);
            return None;
        };
        if currency != code {
            let message = format!("`{name}` is in `{currency}`, and the policy in {code}");
            self.tell("order.currency", &format!("{at}/currency"), message, format!("write the amount in {code}"));
            return None;
        }
        Some(minor)
    }
}
