//! The promises of a [`Policy`], checked on what was read from bytes.

use super::{
    Attribute, CLASSES_MAX, ClassEntry, Condition, Conditions, DEPTH_MAX, Effect, Limit, METHODS_MAX, Method, NODES_MAX, Node, Points,
    Policy, Provider, RULES_MAX, Scorecard, ValueClass,
};
use crate::facts::{CUSTOM_FIRST, CUSTOM_MAX, FactIndex, FactKind, Visibility, known};
use crate::money::MINOR_MAX;

/// Points beyond this, in either direction, are nobody's intention, and their sums stay far inside 32 bits
pub const POINTS_MAX: i32 = 1_000_000;

/// What is found only when all facts are there
const CLASSES: [FactIndex; 3] = [known::RISK_CLASS, known::RISK_POINTS, known::VALUE_CLASS];

impl Policy {
    /// Whether everything that the engine takes for granted is so
    #[must_use]
    pub fn keeps_its_promises(&self) -> bool {
        self.sizes_are_in_bounds()
            && self.custom_facts_are_sound()
            && self.conditions_are_sound()
            && self.classes_are_sound()
            && self.exposure_is_sound()
            && self.rules.iter().all(|rule| {
                self.starts_a_condition(rule.when)
                    && match rule.effect {
                        Effect::Withhold { methods, .. } => self.names_methods(methods),
                        Effect::ClassAtBest(class) => {
                            usize::from(class) < self.classes.len()
                                && self.reads_none_of(rule.when, &[known::RISK_CLASS, known::RISK_POINTS])
                        }
                    }
            })
            && self.methods.iter().all(|method| self.method_is_sound(method))
            && self.orders.iter().all(|order| {
                self.starts_a_condition(order.when)
                    && order.methods.iter().enumerate().all(|(place, method)| {
                        usize::from(*method) < self.methods.len() && !order.methods.iter().take(place).any(|earlier| earlier == method)
                    })
            })
            && self.names_methods(self.fallback)
            && self.collection.as_ref().is_none_or(|collection| !self.residual && collection.is_sound(self))
            && self.settlement.as_ref().is_none_or(|settlement| !self.residual && settlement.is_sound(self))
    }

    fn sizes_are_in_bounds(&self) -> bool {
        self.market.iter().all(u8::is_ascii_uppercase)
            && self.classes.len() <= CLASSES_MAX
            && self.value_classes.len() <= CLASSES_MAX
            && self.rules.len() <= RULES_MAX
            && self.methods.len() <= METHODS_MAX
            && !self.methods.is_empty()
    }

    fn custom_facts_are_sound(&self) -> bool {
        self.custom.len() <= CUSTOM_MAX
            && self.custom.iter().enumerate().all(|(place, custom)| {
                custom.index.0 >= CUSTOM_FIRST
                    && usize::from(custom.index.0.saturating_sub(CUSTOM_FIRST)) < CUSTOM_MAX
                    && !matches!(custom.kind, FactKind::Choice | FactKind::Country)
                    && custom.visibility != Visibility::Derived
                    && !self.custom.iter().take(place).any(|earlier| earlier.index == custom.index)
            })
    }

    fn conditions_are_sound(&self) -> bool {
        self.are_sound(&self.conditions, false) && self.starts_a_condition(self.returning) && self.reads_none_of(self.returning, &CLASSES)
    }

    /// Whether conditions ask what can be asked; facts of a case only where there is one
    pub(super) fn are_sound(&self, conditions: &Conditions, of_case: bool) -> bool {
        let nodes = &conditions.nodes;
        let asks = |node: &Node| self.leaf_is_sound(node) && (of_case || !node.facts().into_iter().flatten().any(FactIndex::is_of_case));
        if nodes.len() > NODES_MAX || !nodes.iter().all(asks) {
            return false;
        }
        // The list is a row of whole conditions, one behind the other.
        let mut place = 0;
        while place < nodes.len() {
            let Some(after) = conditions.checked_after(place, nodes.len(), DEPTH_MAX) else { return false };
            place = after;
        }
        true
    }

    /// Whether a condition reads nothing that is not known yet when it is asked (`docs/semantics.md`, section 2)
    fn reads_none_of(&self, condition: Condition, facts: &[FactIndex]) -> bool {
        self.conditions.nodes_of(condition).iter().flat_map(Node::facts).flatten().all(|fact| !facts.contains(&fact))
    }

    fn leaf_is_sound(&self, node: &Node) -> bool {
        match node {
            Node::Constant(_) | Node::All { .. } | Node::Any { .. } | Node::Not => true,
            Node::Compare { fact, relation, .. } => self.compares(*fact, relation.is_ordering()),
            Node::CompareFacts { left, relation, right, .. } => {
                let kind = self.kind_of(*left);
                // The browser knows no text of the server's that the policy does not mention.
                let side = kind != Some(FactKind::Text) || self.visibility_of(*left) == self.visibility_of(*right);
                self.compares(*left, relation.is_ordering()) && kind == self.kind_of(*right) && side
            }
            Node::OneOf { fact, values, .. } => self.compares(*fact, false) && values.is_sorted_by(|one, next| one < next),
            Node::Contains { fact, text, .. } => self.kind_of(*fact) == Some(FactKind::Texts) && self.has_text(*text),
            Node::Present { fact, .. } => self.kind_of(*fact).is_some(),
        }
    }

    fn compares(&self, fact: FactIndex, by_order: bool) -> bool {
        self.kind_of(fact).is_some_and(|kind| kind != FactKind::Texts && (kind.is_ordered() || !by_order))
    }

    fn has_text(&self, text: u32) -> bool {
        usize::try_from(text).is_ok_and(|place| place < self.texts.len())
    }

    /// Whether a condition begins inside the list
    fn starts_a_condition(&self, condition: Condition) -> bool {
        condition.0.is_none_or(|place| usize::from(place) < self.conditions.nodes.len())
    }

    fn names_methods(&self, methods: u16) -> bool {
        u32::from(methods).checked_shr(u32::try_from(self.methods.len()).unwrap_or(0)) == Some(0)
    }

    fn classes_are_sound(&self) -> bool {
        let Some((last, others)) = self.classes.split_last() else { return false };
        let entries = others.iter().all(|class| match class.entry {
            ClassEntry::Points(_) => self.scorecards.is_some(),
            ClassEntry::When(when) => self.scorecards.is_none() && self.starts_a_condition(when) && self.reads_none_of(when, &CLASSES),
            ClassEntry::Rest => false,
        });
        let probabilities = self.classes.iter().all(|class| class.default_probability_ppm <= 1_000_000);
        let values =
            self.value_classes.iter().all(|ValueClass { when, .. }| self.starts_a_condition(*when) && self.reads_none_of(*when, &CLASSES));
        let scorecards = self.scorecards.as_ref().is_none_or(|scorecards| {
            usize::from(scorecards.unknown_class) < self.classes.len()
                && self.scorecard_is_sound(&scorecards.new)
                && self.scorecard_is_sound(&scorecards.returning)
        });
        entries && probabilities && values && scorecards && last.entry == ClassEntry::Rest
    }

    fn scorecard_is_sound(&self, scorecard: &Scorecard) -> bool {
        let in_bounds = |points: i32| (-POINTS_MAX..=POINTS_MAX).contains(&points);
        // Folding sums the points of many attributes into the base.
        (-64 * POINTS_MAX..=64 * POINTS_MAX).contains(&scorecard.base)
            && scorecard.attributes.len() <= 64
            && scorecard.attributes.iter().all(|attribute| {
                let rising =
                    |pairs: &[(i64, i32)]| pairs.is_sorted_by(|one, next| one.0 < next.0) && pairs.iter().all(|pair| in_bounds(pair.1));
                let kind = self.kind_of(attribute.fact);
                in_bounds(attribute.missing)
                    && match &attribute.points {
                        Points::Bins { first, edges } => kind.is_some_and(FactKind::is_ordered) && in_bounds(*first) && rising(edges),
                        Points::Categories { values, other } => {
                            kind.is_some_and(|kind| !kind.is_ordered() && kind != FactKind::Texts) && in_bounds(*other) && rising(values)
                        }
                    }
                    && !comes_later(attribute)
            })
    }

    fn exposure_is_sound(&self) -> bool {
        self.exposure.limits.as_deref().is_none_or(|limits| self.limits_are_sound(limits))
            && self.exposure.ladder.as_ref().is_none_or(|ladder| {
                self.kind_of(ladder.fact) == Some(FactKind::Integer)
                    && !ladder.fact.is_of_case()
                    && !ladder.steps.is_empty()
                    && ladder.steps.is_sorted_by(|one, next| one.0 < next.0)
                    && ladder.steps.iter().all(|(_, maximum)| is_amount(*maximum))
            })
    }

    fn limits_are_sound(&self, limits: &[Limit]) -> bool {
        limits.iter().all(|limit| self.starts_a_condition(limit.when) && is_amount(limit.maximum))
    }

    fn method_is_sound(&self, method: &Method) -> bool {
        let provider = match method.provider {
            Provider::NotNeeded | Provider::NotConfigured => true,
            Provider::Needed(text) => self.has_text(text),
        };
        provider
            && self.starts_a_condition(method.when)
            && method.minimum.is_none_or(is_amount)
            && method.limits.as_deref().is_none_or(|limits| self.limits_are_sound(limits))
            && method.term.is_none_or(|term| term.days <= 365)
            && is_amount(method.fee.fixed)
            && method.plans_are_sound()
            && method.fields.iter().all(|field| self.visibility_of(*field) == Some(Visibility::Client))
    }
}

fn is_amount(minor: i64) -> bool {
    (0..=MINOR_MAX).contains(&minor)
}

/// Whether it is known only when all facts are there, or when there is a case
fn comes_later(attribute: &Attribute) -> bool {
    CLASSES.contains(&attribute.fact) || attribute.fact.is_of_case()
}

impl Conditions {
    /// The place behind the node at `place`, if it and its parts end properly before `end` and are not nested too deep
    fn checked_after(&self, place: usize, end: usize, depth: u8) -> Option<usize> {
        let next = place.checked_add(1)?;
        match self.nodes.get(place).filter(|_| place < end)? {
            Node::All { end: own } | Node::Any { end: own } => {
                let (own, depth) = (usize::from(*own), depth.checked_sub(1)?);
                let mut part = next;
                while part < own {
                    part = self.checked_after(part, own, depth)?;
                }
                (part == own && own <= end).then_some(own)
            }
            Node::Not => self.checked_after(next, end, depth.checked_sub(1)?),
            _ => Some(next),
        }
    }
}
