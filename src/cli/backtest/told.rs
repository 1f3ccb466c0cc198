//! Counts, shares and amounts as people write them, and lines that were no orders.

use std::fmt::Write as _;
use std::path::Path;
use tresen_core::money::{Currency, NumberStyle, push_fraction};
use tresen_wire::backtest::{Observed, Refused};
use tresen_wire::json::printable;
use tresen_wire::money::Money;

/// `1,234`
pub(super) fn number(value: u64) -> String {
    decimal(i64::try_from(value).unwrap_or(i64::MAX), 0)
}

/// `18,400.00 EUR`
pub(crate) fn amount(amount: &Money) -> String {
    let digits = Currency::parse(&amount.currency).map_or(0, Currency::digits);
    format!("{} {}", decimal(amount.minor, digits), amount.currency)
}

/// Parts per million as `12.34 %`, half up
pub(super) fn percent(ppm: u64) -> String {
    let hundredths = ppm.saturating_add(50).div_euclid(100);
    format!("{} %", decimal(i64::try_from(hundredths).unwrap_or(i64::MAX), 2))
}

fn decimal(value: i64, digits: u8) -> String {
    let mut text = String::new();
    push_fraction(&mut text, value, digits, NumberStyle::English);
    text
}

/// `1 order`, `1,234 orders`
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", number(count), if count == 1 { "" } else { "s" })
}

/// How orders on credit were paid, in one line
pub(super) fn observed(observed: &Observed) -> String {
    let Observed { orders, on_time, late, unpaid, unpaid_ppm, lost } = observed;
    let [on_time, late, unpaid] = [on_time, late, unpaid].map(|count| number(*count));
    let (known, share) = (counted(*orders, "outcome"), percent(*unpaid_ppm));
    format!("{known}: {on_time} on time, {late} late, {unpaid} unpaid ({share}), {} lost", amount(lost))
}

/// What is wrong with lines that were no orders; nothing if there are none
pub(super) fn refused(path: &Path, refused: &Refused) -> String {
    let mut text = String::new();
    let name = path.display();
    for line in &refused.told {
        for found in &line.diagnostics {
            let at = if found.at.is_empty() { "the whole line".to_owned() } else { printable(found.at.clone()) };
            let _ =
                writeln!(text, "{name}:{}: {}\n  help   {}\n  code   {}     at   {at}\n", line.line, found.message, found.help, found.code);
        }
    }
    if refused.lines > 0 {
        let codes: Vec<String> = refused.codes.iter().map(|(code, lines)| format!("{code} {}", number(*lines))).collect();
        let _ = writeln!(text, "{name}: {} refused ({})\n", counted(refused.lines, "line"), codes.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_as_people_write_them() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(amount(&Money::new(1_840_000, "EUR")), "18,400.00 EUR");
        assert_eq!(amount(&Money::new(1_840, "JPY")), "1,840 JPY");
        assert_eq!(amount(&Money::new(-5, "EUR")), "−0.05 EUR");
        assert_eq!([percent(123_449), percent(123_450), percent(0), percent(1_000_000)], ["12.34 %", "12.35 %", "0.00 %", "100.00 %"]);
        assert_eq!([counted(1, "order"), counted(2_000, "order")], ["1 order", "2,000 orders"]);
    }
}
