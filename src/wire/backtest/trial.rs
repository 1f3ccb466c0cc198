//! One policy, tried on the orders of the past.

use super::amounts::{Sum, rounded_parts};
use super::comparison::StateCounts;
use super::credit::{Assumption, Credit};
use super::observed::Paying;
use super::reason::{Possible, possible};
use super::refused::Refused;
use super::report::{
    ClassReport, CreditReport, MarginReport, MethodReport, OrdersReport, ReasonReport, Share, TrialReport, ValueClassReport,
};
use super::{add, count};
use crate::money::Money;
use crate::order::{Bought, Margin, Order};
use std::cmp::Reverse;
use tresen_core::SEMANTICS_VERSION;
use tresen_core::facts::{Facts, known};
use tresen_core::money::MoneyError;
use tresen_core::offer::{Answer, MethodAnswer, State};
use tresen_core::policy::Policy;

/// Counts what a policy decides
#[derive(Debug, Clone)]
pub struct Trial<'p> {
    policy: &'p Policy,
    assumption: &'p Assumption,
    credit: Credit,
    orders: u64,
    /// None is offered on credit, though one would be if the shopper told what is missing
    waiting: u64,
    methods: Vec<MethodTally<'p>>,
    classes: Vec<ClassTally>,
    value_classes: Vec<ValueClassTally>,
    margin: Sum,
    with_margin: u64,
    on_credit: Paying,
    not_on_credit: Paying,
    outcomes_not_on_credit: u64,
}

#[derive(Debug, Clone)]
struct MethodTally<'p> {
    states: StateCounts,
    reasons: Vec<(Possible<'p>, u64)>,
}

#[derive(Debug, Clone, Default)]
struct ClassTally {
    orders: u64,
    on_credit: u64,
    claims: Sum,
    paying: Paying,
}

#[derive(Debug, Clone, Default)]
struct ValueClassTally {
    orders: u64,
    on_credit: u64,
}

impl<'p> Trial<'p> {
    /// Nothing counted yet
    #[must_use]
    pub fn new(policy: &'p Policy, assumption: &'p Assumption) -> Self {
        let methods = policy.methods.iter().enumerate().map(|(place, method)| MethodTally {
            states: StateCounts::default(),
            reasons: possible(policy, place, method).into_iter().map(|reason| (reason, 0)).collect(),
        });
        Self {
            policy,
            assumption,
            credit: Credit::new(policy, assumption),
            orders: 0,
            waiting: 0,
            methods: methods.collect(),
            classes: vec![ClassTally::default(); policy.classes.len()],
            value_classes: vec![ValueClassTally::default(); policy.value_classes.len()],
            margin: Sum::default(),
            with_margin: 0,
            on_credit: Paying::default(),
            not_on_credit: Paying::default(),
            outcomes_not_on_credit: 0,
        }
    }

    /// One order more, with what the policy decided on its facts
    pub fn add(&mut self, order: &Order, facts: &Facts, answer: &Answer) {
        let total = facts.get(known::CART_TOTAL).unwrap_or(0);
        let claim = self.credit.claim(total, answer);
        count(&mut self.orders);
        for (tally, found) in self.methods.iter_mut().zip(answer.methods()) {
            tally.add(found);
        }
        if let Some(class) = self.classes.get_mut(usize::from(answer.standing.class)) {
            count(&mut class.orders);
            class.paying.add(order, total);
            if let Some(claim) = claim {
                count(&mut class.on_credit);
                class.claims.add_minor(claim);
            }
        }
        if let Some(class) = answer.standing.value_class.and_then(|place| self.value_classes.get_mut(usize::from(place))) {
            count(&mut class.orders);
            add(&mut class.on_credit, claim.is_some().into());
        }
        if claim.is_some() { &mut self.on_credit } else { &mut self.not_on_credit }.add(order, total);
        if order.outcome.is_some_and(|outcome| outcome.bought != Bought::WithCreditRisk) {
            count(&mut self.outcomes_not_on_credit);
        }
        if claim.is_some() {
            self.earn(order.margin, total);
        } else if self.credit.if_completed().claim(total, answer).is_some() {
            count(&mut self.waiting);
        }
    }

    fn earn(&mut self, margin: Option<Margin>, total: i64) {
        match margin {
            None => return,
            Some(Margin::Amount(minor)) => self.margin.add_minor(minor),
            Some(Margin::Share(share)) => self.margin.add_share(share, total),
        }
        count(&mut self.with_margin);
    }

    /// What was counted here and there, by the same policy under the same assumption
    pub fn merge(&mut self, other: &Self) {
        add(&mut self.orders, other.orders);
        add(&mut self.waiting, other.waiting);
        for (tally, other) in self.methods.iter_mut().zip(&other.methods) {
            tally.merge(other);
        }
        for (class, other) in self.classes.iter_mut().zip(&other.classes) {
            add(&mut class.orders, other.orders);
            add(&mut class.on_credit, other.on_credit);
            class.claims.add(other.claims);
            class.paying.merge(&other.paying);
        }
        for (class, other) in self.value_classes.iter_mut().zip(&other.value_classes) {
            add(&mut class.orders, other.orders);
            add(&mut class.on_credit, other.on_credit);
        }
        self.margin.add(other.margin);
        add(&mut self.with_margin, other.with_margin);
        self.on_credit.merge(&other.on_credit);
        self.not_on_credit.merge(&other.not_on_credit);
        add(&mut self.outcomes_not_on_credit, other.outcomes_not_on_credit);
    }

    /// The report; `policy_hash` in hex
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] where a sum is beyond what an amount can say.
    pub fn report(&self, policy_hash: &str, refused: Refused) -> Result<TrialReport, MoneyError> {
        let (currency, all) = (self.policy.currency, self.orders);
        let losses = self.policy.classes.iter().zip(&self.classes);
        let losses: Vec<Sum> = losses.map(|(class, tally)| tally.claims.share(class.default_probability_ppm)).collect();
        let (losses, expected_loss) = rounded_parts(&losses, currency)?;
        let mut amount = Sum::default();
        self.classes.iter().for_each(|class| amount.add(class.claims));
        let on_credit = self.classes.iter().fold(0, |sum: u64, class| sum.saturating_add(class.on_credit));
        let margin = MarginReport { orders: self.with_margin, amount: self.margin.rounded(currency)? };
        Ok(TrialReport {
            semantics_version: SEMANTICS_VERSION,
            policy: policy_hash.to_owned(),
            assumed_method: self.assumption.method.clone(),
            incomplete_is_offered: self.assumption.completed,
            orders: all,
            refused,
            on_credit: CreditReport {
                share: Share::of(on_credit, all),
                amount: amount.rounded(currency)?,
                expected_loss: has_classes(self.policy).then_some(expected_loss),
                margin: Some(margin).filter(|margin| margin.orders > 0),
                observed: self.on_credit.observed(currency)?,
            },
            not_on_credit: OrdersReport {
                share: Share::of(all.saturating_sub(on_credit), all),
                observed: self.not_on_credit.observed(currency)?,
            },
            incomplete_on_credit: Share::of(self.waiting, all),
            outcomes_not_on_credit: self.outcomes_not_on_credit,
            methods: self.methods(),
            classes: self.classes(losses)?,
            value_classes: self.value_classes(),
        })
    }

    fn methods(&self) -> Vec<MethodReport> {
        let methods = self.policy.methods.iter().zip(&self.methods);
        let methods = methods.map(|(method, tally)| MethodReport {
            id: method.id.clone(),
            kind: method.kind.code(),
            offered: Share::of(tally.states.offered, self.orders),
            incomplete: Share::of(tally.states.incomplete, self.orders),
            withheld: Share::of(tally.states.withheld, self.orders),
            reasons: tally.reasons(self.orders),
        });
        methods.collect()
    }

    fn classes(&self, losses: Vec<Money>) -> Result<Vec<ClassReport>, MoneyError> {
        let named = has_classes(self.policy);
        let classes = self.policy.classes.iter().zip(&self.classes).zip(losses);
        let classes = classes.map(|((class, tally), expected_loss)| {
            Ok(ClassReport {
                id: named.then(|| class.id.clone()),
                share: Share::of(tally.orders, self.orders),
                default_probability_ppm: named.then_some(class.default_probability_ppm),
                basis: named.then_some(if class.own_data { "own_data" } else { "assumed" }),
                on_credit: tally.on_credit,
                amount: tally.claims.rounded(self.policy.currency)?,
                expected_loss: named.then_some(expected_loss),
                observed: tally.paying.observed(self.policy.currency)?,
            })
        });
        classes.collect()
    }

    fn value_classes(&self) -> Vec<ValueClassReport> {
        let classes = self.policy.value_classes.iter().zip(&self.value_classes);
        let classes = classes.map(|(class, tally)| ValueClassReport {
            id: class.id.clone(),
            share: Share::of(tally.orders, self.orders),
            on_credit: tally.on_credit,
        });
        classes.collect()
    }
}

/// Whether the policy says how likely a default is
pub(super) fn has_classes(policy: &Policy) -> bool {
    policy.classes.iter().any(|class| !class.id.is_empty())
}

impl MethodTally<'_> {
    fn add(&mut self, found: &MethodAnswer) {
        self.states.add(found.state);
        if found.state == State::Withheld {
            for (reason, orders) in &mut self.reasons {
                add(orders, reason.bit.is_in(found).into());
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        self.states.merge(other.states);
        for ((_, orders), (_, more)) in self.reasons.iter_mut().zip(&other.reasons) {
            add(orders, *more);
        }
    }

    fn reasons(&self, all: u64) -> Vec<ReasonReport> {
        let mut found: Vec<&(Possible<'_>, u64)> = self.reasons.iter().filter(|(_, orders)| *orders > 0).collect();
        found.sort_by_key(|(_, orders)| Reverse(*orders));
        let report = |(reason, orders): &(Possible<'_>, u64)| ReasonReport {
            code: reason.code,
            rule: reason.rule.map(str::to_owned),
            share: Share::of(*orders, all),
        };
        found.into_iter().map(report).collect()
    }
}
