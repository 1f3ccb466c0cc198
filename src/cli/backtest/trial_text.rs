//! What a policy would have done, for people.

use super::table::Table;
use super::told::{amount, counted, number, observed, percent};
use std::fmt::Write as _;
use std::path::Path;
use tresen_wire::backtest::{ClassReport, MethodReport, Observed, Share, TrialReport, ValueClassReport};
use tresen_wire::money::Money;

pub(super) fn text(report: &TrialReport, policy: &Path) -> String {
    let mut text = format!("{}: {} decided\n\n", policy.display(), counted(report.orders, "order"));
    text.push_str(&summary(report));
    let tables = [methods(&report.methods), reasons(&report.methods), classes(&report.classes), value_classes(&report.value_classes)];
    for table in tables.iter().filter(|table| table.has_rows()) {
        text.push('\n');
        text.push_str(&table.text());
    }
    text
}

fn summary(report: &TrialReport) -> String {
    let credit = &report.on_credit;
    let who = match &report.assumed_method {
        None => "as if everybody who may buy on credit did, with the first method in the order of display".to_owned(),
        Some(method) => format!("as if everybody who may buy with `{method}` did"),
    };
    let mut text = String::new();
    let _ = writeln!(text, "on credit      {}, {}, {}", share(credit.share), percent(credit.share.share_ppm), amount(&credit.amount));
    let _ = writeln!(text, "               {who}");
    if report.incomplete_on_credit.orders > 0 {
        let more = counted(report.incomplete_on_credit.orders, "order");
        let _ = writeln!(text, "               {more} more if the shopper tells what is missing, which `--complete` assumes");
    }
    let loss = credit.expected_loss.as_ref().map_or("not known: the policy has no classes".to_owned(), amount);
    let _ = writeln!(text, "expected loss  {loss}");
    if let Some(margin) = &credit.margin {
        let _ = writeln!(text, "margin         {} on {} that say so", amount(&margin.amount), counted(margin.orders, "order"));
    }
    let mut label = "observed";
    for (whose, found) in [("on credit ", &credit.observed), ("others    ", &report.not_on_credit.observed)] {
        if let Some(found) = found {
            let _ = writeln!(text, "{label:<14} {whose} {}", observed(found));
            label = "";
        }
    }
    if report.outcomes_not_on_credit > 0 {
        let why = "bought without credit risk, or with a method that is not known";
        let _ = writeln!(text, "{label:<14} {} not counted: {why}", counted(report.outcomes_not_on_credit, "outcome"));
    }
    text
}

fn share(share: Share) -> String {
    counted(share.orders, "order")
}

fn methods(methods: &[MethodReport]) -> Table {
    let mut table = Table::new(&[0], ["method", "offered", "", "incomplete", "", "withheld", ""]);
    for method in methods {
        let [offered, incomplete, withheld] = [method.offered, method.incomplete, method.withheld];
        let (orders, part) = (|share: Share| number(share.orders), |share: Share| percent(share.share_ppm));
        let id = method.id.clone();
        table.row([id, orders(offered), part(offered), orders(incomplete), part(incomplete), orders(withheld), part(withheld)]);
    }
    table
}

fn reasons(methods: &[MethodReport]) -> Table {
    let mut table = Table::new(&[0, 1, 2], ["withheld", "reason", "rule", "orders", ""]);
    for method in methods {
        for reason in &method.reasons {
            let rule = reason.rule.clone().unwrap_or_default();
            table.row([method.id.clone(), reason.code.to_owned(), rule, number(reason.share.orders), percent(reason.share.share_ppm)]);
        }
    }
    table
}

fn classes(classes: &[ClassReport]) -> Table {
    let head = ["class", "orders", "", "on credit", "amount", "expected loss", "assumed", "observed", "on time", "late", "unpaid"];
    let mut table = Table::new(&[0], head);
    let unknown = || "–".to_owned();
    for class in classes {
        let paid = |count: fn(&Observed) -> String| class.observed.as_ref().map_or_else(unknown, count);
        table.row([
            class.id.clone().unwrap_or_else(unknown),
            number(class.share.orders),
            percent(class.share.share_ppm),
            number(class.on_credit),
            amount(&class.amount),
            class.expected_loss.as_ref().map_or_else(unknown, |loss: &Money| amount(loss)),
            class.default_probability_ppm.map_or_else(unknown, |ppm| percent(ppm.into())),
            paid(|found| percent(found.unpaid_ppm)),
            paid(|found| number(found.on_time)),
            paid(|found| number(found.late)),
            paid(|found| number(found.unpaid)),
        ]);
    }
    table
}

fn value_classes(classes: &[ValueClassReport]) -> Table {
    let mut table = Table::new(&[0], ["value class", "orders", "", "on credit"]);
    for class in classes {
        table.row([class.id.clone(), number(class.share.orders), percent(class.share.share_ppm), number(class.on_credit)]);
    }
    table
}
