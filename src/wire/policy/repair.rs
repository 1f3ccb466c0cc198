//! What a slightly wrong amount, date or rate was surely meant to be.
//!
//! **Invariant:** where two readings are possible there is none.

use tresen_core::date::Date;
use tresen_core::money::{Currency, Money};
use tresen_core::rate::Rate;

/// `1.000,00 €`, `EUR 300`, `12,50 EUR` as the amounts of the currency that they can only be
pub(super) fn amount(text: &str, currency: Currency) -> Option<String> {
    let code = currency.code();
    let word: String = text.chars().filter(|letter| letter.is_alphabetic()).collect();
    let sign = text.chars().find(|letter| !letter.is_alphanumeric() && !matches!(letter, '.' | ',' | ' ' | '\'' | '\u{a0}'));
    let is_euro = code == "EUR";
    let named = word.is_empty() || word.eq_ignore_ascii_case(code) || is_euro && word.eq_ignore_ascii_case("euro");
    if !named || sign.is_some_and(|sign| !(is_euro && sign == '€')) {
        return None;
    }
    let number: String = text.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',')).collect();
    let (whole, fraction) = match number.rfind(['.', ',']) {
        Some(place) if !parts_thousands(&number, place, currency) => (number.get(..place)?, number.get(place..)?.get(1..)?),
        Some(_) | None => (number.as_str(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let repaired = if fraction.is_empty() { format!("{whole} {code}") } else { format!("{whole}.{fraction} {code}") };
    Money::parse(&repaired).ok().map(|_| repaired)
}

/// Whether the last point or comma of a number parts thousands and not the fraction
fn parts_thousands(number: &str, last: usize, currency: Currency) -> bool {
    let behind = number.len().saturating_sub(last).saturating_sub(1);
    let separator = number.get(last..=last);
    let alike = number.get(..last).is_some_and(|before| separator.is_some_and(|separator| before.contains(separator)));
    behind == 3 && (alike || currency.digits() < 3)
}

/// `21.11.2026`, `2026/11/21` and `2026-11-21T10:00:00Z` as the days that they are
pub(super) fn date(text: &str) -> Option<Date> {
    if let Some(day) = text.get(..10).filter(|_| matches!(text.as_bytes().get(10), Some(b'T' | b' '))) {
        return Date::parse(day);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let german = text.contains('.') && last.len() == 4;
    let (year, day) = if german { (last, first) } else { (first, last) };
    Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// `1.5 %` and `1,5%` as the share that they are
pub(super) fn percentage(text: &str) -> Option<String> {
    let number = text.trim().strip_suffix('%')?.trim_end().replace(',', ".");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let is_number = !whole.is_empty() && whole.len() <= 3 && fraction.len() <= 4;
    if !is_number || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let ppm: u32 = format!("{whole}{fraction:0<4}").parse().ok()?;
    Rate::from_ppm(ppm)?;
    let digits = format!("{ppm:07}");
    let (one, rest) = digits.split_at_checked(1)?;
    let rest = rest.trim_end_matches('0');
    Some(if rest.is_empty() { one.to_owned() } else { format!("{one}.{rest}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_repaired_where_there_is_one_reading() {
        let euro = |text: &str| amount(text, Currency::parse("EUR").unwrap());
        for (text, repaired) in [
            ("12,50 EUR", "12.50 EUR"),
            ("12.50", "12.50 EUR"),
            ("12,50 €", "12.50 EUR"),
            ("EUR 300.00", "300.00 EUR"),
            ("300 Euro", "300 EUR"),
            ("1.000,00 EUR", "1000.00 EUR"),
            ("1,000.00 EUR", "1000.00 EUR"),
            ("1.000 EUR", "1000 EUR"),
            ("1.000.000 EUR", "1000000 EUR"),
            ("1 000,5 eur", "1000.5 EUR"),
        ] {
            assert_eq!(euro(text).as_deref(), Some(repaired), "{text}");
        }
        for text in ["-12,50 EUR", "12,50 CHF", "12.50 $", "12.5055 EUR", "EUR", "", "12 EUR 50 CHF"] {
            assert_eq!(euro(text), None, "{text}");
        }
        assert_eq!(amount("1.000 KWD", Currency::parse("KWD").unwrap()).as_deref(), Some("1.000 KWD"));
        assert_eq!(amount("1.000 JPY", Currency::parse("JPY").unwrap()).as_deref(), Some("1000 JPY"));
    }

    #[test]
    fn dates_are_repaired_where_there_is_one_reading() {
        for text in ["21.11.2026", "2026/11/21", "2026-11-21T10:00:00Z", "2026-11-21 10:00", "2026.11.21"] {
            assert_eq!(date(text), Date::parse("2026-11-21"), "{text}");
        }
        assert_eq!(date("1.1.2026"), Date::parse("2026-01-01"));
        for text in ["11/21/2026", "31.2.2026", "21.11.26", "2026", "", "today", "2026-11"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn percentages_become_shares() {
        for (text, share) in [("1.5 %", "0.015"), ("1,5%", "0.015"), ("100 %", "1"), ("0%", "0"), ("0.0001 %", "0.000001"), ("10 %", "0.1")]
        {
            assert_eq!(percentage(text).as_deref(), Some(share), "{text}");
        }
        for text in ["1.5", "%", "101 %", "1.55555 %", "-1 %", "x %"] {
            assert_eq!(percentage(text), None, "{text}");
        }
    }
}
