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
        let mut reader = Reader::new(bytes);
        if reader.array::<4>() != Some(MAGIC) {
            return Err(PolicyBytesError::NotAPolicy);
        }
        let found = reader.byte().ok_or(PolicyBytesError::Damaged)?;
        if found != FORMAT_VERSION {
            return Err(PolicyBytesError::Version { found });
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(PolicyBytesError::Damaged)?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return Err(PolicyBytesError::Damaged);
        }
        // Five bytes of magic and version are behind us.
        let policy = read(&mut Reader::new(body.get(5..).unwrap_or(&[]))).ok_or(PolicyBytesError::Damaged)?;
        if policy.keeps_its_promises() { Ok(policy) } else { Err(PolicyBytesError::Invalid) }
    }
}

fn read(input: &mut Reader<'_>) -> Option<Policy> {
    let lengths = input.list(11, |input| Some((input.byte()?, usize::try_from(input.unsigned()?).ok()?)))?;
    let mut sections = Vec::with_capacity(lengths.len());
    for (place, (number, length)) in (1_u8..).zip(lengths) {
        if number != place {
            return None;
        }
        sections.push(input.take(length)?);
    }
    if !input.is_empty() {
        return None;
    }
    let [head, texts, custom, conditions, scorecards, classes, value_classes, exposure, rules, methods, orders] =
        <[&[u8]; 11]>::try_from(sections).ok()?;
    let mut policy = whole(head, read_head)?;
    policy.texts = whole(texts, |input| input.list(LIST_MAX, Reader::text))?;
    policy.custom = whole(custom, |input| input.list(CUSTOM_MAX, read_custom))?;
    policy.conditions = Conditions { nodes: whole(conditions, |input| input.list(NODES_MAX, read_node))? };
    policy.scorecards = whole(scorecards, read_scorecards)?;
    policy.classes = whole(classes, |input| input.list(CLASSES_MAX, read_class))?;
    policy.value_classes = whole(value_classes, |input| {
        input.list(CLASSES_MAX, |input| Some(ValueClass { id: input.text()?, when: read_condition(input)? }))
    })?;
    policy.exposure = whole(exposure, read_exposure)?;
    policy.rules = whole(rules, |input| input.list(RULES_MAX, read_rule))?;
    policy.methods = whole(methods, |input| input.list(METHODS_MAX, read_method))?;
    policy.orders = whole(orders, |input| {
        input.list(LIST_MAX, |input| Some(DisplayOrder { when: read_condition(input)?, methods: input.list(METHODS_MAX, Reader::byte)? }))
    })?;
    Some(policy)
}

/// Reads a section to its end
fn whole<T>(bytes: &[u8], read: impl FnOnce(&mut Reader<'_>) -> Option<T>) -> Option<T> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader)?;
    reader.is_empty().then_some(value)
}

fn read_head(input: &mut Reader<'_>) -> Option<Policy> {
    let date = |input: &mut Reader<'_>| {
        Some(match input.optional()? {
            Some(days) => Some(Date::from_days(i32::try_from(days).ok()?)?),
            None => None,
        })
    };
    Some(Policy {
        market: input.array()?,
        currency: Currency::from_bytes(input.array()?)?,
        valid_from: date(input)?,
        valid_until: date(input)?,
        registration_checked: input.flag()?,
        residual: input.flag()?,
        fallback: u16::try_from(input.unsigned()?).ok()?,
        returning: read_condition(input)?,
        texts: Vec::new(),
        custom: Vec::new(),
        conditions: Conditions::default(),
        scorecards: None,
        classes: Vec::new(),
        value_classes: Vec::new(),
        exposure: Exposure::default(),
        rules: Vec::new(),
        methods: Vec::new(),
        orders: Vec::new(),
    })
}

fn read_custom(input: &mut Reader<'_>) -> Option<CustomFact> {
    Some(CustomFact {
        index: FactIndex(input.byte()?),
        name: input.text()?,
        kind: FactKind::from_number(input.byte()?)?,
        visibility: if input.flag()? { Visibility::Client } else { Visibility::Server },
    })
}

fn read_condition(input: &mut Reader<'_>) -> Option<Condition> {
    let number = input.unsigned()?;
    Some(Condition(match number.checked_sub(1) {
        Some(place) => Some(u16::try_from(place).ok()?),
        None => None,
    }))
}

fn read_node(input: &mut Reader<'_>) -> Option<Node> {
    Some(match input.byte()? {
        0 => Node::Constant(Truth::False),
        1 => Node::Constant(Truth::Unknown),
        2 => Node::Constant(Truth::True),
        3 => Node::All { end: u16::try_from(input.unsigned()?).ok()? },
        4 => Node::Any { end: u16::try_from(input.unsigned()?).ok()? },
        5 => Node::Not,
        6 => Node::Compare { fact: FactIndex(input.byte()?), relation: Relation::from_number(input.byte()?)?, value: input.signed()? },
        7 => Node::CompareFacts {
            left: FactIndex(input.byte()?),
            relation: Relation::from_number(input.byte()?)?,
            right: FactIndex(input.byte()?),
            shift: input.signed()?,
        },
        tag @ (8 | 9) => Node::OneOf { fact: FactIndex(input.byte()?), negated: tag == 9, values: input.list(LIST_MAX, Reader::signed)? },
        tag @ (10 | 11) => {
            Node::Contains { fact: FactIndex(input.byte()?), negated: tag == 11, text: u32::try_from(input.unsigned()?).ok()? }
        }
        tag @ (12 | 13) => Node::Present { fact: FactIndex(input.byte()?), negated: tag == 13 },
        _ => return None,
    })
}

fn read_limits(input: &mut Reader<'_>) -> Option<Option<Vec<Limit>>> {
    Some(if input.flag()? {
        Some(input.list(LIST_MAX, |input| Some(Limit { when: read_condition(input)?, maximum: input.signed()? }))?)
    } else {
        None
    })
}

fn read_scorecards(input: &mut Reader<'_>) -> Option<Option<Scorecards>> {
    Some(if input.flag()? {
        Some(Scorecards { new: read_scorecard(input)?, returning: read_scorecard(input)?, unknown_class: input.byte()? })
    } else {
        None
    })
}

fn read_scorecard(input: &mut Reader<'_>) -> Option<Scorecard> {
    Some(Scorecard { base: input.small()?, known: input.flag()?, attributes: input.list(LIST_MAX, read_attribute)? })
}

fn read_attribute(input: &mut Reader<'_>) -> Option<Attribute> {
    let fact = FactIndex(input.byte()?);
    let missing = input.small()?;
    let categories = input.flag()?;
    let single = input.small()?;
    let pairs = input.list(LIST_MAX, |input| Some((input.signed()?, input.small()?)))?;
    let points =
        if categories { Points::Categories { values: pairs, other: single } } else { Points::Bins { first: single, edges: pairs } };
    Some(Attribute { fact, missing, points })
}

fn read_class(input: &mut Reader<'_>) -> Option<Class> {
    Some(Class {
        id: input.text()?,
        entry: match input.byte()? {
            0 => ClassEntry::Points(input.small()?),
            1 => ClassEntry::When(read_condition(input)?),
            2 => ClassEntry::Rest,
            _ => return None,
        },
        default_probability_ppm: u32::try_from(input.unsigned()?).ok()?,
        own_data: input.flag()?,
    })
}

fn read_exposure(input: &mut Reader<'_>) -> Option<Exposure> {
    let limits = read_limits(input)?;
    let ladder = if input.flag()? {
        Some(Ladder { fact: FactIndex(input.byte()?), steps: input.list(LIST_MAX, |input| Some((input.signed()?, input.signed()?)))? })
    } else {
        None
    };
    Some(Exposure { limits, ladder })
}

fn read_rule(input: &mut Reader<'_>) -> Option<Rule> {
    Some(Rule {
        id: input.text()?,
        when: read_condition(input)?,
        effect: match input.byte()? {
            0 => Effect::Withhold { methods: u16::try_from(input.unsigned()?).ok()?, reason: Reason::from_number(input.byte()?)? },
            1 => Effect::ClassAtBest(input.byte()?),
            _ => return None,
        },
        private: input.flag()?,
    })
}

fn read_method(input: &mut Reader<'_>) -> Option<Method> {
    Some(Method {
        id: input.text()?,
        kind: Kind::from_number(input.byte()?)?,
        provider: match input.byte()? {
            0 => Provider::NotNeeded,
            1 => Provider::Needed(u32::try_from(input.unsigned()?).ok()?),
            2 => Provider::NotConfigured,
            _ => return None,
        },
        when: read_condition(input)?,
        reason: Reason::from_number(input.byte()?)?,
        minimum: input.optional()?,
        limits: read_limits(input)?,
        term: match input.byte()? {
            0 => None,
            1 => Some(Term { start: TermStart::Order, days: u16::try_from(input.unsigned()?).ok()? }),
            2 => Some(Term { start: TermStart::Delivery, days: u16::try_from(input.unsigned()?).ok()? }),
            _ => return None,
        },
        fee: Fee { fixed: input.signed()?, rate: Rate::from_ppm(u32::try_from(input.unsigned()?).ok()?)? },
        fields: input.list(METHODS_MAX, |input| input.byte().map(FactIndex))?,
        consent: input.text()?,
    })
}
