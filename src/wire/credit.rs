//! Credit as JSON: a plan of instalments and the effective annual rate, for accountants, tests and, later, previews.
//!
//! Every mistake is told at once, each at its place.

mod offer;
mod plan;
mod rate;

pub use offer::{MethodRegime, PlanOnOffer, PlanRegime, Regime, complete, regimes};
pub(crate) use plan::region;
pub use plan::{Charge, Instalment, Plan, PlanWanted, plan};
pub use rate::{Credit, Every, Movement, Rated, rate};

use crate::money::Money;
use tresen_core::annual_rate::AnnualRate;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::money::Currency;

/// The day of a text, or a mistake at `at`
fn day(text: &str, at: &str, mistakes: &mut Vec<Diagnostic>) -> Option<Date> {
    let day = Date::parse(text);
    if day.is_none() {
        let message = format!("`{text}` is not a date");
        mistakes.push(Diagnostic::error("credit.date.malformed", at, message, "write a day that exists, such as `2026-11-21`"));
    }
    day
}

/// The minor units of an amount above nothing in the one currency, which the first amount sets; or a mistake at `at`
fn minor(amount: &Money, currency: &mut Option<Currency>, at: &str, mistakes: &mut Vec<Diagnostic>) -> Option<i64> {
    // INVARIANT: an amount on the wire is in a currency that is known.
    let own = Currency::parse(&amount.currency)?;
    let wanted = *currency.get_or_insert(own);
    if own != wanted {
        let message = format!("the amount is in {}, others are in {}", own.code(), wanted.code());
        mistakes.push(Diagnostic::error("credit.currency.mixed", at, message, "write all amounts in one currency"));
        return None;
    }
    if amount.minor <= 0 {
        let message = format!("the amount is {} minor units", amount.minor);
        mistakes.push(Diagnostic::error("credit.amount.not_positive", at, message, "write what is drawn or paid as a number above 0"));
        return None;
    }
    Some(amount.minor)
}

/// A rate in percent with two decimals, such as `13.49`
fn percent(rate: AnnualRate) -> String {
    let hundredths = rate.hundredths();
    format!("{}.{:02}", hundredths.div_euclid(100), hundredths.rem_euclid(100))
}
