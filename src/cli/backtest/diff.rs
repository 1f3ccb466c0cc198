//! `tresen policy diff`: what another policy would have done instead.

use super::{Orders, difference_text, out_of_range, tried};
use crate::failure::{Failure, PROBLEMS};
use crate::lines::Looker;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use tresen_core::diag::Diagnostic;
use tresen_core::facts::Facts;
use tresen_core::offer::{Answer, decide_into};
use tresen_core::policy::Policy;
use tresen_core::program::Program;
use tresen_wire::backtest::{Decided, Difference, RefusedTally, Sides};
use tresen_wire::order::Reader;

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The policy as it is, as JSON or compiled
    old: PathBuf,
    /// The policy as it may become
    new: PathBuf,
    #[command(flatten)]
    orders: Orders,
    /// Show the first so many orders to which other methods are offered
    #[arg(long, value_name = "N", default_value_t = 0)]
    examples: u16,
}

pub(crate) fn diff(arguments: &Diff) -> Result<ExitCode, Failure> {
    let ((old, old_name), (new, new_name)) = (tried(&arguments.old)?, tried(&arguments.new)?);
    if old.currency != new.currency {
        let message = format!("the old policy is in {} and the new one in {}", old.currency.code(), new.currency.code());
        return Err(Failure::new(PROBLEMS, "policy.currencies_differ", message, "compare policies of one currency"));
    }
    let assumption = arguments.orders.assumption(&[&old, &new])?;
    let (programs, today) = (Sides { old: old.program(), new: new.program() }, arguments.orders.today()?);
    let only = Sides { old: only_in(&old, &new), new: only_in(&new, &old) };
    let same_reading = read_alike(&old, &new);
    let differ = arguments.orders.lines()?.all(|| Differ {
        readers: Sides { old: Reader::new(&old, today, &only.new), new: Reader::new(&new, today, &only.old) },
        same_reading,
        programs: &programs,
        facts: Sides::default(),
        answers: Sides::default(),
        difference: Difference::new(&old, &new, &assumption, arguments.examples.into()),
        refused: RefusedTally::default(),
    })?;
    let hashes = Sides { old: old_name, new: new_name };
    let report = differ.difference.report(hashes, differ.refused.report()).map_err(out_of_range)?;
    arguments.orders.tell(&report, &report.refused, || difference_text::text(&report, &arguments.old, &arguments.new))
}

/// The facts that `policy` declares and `other` does not
fn only_in(policy: &Policy, other: &Policy) -> Vec<String> {
    let names = policy.custom.iter().map(|fact| &fact.name);
    names.filter(|name| other.custom.iter().all(|fact| fact.name != **name)).cloned().collect()
}

/// Whether every line means the same to both policies, so that it need be read only once
fn read_alike(old: &Policy, new: &Policy) -> bool {
    let methods = |policy: &Policy| policy.methods.iter().map(|method| (method.id.clone(), method.kind)).collect::<Vec<_>>();
    old.texts == new.texts && old.custom == new.custom && methods(old) == methods(new)
}

/// Tries both policies on lines
struct Differ<'p> {
    readers: Sides<Reader<'p>>,
    same_reading: bool,
    programs: &'p Sides<Program>,
    facts: Sides<Facts>,
    answers: Sides<Answer>,
    difference: Difference<'p>,
    refused: RefusedTally,
}

impl Differ<'_> {
    fn decide(&mut self, line: u64, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
        let Self { readers, programs, facts, answers, .. } = self;
        let old = readers.old.read(bytes, &mut facts.old)?;
        decide_into(&programs.old, &mut facts.old, old.today, &mut answers.old);
        // Decided upon, facts hold derived ones too; those that a policy reads it writes itself.
        let (new, facts_new) =
            if self.same_reading { (old, &mut facts.old) } else { (readers.new.read(bytes, &mut facts.new)?, &mut facts.new) };
        decide_into(&programs.new, facts_new, new.today, &mut answers.new);
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
