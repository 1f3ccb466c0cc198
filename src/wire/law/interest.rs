//! Interest on a late payment, by segment.

use super::read::Reader;
use super::{Party, percent};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::law::interest::{self, Accrual, Exact, accrue};
use tresen_core::law::late_interest::{Claim, read_until};
use tresen_core::money::Currency;

/// What is asked
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterestAsked {
    /// The country whose law counts
    pub market: String,
    /// Who owes
    pub party: Party,
    /// The day of the contract
    pub made: String,
    /// What the days of a year are counted as
    #[serde(default)]
    pub convention: Convention,
    /// What was owed, and when
    pub stretches: Vec<Stretch>,
}

/// How days are counted
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// A leap year has 366
    #[default]
    ActAct,
    /// Every year has 365
    #[serde(rename = "act_365")]
    Act365,
}

/// A principal that stays the same
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// What is owed, without interest and costs
    pub principal: Money,
    /// The first day that counts: the one after the last on which payment would have been in time
    pub from: String,
    /// The last day that counts: the day of the payment
    pub to: String,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterestFound {
    /// In all, rounded once, half up
    pub interest: Money,
    /// The same before it is rounded, with four digits more than the currency has
    pub exact: String,
    /// How days were counted
    pub convention: Convention,
    /// The lump sum that a business owes beside it, set off against costs of legal pursuit
    pub lump_sum: Option<Money>,
    /// Whether a year's interest bears interest from then on, which is not in the sum
    pub compounds_yearly: bool,
    /// What it is made of
    pub segments: Vec<Segment>,
    /// Days that have no figure and so cost nothing
    pub without_figure: Vec<Days>,
    /// The last day for which a rate was read, if it changes
    pub read_until: Option<String>,
}

/// Days at one rate
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// The first day, which counts
    pub from: String,
    /// The last day, which counts
    pub to: String,
    /// How many days
    pub days: i32,
    /// On what
    pub principal: Money,
    /// A year, in percent
    pub annual_rate_percent: String,
    /// The base rate in it, in percent
    pub base_rate_percent: Option<String>,
    /// What accrued, with four digits more than the currency has
    pub exact: String,
    /// Where the rate is written
    pub source: String,
}

/// From a day to a day, both counted
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Days {
    /// The first
    pub from: String,
    /// The last
    pub to: String,
}

impl Convention {
    fn to_core(self) -> interest::Convention {
        match self {
            Self::ActAct => interest::Convention::ActAct,
            Self::Act365 => interest::Convention::Act365,
        }
    }
}

/// Interest on what was owed
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn interest(asked: &InterestAsked) -> Result<InterestFound, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let market = reader.market(&asked.market, "/market");
    let made = reader.day(&asked.made, "/made");
    if asked.stretches.is_empty() {
        reader.mistake("law.stretches.none", "/stretches", "there is no stretch", "write at least one principal with its days");
    }
    let stretches: Vec<Option<(&Money, i64, Date, Date)>> = asked
        .stretches
        .iter()
        .enumerate()
        .map(|(place, stretch)| {
            let at = format!("/stretches/{place}");
            let principal = reader.minor(&stretch.principal, &format!("{at}/principal"));
            let (from, to) = reader.days((&stretch.from, &stretch.to), &at)?;
            if made.is_some_and(|made| from < made) {
                let message = format!("`{}` comes before the contract of `{}`", stretch.from, asked.made);
                reader.mistake(
                    "law.stretch.before_contract",
                    &format!("{at}/from"),
                    message,
                    "write the day of the contract, and days from it on",
                );
            }
            Some((&stretch.principal, principal?, from, to))
        })
        .collect();
    let claim = market.zip(made).map(|(market, made)| Claim { market, party: asked.party.to_core(), made });
    let answer = claim.zip(stretches.into_iter().collect::<Option<Vec<_>>>()).and_then(|(claim, stretches)| {
        let accruals = stretches
            .into_iter()
            .map(|(principal, minor, from, to)| (principal.clone(), accrue(claim, minor, from, to, asked.convention.to_core())));
        told(claim, asked.convention, &accruals.collect::<Vec<_>>())
    });
    reader.finish(answer)
}

fn told(claim: Claim, convention: Convention, accruals: &[(Money, Accrual)]) -> Option<InterestFound> {
    let (first, _) = accruals.first()?;
    let digits = Currency::parse(&first.currency)?.digits();
    let all = || accruals.iter().flat_map(|(principal, accrual)| accrual.segments.iter().map(move |segment| (principal, segment)));
    let segment = |(principal, segment): (&Money, &interest::Segment)| Segment {
        from: segment.from.to_iso(),
        to: segment.to.to_iso(),
        days: segment.days,
        principal: principal.clone(),
        annual_rate_percent: percent(segment.interest.rate.ppm().into()),
        base_rate_percent: segment.interest.base_ppm.map(|ppm| percent(ppm.into())),
        exact: decimal(segment.exact, digits),
        source: segment.interest.source.to_owned(),
    };
    let sum = accruals.iter().fold(Exact::ZERO, |sum, (_, accrual)| sum.plus(accrual.exact));
    let without_figure = accruals.iter().flat_map(|(_, accrual)| &accrual.without_figure);
    Some(InterestFound {
        interest: Money::new(sum.minor(), &first.currency),
        exact: decimal(sum, digits),
        convention,
        lump_sum: all().find_map(|(_, one)| one.interest.lump_sum_cents).map(|cents| Money::new(cents, "EUR")),
        compounds_yearly: all().any(|(_, one)| one.interest.compounds_yearly),
        segments: all().map(segment).collect(),
        without_figure: without_figure.map(|(from, to)| Days { from: from.to_iso(), to: to.to_iso() }).collect(),
        read_until: read_until(claim).map(Date::to_iso),
    })
}

/// In units of the currency, with four digits more than it has, rounded half up; interest is never below nothing
fn decimal(exact: Exact, digits: u8) -> String {
    const MORE: u32 = 4;
    let scaled = exact.parts().saturating_mul(10_i128.pow(MORE)).saturating_add(Exact::PARTS_PER_MINOR / 2);
    let units = scaled.div_euclid(Exact::PARTS_PER_MINOR);
    let places = MORE.saturating_add(digits.into());
    let unit = 10_i128.pow(places);
    format!("{}.{:0width$}", units.div_euclid(unit), units.rem_euclid(unit), width = usize::try_from(places).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Result<InterestFound, Vec<(&'static str, String)>> {
        let told = interest(&serde_json::from_str(json).unwrap());
        told.map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn stretches_are_added_and_rounded_once() {
        // A part was paid on the last day of June: twice half a cent and more is one.
        let one = found(
            r#"{"market": "DE", "party": "consumer", "made": "2026-05-01", "stretches": [
                {"principal": {"minor": 2950, "currency": "EUR"}, "from": "2026-06-30", "to": "2026-06-30"},
                {"principal": {"minor": 2850, "currency": "EUR"}, "from": "2026-07-01", "to": "2026-07-01"}]}"#,
        )
        .unwrap();
        assert_eq!((one.interest, one.exact.as_str()), (Money::new(1, "EUR"), "0.010158"));
        let parts: Vec<_> = one.segments.iter().map(|one| (one.annual_rate_percent.as_str(), one.exact.as_str())).collect();
        assert_eq!(parts, [("6.27", "0.005068"), ("6.52", "0.005091")]);
        assert_eq!((one.lump_sum, one.without_figure.len(), one.read_until.as_deref()), (None, 0, Some("2026-12-31")));
    }

    #[test]
    fn a_business_owes_a_lump_sum_and_a_year_that_was_not_read_is_named() {
        let one = found(
            r#"{"market": "DE", "party": "business", "made": "2026-05-01", "convention": "act_365", "stretches": [
                {"principal": {"minor": 100000, "currency": "JPY"}, "from": "2026-12-31", "to": "2027-01-31"}]}"#,
        )
        .unwrap();
        assert_eq!((one.interest, one.exact.as_str()), (Money::new(29, "JPY"), "28.8219"));
        assert_eq!(one.lump_sum, Some(Money::new(4_000, "EUR")));
        assert_eq!(one.without_figure, [Days { from: "2027-01-01".into(), to: "2027-01-31".into() }]);
        assert_eq!(one.segments[0].base_rate_percent.as_deref(), Some("1.52"));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let mistakes = found(
            r#"{"market": "Germany", "party": "consumer", "made": "2026-02-30", "stretches": [
                {"principal": {"minor": -1, "currency": "EUR"}, "from": "2026-06-30", "to": "2026-06-29"},
                {"principal": {"minor": 1, "currency": "CHF"}, "from": "2026-06-30", "to": "never"}]}"#,
        );
        let expected = [
            ("law.market.malformed", "/market"),
            ("law.date.malformed", "/made"),
            ("law.amount.negative", "/stretches/0/principal"),
            ("law.days.backwards", "/stretches/0"),
            ("law.currency.mixed", "/stretches/1/principal"),
            ("law.date.malformed", "/stretches/1/to"),
        ];
        assert_eq!(mistakes, Err(expected.map(|(code, at)| (code, at.to_owned())).into()));
        let none = r#"{"market": "DE", "party": "consumer", "made": "2026-05-01", "stretches": []}"#;
        assert_eq!(found(none), Err(vec![("law.stretches.none", "/stretches".to_owned())]));
    }

    #[test]
    fn nothing_bears_interest_before_its_contract() {
        let asked = |from: &str| {
            found(&format!(
                r#"{{"market": "DE", "party": "consumer", "made": "2026-05-01",
                "stretches": [{{"principal": {{"minor": 100000, "currency": "EUR"}}, "from": "{from}", "to": "2026-05-31"}}]}}"#
            ))
        };
        assert_eq!(asked("2026-04-30"), Err(vec![("law.stretch.before_contract", "/stretches/0/from".to_owned())]));
        assert!(asked("2026-05-01").unwrap().interest.minor > 0);
    }
}
