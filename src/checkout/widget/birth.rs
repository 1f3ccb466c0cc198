//! The question for the date of birth.

use tresen_texts::{Blank, Key, month};

use super::pen::{Pen, number};
use super::slots::row;
use super::{typed, word};

/// The sentence about a day that does not exist, behind the first one about a date of birth; it alone names the month in words
const DAY: i64 = 4;

/// Writes what JavaScript found wrong with a typed date, with the caret where it is; whether there is nothing
pub fn mark(pen: &mut Pen, words: &[u8]) -> bool {
    let mut month_typed = word(words, typed::MONTH);
    if number(word(words, typed::BIRTH_MISTAKE)) == Some(DAY) {
        month_typed = month(&pen.texts, number(month_typed).unwrap_or_default() as u8);
    }
    for (blank, typed) in [(Blank::Day, word(words, typed::DAY)), (Blank::Month, month_typed), (Blank::Year, word(words, typed::YEAR))] {
        pen.blanks.set(blank, typed);
    }
    pen.mistake(row::MISTAKE, Key::BirthErrorEmpty, word(words, typed::BIRTH_MISTAKE));
    let wrong = number(word(words, typed::BIRTH_WRONG)).unwrap_or_default();
    // The one that is told last keeps the caret: the first field.
    for (field, bit) in [(row::YEAR, 4), (row::MONTH, 2), (row::DAY, 1)] {
        pen.point_at(field, wrong & bit != 0);
    }
    wrong == 0
}
