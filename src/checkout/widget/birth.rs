//! The question for the date of birth.

use tresen_core::date::Date;
use tresen_texts::{Blank, Key, month};
use tresen_ui::Verb;

use super::pen::{Pen, number};
use super::slots::row;

const DAY: u8 = 1;
const MONTH: u8 = 2;
const YEAR: u8 = 4;

/// The date that was typed as day, month and year, or a sentence about what is wrong and the caret where it is
pub fn read(pen: &mut Pen, typed: [&[u8]; 3], today: Date) -> Option<Date> {
    let found = parse(typed, today);
    let (wrong, key) = found.err().unwrap_or((0, Key::BirthErrorEmpty));
    let [day, mut month_typed, year] = typed;
    if key == Key::BirthErrorDay {
        month_typed = month(&pen.texts, number(month_typed).unwrap_or_default() as u8);
    }
    for (blank, typed) in [(Blank::Day, day), (Blank::Month, month_typed), (Blank::Year, year)] {
        pen.blanks.set(blank, typed);
    }
    pen.note(row::MISTAKE, (wrong != 0).then_some(key));
    // The one that is told last keeps the caret: the first field.
    for (field, bit) in [(row::YEAR, YEAR), (row::MONTH, MONTH), (row::DAY, DAY)] {
        pen.page.wrong(field, wrong & bit != 0);
        if wrong & bit != 0 {
            pen.page.flag(Verb::Focus, field, true);
        }
    }
    found.ok()
}

/// What is wrong with a typed date is in which of its fields, and the sentence about it
fn parse([day, month, year]: [&[u8]; 3], today: Date) -> Result<Date, (u8, Key)> {
    let (mut empty, mut letters) = (0, 0);
    let mut read = |typed: &[u8], bit: u8| {
        if typed.is_empty() {
            empty |= bit;
        }
        let number = number(typed);
        if number.is_none() {
            letters |= bit;
        }
        // What is too large for a date is larger than any day, month or year.
        number.unwrap_or_default().min(9999) as i32
    };
    let (day, month, year) = (read(day, DAY), read(month, MONTH), read(year, YEAR));
    let (wrong, key) = if empty != 0 {
        (empty, Key::BirthErrorEmpty)
    } else if letters != 0 {
        (letters, Key::BirthErrorDigits)
    } else if !(1900..=2199).contains(&year) {
        (YEAR, Key::BirthErrorYear)
    } else if !(1..=12).contains(&month) {
        (MONTH, Key::BirthErrorMonth)
    } else {
        match Date::from_ymd(year, month as u8, day.min(99) as u8) {
            Some(date) if date <= today => return Ok(date),
            Some(_) => (YEAR, Key::BirthErrorFuture),
            None => (DAY | MONTH, Key::BirthErrorDay),
        }
    };
    Err((wrong, key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn check(typed: [&str; 3], expected: Result<&str, (u8, Key)>) {
        let today = Date::parse("2026-11-21").unwrap();
        let found = parse(typed.map(str::as_bytes), today).map(Date::to_iso);
        assert_eq!(found, expected.map(String::from), "{typed:?}");
    }

    #[test]
    fn a_typed_date_is_read_or_the_mistake_is_named_where_it_is() {
        check(["27", "3", "1985"], Ok("1985-03-27"));
        check(["07", "03", "1985"], Ok("1985-03-07"));
        check(["29", "2", "2004"], Ok("2004-02-29"));
        check(["29", "2", "1985"], Err((DAY | MONTH, Key::BirthErrorDay)));
        check(["31", "2", "1985"], Err((DAY | MONTH, Key::BirthErrorDay)));
        check(["0", "2", "1985"], Err((DAY | MONTH, Key::BirthErrorDay)));
        check(["257", "2", "1985"], Err((DAY | MONTH, Key::BirthErrorDay)));
        check(["1", "13", "1985"], Err((MONTH, Key::BirthErrorMonth)));
        check(["1", "0", "1985"], Err((MONTH, Key::BirthErrorMonth)));
        check(["1", "257", "1985"], Err((MONTH, Key::BirthErrorMonth)));
        check(["", "3", ""], Err((DAY | YEAR, Key::BirthErrorEmpty)));
        check(["1", "März", "1985"], Err((MONTH, Key::BirthErrorDigits)));
        check(["1", "3", "85"], Err((YEAR, Key::BirthErrorYear)));
        check(["1", "3", "0000"], Err((YEAR, Key::BirthErrorYear)));
        check(["21", "11", "2026"], Ok("2026-11-21"));
        check(["22", "11", "2026"], Err((YEAR, Key::BirthErrorFuture)));
    }
}
