//! From nodes that nest to steps that lead on.

use crate::facts::FactIndex;
use crate::policy::DEPTH_MAX;
use crate::policy::words::node;
use alloc::vec::Vec;

/// Where a condition ends that does not hold
const FALSE: u16 = u16::MAX - 1;
/// Where a condition ends that holds
pub(super) const TRUE: u16 = u16::MAX;

/// One node as a step: a question, and where to go on with either answer
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// What is asked, see [`node`]
    pub(crate) operation: u8,
    /// The outcomes that count as true, one bit each
    pub(super) outcomes: u8,
    /// The fact that it is asked of
    pub(crate) fact: FactIndex,
    /// The second fact
    pub(crate) other: FactIndex,
    /// The step that follows if it is true
    pub(super) yes: u16,
    /// The step that follows if it is not
    pub(super) no: u16,
    /// The value, or the place of the values
    pub(crate) value: i64,
}

/// The steps for a list of nodes: a row of whole conditions, one behind the other
pub(super) fn steps(nodes: &[[i64; 2]]) -> Option<Vec<Step>> {
    let end = u16::try_from(nodes.len()).ok().filter(|end| *end < FALSE)?;
    let mut linker = Linker(Vec::with_capacity(nodes.len()));
    for [what, value] in nodes {
        let [low, fact, other, ..] = what.to_le_bytes();
        let step = Step {
            operation: low & 15,
            outcomes: low >> node::OUTCOMES & 7,
            fact: FactIndex(fact & 127),
            other: FactIndex(other & 127),
            yes: FALSE,
            no: FALSE,
            value: *value,
        };
        linker.0.push(step);
    }
    let mut place = 0;
    while place < end {
        place = linker.link(place, end, false, TRUE, FALSE, DEPTH_MAX)?;
    }
    Some(linker.0)
}

struct Linker(Vec<Step>);

impl Linker {
    /// Links a node and its parts, all before `end`; answers the place behind them
    fn link(&mut self, place: u16, end: u16, negated: bool, yes: u16, no: u16, depth: u8) -> Option<u16> {
        let next = place.checked_add(1)?;
        let behind = self.behind(place)?;
        let step = self.0.get_mut(usize::from(place)).filter(|_| behind <= end)?;
        let operation = i64::from(step.operation);
        match operation {
            node::ALL | node::ANY => {
                // The opposite of all is any opposite.
                let all = (operation == node::ALL) != negated;
                step.lead(if next < behind {
                    next
                } else if all {
                    yes
                } else {
                    no
                });
                let (mut part, depth) = (next, depth.checked_sub(1)?);
                while part < behind {
                    let after = self.behind(part)?;
                    let (then, otherwise) = if after >= behind {
                        (yes, no)
                    } else if all {
                        (after, no)
                    } else {
                        (yes, after)
                    };
                    part = self.link(part, behind, negated, then, otherwise, depth)?;
                }
            }
            node::NOT => {
                step.lead(next);
                self.link(next, behind, !negated, yes, no, depth.checked_sub(1)?)?;
            }
            _ => {
                step.yes = yes;
                step.no = no;
                if negated {
                    step.outcomes ^= 7;
                }
            }
        }
        Some(behind)
    }

    /// The place behind a node and its parts
    fn behind(&self, place: u16) -> Option<u16> {
        let mut place = place;
        loop {
            let step = self.0.get(usize::from(place))?;
            place = place.checked_add(1)?;
            match i64::from(step.operation) {
                // Numbers count from 1.
                node::ALL | node::ANY => return u16::try_from(step.value.checked_sub(1)?).ok().filter(|end| *end >= place),
                node::NOT => {}
                _ => return Some(place),
            }
        }
    }
}

impl Step {
    /// Asks nothing and leads to another step
    fn lead(&mut self, to: u16) {
        self.operation = 0;
        self.yes = to;
        self.no = to;
    }
}
