//! What a host has to know of a policy, as one text without a parser on either side.
//!
//! Records end with U+001E, fields with U+001F. The first field names the record:
//! `p` currency, digits after its point, `1` if it is residual, texts…
//! `c` custom fact: number, name, type, `1` if the client may set it
//! `k` class id, probability of default in ppm, `1` if it comes from own data
//! `v` value class id
//! `r` rule id
//! `m` method: id, kind, consent, days of its term or empty, start of the term, fields (numbers of facts, by comma)
//! `f` ids of the fallback methods

use alloc::string::String;
use tresen_core::facts::Visibility;
use tresen_core::money::push_padded;
use tresen_core::policy::Policy;

const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// The text for a policy
pub(crate) fn policy(policy: &Policy) -> String {
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
        out.field("r").field(&rule.id).end();
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
        out.field("").end();
    }
    out.field("f");
    for (place, method) in policy.methods.iter().enumerate() {
        if policy.fallback >> place & 1 == 1 {
            out.field(&method.id);
        }
    }
    out.end();
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

    fn end(&mut self) {
        self.0.push(RECORD);
    }
}
