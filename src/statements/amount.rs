//! Amounts as banks write them.

use crate::shown::shown;
use tresen_core::diag::Diagnostic;
use tresen_core::money;
use tresen_wire::money::Money;

const HELP: &str = "write it as the bank does, such as `1.234,56` or `1234.56`, in the digits of its currency";

/// Reads an amount that is written with a point: `1234.5`
pub fn plain(text: &str, currency: &str, at: &str) -> Result<Money, Diagnostic> {
    let (text, currency) = (text.trim(), currency.trim());
    let wrong = |why: &dyn std::fmt::Display| {
        let text = shown(&format!("{text} {currency}"));
        Diagnostic::error("statement.amount", at, format!("{text} is no amount: {why}"), HELP)
    };
    let text = text.strip_prefix('+').unwrap_or(text);
    let found = money::Money::parse(&format!("{text} {currency}")).map_err(|why| wrong(&why))?;
    Ok(Money::new(found.minor(), currency))
}

/// Reads an amount as it stands in a file for people: `-1.234,56`, `1,234.56`, `1234,5`
///
/// The last point or comma is the decimal mark if one or two digits follow it; in front of three digits it may be either, and only a mark of
/// the other kind before it says which. `1.234` alone is refused: ten times or a thousand times too much is worse than a question.
pub fn grouped(text: &str, currency: &str, at: &str) -> Result<Money, Diagnostic> {
    let bare: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{2019}' && *letter != '\'').collect();
    let last = bare.rfind(['.', ',']);
    let Some(place) = last else { return plain(&bare, currency, at) };
    let (whole, fraction) = (bare.get(..place).unwrap_or(""), bare.get(place.saturating_add(1)..).unwrap_or(""));
    let mark = bare.get(place..place.saturating_add(1)).unwrap_or("");
    let (same, other) = (whole.contains(mark), whole.contains(if mark == "." { "," } else { "." }));
    let unclear = || {
        let message = format!("{} may be read in two ways", shown(text));
        Diagnostic::error("statement.amount.unclear", at, message, "write it with two digits behind the decimal mark")
    };
    match (fraction.len(), same, other) {
        // 1.234.567: the mark groups
        (3, true, false) => plain(&bare.replace(mark, ""), currency, at),
        (3, false, false) => Err(unclear()),
        (_, true, _) => Err(unclear()),
        (_, false, _) => plain(&format!("{}.{fraction}", whole.replace(['.', ','], "")), currency, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, minor) in [
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("-12,50", -1_250),
            ("+12.5", 1_250),
            ("1 234,5", 123_450),
            ("1’234.50", 123_450),
            ("12", 1_200),
            ("1.234.567", 123_456_700),
            ("1.234.567,89", 123_456_789),
        ] {
            assert_eq!(grouped(text, "EUR", "line 2").unwrap().minor, minor, "{text}");
        }
    }

    #[test]
    fn what_may_be_two_amounts_is_neither() {
        for (text, code) in [
            ("1.234", "statement.amount.unclear"),
            ("1,234", "statement.amount.unclear"),
            ("1,2,3", "statement.amount.unclear"),
            ("", "statement.amount"),
            ("12,50 EUR", "statement.amount"),
            ("12,505", "statement.amount.unclear"),
            ("1.1,234", "statement.amount"),
            ("zwölf", "statement.amount"),
        ] {
            assert_eq!(grouped(text, "EUR", "line 2").unwrap_err().code, code, "{text}");
        }
        assert_eq!(grouped("12,50", "EURO", "line 2").unwrap_err().code, "statement.amount");
        assert_eq!(grouped("12,50", "JPY", "line 2").unwrap_err().code, "statement.amount");
    }
}
