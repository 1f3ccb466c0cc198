//! What a policy can ever do, as JSON: for each method and for typical people the cart totals at which it is offered, and where it never
//! is, why and what of the person would have to be different.
//!
//! **Invariant:** a person who is offered a method at no total has something against it at every total.
//! **Invariant:** a difference that is named has been tried: it brings the method back at the totals that stand beside it.

mod different;

use crate::money::Money;
use serde::Serialize;
use serde_json::{Map, Value};
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind, Facts};
use tresen_core::offer::Because;
use tresen_core::people::{Person, connect};
use tresen_core::policy::Policy;
use tresen_core::reach::{self, reach};

/// What a policy does for typical people
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The version of this form
    pub format: u16,
    /// SHA-256 of the compiled policy, in hex
    pub policy: String,
    /// The day on which it is tried; the policy counts as valid on it
    pub today: String,
    /// Who is tried; every payment provider that a method needs counts as connected
    pub people: Vec<Who>,
    /// The methods in the policy's order
    pub methods: Vec<Method>,
}

/// Somebody who is tried
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The name in this report
    pub id: &'static str,
    /// Who they are
    pub words: &'static str,
}

/// A method, for everybody
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Method {
    /// The merchant's word for it
    pub id: String,
    /// `invoice`, `pay_later`, …
    pub kind: &'static str,
    /// One a person, in the order of `people`
    pub people: Vec<Outlook>,
}

/// A method, for somebody
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// Who
    pub person: &'static str,
    /// The totals at which it is offered, or the person need only tell something for it
    pub offered: Vec<Totals>,
    /// Everything that stands against it somewhere, in the order in which reasons are told
    pub withheld: Vec<Against>,
    /// Where it is never offered: what each alone would bring it back
    pub different: Vec<Different>,
}

/// Cart totals without a gap
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The smallest
    pub smallest: Money,
    /// The largest; `null` if there is none
    pub largest: Option<Money>,
}

/// A reason, and the totals at which it stands
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Against {
    /// The code
    pub code: &'static str,
    /// The rule that says so
    pub rule: Option<String>,
    /// Whether it stands at every total
    pub always: bool,
    /// Where it stands
    pub totals: Vec<Totals>,
}

/// Facts about a person that would bring a method back, lists among them
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Different {
    /// What would have to be so; everything else about the person stays as it is
    pub facts: Map<String, Value>,
    /// The totals at which it is then offered
    pub offered: Vec<Totals>,
}

/// What the policy does for typical people on a day, as if it were valid then; `policy_hash` in hex
#[must_use]
pub fn to_wire(policy: &Policy, policy_hash: &str, today: Date) -> Report {
    let policy = &always_valid(policy);
    let program = policy.program();
    let mut methods: Vec<Method> = policy
        .methods
        .iter()
        .map(|method| Method { id: method.id.clone(), kind: method.kind.code(), people: Vec::with_capacity(Person::ALL.len()) })
        .collect();
    for person in &Person::ALL {
        let mut facts = facts(policy, person, today);
        let found = reach(&program, &facts, today);
        let different = different::find((policy, &program), &mut facts, today, &found);
        for ((method, reach), different) in methods.iter_mut().zip(found).zip(different) {
            method.people.push(Outlook {
                person: person.id,
                offered: totals(policy, &reach.offered),
                withheld: reach.against.iter().map(|(because, runs)| against(policy, *because, runs)).collect(),
                different: different.iter().map(|(changed, reach)| to_different(policy, &facts, changed, reach)).collect(),
            });
        }
    }
    let people = Person::ALL.iter().map(|person| Who { id: person.id, words: person.words }).collect();
    Report { format: 1, policy: policy_hash.to_owned(), today: today.to_iso(), people, methods }
}

/// The policy as if it were valid on every day
pub(crate) fn always_valid(policy: &Policy) -> Policy {
    Policy { valid_from: None, valid_until: None, ..policy.clone() }
}

/// What is known of a person in a shop whose payment providers are connected
pub(crate) fn facts(policy: &Policy, person: &Person, today: Date) -> Facts {
    let mut facts = person.facts(policy, today);
    connect(policy, &mut facts);
    facts
}

fn totals(policy: &Policy, runs: &[reach::Totals]) -> Vec<Totals> {
    let money = |minor: i64| Money::new(minor, policy.currency.code());
    runs.iter().map(|run| Totals { smallest: money(run.smallest), largest: run.largest.map(money) }).collect()
}

fn against(policy: &Policy, because: Because, runs: &[reach::Totals]) -> Against {
    Against {
        code: because.reason.code(),
        rule: rule(policy, because).map(str::to_owned),
        always: runs == [reach::Totals::ALL],
        totals: totals(policy, runs),
    }
}

/// The name of the rule that says so, if it was one and has a name
pub(crate) fn rule(policy: &Policy, because: Because) -> Option<&str> {
    let rule = policy.rules.get(usize::from(because.rule?))?;
    Some(rule.id.as_str()).filter(|id| !id.is_empty())
}

fn to_different(policy: &Policy, facts: &Facts, changed: &[(FactIndex, i64)], reach: &reach::Reach) -> Different {
    let facts = changed.iter().map(|(fact, value)| (policy.name_of(*fact).to_owned(), fact_value(policy, facts, *fact, *value)));
    Different { facts: facts.collect(), offered: totals(policy, &reach.offered) }
}

/// A fact's value as every border has it
fn fact_value(policy: &Policy, facts: &Facts, fact: FactIndex, value: i64) -> Value {
    match policy.kind_of(fact) {
        Some(FactKind::Boolean) => Value::Bool(value != 0),
        Some(FactKind::Amount) => serde_json::json!({ "minor": value, "currency": policy.currency.code() }),
        Some(FactKind::Date) => i32::try_from(value).ok().and_then(Date::from_days).map_or(Value::Null, |date| date.to_iso().into()),
        Some(FactKind::Choice) => place(value).and_then(|place| fact.choices().get(place)).map_or(Value::Null, |choice| (*choice).into()),
        Some(FactKind::Country) => u16::try_from(value).map_or(Value::Null, |code| String::from_utf8_lossy(&code.to_be_bytes()).into()),
        Some(FactKind::Text) => text(policy, value),
        Some(FactKind::Texts) => {
            let mut facts = facts.clone();
            facts.set(fact, value);
            facts.list(fact).unwrap_or(&[]).iter().map(|place| text(policy, i64::from(*place))).collect()
        }
        Some(FactKind::Integer) | None => value.into(),
    }
}

fn text(policy: &Policy, value: i64) -> Value {
    place(value).and_then(|place| policy.texts.get(place)).map_or(Value::Null, |text| text.as_str().into())
}

fn place(value: i64) -> Option<usize> {
    usize::try_from(value).ok()
}
