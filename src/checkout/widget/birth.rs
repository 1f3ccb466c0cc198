//! The question for the date of birth.

use tresen_core::date::{Date, days_in_month};
use tresen_texts::{Blank, Key, month};
use tresen_ui::Verb;

use super::pen::{Pen, number};
use super::slots::row;

/// The date that was typed as day, month and year, or a sentence about what is wrong and the caret where it is
pub fn read(pen: &mut Pen, typed: &[&[u8]; 3], today: Date) -> Option<Date> {
    let found = parse(typed, today);
    let wrong = found.err();
    if let Some(wrong) = wrong {
        let [day, month_typed, year] = *typed;
        pen.blanks.set(Blank::Day, day);
        pen.blanks.set(Blank::Year, year);
        let named =
            if wrong.key == Key::BirthErrorDay { month(&pen.texts, number(month_typed).unwrap_or_default() as u8) } else { month_typed };
        pen.blanks.set(Blank::Month, named);
    }
    pen.note(row::MISTAKE, wrong.map(|wrong| wrong.key));
    let mut first = true;
    for (field, bit) in [(row::DAY, DAY), (row::MONTH, MONTH), (row::YEAR, YEAR)] {
        let is_wrong = wrong.is_some_and(|wrong| wrong.fields & bit != 0);
        pen.page.wrong(field, is_wrong);
        if is_wrong && first {
            pen.page.flag(Verb::Focus, field, true);
            first = false;
        }
    }
    found.ok()
}

const DAY: u8 = 1;
const MONTH: u8 = 2;
const YEAR: u8 = 4;

/// What is wrong with a typed date, and in which of day, month and year
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wrong {
    fields: u8,
    key: Key,
}

fn parse(typed: &[&[u8]; 3], today: Date) -> Result<Date, Wrong> {
    let (mut empty, mut letters, mut numbers) = (0, 0, [0; 3]);
    for ((typed, bit), into) in typed.iter().zip([DAY, MONTH, YEAR]).zip(&mut numbers) {
        if typed.is_empty() {
            empty |= bit;
        }
        match number(typed) {
            Some(number) => *into = number,
            None => letters |= bit,
        }
    }
    if empty != 0 {
        return Err(Wrong { fields: empty, key: Key::BirthErrorEmpty });
    }
    if letters != 0 {
        return Err(Wrong { fields: letters, key: Key::BirthErrorDigits });
    }
    let [day, month, year] = numbers;
    if !(1900..=2199).contains(&year) {
        return Err(Wrong { fields: YEAR, key: Key::BirthErrorYear });
    }
    let Some(last) = days_in_month(year as i32, month as u8).filter(|_| month <= 12) else {
        return Err(Wrong { fields: MONTH, key: Key::BirthErrorMonth });
    };
    let date = Date::from_ymd(year as i32, month as u8, day as u8).filter(|_| day <= last.into());
    let date = date.ok_or(Wrong { fields: DAY | MONTH, key: Key::BirthErrorDay })?;
    if date > today { Err(Wrong { fields: YEAR, key: Key::BirthErrorFuture }) } else { Ok(date) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn check(typed: [&str; 3], expected: Result<&str, (u8, Key)>) {
        let today = Date::parse("2026-11-21").unwrap();
        let found = parse(&typed.map(str::as_bytes), today).map(Date::to_iso).map_err(|wrong| (wrong.fields, wrong.key));
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
