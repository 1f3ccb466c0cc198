//! A value of a fact as JSON again.

use crate::money::Money;
use serde_json::{Value, json};
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind};
use tresen_core::policy::Policy;

/// A text that no policy mentions and no order has
pub(super) const STRANGER: i64 = u32::MAX as i64;

/// The value as it stands in facts; nothing for a text that the policy does not mention
pub(crate) fn json_of(policy: &Policy, fact: FactIndex, value: i64) -> Option<Value> {
    match policy.kind_of(fact)? {
        FactKind::Boolean => Some(json!(value != 0)),
        FactKind::Integer => Some(json!(value)),
        FactKind::Amount => Some(json!(Money::new(value, policy.currency.code()))),
        FactKind::Date => i32::try_from(value).ok().and_then(Date::from_days).map(|date| json!(date.to_iso())),
        FactKind::Choice => usize::try_from(value).ok().and_then(|place| fact.choices().get(place)).map(|choice| json!(choice)),
        FactKind::Country => {
            let [.., first, second] = value.to_be_bytes();
            Some(json!(String::from_utf8_lossy(&[first, second])))
        }
        FactKind::Text => text_of(policy, value).map(|text| json!(text)),
        FactKind::Texts => None,
    }
}

/// A list of texts of the policy as it stands in facts; nothing if one of them is none of the policy's
pub(crate) fn json_of_list(policy: &Policy, texts: &[u32]) -> Option<Value> {
    texts.iter().map(|text| text_of(policy, i64::from(*text))).collect::<Option<Vec<_>>>().map(|texts| json!(texts))
}

fn text_of(policy: &Policy, number: i64) -> Option<&str> {
    policy.texts.get(usize::try_from(number).ok()?).map(String::as_str)
}
