//! Amounts as JSON: `{"minor": 16840, "currency": "EUR"}`.

use serde::{Deserialize, Serialize};
use tresen_core::money;

/// An amount in whole minor units of an ISO 4217 currency, at most 2^53 − 1 either way
///
/// The fields stand in the order of the alphabet, so that the plain serialisation is also the canonical one (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Money {
    /// ISO 4217, in capitals
    pub currency: String,
    /// Whole minor units
    pub minor: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    currency: String,
    minor: i64,
}

impl Money {
    /// That many minor units of the currency
    #[must_use]
    pub fn new(minor: i64, currency: &str) -> Self {
        Self { currency: currency.to_owned(), minor }
    }

    /// The JSON form of an amount of the core
    #[must_use]
    pub fn to_wire(amount: money::Money) -> Self {
        Self::new(amount.minor(), amount.currency().code())
    }
}

impl TryFrom<Raw> for Money {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let currency = money::Currency::parse(&raw.currency).ok_or_else(|| format!("`{}` is not a currency of ISO 4217", raw.currency))?;
        let amount = money::Money::from_minor(raw.minor, currency).map_err(|problem| format!("`{}` is {problem}", raw.minor))?;
        Ok(Self::to_wire(amount))
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    fn read(json: &str) -> Result<Money, String> {
        serde_json::from_str(json).map_err(|problem| problem.to_string())
    }

    #[test]
    fn an_amount_is_whole_minor_units_of_a_known_currency() {
        assert_eq!(read(r#"{"minor":16840,"currency":"EUR"}"#), Ok(Money::new(16_840, "EUR")));
        for wrong in [
            r#"{"minor":1.5,"currency":"EUR"}"#,
            r#"{"minor":"1","currency":"EUR"}"#,
            r#"{"minor":1,"currency":"eur"}"#,
            r#"{"minor":1,"currency":"XQX"}"#,
            r#"{"minor":9007199254740992,"currency":"EUR"}"#,
            r#"{"minor":1}"#,
            r#"{"minor":1,"currency":"EUR","exponent":2}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_plain_serialisation_is_the_canonical_one() {
        assert_eq!(serde_json::to_string(&Money::new(1, "EUR")).unwrap(), r#"{"currency":"EUR","minor":1}"#);
    }
}
