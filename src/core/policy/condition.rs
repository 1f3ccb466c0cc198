//! Conditions: three-valued logic over facts, as one flat list of nodes.

use crate::facts::{FactIndex, Facts};
use alloc::vec::Vec;

/// Deepest nesting of a condition
pub const DEPTH_MAX: u8 = 12;
/// Most nodes of all conditions of a policy
pub const NODES_MAX: usize = 2_000;

/// What a condition says: Kleene's three values, so that a missing fact never passes for an answer
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold
    False,
    /// A fact that it reads is missing
    Unknown,
    /// It holds
    True,
}

impl Truth {
    /// Swaps true and false
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Swaps true and false if asked to
    #[must_use]
    pub fn negated_if(self, negate: bool) -> Self {
        if negate { self.negated() } else { self }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// How two values are compared
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `equal`
    Equal,
    /// `notEqual`
    NotEqual,
    /// `lessThan`
    Less,
    /// `lessThanInclusive`
    LessOrEqual,
    /// `greaterThan`
    Greater,
    /// `greaterThanInclusive`
    GreaterOrEqual,
}

impl Relation {
    /// All relations
    pub const ALL: [Self; 6] = [Self::Equal, Self::NotEqual, Self::Less, Self::LessOrEqual, Self::Greater, Self::GreaterOrEqual];

    /// Whether `left` stands in that relation to `right`
    #[must_use]
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }

    /// The relation with left and right exchanged
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// Whether it asks for an order, not only for equality
    #[must_use]
    pub fn is_ordering(self) -> bool {
        match self {
            Self::Equal | Self::NotEqual => false,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => true,
        }
    }
}

/// One node; the parts of `All`, `Any` and `Not` follow it in the list
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// Always the same
    Constant(Truth),
    /// The least true of its parts, which stand before `end`
    All {
        /// The place after the last part
        end: u16,
    },
    /// The most true of its parts, which stand before `end`
    Any {
        /// The place after the last part
        end: u16,
    },
    /// The opposite of the next node
    Not,
    /// A fact against a value
    Compare {
        /// The fact
        fact: FactIndex,
        /// How
        relation: Relation,
        /// The value
        value: i64,
    },
    /// A fact plus `shift` against another fact
    CompareFacts {
        /// The fact on the left
        left: FactIndex,
        /// How
        relation: Relation,
        /// The fact on the right
        right: FactIndex,
        /// What is added on the left; 0 in what a merchant writes
        shift: i64,
    },
    /// Whether a fact is one of some values
    OneOf {
        /// The fact
        fact: FactIndex,
        /// `notIn`
        negated: bool,
        /// The values, rising
        values: Vec<i64>,
    },
    /// Whether a list holds a text
    Contains {
        /// The fact
        fact: FactIndex,
        /// `doesNotContain`
        negated: bool,
        /// The text's place in the policy's list of texts
        text: u32,
    },
    /// Whether a fact is there
    Present {
        /// The fact
        fact: FactIndex,
        /// `isMissing`
        negated: bool,
    },
}

/// A condition: the place of its first node, or none, which always holds
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Condition(pub Option<u16>);

impl Condition {
    /// The condition that always holds
    pub const ALWAYS: Self = Self(None);
}

/// All conditions of a policy
///
/// **Invariant:** the parts of a node lie behind it and before its `end`; nesting is at most [`DEPTH_MAX`] deep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    pub(super) nodes: Vec<Node>,
}

impl Conditions {
    /// The nodes in order
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Where the next node will stand
    #[must_use]
    pub fn next(&self) -> u16 {
        u16::try_from(self.nodes.len()).unwrap_or(u16::MAX)
    }

    /// Appends a node and answers its place
    pub fn push(&mut self, node: Node) -> u16 {
        let place = self.next();
        self.nodes.push(node);
        place
    }

    /// Closes an `All` or `Any` at that place: everything appended since are its parts
    pub fn close(&mut self, place: u16) {
        let next = self.next();
        if let Some(Node::All { end } | Node::Any { end }) = self.nodes.get_mut(usize::from(place)) {
            *end = next;
        }
    }

    /// Forgets everything from that place on
    pub fn truncate(&mut self, place: u16) {
        self.nodes.truncate(usize::from(place));
    }

    /// The place behind the node at `place` and all its parts
    #[must_use]
    pub fn after(&self, place: u16) -> u16 {
        match self.nodes.get(usize::from(place)) {
            Some(Node::All { end } | Node::Any { end }) => *end,
            Some(Node::Not) => self.after(place.saturating_add(1)),
            _ => place.saturating_add(1),
        }
    }

    /// What a condition says, part by part
    ///
    /// For what is asked now and then. An engine that decides about orders asks compiled questions instead, each once.
    #[must_use]
    pub fn truth(&self, condition: Condition, facts: &Facts) -> Truth {
        condition.0.map_or(Truth::True, |place| self.truth_at(place, facts))
    }

    fn truth_at(&self, place: u16, facts: &Facts) -> Truth {
        let next = place.saturating_add(1);
        let parts = |end: u16| {
            core::iter::successors(Some(next), |part| Some(self.after(*part)))
                .take_while(move |part| *part < end)
                .map(|part| self.truth_at(part, facts))
        };
        match self.nodes.get(usize::from(place)) {
            None => Truth::Unknown,
            Some(Node::All { end }) => parts(*end).min().unwrap_or(Truth::True),
            Some(Node::Any { end }) => parts(*end).max().unwrap_or(Truth::False),
            Some(Node::Not) => self.truth_at(next, facts).negated(),
            Some(leaf) => leaf.leaf_truth(facts),
        }
    }

    /// The nodes of a condition
    #[must_use]
    pub fn nodes_of(&self, condition: Condition) -> &[Node] {
        let Some(place) = condition.0 else { return &[] };
        self.nodes.get(usize::from(place)..usize::from(self.after(place))).unwrap_or(&[])
    }
}

impl Node {
    /// What a leaf says; `Unknown` for `All`, `Any` and `Not`, which are no leaves
    #[must_use]
    pub fn leaf_truth(&self, facts: &Facts) -> Truth {
        match self {
            Self::Constant(truth) => *truth,
            Self::Compare { fact, relation, value } => {
                facts.get(*fact).map_or(Truth::Unknown, |found| relation.holds(found, *value).into())
            }
            Self::CompareFacts { left, relation, right, shift } => match (facts.get(*left), facts.get(*right)) {
                (Some(left), Some(right)) => relation.holds(left.saturating_add(*shift), right).into(),
                (None, _) | (_, None) => Truth::Unknown,
            },
            Self::OneOf { fact, negated, values } => {
                facts.get(*fact).map_or(Truth::Unknown, |found| Truth::from(values.contains(&found)).negated_if(*negated))
            }
            Self::Contains { fact, negated, text } => {
                facts.list(*fact).map_or(Truth::Unknown, |list| Truth::from(list.contains(text)).negated_if(*negated))
            }
            Self::Present { fact, negated } => Truth::from(facts.is_present(*fact)).negated_if(*negated),
            Self::All { .. } | Self::Any { .. } | Self::Not => Truth::Unknown,
        }
    }

    /// The facts a leaf reads
    #[must_use]
    pub fn facts(&self) -> [Option<FactIndex>; 2] {
        match self {
            Self::Constant(_) | Self::All { .. } | Self::Any { .. } | Self::Not => [None, None],
            Self::Compare { fact, .. } | Self::OneOf { fact, .. } | Self::Contains { fact, .. } | Self::Present { fact, .. } => {
                [Some(*fact), None]
            }
            Self::CompareFacts { left, right, .. } => [Some(*left), Some(*right)],
        }
    }
}
