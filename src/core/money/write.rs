//! Numbers and amounts as text, without the formatting machinery of the standard library (4.8 kB in a browser).

use super::Currency;
use alloc::string::String;

/// How a language writes numbers and amounts
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1.234,50 €`: German, Italian, Spanish
    German,
    /// `€1,234.50`
    English,
    /// `1 234,50 €`, with a narrow no-break space
    French,
    /// `€ 1.234,50`
    Dutch,
    /// `CHF 1’234.50`
    Swiss,
}

/// The signs a style is made of
pub(super) struct Signs {
    point: char,
    group: Option<char>,
    minus: char,
}

/// Digits with a point, no grouping
pub(super) const PLAIN: Signs = Signs { point: '.', group: None, minus: '-' };

const NO_BREAK_SPACE: char = '\u{a0}';

impl NumberStyle {
    fn signs(self) -> Signs {
        let (point, group) = match self {
            Self::German | Self::Dutch => (',', '.'),
            Self::English => ('.', ','),
            Self::French => (',', '\u{202f}'),
            Self::Swiss => ('.', '’'),
        };
        Signs { point, group: Some(group), minus: '−' }
    }
}

/// Appends a whole number in digits
pub fn push_integer(text: &mut String, value: i64) {
    if value < 0 {
        text.push('−');
    }
    push_padded(text, value.unsigned_abs(), 1);
}

/// Appends a whole number with zeros in front up to `width` digits (at most 20)
pub fn push_padded(text: &mut String, value: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut rest = value;
    let mut used = 0_usize;
    for place in digits.iter_mut().rev() {
        if rest == 0 && used >= width {
            break;
        }
        // INVARIANT: a remainder of ten fits a byte.
        *place = b'0'.saturating_add(u8::try_from(rest.rem_euclid(10)).unwrap_or(0));
        rest = rest.div_euclid(10);
        used = used.saturating_add(1);
    }
    let written = digits.get(digits.len().saturating_sub(used)..).unwrap_or(&[]);
    text.extend(written.iter().map(|digit| char::from(*digit)));
}

/// Appends a number of that many digits after the point, such as 1349 as `13,49`
pub fn push_fraction(text: &mut String, value: i64, digits: u8, style: NumberStyle) {
    push_decimal(text, value, digits, &style.signs());
}

/// Appends minor units as a decimal with that many digits after the point
pub(super) fn push_decimal(text: &mut String, minor: i64, digits: u8, signs: &Signs) {
    if minor < 0 {
        text.push(signs.minus);
    }
    let scale = 10_u64.saturating_pow(digits.into());
    let size = minor.unsigned_abs();
    let mut whole = String::new();
    push_padded(&mut whole, size.div_euclid(scale), 1);
    for (index, digit) in whole.chars().enumerate() {
        let behind = whole.len().saturating_sub(index);
        if let Some(group) = signs.group
            && index > 0
            && behind.is_multiple_of(3)
        {
            text.push(group);
        }
        text.push(digit);
    }
    if digits > 0 {
        text.push(signs.point);
        push_padded(text, size.rem_euclid(scale), digits.into());
    }
}

pub(super) fn amount(minor: i64, currency: Currency, style: NumberStyle) -> String {
    let symbol = match currency.code() {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        code => code,
    };
    let mut text = String::new();
    let number = |text: &mut String, minor: i64| push_decimal(text, minor, currency.digits(), &style.signs());
    match style {
        NumberStyle::German | NumberStyle::French => {
            number(&mut text, minor);
            text.push(NO_BREAK_SPACE);
            text.push_str(symbol);
        }
        NumberStyle::Dutch | NumberStyle::Swiss => {
            text.push_str(symbol);
            text.push(NO_BREAK_SPACE);
            number(&mut text, minor);
        }
        NumberStyle::English => {
            if minor < 0 {
                text.push('−');
            }
            text.push_str(symbol);
            if symbol.len() == 3 && symbol.is_ascii() {
                text.push(NO_BREAK_SPACE);
            }
            number(&mut text, minor.saturating_abs());
        }
    }
    text
}
