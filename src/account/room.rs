//! What the modules here share of the border to JavaScript: numbers and addresses are all that crosses it, as at the counter (ADR 0013).

#[cfg(feature = "settle")]
use alloc::{string::String, vec::Vec};
use tresen_core::date::Date;

/// Room is asked for: what is longer than a number is written there
pub const ROOM: u8 = 0;

/// Stands between two words that cross together
pub const SEPARATOR: u8 = 0x1f;

/// Where bytes begin in the module's memory
pub fn address(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.as_ptr().addr()).unwrap_or(0)
}

/// A day that was said or typed
pub fn date(text: &[u8]) -> Option<Date> {
    Date::parse(letters(text))
}

/// Text that was handed in; what is none is empty
pub fn letters(text: &[u8]) -> &str {
    core::str::from_utf8(text).unwrap_or_default()
}

/// A whole number in digits; nothing else is one
pub fn number(typed: &[u8]) -> Option<i64> {
    if !(1..=16).contains(&typed.len()) {
        return None;
    }
    typed.iter().try_fold(0_i64, |number, byte| {
        let digit = i64::from(byte.wrapping_sub(b'0'));
        if digit > 9 { None } else { number.checked_mul(10)?.checked_add(digit) }
    })
}

/// A whole number that is not below zero, in digits; what writes numbers in Rust is left out of these modules
#[cfg(feature = "settle")]
pub fn digits(number: i64) -> String {
    let (mut left, mut digits) = (number.unsigned_abs(), Vec::new());
    while digits.is_empty() || left > 0 {
        digits.push(char::from(b'0'.wrapping_add(u8::try_from(left.wrapping_rem(10)).unwrap_or_default())));
        left = left.wrapping_div(10);
    }
    digits.into_iter().rev().collect()
}
