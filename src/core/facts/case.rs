//! Generated from `facts.toml` by `cargo run -p tresen-tests --bin generate`; do not edit.

use super::{FactIndex, FactKind};

/// How many facts of a case there are
pub const COUNT: usize = 16;
/// The number of the first
pub const FIRST: u8 = 64;

/// `case.days_overdue`, in days: Days since the oldest due date of which something is late; 0 where nothing is
pub const DAYS_OVERDUE: FactIndex = FactIndex(64);
/// `case.days_until_due`, in days: Days until the next due date; missing where none lies ahead
pub const DAYS_UNTIL_DUE: FactIndex = FactIndex(65);
/// `case.level`, in level: The highest level that an open claim of this customer is on; 0 is none
pub const LEVEL: FactIndex = FactIndex(66);
/// `case.amount_overdue`: What is late in all
pub const AMOUNT_OVERDUE: FactIndex = FactIndex(67);
/// `case.amount_open`: What is owed in all, late or not
pub const AMOUNT_OPEN: FactIndex = FactIndex(68);
/// `case.claims_open`, in claims: Claims of this customer that are open
pub const CLAIMS_OPEN: FactIndex = FactIndex(69);
/// `case.claims_paid`, in claims: Earlier claims of this customer that were paid in full
pub const CLAIMS_PAID: FactIndex = FactIndex(70);
/// `case.promises_kept`, in promises: Promises to pay by a day that this customer kept
pub const PROMISES_KEPT: FactIndex = FactIndex(71);
/// `case.promises_broken`, in promises: Promises to pay by a day that this customer did not keep, or kept in part
pub const PROMISES_BROKEN: FactIndex = FactIndex(72);
/// `case.messages`, in messages: Messages that went out about what is open now
pub const MESSAGES: FactIndex = FactIndex(73);
/// `case.days_since_message`, in days: Days since the last message about what is open now; missing where there was none
pub const DAYS_SINCE_MESSAGE: FactIndex = FactIndex(74);
/// `case.last_channel`: The way that the last message about what is open now went; missing where there was none
pub const LAST_CHANNEL: FactIndex = FactIndex(75);
/// `case.last_arrived`: Whether the last message arrived; missing while nobody knows
pub const LAST_ARRIVED: FactIndex = FactIndex(76);
/// `case.last_opened`: Whether a person opened the last message; missing while nobody knows, which is most of the time
pub const LAST_OPENED: FactIndex = FactIndex(77);
/// `case.last_clicked`: Whether a person followed the link in the last message; missing for letters and calls
pub const LAST_CLICKED: FactIndex = FactIndex(78);
/// `case.prefers`: The way that the customer prefers; missing where they have not said
pub const PREFERS: FactIndex = FactIndex(79);

/// Their names
#[rustfmt::skip]
pub const NAMES: [&str; COUNT] = [
    "case.days_overdue",
    "case.days_until_due",
    "case.level",
    "case.amount_overdue",
    "case.amount_open",
    "case.claims_open",
    "case.claims_paid",
    "case.promises_kept",
    "case.promises_broken",
    "case.messages",
    "case.days_since_message",
    "case.last_channel",
    "case.last_arrived",
    "case.last_opened",
    "case.last_clicked",
    "case.prefers",
];

/// Their types
#[rustfmt::skip]
pub const KINDS: [FactKind; COUNT] = [
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Amount,
    FactKind::Amount,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Choice,
    FactKind::Boolean,
    FactKind::Boolean,
    FactKind::Boolean,
    FactKind::Choice,
];

/// Smallest and largest value, inclusive
#[rustfmt::skip]
pub const RANGES: [(i64, i64); COUNT] = [
    (0, 100000),
    (0, 100000),
    (0, 9),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 100000),
    (0, 100000),
    (0, 100000),
    (0, 100000),
    (0, 100000),
    (0, 100000),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
];

/// The values of a choice; none for the classes, which are the policy's own
#[rustfmt::skip]
pub const CHOICES: [&[&str]; COUNT] = [
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &["email", "text_message", "letter", "telephone"],
    &[],
    &[],
    &[],
    &["email", "text_message", "letter", "telephone"],
];
