//! One method of a program.

use super::Program;
use crate::facts::FactIndex;
use crate::offer::Reason;
use crate::policy::words::{METHOD_WORDS, method};
use crate::policy::{Fee, Kind, Provider, Term, TermStart};
use crate::rate::Rate;

/// What a method asks and gives, as far as deciding goes
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodTerms<'a> {
    /// What kind of payment it is
    pub kind: Kind,
    /// The payment provider that it needs
    pub provider: Provider,
    /// The condition under which it can be offered at all
    pub(crate) when: i64,
    /// Why not, where it cannot
    pub(crate) reason: Reason,
    /// Smallest cart total in minor units
    pub minimum: Option<i64>,
    /// Place of its limits, 0 for none
    pub(crate) limits: i64,
    /// When the customer pays
    pub term: Option<Term>,
    /// What the method costs the customer
    pub fee: Fee,
    fields: &'a [[i64; 1]],
}

impl<'a> MethodTerms<'a> {
    /// Client facts that the shopper must give
    pub fn fields(&self) -> impl Iterator<Item = FactIndex> + use<'a> {
        self.fields.iter().map(|[field]| super::fact(*field))
    }
}

impl Program {
    /// The method at a place
    #[must_use]
    pub fn method(&self, place: usize) -> Option<MethodTerms<'_>> {
        self.methods().get(place).map(|row| self.terms(row))
    }

    /// A row of the list of methods, read
    pub(crate) fn terms(&self, [what, text, when, minimum, limits, fixed, ppm, fields]: &[i64; METHOD_WORDS]) -> MethodTerms<'_> {
        let [bits, reason, low, high, ..] = what.to_le_bytes();
        let start = match bits >> method::TERM & 3 {
            0 => None,
            1 => Some(TermStart::Order),
            _ => Some(TermStart::Delivery),
        };
        MethodTerms {
            kind: Kind::from_number(bits >> method::KIND & 7).unwrap_or(Kind::Invoice),
            provider: match bits >> method::PROVIDER & 3 {
                0 => Provider::NotNeeded,
                1 => Provider::Needed(u32::try_from(*text).unwrap_or(u32::MAX)),
                _ => Provider::NotConfigured,
            },
            when: *when,
            reason: Reason::from_number(reason).unwrap_or(Reason::General),
            minimum: if *minimum < 0 { None } else { Some(*minimum) },
            limits: *limits,
            term: start.map(|start| Term { days: u16::from_le_bytes([low, high]), start }),
            fee: Fee { fixed: *fixed, rate: u32::try_from(*ppm).ok().and_then(Rate::from_ppm).unwrap_or(Rate::ZERO) },
            fields: self.list_at(*fields),
        }
    }
}
