//! What would have become of a method if one fact alone had been another: found by trying.
//!
//! The state of a method, as a function of one fact, changes only at values that stand in the policy (bins, limits, comparisons) or follow
//! from them, the other facts and the day. So it is enough to try those values and their neighbours, and the fact away.

use super::value::{STRANGER, json_of, json_of_list};
use super::{Case, Otherwise};
use crate::facts::{is_birth_date, value_range};
use serde_json::Value;
use std::collections::BTreeSet;
use tresen_core::change::edges;
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind, Facts, Text, known};
use tresen_core::offer::{Answer, Because, State, country_value, reasons, states_into};
use tresen_core::policy::{Attribute, Limit, Node, Points};

/// Up to so many texts that a policy asks a list for, every set of them is tried; beyond, each of them alone
const SETS_TEXTS_MAX: usize = 8;

/// What was found by trying
#[derive(Debug, Default)]
pub(super) struct Tried {
    /// The state without the fact, where that is another one
    pub if_missing: Option<String>,
    /// The nearest other value that gives another state
    pub otherwise: Option<Otherwise>,
    /// The reasons that some other value lifts
    pub lifts: Vec<Because>,
}

/// Asks the engine again about one method
pub(super) struct Trial<'a> {
    case: &'a Case<'a>,
    place: usize,
    /// The facts with what follows from them
    derived: &'a Facts,
    state: State,
    reasons: Vec<Because>,
    answer: Answer,
}

impl<'a> Trial<'a> {
    /// For the method at `place`; `derived` holds the facts after they were decided on
    pub(super) fn new(case: &'a Case<'a>, place: usize, derived: &'a Facts) -> Self {
        let mut trial = Self { case, place, derived, state: State::Withheld, reasons: Vec::new(), answer: Answer::default() };
        (trial.state, trial.reasons) = trial.decided(&mut case.facts.clone());
        trial
    }

    /// The facts with what follows from them
    pub(super) fn derived(&self) -> &'a Facts {
        self.derived
    }

    /// Tries the fact away, and every other value of it that can make a difference
    pub(super) fn of(&mut self, fact: FactIndex) -> Tried {
        let mut tried = Tried::default();
        let mut without = self.case.facts.clone();
        without.remove(fact);
        tried.if_missing = self.another(&mut without, &mut tried.lifts).map(str::to_owned);
        let otherwise = match self.case.policy.kind_of(fact) {
            Some(FactKind::Texts) => self.another_list(fact, &mut tried.lifts),
            Some(kind) => self.another_value(fact, kind, &mut tried.lifts),
            None => None,
        };
        tried.otherwise = otherwise.map(|(value, state)| Otherwise { value, state: state.to_owned() });
        let place = |because: &Because| self.reasons.iter().position(|reason| reason == because);
        tried.lifts.sort_by_key(place);
        tried
    }

    fn decided(&mut self, facts: &mut Facts) -> (State, Vec<Because>) {
        states_into(self.case.program, facts, self.case.today, &mut self.answer);
        let state = self.answer.methods().get(self.place).map_or(State::Withheld, |method| method.state);
        (state, reasons(self.case.program, self.place, &self.answer))
    }

    /// The state with these facts, where it is another one; notes the reasons that they lift
    fn another(&mut self, facts: &mut Facts, lifts: &mut Vec<Because>) -> Option<&'static str> {
        let (state, reasons) = self.decided(facts);
        let lifted = self.reasons.iter().filter(|reason| !reasons.contains(reason) && !lifts.contains(reason));
        let lifted: Vec<Because> = lifted.copied().collect();
        lifts.extend(lifted);
        (state != self.state).then(|| state.code())
    }

    fn another_value(&mut self, fact: FactIndex, kind: FactKind, lifts: &mut Vec<Because>) -> Option<(Option<Value>, &'static str)> {
        let present = self.case.facts.get(fact);
        let mut values: Vec<i64> = self.values(fact, kind).into_iter().filter(|value| Some(*value) != present).collect();
        // Nearest first, the lower one first where two are equally near.
        values.sort_by_key(|value| (kind.is_ordered().then(|| value.abs_diff(present.unwrap_or(0))), *value));
        let mut nearest = None;
        for value in values {
            let mut tried = self.case.facts.clone();
            tried.set(fact, value);
            let state = self.another(&mut tried, lifts);
            nearest = nearest.or(state.map(|state| (json_of(self.case.policy, fact, value), state)));
        }
        nearest
    }

    fn another_list(&mut self, fact: FactIndex, lifts: &mut Vec<Because>) -> Option<(Option<Value>, &'static str)> {
        let present: Vec<u32> = self.case.facts.list(fact).unwrap_or(&[]).to_vec();
        let mut first = None;
        for list in self.lists(fact, &present) {
            let mut tried = self.case.facts.clone();
            let texts: Vec<Text> = list.iter().map(|text| Text(*text)).collect();
            if (list != present || !self.case.facts.is_present(fact)) && tried.set_list(fact, &texts) {
                let state = self.another(&mut tried, lifts);
                first = first.or(state.map(|state| (json_of_list(self.case.policy, &list), state)));
            }
        }
        first
    }

    /// Lists that the policy tells from the present one: of the texts that it asks for, others stand in it
    fn lists(&self, fact: FactIndex, present: &[u32]) -> Vec<Vec<u32>> {
        let asked: Vec<u32> = self.asked_of_list(fact).into_iter().collect();
        let others: Vec<u32> = present.iter().copied().filter(|text| !asked.contains(text)).collect();
        let with = |inside: &dyn Fn(usize, u32) -> bool| -> Vec<u32> {
            let chosen = asked.iter().enumerate().filter(|(place, text)| inside(*place, **text)).map(|(_, text)| *text);
            others.iter().copied().chain(chosen).collect()
        };
        if asked.len() <= SETS_TEXTS_MAX {
            let sets = 0..1_u32.wrapping_shl(u32::try_from(asked.len()).unwrap_or(0));
            return sets.map(|set| with(&|place, _| set.wrapping_shr(u32::try_from(place).unwrap_or(0)) & 1 == 1)).collect();
        }
        let toggled = (0..asked.len()).map(|toggled| with(&|place, text| present.contains(&text) != (place == toggled)));
        toggled.chain([with(&|_, _| false), with(&|_, _| true)]).collect()
    }

    fn asked_of_list(&self, fact: FactIndex) -> BTreeSet<u32> {
        let policy = self.case.policy;
        let mut asked: BTreeSet<u32> = policy
            .conditions
            .nodes()
            .iter()
            .filter_map(|node| match node {
                Node::Contains { fact: of, text, .. } if *of == fact => Some(*text),
                _ => None,
            })
            .collect();
        if fact == known::SHOP_PROVIDERS
            && let Some(tresen_core::policy::Provider::Needed(text)) = policy.methods.get(self.place).map(|method| method.provider)
        {
            asked.insert(text);
        }
        asked
    }

    /// Every value of the fact at which something may change, and its neighbours
    fn values(&self, fact: FactIndex, kind: FactKind) -> BTreeSet<i64> {
        let mut values = BTreeSet::new();
        match kind {
            FactKind::Boolean => values.extend([0, 1]),
            FactKind::Choice => values.extend(0..i64::try_from(fact.choices().len()).unwrap_or(0)),
            FactKind::Country => {
                values.extend([country_value(*b"XX"), country_value(*b"ZZ")]);
                self.each_edge(fact, &mut |value| values.extend([value]));
            }
            FactKind::Text => {
                values.extend([STRANGER]);
                self.each_edge(fact, &mut |value| values.extend([value]));
            }
            FactKind::Integer | FactKind::Amount | FactKind::Date => {
                let (least, most) = self.range(fact, kind);
                values.extend([least]);
                self.each_edge(fact, &mut |edge| {
                    let near = [edge.saturating_sub(1), edge, edge.saturating_add(1)];
                    values.extend(near.into_iter().filter(|value| (least..=most).contains(value)));
                });
                if fact == known::CUSTOMER_BIRTH_DATE {
                    values.retain(|days| date(*days).is_some_and(|birth| is_birth_date(birth, self.case.today)));
                }
            }
            FactKind::Texts => {}
        }
        values
    }

    fn range(&self, fact: FactIndex, kind: FactKind) -> (i64, i64) {
        if kind == FactKind::Date { (Date::MIN.days().into(), Date::MAX.days().into()) } else { value_range(fact) }
    }

    /// Every value of the fact that stands somewhere in the policy, or follows from one that does
    fn each_edge(&self, fact: FactIndex, found: &mut dyn FnMut(i64)) {
        let Case { policy, program, .. } = *self.case;
        if fact == known::CART_TOTAL {
            edges(program, self.derived, self.place).into_iter().for_each(&mut *found);
        }
        for node in policy.conditions.nodes() {
            self.each_edge_of_node(fact, node, found);
        }
        let cards = policy.scorecards.iter().flat_map(|cards| cards.new.attributes.iter().chain(&cards.returning.attributes));
        for Attribute { fact: of, points, .. } in cards {
            let (Points::Bins { edges: pairs, .. } | Points::Categories { values: pairs, .. }) = points;
            pairs.iter().for_each(|(value, _)| self.back(fact, *of, *value, found));
        }
        let ladder = policy.exposure.ladder.as_ref();
        for (from, _) in ladder.map_or(&[][..], |ladder| &ladder.steps) {
            self.back(fact, ladder.map_or(fact, |ladder| ladder.fact), *from, found);
        }
        if fact == known::ACCOUNT_OPEN_BALANCE {
            let needed = self.needed();
            let limits = policy.exposure.limits.iter().flatten().map(|Limit { maximum, .. }| *maximum);
            limits.chain(ladder.iter().flat_map(|ladder| ladder.steps.iter().map(|(_, maximum)| *maximum))).for_each(|limit| {
                found(limit.saturating_sub(needed));
            });
        }
    }

    /// What the order would add to what is owed
    fn needed(&self) -> i64 {
        let total = self.case.facts.get(known::CART_TOTAL).unwrap_or(0);
        total.saturating_add(self.case.policy.methods.get(self.place).map_or(0, |method| method.fee.on(total)))
    }

    fn each_edge_of_node(&self, fact: FactIndex, node: &Node, found: &mut dyn FnMut(i64)) {
        match node {
            Node::Compare { fact: of, value, .. } => self.back(fact, *of, *value, found),
            Node::OneOf { fact: of, values, .. } => values.iter().for_each(|value| self.back(fact, *of, *value, found)),
            Node::CompareFacts { left, right, shift, .. } => {
                if let Some(right) = self.derived.get(*right) {
                    self.back(fact, *left, right.saturating_sub(*shift), found);
                }
                if let Some(left) = self.derived.get(*left) {
                    self.back(fact, *right, left.saturating_add(*shift), found);
                }
            }
            Node::Constant(_) | Node::All { .. } | Node::Any { .. } | Node::Not | Node::Contains { .. } | Node::Present { .. } => {}
        }
    }

    /// The values of `fact` at which `of`, the fact itself or one that follows from it, reaches a value
    fn back(&self, fact: FactIndex, of: FactIndex, value: i64, found: &mut dyn FnMut(i64)) {
        let today = i64::from(self.case.today.days());
        let given = |fact: FactIndex| self.case.facts.get(fact).unwrap_or(0);
        match (fact, of) {
            (known::CUSTOMER_BIRTH_DATE, known::CUSTOMER_AGE) => {
                let (year, month, day) = self.case.today.ymd();
                let year = i32::try_from(i64::from(year).saturating_sub(value)).unwrap_or(0);
                // In a year without the day, 28 February and 1 March are its neighbours.
                let born = Date::from_ymd(year, month, day).or_else(|| Date::from_ymd(year, month, 28));
                born.into_iter().for_each(|born| {
                    found(born.days().into());
                    found(i64::from(born.days()).saturating_add(1));
                });
            }
            (known::CUSTOMER_SINCE, known::CUSTOMER_TENURE_DAYS) | (known::HISTORY_ADDRESS_CHANGED_ON, known::HISTORY_ADDRESS_AGE_DAYS) => {
                found(today.saturating_sub(value));
                // What lies in the future says nothing of the past.
                found(today.saturating_add(1));
            }
            (known::CART_TOTAL, known::ACCOUNT_EXPOSURE_AFTER) => found(value.saturating_sub(given(known::ACCOUNT_OPEN_BALANCE))),
            (known::CART_TOTAL, known::HISTORY_AMOUNT_7_DAYS_AFTER) => found(value.saturating_sub(given(known::HISTORY_AMOUNT_7_DAYS))),
            (known::ACCOUNT_OPEN_BALANCE, known::ACCOUNT_EXPOSURE_AFTER)
            | (known::HISTORY_AMOUNT_7_DAYS, known::HISTORY_AMOUNT_7_DAYS_AFTER) => found(value.saturating_sub(given(known::CART_TOTAL))),
            (given, same) if given == same => found(value),
            _ => {}
        }
    }
}

fn date(days: i64) -> Option<Date> {
    i32::try_from(days).ok().and_then(Date::from_days)
}
