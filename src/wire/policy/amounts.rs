//! Amounts as JSON: a text with its currency, which has to be the policy's.

use super::reader::{Reader, Spot, shown};
use super::repair;
use serde_json::Value;
use tresen_core::money::{Currency, MINOR_MAX, Money, MoneyError};

impl Reader {
    /// An amount of the policy's currency, in minor units
    pub(super) fn amount(&mut self, spot: &Spot<'_>) -> Option<i64> {
        let currency = self.policy.currency;
        let Some(text) = spot.str() else {
            let message = format!("{} is not an amount", shown(spot.value));
            self.error("policy.amount.malformed", &spot.at, message, help(spot.value, currency));
            return None;
        };
        let amount = match Money::parse(text) {
            Ok(amount) => amount,
            Err(problem) => {
                let (kind, message, help) = told(text, problem, currency);
                self.error(kind, &spot.at, message, help);
                return None;
            }
        };
        let code = currency.code();
        if amount.currency() != currency {
            if self.currency_known {
                let message = format!("`{text}` is not in the policy's currency {code}");
                let help = format!("write an amount in {code}, such as `{}`", example(currency));
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

fn example(currency: Currency) -> String {
    let (digits, code) = (usize::from(currency.digits()), currency.code());
    if digits == 0 { format!("250 {code}") } else { format!("250.{} {code}", "0".repeat(digits)) }
}

/// How to write an amount that is no text
fn help(value: &Value, currency: Currency) -> String {
    let minor = value.get("minor").and_then(Value::as_i64).filter(|minor| *minor >= 0);
    let amount = match value {
        Value::Number(number) => Money::parse(&format!("{number} {}", currency.code())).ok(),
        Value::Object(_) => minor.and_then(|minor| Money::from_minor(minor, currency).ok()),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => None,
    };
    match amount {
        Some(amount) => format!("write it in quotes with its currency: `\"{}\"`", amount.to_plain()),
        None => format!("write it in quotes with its currency: `\"{}\"`", example(currency)),
    }
}

/// Code, message and help for a text that is no amount
fn told(text: &str, problem: MoneyError, currency: Currency) -> (&'static str, String, String) {
    let repaired = repair::amount(text, currency);
    match problem {
        MoneyError::TooPrecise { digits } => {
            let most = match digits {
                0 => "no digits".to_owned(),
                digits => format!("at most {digits} digits"),
            };
            let help = match repaired {
                Some(whole) => format!("write {most} after the point; if it was to part thousands, write `{whole}`"),
                None => format!("write {most} after the point"),
            };
            ("policy.amount.too_precise", format!("`{text}` has more digits after the point than the currency"), help)
        }
        MoneyError::UnknownCurrency => (
            "policy.amount.currency",
            format!("`{text}` has a currency that ISO 4217 does not know"),
            format!("write the amount in {}, such as `{}`", currency.code(), example(currency)),
        ),
        MoneyError::OutOfRange => {
            let most = Money::from_minor(MINOR_MAX, currency).map(Money::to_plain).unwrap_or_default();
            ("policy.amount.out_of_range", format!("`{text}` is too large"), format!("write at most `{most}`"))
        }
        _ => {
            let help = match repaired {
                Some(repaired) if text.contains(',') => format!("write the amount with a point: `{repaired}`"),
                Some(repaired) => format!("write `{repaired}`"),
                None => format!("write the amount with a point, a space and the currency: `{}`", example(currency)),
            };
            ("policy.amount.malformed", format!("`{text}` is not an amount"), help)
        }
    }
}
