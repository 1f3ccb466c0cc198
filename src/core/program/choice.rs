//! What a program chooses by its answers: classes, limits, ranks, and the rules that withhold.
//!
//! Of what could be chosen the first whose condition holds is meant. It is looked for from the last to the first, each taking over from
//! the one behind it, so that the steps are the same whatever the answers are.

use super::layout::head;
use super::question::number;
use super::{Program, Truths};

/// A limit that nothing exceeds: there is none
pub(crate) const NO_LIMIT: i64 = i64::MAX;

impl Program {
    /// What the first row of a list gives whose condition holds
    #[inline(never)]
    fn first(&self, list: i64, truths: &Truths, otherwise: i64) -> i64 {
        self.list_at(list).iter().rev().fold(otherwise, |found, [when, gives]| if truths.is(*when) { *gives } else { found })
    }

    /// The place of the value class, if the policy has value classes
    pub(crate) fn value_class(&self, truths: &Truths) -> Option<u8> {
        u8::try_from(self.first(self.word(head::VALUE_CLASSES), truths, -1)).ok()
    }

    /// Whether the scorecard for returning customers applies
    pub(crate) fn is_returning(&self, truths: &Truths) -> bool {
        truths.is(self.word(head::RETURNING))
    }

    /// The place of the class before the rules; without points the smallest number stands for them
    pub(crate) fn class(&self, points: i32, truths: &Truths) -> u8 {
        // INVARIANT: the last class takes the rest, so there is a place; a policy has at most 16.
        let first = |found, ([when, from], place): (&[i64; 2], u8)| {
            if (found == u8::MAX) & truths.is(*when) & (i64::from(points) >= *from) { place } else { found }
        };
        self.list(head::CLASSES).iter().zip(0..).fold(u8::MAX, first)
    }

    /// The class after the rules that cap it
    pub(crate) fn capped(&self, class: u8, truths: &Truths) -> u8 {
        let at_best = |[when, class]: &[i64; 2]| if truths.is(*when) { u8::try_from(*class).unwrap_or(u8::MAX) } else { 0 };
        self.list(head::CAPS).iter().map(at_best).fold(class, u8::max)
    }

    /// The rules that hold and withhold something, one bit each
    pub(crate) fn withholding(&self, truths: &Truths) -> u64 {
        self.rules().iter().rev().fold(0, |bits, [when, _]| bits << 1 | u64::from(truths.bit(number(*when))))
    }

    /// Answer and reason of every rule
    pub(crate) fn rules(&self) -> &[[i64; 2]] {
        self.list(head::RULES)
    }

    /// The first limit that holds; nothing may be had where none does
    pub(crate) fn limit(&self, limits: i64, truths: &Truths) -> i64 {
        if limits == 0 { NO_LIMIT } else { self.first(limits, truths, 0) }
    }

    /// The ranks of the methods, less one, four bits each
    pub(crate) fn ranks(&self, truths: &Truths) -> u64 {
        self.first(self.word(head::ORDERS), truths, 0).cast_unsigned()
    }
}
