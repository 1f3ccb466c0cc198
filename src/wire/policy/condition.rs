//! Conditions as JSON: `all`, `any`, `not`, and a fact against a value.

use super::reader::{Fields, Reader, Spot, shown};
use crate::suggest;
use serde_json::Value;
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind, Visibility, case, known};
use tresen_core::money::MINOR_MAX;
use tresen_core::offer::country_value;
use tresen_core::policy::{Condition, DEPTH_MAX, NODES_MAX, Node, Relation, Truth};
use tresen_core::steps::Step;

/// Which facts a condition may read
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// All
    All,
    /// Not the risk, which is not known yet
    BeforeRisk,
    /// Neither the risk nor the value class
    BeforeClasses,
    /// What the server knows before the browser says anything
    Server,
    /// All, and what is known of a case
    Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Relation(Relation),
    OneOf { negated: bool },
    Contains { negated: bool },
    Present { negated: bool },
}

const OPERATORS: [(&str, Operator); 12] = [
    ("equal", Operator::Relation(Relation::Equal)),
    ("notEqual", Operator::Relation(Relation::NotEqual)),
    ("lessThan", Operator::Relation(Relation::Less)),
    ("lessThanInclusive", Operator::Relation(Relation::LessOrEqual)),
    ("greaterThan", Operator::Relation(Relation::Greater)),
    ("greaterThanInclusive", Operator::Relation(Relation::GreaterOrEqual)),
    ("in", Operator::OneOf { negated: false }),
    ("notIn", Operator::OneOf { negated: true }),
    ("contains", Operator::Contains { negated: false }),
    ("doesNotContain", Operator::Contains { negated: true }),
    ("isPresent", Operator::Present { negated: false }),
    ("isMissing", Operator::Present { negated: true }),
];

impl Operator {
    fn name(self) -> &'static str {
        OPERATORS.iter().find(|(_, operator)| *operator == self).map_or("", |(name, _)| name)
    }

    fn fits(self, kind: FactKind) -> bool {
        match self {
            Self::Relation(relation) => kind != FactKind::Texts && (kind.is_ordered() || !relation.is_ordering()),
            Self::OneOf { .. } => !matches!(kind, FactKind::Texts | FactKind::Boolean),
            Self::Contains { .. } => kind == FactKind::Texts,
            Self::Present { .. } => true,
        }
    }
}

impl Reader {
    /// The condition at `when`, or the one that always holds if there is none
    pub(super) fn when(&mut self, fields: &Fields<'_>, scope: Scope) -> Condition {
        match fields.get("when") {
            Some(spot) => self.condition(&spot, scope),
            None if fields.lacks("when") => Condition::ALWAYS,
            None => self.broken_condition(),
        }
    }

    /// Appends a condition
    pub(super) fn condition(&mut self, spot: &Spot<'_>, scope: Scope) -> Condition {
        let start = self.policy.conditions.next();
        if self.node(spot, scope, DEPTH_MAX).is_none() {
            self.policy.conditions.truncate(start);
            return self.broken_condition();
        }
        Condition(Some(start))
    }

    /// Stands for a condition that could not be read, so that the rest can still be looked at
    pub(super) fn broken_condition(&mut self) -> Condition {
        Condition(Some(self.policy.conditions.push(Node::Constant(Truth::Unknown))))
    }

    fn node(&mut self, spot: &Spot<'_>, scope: Scope, depth: u8) -> Option<()> {
        let Some(depth) = depth.checked_sub(1) else {
            let message = format!("the condition is nested more than {DEPTH_MAX} deep");
            self.error("policy.condition.too_deep", &spot.at, message, "join neighbouring `all` and `any`, or split the rule");
            return None;
        };
        if self.policy.conditions.nodes().len() >= NODES_MAX {
            const CODE: &str = "policy.condition.too_many";
            // Once for all the parts that come too late.
            if !self.diagnostics.iter().any(|diagnostic| diagnostic.code == CODE) {
                let message = format!("the conditions of the policy have more than {NODES_MAX} parts");
                self.error(CODE, &spot.at, message, "use `in` with a list instead of many comparisons");
            }
            return None;
        }
        self.next_node_at(&spot.at);
        let forms: Vec<&str> = ["all", "any", "not", "fact"]
            .into_iter()
            .filter(|key| spot.value.as_object().is_some_and(|object| object.contains_key(*key)))
            .collect();
        match forms.as_slice() {
            ["all"] => self.group(spot, "all", Node::All { end: 0 }, scope, depth),
            ["any"] => self.group(spot, "any", Node::Any { end: 0 }, scope, depth),
            ["not"] => {
                let inner = self.object(spot, &["not"])?.get("not")?;
                self.policy.conditions.push(Node::Not);
                self.node(&inner, scope, depth)
            }
            ["fact"] => self.leaf(spot, scope),
            forms => {
                let known = ["all", "any", "not", "fact", "operator", "value"];
                if forms.is_empty() && spot.value.is_object() && self.object(spot, &known)?.has_strangers(&known) {
                    return None;
                }
                let help = "write exactly one of `{\"all\": [ … ]}`, `{\"any\": [ … ]}`, `{\"not\": { … }}` and `{\"fact\": …, \"operator\": …, \"value\": …}`";
                let message = match (spot.value, forms) {
                    (Value::Object(object), []) if object.is_empty() => "the condition is empty".to_owned(),
                    (Value::Object(_), []) => "the condition says neither `all`, `any`, `not` nor `fact`".to_owned(),
                    (Value::Object(_), forms) => format!("the condition says {} at once", suggest::listed(forms.iter().copied())),
                    (other, _) => format!("{} is not a condition", shown(other)),
                };
                self.error("policy.condition.malformed", &spot.at, message, help);
                None
            }
        }
    }

    fn group(&mut self, spot: &Spot<'_>, key: &str, node: Node, scope: Scope, depth: u8) -> Option<()> {
        let inner = self.object(spot, &[key])?.get(key)?;
        let parts = self.list(&inner, NODES_MAX)?;
        if parts.is_empty() {
            let says = if key == "all" { "always holds" } else { "never holds" };
            self.warning("policy.condition.empty", &inner.at, format!("`{key}` of nothing {says}"), "give it a condition, or leave it out");
        }
        let place = self.policy.conditions.push(node);
        // Every part is read, also behind one that is broken: all mistakes at once.
        let read: Vec<Option<()>> = parts.iter().map(|part| self.node(part, scope, depth)).collect();
        self.policy.conditions.close(place);
        read.into_iter().collect()
    }

    fn leaf(&mut self, spot: &Spot<'_>, scope: Scope) -> Option<()> {
        let fields = self.object(spot, &["fact", "operator", "value"])?;
        let fact = fields.get("fact").and_then(|name| self.fact(&name, scope));
        let operator = self.required(&fields, "operator", "say how to compare, such as `equal`").and_then(|name| self.operator(&name));
        let (fact, operator) = (fact?, operator?);
        if self.untyped.contains(&fact) {
            return None;
        }
        let kind = self.policy.kind_of(fact)?;
        if !operator.fits(kind) {
            let fitting = OPERATORS.iter().filter(|(_, operator)| operator.fits(kind)).map(|(name, _)| *name);
            let name = self.policy.name_of(fact);
            let message = format!("operator `{}` does not fit `{name}`, which is of type {}", operator.name(), kind.word());
            let help = format!("use one of {}", suggest::listed(fitting));
            self.error("policy.condition.operator_mismatch", &fields.at_key("operator"), message, help);
            return None;
        }
        let node = self.comparison(&fields, fact, kind, operator, scope)?;
        self.policy.conditions.push(node);
        Some(())
    }

    fn comparison(&mut self, fields: &Fields<'_>, fact: FactIndex, kind: FactKind, operator: Operator, scope: Scope) -> Option<Node> {
        if let Operator::Present { negated } = operator {
            if fields.has("value") {
                let message = format!("operator `{}` takes no `value`", operator.name());
                self.error("policy.condition.malformed", &fields.at_key("value"), message, "remove `value`");
            }
            // Without classes the fact is missing whatever the order.
            let classless = fact == known::RISK_CLASS && self.class_ids.is_empty();
            return Some(if classless { Node::Constant(Truth::from(negated)) } else { Node::Present { fact, negated } });
        }
        let value = self.required(fields, "value", "say what to compare with")?;
        match operator {
            Operator::Relation(relation) => match value.value {
                Value::Object(_) => self.other_fact(&value, fact, relation, scope),
                Value::Array(_) if !relation.is_ordering() => {
                    let for_lists = if relation == Relation::Equal { "in" } else { "notIn" };
                    let help = format!("write `{for_lists}` in place of `{}`", operator.name());
                    let message = format!("operator `{}` takes one value, not a list", operator.name());
                    self.error("policy.condition.value_type", &value.at, message, help);
                    None
                }
                _ => self.literal(&value, fact, kind).map(|value| Node::Compare { fact, relation, value }),
            },
            Operator::OneOf { negated } => {
                let items = self.list(&value, 1_024)?;
                if items.is_empty() {
                    self.warning(
                        "policy.condition.empty",
                        &value.at,
                        "the list of values is empty",
                        "name the values, or leave the condition out",
                    );
                }
                let read: Vec<Option<i64>> = items.iter().map(|item| self.literal(item, fact, kind)).collect();
                let mut values = read.into_iter().collect::<Option<Vec<i64>>>()?;
                values.sort_unstable();
                values.dedup();
                Some(Node::OneOf { fact, negated, values })
            }
            Operator::Contains { .. } if value.value.is_array() => {
                let message = format!("operator `{}` takes one text, not a list", operator.name());
                let help = "write one condition for each text, joined by `any` or `all`";
                self.error("policy.condition.value_type", &value.at, message, help);
                None
            }
            Operator::Contains { negated } => {
                let text = self.text(&value)?;
                if fact == known::CUSTOMER_CONFIRMED && Step::from_code(text).is_none() {
                    let keys = || Step::ALL.into_iter().map(Step::code);
                    let help = suggest::help(text, keys(), || format!("use one of {}", suggest::listed(keys())));
                    self.problem("policy.step.unknown", &value.at, format!("there is no step `{text}` to confirm"), help);
                }
                Some(Node::Contains { fact, negated, text: self.intern(text) })
            }
            Operator::Present { .. } => None,
        }
    }

    /// A comparison with another fact
    fn other_fact(&mut self, spot: &Spot<'_>, left: FactIndex, relation: Relation, scope: Scope) -> Option<Node> {
        let fields = self.object(spot, &["fact"])?;
        let name = self.required(&fields, "fact", "name the fact to compare with")?;
        let right = self.fact(&name, scope)?;
        if left == right {
            let message = format!("`{}` is compared with itself", self.policy.name_of(left));
            self.problem("policy.condition.same_fact", &name.at, message, "name another fact, or compare with a value");
        }
        let policy = &self.policy;
        let of_classes = |fact| fact == known::RISK_CLASS || fact == known::VALUE_CLASS;
        let alike =
            policy.kind_of(left) == policy.kind_of(right) && left.choices() == right.choices() && !of_classes(left) && !of_classes(right);
        // The browser knows no text of the server's that the policy does not mention.
        let alike = alike && (policy.kind_of(left) != Some(FactKind::Text) || policy.visibility_of(left) == policy.visibility_of(right));
        if !alike {
            let message = format!("`{}` and `{}` cannot be compared", policy.name_of(left), policy.name_of(right));
            self.error(
                "policy.condition.facts_mismatch",
                &spot.at,
                message,
                "compare facts of the same type and the same choices; of two texts, both from the browser or both from the server",
            );
            return None;
        }
        Some(Node::CompareFacts { left, relation, right, shift: 0 })
    }

    /// The fact of that name, if it may be read here
    pub(super) fn fact(&mut self, spot: &Spot<'_>, scope: Scope) -> Option<FactIndex> {
        let name = self.text(spot)?;
        let of_case = FactIndex::of_case_by_name(name);
        if of_case.is_some() && scope != Scope::Case {
            let message = format!("`{name}` is not known of an order");
            self.error(
                "policy.condition.not_allowed_here",
                &spot.at,
                message,
                "ask about a case in the segments of `collection` or the methods of `settlement`",
            );
            return None;
        }
        let Some(fact) = self.policy.fact_by_name(name).or(of_case) else {
            let more = if scope == Scope::Case { &case::NAMES[..] } else { &[] };
            let own: Vec<&str> = self.policy.custom.iter().map(|custom| custom.name.as_str()).chain(more.iter().copied()).collect();
            let help = suggest::fact(name, &own);
            self.error("policy.fact.unknown", &spot.at, format!("unknown fact `{name}`"), help);
            return None;
        };
        let of_risk = fact == known::RISK_CLASS || fact == known::RISK_POINTS;
        let of_value = fact == known::VALUE_CLASS;
        let client = [known::CUSTOMER_AGE, known::ACCOUNT_EXPOSURE_AFTER, known::HISTORY_AMOUNT_7_DAYS_AFTER].contains(&fact)
            || matches!(self.policy.visibility_of(fact), Some(Visibility::Client | Visibility::Recorded));
        let of_cart = fact == known::ACCOUNT_EXPOSURE_AFTER || fact == known::HISTORY_AMOUNT_7_DAYS_AFTER;
        let why = match scope {
            Scope::All => None,
            // The order is in the account by then: it would count twice.
            Scope::Case => of_cart.then_some("the order is owed already: `case.amount_open` and `account.open_balance` hold it"),
            Scope::BeforeRisk => of_risk.then_some("the class is only found from this condition"),
            Scope::BeforeClasses => (of_risk || of_value).then_some("the classes are found later"),
            Scope::Server if of_risk || of_value => Some("the classes are found later"),
            Scope::Server => client.then_some("this must be known before the browser says anything"),
        };
        if let Some(why) = why {
            let message = format!("`{name}` cannot be read here");
            self.error("policy.condition.not_allowed_here", &spot.at, message, format!("use another fact: {why}"));
            return None;
        }
        Some(fact)
    }

    fn operator(&mut self, spot: &Spot<'_>) -> Option<Operator> {
        let name = self.text(spot)?;
        if let Some((_, operator)) = OPERATORS.iter().find(|(known, _)| *known == name) {
            return Some(*operator);
        }
        let names = || OPERATORS.iter().map(|(known, _)| *known);
        let help = suggest::help(name, names(), || format!("use one of {}", suggest::listed(names())));
        self.error("policy.condition.operator_unknown", &spot.at, format!("unknown operator `{name}`"), help);
        None
    }

    /// A value of the fact's type
    pub(super) fn literal(&mut self, spot: &Spot<'_>, fact: FactIndex, kind: FactKind) -> Option<i64> {
        let fits = match kind {
            FactKind::Boolean => spot.value.is_boolean(),
            FactKind::Integer => spot.value.is_number(),
            FactKind::Amount => spot.value.is_string() || spot.value.is_number(),
            FactKind::Date | FactKind::Choice | FactKind::Country | FactKind::Text | FactKind::Texts => spot.value.is_string(),
        };
        if !fits {
            let message =
                format!("{} is not a value of `{}`, which is of type {}", shown(spot.value), self.policy.name_of(fact), kind.word());
            self.error("policy.condition.value_type", &spot.at, message, literal_help(kind, self.policy.currency.code()));
            return None;
        }
        match kind {
            FactKind::Boolean => spot.value.as_bool().map(i64::from),
            FactKind::Integer => {
                let value = self.integer(spot, -MINOR_MAX, MINOR_MAX)?;
                self.in_range(spot, fact, value);
                Some(value)
            }
            FactKind::Amount => self.amount(spot),
            FactKind::Date => self.date(spot).map(Date::days).map(i64::from),
            FactKind::Choice => self.choice(spot, fact),
            FactKind::Country => self.country(spot).map(country_value),
            FactKind::Text | FactKind::Texts => self.text(spot).map(|text| self.intern(text).into()),
        }
    }

    fn in_range(&mut self, spot: &Spot<'_>, fact: FactIndex, value: i64) {
        let (least, most) = fact.range().unwrap_or((0, MINOR_MAX));
        if !(least..=most).contains(&value) {
            let message = format!("`{value}` lies outside what `{}` can be, {least} to {most}", self.policy.name_of(fact));
            self.problem("policy.condition.out_of_range", &spot.at, message, "write a value in that range");
        }
    }

    fn choice(&mut self, spot: &Spot<'_>, fact: FactIndex) -> Option<i64> {
        let word = self.text(spot)?;
        let own = match fact {
            known::RISK_CLASS => Some(self.class_ids.clone()),
            known::VALUE_CLASS => Some(self.value_class_ids.clone()),
            _ => None,
        };
        let choices: Vec<&str> = own.as_ref().map_or_else(|| fact.choices().to_vec(), |ids| ids.iter().map(String::as_str).collect());
        let place = choices.iter().position(|choice| *choice == word).and_then(|place| i64::try_from(place).ok());
        if place.is_none() {
            let help = suggest::help(word, choices.iter().copied(), || match choices.as_slice() {
                [] => format!("declare it under `{}`", if fact == known::VALUE_CLASS { "value_classes" } else { "classes" }),
                choices => format!("write one of {}", suggest::listed(choices.iter().copied())),
            });
            let message = format!("`{word}` is no value of `{}`", self.policy.name_of(fact));
            self.error("policy.condition.value_unknown", &spot.at, message, help);
        }
        place
    }

    /// The place of a text in the policy's list, where it is put if it is new
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        let texts = &mut self.policy.texts;
        let place = texts.iter().position(|known| known == text).unwrap_or_else(|| {
            texts.push(text.to_owned());
            texts.len().saturating_sub(1)
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

fn literal_help(kind: FactKind, currency: &str) -> String {
    match kind {
        FactKind::Boolean => "write `true` or `false`, without quotes".into(),
        FactKind::Integer => "write a whole number, without quotes".into(),
        FactKind::Amount => format!("write an amount such as `\"12.50 {currency}\"`"),
        FactKind::Date => "write a date such as `\"2026-11-21\"`".into(),
        FactKind::Choice => "write one of the fact's choices, in quotes".into(),
        FactKind::Country => "write two capitals such as `\"DE\"`".into(),
        FactKind::Text | FactKind::Texts => "write a text in quotes".into(),
    }
}
