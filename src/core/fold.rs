//! What the browser need not know, it does not get: the server's facts folded into the policy.
//!
//! **Invariant:** for every set of client facts the residual policy gives the same states, limits, fees, due dates, missing fields and ranks
//! as the whole policy with all facts, and the same reasons where the person may be told.
//! **Invariant:** the residual holds no class name, probability, rule name, nor a text that only server conditions mention.

mod conditions;
mod standing;

use crate::date::Date;
use crate::facts::{FACT_MAX, FactIndex, Facts, Visibility, known};
use crate::offer::{Because, Reason};
use crate::policy::{Class, ClassEntry, Condition, DisplayOrder, Effect, Exposure, Ladder, Limit, Method, Policy, Provider, Rule, Truth};
use crate::program::{Stage, Truths};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use conditions::{Folder, Seen};

/// The residual policy: what is left of `policy` when the server's facts are known
///
/// Client facts in `server` are ignored, server facts that are missing stay missing.
#[must_use]
pub fn fold(policy: &Policy, server: &Facts, today: Date) -> Policy {
    let mut facts = server_facts_only(policy, server);
    crate::qualify::derive(&mut facts, today, |_| true);
    let told = may_be_told(&facts);
    let program = policy.program();
    let mut truths = Truths::default();
    program.ask(Stage::Given, &facts, &mut truths);
    let mut folder = Folder::new(policy, &program, &facts, &truths);
    let mut residual = Policy {
        market: policy.market,
        currency: policy.currency,
        valid_from: policy.valid_from,
        valid_until: policy.valid_until,
        registration_checked: policy.registration_checked,
        residual: true,
        knows_holidays: policy.knows_holidays,
        custom: policy.custom.iter().filter(|custom| custom.visibility == Visibility::Client).cloned().collect(),
        classes: vec![Class { id: String::new(), entry: ClassEntry::Rest, default_probability_ppm: 0, own_data: false }],
        fallback: policy.fallback,
        ..Policy::default()
    };
    folder.fold_standing(&mut residual);
    residual.exposure = folder.fold_exposure();
    for rule in &policy.rules {
        if let Effect::Withhold { methods, reason } = rule.effect
            && let Some(when) = folder.kept(rule.when)
        {
            let hidden = rule.private || (!told && rests_on_server(policy, rule.when));
            let reason = if hidden { Reason::General } else { reason };
            residual.rules.push(Rule { id: String::new(), when, effect: Effect::Withhold { methods, reason }, private: false });
        }
    }
    residual.methods = policy.methods.iter().map(|method| folder.fold_method(method, told)).collect();
    for order in &policy.orders {
        let Some(when) = folder.kept(order.when) else { continue };
        residual.orders.push(DisplayOrder { when, methods: order.methods.clone() });
        if when == Condition::ALWAYS {
            break;
        }
    }
    (residual.conditions, residual.texts) = folder.finish();
    residual
}

/// Whether the person may hear about their own history: the shop has authenticated them
#[must_use]
pub fn may_be_told(facts: &Facts) -> bool {
    facts.is(known::CUSTOMER_SIGNED_IN) == Some(true)
}

/// The reason as the person may hear it: `general` where it is private, or rests on a history that is not surely theirs
#[must_use]
pub fn public_reason(policy: &Policy, method: &Method, because: Because, told: bool) -> Reason {
    let (private, when) = match because.rule {
        Some(place) => match policy.rules.get(usize::from(place)) {
            Some(rule) => (rule.private, rule.when),
            None => return Reason::General,
        },
        // Only the method's own condition rests on facts; the engine's other reasons say nothing about a person.
        None if because.reason.is_for_policies() => (false, method.when),
        None => return because.reason,
    };
    if private || (!told && rests_on_server(policy, when)) { Reason::General } else { because.reason }
}

fn rests_on_server(policy: &Policy, when: Condition) -> bool {
    let nodes = policy.conditions.nodes_of(when);
    nodes.iter().flat_map(crate::policy::Node::facts).flatten().any(|fact| policy.rests_on_server(fact))
}

fn server_facts_only(policy: &Policy, facts: &Facts) -> Facts {
    let mut server = facts.clone();
    for number in 0..u8::try_from(FACT_MAX).unwrap_or(u8::MAX) {
        if policy.visibility_of(FactIndex(number)) != Some(Visibility::Server) {
            server.remove(FactIndex(number));
        }
    }
    server
}

impl Folder<'_> {
    fn fold_exposure(&mut self) -> Exposure {
        let policy = self.policy;
        let open = self.facts.get(known::ACCOUNT_OPEN_BALANCE).unwrap_or(0);
        let left = |maximum: i64| maximum.saturating_sub(open).max(0);
        let ladder = policy.exposure.ladder.as_ref().map(|ladder| match self.see(ladder.fact) {
            Seen::Constant(value) => Err(self.program.ladder(value)),
            Seen::Client { fact, less } => {
                Ok(Ladder { fact, steps: ladder.steps.iter().map(|(from, maximum)| (from.saturating_sub(less), left(*maximum))).collect() })
            }
        });
        let (cap, ladder) = match ladder {
            None => (None, None),
            Some(Err(cap)) => (Some(cap), None),
            Some(Ok(ladder)) => (None, Some(ladder)),
        };
        let limits = match (&policy.exposure.limits, cap) {
            (Some(limits), cap) => Some(self.fold_limits(limits, |maximum| left(cap.map_or(maximum, |cap| cap.min(maximum))))),
            (None, Some(cap)) => Some(vec![Limit { when: Condition::ALWAYS, maximum: left(cap) }]),
            (None, None) => None,
        };
        Exposure { limits, ladder }
    }

    fn fold_limits(&mut self, limits: &[Limit], change: impl Fn(i64) -> i64) -> Vec<Limit> {
        let mut folded = Vec::new();
        for limit in limits {
            let Some(when) = self.kept(limit.when) else { continue };
            folded.push(Limit { when, maximum: change(limit.maximum) });
            if when == Condition::ALWAYS {
                break;
            }
        }
        folded
    }

    fn fold_method(&mut self, method: &Method, told: bool) -> Method {
        let policy = self.policy;
        let provider = match method.provider {
            Provider::Needed(text) if self.facts.list(known::SHOP_PROVIDERS).is_some_and(|list| list.contains(&text)) => {
                Provider::NotNeeded
            }
            Provider::Needed(_) | Provider::NotConfigured => Provider::NotConfigured,
            Provider::NotNeeded => Provider::NotNeeded,
        };
        Method {
            id: method.id.clone(),
            kind: method.kind,
            provider,
            when: self.kept_or_never(method.when),
            reason: if told || !rests_on_server(policy, method.when) { method.reason } else { Reason::General },
            minimum: method.minimum,
            limits: method.limits.as_deref().map(|limits| self.fold_limits(limits, |maximum| maximum)),
            term: method.term,
            fee: method.fee,
            plans: method.plans.clone(),
            fields: method.fields.clone(),
            consent: method.consent.clone(),
        }
    }

    /// The folded condition, or nothing if it can never hold
    fn kept(&mut self, condition: Condition) -> Option<Condition> {
        match self.fold_condition(condition) {
            Ok(kept) => Some(kept),
            Err(Truth::True) => Some(Condition::ALWAYS),
            Err(Truth::False | Truth::Unknown) => None,
        }
    }
}
