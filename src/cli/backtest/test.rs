//! `tresen policy test`: what a policy would have done.

use super::{Orders, out_of_range, trial_text, tried};
use crate::failure::Failure;
use crate::lines::Looker;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::Facts;
use tresen_core::offer::{Answer, decide_into};
use tresen_core::program::Program;
use tresen_wire::backtest::{RefusedTally, Trial};
use tresen_wire::order::Reader;

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// The policy, as JSON or compiled
    policy: PathBuf,
    #[command(flatten)]
    orders: Orders,
}

pub(crate) fn test(arguments: &Test) -> Result<ExitCode, Failure> {
    let (policy, name) = tried(&arguments.policy)?;
    let assumption = arguments.orders.assumption(&[&policy])?;
    let (program, today) = (policy.program(), arguments.orders.today()?);
    let tester = arguments.orders.lines()?.all(|| Tester {
        reader: Reader::new(&policy, today, &[]),
        program: &program,
        facts: Facts::new(),
        answer: Answer::default(),
        trial: Trial::new(&policy, &assumption),
        refused: RefusedTally::default(),
    })?;
    let report = tester.trial.report(&name, tester.refused.report()).map_err(out_of_range)?;
    arguments.orders.tell(&report, &report.refused, || trial_text::text(&report, &arguments.policy))
}

/// Tries a policy on lines
struct Tester<'p> {
    reader: Reader<'p>,
    program: &'p Program,
    facts: Facts,
    answer: Answer,
    trial: Trial<'p>,
    refused: RefusedTally,
}

impl Looker for Tester<'_> {
    fn look(&mut self, number: u64, line: &[u8]) {
        match self.reader.read(line, &mut self.facts) {
            Ok(order) => {
                decide_into(self.program, &mut self.facts, order.today, &mut self.answer);
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
