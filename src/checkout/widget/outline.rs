//! The shape of everything that is shown, as outlines: what `page.js` makes elements of.
//!
//! One line is one element, as deep as it is indented: tag and classes, then what is set on it, each after a semicolon. `#n`
//! names it for later. `%` becomes the number of the place, so that ids are unique, `$` the method's id and `&` its kind. Behind
//! `~` stands its text, which comes from the language and is filled in here, in their order.

use tresen_texts::Key;
use tresen_ui::Slot;

/// The counter
pub const CARD: &[u8] = include_bytes!("outline/card.txt");

/// The sentences of [`CARD`]
pub const CARD_KEYS: [Key; 10] = [
    Key::Title,
    Key::Methods,
    Key::WithheldTitle,
    Key::HowTitle,
    Key::HowCounts,
    Key::HowNever,
    Key::HowWhere,
    Key::HowHuman,
    Key::ButtonOrder,
    Key::Foot,
];

/// A method in the list, with the question for the date of birth
pub const ROW: &[u8] = include_bytes!("outline/row.txt");

/// The sentences of [`ROW`]
pub const ROW_KEYS: [Key; 9] = [
    Key::TagIncomplete,
    Key::BirthQuestion,
    Key::BirthHint,
    Key::BirthDay,
    Key::BirthMonth,
    Key::BirthYear,
    Key::BirthWhy,
    Key::BirthSkip,
    Key::BirthEdit,
];

/// The ticked facts of a purchase on account, in a row
pub const FACTS: &[u8] = include_bytes!("outline/facts.txt");

/// The sentences of [`FACTS`]
pub const FACTS_KEYS: [Key; 2] = [Key::FactNothingToday, Key::FactReturns];

/// One sentence, in a row
pub const SENTENCE: &[u8] = b"\n  p.facts s;#f~";

/// The fields of a bank account, in a row
pub const ACCOUNT: &[u8] = include_bytes!("outline/account.txt");

/// The sentences of [`ACCOUNT`]
pub const ACCOUNT_KEYS: [Key; 3] = [Key::IbanLabel, Key::IbanHint, Key::HolderLabel];

/// A box for what must be agreed to, and the terms behind a door, in a row
pub const CONSENT: &[u8] = include_bytes!("outline/consent.txt");

/// A method that is not part of this order
pub const APART: &[u8] = include_bytes!("outline/apart.txt");

/// The sentences of [`APART`]
pub const APART_KEYS: [Key; 6] =
    [Key::WithheldWhy, Key::BirthEdit, Key::ReviewOpen, Key::ReviewMessage, Key::ReviewContact, Key::ReviewSend];

/// What was ordered and what is to be paid, up to the amount
pub const DONE: &[u8] = include_bytes!("outline/done.txt");

/// What it costs
pub const DONE_LINE: &[u8] = b"\n p.s~";

/// The payment reference: its name, without its groups
pub const REFERENCE: &[u8] = include_bytes!("outline/reference.txt");

/// One group of the reference, which stands behind it
pub const GROUP: &[u8] = b"\n    span~";

/// What happens next, without its steps
pub const NEXT: &[u8] = include_bytes!("outline/next.txt");

/// One of the steps
pub const STEP: &[u8] = include_bytes!("outline/step.txt");

/// Names in [`CARD`]
pub mod card {
    use super::Slot;
    pub const CARD: Slot = b'c';
    pub const SUM: Slot = b's';
    pub const NOTE: Slot = b'n';
    pub const LIST: Slot = b'l';
    pub const APART: Slot = b'a';
    pub const APART_LIST: Slot = b'b';
    pub const BAR: Slot = b'u';
    pub const MISSING: Slot = b'm';
    pub const SUMMARY: Slot = b'y';
    pub const ORDER: Slot = b'o';
    pub const NEWS: Slot = b'w';
}

/// Names in [`ROW`] and what stands in it
pub mod row {
    use super::Slot;
    pub const ROOT: Slot = b'r';
    pub const RADIO: Slot = b'i';
    pub const NAME: Slot = b'n';
    pub const TAG: Slot = b't';
    pub const LINE: Slot = b'l';
    pub const BODY: Slot = b'b';
    pub const ASK: Slot = b'a';
    pub const MISTAKE: Slot = b'e';
    pub const DATE: [Slot; 3] = [b'1', b'2', b'3'];
    pub const GO_ON: Slot = b'g';
    pub const SKIP: Slot = b'k';
    pub const THANKS: Slot = b'h';
    pub const EDIT: Slot = b'd';
    pub const FACTS: Slot = b'f';
    pub const BILL: Slot = b'u';
    pub const IBAN: Slot = b'4';
    pub const IBAN_MISTAKE: Slot = b'j';
    pub const HOLDER: Slot = b'5';
    pub const HOLDER_MISTAKE: Slot = b'q';
    pub const CONSENT: Slot = b'c';
    pub const TICK: Slot = b'x';
    pub const AGREED: Slot = b'y';
    pub const CONSENT_MISTAKE: Slot = b'z';
    pub const TITLE: Slot = b'v';
    pub const TERMS: Slot = b'w';
}

/// Names in [`APART`]
pub mod apart {
    use super::Slot;
    pub const ROOT: Slot = b'R';
    pub const NAME: Slot = b'N';
    pub const SENTENCE: Slot = b'S';
    pub const WHY: Slot = b'W';
    pub const EDIT: Slot = b'D';
    pub const REVIEW: Slot = b'V';
    pub const FORM: Slot = b'F';
    pub const FAILED: Slot = b'X';
    pub const SENT: Slot = b'Y';
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(outline: &[u8], sign: u8) -> usize {
        outline.iter().filter(|byte| **byte == sign).count()
    }

    #[test]
    fn each_text_of_an_outline_has_its_sentence() {
        for (outline, keys) in [
            (CARD, CARD_KEYS.len()),
            (ROW, ROW_KEYS.len()),
            (FACTS, FACTS_KEYS.len()),
            (ACCOUNT, ACCOUNT_KEYS.len()),
            (CONSENT, 0),
            (APART, APART_KEYS.len()),
        ] {
            assert_eq!(count(outline, b'~'), keys, "{}", core::str::from_utf8(outline).unwrap());
        }
    }

    #[test]
    fn each_name_is_given_once_and_no_element_is_deeper_than_its_parent() {
        let method = [ROW, FACTS, ACCOUNT, CONSENT, APART].concat();
        let named =
            |outline: &[u8]| -> alloc::vec::Vec<Slot> { outline.windows(2).filter(|two| two[0] == b'#').map(|two| two[1]).collect() };
        for outline in [CARD, &method] {
            let mut names = named(outline);
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all);
        }
        for slot in row::DATE.into_iter().chain([row::ROOT, row::IBAN, row::HOLDER, row::TICK, row::BILL, apart::ROOT, apart::SENT]) {
            assert!(named(&method).contains(&slot), "{}", char::from(slot));
        }
        for outline in [CARD, &method, &[DONE, REFERENCE, GROUP, NEXT, STEP].concat()] {
            let mut allowed = 0;
            for line in outline.split(|byte| *byte == b'\n') {
                let depth = line.iter().take_while(|byte| **byte == b' ').count();
                assert!(depth <= allowed, "{}", core::str::from_utf8(line).unwrap());
                allowed = depth.saturating_add(1);
            }
        }
    }
}
