//! Lines that were no orders.

use super::{add, count};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tresen_core::diag::Diagnostic;

/// So many lines are told in full
const TOLD_MAX: usize = 20;

/// Lines that were no orders
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// How many
    pub lines: u64,
    /// On how many lines each code was found
    pub codes: BTreeMap<&'static str, u64>,
    /// The first of them in full
    pub told: Vec<RefusedLine>,
}

/// A line that was no order
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedLine {
    /// Its number, from 1
    pub line: u64,
    /// Everything that is wrong with it
    pub diagnostics: Vec<RefusedBecause>,
}

/// One thing that is wrong with a line
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedBecause {
    /// The code
    pub code: &'static str,
    /// What is wrong
    pub message: String,
    /// What to do
    pub help: String,
    /// Where: a JSON pointer into the line
    pub at: String,
}

/// Counts lines that were no orders
#[derive(Debug, Clone, Default)]
pub struct RefusedTally {
    lines: u64,
    codes: BTreeMap<&'static str, u64>,
    told: BTreeMap<u64, Vec<Diagnostic>>,
}

impl RefusedTally {
    /// One line more
    pub fn add(&mut self, line: u64, diagnostics: Vec<Diagnostic>) {
        count(&mut self.lines);
        let codes: BTreeSet<&'static str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        for code in codes {
            count(self.codes.entry(code).or_default());
        }
        self.tell(line, diagnostics);
    }

    /// Keeps a line to be told, if it is among the first
    fn tell(&mut self, line: u64, diagnostics: Vec<Diagnostic>) {
        self.told.insert(line, diagnostics);
        if self.told.len() > TOLD_MAX {
            self.told.pop_last();
        }
    }

    /// These and those
    pub fn merge(&mut self, other: Self) {
        add(&mut self.lines, other.lines);
        for (code, lines) in other.codes {
            add(self.codes.entry(code).or_default(), lines);
        }
        for (line, diagnostics) in other.told {
            self.tell(line, diagnostics);
        }
    }

    /// The report on them
    #[must_use]
    pub fn report(self) -> Refused {
        let because =
            |found: Diagnostic| RefusedBecause { code: found.code, message: found.message, help: found.help.into_owned(), at: found.at };
        let told = self.told.into_iter();
        let told = told.map(|(line, found)| RefusedLine { line, diagnostics: found.into_iter().map(because).collect() });
        Refused { lines: self.lines, codes: self.codes, told: told.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lines_are_told_and_all_are_counted_whoever_read_them() {
        let mistake = |code| Diagnostic::error(code, "", "", "");
        let (mut one, mut other) = (RefusedTally::default(), RefusedTally::default());
        for line in (1..=60).rev() {
            let tally = if line % 3 == 0 { &mut one } else { &mut other };
            tally.add(line, vec![mistake("fact.range"), mistake("fact.range"), mistake("order.type")]);
        }
        one.merge(other);
        let report = one.report();
        assert_eq!(report.lines, 60);
        assert_eq!(report.codes, BTreeMap::from([("fact.range", 60), ("order.type", 60)]));
        assert_eq!(report.told.iter().map(|told| told.line).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
    }
}
