//! What looks at the lines of a file of orders, one after the other.

use super::comparison::{Comparison, Sides};
use super::credit::Assumption;
use super::difference::{Decided, Difference};
use super::refused::RefusedTally;
use super::report::TrialReport;
use super::trial::Trial;
use super::tried::{BacktestError, Pair, Tried};
use crate::lines::{Line, too_long};
use crate::order::Reader;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::Facts;
use tresen_core::offer::{Answer, decide_into};

/// What looks at lines; several of them may look at different lines of one file, each at later and later ones
pub trait Looker {
    /// Looks at a line, or hears that it is too long to be looked at
    fn take(&mut self, line: Line<'_>) {
        match line.text {
            Some(text) => self.look(line.number, text),
            None => self.refuse(line.number, too_long()),
        }
    }
    /// Looks at a line
    fn look(&mut self, number: u64, line: &[u8]);
    /// Hears of a line that cannot be looked at
    fn refuse(&mut self, number: u64, diagnostics: Vec<Diagnostic>);
    /// Takes over what another has found
    fn merge(&mut self, other: Self);
}

/// Tries a policy on orders
#[derive(Debug)]
pub struct Tester<'p> {
    tried: &'p Tried,
    reader: Reader<'p>,
    facts: Facts,
    answer: Answer,
    trial: Trial<'p>,
    refused: RefusedTally,
}

impl<'p> Tester<'p> {
    /// Nothing looked at yet; orders without a day are of `today`
    #[must_use]
    pub fn new(tried: &'p Tried, assumption: &'p Assumption, today: Date) -> Self {
        Self {
            tried,
            reader: Reader::new(&tried.policy, today, &[]),
            facts: Facts::new(),
            answer: Answer::default(),
            trial: Trial::new(&tried.policy, assumption),
            refused: RefusedTally::default(),
        }
    }

    /// What came of it
    ///
    /// # Errors
    ///
    /// [`BacktestError::OutOfRange`].
    pub fn report(self) -> Result<TrialReport, BacktestError> {
        self.trial.report(&self.tried.name, self.refused.report()).map_err(BacktestError::OutOfRange)
    }
}

impl Looker for Tester<'_> {
    fn look(&mut self, number: u64, line: &[u8]) {
        match self.reader.read(line, &mut self.facts) {
            Ok(order) => {
                decide_into(&self.tried.program, &mut self.facts, order.today, &mut self.answer);
                self.trial.add(&order, &self.facts, &self.answer);
            }
            Err(diagnostics) => self.refused.add(number, diagnostics),
        }
    }

    fn refuse(&mut self, number: u64, diagnostics: Vec<Diagnostic>) {
        self.refused.add(number, diagnostics);
    }

    fn merge(&mut self, other: Self) {
        self.trial.merge(&other.trial);
        self.refused.merge(other.refused);
    }
}

/// Tries two policies on orders
#[derive(Debug)]
pub struct Differ<'p> {
    pair: &'p Pair,
    readers: Sides<Reader<'p>>,
    facts: Sides<Facts>,
    answers: Sides<Answer>,
    difference: Difference<'p>,
    refused: RefusedTally,
}

impl<'p> Differ<'p> {
    /// Nothing looked at yet; orders without a day are of `today`, and at most so many examples are kept
    #[must_use]
    pub fn new(pair: &'p Pair, assumption: &'p Assumption, today: Date, examples_max: usize) -> Self {
        let Sides { old, new } = &pair.tried;
        Self {
            pair,
            readers: Sides { old: Reader::new(&old.policy, today, &pair.only.new), new: Reader::new(&new.policy, today, &pair.only.old) },
            facts: Sides::default(),
            answers: Sides::default(),
            difference: Difference::new(&old.policy, &new.policy, assumption, examples_max),
            refused: RefusedTally::default(),
        }
    }

    /// What came of it
    ///
    /// # Errors
    ///
    /// [`BacktestError::OutOfRange`].
    pub fn report(self) -> Result<Comparison, BacktestError> {
        let names = self.pair.tried.map(|tried| tried.name.clone());
        self.difference.report(names, self.refused.report()).map_err(BacktestError::OutOfRange)
    }

    fn decide(&mut self, line: u64, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
        let Self { pair, readers, facts, answers, .. } = self;
        let old = readers.old.read(bytes, &mut facts.old)?;
        decide_into(&pair.tried.old.program, &mut facts.old, old.today, &mut answers.old);
        // Decided upon, facts hold derived ones too; those that a policy reads it writes itself.
        let (new, facts_new) =
            if pair.reads_alike { (old, &mut facts.old) } else { (readers.new.read(bytes, &mut facts.new)?, &mut facts.new) };
        decide_into(&pair.tried.new.program, facts_new, new.today, &mut answers.new);
        let answers = Sides { old: &answers.old, new: &answers.new };
        self.difference.add(&Decided { line, orders: Sides { old, new }, facts: &facts.old, answers });
        Ok(())
    }
}

impl Looker for Differ<'_> {
    fn look(&mut self, number: u64, line: &[u8]) {
        if let Err(diagnostics) = self.decide(number, line) {
            self.refused.add(number, diagnostics);
        }
    }

    fn refuse(&mut self, number: u64, diagnostics: Vec<Diagnostic>) {
        self.refused.add(number, diagnostics);
    }

    fn merge(&mut self, other: Self) {
        self.difference.merge(other.difference);
        self.refused.merge(other.refused);
    }
}
