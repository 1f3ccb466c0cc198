//! What a policy says of itself: names and what only a host has to know, as one text that a host reads without a parser.
//!
//! Records end with U+001E, fields with U+001F. The first field names the record:
//! `p` currency, digits after its point, `1` if it is residual, texts…
//! `c` custom fact: number, name, type, `1` if the client may set it
//! `k` class: id, probability of default in ppm, `1` if it comes from own data
//! `v` value class: id
//! `r` rule: id, number of its reason, empty for a rule that withholds nothing
//! `m` method: id, kind, consent, days of its term or empty, start of the term, fields (numbers of facts, by comma), number of the
//!     reason where its condition does not hold
//! `i` plans of instalments: place of the method, then for each its rates, its smallest total and what it costs: nothing, a fee as
//!     `f` and minor units, or interest a year as `r` and ppm
//! `f` ids of the fallback methods
//! `s` segment of the collection: id
//! `w` method by which what is owed is paid: id, provider
//!
//! **Invariant:** neither names nor texts hold U+001E or U+001F (see [`is_free_of_separators`]).

use super::{Effect, Policy};
use crate::facts::Visibility;
use crate::instalments::Charge;
use crate::money::push_padded;
use alloc::string::String;

const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// Whether a name or a text can stand in a compiled policy
#[must_use]
pub fn is_free_of_separators(text: &str) -> bool {
    !text.contains([FIELD, RECORD])
}

/// The text for a policy
pub(super) fn write(policy: &Policy) -> String {
    let mut out = Out(String::with_capacity(512));
    out.field("p").field(policy.currency.code()).number(policy.currency.digits().into()).number(policy.residual.into());
    policy.texts.iter().for_each(|text| {
        out.field(text);
    });
    out.end();
    for custom in &policy.custom {
        out.field("c").number(custom.index.0.into()).field(&custom.name).field(custom.kind.word());
        out.number((custom.visibility == Visibility::Client).into()).end();
    }
    for class in &policy.classes {
        out.field("k").field(&class.id).number(class.default_probability_ppm.into()).number(class.own_data.into()).end();
    }
    for class in &policy.value_classes {
        out.field("v").field(&class.id).end();
    }
    for rule in &policy.rules {
        out.field("r").field(&rule.id);
        match rule.effect {
            Effect::Withhold { reason, .. } => out.number(reason.number().into()),
            Effect::ClassAtBest(_) => out.field(""),
        };
        out.end();
    }
    for method in &policy.methods {
        out.field("m").field(&method.id).field(method.kind.code()).field(&method.consent);
        match method.term {
            Some(term) => out.number(term.days.into()).field(term.start.code()),
            None => out.field("").field(""),
        };
        for (place, field) in method.fields.iter().enumerate() {
            if place > 0 {
                out.0.push(',');
            }
            push_padded(&mut out.0, field.0.into(), 1);
        }
        out.field("").number(method.reason.number().into()).end();
    }
    for (place, method) in policy.methods.iter().enumerate().filter(|(_, method)| !method.plans.is_empty()) {
        out.field("i").number(u64::try_from(place).unwrap_or(0));
        for plan in &method.plans {
            out.number(plan.rates.into()).number(plan.minimum.unsigned_abs());
            match plan.charge {
                Charge::Free => out.field(""),
                Charge::Fee(fee) => out.letter('f').number(fee.unsigned_abs()),
                Charge::Interest(rate) => out.letter('r').number(rate.ppm().into()),
            };
        }
        out.end();
    }
    out.field("f");
    for (place, method) in policy.methods.iter().enumerate() {
        if policy.fallback >> place & 1 == 1 {
            out.field(&method.id);
        }
    }
    out.end();
    for segment in policy.collection.iter().flat_map(|collection| &collection.segments) {
        out.field("s").field(&segment.id).end();
    }
    for method in policy.settlement.iter().flat_map(|settlement| &settlement.methods) {
        out.field("w").field(&method.id).field(&method.provider).end();
    }
    out.0
}

struct Out(String);

impl Out {
    fn field(&mut self, text: &str) -> &mut Self {
        self.0.push_str(text);
        self.0.push(FIELD);
        self
    }

    fn number(&mut self, number: u64) -> &mut Self {
        push_padded(&mut self.0, number, 1);
        self.0.push(FIELD);
        self
    }

    /// What begins the next field
    fn letter(&mut self, letter: char) -> &mut Self {
        self.0.push(letter);
        self
    }

    fn end(&mut self) {
        self.0.push(RECORD);
    }
}

/// The fields of every record of a kind
pub(super) fn records<'a>(names: &'a str, kind: &'a str) -> impl Iterator<Item = impl Iterator<Item = &'a str>> {
    names.split_terminator(RECORD).filter_map(move |record| {
        let mut fields = record.split_terminator(FIELD);
        (fields.next() == Some(kind)).then_some(fields)
    })
}
