//! What another policy would have done instead, for people.

use super::table::Table;
use super::told::{amount, counted, number, percent};
use std::fmt::Write as _;
use std::path::Path;
use tresen_wire::backtest::{ClassChange, Comparison, Example, ExampleReason, Exposure, MethodChange, ReasonChange, StateCounts};

/// So many reasons are shown
const REASONS: usize = 10;

pub(super) fn text(report: &Comparison, old: &Path, new: &Path) -> String {
    let mut text = format!("{} to {}: {} decided\n\n", old.display(), new.display(), counted(report.orders, "order"));
    text.push_str(&summary(report));
    let classes = classes(report.classes.as_ref());
    for table in
        [methods(&report.methods), classes, reasons(&report.reasons), examples(&report.examples)].iter().filter(|table| table.has_rows())
    {
        text.push('\n');
        text.push_str(&table.text());
    }
    text
}

fn summary(report: &Comparison) -> String {
    let (old, new) = (&report.on_credit.all.old, &report.on_credit.all.new);
    let mut text = String::new();
    let _ = writeln!(text, "changed        {}, {}", counted(report.changed.orders, "order"), percent(report.changed.share_ppm));
    let _ = writeln!(text, "more credit    {}", exposure(&report.on_credit.gained, "more"));
    let _ = writeln!(text, "less credit    {}", exposure(&report.on_credit.lost, "less"));
    let orders = counted(new.share.orders, "order");
    let _ = writeln!(text, "on credit      {} → {orders}, {} → {}", number(old.share.orders), amount(&old.amount), amount(&new.amount));
    let loss = |loss: &Option<_>| loss.as_ref().map_or("not known".to_owned(), amount);
    let _ = writeln!(text, "expected loss  {} → {}", loss(&old.expected_loss), loss(&new.expected_loss));
    if let Some(classes) = &report.classes {
        let _ = writeln!(text, "other class    {}, {}", counted(classes.moved.orders, "order"), percent(classes.moved.share_ppm));
    }
    text
}

/// `312 orders, 18,400.00 EUR more exposure, 4 of them later unpaid (…)`
fn exposure(exposure: &Exposure, direction: &str) -> String {
    let mut text = format!("{}, {} {direction} exposure", counted(exposure.orders, "order"), amount(&exposure.amount));
    if let Some(found) = &exposure.observed {
        let (unpaid, known) = (number(found.unpaid), counted(found.orders, "outcome"));
        let _ = write!(text, ", {unpaid} of them later unpaid ({known} known, {} lost)", amount(&found.lost));
    }
    text
}

fn methods(methods: &[MethodChange]) -> Table {
    let mut table = Table::new(&[0], ["method", "offered", "then", "incomplete", "then", "more", "fewer"]);
    for method in methods {
        let side =
            |states: Option<StateCounts>, count: fn(StateCounts) -> u64| states.map_or("–".to_owned(), |states| number(count(states)));
        let (old, new) = (method.states.old, method.states.new);
        let (offered, incomplete) = (|states: StateCounts| states.offered, |states: StateCounts| states.incomplete);
        let (more, fewer) = (format!("+{}", number(method.gained)), format!("−{}", number(method.lost)));
        let id = method.id.clone();
        table.row([id, side(old, offered), side(new, offered), side(old, incomplete), side(new, incomplete), more, fewer]);
    }
    table
}

/// From each class to each, if any order moves
fn classes(classes: Option<&ClassChange>) -> Table {
    let mut table = Table::new(&[0, 1], ["class", "then", "orders", "on credit", "then", "exposure", "then"]);
    for moved in classes.filter(|classes| classes.moved.orders > 0).map_or(&[][..], |classes| &classes.moves) {
        let id = |id: &Option<String>| id.clone().unwrap_or("–".to_owned());
        let (old, new) = (&moved.on_credit.old, &moved.on_credit.new);
        let (from, to) = (id(&moved.class.old), id(&moved.class.new));
        let orders = number(moved.share.orders);
        table.row([from, to, orders, number(old.orders), number(new.orders), amount(&old.amount), amount(&new.amount)]);
    }
    table
}

fn reasons(reasons: &[ReasonChange]) -> Table {
    let mut table = Table::new(&[0, 1, 2], ["withheld", "reason", "rule", "came", "went"]);
    for reason in reasons.iter().take(REASONS) {
        let rule = reason.rule.clone().unwrap_or_default();
        table.row([reason.method.clone(), reason.code.to_owned(), rule, number(reason.came), number(reason.went)]);
    }
    table
}

fn examples(examples: &[Example]) -> Table {
    let mut table = Table::new(&[2, 3, 4, 5], ["line", "total", "class", "methods", "reasons", "paid"]);
    for example in examples {
        let total = example.total.as_ref().map_or("–".to_owned(), amount);
        let class = match (&example.class.old, &example.class.new) {
            (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
            (_, Some(class)) | (Some(class), None) => class.clone(),
            (None, None) => "–".to_owned(),
        };
        let gained = example.gained.iter().map(|method| format!("+{method}"));
        let methods: Vec<String> = gained.chain(example.lost.iter().map(|method| format!("−{method}"))).collect();
        let reasons: Vec<String> = example.reasons.iter().map(reason).collect();
        let paid = example.paid.unwrap_or("–").to_owned();
        table.row([number(example.line), total, class, methods.join(" "), reasons.join(", "), paid]);
    }
    table
}

fn reason(reason: &ExampleReason) -> String {
    let sign = if reason.came { '+' } else { '−' };
    let rule = reason.rule.as_ref().map_or(String::new(), |rule| format!(" ({rule})"));
    format!("{sign}{}{rule}", reason.code)
}
