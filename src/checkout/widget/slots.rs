//! The letters by which the shapes of `js/src/element/shapes` name what is written to; a test in `js/test` holds them equal.

/// In `card.txt`
pub mod card {
    use tresen_ui::Slot;
    pub const CARD: Slot = b'c';
    pub const SUM: Slot = b's';
    pub const NOTE: Slot = b'n';
    pub const LIST: Slot = b'l';
    pub const APART: Slot = b'a';
    pub const BAR: Slot = b'u';
    pub const MISSING: Slot = b'm';
    pub const SUMMARY: Slot = b'y';
    pub const ORDER: Slot = b'o';
    pub const NEWS: Slot = b'w';
}

/// In `row.txt`, and in what a row holds for its kind: `facts.txt`, `sentence.txt`, `account.txt`, `consent.txt`
pub mod row {
    use tresen_ui::Slot;
    pub const ROOT: Slot = b'r';
    pub const RADIO: Slot = b'i';
    pub const NAME: Slot = b'n';
    pub const TAG: Slot = b't';
    pub const LINE: Slot = b'l';
    pub const BODY: Slot = b'b';
    pub const ASK: Slot = b'a';
    pub const MISTAKE: Slot = b'e';
    pub const DAY: Slot = b'1';
    pub const MONTH: Slot = b'2';
    pub const YEAR: Slot = b'3';
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

/// In `apart.txt`
pub mod apart {
    use tresen_ui::Slot;
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

/// In `done.txt`
pub mod done {
    use tresen_ui::Slot;
    pub const NOTE: Slot = b'A';
    pub const LABEL: Slot = b'B';
    pub const AMOUNT: Slot = b'C';
    pub const LINE: Slot = b'D';
    pub const TRANSFER: Slot = b'E';
    pub const REFERENCE: Slot = b'F';
    pub const NEXT: Slot = b'G';
    pub const BILL: Slot = b'H';
    pub const DUE: Slot = b'I';
    pub const DUE_LINE: Slot = b'J';
}
