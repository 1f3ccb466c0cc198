//! Two policies, tried on the same orders.

use super::amounts::{Sum, rounded_parts};
use super::comparison::{
    Comparison, CreditChange, CreditSide, Example, ExampleReason, Exposure, MethodChange, ReasonChange, Sides, StateCounts,
};
use super::credit::{Assumption, Credit};
use super::movement::Movements;
use super::observed::Paying;
use super::reason::{Bit, possible};
use super::refused::Refused;
use super::report::Share;
use super::trial::has_classes;
use super::{add, count};
use crate::money::Money;
use crate::order::{Bought, Order};
use std::cmp::Reverse;
use tresen_core::SEMANTICS_VERSION;
use tresen_core::facts::{Facts, known};
use tresen_core::money::MoneyError;
use tresen_core::offer::{Answer, MethodAnswer};
use tresen_core::policy::Policy;

/// Counts how the decisions of two policies of one currency differ
#[derive(Debug, Clone)]
pub struct Difference<'p> {
    policies: Sides<&'p Policy>,
    assumption: &'p Assumption,
    examples_max: usize,
    credit: Sides<Credit>,
    orders: u64,
    changed: u64,
    movements: Movements,
    gained: ExposureTally,
    lost: ExposureTally,
    methods: Vec<MethodTally<'p>>,
    examples: Vec<Example>,
}

#[derive(Debug, Clone, Copy, Default)]
struct ExposureTally {
    orders: u64,
    claims: Sum,
    paying: Paying,
}

/// A method that at least one of the policies has
#[derive(Debug, Clone)]
struct MethodTally<'p> {
    id: &'p str,
    /// Where each policy has it
    places: Sides<Option<usize>>,
    states: Sides<StateCounts>,
    gained: u64,
    lost: u64,
    /// None unless both have it
    reasons: Vec<ReasonTally<'p>>,
}

/// A reason that at least one of the policies can have against a method
#[derive(Debug, Clone, Copy)]
struct ReasonTally<'p> {
    code: &'static str,
    rule: Option<&'p str>,
    bits: Sides<Option<Bit>>,
    came: u64,
    went: u64,
}

/// What the policies decided on an order
#[derive(Debug)]
pub struct Decided<'a> {
    /// The number of its line, from 1
    pub line: u64,
    /// What stands beside the facts, as each policy reads it
    pub orders: Sides<Order>,
    /// The facts, as either policy reads them
    pub facts: &'a Facts,
    /// What each policy decided
    pub answers: Sides<&'a Answer>,
}

impl<'p> Difference<'p> {
    /// Nothing counted yet; at most so many examples are kept
    #[must_use]
    pub fn new(old: &'p Policy, new: &'p Policy, assumption: &'p Assumption, examples_max: usize) -> Self {
        let policies = Sides { old, new };
        let ids = old.methods.iter().chain(new.methods.iter().filter(|method| old.method(&method.id).is_none()));
        Self {
            policies,
            assumption,
            examples_max,
            credit: policies.map(|policy| Credit::new(policy, assumption)),
            orders: 0,
            changed: 0,
            movements: Movements::new(policies),
            gained: ExposureTally::default(),
            lost: ExposureTally::default(),
            methods: ids.map(|method| MethodTally::new(policies, &method.id)).collect(),
            examples: Vec::new(),
        }
    }

    /// One order more
    pub fn add(&mut self, decided: &Decided<'_>) {
        count(&mut self.orders);
        let mut changed = false;
        for method in &mut self.methods {
            changed |= method.add(&self.credit, decided.answers);
        }
        add(&mut self.changed, changed.into());
        if changed && self.examples.len() < self.examples_max {
            self.examples.push(self.example(decided));
        }
        self.add_claims(decided);
    }

    fn add_claims(&mut self, decided: &Decided<'_>) {
        let total = decided.facts.get(known::CART_TOTAL).unwrap_or(0);
        let old = self.credit.old.claim(total, decided.answers.old);
        let new = self.credit.new.claim(total, decided.answers.new);
        let classes = Sides { old: decided.answers.old.standing.class, new: decided.answers.new.standing.class };
        self.movements.add(classes, Sides { old, new });
        match (old, new) {
            (None, Some(claim)) => self.gained.add(claim, &decided.order(), total),
            (Some(claim), None) => self.lost.add(claim, &decided.order(), total),
            (None, None) | (Some(_), Some(_)) => {}
        }
    }

    fn example(&self, decided: &Decided<'_>) -> Example {
        let class = |policy: &Policy, answer: &Answer| {
            let class = policy.classes.get(usize::from(answer.standing.class));
            class.map(|class| class.id.clone()).filter(|id| !id.is_empty())
        };
        let mut example = Example {
            line: decided.line,
            total: decided.facts.get(known::CART_TOTAL).map(|total| Money::new(total, self.policies.old.currency.code())),
            class: Sides { old: class(self.policies.old, decided.answers.old), new: class(self.policies.new, decided.answers.new) },
            gained: Vec::new(),
            lost: Vec::new(),
            reasons: Vec::new(),
            paid: decided.order().outcome.map(|outcome| outcome.paid.code()),
        };
        for method in &self.methods {
            let found = method.found(decided.answers);
            match method.offered(&self.credit, &found) {
                Sides { old: false, new: true } => example.gained.push(method.id.to_owned()),
                Sides { old: true, new: false } => example.lost.push(method.id.to_owned()),
                Sides { old: false, new: false } | Sides { old: true, new: true } => continue,
            }
            for reason in &method.reasons {
                let holds = reason.holds(&found);
                if holds.old != holds.new {
                    let (method, rule) = (method.id.to_owned(), reason.rule.map(str::to_owned));
                    example.reasons.push(ExampleReason { method, code: reason.code, rule, came: holds.new });
                }
            }
        }
        example
    }

    /// What was counted here and there, by the same policies under the same assumption
    pub fn merge(&mut self, other: Self) {
        add(&mut self.orders, other.orders);
        add(&mut self.changed, other.changed);
        self.movements.merge(&other.movements);
        self.gained.merge(&other.gained);
        self.lost.merge(&other.lost);
        for (method, other) in self.methods.iter_mut().zip(&other.methods) {
            method.merge(other);
        }
        self.examples.extend(other.examples);
        self.examples.sort_by_key(|example| example.line);
        self.examples.truncate(self.examples_max);
    }

    /// The report; `hashes` of the policies in hex
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] where a sum is beyond what an amount can say.
    pub fn report(self, hashes: Sides<String>, refused: Refused) -> Result<Comparison, MoneyError> {
        let (orders, claims) = (self.movements.on_credit(), self.movements.claims());
        let all = Sides {
            old: self.side(self.policies.old, orders.old, &claims.old)?,
            new: self.side(self.policies.new, orders.new, &claims.new)?,
        };
        let on_credit = CreditChange { all, gained: self.exposure(&self.gained)?, lost: self.exposure(&self.lost)? };
        let mut reasons: Vec<ReasonChange> = self.methods.iter().flat_map(MethodTally::reasons).collect();
        reasons.sort_by_key(|reason| Reverse(reason.came.saturating_add(reason.went)));
        Ok(Comparison {
            semantics_version: SEMANTICS_VERSION,
            policies: hashes,
            assumed_method: self.assumption.method.clone(),
            incomplete_is_offered: self.assumption.completed,
            orders: self.orders,
            refused,
            changed: Share::of(self.changed, self.orders),
            on_credit,
            classes: self.movements.report(self.policies, self.orders)?,
            methods: self.methods.iter().map(MethodTally::report).collect(),
            reasons,
            examples: self.examples,
        })
    }

    fn side(&self, policy: &Policy, orders: u64, claims: &[Sum]) -> Result<CreditSide, MoneyError> {
        let mut amount = Sum::default();
        claims.iter().for_each(|claim| amount.add(*claim));
        let classes = policy.classes.iter().zip(claims);
        let losses: Vec<Sum> = classes.map(|(class, claims)| claims.share(class.default_probability_ppm)).collect();
        let (_, expected_loss) = rounded_parts(&losses, policy.currency)?;
        Ok(CreditSide {
            share: Share::of(orders, self.orders),
            amount: amount.rounded(policy.currency)?,
            expected_loss: has_classes(policy).then_some(expected_loss),
        })
    }

    fn exposure(&self, tally: &ExposureTally) -> Result<Exposure, MoneyError> {
        let currency = self.policies.old.currency;
        Ok(Exposure { orders: tally.orders, amount: tally.claims.rounded(currency)?, observed: tally.paying.observed(currency)? })
    }
}

impl Decided<'_> {
    /// The order, with what it was bought with as the old policy knows it, or else the new one
    fn order(&self) -> Order {
        match self.orders.old.outcome.map(|outcome| outcome.bought) {
            Some(Bought::Unknown) => self.orders.new,
            Some(Bought::WithCreditRisk | Bought::WithoutCreditRisk) | None => self.orders.old,
        }
    }
}

impl ExposureTally {
    fn add(&mut self, claim: i64, order: &Order, total: i64) {
        count(&mut self.orders);
        self.claims.add_minor(claim);
        self.paying.add(order, total);
    }

    fn merge(&mut self, other: &Self) {
        add(&mut self.orders, other.orders);
        self.claims.add(other.claims);
        self.paying.merge(&other.paying);
    }
}

impl<'p> MethodTally<'p> {
    fn new(policies: Sides<&'p Policy>, id: &'p str) -> Self {
        let places = policies.map(|policy| policy.method(id).map(|(place, _)| place));
        Self { id, places, states: Sides::default(), gained: 0, lost: 0, reasons: reasons(policies, id) }
    }

    /// What each policy that has it found
    fn found<'a>(&self, answers: Sides<&'a Answer>) -> Sides<Option<&'a MethodAnswer>> {
        let found = |place: Option<usize>, answer: &'a Answer| place.and_then(|place| answer.methods().get(place));
        Sides { old: found(self.places.old, answers.old), new: found(self.places.new, answers.new) }
    }

    /// Whether it is offered under each policy
    fn offered(&self, credit: &Sides<Credit>, found: &Sides<Option<&MethodAnswer>>) -> Sides<bool> {
        let offered = |credit: &Credit, found: Option<&MethodAnswer>| found.is_some_and(|found| credit.is_offered(found));
        Sides { old: offered(&credit.old, found.old), new: offered(&credit.new, found.new) }
    }

    /// Counts an order; whether it is offered under one policy only
    fn add(&mut self, credit: &Sides<Credit>, answers: Sides<&Answer>) -> bool {
        let found = self.found(answers);
        for (states, found) in [(&mut self.states.old, found.old), (&mut self.states.new, found.new)] {
            if let Some(found) = found {
                states.add(found.state);
            }
        }
        for reason in &mut self.reasons {
            let holds = reason.holds(&found);
            add(&mut reason.came, (holds.new && !holds.old).into());
            add(&mut reason.went, (holds.old && !holds.new).into());
        }
        let offered = self.offered(credit, &found);
        add(&mut self.gained, (offered.new && !offered.old).into());
        add(&mut self.lost, (offered.old && !offered.new).into());
        offered.old != offered.new
    }

    fn merge(&mut self, other: &Self) {
        self.states.old.merge(other.states.old);
        self.states.new.merge(other.states.new);
        add(&mut self.gained, other.gained);
        add(&mut self.lost, other.lost);
        for (reason, other) in self.reasons.iter_mut().zip(&other.reasons) {
            add(&mut reason.came, other.came);
            add(&mut reason.went, other.went);
        }
    }

    fn report(&self) -> MethodChange {
        let states = |place: Option<usize>, states: StateCounts| place.map(|_| states);
        let states = Sides { old: states(self.places.old, self.states.old), new: states(self.places.new, self.states.new) };
        MethodChange { id: self.id.to_owned(), states, gained: self.gained, lost: self.lost }
    }

    fn reasons(&self) -> impl Iterator<Item = ReasonChange> {
        self.reasons.iter().filter(|reason| reason.came > 0 || reason.went > 0).map(|reason| ReasonChange {
            method: self.id.to_owned(),
            code: reason.code,
            rule: reason.rule.map(str::to_owned),
            came: reason.came,
            went: reason.went,
        })
    }
}

impl ReasonTally<'_> {
    /// Whether it holds under each policy
    fn holds(&self, found: &Sides<Option<&MethodAnswer>>) -> Sides<bool> {
        let holds = |bit: Option<Bit>, found: Option<&MethodAnswer>| bit.zip(found).is_some_and(|(bit, found)| bit.is_in(found));
        Sides { old: holds(self.bits.old, found.old), new: holds(self.bits.new, found.new) }
    }
}

/// The reasons that either policy can have against a method that both have; one is the same in both if code and rule are
fn reasons<'p>(policies: Sides<&'p Policy>, id: &str) -> Vec<ReasonTally<'p>> {
    let Sides { old: Some(old), new: Some(new) } =
        policies.map(|policy| policy.method(id).map(|(place, method)| possible(policy, place, method)))
    else {
        return Vec::new();
    };
    let tally = |code, rule, bits| ReasonTally { code, rule, bits, came: 0, went: 0 };
    let same = |one: &super::reason::Possible<'_>, code: &str, rule: Option<&str>| one.code == code && one.rule == rule;
    let mut reasons: Vec<ReasonTally<'p>> =
        old.iter().map(|reason| tally(reason.code, reason.rule, Sides { old: Some(reason.bit), new: None })).collect();
    for reason in new {
        match reasons.iter_mut().find(|known| same(&reason, known.code, known.rule)) {
            Some(known) => known.bits.new = Some(reason.bit),
            None => reasons.push(tally(reason.code, reason.rule, Sides { old: None, new: Some(reason.bit) })),
        }
    }
    reasons
}
