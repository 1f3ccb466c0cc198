//! The letters by which the shape of `js/src/account/shapes/account.txt` names what is written to; a test in `js/test` holds them equal.

use tresen_ui::Slot;

pub const TITLE: Slot = b't';
pub const AMOUNT: Slot = b'a';
pub const NOTE: Slot = b'n';
pub const LINES: Slot = b'l';
pub const TRANSFER: Slot = b'w';
pub const CODE: Slot = b'q';
pub const SCAN: Slot = b'i';
pub const SHARE: Slot = b'h';
pub const NEXT: Slot = b'x';
pub const NEXT_LINE: Slot = b'e';
pub const DAY: Slot = b'd';
pub const DAY_LINE: Slot = b'j';
pub const DAY_HINT: Slot = b'u';
pub const DAY_FIELD: Slot = b'y';
pub const DAY_MISTAKE: Slot = b'r';
pub const HUMAN: Slot = b'f';
pub const HOURS: Slot = b'o';
pub const CALL: Slot = b'v';
pub const WRITE: Slot = b'z';
pub const PRIVACY: Slot = b'k';
pub const AGAIN: Slot = b'b';
pub const GENUINE: Slot = b'g';
pub const GENUINE_LINE: Slot = b'm';
pub const NEWS: Slot = b's';

/// The fields of a transfer: the row, its value, and the button that copies it
pub const FIELDS: [(Slot, Slot, Slot); 5] =
    [(b'1', b'A', b'F'), (b'2', b'B', b'G'), (b'3', b'C', b'H'), (b'4', b'D', b'I'), (b'5', b'E', b'J')];
