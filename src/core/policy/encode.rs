//! A policy as compiled bytes: the canonical form whose SHA-256 is the policy's name.
//!
//! `TRSN`, version, number of sections, then number and length of each section, the sections, and a checksum (8 bytes,
//! little endian) over all before it. Numbers are LEB128. The same policy always gives the same bytes.

use super::bytes::{Writer, checksum};
use super::decode::{FORMAT_VERSION, MAGIC};
use super::{
    Attribute, Class, ClassEntry, Condition, Effect, Limit, Method, Node, Points, Policy, Provider, Rule, Scorecard, TermStart, Truth,
};
use crate::date::Date;
use crate::facts::Visibility;
use alloc::vec::Vec;

impl Policy {
    /// The policy as compiled bytes
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let sections: [fn(&Self, &mut Writer); 11] = [
            Self::write_head,
            |policy, out| out.list(&policy.texts, |out, text| out.text(text)),
            Self::write_custom,
            |policy, out| out.list(&policy.conditions.nodes, write_node),
            Self::write_scorecards,
            |policy, out| out.list(&policy.classes, write_class),
            |policy, out| {
                out.list(&policy.value_classes, |out, class| {
                    out.text(&class.id);
                    write_condition(out, class.when);
                });
            },
            Self::write_exposure,
            |policy, out| out.list(&policy.rules, write_rule),
            |policy, out| out.list(&policy.methods, write_method),
            |policy, out| {
                out.list(&policy.orders, |out, order| {
                    write_condition(out, order.when);
                    out.list(&order.methods, |out, method| out.byte(*method));
                });
            },
        ];
        let mut out = Writer::default();
        out.bytes.extend_from_slice(&MAGIC);
        out.byte(FORMAT_VERSION);
        out.length(sections.len());
        let mut bodies = Writer::default();
        for (number, write) in (1_u8..).zip(sections) {
            let mut body = Writer::default();
            write(self, &mut body);
            out.byte(number);
            out.length(body.bytes.len());
            bodies.bytes.append(&mut body.bytes);
        }
        out.bytes.append(&mut bodies.bytes);
        let sum = checksum(&out.bytes);
        out.bytes.extend_from_slice(&sum.to_le_bytes());
        out.bytes
    }

    fn write_head(&self, out: &mut Writer) {
        out.bytes.extend_from_slice(&self.market);
        out.bytes.extend_from_slice(&self.currency.bytes());
        let days = |date: Option<Date>| date.map(|date| i64::from(date.days()));
        out.optional(days(self.valid_from));
        out.optional(days(self.valid_until));
        out.byte(self.registration_checked.into());
        out.byte(self.residual.into());
        out.unsigned(self.fallback.into());
        write_condition(out, self.returning);
    }

    fn write_custom(&self, out: &mut Writer) {
        out.list(&self.custom, |out, custom| {
            out.byte(custom.index.0);
            out.text(&custom.name);
            out.byte(custom.kind.number());
            out.byte((custom.visibility == Visibility::Client).into());
        });
    }

    fn write_scorecards(&self, out: &mut Writer) {
        out.byte(self.scorecards.is_some().into());
        if let Some(scorecards) = &self.scorecards {
            write_scorecard(out, &scorecards.new);
            write_scorecard(out, &scorecards.returning);
            out.byte(scorecards.unknown_class);
        }
    }

    fn write_exposure(&self, out: &mut Writer) {
        write_limits(out, self.exposure.limits.as_deref());
        out.byte(self.exposure.ladder.is_some().into());
        if let Some(ladder) = &self.exposure.ladder {
            out.byte(ladder.fact.0);
            out.list(&ladder.steps, |out, (from, maximum)| {
                out.signed(*from);
                out.signed(*maximum);
            });
        }
    }
}

/// 0 for the condition that always holds, else the place of its first node plus one
fn write_condition(out: &mut Writer, condition: Condition) {
    out.unsigned(condition.0.map_or(0, |place| u64::from(place).saturating_add(1)));
}

fn write_limits(out: &mut Writer, limits: Option<&[Limit]>) {
    out.byte(limits.is_some().into());
    if let Some(limits) = limits {
        out.list(limits, |out, limit| {
            write_condition(out, limit.when);
            out.signed(limit.maximum);
        });
    }
}

fn write_node(out: &mut Writer, node: &Node) {
    match node {
        Node::Constant(truth) => out.byte(match truth {
            Truth::False => 0,
            Truth::Unknown => 1,
            Truth::True => 2,
        }),
        Node::All { end } | Node::Any { end } => {
            out.byte(if matches!(node, Node::All { .. }) { 3 } else { 4 });
            out.unsigned((*end).into());
        }
        Node::Not => out.byte(5),
        Node::Compare { fact, relation, value } => {
            out.byte(6);
            out.byte(fact.0);
            out.byte(relation.number());
            out.signed(*value);
        }
        Node::CompareFacts { left, relation, right, shift } => {
            out.byte(7);
            out.byte(left.0);
            out.byte(relation.number());
            out.byte(right.0);
            out.signed(*shift);
        }
        Node::OneOf { fact, negated, values } => {
            out.byte(if *negated { 9 } else { 8 });
            out.byte(fact.0);
            out.list(values, |out, value| out.signed(*value));
        }
        Node::Contains { fact, negated, text } => {
            out.byte(if *negated { 11 } else { 10 });
            out.byte(fact.0);
            out.unsigned((*text).into());
        }
        Node::Present { fact, negated } => {
            out.byte(if *negated { 13 } else { 12 });
            out.byte(fact.0);
        }
    }
}

fn write_scorecard(out: &mut Writer, scorecard: &Scorecard) {
    out.signed(scorecard.base.into());
    out.byte(scorecard.known.into());
    out.list(&scorecard.attributes, write_attribute);
}

fn write_attribute(out: &mut Writer, attribute: &Attribute) {
    out.byte(attribute.fact.0);
    out.signed(attribute.missing.into());
    let (tag, single, pairs) = match &attribute.points {
        Points::Bins { first, edges } => (0, first, edges),
        Points::Categories { values, other } => (1, other, values),
    };
    out.byte(tag);
    out.signed((*single).into());
    out.list(pairs, |out, (value, points)| {
        out.signed(*value);
        out.signed((*points).into());
    });
}

fn write_class(out: &mut Writer, class: &Class) {
    out.text(&class.id);
    match class.entry {
        ClassEntry::Points(points) => {
            out.byte(0);
            out.signed(points.into());
        }
        ClassEntry::When(when) => {
            out.byte(1);
            write_condition(out, when);
        }
        ClassEntry::Rest => out.byte(2),
    }
    out.unsigned(class.default_probability_ppm.into());
    out.byte(class.own_data.into());
}

fn write_rule(out: &mut Writer, rule: &Rule) {
    out.text(&rule.id);
    write_condition(out, rule.when);
    match rule.effect {
        Effect::Withhold { methods, reason } => {
            out.byte(0);
            out.unsigned(methods.into());
            out.byte(reason.number());
        }
        Effect::ClassAtBest(class) => {
            out.byte(1);
            out.byte(class);
        }
    }
    out.byte(rule.private.into());
}

fn write_method(out: &mut Writer, method: &Method) {
    out.text(&method.id);
    out.byte(method.kind.number());
    match method.provider {
        Provider::NotNeeded => out.byte(0),
        Provider::Needed(text) => {
            out.byte(1);
            out.unsigned(text.into());
        }
        Provider::NotConfigured => out.byte(2),
    }
    write_condition(out, method.when);
    out.byte(method.reason.number());
    out.optional(method.minimum);
    write_limits(out, method.limits.as_deref());
    out.byte(match method.term.map(|term| term.start) {
        None => 0,
        Some(TermStart::Order) => 1,
        Some(TermStart::Delivery) => 2,
    });
    if let Some(term) = method.term {
        out.unsigned(term.days.into());
    }
    out.signed(method.fee.fixed);
    out.unsigned(method.fee.rate.ppm().into());
    out.list(&method.fields, |out, field| out.byte(field.0));
    out.text(&method.consent);
}
