//! Amounts in whole minor units of one currency.
//!
//! **Invariant:** a [`Money`] lies between −(2^53 − 1) and 2^53 − 1 minor units, so every host, JavaScript too, holds it exactly.
//! **Invariant:** amounts of different currencies never mix.

mod iso4217;
mod shares;
mod write;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub(crate) use shares::shares;
pub use write::{NumberStyle, push_fraction, push_integer, push_padded};

/// Largest amount in minor units, 2^53 − 1
pub const MINOR_MAX: i64 = 9_007_199_254_740_991;

/// A currency of ISO 4217 that has a minor unit
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

impl Currency {
    /// The euro
    pub const EUR: Self = Self { code: *b"EUR", digits: 2 };

    /// The currency with that code, written in capitals
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::from_bytes(code.as_bytes().try_into().ok()?)
    }

    /// The currency with that code as three bytes
    #[must_use]
    pub fn from_bytes(code: [u8; 3]) -> Option<Self> {
        Some(Self { code, digits: iso4217::digits(code)? })
    }

    /// A currency as a compiled policy names it, with the digits that were looked up when it was compiled
    ///
    /// For the browser, which has no use for the list of all currencies. Nothing is checked: whoever writes amounts with it has read
    /// both from one policy.
    #[must_use]
    pub fn of_policy(code: [u8; 3], digits: u8) -> Self {
        Self { code, digits }
    }

    /// The code, such as `EUR`
    #[must_use]
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.code).unwrap_or("")
    }

    /// The code as three bytes
    #[must_use]
    pub fn bytes(self) -> [u8; 3] {
        self.code
    }

    /// Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD
    #[must_use]
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// So many whole units in minor units: 3 EUR are 300, 3 JPY are 3
    #[must_use]
    pub fn whole(self, amount: i64) -> i64 {
        amount.saturating_mul(10_i64.saturating_pow(self.digits.into()))
    }
}

/// Why an amount cannot be had
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MoneyError {
    /// The text is not `12.50 EUR`
    Malformed,
    /// No currency of ISO 4217 has that code
    UnknownCurrency,
    /// More digits after the point than the currency has
    TooPrecise {
        /// How many it has
        digits: u8,
    },
    /// Two currencies in one sum
    CurrencyMismatch,
    /// Beyond 2^53 − 1 minor units
    OutOfRange,
    /// An amount cannot be split into no parts, or by weights that sum to nothing
    NoParts,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "not an amount such as `12.50 EUR`",
            Self::UnknownCurrency => "not a currency of ISO 4217",
            Self::TooPrecise { .. } => "more digits after the point than the currency has",
            Self::CurrencyMismatch => "two currencies in one sum",
            Self::OutOfRange => "beyond 9007199254740991 minor units",
            Self::NoParts => "no parts to split into",
        })
    }
}

/// An amount of one currency, in that currency's minor unit
///
/// Amounts of different currencies never mix: adding euros to francs is a [`MoneyError::CurrencyMismatch`], not a
/// number. There is no `+` and no order, for both would have to panic or lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// That many minor units
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] beyond ±[`MINOR_MAX`].
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if (-MINOR_MAX..=MINOR_MAX).contains(&minor) { Ok(Self { minor, currency }) } else { Err(MoneyError::OutOfRange) }
    }

    /// Whole minor units
    #[must_use]
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Reads `12.50 EUR`, `-3 JPY`, `0.125 KWD`: a point, one space, at most the currency's digits
    ///
    /// # Errors
    ///
    /// [`MoneyError::Malformed`], [`MoneyError::UnknownCurrency`], [`MoneyError::TooPrecise`] or
    /// [`MoneyError::OutOfRange`].
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let (number, code) = text.split_once(' ').ok_or(MoneyError::Malformed)?;
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(MoneyError::Malformed);
        }
        let (negative, number) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
        let (whole, fraction) = match number.split_once('.') {
            Some((_, "")) => return Err(MoneyError::Malformed),
            Some(parts) => parts,
            None => (number, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(MoneyError::Malformed);
        }
        let currency = Currency::parse(code).ok_or(MoneyError::UnknownCurrency)?;
        if fraction.len() > usize::from(currency.digits) {
            return Err(MoneyError::TooPrecise { digits: currency.digits });
        }
        let padding = core::iter::repeat_n(b'0', usize::from(currency.digits).saturating_sub(fraction.len()));
        let minor = whole
            .bytes()
            .chain(fraction.bytes())
            .chain(padding)
            .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit.wrapping_sub(b'0'))))
            .ok_or(MoneyError::OutOfRange)?;
        Self::from_minor(if negative { minor.saturating_neg() } else { minor }, currency)
    }

    /// The sum of two amounts of one currency
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the currencies differ, [`MoneyError::OutOfRange`] if the sum is too large.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        Self::from_minor(self.minor.saturating_add(other.minor), self.currency)
    }

    /// The difference of two amounts of one currency
    ///
    /// # Errors
    ///
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self { minor: other.minor.saturating_neg(), ..other })
    }

    /// Splits into parts in proportion to `weights`; the parts sum to the whole
    ///
    /// Every part gets its share rounded towards zero; the minor units left over go one each to the parts with the
    /// largest remainder, the earlier part first where remainders are equal. 99.99 in 7 equal parts is three times
    /// 14.29 and four times 14.28.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoParts`] without weights, or if they are all zero.
    pub fn allocate(self, weights: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let size = i128::from(self.minor.unsigned_abs());
        let parts = shares(size, weights.iter().map(|weight| i128::from(*weight))).ok_or(MoneyError::NoParts)?;
        let sign = self.minor.signum();
        parts
            .into_iter()
            .map(|part| Self::from_minor(i64::try_from(part).unwrap_or(i64::MAX).saturating_mul(sign), self.currency))
            .collect()
    }

    /// Writes `12.50 EUR`, as [`Money::parse`] reads it
    #[must_use]
    pub fn to_plain(self) -> String {
        let mut text = String::new();
        write::push_decimal(&mut text, self.minor, self.currency.digits, &write::PLAIN);
        text.push(' ');
        text.push_str(self.currency.code());
        text
    }

    /// Writes the amount for people, such as `1.234,50 €` or `€1,234.50`
    ///
    /// This is how amounts stand in legal texts, whose hash must not depend on a browser's own formatting. The minus
    /// is `−`, the space before a symbol does not break.
    #[must_use]
    pub fn to_text(self, style: NumberStyle) -> String {
        write::amount(self.minor, self.currency, style)
    }
}

#[cfg(test)]
mod tests;
