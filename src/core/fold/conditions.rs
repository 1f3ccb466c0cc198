//! Conditions with the server's facts folded in.

use crate::facts::{FactIndex, FactKind, Facts, Visibility, known};
use crate::money::MINOR_MAX;
use crate::policy::{Condition, Conditions, Node, Policy, Relation, Truth};
use crate::program::{Program, Truths};
use alloc::string::String;
use alloc::vec::Vec;

/// What a folding run knows and what it has built
pub(super) struct Folder<'a> {
    pub(super) policy: &'a Policy,
    pub(super) program: &'a Program,
    pub(super) facts: &'a Facts,
    /// What the facts alone say
    pub(super) truths: &'a Truths,
    /// Place of the value class, once it is sure
    pub(super) value_class: Seen,
    /// Place of the risk class, once it is sure
    pub(super) risk_class: Seen,
    /// The points, once they are sure, or how much of them was folded
    pub(super) risk_points: Seen,
    /// Fewest and most points that client facts can still give
    pub(super) points_reach: Option<(i64, i64)>,
    out: Conditions,
    texts: Vec<String>,
}

/// A fact as the residual sees it
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// It is known: a value, or missing
    Constant(Option<i64>),
    /// Another fact plus `less` gives it
    Client {
        /// The fact that the residual reads
        fact: FactIndex,
        /// What has to come off every value that the fact is compared with
        less: i64,
    },
}

impl<'a> Folder<'a> {
    pub(super) fn new(policy: &'a Policy, program: &'a Program, facts: &'a Facts, truths: &'a Truths) -> Self {
        let open = |fact| Seen::Client { fact, less: 0 };
        Self {
            policy,
            program,
            facts,
            truths,
            value_class: open(known::VALUE_CLASS),
            risk_class: open(known::RISK_CLASS),
            risk_points: open(known::RISK_POINTS),
            points_reach: None,
            out: Conditions::default(),
            texts: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> (Conditions, Vec<String>) {
        (self.out, self.texts)
    }

    pub(super) fn see(&self, fact: FactIndex) -> Seen {
        let own = Seen::Client { fact, less: 0 };
        let total_and = |earlier| Seen::Client { fact: known::CART_TOTAL, less: self.facts.get(earlier).unwrap_or(0) };
        match self.policy.visibility_of(fact) {
            Some(Visibility::Client | Visibility::Recorded) => own,
            Some(Visibility::Server) | None => Seen::Constant(self.facts.get(fact)),
            Some(Visibility::Derived) => match fact {
                known::CUSTOMER_AGE => own,
                known::ACCOUNT_EXPOSURE_AFTER => total_and(known::ACCOUNT_OPEN_BALANCE),
                known::HISTORY_AMOUNT_7_DAYS_AFTER => total_and(known::HISTORY_AMOUNT_7_DAYS),
                known::VALUE_CLASS => self.value_class,
                known::RISK_CLASS => self.risk_class,
                known::RISK_POINTS => self.risk_points,
                _ => Seen::Constant(self.facts.get(fact)),
            },
        }
    }

    /// The folded condition, or what it surely says
    pub(super) fn fold_condition(&mut self, condition: Condition) -> Result<Condition, Truth> {
        let Some(place) = condition.0 else { return Err(Truth::True) };
        let start = self.out.next();
        match self.part(place).0 {
            Some(truth) => {
                self.out.truncate(start);
                Err(truth)
            }
            None => Ok(Condition(Some(start))),
        }
    }

    /// The folded condition; one that surely does not hold stands as a constant
    pub(super) fn kept_or_never(&mut self, condition: Condition) -> Condition {
        match self.fold_condition(condition) {
            Ok(kept) => kept,
            Err(Truth::True) => Condition::ALWAYS,
            Err(Truth::False | Truth::Unknown) => self.constant(Truth::False),
        }
    }

    /// A condition that always says the same
    pub(super) fn constant(&mut self, truth: Truth) -> Condition {
        Condition(Some(self.out.push(Node::Constant(truth))))
    }

    /// The place in the residual's own list of texts
    pub(super) fn text(&mut self, text: u32) -> u32 {
        let wanted = usize::try_from(text).ok().and_then(|place| self.policy.texts.get(place));
        let Some(wanted) = wanted else { return u32::MAX };
        let place = self.texts.iter().position(|known| known == wanted).unwrap_or_else(|| {
            self.texts.push(wanted.clone());
            self.texts.len().saturating_sub(1)
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// A value in the residual's own numbering, kept just outside what the fact can reach if it lies beyond
    pub(super) fn value(&mut self, fact: FactIndex, value: i64) -> i64 {
        if self.policy.kind_of(fact) == Some(FactKind::Text) {
            return u32::try_from(value).map_or(i64::from(u32::MAX), |text| self.text(text).into());
        }
        let (lowest, highest) = self.reach(fact);
        value.clamp(lowest.saturating_sub(1), highest.saturating_add(1))
    }

    fn reach(&self, fact: FactIndex) -> (i64, i64) {
        match fact {
            known::RISK_POINTS => self.points_reach.unwrap_or((-MINOR_MAX, MINOR_MAX)),
            known::RISK_CLASS | known::VALUE_CLASS => (-MINOR_MAX, MINOR_MAX),
            _ => match fact.range() {
                Some(range) if matches!(fact.kind(), Some(FactKind::Amount | FactKind::Integer)) => range,
                Some(_) | None => (-MINOR_MAX, MINOR_MAX),
            },
        }
    }

    /// Folds the node at a place and its parts: what it surely says, or nothing if nodes were appended; and the place behind it
    fn part(&mut self, place: u16) -> (Option<Truth>, u16) {
        let policy = self.policy;
        let next = place.saturating_add(1);
        match policy.conditions.nodes().get(usize::from(place)) {
            None => (Some(Truth::Unknown), next),
            Some(Node::All { end }) => (self.combine(Node::All { end: 0 }, next, *end, Truth::False), *end),
            Some(Node::Any { end }) => (self.combine(Node::Any { end: 0 }, next, *end, Truth::True), *end),
            Some(Node::Not) => {
                let start = self.out.push(Node::Not);
                let (truth, after) = self.part(next);
                if truth.is_some() {
                    self.out.truncate(start);
                }
                (truth.map(Truth::negated), after)
            }
            Some(leaf) => (self.leaf(leaf), next),
        }
    }

    fn combine(&mut self, node: Node, first: u16, end: u16, decisive: Truth) -> Option<Truth> {
        let start = self.out.push(node);
        let (mut unknown, mut kept) = (false, false);
        let mut place = first;
        while place < end {
            let (truth, after) = self.part(place);
            match truth {
                Some(truth) if truth == decisive => {
                    self.out.truncate(start);
                    return Some(decisive);
                }
                Some(Truth::Unknown) => unknown = true,
                Some(Truth::False | Truth::True) => {}
                None => kept = true,
            }
            place = after;
        }
        if !kept {
            self.out.truncate(start);
            return Some(if unknown { Truth::Unknown } else { decisive.negated() });
        }
        if unknown {
            self.out.push(Node::Constant(Truth::Unknown));
        }
        self.out.close(start);
        None
    }

    fn leaf(&mut self, leaf: &Node) -> Option<Truth> {
        match leaf {
            Node::Constant(truth) => Some(*truth),
            Node::Compare { fact, relation, value } => self.compare(self.see(*fact), *relation, *value),
            Node::CompareFacts { left, relation, right, shift } => self.compare_facts(*left, *relation, *right, *shift),
            Node::OneOf { fact, negated, values } => match self.see(*fact) {
                Seen::Constant(found) => {
                    Some(found.map_or(Truth::Unknown, |found| Truth::from(values.contains(&found)).negated_if(*negated)))
                }
                Seen::Client { fact, less } => {
                    let (lowest, highest) = self.reach(fact);
                    let shifted = values.iter().map(|value| value.saturating_sub(less)).filter(|value| (lowest..=highest).contains(value));
                    let shifted: Vec<i64> = shifted.collect();
                    let mut values: Vec<i64> = shifted.into_iter().map(|value| self.value(fact, value)).collect();
                    values.sort_unstable();
                    self.out.push(Node::OneOf { fact, negated: *negated, values });
                    None
                }
            },
            Node::Contains { fact, negated, text } => match self.see(*fact) {
                Seen::Constant(_) => Some(leaf.leaf_truth(self.facts)),
                Seen::Client { fact, .. } => {
                    let text = self.text(*text);
                    self.out.push(Node::Contains { fact, negated: *negated, text });
                    None
                }
            },
            Node::Present { fact, negated } => match self.see(*fact) {
                Seen::Constant(found) => Some(Truth::from(found.is_some()).negated_if(*negated)),
                Seen::Client { fact: known::RISK_CLASS, .. } => Some(Truth::True.negated_if(*negated)),
                Seen::Client { fact, .. } => {
                    self.out.push(Node::Present { fact, negated: *negated });
                    None
                }
            },
            Node::All { .. } | Node::Any { .. } | Node::Not => Some(Truth::Unknown),
        }
    }

    fn compare(&mut self, seen: Seen, relation: Relation, value: i64) -> Option<Truth> {
        match seen {
            Seen::Constant(found) => Some(found.map_or(Truth::Unknown, |found| relation.holds(found, value).into())),
            Seen::Client { fact, less } => {
                let value = self.value(fact, value.saturating_sub(less));
                self.out.push(Node::Compare { fact, relation, value });
                None
            }
        }
    }

    fn compare_facts(&mut self, left: FactIndex, relation: Relation, right: FactIndex, shift: i64) -> Option<Truth> {
        match (self.see(left), self.see(right)) {
            (Seen::Constant(None), _) | (_, Seen::Constant(None)) => Some(Truth::Unknown),
            (Seen::Constant(Some(left)), Seen::Constant(Some(right))) => Some(relation.holds(left.saturating_add(shift), right).into()),
            (Seen::Constant(Some(left)), seen) => self.compare(seen, relation.mirrored(), left.saturating_add(shift)),
            (seen, Seen::Constant(Some(right))) => self.compare(seen, relation, right.saturating_sub(shift)),
            (Seen::Client { fact: left, less }, Seen::Client { fact: right, less: other }) => {
                let shift = shift.saturating_add(less).saturating_sub(other);
                self.out.push(Node::CompareFacts { left, relation, right, shift });
                None
            }
        }
    }
}
