//! One run: policies, what is assumed, orders in pieces, and a report.

use crate::said::error;
use serde::{Deserialize, Serialize};
use std::mem::take;
use tresen_core::date::Date;
use tresen_core::diag::Severity;
use tresen_core::policy::{Policy, PolicyBytesError};
use tresen_wire::backtest::{Assumption, BacktestError, Differ, Looker as _, Pair, Tester, Tried};
use tresen_wire::http::{DiagnosticBody, ErrorDetail};
use tresen_wire::json::Malformed;
use tresen_wire::lines::{Line, Splitter};
use tresen_wire::policy::examine;

/// What is said of orders and customers beside the policies
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// The day of orders that name none
    today: String,
    /// Customers take this method with credit risk and no other
    assume: Option<String>,
    /// Customers tell what a method still wants to know
    #[serde(default)]
    complete: bool,
    /// So many examples are kept
    #[serde(default)]
    examples: usize,
}

/// One run
///
/// What counts refers to the policies, which are therefore never given back: they go with the instance of the module.
#[derive(Debug)]
pub(crate) struct Run {
    policies: Vec<Policy>,
    splitter: Splitter,
    counting: Option<Counting>,
    lines: u64,
}

#[derive(Debug)]
enum Counting {
    Test(Box<Tester<'static>>),
    Diff(Box<Differ<'static>>),
}

impl Run {
    pub(crate) const fn new() -> Self {
        Self { policies: Vec::new(), splitter: Splitter::new(), counting: None, lines: 0 }
    }

    /// Takes a policy, compiled or as the merchant wrote it; of two the old one comes first
    pub(crate) fn policy(&mut self, bytes: &[u8], is_compiled: bool) -> Result<(), ErrorDetail> {
        let policy = if is_compiled { Policy::from_bytes(bytes).map_err(not_compiled)? } else { written(bytes)? };
        self.policies.push(policy);
        Ok(())
    }

    /// Begins to try the policies: one alone, or two against each other
    pub(crate) fn begin(&mut self, options: &[u8]) -> Result<(), ErrorDetail> {
        let options: Options = serde_json::from_slice(options).map_err(|problem| {
            error("options.malformed", format!("the options cannot be read: {problem}"), "give those that the types of the package name")
        })?;
        let today = Date::parse(&options.today)
            .ok_or_else(|| error("fact.date_malformed", format!("`{}` is not a date", options.today), "write `today` as `2026-11-21`"))?;
        let Options { assume, complete, examples, .. } = options;
        let mut policies = take(&mut self.policies).into_iter();
        self.counting = match (policies.next(), policies.next()) {
            (Some(old), Some(new)) => {
                let pair = Pair::new(old, new).map_err(obstacle)?;
                let assumption = Assumption::among(assume, complete, &pair.policies()).map_err(obstacle)?;
                Some(Counting::Diff(Box::new(Differ::new(kept(pair), kept(assumption), today, examples))))
            }
            (Some(policy), None) => {
                let tried = Tried::new(policy);
                let assumption = Assumption::among(assume, complete, &[&tried.policy]).map_err(obstacle)?;
                Some(Counting::Test(Box::new(Tester::new(kept(tried), kept(assumption), today))))
            }
            (None, _) => return Err(not_begun()),
        };
        Ok(())
    }

    /// Takes all lines that end in a piece; answers how many there were so far, empty ones not counted
    pub(crate) fn take(&mut self, mut piece: &[u8]) -> u64 {
        if let Some(counting) = &mut self.counting {
            while let Some(line) = self.splitter.next(&mut piece) {
                self.lines = self.lines.saturating_add(1);
                counting.take(line);
            }
        }
        self.lines
    }

    /// Takes the last line, and reports how many there were and what came of them
    pub(crate) fn end(&mut self) -> Result<String, ErrorDetail> {
        let mut counting = self.counting.take().ok_or_else(not_begun)?;
        if let Some(line) = self.splitter.end() {
            self.lines = self.lines.saturating_add(1);
            counting.take(line);
        }
        match counting {
            Counting::Test(tester) => json(self.lines, tester.report().map_err(obstacle)?),
            Counting::Diff(differ) => json(self.lines, differ.report().map_err(obstacle)?),
        }
    }
}

impl Counting {
    fn take(&mut self, line: Line<'_>) {
        match self {
            Self::Test(tester) => tester.take(line),
            Self::Diff(differ) => differ.take(line),
        }
    }
}

/// What came of a run
#[derive(Debug, Serialize)]
struct Done<R> {
    lines: u64,
    report: R,
}

fn json(lines: u64, report: impl Serialize) -> Result<String, ErrorDetail> {
    serde_json::to_string(&Done { lines, report })
        .map_err(|problem| error("report.unwritable", format!("the report cannot be written: {problem}"), "tell us which orders it was of"))
}

/// For as long as the instance lives
fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// A policy as the merchant wrote it
///
/// As in the command, what has problems can be tried all the same if its decisions are defined.
fn written(json: &[u8]) -> Result<Policy, ErrorDetail> {
    let examined = examine(json).map_err(not_json)?;
    let Some((policy, ..)) = examined.built else {
        let diagnostics: Vec<DiagnosticBody> = examined.diagnostics.iter().map(DiagnosticBody::from).collect();
        let count = examined.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let message = format!("the policy has {count} problem{}", if count == 1 { "" } else { "s" });
        return Err(ErrorDetail { diagnostics, ..error("policy.invalid", message, "mend what `diagnostics` name") });
    };
    Ok(policy)
}

fn not_json(problem: Malformed) -> ErrorDetail {
    let (line, column) = (problem.line, problem.column);
    let message = format!("the policy cannot be read as JSON: {} (line {line}, column {column})", problem.message);
    error(problem.code, message, problem.help())
}

fn not_compiled(problem: PolicyBytesError) -> ErrorDetail {
    error(problem.code(), problem.to_string(), problem.help())
}

fn not_begun() -> ErrorDetail {
    error("policy.missing", "there is no policy to try".into(), "hand in one or two of them first")
}

fn obstacle(problem: BacktestError) -> ErrorDetail {
    error(problem.code(), problem.to_string(), problem.help())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const OLD: &str = include_str!("../../tests/corpus/backtest/old.json");
    const NEW: &str = include_str!("../../tests/corpus/backtest/new.json");
    const ORDERS: &str = include_str!("../../tests/corpus/backtest/orders.jsonl");
    const OPTIONS: &[u8] = br#"{"today": "2026-03-10"}"#;

    fn begun(policies: &[&str]) -> Run {
        let mut run = Run::new();
        for policy in policies {
            run.policy(policy.as_bytes(), false).unwrap();
        }
        run.begin(OPTIONS).unwrap();
        run
    }

    /// What is reported if the orders come in pieces of that many bytes
    fn done(mut run: Run, size: usize) -> Value {
        for piece in ORDERS.as_bytes().chunks(size) {
            run.take(piece);
        }
        serde_json::from_str(&run.end().unwrap()).unwrap()
    }

    #[test]
    fn a_run_reports_what_the_command_reports_however_the_orders_are_cut() {
        let lines = || (1..).zip(ORDERS.lines()).filter(|(_, line)| !line.is_empty());
        let today = Date::parse("2026-03-10").unwrap();
        let assumption = Assumption::default();
        let tried = Tried::new(written(OLD.as_bytes()).unwrap());
        let mut tester = Tester::new(&tried, &assumption, today);
        lines().for_each(|(number, line)| tester.look(number, line.as_bytes()));
        let pair = Pair::new(written(OLD.as_bytes()).unwrap(), written(NEW.as_bytes()).unwrap()).unwrap();
        let mut differ = Differ::new(&pair, &assumption, today, 0);
        lines().for_each(|(number, line)| differ.look(number, line.as_bytes()));
        let (trial, difference) = (tester.report().unwrap(), differ.report().unwrap());
        assert!(trial.orders > 5 && trial.refused.lines > 1 && difference.changed.orders > 1);
        for size in [1, 7, ORDERS.len()] {
            let (test, diff) = (done(begun(&[OLD]), size), done(begun(&[OLD, NEW]), size));
            assert_eq!(test["report"], serde_json::to_value(&trial).unwrap());
            assert_eq!(diff["report"], serde_json::to_value(&difference).unwrap());
            assert_eq!(test["lines"], trial.orders + trial.refused.lines);
        }
    }

    #[test]
    fn a_compiled_policy_is_the_one_it_was_compiled_from() {
        let mut run = Run::new();
        run.policy(&written(OLD.as_bytes()).unwrap().to_bytes(), true).unwrap();
        run.begin(OPTIONS).unwrap();
        assert_eq!(done(run, ORDERS.len()), done(begun(&[OLD]), ORDERS.len()));
    }

    #[test]
    fn what_stands_in_the_way_is_told_by_its_code() {
        let code = |done: Result<(), ErrorDetail>| done.unwrap_err().code;
        let begin = |policies: &[&str], options: &str| {
            let mut run = Run::new();
            policies.iter().for_each(|policy| run.policy(policy.as_bytes(), false).unwrap());
            code(run.begin(options.as_bytes()))
        };
        let yen = include_str!("../../tests/corpus/backtest/classless.json").replace("\"EUR\"", "\"JPY\"");
        assert_eq!(code(Run::new().policy(b"TRES", true)), "policy.bytes.not_a_policy");
        assert_eq!(code(Run::new().policy(b"{", false)), "json.malformed");
        assert_eq!(begin(&[], r#"{"today": "2026-03-10"}"#), "policy.missing");
        assert_eq!(begin(&[OLD], "{}"), "options.malformed");
        assert_eq!(begin(&[OLD], r#"{"today": "2026-03-10", "asume": "invoice"}"#), "options.malformed");
        assert_eq!(begin(&[OLD], r#"{"today": "2026-02-30"}"#), "fact.date_malformed");
        assert_eq!(begin(&[OLD], r#"{"today": "2026-03-10", "assume": "cash"}"#), "assume.unknown");
        assert_eq!(begin(&[OLD, &yen], r#"{"today": "2026-03-10"}"#), "policy.currencies_differ");
        let problems = Run::new().policy(b"{}", false).unwrap_err();
        assert!(problems.code == "policy.invalid" && problems.diagnostics.len() > 1, "{problems:?}");
        assert_eq!((Run::new().take(b"{}\n"), Run::new().end().unwrap_err().code), (0, "policy.missing".to_owned()));
    }
}
