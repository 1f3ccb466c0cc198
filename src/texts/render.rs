//! From a sentence with placeholders to the sentence that is shown.

use alloc::string::String;

use crate::keys::Key;
use crate::table::Texts;

/// A day as it is spoken of: its date and its weekday (0 is Monday)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Year
    pub year: u16,
    /// Month, 1 to 12
    pub month: u8,
    /// Day of the month
    pub day: u8,
    /// Weekday, 0 (Monday) to 6 (Sunday)
    pub weekday: u8,
}

/// Appends `template` with each `{name}` replaced by its value; a name without a value is left out
pub fn fill(into: &mut String, template: &str, values: &[(&str, &str)]) {
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        into.push_str(before);
        let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            into.push_str(value);
        }
        rest = after;
    }
    into.push_str(rest);
}

/// The name of a day in words: "Freitag, 4. Dezember", with the year if `year` asks for it
///
/// Legal texts name the year, screens do not.
#[must_use]
pub fn date(texts: &Texts, day: Day, year: bool) -> String {
    let mut number = String::new();
    push_number(&mut number, u32::from(day.day));
    let mut years = String::new();
    push_number(&mut years, u32::from(day.year));
    let mut out = String::new();
    let values = [
        ("weekday", nth(texts.get(Key::DateWeekdays), day.weekday)),
        ("day", &number),
        ("month", month(texts, day.month)),
        ("year", &years),
    ];
    fill(&mut out, texts.get(if year { Key::DateFull } else { Key::DateShort }), &values);
    out
}

/// The name of a month, 1 to 12
#[must_use]
pub fn month(texts: &Texts, month: u8) -> &str {
    nth(texts.get(Key::DateMonths), month.wrapping_sub(1))
}

fn nth(list: &str, index: u8) -> &str {
    list.split('|').nth(usize::from(index)).unwrap_or_default()
}

/// Appends a number in digits, without the formatting machinery of the standard library
pub fn push_number(into: &mut String, number: u32) {
    if number > 9 {
        push_number(into, number / 10);
    }
    into.push(char::from(b'0'.wrapping_add((number % 10) as u8)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_vanish() {
        let mut out = String::new();
        fill(&mut out, "Bis {limit} möglich{x}. {y", &[("limit", "1 €")]);
        assert_eq!(out, "Bis 1 € möglich. ");
    }

    #[test]
    fn numbers() {
        for number in [0, 7, 10, 2026, u32::MAX] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, alloc::format!("{number}"));
        }
    }
}
