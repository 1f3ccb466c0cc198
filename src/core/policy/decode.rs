//! Compiled bytes as a policy; anything else is refused with a reason, never with a trap.

use super::bytes::{PolicyBytesError, Reader, checksum};
use super::{
    Attribute, CLASSES_MAX, Class, ClassEntry, Condition, Conditions, CustomFact, DisplayOrder, Effect, Exposure, Fee, Kind, Ladder, Limit,
    METHODS_MAX, Method, NODES_MAX, Node, Points, Policy, Provider, RULES_MAX, Relation, Rule, Scorecard, Scorecards, Term, TermStart,
    Truth, ValueClass,
};
use crate::date::Date;
use crate::facts::{CUSTOM_MAX, FactIndex, FactKind, Visibility};
use crate::money::Currency;
use crate::offer::Reason;
use crate::rate::Rate;
use alloc::vec::Vec;

/// The first four bytes of a compiled policy
pub const MAGIC: [u8; 4] = *b"TRSN";
/// The format that is written; there is none before it to read
pub const FORMAT_VERSION: u8 = 1;

/// Longest list inside a policy
const LIST_MAX: usize = 1_024;

impl Policy {
    /// Reads compiled bytes
    ///
    /// # Errors
    ///
    /// [`PolicyBytesError`] for anything that `Policy::to_bytes` of this version cannot have written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PolicyBytesError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(PolicyBytesError::NotAPolicy)?;
        let found = *rest.first().ok_or(PolicyBytesError::Damaged)?;
        if found != FORMAT_VERSION {
            return Err(PolicyBytesError::Version { found });
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(PolicyBytesError::Damaged)?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return Err(PolicyBytesError::Damaged);
        }
        // Five bytes of magic and version are behind us.
        let mut reader = Reader::new(body.get(5..).unwrap_or(&[]));
        let policy = read(&mut reader);
        if reader.is_damaged() {
            return Err(PolicyBytesError::Damaged);
        }
        if policy.keeps_its_promises() { Ok(policy) } else { Err(PolicyBytesError::Invalid) }
    }
}

fn read(input: &mut Reader<'_>) -> Policy {
    let mut sections = Sections { table: input.list(SECTIONS, |input| (input.byte(), input.length())), place: 0 };
    let head = sections.read(input, read_head);
    let texts = sections.read(input, |input| input.list(LIST_MAX, Reader::text));
    let custom = sections.read(input, |input| input.list(CUSTOM_MAX, read_custom));
    let nodes = sections.read(input, |input| input.list(NODES_MAX, read_node));
    let scorecards = sections.read(input, |input| input.optional(read_scorecards));
    let classes = sections.read(input, |input| input.list(CLASSES_MAX, read_class));
    let value_classes = sections.read(input, |input| input.list(CLASSES_MAX, read_value_class));
    let exposure = sections.read(input, read_exposure);
    let rules = sections.read(input, |input| input.list(RULES_MAX, read_rule));
    let methods = sections.read(input, |input| input.list(METHODS_MAX, read_method));
    let orders = sections.read(input, |input| input.list(LIST_MAX, read_order));
    input.ends_at(Some(0));
    // Written out in one go: an assignment field by field would free what stood there before.
    Policy {
        market: head.market,
        currency: head.currency,
        valid_from: head.valid_from,
        valid_until: head.valid_until,
        registration_checked: head.registration_checked,
        residual: head.residual,
        texts,
        custom,
        conditions: Conditions { nodes },
        returning: head.returning,
        scorecards,
        classes,
        value_classes,
        exposure,
        rules,
        methods,
        orders,
        fallback: head.fallback,
    }
}

/// How many sections there are
const SECTIONS: usize = 11;

/// Number and length of each section
struct Sections {
    table: Vec<(u8, usize)>,
    place: u8,
}

impl Sections {
    /// Reads the next section, which must end where the table says
    fn read<T>(&mut self, input: &mut Reader<'_>, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let end = self.next(input);
        let value = read(input);
        input.ends_at(end);
        value
    }

    #[inline(never)]
    fn next(&mut self, input: &Reader<'_>) -> Option<usize> {
        let (number, length) = self.table.get(usize::from(self.place))?;
        self.place = self.place.saturating_add(1);
        input.left().checked_sub(*length).filter(|_| *number == self.place)
    }
}

/// The first section
struct Head {
    market: [u8; 2],
    currency: Currency,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
    registration_checked: bool,
    residual: bool,
    fallback: u16,
    returning: Condition,
}

fn read_head(input: &mut Reader<'_>) -> Head {
    let market = input.array();
    let currency = Currency::from_bytes(input.array());
    Head {
        market,
        currency: input.known(currency, Currency::EUR),
        valid_from: input.optional(read_date),
        valid_until: input.optional(read_date),
        registration_checked: input.flag(),
        residual: input.flag(),
        fallback: input.u16(),
        returning: read_condition(input),
    }
}

fn read_date(input: &mut Reader<'_>) -> Date {
    let date = Date::from_days(input.small());
    input.known(date, Date::MIN)
}

fn read_custom(input: &mut Reader<'_>) -> CustomFact {
    CustomFact {
        index: read_fact(input),
        name: input.text(),
        kind: read_numbered(input, FactKind::from_number, FactKind::Boolean),
        visibility: if input.flag() { Visibility::Client } else { Visibility::Server },
    }
}

fn read_fact(input: &mut Reader<'_>) -> FactIndex {
    FactIndex(input.byte())
}

/// A word that stands as its number
fn read_numbered<T>(input: &mut Reader<'_>, find: fn(u8) -> Option<T>, instead: T) -> T {
    let found = find(input.byte());
    input.known(found, instead)
}

#[inline(never)]
fn read_condition(input: &mut Reader<'_>) -> Condition {
    let number = input.u32();
    let place = number.checked_sub(1).map(u16::try_from);
    let place = place.transpose().ok();
    Condition(input.known(place, None))
}

fn read_relation(input: &mut Reader<'_>) -> Relation {
    read_numbered(input, Relation::from_number, Relation::Equal)
}

fn read_node(input: &mut Reader<'_>) -> Node {
    let tag = input.byte();
    let negated = tag & 1 == 1;
    match tag {
        0 => Node::Constant(Truth::False),
        1 => Node::Constant(Truth::Unknown),
        2 => Node::Constant(Truth::True),
        3 => Node::All { end: input.u16() },
        4 => Node::Any { end: input.u16() },
        5 => Node::Not,
        6 => Node::Compare { fact: read_fact(input), relation: read_relation(input), value: input.signed() },
        7 => Node::CompareFacts { left: read_fact(input), relation: read_relation(input), right: read_fact(input), shift: input.signed() },
        8 | 9 => Node::OneOf { fact: read_fact(input), negated, values: input.list(LIST_MAX, Reader::signed) },
        10 | 11 => Node::Contains { fact: read_fact(input), negated, text: input.u32() },
        12 | 13 => Node::Present { fact: read_fact(input), negated },
        _ => input.known(None, Node::Not),
    }
}

#[inline(never)]
fn read_limits(input: &mut Reader<'_>) -> Option<Vec<Limit>> {
    input.optional(|input| input.list(LIST_MAX, |input| Limit { when: read_condition(input), maximum: input.signed() }))
}

fn read_scorecards(input: &mut Reader<'_>) -> Scorecards {
    Scorecards { new: read_scorecard(input), returning: read_scorecard(input), unknown_class: input.byte() }
}

#[inline(never)]
fn read_scorecard(input: &mut Reader<'_>) -> Scorecard {
    Scorecard { base: input.small(), known: input.flag(), attributes: input.list(LIST_MAX, read_attribute) }
}

fn read_attribute(input: &mut Reader<'_>) -> Attribute {
    let fact = read_fact(input);
    let missing = input.small();
    let categories = input.flag();
    let single = input.small();
    let pairs = input.list(LIST_MAX, |input| (input.signed(), input.small()));
    let points =
        if categories { Points::Categories { values: pairs, other: single } } else { Points::Bins { first: single, edges: pairs } };
    Attribute { fact, missing, points }
}

fn read_class(input: &mut Reader<'_>) -> Class {
    Class {
        id: input.text(),
        entry: match input.byte() {
            0 => ClassEntry::Points(input.small()),
            1 => ClassEntry::When(read_condition(input)),
            2 => ClassEntry::Rest,
            _ => input.known(None, ClassEntry::Rest),
        },
        default_probability_ppm: input.u32(),
        own_data: input.flag(),
    }
}

fn read_value_class(input: &mut Reader<'_>) -> ValueClass {
    ValueClass { id: input.text(), when: read_condition(input) }
}

fn read_exposure(input: &mut Reader<'_>) -> Exposure {
    Exposure {
        limits: read_limits(input),
        ladder: input
            .optional(|input| Ladder { fact: read_fact(input), steps: input.list(LIST_MAX, |input| (input.signed(), input.signed())) }),
    }
}

fn read_reason(input: &mut Reader<'_>) -> Reason {
    read_numbered(input, Reason::from_number, Reason::General)
}

fn read_rule(input: &mut Reader<'_>) -> Rule {
    Rule {
        id: input.text(),
        when: read_condition(input),
        effect: match input.byte() {
            0 => Effect::Withhold { methods: input.u16(), reason: read_reason(input) },
            1 => Effect::ClassAtBest(input.byte()),
            _ => input.known(None, Effect::ClassAtBest(0)),
        },
        private: input.flag(),
    }
}

fn read_method(input: &mut Reader<'_>) -> Method {
    Method {
        id: input.text(),
        kind: read_numbered(input, Kind::from_number, Kind::Prepayment),
        provider: match input.byte() {
            0 => Provider::NotNeeded,
            1 => Provider::Needed(input.u32()),
            2 => Provider::NotConfigured,
            _ => input.known(None, Provider::NotConfigured),
        },
        when: read_condition(input),
        reason: read_reason(input),
        minimum: input.optional(Reader::signed),
        limits: read_limits(input),
        term: match input.byte() {
            0 => None,
            1 => Some(Term { start: TermStart::Order, days: input.u16() }),
            2 => Some(Term { start: TermStart::Delivery, days: input.u16() }),
            _ => input.known(None, None),
        },
        fee: Fee { fixed: input.signed(), rate: read_rate(input) },
        fields: input.list(METHODS_MAX, read_fact),
        consent: input.text(),
    }
}

fn read_rate(input: &mut Reader<'_>) -> Rate {
    let rate = Rate::from_ppm(input.u32());
    input.known(rate, Rate::ZERO)
}

fn read_order(input: &mut Reader<'_>) -> DisplayOrder {
    DisplayOrder { when: read_condition(input), methods: input.list(METHODS_MAX, Reader::byte) }
}
