//! Which facts the decision on a method looks at, and what looks at them.
//!
//! **Invariant:** a fact that is not found here cannot change the state, the limit, the fee or the due date of the method.

use std::collections::{BTreeMap, BTreeSet};
use tresen_core::facts::{FactIndex, known};
use tresen_core::policy::{ClassEntry, Condition, Effect, Fee, Limit, Method, Node, Policy, Provider, Scorecard, TermStart};
use tresen_core::qualify::Applied;

/// What looks at a fact
#[derive(Debug, Default)]
pub(super) struct Use {
    /// Places in the policy's JSON
    pub by: BTreeSet<String>,
    /// Facts that follow from it and are looked at
    pub through: BTreeSet<FactIndex>,
}

/// What the decision on one method looks at
pub(super) struct Uses<'a> {
    policy: &'a Policy,
    card: Option<(&'static str, &'a Scorecard)>,
    found: BTreeMap<FactIndex, Use>,
    /// Whether the class has been followed up, and the value class: each leads to the other's facts only once
    rated: bool,
    valued: bool,
}

impl<'a> Uses<'a> {
    /// What the decision on the method at `place` looks at, where that scorecard applied
    pub(super) fn of(policy: &'a Policy, place: usize, applied: Option<Applied>) -> Self {
        let card = policy.scorecards.as_ref().zip(applied).map(|(cards, applied)| match applied {
            Applied::New => ("/scorecards/new", &cards.new),
            Applied::Returning => ("/scorecards/returning", &cards.returning),
        });
        let mut uses = Self { policy, card, found: BTreeMap::new(), rated: false, valued: false };
        if let Some(method) = policy.methods.get(place) {
            uses.method(method, &format!("/methods/{place}"));
        }
        for (number, rule) in policy.rules.iter().enumerate() {
            if let Effect::Withhold { methods, .. } = rule.effect
                && methods >> place & 1 == 1
            {
                uses.condition(rule.when, &format!("/rules/{number}"));
            }
        }
        uses
    }

    /// What looks at a fact, if anything does
    pub(super) fn of_fact(&self, fact: FactIndex) -> Option<&Use> {
        self.found.get(&fact)
    }

    /// The scorecard that had a part in it
    pub(super) fn card(&self) -> Option<&'a Scorecard> {
        self.card.filter(|_| self.rated).map(|(_, card)| card)
    }

    fn method(&mut self, method: &Method, at: &str) {
        let risky = method.kind.bears_credit_risk();
        self.condition(method.when, &format!("{at}/when"));
        if method.provider != Provider::NotNeeded {
            self.fact(known::SHOP_PROVIDERS, &format!("{at}/provider"));
        }
        if method.minimum.is_some() {
            self.fact(known::CART_TOTAL, &format!("{at}/minimum"));
        }
        if let Some(limits) = &method.limits {
            self.fact(known::CART_TOTAL, &format!("{at}/limits"));
            self.limits(limits, &format!("{at}/limits"));
        }
        if method.fee != Fee::NONE {
            self.fact(known::CART_TOTAL, &format!("{at}/fee"));
        }
        for field in &method.fields {
            self.fact(*field, &format!("{at}/fields"));
        }
        if let Some(term) = method.term {
            let at = format!("{at}/term");
            if term.start == TermStart::Delivery {
                self.fact(known::ORDER_EXPECTED_DELIVERY, &at);
            }
            // Only Germany's holidays are known, and whose they are follows from the address.
            if self.policy.market == *b"DE" {
                self.fact(known::BILLING_REGION, &at);
                self.fact(known::BILLING_COUNTRY, &at);
            }
        }
        if risky {
            self.fact(known::CART_TOTAL, at);
            self.exposure();
        }
    }

    fn exposure(&mut self) {
        let policy = self.policy;
        let exposure = &policy.exposure;
        if exposure.limits.is_none() && exposure.ladder.is_none() {
            return;
        }
        self.fact(known::ACCOUNT_OPEN_BALANCE, "/exposure");
        self.limits(exposure.limits.as_deref().unwrap_or(&[]), "/exposure/limits");
        if let Some(ladder) = &exposure.ladder {
            self.fact(ladder.fact, "/exposure/ladder");
        }
    }

    fn limits(&mut self, limits: &[Limit], at: &str) {
        for limit in limits {
            self.condition(limit.when, at);
        }
    }

    fn condition(&mut self, condition: Condition, at: &str) {
        let policy = self.policy;
        for fact in policy.conditions.nodes_of(condition).iter().flat_map(Node::facts).flatten() {
            self.fact(fact, at);
        }
    }

    fn fact(&mut self, fact: FactIndex, at: &str) {
        let from: &[FactIndex] = match fact {
            known::RISK_CLASS => return self.class(),
            known::RISK_POINTS => return self.points(),
            known::VALUE_CLASS => return self.value_class(),
            known::CUSTOMER_AGE => &[known::CUSTOMER_BIRTH_DATE],
            known::CUSTOMER_TENURE_DAYS => &[known::CUSTOMER_SINCE],
            known::HISTORY_ADDRESS_AGE_DAYS => &[known::HISTORY_ADDRESS_CHANGED_ON],
            known::ACCOUNT_EXPOSURE_AFTER => &[known::ACCOUNT_OPEN_BALANCE, known::CART_TOTAL],
            known::HISTORY_AMOUNT_7_DAYS_AFTER => &[known::HISTORY_AMOUNT_7_DAYS, known::CART_TOTAL],
            given => {
                self.found.entry(given).or_default().by.insert(at.to_owned());
                return;
            }
        };
        for given in from {
            let found = self.found.entry(*given).or_default();
            found.by.insert(at.to_owned());
            found.through.insert(fact);
        }
    }

    fn class(&mut self) {
        let policy = self.policy;
        self.points();
        for class in &policy.classes {
            if let ClassEntry::When(when) = class.entry {
                self.condition(when, "/classes");
            }
        }
        for (number, rule) in policy.rules.iter().enumerate() {
            if matches!(rule.effect, Effect::ClassAtBest(_)) {
                self.condition(rule.when, &format!("/rules/{number}"));
            }
        }
    }

    fn points(&mut self) {
        if std::mem::replace(&mut self.rated, true) {
            return;
        }
        let policy = self.policy;
        let Some((at, card)) = self.card else { return };
        self.condition(policy.returning, "/returning");
        for attribute in &card.attributes {
            self.fact(attribute.fact, at);
        }
    }

    fn value_class(&mut self) {
        if std::mem::replace(&mut self.valued, true) {
            return;
        }
        let policy = self.policy;
        for class in &policy.value_classes {
            self.condition(class.when, "/value_classes");
        }
    }
}
