//! One method of a program.

use super::layout::{METHOD_WORDS, head, method};
use super::question::number;
use super::{Program, fact};
use crate::facts::FactIndex;
use crate::offer::{Builtin, Reason};
use crate::policy::{Fee, Kind, METHODS_MAX, Term, TermStart};
use crate::rate::Rate;
use alloc::vec::Vec;

/// What a method asks and gives
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodTerms<'a> {
    /// What kind of payment it is
    pub kind: Kind,
    /// Why not, where its condition does not hold
    pub(crate) reason: Reason,
    /// Smallest cart total in minor units
    pub minimum: Option<i64>,
    /// When the customer pays
    pub term: Option<Term>,
    /// What the method costs the customer
    pub fee: Fee,
    fields: &'a [[i64; 1]],
}

impl<'a> MethodTerms<'a> {
    /// Client facts that the shopper must give
    pub fn fields(&self) -> impl Iterator<Item = FactIndex> + use<'a> {
        self.fields.iter().map(|[field]| fact(*field))
    }
}

/// A method as it is decided: what depends on little is worked out, what is waited for has a number
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Method {
    /// The rules that withhold it if they hold, one bit each
    pub(crate) rules: u64,
    /// Smallest cart total in minor units
    pub(crate) minimum: i64,
    /// Its limits, 0 for none
    pub(crate) limits: i64,
    /// The list of facts that the shopper must give, 0 for none
    fields: i64,
    /// What the method costs the customer
    pub(crate) fee: Fee,
    /// When the customer pays
    pub(crate) term: Option<Term>,
    /// The answer that says whether its provider is there
    pub(crate) provider: u16,
    /// The answer that says whether it can be offered at all
    pub(crate) when: u16,
    /// Whether it bears credit risk
    pub(crate) risky: bool,
    /// The built-in reasons against it that the order as a whole decides, as far as they concern it
    pub(crate) heeds: u8,
    kind: u8,
    reason: u8,
}

impl Program {
    /// Reads the methods
    pub(super) fn read_methods(&self) -> Vec<Method> {
        let mut methods = Vec::with_capacity(METHODS_MAX);
        methods.extend(self.list(head::METHODS).iter().take(METHODS_MAX).map(read));
        methods
    }

    /// The methods in the policy's order
    pub(crate) fn methods(&self) -> &[Method] {
        &self.methods
    }

    /// The facts that the shopper must give for a method
    pub(crate) fn fields(&self, method: &Method) -> &[[i64; 1]] {
        self.list_at(method.fields)
    }

    /// The method at a place
    #[must_use]
    pub fn method(&self, place: usize) -> Option<MethodTerms<'_>> {
        self.methods.get(place).map(|method| MethodTerms {
            kind: Kind::from_number(method.kind).unwrap_or(Kind::Invoice),
            reason: Reason::from_number(method.reason).unwrap_or(Reason::General),
            minimum: Some(method.minimum).filter(|minimum| *minimum >= 0),
            term: method.term,
            fee: method.fee,
            fields: self.fields(method),
        })
    }

    /// How many methods there are
    #[must_use]
    pub fn method_count(&self) -> usize {
        self.methods.len()
    }
}

fn read([what, provider, when, rules, minimum, limits, fixed, ppm, fields]: &[i64; METHOD_WORDS]) -> Method {
    let [bits, reason, low, high, ..] = what.to_le_bytes();
    let has = |flag: u32| bits >> flag & 1 == 1;
    let start = match bits >> method::TERM & 3 {
        0 => None,
        1 => Some(TermStart::Order),
        _ => Some(TermStart::Delivery),
    };
    Method {
        rules: rules.cast_unsigned(),
        minimum: if *minimum < 0 { i64::MIN } else { *minimum },
        limits: *limits,
        fields: *fields,
        fee: Fee { fixed: *fixed, rate: u32::try_from(*ppm).ok().and_then(Rate::from_ppm).unwrap_or(Rate::ZERO) },
        term: start.map(|start| Term { days: u16::from_le_bytes([low, high]), start }),
        provider: number(*provider),
        when: number(*when),
        risky: has(method::RISKY),
        heeds: Builtin::TotalMissing.bit_if(has(method::NEEDS_TOTAL))
            | Builtin::RegistrationUnchecked.bit_if(has(method::UNCHECKED))
            | Builtin::PolicyNotValid.bit_if(has(method::RISKY)),
        kind: bits >> method::KIND & 7,
        reason,
    }
}
