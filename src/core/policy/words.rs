//! A policy as it was written, as one row of whole numbers: what shells read back. The engine does not look at it; see `compile.rs`.
//!
//! First the head, [`head`] says what stands where. A *place* is a position in the row, 0 for none. A *list* is its length in rows
//! and the rows, each of a fixed width. A *condition* is the number of its first node, counted from 1, or 0 for one that always
//! holds. Nodes stand in prefix order, each two words: what it is ([`node`]) and a value.

pub(crate) mod collection;
pub(crate) mod settlement;

use super::{
    ClassEntry, Condition, Conditions, Effect, Limit, Method, Node, Points, Policy, Provider, Relation, Scorecard, TermStart, Truth,
};
use crate::date::Date;
use alloc::vec::Vec;

/// Where the head holds what
pub(crate) mod head {
    /// Bit 0: somebody checked the registration duties; bit 1: residual; bit 2: holidays are known; bit 3: there is a collection;
    /// bit 4: there is a settlement
    pub(crate) const FLAGS: usize = 0;
    /// Country code, the first letter in the high byte
    pub(crate) const MARKET: usize = 1;
    /// Currency code, the first letter in the high byte
    pub(crate) const CURRENCY: usize = 2;
    /// First day of validity, or [`super::NO_FIRST_DAY`]
    pub(crate) const VALID_FROM: usize = 3;
    /// Last day of validity, or [`super::NO_LAST_DAY`]
    pub(crate) const VALID_UNTIL: usize = 4;
    /// List of nodes, 2 wide
    pub(crate) const NODES: usize = 5;
    /// Condition of the scorecard for returning customers
    pub(crate) const RETURNING: usize = 6;
    /// Place of the scorecard for new customers: base, whether something is known, place of its list of attributes
    /// (fact, points if missing, 1 for categories, single points, place of its list of values and points)
    pub(crate) const CARD_NEW: usize = 7;
    /// Place of the one for returning customers
    pub(crate) const CARD_RETURNING: usize = 8;
    /// Place of the class for an order about which nothing is known
    pub(crate) const UNKNOWN_CLASS: usize = 9;
    /// List of classes: how one gets in (`super::ENTRY_…`), points or condition
    pub(crate) const CLASSES: usize = 10;
    /// List of value classes: condition
    pub(crate) const VALUE_CLASSES: usize = 11;
    /// List of exposure limits: condition, amount
    pub(crate) const EXPOSURE: usize = 12;
    /// List of steps: from, amount
    pub(crate) const LADDER: usize = 13;
    /// The fact that the ladder grows with
    pub(crate) const LADDER_FACT: usize = 14;
    /// List of rules: condition, effect (see [`super::effect`])
    pub(crate) const RULES: usize = 15;
    /// List of methods, [`super::METHOD_WORDS`] wide
    pub(crate) const METHODS: usize = 16;
    /// List of orders of display: condition, length, methods (four bits each from the lowest up)
    pub(crate) const ORDERS: usize = 17;
    /// Words in the head
    pub(crate) const LENGTH: usize = 18;
    /// Place of the collection, behind the head of a policy that has one
    pub(crate) const COLLECTION: usize = 18;

    /// Where the place of the settlement stands, behind the head and what else is there
    pub(crate) fn settlement(has_collection: bool) -> usize {
        LENGTH.saturating_add(has_collection.into())
    }
}

/// Valid from the first day on: below every day that can be named
pub(crate) const NO_FIRST_DAY: i64 = i32::MIN as i64;
/// Valid for ever: above every day that can be named
pub(crate) const NO_LAST_DAY: i64 = i32::MAX as i64;

/// A class is entered with that many points
pub(crate) const ENTRY_POINTS: i64 = 0;
/// A class is entered under a condition
pub(crate) const ENTRY_WHEN: i64 = 1;
/// A class takes what is left
pub(crate) const ENTRY_REST: i64 = 2;

/// Width of a method: what it is (see [`method`]), text of its provider, condition, smallest total or −1, place of its list of
/// limits (condition, amount), fixed fee, share in ppm, place of its list of fields (fact)
pub(crate) const METHOD_WORDS: usize = 8;

/// The first word of a method, from the lowest bit up
pub(crate) mod method {
    /// Kind, 3 bits
    pub(crate) const KIND: u32 = 0;
    /// Provider, 2 bits: 0 none is needed, 1 the one of that text, 2 it is not configured
    pub(crate) const PROVIDER: u32 = 3;
    /// Term, 2 bits: 0 none, 1 from the order, 2 from delivery
    pub(crate) const TERM: u32 = 5;
    /// Reason where the condition does not hold, 8 bits
    pub(crate) const REASON: u32 = 8;
    /// Days of the term, 9 bits
    pub(crate) const DAYS: u32 = 16;
}

/// The second word of a rule, from the lowest bit up
pub(crate) mod effect {
    /// Methods that are withheld, 16 bits; or a class
    pub(crate) const METHODS: u32 = 0;
    /// Reason, 8 bits
    pub(crate) const REASON: u32 = 16;
    /// Bit 24: the reason is for the merchant alone
    pub(crate) const PRIVATE: u32 = 24;
    /// Bit 25: the class is no better than the one in place of the methods
    pub(crate) const CLASS: u32 = 25;
}

/// The first word of a node: operation (4 bits), outcomes that count as true (3 bits), fact (7 bits from bit 8), second fact (7 bits
/// from bit 16)
pub(crate) mod node {
    /// Not known
    pub(crate) const UNKNOWN: i64 = 0;
    /// The middle outcome
    pub(crate) const ALWAYS: i64 = 1;
    /// Fact against value
    pub(crate) const COMPARE: i64 = 2;
    /// Fact plus value against the second fact
    pub(crate) const COMPARE_FACTS: i64 = 3;
    /// Whether the fact is one of the list (1 wide) at the place: the middle outcome if it is, the highest if not
    pub(crate) const ONE_OF: i64 = 4;
    /// Whether the list holds the text of that number: as before
    pub(crate) const CONTAINS: i64 = 5;
    /// Whether the fact is there: as before
    pub(crate) const PRESENT: i64 = 6;
    /// All parts, which stand before the node whose number is the value
    pub(crate) const ALL: i64 = 7;
    /// Any part, likewise
    pub(crate) const ANY: i64 = 8;
    /// The opposite of the next node
    pub(crate) const NOT: i64 = 9;

    /// Where the outcomes begin
    pub(crate) const OUTCOMES: u32 = 4;
    /// Where the fact begins
    pub(crate) const FACT: u32 = 8;
    /// Where the second fact begins
    pub(crate) const OTHER: u32 = 16;
    /// The middle outcome: equal, found, there
    pub(crate) const MIDDLE: i64 = 0b010;
    /// The two others: not equal, not found, not there
    pub(crate) const OTHERS: i64 = 0b101;
}

/// The outcomes under which a relation holds: less 1, equal 2, greater 4
pub(super) fn outcomes(relation: Relation) -> i64 {
    match relation {
        Relation::Equal => node::MIDDLE,
        Relation::NotEqual => node::OTHERS,
        Relation::Less => 0b001,
        Relation::LessOrEqual => 0b011,
        Relation::Greater => 0b100,
        Relation::GreaterOrEqual => 0b110,
    }
}

/// The words of a policy
pub(super) fn write(policy: &Policy) -> Vec<i64> {
    // A policy without a collection, or without a settlement, has the words that it had before there were any.
    let (has_collection, has_settlement) = (policy.collection.is_some(), policy.settlement.is_some());
    let length = head::settlement(has_collection).saturating_add(has_settlement.into());
    let mut out = Out(alloc::vec![0; length]);
    let flags = [policy.registration_checked, policy.residual, policy.knows_holidays, has_collection, has_settlement];
    out.put(head::FLAGS, flags.iter().rev().fold(0, |bits, flag| bits << 1 | i64::from(*flag)));
    out.put(head::MARKET, i64::from(u16::from_be_bytes(policy.market)));
    let [first, second, third] = policy.currency.bytes();
    out.put(head::CURRENCY, i64::from(u32::from_be_bytes([0, first, second, third])));
    let day = |date: Option<Date>, none| date.map_or(none, |date| i64::from(date.days()));
    out.put(head::VALID_FROM, day(policy.valid_from, NO_FIRST_DAY));
    out.put(head::VALID_UNTIL, day(policy.valid_until, NO_LAST_DAY));
    let nodes = out.nodes(&policy.conditions);
    out.put(head::NODES, nodes);
    out.put(head::RETURNING, condition(policy.returning));
    if let Some(scorecards) = &policy.scorecards {
        out.card(head::CARD_NEW, &scorecards.new);
        out.card(head::CARD_RETURNING, &scorecards.returning);
        out.put(head::UNKNOWN_CLASS, scorecards.unknown_class.into());
    }
    let classes = policy.classes.iter().map(|class| match class.entry {
        ClassEntry::Points(points) => [ENTRY_POINTS, points.into()],
        ClassEntry::When(when) => [ENTRY_WHEN, condition(when)],
        ClassEntry::Rest => [ENTRY_REST, 0],
    });
    out.list_at(head::CLASSES, classes);
    out.list_at(head::VALUE_CLASSES, policy.value_classes.iter().map(|class| [condition(class.when)]));
    if let Some(limits) = &policy.exposure.limits {
        out.limits(head::EXPOSURE, limits);
    }
    if let Some(ladder) = &policy.exposure.ladder {
        out.list_at(head::LADDER, ladder.steps.iter().map(|(from, maximum)| [*from, *maximum]));
        out.put(head::LADDER_FACT, ladder.fact.0.into());
    }
    let rules = policy.rules.iter().map(|rule| {
        let effect = match rule.effect {
            Effect::Withhold { methods, reason } => i64::from(methods) << effect::METHODS | i64::from(reason.number()) << effect::REASON,
            Effect::ClassAtBest(class) => i64::from(class) << effect::METHODS | 1 << effect::CLASS,
        };
        [condition(rule.when), effect | i64::from(rule.private) << effect::PRIVATE]
    });
    out.list_at(head::RULES, rules);
    out.methods(&policy.methods);
    let orders = policy.orders.iter().map(|order| {
        let packed = order.methods.iter().rev().fold(0, |packed: i64, method| packed << 4 | i64::from(method & 15));
        [condition(order.when), count(order.methods.len()), packed]
    });
    out.list_at(head::ORDERS, orders);
    if let Some(collection) = &policy.collection {
        let place = out.collection(collection);
        out.put(head::COLLECTION, place);
    }
    if let Some(settlement) = &policy.settlement {
        let place = out.settlement(settlement);
        out.put(head::settlement(has_collection), place);
    }
    out.0
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(0)
}

fn condition(condition: Condition) -> i64 {
    condition.0.map_or(0, |place| i64::from(place).saturating_add(1))
}

struct Out(Vec<i64>);

impl Out {
    fn put(&mut self, place: usize, word: i64) {
        if let Some(slot) = self.0.get_mut(place) {
            *slot = word;
        }
    }

    fn next(&self) -> i64 {
        count(self.0.len())
    }

    /// Nobody waits for it, and a row that grows in forty places is kilobytes in a browser.
    #[inline(never)]
    fn append(&mut self, words: &[i64]) {
        self.0.extend_from_slice(words);
    }

    /// Appends a list and answers its place
    fn list<const WIDTH: usize>(&mut self, rows: impl ExactSizeIterator<Item = [i64; WIDTH]>) -> i64 {
        let place = self.next();
        self.append(&[count(rows.len())]);
        rows.for_each(|row| self.append(&row));
        place
    }

    fn list_at<const WIDTH: usize>(&mut self, slot: usize, rows: impl ExactSizeIterator<Item = [i64; WIDTH]>) {
        let place = self.list(rows);
        self.put(slot, place);
    }

    fn limits(&mut self, slot: usize, limits: &[Limit]) {
        self.list_at(slot, limits.iter().map(|limit| [condition(limit.when), limit.maximum]));
    }

    /// Appends the list of nodes and answers its place
    fn nodes(&mut self, conditions: &Conditions) -> i64 {
        let rows: Vec<[i64; 2]> = conditions.nodes().iter().map(|node| self.node(node)).collect();
        self.list(rows.into_iter())
    }

    fn node(&mut self, node: &Node) -> [i64; 2] {
        let found = |negated: bool| if negated { node::OTHERS } else { node::MIDDLE };
        let leaf = |operation: i64, outcomes: i64, fact: u8| operation | outcomes << node::OUTCOMES | i64::from(fact) << node::FACT;
        match node {
            Node::Constant(Truth::Unknown) => [node::UNKNOWN, 0],
            Node::Constant(truth) => [leaf(node::ALWAYS, found(*truth == Truth::False), 0), 0],
            Node::All { end } => [node::ALL, i64::from(*end).saturating_add(1)],
            Node::Any { end } => [node::ANY, i64::from(*end).saturating_add(1)],
            Node::Not => [node::NOT, 0],
            Node::Compare { fact, relation, value } => [leaf(node::COMPARE, outcomes(*relation), fact.0), *value],
            Node::CompareFacts { left, relation, right, shift } => {
                [leaf(node::COMPARE_FACTS, outcomes(*relation), left.0) | i64::from(right.0) << node::OTHER, *shift]
            }
            Node::OneOf { fact, negated, values } => {
                let place = self.list(values.iter().map(|value| [*value]));
                [leaf(node::ONE_OF, found(*negated), fact.0), place]
            }
            Node::Contains { fact, negated, text } => [leaf(node::CONTAINS, found(*negated), fact.0), i64::from(*text)],
            Node::Present { fact, negated } => [leaf(node::PRESENT, found(*negated), fact.0), 0],
        }
    }

    fn card(&mut self, slot: usize, card: &Scorecard) {
        let attributes: Vec<[i64; 5]> = card
            .attributes
            .iter()
            .map(|attribute| {
                let (tag, single, pairs) = match &attribute.points {
                    Points::Bins { first, edges } => (0, first, edges),
                    Points::Categories { values, other } => (1, other, values),
                };
                let place = self.list(pairs.iter().map(|(value, points)| [*value, i64::from(*points)]));
                [attribute.fact.0.into(), attribute.missing.into(), tag, (*single).into(), place]
            })
            .collect();
        let attributes = self.list(attributes.into_iter());
        let place = self.next();
        self.put(slot, place);
        self.append(&[card.base.into(), card.known.into(), attributes]);
    }

    fn methods(&mut self, methods: &[Method]) {
        let rows: Vec<[i64; METHOD_WORDS]> = methods.iter().map(|method| self.method(method)).collect();
        self.list_at(head::METHODS, rows.into_iter());
    }

    fn method(&mut self, method: &Method) -> [i64; METHOD_WORDS] {
        let (provider, text) = match method.provider {
            Provider::NotNeeded => (0, 0),
            Provider::Needed(text) => (1, text),
            Provider::NotConfigured => (2, 0),
        };
        let (term, days) = method.term.map_or((0, 0), |term| {
            let start = match term.start {
                TermStart::Order => 1,
                TermStart::Delivery => 2,
            };
            (start, term.days)
        });
        let what = i64::from(method.kind.number()) << method::KIND
            | provider << method::PROVIDER
            | term << method::TERM
            | i64::from(method.reason.number()) << method::REASON
            | i64::from(days) << method::DAYS;
        let limits =
            method.limits.as_deref().map_or(0, |limits| self.list(limits.iter().map(|limit| [condition(limit.when), limit.maximum])));
        let fields = if method.fields.is_empty() { 0 } else { self.list(method.fields.iter().map(|field| [i64::from(field.0)])) };
        [
            what,
            text.into(),
            condition(method.when),
            method.minimum.unwrap_or(-1),
            limits,
            method.fee.fixed,
            method.fee.rate.ppm().into(),
            fields,
        ]
    }
}
