//! Numbers and amounts as text, without the formatting machinery of the standard library (4.8 kB in a browser).

use super::Currency;
use alloc::string::String;

/// How a language writes numbers and amounts
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1.234,50 €`: German, Italian, Spanish
    German,
    /// `€1,234.50`
    #[default]
    English,
    /// `1 234,50 €`, with a narrow no-break space
    French,
    /// `€ 1.234,50`
    Dutch,
    /// `CHF 1’234.50`
    Swiss,
}

/// The signs a style is made of; as texts, because a browser pays for turning characters into bytes
pub(super) struct Signs {
    point: &'static str,
    group: &'static str,
    minus: &'static str,
}

/// Digits with a point, no grouping
pub(super) const PLAIN: Signs = Signs { point: ".", group: "", minus: "-" };

const NO_BREAK_SPACE: &str = "\u{a0}";

const MINUS: &str = "−";

impl NumberStyle {
    /// How the language of that name (`fr`, `de-du`) writes amounts; as English does where its own way is not known
    ///
    /// What is not known here has no texts either, so whoever reads English sentences reads English amounts.
    #[must_use]
    pub fn of_language(name: &[u8]) -> Self {
        match name.get(..2) {
            Some(b"de" | b"it") => Self::German,
            Some(b"fr") => Self::French,
            Some(b"nl") => Self::Dutch,
            Some(_) | None => Self::English,
        }
    }

    fn signs(self) -> Signs {
        let (point, group) = match self {
            Self::German | Self::Dutch => (",", "."),
            Self::English => (".", ","),
            Self::French => (",", "\u{202f}"),
            Self::Swiss => (".", "’"),
        };
        Signs { point, group, minus: MINUS }
    }
}

/// Appends a whole number in digits
pub fn push_integer(text: &mut String, value: i64) {
    if value < 0 {
        text.push_str(MINUS);
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
        text.push_str(signs.minus);
    }
    let size = minor.unsigned_abs();
    let (mut power, mut places) = (1_u64, 0_u8);
    while places < digits || power <= size.div_euclid(10) {
        // No wrap: no currency has more than four digits, and else it stays below the amount.
        power = power.wrapping_mul(10);
        places = places.saturating_add(1);
    }
    // From the front: `places` digits are still to come behind the one that is written.
    loop {
        let digit = usize::try_from(size.div_euclid(power).rem_euclid(10)).unwrap_or(0);
        text.push_str("0123456789".get(digit..=digit).unwrap_or_default());
        if places == 0 {
            break;
        }
        if places == digits {
            text.push_str(signs.point);
        } else if places > digits && places.saturating_sub(digits).is_multiple_of(3) {
            text.push_str(signs.group);
        }
        power = power.div_euclid(10);
        places = places.saturating_sub(1);
    }
}

pub(super) fn amount(minor: i64, currency: Currency, style: NumberStyle) -> String {
    let mut text = String::new();
    let number = |text: &mut String, minor: i64| push_decimal(text, minor, currency.digits(), &style.signs());
    match style {
        NumberStyle::German | NumberStyle::French => {
            number(&mut text, minor);
            text.push_str(NO_BREAK_SPACE);
            let _ = push_symbol(&mut text, currency);
        }
        NumberStyle::Dutch | NumberStyle::Swiss => {
            let _ = push_symbol(&mut text, currency);
            text.push_str(NO_BREAK_SPACE);
            number(&mut text, minor);
        }
        NumberStyle::English => {
            if minor < 0 {
                text.push_str(MINUS);
            }
            if !push_symbol(&mut text, currency) {
                text.push_str(NO_BREAK_SPACE);
            }
            number(&mut text, minor.saturating_abs());
        }
    }
    text
}

/// Appends the sign of a currency, or its code; whether it has a sign
fn push_symbol(text: &mut String, currency: Currency) -> bool {
    let sign = match &currency.bytes() {
        b"EUR" => "€",
        b"GBP" => "£",
        b"USD" => "$",
        code => {
            for letter in code {
                let place = usize::from(letter.wrapping_sub(b'A'));
                text.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZ".get(place..=place).unwrap_or_default());
            }
            return false;
        }
    };
    text.push_str(sign);
    true
}
