//! What is owed, line by line.

use super::blocks::{Row, RowKind};
use super::values::{Values, Writer, of_claim, of_part};
use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::collect::message::{Claim, Occasion, Particulars, Received, ReceivedKind};
use tresen_core::money::Money;

/// The lines about all claims, what they come to, and what of it is asked for now
pub(super) fn rows(writer: &Writer<'_>, particulars: &Particulars) -> Vec<Row> {
    let several = particulars.claims.len() > 1;
    let mut rows: Vec<Row> = particulars.claims.iter().flat_map(|claim| of_one(writer, claim, several)).collect();
    let mut total = |key: &str, values: &Values, amount: Money| {
        rows.push(Row { label: words(writer, key, values), amount: Some(writer.amount(amount)), kind: RowKind::Total });
    };
    match &particulars.occasion {
        Occasion::Rate { number, of, amount, .. } => {
            total("total.rest", &Values::new(), particulars.total);
            let values = alloc::vec![("number", alloc::format!("{number}")), ("of", alloc::format!("{of}"))];
            total("rate.now", &values, *amount);
        }
        Occasion::Promise { .. } | Occasion::Deferral { .. } | Occasion::Dispute { .. } | Occasion::Plan { .. } => {
            total("total.rest", &Values::new(), particulars.total);
        }
        Occasion::Note
        | Occasion::Reminder { .. }
        | Occasion::Crossed { .. }
        | Occasion::Thanks { .. }
        | Occasion::PromiseMissed { .. } => {
            total("total", &Values::new(), particulars.total);
        }
    }
    rows
}

/// The lines of a plan
pub(super) fn rates(writer: &Writer<'_>, particulars: &Particulars) -> Vec<Row> {
    let Occasion::Plan { rates } = &particulars.occasion else { return Vec::new() };
    let line = |(number, (on, amount)): (usize, &(_, Money))| {
        let values = alloc::vec![("number", alloc::format!("{}", number.saturating_add(1))), ("on_day", writer.weekday(*on))];
        Row { label: words(writer, "rate.line", &values), amount: Some(writer.amount(*amount)), kind: RowKind::Part }
    };
    let mut rows: Vec<Row> = rates.iter().enumerate().map(line).collect();
    let all =
        Row { label: words(writer, "rate.total", &Values::new()), amount: Some(writer.amount(particulars.total)), kind: RowKind::Total };
    rows.push(all);
    rows
}

fn of_one(writer: &Writer<'_>, claim: &Claim, several: bool) -> Vec<Row> {
    let values = of_claim(writer, claim);
    let heading = |key: &str| Row { label: words(writer, key, &values), amount: None, kind: RowKind::Heading };
    let part = |label: String, amount: Money| Row { label, amount: Some(writer.amount(amount)), kind: RowKind::Part };
    let mut rows = alloc::vec![heading("claim"), heading(if claim.goods.is_some() { "claim.goods" } else { "claim.order" })];
    rows.extend(claim.parts.iter().map(|one| {
        let (key, values) = of_part(writer, one.kind);
        part(words(writer, key, &values), one.amount)
    }));
    // That nothing was added is worth a line: it is what people look for.
    if let Ok(nothing) = Money::from_minor(0, claim.open.currency())
        && !claim.parts.iter().any(|part| part.kind.is_extra())
    {
        rows.push(part(words(writer, "extra.none", &Values::new()), nothing));
    }
    rows.extend(claim.received.iter().filter_map(|received| {
        let Received { kind, on, amount } = received;
        let key = match kind {
            ReceivedKind::Payment => "received.payment",
            ReceivedKind::Credit => "received.credit",
        };
        let less = Money::from_minor(amount.minor().saturating_neg(), amount.currency()).ok()?;
        Some(part(words(writer, key, &alloc::vec![("on_day", writer.day(*on))]), less))
    }));
    // One claim alone is what is said below anyway.
    if several {
        rows.push(part(words(writer, "claim.open", &Values::new()), claim.open));
    }
    rows
}

fn words(writer: &Writer<'_>, key: &str, values: &Values) -> String {
    let blanks: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    writer.words(key, &blanks)
}
