//! The fields of a bank account.

use alloc::vec::Vec;
use tresen_texts::{Blank, Key};
use tresen_ui::Verb;

use super::iban::{self, IbanMistake};
use super::pen::Pen;
use super::slots::row;

/// The IBAN that may be debited, or sentences about what is wrong with it or its holder and the caret where it is
pub fn read(pen: &mut Pen, typed: &[u8], holder: &[u8]) -> Option<Vec<u8>> {
    let (iban, mistake) = iban::parse(typed);
    if let Some(IbanMistake::Length(length)) = mistake {
        pen.blanks.set_number(Blank::Expected, length.into());
    }
    pen.blanks.set_number(Blank::Count, iban.len());
    pen.blanks.set(Blank::Country, iban.get(..2).unwrap_or_default());
    let key = mistake.map(|mistake| match mistake {
        IbanMistake::Empty => Key::IbanErrorEmpty,
        IbanMistake::Characters => Key::IbanErrorCharacters,
        IbanMistake::Country => Key::IbanErrorCountry,
        IbanMistake::Length(_) => Key::IbanErrorLength,
        IbanMistake::Checksum => Key::IbanErrorChecksum,
    });
    let nobody = holder.is_empty().then_some(Key::HolderErrorEmpty);
    // The one that is told last gets the caret: the first field.
    for (field, slot, key) in [(row::HOLDER, row::HOLDER_MISTAKE, nobody), (row::IBAN, row::IBAN_MISTAKE, key)] {
        pen.note(slot, key);
        pen.page.wrong(field, key.is_some());
        if key.is_some() {
            pen.page.flag(Verb::Focus, field, true);
        }
    }
    (key.is_none() && nobody.is_none()).then_some(iban)
}
