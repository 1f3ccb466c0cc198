//! Facts read straight into their slots, without a tree of the JSON in between: for files of a million lines.
//!
//! **Invariant:** what is taken here, [`super::read_object`] takes too, with the same values. What is not taken here says nothing about
//! what is wrong, nor that anything is: whoever asks reads it again the thorough way.

use super::value::{Texts, choice, country, is_birth_date, range};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use tresen_core::date::Date;
use tresen_core::facts::{FactIndex, FactKind, Facts, LIST_MAX, Text, Visibility, known};
use tresen_core::money::Currency;
use tresen_core::policy::Policy;

/// What each name in a facts object stands for
#[derive(Debug, Clone)]
pub(crate) struct Names<'p> {
    policy: &'p Policy,
    named: HashMap<&'p str, Named, BuildHasherDefault<Fnv>>,
}

#[derive(Debug, Clone, Copy)]
enum Named {
    Fact(FactIndex, FactKind),
    /// Not for this policy
    PassedOver,
}

impl<'p> Names<'p> {
    /// The facts that the shop's server may say under this policy; what stands under a name in `passed_over` is not looked at
    pub(crate) fn new(policy: &'p Policy, passed_over: &'p [String]) -> Self {
        let known = known::NAMES.into_iter().zip(0..).map(|(name, number)| (name, FactIndex(number)));
        let own = policy.custom.iter().map(|custom| (custom.name.as_str(), custom.index));
        let given = known.chain(own).filter(|(_, fact)| policy.visibility_of(*fact) != Some(Visibility::Derived));
        let named = given.filter_map(|(name, fact)| policy.kind_of(fact).map(|kind| (name, Named::Fact(fact, kind))));
        let passed_over = passed_over.iter().map(|name| (name.as_str(), Named::PassedOver));
        Self { policy, named: named.chain(passed_over).collect() }
    }

    /// Reads a facts object into `facts`
    pub(crate) fn reading<'r>(&'r self, facts: &'r mut Facts) -> Reading<'r> {
        facts.clear();
        Reading { names: self, facts }
    }

    /// Whether the birth date in these facts, if there is one, is one on that day
    pub(crate) fn is_birth_date_of(facts: &Facts, today: Date) -> bool {
        facts.date(known::CUSTOMER_BIRTH_DATE).is_none_or(|date| is_birth_date(date, today))
    }
}

/// FNV-1a, 64 bits: a million lines look up each of their names, and what they are looked up among comes from the catalogue and the policy, so
/// that nobody can choose names that collide
#[derive(Debug, Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// An object of facts that is about to be read; the birth date is not compared with any day, for that may come later
pub(crate) struct Reading<'r> {
    names: &'r Names<'r>,
    facts: &'r mut Facts,
}

impl Reading<'_> {
    /// Reads the entries of an object whose first key may have been read already
    pub(crate) fn entries<'de, A: MapAccess<'de>>(self, first: Option<&'de str>, entries: &mut A) -> Result<(), A::Error> {
        let mut texts = Texts::of(self.names.policy);
        let mut key = if first.is_some() { first } else { entries.next_key()? };
        while let Some(name) = key {
            match self.names.named.get(name) {
                Some(Named::Fact(fact, kind)) if !self.facts.is_present(*fact) => {
                    entries.next_value_seed(Slot { facts: self.facts, texts: &mut texts, fact: *fact, kind: *kind })?;
                }
                Some(Named::PassedOver) => {
                    entries.next_value::<IgnoredAny>()?;
                }
                Some(Named::Fact(..)) | None => return Err(refused()),
            }
            key = entries.next_key()?;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of facts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.entries(None, &mut entries)
    }
}

/// The slot of a fact, waiting for its value
struct Slot<'s, 'p, 't> {
    facts: &'s mut Facts,
    texts: &'s mut Texts<'p, 't>,
    fact: FactIndex,
    kind: FactKind,
}

impl Slot<'_, '_, '_> {
    fn put<E: Error>(self, value: Option<i64>) -> Result<(), E> {
        self.facts.set(self.fact, value.ok_or_else(refused)?);
        Ok(())
    }

    fn in_range<E: Error>(self, value: i64) -> Result<(), E> {
        let (least, most) = range(self.fact);
        self.put((least..=most).contains(&value).then_some(value))
    }
}

impl<'de> DeserializeSeed<'de> for Slot<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Slot<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a value of type {}", self.kind.word())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        let fits = self.kind == FactKind::Boolean;
        self.put(fits.then_some(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        if self.kind == FactKind::Integer { self.in_range(value) } else { Err(refused()) }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.visit_i64(i64::try_from(value).map_err(|_| refused())?)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        let value = match self.kind {
            FactKind::Date => Date::parse(text).map(|date| date.days().into()),
            FactKind::Choice => choice(self.fact, text),
            FactKind::Country => country(text),
            FactKind::Text => Some(self.texts.number(text).0.into()),
            FactKind::Boolean | FactKind::Integer | FactKind::Amount | FactKind::Texts => None,
        };
        self.put(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut texts = [Text(0); LIST_MAX];
        let mut room = texts.iter_mut();
        while let Some(text) = items.next_element::<&str>()? {
            *room.next().ok_or_else(refused)? = self.texts.number(text);
        }
        let left = room.len();
        let list = texts.get(..LIST_MAX.saturating_sub(left)).unwrap_or(&[]);
        let fits = self.kind == FactKind::Texts && self.facts.set_list(self.fact, list);
        if fits { Ok(()) } else { Err(refused()) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let minor = amount(self.texts.currency(), &mut entries)?;
        if self.kind == FactKind::Amount { self.in_range(minor) } else { Err(refused()) }
    }
}

/// The minor units of an amount in that currency, whose entries are read here
pub(crate) fn amount<'de, A: MapAccess<'de>>(currency: Currency, entries: &mut A) -> Result<i64, A::Error> {
    let (mut minor, mut code) = (None, None);
    while let Some(key) = entries.next_key::<&str>()? {
        match key {
            "minor" if minor.is_none() => minor = Some(entries.next_value::<i64>()?),
            "currency" if code.is_none() => code = Some(entries.next_value::<&str>()?),
            _ => return Err(refused()),
        }
    }
    minor.filter(|_| code == Some(currency.code())).ok_or_else(refused)
}

/// That it is not taken here; nobody reads it
pub(crate) fn refused<E: Error>() -> E {
    E::custom("")
}
