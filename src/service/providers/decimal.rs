//! Amounts as providers write them: `10.00`, with as many digits behind the point as the currency has.

use serde_json::Value;
use tresen_core::money::Currency;
use tresen_wire::money::Money;

/// An amount in digits; nothing in a currency that there is not
pub fn written(amount: &Money) -> Option<String> {
    let digits = usize::from(Currency::parse(&amount.currency)?.digits());
    let sign = if amount.minor < 0 { "-" } else { "" };
    let text = format!("{:0width$}", amount.minor.unsigned_abs(), width = digits.saturating_add(1));
    let (whole, part) = text.split_at_checked(text.len().checked_sub(digits)?)?;
    Some(if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

/// The amount that digits are; nothing for what is none, or is finer than the currency
pub fn read(value: &str, currency: &str) -> Option<Money> {
    let digits = usize::from(Currency::parse(currency)?.digits());
    let (number, sign) = value.strip_prefix('-').map_or((value, 1), |number| (number, -1));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|letter| letter.is_ascii_digit());
    if whole.is_empty()
        || !is_digits(whole)
        || !is_digits(part)
        || part.get(digits..).is_some_and(|finer| finer.bytes().any(|digit| digit != b'0'))
    {
        return None;
    }
    let part: String = part.chars().chain(std::iter::repeat('0')).take(digits).collect();
    let minor: i64 = format!("{whole}{part}").parse().ok()?;
    Some(Money::new(minor.checked_mul(sign)?, currency))
}

/// The amount at a place of an answer, under the names that the provider has for its parts
pub fn at(said: &Value, place: &str, currency: &str) -> Option<Money> {
    let amount = said.pointer(place)?;
    read(amount.get("value")?.as_str()?, amount.get(currency)?.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_and_read_with_the_digits_of_their_currency() {
        for (minor, currency, text) in [
            (1_000, "EUR", "10.00"),
            (5, "EUR", "0.05"),
            (0, "EUR", "0.00"),
            (-595, "EUR", "-5.95"),
            (500, "JPY", "500"),
            (1_234, "KWD", "1.234"),
        ] {
            assert_eq!(written(&Money::new(minor, currency)).as_deref(), Some(text));
            assert_eq!(read(text, currency), Some(Money::new(minor, currency)), "{text}");
        }
        assert_eq!(read("10", "EUR"), Some(Money::new(1_000, "EUR")));
        assert_eq!(read("10.5", "EUR"), Some(Money::new(1_050, "EUR")));
        assert_eq!(read("10.5000", "EUR"), Some(Money::new(1_050, "EUR")));
        for wrong in ["", ".5", "10,00", "1e3", "10.005", "--1", "99999999999999999999.00", "ten"] {
            assert_eq!(read(wrong, "EUR"), None, "{wrong}");
        }
        assert_eq!((read("1.0", "XXY"), written(&Money::new(1, "XXY"))), (None, None));
    }
}
