//! The seam to the engine: policies compiled, folded and decided by, facts checked.
//!
//! Everything that the service knows about `core` and about the JSON of policies, facts and decisions goes through here.

mod shadow;

pub use shadow::Pair;

use crate::error::ApiError;
use jiff::civil;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tresen_core::change::settle_overdue;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::{FactIndex, Visibility, case, known};
use tresen_core::fold::{fold, may_be_told};
use tresen_core::grant;
use tresen_core::hint::Channel;
use tresen_core::ident::{PolicyHash, TenantId};
use tresen_core::offer::{self, Reason};
use tresen_core::policy::{self, Kind, Provider};
use tresen_core::program::Program;
use tresen_core::record::{answer_bytes, facts_bytes};
use tresen_core::steps::{self, Steps};
use tresen_wire::credit::{MethodRegime, complete, regimes};
use tresen_wire::decision::{Decision, hash, to_wire};
use tresen_wire::explain::{Case, Explanation, descriptions, explain};
use tresen_wire::facts::{Who, read_object};
use tresen_wire::hint::{self, Hint};
use tresen_wire::http::{DiagnosticBody, Facts};
use tresen_wire::money::Money;
use tresen_wire::policy::{Checked, Merchant};

/// Policies kept compiled
const KEPT_MAX: usize = 64;

/// Compiled policies by tenant, hash and revision, so that a request does not compile one
#[derive(Debug, Default)]
pub struct PolicyShelf(Mutex<HashMap<(TenantId, PolicyHash, i64), Arc<Policy>>>);

impl PolicyShelf {
    /// The tenant's policy of that hash and revision, if it is at hand
    pub fn get(&self, tenant: &TenantId, hash: &PolicyHash, revision: i64) -> Option<Arc<Policy>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&(tenant.clone(), hash.clone(), revision)).cloned()
    }

    /// Keeps a policy of the tenant's at hand
    pub fn put(&self, tenant: &TenantId, policy: Policy, revision: i64) -> Arc<Policy> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() >= KEPT_MAX {
            shelf.clear();
        }
        let policy = Arc::new(policy);
        shelf.insert((tenant.clone(), policy.hash.clone(), revision), Arc::clone(&policy));
        policy
    }
}

/// A compiled policy
#[derive(Debug)]
pub struct Policy {
    compiled: policy::Policy,
    program: Program,
    /// The same as if the policy were valid on every day, once it is asked for
    undated: OnceLock<Program>,
    bytes: Vec<u8>,
    hash: PolicyHash,
    name: String,
    merchant: Merchant,
}

/// What of a policy the browser gets
#[derive(Debug)]
pub struct Residual {
    /// The compiled bytes
    pub bytes: Vec<u8>,
    /// Their hash
    pub hash: PolicyHash,
    compiled: policy::Policy,
    /// The compiled bytes after the overdue balance is settled, and what that takes; only for a person who may be told
    pub settled: Option<(Vec<u8>, Money)>,
}

/// A decision
#[derive(Debug)]
pub struct Decided {
    /// The decision with its full trace
    pub decision: Decision,
    /// The answer's canonical bytes
    pub answer: Vec<u8>,
    /// The facts' canonical bytes
    pub facts_bytes: Vec<u8>,
}

impl Policy {
    /// Checks and compiles a policy; with what deserves a look and stops nothing
    ///
    /// # Errors
    ///
    /// Every problem at once.
    pub fn compile(source: &str) -> Result<(Self, Vec<DiagnosticBody>), Vec<DiagnosticBody>> {
        let checked = tresen_wire::policy::read(source).map_err(|problems| bodies("", &problems))?;
        let warnings = bodies("", &checked.warnings);
        Ok((Self::of(checked), warnings))
    }

    /// The policy as it was compiled once to the bytes of that name; nothing where the text gives other ones
    ///
    /// One that was compiled before the holidays of its market were known does not know them now: it decides as it did.
    pub fn compile_again(source: &str, name: &PolicyHash) -> Option<Self> {
        let read = |knows_holidays: bool| {
            let mut checked = tresen_wire::policy::read(source).ok()?;
            checked.policy.knows_holidays &= knows_holidays;
            Some(Self::of(checked)).filter(|policy| policy.hash() == name)
        };
        read(true).or_else(|| read(false))
    }

    fn of(checked: Checked) -> Self {
        let bytes = checked.policy.to_bytes();
        Self {
            hash: PolicyHash::from_bytes(hash(&bytes)),
            bytes,
            name: checked.name,
            merchant: checked.merchant,
            program: checked.policy.program(),
            undated: OnceLock::new(),
            compiled: checked.policy,
        }
    }

    /// SHA-256 of the compiled bytes
    pub fn hash(&self) -> &PolicyHash {
        &self.hash
    }

    /// What the merchant calls it
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who sells
    pub fn merchant(&self) -> &Merchant {
        &self.merchant
    }

    /// Country code of the market
    pub fn market(&self) -> String {
        self.compiled.market.iter().map(|byte| char::from(*byte)).collect()
    }

    /// Country code of the market, as the core's law has it
    pub fn law(&self) -> [u8; 2] {
        self.compiled.market
    }

    /// The currency of every amount
    pub fn currency(&self) -> &str {
        self.compiled.currency.code()
    }

    /// How the merchant reminds
    pub fn collection(&self) -> policy::Collection {
        self.compiled.collection()
    }

    /// What a customer may settle by themselves
    pub fn settlement(&self) -> policy::Settlement {
        self.compiled.settlement()
    }

    /// Whether the merchant may remind a customer otherwise tomorrow though nothing happens
    pub fn turns_by_day(&self) -> bool {
        self.compiled.collection.as_ref().is_some_and(policy::Collection::turns_by_day)
    }

    /// Whether a segment, or a method by which what is owed is paid, asks about more than the case
    pub fn asks_about_orders(&self) -> bool {
        let of_case = |fact: &FactIndex| case::NAMES.iter().any(|name| FactIndex::of_case_by_name(name) == Some(*fact));
        let asks = |collection: &policy::Collection| {
            (0..collection.segments.len()).any(|segment| collection.asked(segment).iter().any(|fact| !of_case(fact)))
        };
        self.compiled.collection.as_ref().is_some_and(asks) || self.settlement().asked().any(|fact| !of_case(&fact))
    }

    /// Facts of an order that is over, as this policy has them, and its classes; what this policy does not know, or has in another form, is left out
    pub fn known(&self, said: &Facts, decided: Option<&Decision>, today: civil::Date) -> Result<tresen_core::facts::Facts, ApiError> {
        let day = date(today)?;
        let is_known = |name: &String, value: &Value| {
            let alone = Facts::from_iter([(name.clone(), value.clone())]);
            read_object(&self.compiled, &alone, Who::Service, day).is_ok()
        };
        let known: Facts =
            said.iter().filter(|(name, value)| is_known(name, value)).map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut facts = self.read(&known, day)?;
        // The classes are not what this policy would say today, but what was said of the order.
        let number = |place: Option<usize>| place.and_then(|place| i64::try_from(place).ok());
        let class = decided.and_then(|decided| decided.risk.class.as_ref());
        let value_class = decided.and_then(|decided| decided.value_class.as_ref());
        let (classes, values) = (&self.compiled.classes, &self.compiled.value_classes);
        facts.put(known::RISK_CLASS, number(class.and_then(|id| classes.iter().position(|class| class.id == *id))));
        facts.put(known::VALUE_CLASS, number(value_class.and_then(|id| values.iter().position(|class| class.id == *id))));
        facts.put(known::RISK_POINTS, decided.and_then(|decided| decided.risk.points).map(i64::from));
        Ok(facts)
    }

    /// The compiled bytes
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Methods to show when nothing can be decided
    pub fn fallback(&self) -> Vec<String> {
        let chosen =
            |place: usize| 1_u16.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).is_some_and(|bit| self.compiled.fallback & bit != 0);
        self.compiled.methods.iter().enumerate().filter(|(place, _)| chosen(*place)).map(|(_, method)| method.id.clone()).collect()
    }

    /// Key of the provider that the method needs
    pub fn provider(&self, method: &str) -> Option<&str> {
        match self.method(method)?.provider {
            Provider::Needed(text) => self.compiled.texts.get(usize::try_from(text).ok()?).map(String::as_str),
            Provider::NotNeeded | Provider::NotConfigured => None,
        }
    }

    /// Whether the policy has that method
    pub fn has_method(&self, method: &str) -> bool {
        self.method(method).is_some()
    }

    fn method(&self, id: &str) -> Option<&policy::Method> {
        self.compiled.methods.iter().find(|method| method.id == id)
    }

    /// The facts among these that the browser is told
    pub fn told_only(&self, facts: &Facts) -> Facts {
        let is_told = |name: &str| matches!(self.visibility(name), Some(Visibility::Client | Visibility::Recorded));
        facts.iter().filter(|(name, _)| is_told(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Whether a browser may set the fact
    pub fn is_client(&self, fact: &str) -> bool {
        self.visibility(fact) == Some(Visibility::Client)
    }

    fn visibility(&self, fact: &str) -> Option<Visibility> {
        self.compiled.fact_by_name(fact).and_then(|fact: FactIndex| self.compiled.visibility_of(fact))
    }

    /// Everything that is wrong with facts that lie at `at` of a request
    pub fn check(&self, facts: &Facts, at: &str, who: Who, today: civil::Date) -> Result<Vec<DiagnosticBody>, ApiError> {
        Ok(read_object(&self.compiled, facts, who, date(today)?).err().map_or_else(Vec::new, |problems| bodies(at, &problems)))
    }

    /// What is left of the policy for the browser when the server's facts are known; with the most that a human granted for a method
    pub fn fold(&self, server: &Facts, granted: &BTreeMap<String, Money>, today: civil::Date) -> Result<Residual, ApiError> {
        let today = date(today)?;
        let mut facts = self.read(server, today)?;
        let policy = self.granted(granted);
        let compiled = fold(&policy, &facts, today);
        let bytes = compiled.to_bytes();
        let overdue = facts.get(known::ACCOUNT_OVERDUE_BALANCE).filter(|overdue| *overdue > 0 && may_be_told(&facts));
        let settled = overdue.map(|overdue| {
            settle_overdue(&mut facts);
            (fold(&policy, &facts, today).to_bytes(), Money::new(overdue, self.currency()))
        });
        Ok(Residual { hash: PolicyHash::from_bytes(hash(&bytes)), bytes, compiled, settled })
    }

    fn granted(&self, granted: &BTreeMap<String, Money>) -> Cow<'_, policy::Policy> {
        let own = granted.iter().filter(|(_, amount)| amount.currency == self.currency());
        own.fold(Cow::Borrowed(&self.compiled), |policy, (method, amount)| match self.compiled.method(method) {
            Some((place, _)) => Cow::Owned(grant::with_grant(&policy, place, amount.minor)),
            None => policy,
        })
    }

    /// What may be said of it to everybody
    pub fn hint(&self, channel: Channel, today: civil::Date) -> Result<Hint, ApiError> {
        Ok(hint::to_wire(&self.compiled, channel, date(today)?))
    }

    /// What time to pay is to the law, by the ids of the methods on account; these facts may be known to a browser
    pub fn regimes(&self, told: &Facts, today: civil::Date) -> Result<BTreeMap<String, MethodRegime>, ApiError> {
        let today = date(today)?;
        Ok(regimes(&self.compiled, &self.program, &self.merchant, &self.read(told, today)?, today))
    }

    /// The steps that its conditions mention
    pub fn steps(&self) -> Steps {
        steps::mentioned(&self.compiled)
    }

    /// The decision on all facts; `possible` are the steps that the customer could take
    pub fn decide(&self, facts: &Facts, residual: &PolicyHash, today: civil::Date, possible: Steps) -> Result<Decided, ApiError> {
        let today = date(today)?;
        let given = self.read(facts, today)?;
        let facts_bytes = facts_bytes(&self.compiled, &given);
        let mut facts = given;
        let answer = offer::decide(&self.program, &mut facts, today);
        let mut decision = to_wire((&self.compiled, &self.program), &facts, &answer, self.hash.as_str(), Some(residual.as_str()), possible);
        complete(&mut decision, &self.compiled, &self.merchant, &facts, &answer);
        Ok(Decided { decision, answer: answer_bytes(&answer), facts_bytes })
    }

    /// Why a method is decided on as it is; nothing where the policy has no such method
    ///
    /// `source` is the policy as it was uploaded.
    pub fn explain(
        &self,
        source: &Value,
        facts: &Facts,
        is_of_the_ledger: &dyn Fn(&str) -> bool,
        today: civil::Date,
        method: &str,
    ) -> Result<Option<Explanation>, ApiError> {
        let today = date(today)?;
        let case = Case {
            policy: &self.compiled,
            program: &self.program,
            policy_hash: self.hash.as_str(),
            descriptions: &descriptions(source),
            sells: self.merchant.sells(),
            facts: &self.read(facts, today)?,
            said: facts,
            is_of_the_ledger,
            today,
        };
        Ok(explain(&case, method))
    }

    /// Whether a human may set that reason against a method aside: not what the law forbids, and not what cannot be done
    pub fn may_be_set_aside(&self, method: &str, reason: &tresen_wire::decision::Reason) -> bool {
        let when = match &reason.rule {
            Some(id) => self.compiled.rules.iter().find(|rule| rule.id == *id).map(|rule| rule.when),
            None => self.method(method).map(|method| method.when),
        };
        when.zip(Reason::from_code(&reason.code)).is_some_and(|(when, reason)| grant::may_be_set_aside(&self.compiled, reason, when))
    }

    /// Whether these facts are those of somebody who is not of age
    pub fn is_a_minors(&self, facts: &Facts, today: civil::Date) -> Result<bool, ApiError> {
        let today = date(today)?;
        let born = self.read(facts, today)?.date(known::CUSTOMER_BIRTH_DATE);
        Ok(born.and_then(|born| born.complete_years_until(today)).is_some_and(|age| age < grant::OF_AGE))
    }

    /// Whether the shopper has yet to tell something that the method asks for
    pub fn lacks_fields(&self, method: &str, facts: &Facts) -> bool {
        let fields = self.method(method).map_or(&[][..], |method| &method.fields);
        fields.iter().any(|field| !facts.contains_key(self.compiled.name_of(*field)))
    }

    fn read(&self, facts: &Facts, today: Date) -> Result<tresen_core::facts::Facts, ApiError> {
        read(&self.compiled, facts, today)
    }
}

impl Residual {
    /// The canonical bytes of the answer that a browser gives which knows these client facts
    pub fn answer(&self, client: &Facts, today: civil::Date) -> Result<Vec<u8>, ApiError> {
        let today = date(today)?;
        let mut facts = read(&self.compiled, client, today)?;
        Ok(answer_bytes(&offer::decide(&self.compiled.program(), &mut facts, today)))
    }
}

fn read(policy: &policy::Policy, facts: &Facts, today: Date) -> Result<tresen_core::facts::Facts, ApiError> {
    read_object(policy, facts, Who::Service, today)
        .map_err(|problems| ApiError::diagnosed("facts.invalid", "the facts cannot be used", bodies("/facts", &problems)))
}

/// Whether money may stay out with a method of that kind
pub fn bears_credit_risk(kind: &str) -> bool {
    Kind::from_code(kind).is_some_and(Kind::bears_credit_risk)
}

fn date(day: civil::Date) -> Result<Date, ApiError> {
    let part = |part: i8| u8::try_from(part).unwrap_or(0);
    Date::from_ymd(day.year().into(), part(day.month()), part(day.day())).ok_or_else(|| {
        ApiError::new(
            503,
            "clock.beyond",
            "the clock of the service says a year beyond the calendar",
            "set the clock of the machine; nothing was decided",
        )
    })
}

fn bodies(at: &str, diagnostics: &[Diagnostic]) -> Vec<DiagnosticBody> {
    let body = |diagnostic: &Diagnostic| DiagnosticBody { at: format!("{at}{}", diagnostic.at), ..diagnostic.into() };
    diagnostics.iter().map(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_from_before_its_market_had_a_calendar_is_still_itself() {
        let austrian = include_str!("../../examples/policies/at-own-invoice.json");
        let (now, _) = Policy::compile(austrian).unwrap();
        let before = tresen_core::policy::Policy { knows_holidays: false, ..now.compiled.clone() }.to_bytes();
        assert_ne!(now.bytes(), before);
        let found = Policy::compile_again(austrian, &PolicyHash::from_bytes(hash(&before))).unwrap();
        assert_eq!((found.bytes(), found.compiled.knows_holidays), (before.as_slice(), false));
        assert!(Policy::compile_again(austrian, now.hash()).unwrap().compiled.knows_holidays);
        assert!(Policy::compile_again(austrian, &PolicyHash::from_bytes([7; 32])).is_none(), "the text of another policy");
    }

    #[test]
    fn a_case_turns_by_day_only_where_a_segment_asks_for_what_does() {
        let german = include_str!("../../examples/policies/de-own-invoice.json");
        let turns = |source: &str| Policy::compile(source).unwrap().0.turns_by_day();
        assert!(!turns(german), "levels, promises and paid claims change when something happens");
        for fact in ["case.days_overdue", "case.days_until_due", "case.days_since_message"] {
            assert!(turns(&german.replace("\"case.level\"", &format!("\"{fact}\""))), "{fact}");
        }
        assert!(!turns(include_str!("../../examples/policies/at-own-invoice.json")), "no segments");
    }
}
