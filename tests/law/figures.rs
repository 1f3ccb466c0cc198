//! What the files of `corpus/law` have in common.

use rust_decimal::{Decimal, dec};
use serde::de::DeserializeOwned;
use std::str::FromStr as _;
use tresen_core::date::Date;
use tresen_core::law::regime::Party;

/// One case a line
pub fn lines<T: DeserializeOwned>(corpus: &str) -> Vec<T> {
    corpus.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|problem| panic!("{problem}: {line}"))).collect()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

/// Euros as cents
pub fn cents(euros: &str) -> i64 {
    (decimal(euros) * dec!(100)).normalize().try_into().unwrap()
}

/// Percent as parts per million
pub fn ppm(percent: &str) -> i32 {
    (decimal(percent) * dec!(10000)).normalize().try_into().unwrap()
}

pub fn party(code: &str) -> Party {
    match code {
        "consumer" => Party::Consumer,
        "business" => Party::Business,
        _ => panic!("no party: {code}"),
    }
}
