//! A purchase in instalments.

use super::{day, minor, percent, rate};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::calendar::{Calendar, Region};
use tresen_core::diag::Diagnostic;
use tresen_core::facts::known;
use tresen_core::instalments::{self, PlanError, RATES_MAX, RATES_MIN, Wanted};
use tresen_core::rate::Rate;

/// What a plan is made of
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWanted {
    /// What was bought
    pub principal: Money,
    /// The day from which the customer has the credit
    pub start: String,
    /// The day of the first rate; the others follow month by month
    pub first: String,
    /// How many rates
    pub rates: u8,
    /// What it costs
    #[serde(default)]
    pub charge: Charge,
    /// The German state whose holidays move a due date; without one, a holiday in any of them does
    #[serde(default)]
    pub region: Option<String>,
}

/// What a plan costs the customer
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Charge {
    /// Nothing
    #[default]
    Free,
    /// A fee for the whole plan
    Fee {
        /// In all
        amount: Money,
    },
    /// Interest on what is still owed
    Interest {
        /// A decimal a year, such as `0.119`
        rate: String,
    },
}

/// A plan
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The rates, the first first
    pub instalments: Vec<Instalment>,
    /// What the customer pays in all
    pub total: Money,
    /// What of it is interest or fee
    pub cost: Money,
    /// The effective annual rate in percent, with two decimals
    pub annual_rate_percent: String,
}

/// One rate
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// By when it is to be paid
    pub due_date: String,
    /// What is to be paid
    pub amount: Money,
    /// What of it pays for what was bought
    pub principal: Money,
    /// What of it is interest or fee
    pub cost: Money,
}

/// The plan for what is wanted
///
/// # Errors
///
/// Every mistake, under codes that begin with `credit.` or `plan.`.
pub fn plan(wanted: &PlanWanted) -> Result<Plan, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    let mut currency = None;
    let principal = minor(&wanted.principal, &mut currency, "/principal", &mut mistakes);
    let (start, first) = (day(&wanted.start, "/start", &mut mistakes), day(&wanted.first, "/first", &mut mistakes));
    let charge = match &wanted.charge {
        Charge::Free => Some(instalments::Charge::Free),
        Charge::Fee { amount } => minor(amount, &mut currency, "/charge/amount", &mut mistakes).map(instalments::Charge::Fee),
        Charge::Interest { rate } => {
            let read = Rate::parse(rate);
            if read.is_none() {
                let message = format!("`{rate}` is not a rate");
                mistakes.push(Diagnostic::error(
                    "plan.rate.malformed",
                    "/charge/rate",
                    message,
                    "write a decimal from 0 to 1, such as `0.119`",
                ));
            }
            read.map(instalments::Charge::Interest)
        }
    };
    let calendar = match wanted.region.as_deref().map(|code| (code, region(code))) {
        None => Calendar::GermanyAnyRegion,
        Some((_, Some(region))) => Calendar::GermanyRegion(region),
        Some((code, None)) => {
            let message = format!("`{code}` is not a German state");
            mistakes.push(Diagnostic::error("plan.region.unknown", "/region", message, "write two capitals such as `BY`"));
            Calendar::GermanyAnyRegion
        }
    };
    if wanted.rates < RATES_MIN {
        mistakes.push(mistake(PlanError::Rates));
    }
    let (Some(principal), Some(start), Some(first), Some(charge), true) = (principal, start, first, charge, mistakes.is_empty()) else {
        return Err(mistakes);
    };
    let made = instalments::Plan::new(Wanted { principal, start, first, rates: wanted.rates, charge, calendar });
    let code = &wanted.principal.currency;
    made.map(|plan| to_wire(&plan, code)).map_err(|error| vec![mistake(error)])
}

/// A German state by its code
pub(crate) fn region(code: &str) -> Option<Region> {
    let place = known::BILLING_REGION.choices().iter().position(|known| *known == code)?;
    Region::from_index(i64::try_from(place).ok()?)
}

pub(super) fn to_wire(plan: &instalments::Plan, currency: &str) -> Plan {
    let money = |minor: i64| Money::new(minor, currency);
    let instalment = |one: &instalments::Instalment| Instalment {
        due_date: one.due.to_iso(),
        amount: money(one.amount),
        principal: money(one.principal()),
        cost: money(one.cost),
    };
    Plan {
        instalments: plan.instalments.iter().map(instalment).collect(),
        total: money(plan.total()),
        cost: money(plan.cost()),
        annual_rate_percent: percent(plan.annual_rate),
    }
}

fn mistake(error: PlanError) -> Diagnostic {
    let told = |code, at: &str, message: String, help: &'static str| Diagnostic::error(code, at, message, help);
    match error {
        PlanError::Rates => {
            told("plan.rates.count", "/rates", format!("a plan has {RATES_MIN} to {RATES_MAX} rates"), "choose another number of rates")
        }
        PlanError::TooSmall => told("plan.too_small", "/principal", "a rate would pay nothing back".to_owned(), "choose fewer rates"),
        PlanError::FirstTooEarly => {
            told("plan.first.too_early", "/first", "the first rate does not lie after the start".to_owned(), "choose a later day")
        }
        PlanError::TooLate => told("plan.too_late", "/first", "a rate falls after 2199-12-31".to_owned(), "choose an earlier day"),
        PlanError::AnnualRate(error) => rate::mistake(error),
        _ => told(
            "plan.out_of_range",
            "",
            "amounts or interest are beyond what equal rates can pay back".to_owned(),
            "choose smaller amounts, a lower rate or an earlier first day",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(json: &str) -> Vec<(&'static str, String)> {
        let mistakes = plan(&serde_json::from_str(json).unwrap()).unwrap_err();
        mistakes.into_iter().map(|one| (one.code, one.at)).collect()
    }

    #[test]
    fn a_plan_is_written_whole() {
        let json = r#"{"principal": {"minor": 30000, "currency": "EUR"}, "start": "2026-11-21", "first": "2026-12-25", "rates": 2,
            "charge": {"kind": "fee", "amount": {"minor": 301, "currency": "EUR"}}, "region": "BE"}"#;
        let plan = plan(&serde_json::from_str(json).unwrap()).unwrap();
        // Christmas Day is a Friday, and the next working day the Monday after.
        assert_eq!(
            serde_json::to_string(&plan).unwrap(),
            r#"{"instalments":[{"due_date":"2026-12-28","amount":{"currency":"EUR","minor":15151},"principal":{"currency":"EUR","minor":15000},"cost":{"currency":"EUR","minor":151}},{"due_date":"2027-01-25","amount":{"currency":"EUR","minor":15150},"principal":{"currency":"EUR","minor":15000},"cost":{"currency":"EUR","minor":150}}],"total":{"currency":"EUR","minor":30301},"cost":{"currency":"EUR","minor":301},"annual_rate_percent":"7.62"}"#
        );
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let json = r#"{"principal": {"minor": -1, "currency": "EUR"}, "start": "21.11.2026", "first": "2026-12-25", "rates": 1,
            "charge": {"kind": "interest", "rate": "11,9 %"}, "region": "Berlin"}"#;
        let expected = [
            ("credit.amount.not_positive", "/principal"),
            ("credit.date.malformed", "/start"),
            ("plan.rate.malformed", "/charge/rate"),
            ("plan.region.unknown", "/region"),
            ("plan.rates.count", "/rates"),
        ];
        assert_eq!(codes(json), expected.map(|(code, at)| (code, at.to_owned())));
        let one = r#"{"principal": {"minor": 100, "currency": "EUR"}, "start": "2026-11-21", "first": "2026-11-21", "rates": 1}"#;
        assert_eq!(codes(one), [("plan.rates.count", "/rates".to_owned())]);
    }
}
