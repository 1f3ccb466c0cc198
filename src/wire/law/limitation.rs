//! Until when a claim can be enforced.

use super::read::Reader;
use serde::{Deserialize, Serialize};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::law::limitation::{self, Course};

/// What happened to a claim
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitationAsked {
    /// The country whose law counts
    pub market: String,
    /// When it arose: as a rule, when it was due
    pub arose: String,
    /// When the creditor knew of it and of the debtor; without it, when it arose
    #[serde(default)]
    pub known: Option<String>,
    /// When it was suspended
    #[serde(default)]
    pub suspensions: Vec<Suspension>,
    /// When the debtor acknowledged it, by paying a part for one
    #[serde(default)]
    pub acknowledged: Vec<String>,
}

/// A time during which a claim is suspended
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// Why
    pub ground: Ground,
    /// The first day
    pub from: String,
    /// The last day; of proceedings, their own
    #[serde(default)]
    pub until: Option<String>,
}

/// Why a claim is suspended
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Negotiations
    Negotiation,
    /// Proceedings
    Court,
    /// An agreement that nothing is paid for the time being
    Agreement,
    /// Consumer credit in default
    ConsumerCredit,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LimitationFound {
    /// The last day; nothing while it is suspended, or where the market's law was not read
    pub last_day: Option<String>,
    /// What suspends it for as long as nobody knows
    pub suspended_by: Option<&'static str>,
    /// The acknowledgement with which the years began anew
    pub begun_anew: Option<String>,
    /// Where it is written
    pub source: Option<&'static str>,
}

impl Ground {
    fn to_core(self) -> limitation::Ground {
        match self {
            Self::Negotiation => limitation::Ground::Negotiation,
            Self::Court => limitation::Ground::Court,
            Self::Agreement => limitation::Ground::Agreement,
            Self::ConsumerCredit => limitation::Ground::ConsumerCredit,
        }
    }
}

/// Until when a claim can be enforced
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn limitation(asked: &LimitationAsked) -> Result<LimitationFound, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let market = reader.market(&asked.market, "/market");
    let arose = reader.day(&asked.arose, "/arose");
    let known = reader.maybe_day(asked.known.as_deref(), "/known");
    let suspensions: Vec<Option<limitation::Suspension>> = asked
        .suspensions
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let at = format!("/suspensions/{place}");
            let ground = one.ground.to_core();
            match &one.until {
                None => reader.day(&one.from, &format!("{at}/from")).map(|from| limitation::Suspension { ground, from, until: None }),
                Some(until) => {
                    reader.days((&one.from, until), &at).map(|(from, until)| limitation::Suspension { ground, from, until: Some(until) })
                }
            }
        })
        .collect();
    let acknowledged: Vec<Option<Date>> =
        asked.acknowledged.iter().enumerate().map(|(place, on)| reader.day(on, &format!("/acknowledged/{place}"))).collect();
    let lists = suspensions.into_iter().collect::<Option<Vec<_>>>().zip(acknowledged.into_iter().collect::<Option<Vec<_>>>());
    let answer = market.zip(arose).zip(known).zip(lists).map(|(((market, arose), known), (suspensions, acknowledged))| {
        let known = known.unwrap_or(arose);
        told(limitation::limitation(&Course { market, arose, known, suspensions: &suspensions, acknowledged: &acknowledged }))
    });
    reader.finish(answer)
}

fn told(found: Option<limitation::Limitation>) -> LimitationFound {
    LimitationFound {
        last_day: found.and_then(|found| found.last_day.ok()).map(Date::to_iso),
        suspended_by: found.and_then(|found| found.last_day.err()).map(limitation::Ground::code),
        begun_anew: found.and_then(|found| found.begun_anew).map(Date::to_iso),
        source: found.map(|found| found.source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Result<LimitationFound, Vec<(&'static str, String)>> {
        let told = limitation(&serde_json::from_str(json).unwrap());
        told.map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn a_claim_has_its_last_day_or_what_suspends_it() {
        let plain = found(r#"{"market": "DE", "arose": "2026-11-25"}"#).unwrap();
        assert_eq!((plain.last_day.as_deref(), plain.suspended_by), (Some("2029-12-31"), None));
        let anew = found(r#"{"market": "DE", "arose": "2026-11-25", "acknowledged": ["2028-05-10"]}"#).unwrap();
        assert_eq!((anew.last_day.as_deref(), anew.begun_anew.as_deref()), (Some("2031-05-10"), Some("2028-05-10")));
        let open = r#"{"market": "DE", "arose": "2026-11-25", "suspensions": [{"ground": "court", "from": "2027-07-01"}]}"#;
        assert_eq!(found(open).unwrap().suspended_by, Some("court"));
        assert_eq!(found(r#"{"market": "CH", "arose": "2026-11-25"}"#).unwrap().source, None);
    }

    #[test]
    fn every_ground_has_the_code_that_it_is_read_by() {
        for ground in limitation::Ground::ALL {
            let read: Ground = serde_json::from_value(ground.code().into()).unwrap();
            assert_eq!(read.to_core(), ground);
        }
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let mistakes = found(
            r#"{"market": "DE", "arose": "1", "known": "2", "acknowledged": ["2028-05-10", "3"], "suspensions": [
            {"ground": "court", "from": "4"}, {"ground": "agreement", "from": "2027-02-02", "until": "2027-02-01"}]}"#,
        );
        let expected = [
            ("law.date.malformed", "/arose"),
            ("law.date.malformed", "/known"),
            ("law.date.malformed", "/suspensions/0/from"),
            ("law.days.backwards", "/suspensions/1"),
            ("law.date.malformed", "/acknowledged/1"),
        ];
        assert_eq!(mistakes, Err(expected.map(|(code, at)| (code, at.to_owned())).into()));
    }
}
