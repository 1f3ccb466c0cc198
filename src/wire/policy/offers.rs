//! Exposure, rules, methods, display order and fallback as JSON.

use super::condition::Scope;
use super::reader::{Fields, Reader, Spot};
use super::repair;
use crate::suggest;
use tresen_core::facts::{FactIndex, FactKind, Visibility};
use tresen_core::money::MINOR_MAX;
use tresen_core::offer::Reason;
use tresen_core::policy::{
    Condition, DisplayOrder, Effect, Fee, Kind, Ladder, Limit, METHODS_MAX, Method, Provider, RULES_MAX, Rule, Term, TermStart,
};
use tresen_core::rate::Rate;

const LIMITS_MAX: usize = 256;

impl Reader {
    pub(super) fn read_exposure(&mut self, fields: &Fields<'_>) {
        let Some(spot) = fields.get("exposure") else { return };
        let Some(fields) = self.object(&spot, &["limits", "ladder"]) else { return };
        self.label("exposure".into());
        self.policy.exposure.limits = self.limits(&fields);
        self.policy.exposure.ladder = fields.get("ladder").and_then(|spot| self.ladder(&spot));
        self.label(String::new());
    }

    fn limits(&mut self, fields: &Fields<'_>) -> Option<Vec<Limit>> {
        let spot = fields.get("limits")?;
        let entries = self.list(&spot, LIMITS_MAX)?;
        let mut limits = Vec::new();
        let mut has_default = false;
        for entry in &entries {
            let Some(fields) = self.object(entry, &["when", "maximum"]) else {
                limits.push(Limit { when: self.broken_condition(), maximum: MINOR_MAX });
                continue;
            };
            has_default |= fields.lacks("when");
            let when = self.when(&fields, Scope::All);
            let maximum = self.required(&fields, "maximum", "write the limit as an amount").and_then(|spot| self.amount(&spot));
            limits.push(Limit { when, maximum: maximum.unwrap_or(MINOR_MAX) });
        }
        if !has_default {
            let message = "where no limit's condition holds, the limit is zero";
            self.warning("policy.limits.no_default", &spot.at, message, "end the list with a limit without `when`");
        }
        Some(limits)
    }

    fn ladder(&mut self, spot: &Spot<'_>) -> Option<Ladder> {
        let fields = self.object(spot, &["fact", "steps"])?;
        let name = self.required(&fields, "fact", "name the fact that the limit grows with");
        let fact = name.and_then(|spot| self.fact(&spot, Scope::All).map(|fact| (fact, spot)));
        let entries = self
            .required(&fields, "steps", "write a list of `{\"from\": …, \"maximum\": …}`")
            .and_then(|spot| self.list(&spot, LIMITS_MAX));
        let (fact, name) = fact?;
        if self.policy.kind_of(fact) != Some(FactKind::Integer) {
            let message = format!("`{}` is not a whole number", self.policy.name_of(fact));
            self.error(
                "policy.ladder.type",
                &name.at,
                message,
                "let the ladder grow with a fact of type integer, such as `history.paid_on_time`",
            );
            return None;
        }
        let mut steps: Vec<(i64, i64)> = Vec::new();
        let entries = entries?;
        if entries.is_empty() {
            self.error("policy.list.empty", &fields.at_key("steps"), "the ladder has no step", "write a step, or leave the ladder out");
        }
        for entry in entries {
            let Some(fields) = self.object(&entry, &["from", "maximum"]) else { continue };
            let from =
                self.required(&fields, "from", "say from which value on").and_then(|spot| self.literal(&spot, fact, FactKind::Integer));
            let maximum = self.required(&fields, "maximum", "write the limit as an amount").and_then(|spot| self.amount(&spot));
            let (Some(from), Some(maximum)) = (from, maximum) else { continue };
            if steps.last().is_some_and(|(before, _)| *before >= from) {
                self.error(
                    "policy.ladder.order",
                    &fields.at_key("from"),
                    format!("the step begins at {from}, no higher than the one before"),
                    "write steps in rising order",
                );
            }
            steps.push((from, maximum));
        }
        (!steps.is_empty()).then_some(Ladder { fact, steps })
    }

    /// Names and kinds of the methods, which rules, order and fallback mention
    pub(super) fn read_method_ids(&mut self, fields: &Fields<'_>) {
        let entries = fields.get("methods").and_then(|spot| spot.value.as_array());
        let ids = entries.into_iter().flatten().map(|entry| {
            let text = |key: &str| entry.get(key).and_then(|value| value.as_str()).unwrap_or_default();
            (text("id").to_owned(), Kind::from_code(text("kind")).unwrap_or(Kind::Prepayment))
        });
        self.method_ids = ids.collect();
    }

    /// Methods by their names, as their places; nothing twice
    fn method_places(&mut self, spot: &Spot<'_>) -> Vec<u8> {
        let mut places = Vec::new();
        for entry in self.list(spot, METHODS_MAX).unwrap_or_default() {
            let Some(id) = self.text(&entry) else { continue };
            if self.method_ids.iter().all(|(known, _)| known.is_empty()) {
                // That there is no method to name is told where the methods are read.
                self.broken = true;
                continue;
            }
            let place = self.method_ids.iter().position(|(known, _)| known == id).and_then(|place| u8::try_from(place).ok());
            match place {
                Some(place) if places.contains(&place) => {
                    self.problem("policy.method.twice", &entry.at, format!("`{id}` is named twice"), "name each method once");
                }
                Some(place) => places.push(place),
                None => {
                    let known = || self.method_ids.iter().map(|(id, _)| id.as_str());
                    let help = suggest::help(id, known(), || format!("name one of {}", suggest::listed(known())));
                    self.error("policy.method.unknown", &entry.at, format!("unknown method `{id}`"), help);
                }
            }
        }
        places
    }

    pub(super) fn read_rules(&mut self, fields: &Fields<'_>) {
        let Some(entries) = fields.get("rules").and_then(|spot| self.list(&spot, RULES_MAX)) else { return };
        let mut taken = Vec::new();
        for entry in &entries {
            let rule = self.rule(entry, &mut taken).unwrap_or_else(|| Rule {
                id: String::new(),
                when: self.broken_condition(),
                effect: Effect::Withhold { methods: 0, reason: Reason::General },
                private: false,
            });
            self.policy.rules.push(rule);
            self.label(String::new());
        }
    }

    fn rule(&mut self, spot: &Spot<'_>, taken: &mut Vec<String>) -> Option<Rule> {
        let fields = self.object(spot, &["id", "description", "when", "withhold", "reason", "private", "class_at_best"])?;
        let id =
            self.required(&fields, "id", "give the rule a name").and_then(|spot| self.new_id(&spot, taken)).unwrap_or_default().to_owned();
        if !id.is_empty() {
            self.label(format!("rule `{id}`"));
            taken.push(id.clone());
        }
        let caps = fields.has("class_at_best");
        let scope = if caps { Scope::BeforeRisk } else { Scope::All };
        let when = self.required(&fields, "when", "say when the rule applies");
        let when = match when {
            Some(spot) => self.condition(&spot, scope),
            None => self.broken_condition(),
        };
        if caps == fields.has("withhold") {
            let help = "write exactly one of `withhold` and `class_at_best`";
            let message =
                if caps { "it withholds methods and caps the class at once" } else { "it neither withholds methods nor caps the class" };
            self.error("policy.rule.effect", fields.at(), message, help);
            return None;
        }
        let private = fields.get("private").and_then(|spot| self.boolean(&spot)).unwrap_or(false);
        let effect = if caps {
            for key in ["reason", "private"].into_iter().filter(|key| fields.has(key)) {
                let message = format!("`{key}` has no meaning for `class_at_best`");
                self.error("policy.rule.effect", &fields.at_key(key), message, format!("remove `{key}`"));
            }
            Effect::ClassAtBest(fields.get("class_at_best").and_then(|spot| self.class_place(&spot))?)
        } else {
            let methods = fields.get("withhold").map_or(0, |spot| self.withheld(&spot));
            let reason = self.required(&fields, "reason", "give the reason's code, such as `general`").and_then(|spot| self.reason(&spot));
            Effect::Withhold { methods, reason: reason.unwrap_or(Reason::General) }
        };
        Some(Rule { id, when, effect, private })
    }

    /// `all`, `credit`, or a list of methods, one bit a method
    fn withheld(&mut self, spot: &Spot<'_>) -> u16 {
        let places: Vec<u8> = match spot.str() {
            None => {
                let places = self.method_places(spot);
                if spot.value.as_array().is_some_and(Vec::is_empty) {
                    self.problem("policy.list.empty", &spot.at, "it withholds nothing", "name the methods, or write `credit` or `all`");
                }
                places
            }
            Some(_) => {
                if let Some(id) = spot.str().filter(|id| self.method_ids.iter().any(|(known, _)| known == id)) {
                    self.error("policy.type", &spot.at, format!("`{id}` stands where a list belongs"), format!("write `[\"{id}\"]`"));
                    return 0;
                }
                let Some(place) = self.word(spot, "word", &["all", "credit"]) else { return 0 };
                let risky = |kind: Kind| place == 0 || kind.bears_credit_risk();
                self.method_ids.iter().zip(0..=u8::MAX).filter(|((_, kind), _)| risky(*kind)).map(|(_, place)| place).collect()
            }
        };
        mask(&places)
    }

    fn reason(&mut self, spot: &Spot<'_>) -> Option<Reason> {
        let code = self.text(spot)?;
        // `method.condition` is what a method says that gives no reason of its own.
        let for_policies = || Reason::ALL.iter().copied().filter(|reason| reason.is_for_policies() && *reason != Reason::MethodCondition);
        let found = for_policies().find(|reason| reason.code() == code);
        if found.is_none() {
            let codes = || for_policies().map(Reason::code);
            let help = suggest::help(code, codes(), || match Reason::from_code(code) {
                Some(_) => "the engine gives this reason itself; write `general` or a reason of your own".into(),
                None => format!("write one of {}", suggest::listed(codes())),
            });
            self.error("policy.reason.unknown", &spot.at, format!("`{code}` is no reason that a policy may give"), help);
        }
        found
    }

    pub(super) fn read_methods(&mut self, fields: &Fields<'_>) {
        let Some(spot) = self.required(fields, "methods", "write the list of payment methods") else { return };
        let Some(entries) = self.list(&spot, METHODS_MAX) else { return };
        if entries.is_empty() {
            self.error("policy.list.empty", &spot.at, "there is no method", "write at least one payment method");
        }
        let mut taken = Vec::new();
        for entry in &entries {
            let method = self.method(entry, &mut taken).unwrap_or_else(|| Method { when: self.broken_condition(), ..nothing() });
            self.policy.methods.push(method);
            self.label(String::new());
        }
    }

    fn method(&mut self, spot: &Spot<'_>, taken: &mut Vec<String>) -> Option<Method> {
        let known = ["id", "kind", "provider", "when", "reason", "minimum", "limits", "term", "fee", "plans", "fields", "consent"];
        let fields = self.object(spot, &known)?;
        let id = self
            .required(&fields, "id", "give the method a name")
            .and_then(|spot| self.new_id(&spot, taken))
            .unwrap_or_default()
            .to_owned();
        if !id.is_empty() {
            self.label(format!("method `{id}`"));
            taken.push(id.clone());
        }
        let codes = Kind::ALL.map(Kind::code);
        let kind = self.required(&fields, "kind", "say what kind of payment it is").and_then(|spot| self.word(&spot, "kind", &codes));
        let kind = kind.and_then(|place| Kind::ALL.get(place)).copied().unwrap_or(Kind::Prepayment);
        let provider =
            fields.get("provider").and_then(|spot| self.id(&spot)).map_or(Provider::NotNeeded, |text| Provider::Needed(self.intern(text)));
        let when = self.when(&fields, Scope::All);
        let reason = fields.get("reason").and_then(|spot| self.reason(&spot)).unwrap_or(Reason::MethodCondition);
        if fields.has("reason") && !fields.has("when") {
            let message = "`reason` is never given, for there is no `when`";
            self.warning("policy.method.reason_unused", &fields.at_key("reason"), message, "remove `reason`, or add `when`");
        }
        if kind.is_on_account() && fields.lacks("term") && fields.lacks("plans") {
            let message = "there is no `term`, so nobody is told when to pay";
            let help = "write `\"term\": {\"days\": 14, \"from\": \"order\"}` with days of your own";
            self.warning("policy.term.missing", fields.at(), message, help);
        }
        let method = Method {
            id,
            kind,
            provider,
            when,
            reason,
            minimum: fields.get("minimum").and_then(|spot| self.amount(&spot)),
            limits: self.limits(&fields),
            term: fields.get("term").and_then(|spot| self.term(&spot)),
            fee: fields.get("fee").map_or(Fee::NONE, |spot| self.fee(&spot)),
            plans: self.plans(&fields, kind),
            fields: fields.get("fields").map_or_else(Vec::new, |spot| self.fields(&spot)),
            consent: fields.get("consent").and_then(|spot| self.id(&spot)).unwrap_or_default().to_owned(),
        };
        self.check_plans(&method, fields.at());
        Some(method)
    }

    fn term(&mut self, spot: &Spot<'_>) -> Option<Term> {
        let fields = self.object(spot, &["days", "from"])?;
        let days = self.required(&fields, "days", "say how many days").and_then(|spot| self.integer(&spot, 0, 365));
        let start = self
            .required(&fields, "from", "write `order` or `delivery`")
            .and_then(|spot| self.word(&spot, "start", &["order", "delivery"]));
        let start = if start? == 0 { TermStart::Order } else { TermStart::Delivery };
        Some(Term { days: u16::try_from(days?).ok()?, start })
    }

    pub(super) fn fee(&mut self, spot: &Spot<'_>) -> Fee {
        let Some(fields) = self.object(spot, &["fixed", "rate"]) else { return Fee::NONE };
        let fixed = fields.get("fixed").and_then(|spot| self.amount(&spot)).unwrap_or(0);
        Fee { fixed, rate: fields.get("rate").and_then(|spot| self.rate(&spot)).unwrap_or(Rate::ZERO) }
    }

    /// A share of 1
    pub(super) fn rate(&mut self, spot: &Spot<'_>) -> Option<Rate> {
        let rate = spot.str().and_then(Rate::parse);
        if rate.is_none() {
            let text = spot.str().map_or_else(|| spot.value.to_string(), str::to_owned);
            let help = match repair::percentage(&text).or_else(|| Rate::parse(&text).map(|_| text.clone())) {
                Some(rate) => format!("write it as a share of 1, in quotes: `\"{rate}\"`"),
                None => "write a share between 0 and 1 with at most six decimals, in quotes: `\"0.015\"` is 1.5 %".into(),
            };
            self.error("policy.rate.malformed", &spot.at, format!("{} is not a rate", super::reader::shown(spot.value)), help);
        }
        rate
    }

    fn fields(&mut self, spot: &Spot<'_>) -> Vec<FactIndex> {
        let mut facts = Vec::new();
        for entry in self.list(spot, METHODS_MAX).unwrap_or_default() {
            let Some(fact) = self.fact(&entry, Scope::All) else { continue };
            if self.policy.visibility_of(fact) != Some(Visibility::Client) {
                let message = format!("`{}` is not for the shopper to tell", self.policy.name_of(fact));
                self.error("policy.field.not_client", &entry.at, message, "name a fact that the browser may set");
            } else if facts.contains(&fact) {
                self.problem(
                    "policy.field.twice",
                    &entry.at,
                    format!("`{}` is asked for twice", self.policy.name_of(fact)),
                    "name each fact once",
                );
            } else {
                facts.push(fact);
            }
        }
        facts
    }

    pub(super) fn read_order(&mut self, fields: &Fields<'_>) {
        let Some(entries) = fields.get("order").and_then(|spot| self.list(&spot, LIMITS_MAX)) else { return };
        for entry in &entries {
            let Some(fields) = self.object(entry, &["when", "methods"]) else {
                let when = self.broken_condition();
                self.policy.orders.push(DisplayOrder { when, methods: Vec::new() });
                continue;
            };
            let when = self.when(&fields, Scope::All);
            let methods = self
                .required(&fields, "methods", "name the methods that come first")
                .map_or_else(Vec::new, |spot| self.method_places(&spot));
            self.policy.orders.push(DisplayOrder { when, methods });
        }
    }

    pub(super) fn read_fallback(&mut self, fields: &Fields<'_>) {
        let spot = fields.get("fallback");
        let places = spot.as_ref().map_or_else(Vec::new, |spot| self.method_places(spot));
        self.policy.fallback = mask(&places);
        for entry in spot.iter().flat_map(Spot::entries) {
            self.check_fallback(&entry);
        }
        if places.is_empty() && !self.broken {
            let message = "no method is left to show when no decision can be had";
            let help = "name methods without credit risk and without a provider, such as prepayment, under `fallback`";
            self.warning("policy.fallback.empty", &spot.map_or_else(|| fields.at().to_owned(), |spot| spot.at), message, help);
        }
    }
}

impl Reader {
    /// What is shown without a decision bears no risk and needs nobody else
    fn check_fallback(&mut self, spot: &Spot<'_>) {
        let Some(method) = self.policy.methods.iter().find(|method| spot.str() == Some(&method.id)) else { return };
        let (id, bears_risk, needs_provider) = (method.id.clone(), method.kind.bears_credit_risk(), method.provider != Provider::NotNeeded);
        if bears_risk {
            let message = format!("`{id}` bears credit risk, and without a decision nobody has looked at the risk");
            self.problem(
                "policy.fallback.credit",
                &spot.at,
                message,
                "name a method without credit risk and without a provider, such as prepayment",
            );
        }
        if needs_provider && !bears_risk {
            let message = format!("`{id}` needs a payment provider, which may be out of reach just then");
            self.problem("policy.fallback.provider", &spot.at, message, "name methods that need no provider, such as prepayment");
        }
    }
}

/// A method about which nothing is known
fn nothing() -> Method {
    Method {
        id: String::new(),
        kind: Kind::Prepayment,
        provider: Provider::NotNeeded,
        when: Condition::ALWAYS,
        reason: Reason::MethodCondition,
        minimum: None,
        limits: None,
        term: None,
        fee: Fee::NONE,
        plans: Vec::new(),
        fields: Vec::new(),
        consent: String::new(),
    }
}

fn mask(places: &[u8]) -> u16 {
    places.iter().fold(0, |mask, place| mask | 1_u16.checked_shl(u32::from(*place)).unwrap_or(0))
}
