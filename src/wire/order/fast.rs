//! A line read straight into slots; what is unusual about it is left to the thorough way.

use super::{Bought, Margin, Order, Outcome, Paid, Reader};
use crate::facts::direct::{Names, amount, refused};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use std::fmt;
use tresen_core::date::Date;
use tresen_core::facts::Facts;
use tresen_core::money::{Currency, MINOR_MAX};
use tresen_core::rate::Rate;

impl Reader<'_> {
    /// The order, if nothing is unusual about the line
    pub(super) fn fast(&self, line: &[u8], facts: &mut Facts) -> Option<Order> {
        let text = std::str::from_utf8(line).ok()?;
        let mut parser = serde_json::Deserializer::from_str(text);
        let order = parser.deserialize_map(Whole { reader: self, facts: &mut *facts }).ok()?;
        parser.end().ok()?;
        Names::is_birth_date_of(facts, order.today).then_some(order)
    }
}

/// The whole line
struct Whole<'r> {
    reader: &'r Reader<'r>,
    facts: &'r mut Facts,
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Order;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an order")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Order, A::Error> {
        let Self { reader, facts } = self;
        let mut order = Order { today: reader.today, outcome: None, margin: None };
        let (mut has_facts, mut has_today) = (false, false);
        while let Some(key) = entries.next_key::<&str>()? {
            match key {
                "facts" if !has_facts => {
                    has_facts = true;
                    entries.next_value_seed(reader.names.reading(facts))?;
                }
                "today" if !has_today => {
                    has_today = true;
                    order.today = Date::parse(entries.next_value()?).ok_or_else(refused)?;
                }
                "outcome" if order.outcome.is_none() => order.outcome = Some(entries.next_value_seed(Outcomes { reader })?),
                "margin" if order.margin.is_none() => {
                    order.margin = Some(entries.next_value_seed(Margins { currency: reader.policy.currency })?);
                }
                // Names of facts have a point: these are facts alone.
                first if first.contains('.') && !has_facts && !has_today && order.outcome.is_none() && order.margin.is_none() => {
                    reader.names.reading(facts).entries(Some(first), &mut entries)?;
                    return Ok(order);
                }
                _ => return Err(refused()),
            }
        }
        if has_facts { Ok(order) } else { Err(refused()) }
    }
}

/// How it was paid
struct Outcomes<'r> {
    reader: &'r Reader<'r>,
}

impl<'de> DeserializeSeed<'de> for Outcomes<'_> {
    type Value = Outcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outcomes<'_> {
    type Value = Outcome;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an outcome")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Outcome, A::Error> {
        let (mut method, mut paid, mut lost) = (None, None, None);
        while let Some(key) = entries.next_key::<&str>()? {
            match key {
                "method" if method.is_none() => method = Some(entries.next_value::<&str>()?),
                "paid" if paid.is_none() => paid = Some(Paid::from_code(entries.next_value()?).ok_or_else(refused)?),
                "lost" if lost.is_none() => lost = Some(entries.next_value_seed(Amount { currency: self.reader.policy.currency })?),
                _ => return Err(refused()),
            }
        }
        let paid = paid.ok_or_else(refused)?;
        let bought = method.map_or(Bought::WithCreditRisk, |method| self.reader.bought(method));
        let is_plausible = lost.is_none_or(|lost| lost >= 0 && paid != Paid::OnTime);
        if is_plausible { Ok(Outcome { bought, paid, lost }) } else { Err(refused()) }
    }
}

/// What it earned
struct Margins {
    currency: Currency,
}

impl<'de> DeserializeSeed<'de> for Margins {
    type Value = Margin;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Margin, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Margins {
    type Value = Margin;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a margin")
    }

    fn visit_borrowed_str<E: Error>(self, share: &'de str) -> Result<Margin, E> {
        Rate::parse(share).map(Margin::Share).ok_or_else(refused)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Margin, A::Error> {
        Amount { currency: self.currency }.visit_map(entries).map(Margin::Amount)
    }
}

/// An amount of that currency, as minor units
struct Amount {
    currency: Currency,
}

impl<'de> DeserializeSeed<'de> for Amount {
    type Value = i64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<i64, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Amount {
    type Value = i64;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an amount")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<i64, A::Error> {
        let minor = amount(self.currency, &mut entries)?;
        if (-MINOR_MAX..=MINOR_MAX).contains(&minor) { Ok(minor) } else { Err(refused()) }
    }
}
