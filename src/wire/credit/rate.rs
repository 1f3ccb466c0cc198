//! The effective annual rate of what is drawn and paid on dates.

use super::{day, minor, percent};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::annual_rate::{self, AnnualRate, AnnualRateError, Flow, Years};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;

/// What is drawn and what is paid
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// What spans of time are counted in (Directive (EU) 2023/2225, Annex III, part I c)
    pub every: Every,
    /// What the customer receives; the first draw begins the credit
    pub draws: Vec<Movement>,
    /// What the customer pays, all costs among it
    pub payments: Vec<Movement>,
}

/// How often is paid
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// By the week
    Week,
    /// By the month
    Month,
    /// By the year
    Year,
}

/// An amount on a day
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// Local date
    pub date: String,
    /// Above 0
    pub amount: Money,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rated {
    /// The effective annual rate in percent, with two decimals (PAngV, Annex, number 1 d)
    pub annual_rate_percent: String,
}

/// The effective annual rate of a credit
///
/// # Errors
///
/// Every mistake: `credit.date.malformed`, `credit.date.too_early`, `credit.currency.mixed`, `credit.amount.not_positive`, `credit.empty`,
/// `credit.too_much`, `credit.below_zero`, `credit.above_largest`.
pub fn rate(credit: &Credit) -> Result<Rated, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    let mut currency = None;
    let mut read = |movements: &[Movement], at: &str| -> Vec<(Option<Date>, Option<i64>)> {
        movements
            .iter()
            .enumerate()
            .map(|(place, movement)| {
                let date = day(&movement.date, &format!("/{at}/{place}/date"), &mut mistakes);
                (date, minor(&movement.amount, &mut currency, &format!("/{at}/{place}/amount"), &mut mistakes))
            })
            .collect()
    };
    let (draws, payments) = (read(&credit.draws, "draws"), read(&credit.payments, "payments"));
    let start = draws.iter().filter_map(|(date, _)| *date).min();
    let every = match credit.every {
        Every::Week => annual_rate::Every::Week,
        Every::Month => annual_rate::Every::Month,
        Every::Year => annual_rate::Every::Year,
    };
    let mut flows = Vec::new();
    for (list, at, sign) in [(&draws, "draws", 1), (&payments, "payments", -1_i64)] {
        for (place, (date, amount)) in list.iter().enumerate() {
            let (Some(start), Some(date), Some(amount)) = (start, *date, *amount) else { continue };
            match Years::between(start, date, every) {
                Some(years) => flows.push(Flow { minor: amount.saturating_mul(sign), at: years }),
                None => mistakes.push(Diagnostic::error(
                    "credit.date.too_early",
                    format!("/{at}/{place}/date"),
                    format!("`{}` comes before the first draw on `{}`", date.to_iso(), start.to_iso()),
                    "nothing can be paid before something was drawn: check the dates",
                )),
            }
        }
    }
    if mistakes.is_empty() {
        AnnualRate::of(&flows).map(|rate| Rated { annual_rate_percent: percent(rate) }).map_err(|error| vec![mistake(error)])
    } else {
        Err(mistakes)
    }
}

/// What the core would not reckon, for whoever asked
pub(super) fn mistake(error: AnnualRateError) -> Diagnostic {
    let (code, help) = match error {
        AnnualRateError::NoCredit => ("credit.empty", "write at least one draw and one payment"),
        AnnualRateError::TooMuch => ("credit.too_much", "write fewer movements, or smaller amounts"),
        AnnualRateError::BelowZero => ("credit.below_zero", "check the amounts: a credit never pays the customer"),
        _ => ("credit.above_largest", "check amounts and dates: hardly any credit costs that much"),
    };
    Diagnostic::error(code, "", error.to_string(), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Result<String, Vec<(&'static str, String)>> {
        let found = rate(&serde_json::from_str(json).unwrap());
        found.map(|rated| rated.annual_rate_percent).map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn a_credit_has_its_rate() {
        let json = r#"{"every": "month", "draws": [{"date": "2026-01-15", "amount": {"minor": 300000, "currency": "EUR"}}],
            "payments": [{"date": "2026-01-15", "amount": {"minor": 6000, "currency": "EUR"}},
                         {"date": "2026-07-15", "amount": {"minor": 313209, "currency": "EUR"}}]}"#;
        assert_eq!(found(json), Ok("13.49".to_owned()), "example 39 of the Commission's paper of 2015");
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let json = r#"{"every": "week", "draws": [{"date": "2026-02-30", "amount": {"minor": 100, "currency": "EUR"}},
                                                  {"date": "2026-02-01", "amount": {"minor": 0, "currency": "EUR"}}],
            "payments": [{"date": "2026-01-31", "amount": {"minor": 100, "currency": "EUR"}},
                         {"date": "2026-03-01", "amount": {"minor": 100, "currency": "CHF"}}]}"#;
        let expected = [
            ("credit.date.malformed", "/draws/0/date"),
            ("credit.amount.not_positive", "/draws/1/amount"),
            ("credit.currency.mixed", "/payments/1/amount"),
            ("credit.date.too_early", "/payments/0/date"),
        ];
        assert_eq!(found(json), Err(expected.map(|(code, at)| (code, at.to_owned())).into()));
        let none = r#"{"every": "month", "draws": [], "payments": []}"#;
        assert_eq!(found(none), Err(vec![("credit.empty", String::new())]));
    }
}
