//! The account that a direct debit is collected from.

use tresen_texts::{Blank, Key};

use super::pen::{Pen, number};
use super::slots::row;
use super::{typed, word};

/// Writes what JavaScript found wrong with a typed IBAN, and whether its holder is missing, with the caret where it is; whether there
/// is nothing
pub fn mark(pen: &mut Pen, words: &[u8]) -> bool {
    let iban = word(words, typed::IBAN);
    pen.blanks.set(Blank::Expected, word(words, typed::IBAN_LENGTH));
    pen.blanks.set_number(Blank::Count, iban.len());
    pen.blanks.set(Blank::Country, iban.get(..2).unwrap_or_default());
    // The one that is told last gets the caret: the first field.
    let nobody = word(words, typed::HOLDER).is_empty();
    pen.note(row::HOLDER_MISTAKE, nobody.then_some(Key::HolderErrorEmpty));
    pen.point_at(row::HOLDER, nobody);
    let mistake = word(words, typed::IBAN_MISTAKE);
    let wrong = number(mistake).is_some();
    pen.mistake(row::IBAN_MISTAKE, Key::IbanErrorEmpty, mistake);
    pen.point_at(row::IBAN, wrong);
    !(wrong || nobody)
}
