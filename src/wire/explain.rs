//! Why a method was decided on as it was: what was used, how much it mattered, what would change it.
//!
//! What GDPR Article 15(1)(h) and 22 want of an automated decision, as the Court reads them (C-634/21, C-203/22): the procedure and the
//! principles that were actually applied to this person, not the formula. Made from the policy, the facts and the day alone, so that it can
//! be made again from the record of the decision.
//!
//! **Invariant:** nothing is claimed that was not tried: a fact is decisive if the engine, asked again with that fact alone changed, gives
//! the method another state.
//! **Invariant:** every fact that was given stands in it once, used or not; of those that were not given, the ones that were asked for.

mod points;
mod trial;
mod used;
pub(crate) mod value;

pub use points::Share;

use crate::decision::{Change, Exposure, Reason, Risk, to_reason, to_wire};
use crate::money::Money;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tresen_core::SEMANTICS_VERSION;
use tresen_core::date::Date;
use tresen_core::facts::{FACT_MAX, FactIndex, Facts, Visibility};
use tresen_core::fold::{may_be_told, public_reason};
use tresen_core::instalments::Charge;
use tresen_core::offer::credit::{Paid, Sells, deferral};
use tresen_core::offer::{decide, reasons};
use tresen_core::policy::{Method, Policy};
use tresen_core::program::Program;
use tresen_core::steps::Steps;
use trial::Trial;
use used::Uses;

/// The version of this form
pub const FORMAT: u16 = 1;

/// Why a method was decided on as it was, with everything that the merchant may know
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The version of this form
    pub format: u16,
    /// What a decision means; see `docs/semantics.md` of the core
    pub semantics_version: u16,
    /// SHA-256 of the compiled policy, in hex
    pub policy_hash: String,
    /// The day of the decision
    pub today: String,
    /// Country code of the market
    pub market: String,
    /// The policy's id of the method that is explained
    pub method: String,
    /// Its kind
    pub kind: String,
    /// `offered`, `incomplete` or `withheld`
    pub state: String,
    /// What the law takes the method for: `paid_at_once`, `business`, `free_deferral` or `consumer_credit`
    pub regime: String,
    /// Whether the person was signed in, and may be told what rests on their history
    pub signed_in: bool,
    /// Everything against it
    pub reasons: Vec<ExplainedReason>,
    /// The largest cart total as far as limits go
    pub limit: Option<Money>,
    /// The nearest change that would bring it back; it was tried
    pub change: Option<Change>,
    /// How the order was rated
    pub risk: Risk,
    /// The value class
    pub value_class: Option<String>,
    /// How much the customer might owe
    pub exposure: Exposure,
    /// What was given or asked for: first what was used, then what was not
    pub facts: Vec<ExplainedFact>,
}

/// A reason, and what of it the person may hear
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedReason {
    /// The code
    pub code: String,
    /// The rule that says so
    pub rule: Option<String>,
    /// The code as the person may hear it: `general` for a private rule, or for a history that is not surely theirs
    pub told: String,
}

/// A fact, and how much it mattered
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedFact {
    /// Its name
    pub name: String,
    /// What the policy says of a fact of its own
    pub description: Option<String>,
    /// Its value; null where it was not known
    pub value: Option<Value>,
    /// Who said so; null where nobody did
    pub source: Option<Source>,
    /// Whether the decision on this method looked at it
    pub used: bool,
    /// What looked at it, as places in the policy's JSON
    pub used_by: Vec<String>,
    /// Facts that were looked at and follow from it
    pub through: Vec<String>,
    /// What it added to the points, where points had a part in this method
    pub points: Vec<Share>,
    /// Whether another value of this fact alone would have given the method another state
    pub decisive: bool,
    /// The state without it, where that is another one
    pub if_missing: Option<String>,
    /// The nearest value that gives another state, and that state
    pub otherwise: Option<Otherwise>,
    /// The reasons against the method that another value of this fact alone would lift; where others stay, that changes no state
    pub lifts: Vec<Reason>,
}

/// Who said what a fact is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// What the shopper entered or chose, as the shop's server passed it on
    Shopper,
    /// The shop's server
    Shop,
    /// The service's own ledger
    Ledger,
    /// A credit bureau
    Bureau,
    /// The service, which has seen it
    Seen,
}

/// Another value that would have made a difference
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Otherwise {
    /// The value; null for one that the policy does not name
    pub value: Option<Value>,
    /// The state of the method with it
    pub state: String,
}

/// What is explained
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The policy
    pub policy: &'a Policy,
    /// The same as the engine runs it
    pub program: &'a Program,
    /// Its hash, in hex
    pub policy_hash: &'a str,
    /// What it says of its own facts, as [`descriptions`] finds it
    pub descriptions: &'a BTreeMap<String, String>,
    /// What the law asks about the seller: a refusal of consumer credit has to say more (Directive (EU) 2023/2225 Art. 18(9))
    pub sells: Sells,
    /// The facts as they were given
    pub facts: &'a Facts,
    /// The same as JSON
    pub said: &'a Map<String, Value>,
    /// Whether the value of a server fact is the ledger's own
    pub is_of_the_ledger: &'a dyn Fn(&str) -> bool,
    /// The day of the decision
    pub today: Date,
}

impl std::fmt::Debug for Case<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Case").field("policy_hash", &self.policy_hash).field("today", &self.today).finish_non_exhaustive()
    }
}

/// What a policy's JSON says of the facts that it declares itself
#[must_use]
pub fn descriptions(policy: &Value) -> BTreeMap<String, String> {
    let facts = policy.get("facts").and_then(Value::as_object).into_iter().flatten();
    facts.filter_map(|(name, fact)| Some((name.clone(), fact.get("description")?.as_str()?.to_owned()))).collect()
}

/// Why the method was decided on as it was; nothing where the policy has no such method
#[must_use]
pub fn explain(case: &Case<'_>, method: &str) -> Option<Explanation> {
    let Case { policy, program, today, .. } = *case;
    let (place, method) = policy.method(method)?;
    let mut derived = case.facts.clone();
    let answer = decide(program, &mut derived, today);
    let decision = to_wire((policy, program), &derived, &answer, case.policy_hash, None, Steps::NONE);
    let found = decision.methods.into_iter().find(|found| found.id == method.id)?;
    let terms = answer.methods().get(place)?;
    let charged = terms.fee > 0 || method.plans.iter().any(|plan| plan.charge != Charge::Free);
    let paid = Paid { last: last_day(method, terms.term_ends), charged };
    let told = may_be_told(case.facts);
    let reasons = reasons(program, place, &answer).into_iter().zip(found.reasons);
    let reasons = reasons.map(|(because, reason)| ExplainedReason {
        code: reason.code,
        rule: reason.rule,
        told: public_reason(policy, method, because, told).code().to_owned(),
    });
    Some(Explanation {
        format: FORMAT,
        semantics_version: SEMANTICS_VERSION,
        policy_hash: case.policy_hash.to_owned(),
        today: today.to_iso(),
        market: String::from_utf8_lossy(&policy.market).into_owned(),
        method: found.id,
        kind: found.kind,
        state: found.state,
        regime: deferral(policy, method, &derived, today, paid, case.sells).regime().regime.code().to_owned(),
        signed_in: told,
        reasons: reasons.collect(),
        limit: found.limit,
        change: found.change,
        value_class: decision.value_class,
        exposure: decision.exposure,
        facts: facts(case, &Uses::of(policy, place, answer.standing.scorecard), Trial::new(case, place, &derived)),
        risk: decision.risk,
    })
}

/// The last day on which the method can be paid in full: of plans, that of the longest
fn last_day(method: &Method, term_ends: Option<Date>) -> Option<Date> {
    let rates = method.plans.iter().map(|plan| i32::from(plan.rates)).max().unwrap_or(1);
    term_ends.map(|first| first.plus_months(rates.saturating_sub(1)))
}

fn facts(case: &Case<'_>, uses: &Uses<'_>, mut trial: Trial<'_>) -> Vec<ExplainedFact> {
    let numbers = (0..u8::try_from(FACT_MAX).unwrap_or(u8::MAX)).map(FactIndex);
    let given = numbers
        .filter(|fact| matches!(case.policy.visibility_of(*fact), Some(Visibility::Client | Visibility::Server | Visibility::Recorded)));
    let mut facts: Vec<ExplainedFact> = given
        .filter(|fact| case.facts.is_present(*fact) || uses.of_fact(*fact).is_some())
        .map(|fact| explained(case, uses, &mut trial, fact))
        .collect();
    facts.sort_by_key(|fact| !fact.used);
    facts
}

fn explained(case: &Case<'_>, uses: &Uses<'_>, trial: &mut Trial<'_>, fact: FactIndex) -> ExplainedFact {
    let name = case.policy.name_of(fact);
    let present = case.facts.is_present(fact);
    let used = uses.of_fact(fact);
    let tried = used.map(|_| trial.of(fact)).unwrap_or_default();
    ExplainedFact {
        name: name.to_owned(),
        description: case.descriptions.get(name).cloned(),
        value: if present { case.said.get(name).cloned() } else { None },
        source: present.then(|| match case.policy.visibility_of(fact) {
            Some(Visibility::Server) if name.starts_with("bureau.") => Source::Bureau,
            Some(Visibility::Server) if (case.is_of_the_ledger)(name) => Source::Ledger,
            Some(Visibility::Server) => Source::Shop,
            Some(Visibility::Recorded) => Source::Seen,
            Some(Visibility::Client | Visibility::Derived) | None => Source::Shopper,
        }),
        used: used.is_some(),
        used_by: used.map(|used| used.by.iter().cloned().collect()).unwrap_or_default(),
        through: used.map(|used| used.through.iter().map(|fact| case.policy.name_of(*fact).to_owned()).collect()).unwrap_or_default(),
        points: used.map(|used| points::shares(case.policy, uses.card(), used, fact, trial.derived())).unwrap_or_default(),
        decisive: tried.if_missing.is_some() || tried.otherwise.is_some(),
        if_missing: tried.if_missing,
        otherwise: tried.otherwise,
        lifts: tried.lifts.into_iter().map(|because| to_reason(case.policy, because)).collect(),
    }
}

#[cfg(test)]
mod tests;
