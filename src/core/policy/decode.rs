//! Compiled bytes as a policy again, names and all; anything that [`Policy::to_bytes`] cannot have written is refused.

mod collection;
mod settlement;

use super::bytes::{self, PolicyBytesError, unpack};
use super::words::{
    ENTRY_POINTS, ENTRY_REST, ENTRY_WHEN, METHOD_WORDS, NO_FIRST_DAY, NO_LAST_DAY, effect, head, method as of_method, node, outcomes,
};
use super::{
    Attribute, Class, ClassEntry, Condition, Conditions, CustomFact, DisplayOrder, Effect, Exposure, Fee, Kind, Ladder, Limit, Method,
    Node, PlanOffer, Points, Policy, Provider, Relation, Rule, Scorecard, Scorecards, Term, TermStart, Truth, ValueClass, names,
};
use crate::date::Date;
use crate::facts::{FactIndex, FactKind, Visibility};
use crate::instalments::Charge;
use crate::money::Currency;
use crate::offer::Reason;
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

impl Policy {
    /// Reads compiled bytes
    ///
    /// # Errors
    ///
    /// [`PolicyBytesError`] for anything that `Policy::to_bytes` of this version cannot have written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PolicyBytesError> {
        let found = unpack(bytes)?;
        let words = bytes::words(found.rest).ok_or(PolicyBytesError::Damaged)?;
        let names = core::str::from_utf8(found.names).map_err(|_| PolicyBytesError::Invalid)?;
        let policy = Words(&words).policy(names).ok_or(PolicyBytesError::Invalid)?;
        // One policy has one form: what was read in another is not what was written.
        if policy.keeps_its_promises() && policy.to_bytes() == bytes { Ok(policy) } else { Err(PolicyBytesError::Invalid) }
    }
}

struct Words<'a>(&'a [i64]);

impl Words<'_> {
    fn policy(&self, names: &str) -> Option<Policy> {
        let mut about = names::records(names, "p").next()?;
        let [_, first, second, third] = u32::try_from(self.word(head::CURRENCY)?).ok()?.to_be_bytes();
        let flags = self.word(head::FLAGS)?;
        let mut methods = self.methods(names)?;
        plans(names, &mut methods)?;
        let fallback: Vec<&str> = names::records(names, "f").next()?.collect();
        Some(Policy {
            market: u16::try_from(self.word(head::MARKET)?).ok()?.to_be_bytes(),
            currency: Currency::from_bytes([first, second, third])?,
            valid_from: self.day(head::VALID_FROM, NO_FIRST_DAY)?,
            valid_until: self.day(head::VALID_UNTIL, NO_LAST_DAY)?,
            registration_checked: flags & 1 == 1,
            residual: flags & 2 == 2,
            knows_holidays: flags & 4 == 4,
            // Currency, digits and the residual's flag stand before the texts.
            texts: about.by_ref().skip(3).map(String::from).collect(),
            custom: custom(names)?,
            conditions: self.conditions(head::NODES)?,
            returning: condition(self.word(head::RETURNING)?)?,
            scorecards: self.scorecards()?,
            classes: self.classes(names)?,
            value_classes: self.value_classes(names)?,
            exposure: self.exposure()?,
            rules: self.rules(names)?,
            fallback: methods.iter().rev().fold(0, |bits, method| bits << 1 | u16::from(fallback.contains(&method.id.as_str()))),
            methods,
            orders: self.orders()?,
            collection: if flags & 8 == 8 { Some(self.collection(self.place(head::COLLECTION)?, names)?) } else { None },
            settlement: if flags & 16 == 16 { Some(self.settlement(self.place(head::settlement(flags & 8 == 8))?, names)?) } else { None },
        })
    }

    fn word(&self, place: usize) -> Option<i64> {
        self.0.get(place).copied()
    }

    fn place(&self, place: usize) -> Option<usize> {
        usize::try_from(self.word(place)?).ok()
    }

    /// The list whose place stands at `slot`
    fn list<const WIDTH: usize>(&self, slot: usize) -> Option<impl Iterator<Item = &[i64; WIDTH]>> {
        self.list_at(self.word(slot)?)
    }

    fn list_at<const WIDTH: usize>(&self, place: i64) -> Option<impl Iterator<Item = &[i64; WIDTH]>> {
        let place = usize::try_from(place).ok()?;
        let start = place.checked_add(1)?;
        let length = self.place(place)?.checked_mul(WIDTH)?;
        let (rows, rest) = self.0.get(start..start.checked_add(length)?)?.as_chunks();
        rest.is_empty().then(|| rows.iter())
    }

    fn optional<const WIDTH: usize>(&self, place: i64) -> Option<Option<impl Iterator<Item = &[i64; WIDTH]>>> {
        if place == 0 { Some(None) } else { self.list_at(place).map(Some) }
    }

    fn day(&self, slot: usize, none: i64) -> Option<Option<Date>> {
        match self.word(slot)? {
            days if days == none => Some(None),
            days => Date::from_days(i32::try_from(days).ok()?).map(Some),
        }
    }

    fn conditions(&self, slot: usize) -> Option<Conditions> {
        let nodes = self.list(slot)?.map(|[what, value]| self.node(*what, *value)).collect::<Option<_>>()?;
        Some(Conditions { nodes })
    }

    fn node(&self, what: i64, value: i64) -> Option<Node> {
        let found = what >> node::OUTCOMES & 7;
        let negated = found == node::OTHERS;
        let fact = fact(what >> node::FACT & 127)?;
        let end = || u16::try_from(value.checked_sub(1)?).ok();
        Some(match what & 15 {
            node::UNKNOWN => Node::Constant(Truth::Unknown),
            node::ALWAYS => Node::Constant(Truth::from(!negated)),
            node::COMPARE => Node::Compare { fact, relation: relation(found)?, value },
            node::COMPARE_FACTS => {
                Node::CompareFacts { left: fact, relation: relation(found)?, right: self::fact(what >> node::OTHER & 127)?, shift: value }
            }
            node::ONE_OF => Node::OneOf { fact, negated, values: self.list_at(value)?.map(|[value]| *value).collect() },
            node::CONTAINS => Node::Contains { fact, negated, text: u32::try_from(value).ok()? },
            node::PRESENT => Node::Present { fact, negated },
            node::ALL => Node::All { end: end()? },
            node::ANY => Node::Any { end: end()? },
            node::NOT => Node::Not,
            _ => return None,
        })
    }

    fn scorecards(&self) -> Option<Option<Scorecards>> {
        let (new, returning) = (self.place(head::CARD_NEW)?, self.place(head::CARD_RETURNING)?);
        if new == 0 {
            return Some(None);
        }
        Some(Some(Scorecards {
            new: self.scorecard(new)?,
            returning: self.scorecard(returning)?,
            unknown_class: u8::try_from(self.word(head::UNKNOWN_CLASS)?).ok()?,
        }))
    }

    fn scorecard(&self, place: usize) -> Option<Scorecard> {
        let [base, known, attributes] = self.0.get(place..)?.first_chunk()?;
        let attributes = self.list_at(*attributes)?.map(|row| self.attribute(row)).collect::<Option<_>>()?;
        Some(Scorecard { base: i32::try_from(*base).ok()?, known: *known == 1, attributes })
    }

    fn attribute(&self, [of, missing, tag, single, pairs]: &[i64; 5]) -> Option<Attribute> {
        let pairs = self.list_at(*pairs)?.map(|[value, points]| Some((*value, i32::try_from(*points).ok()?))).collect::<Option<_>>()?;
        let single = i32::try_from(*single).ok()?;
        let points = match tag {
            0 => Points::Bins { first: single, edges: pairs },
            1 => Points::Categories { values: pairs, other: single },
            _ => return None,
        };
        Some(Attribute { fact: fact(*of)?, missing: i32::try_from(*missing).ok()?, points })
    }

    fn classes(&self, names: &str) -> Option<Vec<Class>> {
        let rows = self.list(head::CLASSES)?;
        let class = |([tag, argument], mut about): (&[i64; 2], _)| {
            let about: &mut dyn Iterator<Item = &str> = &mut about;
            Some(Class {
                entry: match *tag {
                    ENTRY_POINTS => ClassEntry::Points(i32::try_from(*argument).ok()?),
                    ENTRY_WHEN => ClassEntry::When(condition(*argument)?),
                    ENTRY_REST => ClassEntry::Rest,
                    _ => return None,
                },
                id: String::from(about.next()?),
                default_probability_ppm: about.next()?.parse().ok()?,
                own_data: about.next()? == "1",
            })
        };
        rows.zip(names::records(names, "k")).map(class).collect()
    }

    fn value_classes(&self, names: &str) -> Option<Vec<ValueClass>> {
        let rows = self.list(head::VALUE_CLASSES)?;
        rows.zip(names::records(names, "v"))
            .map(|([when], mut about)| Some(ValueClass { id: String::from(about.next()?), when: condition(*when)? }))
            .collect()
    }

    fn limits(&self, place: i64) -> Option<Option<Vec<Limit>>> {
        match self.optional(place)? {
            None => Some(None),
            Some(rows) => {
                rows.map(|[when, maximum]| Some(Limit { when: condition(*when)?, maximum: *maximum })).collect::<Option<_>>().map(Some)
            }
        }
    }

    fn exposure(&self) -> Option<Exposure> {
        let steps = self.optional(self.word(head::LADDER)?)?;
        let ladder = match steps {
            None => None,
            Some(steps) => {
                Some(Ladder { fact: fact(self.word(head::LADDER_FACT)?)?, steps: steps.map(|[from, maximum]| (*from, *maximum)).collect() })
            }
        };
        Some(Exposure { limits: self.limits(self.word(head::EXPOSURE)?)?, ladder })
    }

    fn rules(&self, names: &str) -> Option<Vec<Rule>> {
        let rows = self.list(head::RULES)?;
        let rule = |([when, does], id): (&[i64; 2], String)| {
            let effect = if does >> effect::CLASS & 1 == 1 {
                Effect::ClassAtBest(u8::try_from(does >> effect::METHODS & 0xffff).ok()?)
            } else {
                let reason = Reason::from_number(u8::try_from(does >> effect::REASON & 0xff).ok()?)?;
                Effect::Withhold { methods: u16::try_from(does >> effect::METHODS & 0xffff).ok()?, reason }
            };
            Some(Rule { id, when: condition(*when)?, effect, private: does >> effect::PRIVATE & 1 == 1 })
        };
        let ids = names::records(names, "r").map(|mut about| about.next().map(String::from));
        rows.zip(ids).map(|(row, id)| rule((row, id?))).collect()
    }

    fn methods(&self, names: &str) -> Option<Vec<Method>> {
        let rows = self.list(head::METHODS)?;
        rows.zip(names::records(names, "m")).map(|(row, mut about)| self.method(row, &mut about)).collect()
    }

    fn method<'a>(&self, row: &[i64; METHOD_WORDS], about: &mut impl Iterator<Item = &'a str>) -> Option<Method> {
        let [what, text, when, minimum, limits, fixed, ppm, fields] = row;
        let days = u16::try_from(what >> of_method::DAYS).ok()?;
        let start = match what >> of_method::TERM & 3 {
            0 => None,
            1 => Some(TermStart::Order),
            _ => Some(TermStart::Delivery),
        };
        let id = String::from(about.next()?);
        let consent = String::from(about.nth(1)?);
        Some(Method {
            id,
            kind: Kind::from_number(u8::try_from(what >> of_method::KIND & 7).ok()?)?,
            provider: match what >> of_method::PROVIDER & 3 {
                0 => Provider::NotNeeded,
                1 => Provider::Needed(u32::try_from(*text).ok()?),
                _ => Provider::NotConfigured,
            },
            when: condition(*when)?,
            reason: Reason::from_number(u8::try_from(what >> of_method::REASON & 0xff).ok()?)?,
            minimum: Some(*minimum).filter(|minimum| *minimum != -1),
            limits: self.limits(*limits)?,
            term: start.map(|start| Term { days, start }),
            fee: Fee { fixed: *fixed, rate: Rate::from_ppm(u32::try_from(*ppm).ok()?)? },
            fields: match self.optional(*fields)? {
                None => Vec::new(),
                Some(rows) => rows.map(|[field]| fact(*field)).collect::<Option<_>>()?,
            },
            plans: Vec::new(),
            consent,
        })
    }

    fn orders(&self) -> Option<Vec<DisplayOrder>> {
        let order = |[when, length, packed]: &[i64; 3]| {
            let methods = (0..*length).take(16).map(|place| u8::try_from(packed >> (place << 2) & 15).unwrap_or(0)).collect();
            Some(DisplayOrder { when: condition(*when)?, methods })
        };
        self.list(head::ORDERS)?.map(order).collect()
    }
}

fn custom(names: &str) -> Option<Vec<CustomFact>> {
    let fact = |mut about: &mut dyn Iterator<Item = &str>| {
        Some(CustomFact {
            index: FactIndex(about.next()?.parse().ok()?),
            name: String::from(about.next()?),
            kind: FactKind::from_word((&mut about).next()?)?,
            visibility: if about.next()? == "1" { Visibility::Client } else { Visibility::Server },
        })
    };
    names::records(names, "c").map(|mut about| fact(&mut about)).collect()
}

/// Gives the methods their plans
fn plans(names: &str, methods: &mut [Method]) -> Option<()> {
    for mut about in names::records(names, "i") {
        let place: usize = about.next()?.parse().ok()?;
        let plans = &mut methods.get_mut(place)?.plans;
        while let Some(rates) = about.next() {
            let (minimum, charge) = (about.next()?.parse().ok()?, about.next()?);
            let charge = match charge.split_at_checked(1) {
                None => Charge::Free,
                Some(("f", fee)) => Charge::Fee(fee.parse().ok()?),
                Some(("r", ppm)) => Charge::Interest(Rate::from_ppm(ppm.parse().ok()?)?),
                Some(_) => return None,
            };
            plans.push(PlanOffer { rates: rates.parse().ok()?, minimum, charge });
        }
    }
    Some(())
}

fn fact(number: i64) -> Option<FactIndex> {
    u8::try_from(number).ok().map(FactIndex)
}

fn condition(word: i64) -> Option<Condition> {
    match word.checked_sub(1)? {
        -1 => Some(Condition::ALWAYS),
        place => u16::try_from(place).ok().map(|place| Condition(Some(place))),
    }
}

fn relation(found: i64) -> Option<Relation> {
    Relation::ALL.into_iter().find(|relation| outcomes(*relation) == found)
}
